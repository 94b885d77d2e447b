//! The passages of every article, seen from its own side: what it shares, with whom, and what the
//! other is to it.

use super::{Case, Direction, Ledger, Standing};
use crate::agency::AgencyIx;
use crate::article::ArticleIx;
use crate::judge::{Kind, Link, Passage};
use crate::span::WordRange;

/// Finds the passages of an article, with what the other side is to it.
///
/// They are put together anew each time: passages are the most numerous of all that a scan finds, and all
/// of them from both sides would be as many again.
pub(super) struct Parts<'a> {
    case: &'a Case<'a>,
    ledgers: &'a [Ledger],
    /// First passage of every link, and one past the last.
    passages: Vec<u32>,
    /// First of an article's links among `links`, by article, and one past the last.
    starts: Vec<u32>,
    /// The links of all articles, by article, then by the other one.
    links: Vec<u32>,
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
    /// Whether it is a form.
    pub(super) is_form: bool,
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

impl<'a> Parts<'a> {
    pub(super) fn new(case: &'a Case<'a>, ledgers: &'a [Ledger]) -> Self {
        let mut passages = Vec::with_capacity(case.links.len() + 1);
        passages.push(0);
        let by_link = case.passages.chunk_by(|x, y| x.pair == y.pair);
        passages.extend(by_link.scan(0, |end, of_link| {
            *end += of_link.len() as u32;
            Some(*end)
        }));
        let mut starts = vec![0; case.articles.len() + 1];
        for Link { pair, .. } in case.links {
            starts[pair.a.ix() + 1] += 1;
            starts[pair.b.ix() + 1] += 1;
        }
        (1..starts.len()).for_each(|ix| starts[ix] += starts[ix - 1]);
        let mut links = vec![0; case.links.len() * 2];
        let mut next = starts.clone();
        // In order of pairs, an article meets those before it, then those after it.
        for (link, number) in case.links.iter().zip(0..) {
            for article in [link.pair.a, link.pair.b] {
                let place = &mut next[article.ix()];
                links[*place as usize] = number;
                *place += 1;
            }
        }
        Self { case, ledgers, passages, starts, links }
    }

    /// The passages of an article, by the other article, then by place.
    pub(super) fn of(&self, article: ArticleIx) -> Vec<Part> {
        let of_one = self.starts[article.ix()] as usize..self.starts[article.ix() + 1] as usize;
        let mut parts = Vec::new();
        for &link in &self.links[of_one] {
            let first = parts.len();
            self.add_link(link as usize, article, &mut parts);
            parts[first..].sort_by_key(|part: &Part| part.range);
        }
        parts
    }

    /// Adds what a link shows from the side of one of its articles.
    fn add_link(&self, number: usize, article: ArticleIx, parts: &mut Vec<Part>) {
        let Self { case, ledgers, passages, .. } = self;
        let Link { pair, relation, .. } = case.links[number];
        let is_a = pair.a == article;
        let other = if is_a { pair.b } else { pair.a };
        let outlet = |article: ArticleIx| case.articles[article.ix()].outlet.as_deref();
        let same_outlet = outlet(article).is_some() && outlet(article) == outlet(other);
        let role =
            if same_outlet { Role::Version } else { role(ledgers[number].direction(pair), other) };
        let passages = passages[number] as usize..passages[number + 1] as usize;
        parts.extend(case.passages[passages].iter().map(|passage| {
            let &Passage { a, b, kind, matches, .. } = passage;
            let (range, theirs) = if is_a { (a, b) } else { (b, a) };
            let is_form = kind == Kind::Boilerplate && passage.is_formal();
            Part { range, theirs, matches, kind, is_form, relation, other, role }
        }));
    }

    /// The agencies that others credit with text they share with an article, with the share of its
    /// words, most first. Copy is, and so is a form: who fills in an agency's forms is that agency.
    pub(super) fn credits(
        &self,
        article: ArticleIx,
        standings: &[Standing],
    ) -> Vec<(AgencyIx, f64)> {
        let copied: Vec<(AgencyIx, WordRange)> = self
            .of(article)
            .iter()
            .filter(|part| part.kind == Kind::Copy || part.is_form)
            .filter_map(|part| Some((standings[part.other.ix()].agency?, part.range)))
            .collect();
        let mut agencies: Vec<AgencyIx> = copied.iter().map(|&(agency, _)| agency).collect();
        agencies.sort_unstable();
        agencies.dedup();
        let words = self.case.stories[article.ix()].words().len();
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
