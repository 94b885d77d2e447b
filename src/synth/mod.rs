//! Invents a news corpus of any size and knows what is true of it.
//!
//! The unit is an [`Event`]: agencies report it, outlets take up their copy or report it themselves.
//! Each event depends on the seed and its number alone, so that a corpus can be written from end to
//! end without being held, by any number of threads, and is the same on every machine.
//!
//! The rates of edits are those of real articles that were reworded: names mostly stay, and figures have
//! no equal half as often as other words do. Recall by [`Level`] is then within three points of that on
//! articles of real news with passages edited as far, counted by passage or by character.

mod desk;
mod dice;
mod edit;
mod event;
mod facts;
mod files;
mod grammar;
mod lexicon;
mod outlet;
mod page;
mod plan;
mod print;
mod raw;
mod rows;
mod slow;
mod text;
mod truth;

use serde::Serialize;

pub use event::{COMPLETE, Derivation, Event, Told};
pub use files::{Files, Written};
pub use rows::{Beside, Rows, line};
pub use slow::Slow;
pub use truth::{Label, MIN_WORDS, Passage, Relation, Shared};

use crate::article::Article;
use crate::error::{Error, Result};
use outlet::{OUTLETS, Outlet};
use plan::Plan;
use raw::Raw;
use text::Material;

/// How far two wordings of a passage differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Not at all, but for quotation marks, capitals and line breaks.
    Verbatim,
    /// About one word in twenty was changed, or the house spells some of them its own way.
    Light,
    /// About three in twenty; some clauses and attributions moved.
    Moderate,
    /// About six in twenty; clauses, attributions and sentences moved.
    Heavy,
}

/// The one thing done to an article that matters most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Agency copy as it was sent.
    Original,
    /// Copy as it was sent, by an outlet.
    Verbatim,
    /// Cut from below.
    Trimmed,
    /// Copy below a headline of the outlet's own.
    NewHeadline,
    /// Copy after a beginning of the outlet's own.
    NewLede,
    /// Copy with words changed, and more.
    Rewritten,
    /// Copy of two agencies.
    Merged,
    /// Passages of copy in a longer report of the outlet's own.
    Embedded,
    /// One paragraph of copy in a report of the outlet's own.
    Background,
    /// A later version of an outlet's own article.
    Update,
    /// An outlet's own report, which quotes what others quote.
    QuotationOnly,
    /// An outlet's own report.
    Independent,
}

impl Treatment {
    /// Whether it takes sentences of the outlet's own.
    fn adds(self) -> bool {
        matches!(self, Self::NewLede | Self::Embedded | Self::Background)
    }

    /// Whether it is agency copy from end to end, or was in an earlier version.
    fn is_whole(self) -> bool {
        self.keeps_headline() || matches!(self, Self::NewHeadline | Self::Rewritten | Self::Update)
    }

    /// Whether the headline is that of the copy.
    fn keeps_headline(self) -> bool {
        matches!(self, Self::Original | Self::Verbatim | Self::Trimmed)
    }
}

/// Invents the articles of a seed.
#[derive(Debug)]
pub struct Synth {
    seed: u64,
    material: Material,
    outlets: Vec<Outlet>,
    /// Headlines to link to.
    headlines: Vec<String>,
}

impl Synth {
    /// Articles of words and rules that come with the crate.
    pub fn new(seed: u64) -> Self {
        Self::with(seed, None)
    }

    /// Articles of the sentences of others; those of under five sentences are not used.
    ///
    /// What they share among themselves is not known to be shared: give articles of different stories.
    pub fn from_articles(seed: u64, articles: impl IntoIterator<Item = Article>) -> Self {
        Self::with(seed, Some(Raw::new(articles)))
    }

    fn with(seed: u64, raw: Option<Raw>) -> Self {
        let material = Material::new(raw);
        let outlets = (0..OUTLETS).map(|number| Outlet::new(seed, number)).collect();
        let headlines = event::headlines(seed, &material);
        Self { seed, material, outlets, headlines }
    }

    /// The seed.
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// So many articles, event by event; of the last one only as many as are wanted.
    ///
    /// The events do not depend on how many articles are wanted, but for that.
    pub fn events(&self, articles: u64) -> Result<Events<'_>> {
        let events = Events { synth: self, articles, event: 0, made: 0, raw: 0 };
        events.check()?;
        Ok(events)
    }

    /// Writes one event.
    pub fn event(&self, ticket: &Ticket) -> Event {
        event::write(self, ticket)
    }

    /// The articles in the order of their ids, as a scan wants them.
    pub fn articles(&self, articles: u64) -> Result<Vec<Article>> {
        let events = self.events(articles)?.map(|ticket| self.event(&ticket));
        let mut articles: Vec<Article> =
            events.flat_map(|event| event.articles).map(|told| told.article).collect();
        articles.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(articles)
    }
}

/// An event to be written: made in order, written in any.
#[derive(Debug)]
pub struct Ticket {
    number: u64,
    plan: Plan,
    /// Articles before it, in all.
    first: u64,
    /// Articles of it that are wanted.
    wanted: usize,
    /// Articles of the raw material that were used before it.
    first_raw: usize,
}

impl Ticket {
    /// How many articles it will have.
    pub fn articles(&self) -> usize {
        self.wanted
    }
}

/// The events of a corpus, in order.
#[derive(Debug, Clone)]
pub struct Events<'a> {
    synth: &'a Synth,
    articles: u64,
    event: u64,
    made: u64,
    raw: usize,
}

impl Events<'_> {
    /// Raw material is used once; whether it will do is known before a word is written.
    fn check(&self) -> Result<()> {
        let Some(raw) = &self.synth.material.raw else { return Ok(()) };
        let mut events = self.clone();
        let mut enough = 0;
        while events.next().is_some() {
            if events.raw > raw.len() {
                return Err(Error::Option {
                    option: "--articles".to_owned(),
                    reason: format!(
                        "{} articles cannot be made of {} that are long enough",
                        self.articles,
                        raw.len()
                    ),
                    hint: Some(format!("ask for {enough} or fewer, or give more with --from")),
                });
            }
            enough = events.made;
        }
        Ok(())
    }
}

impl Iterator for Events<'_> {
    type Item = Ticket;

    fn next(&mut self) -> Option<Ticket> {
        let left = self.articles - self.made;
        if left == 0 {
            return None;
        }
        let plan = Plan::new(self.synth.seed, self.event, &self.synth.outlets);
        let wanted = plan.tasks.len().min(left.min(u64::from(u32::MAX)) as usize);
        let own_texts = plan.own_texts(wanted);
        let (number, first, first_raw) = (self.event, self.made, self.raw);
        self.event += 1;
        self.made += wanted as u64;
        self.raw += own_texts;
        Some(Ticket { number, plan, first, wanted, first_raw })
    }
}
