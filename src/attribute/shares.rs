//! How many of an article's words are whose.

use serde::Serialize;

use super::parts::{Part, Role};
use super::reconstruct::Rebuilding;
use super::{Case, Options, Origin, Treatment};
use crate::agency::AgencyIx;
use crate::article::ArticleIx;
use crate::judge::Kind;
use crate::span::WordRange;

/// The words of an article by origin: shares of the story's words that sum to 1.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shares {
    /// Copied from an agency's copy.
    pub agency: f64,
    /// Said by somebody, and quoted by others too.
    pub quote: f64,
    /// Shared with others, of unknown or no agency's origin.
    pub shared: f64,
    /// The outlet's own.
    pub original: f64,
}

/// Whose a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Whose {
    /// The outlet's own.
    Original,
    /// An agency's.
    Agency,
    /// Shared with others, of unknown or no agency's origin.
    Shared,
    /// Said by somebody, and quoted by others too.
    Quote,
}

/// A copy that explains words of an article.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Source {
    /// The copy.
    pub origin: Origin,
    /// The agency whose copy that is.
    pub agency: Option<AgencyIx>,
    /// Share of words explained by this source and none before it, `0..=1`.
    pub share: f64,
    /// How sure it is that the article was written from the source, `0..1`.
    pub confidence: f64,
    /// What the article did with it.
    pub treatment: Treatment,
}

/// What was found in one article by [`explain`].
pub(super) struct Explained {
    pub(super) sources: Vec<Source>,
    /// Of every word whose it is, and by which of the sources.
    pub(super) words: Vec<(Whose, Option<u16>)>,
}

impl Explained {
    /// Gives an agency all words, those too that no source explains.
    pub(super) fn claim(&mut self) {
        for (whose, _) in &mut self.words {
            *whose = Whose::Agency;
        }
    }

    pub(super) fn shares(&self) -> Shares {
        let share = |of: Whose| {
            let held = self.words.iter().filter(|(whose, _)| *whose == of).count();
            held as f64 / self.words.len().max(1) as f64
        };
        Shares {
            agency: share(Whose::Agency),
            quote: share(Whose::Quote),
            shared: share(Whose::Shared),
            // An article without words has nothing that is not its own.
            original: if self.words.is_empty() { 1.0 } else { share(Whose::Original) },
        }
    }
}

/// A source that may explain words of an article.
struct Candidate {
    origin: Origin,
    /// In order, apart.
    ranges: Vec<WordRange>,
    agency: Option<AgencyIx>,
    confidence: f64,
}

/// Assigns every word of an article once: to the source that explains most words, then to the one
/// that explains most of the rest, and so on (greedy set cover, as in `sourmash gather`, Irber et
/// al. 2022); what is left is quotation, shared copy without a direction, or original.
pub(super) fn explain(
    article: ArticleIx,
    case: &Case<'_>,
    parts: &[Part],
    agencies: &[Option<AgencyIx>],
    rebuilding: &Rebuilding,
    options: &Options,
) -> Explained {
    let own = agencies[article.ix()];
    let count = case.stories[article.ix()].words().len();
    let mut words = vec![(Whose::Original, None); count];
    let mut sources = Vec::new();
    let candidates = candidates(article, parts, agencies, rebuilding);
    while sources.len() < usize::from(u16::MAX) {
        let gain = |candidate: &Candidate| {
            candidate.ranges.iter().map(|range| fresh(&words[range.range()])).sum::<usize>()
        };
        let best = candidates
            .iter()
            .map(|candidate| (gain(candidate), candidate))
            .filter(|&(gain, _)| gain >= options.min_words)
            .map(|(gain, candidate)| {
                let known = if candidate.agency.is_some() { 0.25 } else { 0.0 };
                (gain, gain as f64 * (candidate.confidence + known), candidate)
            })
            // Of equals the first: candidates are in order.
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        let Some((gain, _, candidate)) = best else { break };
        let agency = candidate.agency.or(own);
        let whose = if agency.is_some() { Whose::Agency } else { Whose::Shared };
        let (share, at) = (gain as f64 / count as f64, sources.len() as u16);
        for &range in &candidate.ranges {
            mark(&mut words, range, (whose, Some(at)));
        }
        let Candidate { origin, confidence, .. } = *candidate;
        // What was done with it shows when all sources are known.
        let treatment = Treatment::Verbatim;
        sources.push(Source { origin, agency, share, confidence, treatment });
    }
    for part in parts.iter().filter(|part| part.kind == Kind::Quote) {
        mark(&mut words, part.range, (Whose::Quote, None));
    }
    let whose = if own.is_some() { Whose::Agency } else { Whose::Shared };
    for part in parts.iter().filter(|part| part.kind == Kind::Copy) {
        let undecided = match part.role {
            Role::Undecided => true,
            // Neither of two pickups of one copy is the other's source.
            Role::Source { .. } => rebuilding.both_take(article, part.other),
            Role::Pickup | Role::Version => false,
        };
        if undecided {
            mark(&mut words, part.range, (whose, None));
        }
    }
    Explained { sources, words }
}

/// The articles that an article was written from, in their order, then the rebuilt copies.
fn candidates(
    article: ArticleIx,
    parts: &[Part],
    agencies: &[Option<AgencyIx>],
    rebuilding: &Rebuilding,
) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for parts in parts.chunk_by(|x, y| x.other == y.other) {
        let other = parts[0].other;
        let Role::Source { confidence } = parts[0].role else { continue };
        if rebuilding.both_take(article, other) {
            continue;
        }
        let mut ranges: Vec<WordRange> = Vec::new();
        for range in parts.iter().filter(|part| part.kind == Kind::Copy).map(|part| part.range) {
            match ranges.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => ranges.push(range),
            }
        }
        let agency = agencies[other.ix()];
        candidates.push(Candidate { origin: Origin::Article(other), ranges, agency, confidence });
    }
    for take in rebuilding.of(article) {
        let copy = &rebuilding.rebuilt[take.copy.ix()];
        candidates.push(Candidate {
            origin: Origin::Rebuilt(take.copy),
            ranges: take.ranges.clone(),
            agency: copy.agency,
            // As if each other witness cast a vote of weight one.
            confidence: 1.0 - (1.0 - copy.witnesses.len() as f64).exp2(),
        });
    }
    candidates
}

fn fresh(words: &[(Whose, Option<u16>)]) -> usize {
    words.iter().filter(|&&(whose, _)| whose == Whose::Original).count()
}

fn mark(words: &mut [(Whose, Option<u16>)], range: WordRange, with: (Whose, Option<u16>)) {
    for word in &mut words[range.range()] {
        if word.0 == Whose::Original {
            *word = with;
        }
    }
}
