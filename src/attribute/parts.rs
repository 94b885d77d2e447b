//! The passages of every article, seen from its own side: what it shares, with whom, and what the
//! other is to it.

use super::{Case, Direction, Ledger, Standing};
use crate::agency::AgencyIx;
use crate::article::ArticleIx;
use crate::judge::{Kind, Passage};
use crate::span::WordRange;

/// The passages of every article, with what the other side is to it.
pub(super) struct Parts {
    /// First of an article's parts, by article, and one past the last.
    starts: Vec<usize>,
    parts: Vec<Part>,
}

/// One passage of an article.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Its words.
    pub(super) range: WordRange,
    /// Its words in the other article.
    pub(super) theirs: WordRange,
    /// How many of them are the same.
    pub(super) matches: u32,
    pub(super) kind: Kind,
    /// What all passages of the two articles come to.
    pub(super) relation: Kind,
    pub(super) other: ArticleIx,
    pub(super) role: Role,
}

/// What the other article is to this one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Role {
    Source {
        confidence: f64,
    },
    Pickup,
    Undecided,
    /// The same outlet: another version, neither source nor pickup.
    Version,
}

impl Part {
    /// Stands where a part is yet to be put.
    const TO_COME: Self = Self {
        range: WordRange { start: 0, end: 0 },
        theirs: WordRange { start: 0, end: 0 },
        matches: 0,
        kind: Kind::Boilerplate,
        relation: Kind::Boilerplate,
        other: ArticleIx(0),
        role: Role::Undecided,
    };
}

impl Parts {
    pub(super) fn new(case: &Case<'_>, ledgers: &[Ledger]) -> Self {
        let mut starts = vec![0; case.articles.len() + 1];
        for Passage { pair, .. } in case.passages {
            starts[pair.a.ix() + 1] += 1;
            starts[pair.b.ix() + 1] += 1;
        }
        (1..starts.len()).for_each(|ix| starts[ix] += starts[ix - 1]);
        let mut parts: Vec<Part> = vec![Part::TO_COME; case.passages.len() * 2];
        let mut next = starts.clone();
        let mut place = |article: ArticleIx, part: Part| {
            parts[next[article.ix()]] = part;
            next[article.ix()] += 1;
        };
        let by_link = case.passages.chunk_by(|x, y| x.pair == y.pair).zip(case.links).zip(ledgers);
        for ((passages, link), ledger) in by_link {
            let (a, b) = (link.pair.a, link.pair.b);
            let direction = ledger.direction(link.pair);
            let outlet = |article: ArticleIx| case.articles[article.ix()].outlet.as_deref();
            let same_outlet = outlet(a).is_some() && outlet(a) == outlet(b);
            let role = |other| if same_outlet { Role::Version } else { role(direction, other) };
            for &Passage { a: in_a, b: in_b, kind, matches, .. } in passages {
                let part = |range, theirs, other| Part {
                    range,
                    theirs,
                    matches,
                    kind,
                    relation: link.relation,
                    other,
                    role: role(other),
                };
                place(a, part(in_a, in_b, b));
                place(b, part(in_b, in_a, a));
            }
        }
        let mut rest = &mut parts[..];
        for bounds in starts.windows(2) {
            let of_one;
            (of_one, rest) = rest.split_at_mut(bounds[1] - bounds[0]);
            of_one.sort_by_key(|part| (part.other, part.range));
        }
        Self { starts, parts }
    }

    /// The passages of an article, by the other article, then by place.
    pub(super) fn of(&self, article: ArticleIx) -> &[Part] {
        &self.parts[self.starts[article.ix()]..self.starts[article.ix() + 1]]
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
        let words = case.stories[article.ix()].words().len();
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
}

fn role(direction: Option<Direction>, other: ArticleIx) -> Role {
    match direction {
        Some(Direction { from, confidence }) if from == other => Role::Source { confidence },
        Some(_) => Role::Pickup,
        None => Role::Undecided,
    }
}
