//! One event, written: its articles and what is true of them.

use serde::Serialize;

use super::desk::{self, Draft};
use super::dice::Dice;
use super::facts::Facts;
use super::outlet::{AGENCIES, Breaks, Marks, Names, Spelling, Style};
use super::page::Page;
use super::plan::{CopyKind, CopyPlan, Plan, Task};
use super::print::{Printed, Printer};
use super::text::{Home, Material, Part, Texts};
use super::truth::{MIN_WORDS, Matcher, Side};
use super::{Label, Level, Relation, Shared, Synth, Ticket, Treatment};
use crate::article::Article;
use crate::hash;

/// The articles about one event, with the truth about them.
#[derive(Debug)]
pub struct Event {
    /// Counted from 0 in a corpus.
    pub number: u64,
    /// Agencies' copy first, then what outlets printed.
    pub articles: Vec<Told>,
    /// What each two of them share, in order of the pairs; those that share nothing too. Of more
    /// articles than [`COMPLETE`] only what one shares with an agency's copy or its own other versions.
    pub pairs: Vec<Shared>,
    /// Articles that copy joins into one story, by number, where there are two or more.
    pub clusters: Vec<Vec<usize>>,
}

/// The pairs of so many articles are all looked at. There would be too many in an event that hundreds of
/// outlets take up, and a scan does not compare them all either.
pub const COMPLETE: usize = 24;

impl Event {
    /// Whether its pairs are all there.
    pub fn is_complete(&self) -> bool {
        self.articles.len() <= COMPLETE
    }
}

/// An article with the truth about it; others are given by their number within the event.
#[derive(Debug)]
pub struct Told {
    /// The article.
    pub article: Article,
    /// What was done to it.
    pub treatment: Treatment,
    /// How far the wording of what it took was changed, where it was most.
    pub level: Level,
    /// How much of it is agency copy.
    pub derivation: Derivation,
    /// Whose copy it holds most of, as a report of a scan names the agency.
    pub agency: Option<&'static str>,
    /// Whether it says so, by dateline, byline or credit line.
    pub credited: bool,
    /// The copy it comes from, if that is among the articles.
    pub source: Option<usize>,
    /// Further copies it takes from, and earlier versions of it.
    pub also: Vec<usize>,
    /// Words of agency copy in it, of a thousand of its story.
    pub copied_per_mille: u32,
}

/// How an article stands to agency copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derivation {
    /// It is agency copy for at least seven words in ten.
    WhollyDerived,
    /// For fewer.
    PartiallyDerived,
    /// It holds none.
    NonDerived,
}

/// The article of a number in a corpus: no two of a seed are alike, and their order tells nothing.
pub(super) fn id(seed: u64, number: u64) -> String {
    format!("{:016x}", hash::mix(hash::mix(seed) ^ number))
}

/// Headlines of the day, for furniture to link to.
pub(super) fn headlines(seed: u64, material: &Material) -> Vec<String> {
    let headline = |number| {
        let mut dice = Dice::new(seed, 0x6865_6164, number);
        let facts = Facts::new(&material.lexicon, &mut dice);
        let mut texts = Texts::new(material, &facts, 0);
        let headline = texts.headline(&mut dice);
        Page::headline(headline, PLAIN, &texts)
    };
    (0..HEADLINES).map(headline).collect()
}

const HEADLINES: u64 = 2_000;

const PLAIN: Style = Style {
    spelling: Spelling::British,
    names: Names::Bare,
    marks: Marks::Straight,
    breaks: Breaks::Blank,
};

/// Writes the articles of an event and finds out what they share.
pub(super) fn write(synth: &Synth, ticket: &Ticket) -> Event {
    let plan = &ticket.plan;
    let mut dice = Dice::new(synth.seed, 0x0065_7665_6e74, ticket.number);
    let facts = Facts::new(&synth.material.lexicon, &mut dice);
    let mut texts = Texts::new(&synth.material, &facts, ticket.first_raw);
    let copies = desk::copies(&plan.copies, &mut texts, &mut dice);
    let mut drafts: Vec<Draft> = Vec::new();
    for &task in plan.tasks.iter().take(ticket.wanted) {
        let draft = desk::article(task, &copies, &drafts, &synth.outlets, &mut texts, &mut dice);
        drafts.push(draft);
    }
    let mut printer = Printer::new(synth, ticket, &facts, &mut texts, dice);
    let mut printed: Vec<Printed> = Vec::new();
    for ix in 0..drafts.len() {
        let article = printer.print(ix, &drafts, &printed, &mut texts);
        printed.push(article);
    }

    let stories: Vec<u8> = stories(&plan.copies);
    let sides: Vec<Side<'_>> =
        printed.iter().zip(&drafts).map(|(p, d)| side(p, d, &stories)).collect();
    let pairs = pairs(&sides, &plan.tasks, Matcher::new(&texts.parts, &stories));
    let clusters = clusters(&sides, &texts.parts, &stories);
    let agency = |copy: usize| plan.copies[copy].agency;
    let truths: Vec<Truth> =
        printed.iter().zip(&drafts).map(|(p, d)| Truth::of(p, d, &texts, agency)).collect();
    let articles = printed
        .into_iter()
        .zip(truths)
        .enumerate()
        .map(|(ix, (printed, truth))| told(ix, printed, &truth, &drafts, plan))
        .collect();
    Event { number: ticket.number, articles, pairs, clusters }
}

/// The story that each copy tells, by the first copy of it.
fn stories(copies: &[CopyPlan]) -> Vec<u8> {
    let story = |(ix, copy): (usize, &CopyPlan)| match copy.kind {
        CopyKind::Version => 0,
        CopyKind::Report | CopyKind::FollowUp => ix as u8,
    };
    copies.iter().enumerate().map(story).collect()
}

fn side<'a>(printed: &'a Printed, draft: &Draft, stories: &[u8]) -> Side<'a> {
    let story = |at: usize| draft.copies.get(at).map(|&copy| stories[copy]);
    Side {
        places: &printed.places,
        stories: [story(0), story(1)],
        is_copy: draft.treatment == Treatment::Original,
        is_background: draft.is_background,
    }
}

fn pairs(sides: &[Side<'_>], tasks: &[Task], mut matcher: Matcher<'_>) -> Vec<Shared> {
    let complete = sides.len() <= COMPLETE;
    let mut pairs = Vec::new();
    for (b, &held) in sides.iter().enumerate() {
        matcher.hold(held);
        for (a, &side) in sides[..b].iter().enumerate() {
            if !complete && !side.is_copy && !held.is_copy && !is_version(tasks, a, b) {
                continue;
            }
            let passages = matcher.against(side, held);
            let label = match &*passages {
                [] => Label::None,
                list if list.iter().all(|p| p.relation == Relation::Quote) => Label::Quote,
                _ => Label::Copy,
            };
            let source = (label == Label::Copy).then(|| source(a, b, sides, tasks)).flatten();
            pairs.push(Shared { a, b, label, source, passages });
        }
        matcher.release(held);
    }
    pairs.sort_by_key(|pair| (pair.a, pair.b));
    pairs
}

/// Which of two that share copy was first, if the other took it from there.
fn source(a: usize, b: usize, sides: &[Side<'_>], tasks: &[Task]) -> Option<usize> {
    if sides[a].is_copy && sides[b].stories.contains(&sides[a].stories[0]) {
        return Some(a);
    }
    is_version(tasks, a, b).then_some(a)
}

/// Whether an outlet's article was made of another of its own.
fn is_version(tasks: &[Task], earlier: usize, mut later: usize) -> bool {
    while let Some(&Task::Update { of, .. }) = tasks.get(later) {
        if of == earlier {
            return true;
        }
        later = of;
    }
    false
}

/// Groups by copy; a paragraph of background joins nothing.
fn clusters(sides: &[Side<'_>], parts: &[Part], stories: &[u8]) -> Vec<Vec<usize>> {
    let mut group: Vec<usize> = (0..sides.len()).collect();
    let mut first: Vec<Option<usize>> = vec![None; parts.len()];
    for (ix, side) in sides.iter().enumerate() {
        for place in side.places.iter().filter(|place| place.words >= MIN_WORDS) {
            let joins = match parts[place.part as usize].home {
                Home::Copy(copy) => side.is_of(stories[usize::from(copy)]),
                Home::Own => true,
                Home::Said => false,
            };
            if !joins {
                continue;
            }
            let other = *first[place.part as usize].get_or_insert(ix);
            let (from, to) = (group[ix], group[other]);
            if from != to {
                group.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            }
        }
    }
    let members = |of: usize| (0..sides.len()).filter(|&ix| group[ix] == of).collect::<Vec<_>>();
    let mut names = group.clone();
    names.sort_unstable();
    names.dedup();
    names.into_iter().map(members).filter(|members| members.len() > 1).collect()
}

/// What its words say of an article.
struct Truth {
    level: Level,
    agency: Option<&'static str>,
    copied_per_mille: u32,
}

impl Truth {
    fn of(
        printed: &Printed,
        draft: &Draft,
        texts: &Texts<'_>,
        agency: impl Fn(usize) -> usize,
    ) -> Self {
        let (mut all, mut copied) = (0, 0);
        let mut by_agency = [0; AGENCIES.len()];
        let mut level = Level::Verbatim;
        for place in &printed.places {
            all += place.words;
            let copy = match texts.parts[place.part as usize].home {
                Home::Copy(copy) => Some(usize::from(copy)),
                // Said to all: in copy it came with the copy.
                Home::Said => draft.copies.first().copied(),
                Home::Own => None,
            };
            if let Some(copy) = copy {
                copied += place.words;
                by_agency[agency(copy)] += place.words;
                level = level.max(place.level);
            }
        }
        let most = by_agency.iter().max().copied().unwrap_or_default();
        let first = draft.copies.iter().map(|&copy| agency(copy)).find(|&a| by_agency[a] == most);
        let most = by_agency.iter().position(|&words| words == most);
        let agency = first.or(most).filter(|_| copied > 0).map(|agency| AGENCIES[agency].name);
        Self { level, agency, copied_per_mille: copied * 1000 / all.max(1) }
    }
}

fn told(ix: usize, printed: Printed, truth: &Truth, drafts: &[Draft], plan: &Plan) -> Told {
    let draft = &drafts[ix];
    let sent = |copy: usize| {
        let is = |task: &Task| matches!(task, Task::Copy { copy: of } if *of == copy);
        plan.tasks.iter().take(drafts.len()).position(is)
    };
    let mut also: Vec<usize> = draft.copies.iter().skip(1).filter_map(|&copy| sent(copy)).collect();
    if let Task::Update { of, .. } = plan.tasks[ix] {
        also.push(of);
    }
    let derivation = match truth.copied_per_mille {
        700.. => Derivation::WhollyDerived,
        1.. => Derivation::PartiallyDerived,
        0 => Derivation::NonDerived,
    };
    Told {
        article: printed.article,
        treatment: draft.treatment,
        level: truth.level,
        derivation,
        agency: truth.agency,
        credited: printed.credited,
        source: draft
            .copies
            .first()
            .filter(|_| truth.agency.is_some())
            .and_then(|&copy| sent(copy)),
        also,
        copied_per_mille: truth.copied_per_mille,
    }
}
