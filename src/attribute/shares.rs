//! How many of an article's words are whose.

use serde::Serialize;

use super::{Case, Direction, Options, Standing, direction};
use crate::agency::AgencyIx;
use crate::article::ArticleIx;
use crate::judge::{Kind, Passage};
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

impl Shares {
    pub(super) fn all_agency() -> Self {
        Self { agency: 1.0, quote: 0.0, shared: 0.0, original: 0.0 }
    }
}

/// An article that explains words of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Source {
    /// The article copied from.
    pub article: ArticleIx,
    /// The agency whose copy that is.
    pub agency: Option<AgencyIx>,
    /// Share of words explained by this source and none before it, `0..=1`.
    pub share: f64,
    /// How sure the direction is, `0..1`.
    pub confidence: f64,
}

/// What was found in one article by [`Parts::explain`].
pub(super) struct Explained {
    pub(super) sources: Vec<Source>,
    pub(super) shares: Shares,
}

/// The passages of every article, with what the other side is to it.
pub(super) struct Parts {
    /// First of an article's parts, by article, and one past the last.
    starts: Vec<usize>,
    parts: Vec<Part>,
}

struct Part {
    range: WordRange,
    kind: Kind,
    other: ArticleIx,
    /// What the other article is to this one.
    role: Role,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Role {
    Source {
        confidence: f64,
    },
    Pickup,
    Undecided,
    /// The same outlet: another version, neither source nor pickup.
    Version,
}

impl Parts {
    pub(super) fn new(case: &Case<'_>, standings: &[Standing]) -> Self {
        let mut parts: Vec<(ArticleIx, Part)> = Vec::with_capacity(case.passages.len() * 2);
        let by_link = case.passages.chunk_by(|x, y| x.pair == y.pair).zip(case.links);
        for (passages, link) in by_link {
            let (a, b) = (link.pair.a, link.pair.b);
            let direction = direction(link, &standings[a.ix()], &standings[b.ix()]);
            let outlet = |article: ArticleIx| case.articles[article.ix()].outlet.as_deref();
            let same_outlet = outlet(a).is_some() && outlet(a) == outlet(b);
            let role = |other| if same_outlet { Role::Version } else { role(direction, other) };
            for &Passage { a: in_a, b: in_b, kind, .. } in passages {
                parts.push((a, Part { range: in_a, kind, other: b, role: role(b) }));
                parts.push((b, Part { range: in_b, kind, other: a, role: role(a) }));
            }
        }
        parts.sort_by_key(|(article, part)| (*article, part.other, part.range));
        let starts = (0..=case.articles.len() as u32)
            .map(|ix| parts.partition_point(|(article, _)| article.0 < ix))
            .collect();
        Self { starts, parts: parts.into_iter().map(|(_, part)| part).collect() }
    }

    /// The agencies that others credit with text they share with an article, with the share of its
    /// words, most first.
    pub(super) fn credits(
        &self,
        article: ArticleIx,
        case: &Case<'_>,
        standings: &[Standing],
    ) -> Vec<(AgencyIx, f64)> {
        let copied: Vec<(AgencyIx, WordRange)> = self
            .of(article)
            .iter()
            .filter(|part| part.kind == Kind::Copy)
            .filter_map(|part| Some((standings[part.other.ix()].agency?, part.range)))
            .collect();
        let mut agencies: Vec<AgencyIx> = copied.iter().map(|&(agency, _)| agency).collect();
        agencies.sort_unstable();
        agencies.dedup();
        let words = case.stories[article.ix()].words.len();
        let share = |agency: AgencyIx| {
            let mut held = vec![false; words];
            for (_, range) in copied.iter().filter(|(credited, _)| *credited == agency) {
                held[range.range()].fill(true);
            }
            held.iter().filter(|&&held| held).count() as f64 / words.max(1) as f64
        };
        let mut credits: Vec<(AgencyIx, f64)> =
            agencies.into_iter().map(|agency| (agency, share(agency))).collect();
        credits.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        credits
    }

    fn of(&self, article: ArticleIx) -> &[Part] {
        &self.parts[self.starts[article.ix()]..self.starts[article.ix() + 1]]
    }

    /// Assigns every word of an article once: to the source that explains most words, then to the one
    /// that explains most of the rest, and so on (greedy set cover, as in `sourmash gather`, Irber et
    /// al. 2022); what is left is quotation, shared copy without a direction, or original.
    pub(super) fn explain(
        &self,
        article: ArticleIx,
        case: &Case<'_>,
        agencies: &[Option<AgencyIx>],
        options: &Options,
    ) -> Explained {
        let parts = self.of(article);
        let words = case.stories[article.ix()].words.len();
        let mut origins = vec![Origin::Own; words];
        let mut sources = Vec::new();
        let by_other: Vec<&[Part]> = parts.chunk_by(|x, y| x.other == y.other).collect();
        loop {
            let gain = |parts: &[Part]| match parts[0].role {
                Role::Source { confidence } => {
                    let gain = fresh_words(parts, &origins, |part| part.kind == Kind::Copy);
                    let known = agencies[parts[0].other.ix()].is_some();
                    Some((gain, gain as f64 * (confidence + if known { 0.25 } else { 0.0 })))
                }
                _ => None,
            };
            let best = by_other
                .iter()
                .filter_map(|parts| gain(parts).map(|(words, worth)| (words, worth, *parts)))
                .filter(|&(words, ..)| words >= options.min_words)
                // Of equals the first: articles are in order.
                .reduce(|best, next| if next.1 > best.1 { next } else { best });
            let Some((gain, _, parts)) = best else { break };
            let agency = agencies[parts[0].other.ix()].or(agencies[article.ix()]);
            let origin = if agency.is_some() { Origin::Agency } else { Origin::Shared };
            let Role::Source { confidence } = parts[0].role else { break };
            mark(parts, &mut origins, origin, |part| part.kind == Kind::Copy);
            let share = gain as f64 / words as f64;
            sources.push(Source { article: parts[0].other, agency, share, confidence });
        }
        mark(parts, &mut origins, Origin::Quote, |part| part.kind == Kind::Quote);
        let own = agencies[article.ix()];
        let origin = if own.is_some() { Origin::Agency } else { Origin::Shared };
        mark(parts, &mut origins, origin, |part| {
            part.kind == Kind::Copy && part.role == Role::Undecided
        });
        Explained { sources, shares: shares(&origins) }
    }
}

fn role(direction: Option<Direction>, other: ArticleIx) -> Role {
    match direction {
        Some(Direction { from, confidence }) if from == other => Role::Source { confidence },
        Some(_) => Role::Pickup,
        None => Role::Undecided,
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Own,
    Agency,
    Shared,
    Quote,
}

fn fresh_words(parts: &[Part], origins: &[Origin], take: impl Fn(&Part) -> bool) -> usize {
    let mut origins = origins.to_vec();
    let before = origins.iter().filter(|&&origin| origin == Origin::Own).count();
    mark(parts, &mut origins, Origin::Shared, take);
    before - origins.iter().filter(|&&origin| origin == Origin::Own).count()
}

fn mark(parts: &[Part], origins: &mut [Origin], as_what: Origin, take: impl Fn(&Part) -> bool) {
    for part in parts.iter().filter(|part| take(part)) {
        for origin in &mut origins[part.range.range()] {
            if *origin == Origin::Own {
                *origin = as_what;
            }
        }
    }
}

fn shares(origins: &[Origin]) -> Shares {
    let share = |of: Origin| {
        origins.iter().filter(|&&origin| origin == of).count() as f64 / origins.len().max(1) as f64
    };
    Shares {
        agency: share(Origin::Agency),
        quote: share(Origin::Quote),
        shared: share(Origin::Shared),
        // An article without words has nothing that is not its own.
        original: if origins.is_empty() { 1.0 } else { share(Origin::Own) },
    }
}
