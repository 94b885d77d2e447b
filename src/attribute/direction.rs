//! Which of two articles the other was written from: a vote, of which every voice is kept.

use rayon::prelude::*;
use serde::Serialize;

use super::{Case, Standing};
use crate::article::{ArticleIx, Pair};
use crate::clean::EvidenceKind;
use crate::judge::{Kind, Link, Passage};
use crate::span::WordRange;

/// A judgement that one article is the source of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Direction {
    /// The source.
    pub from: ArticleIx,
    /// How sure that is, `0..1`: `1 - 2^-v` for votes of weight `v` more for than against.
    pub confidence: f64,
}

/// What can speak for an article as the source of another; the order is that of [`Why::ALL`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// Its outlet is an agency, the other's is not.
    Agency,
    /// It was published before, as far as the precision of both dates tells.
    Time,
    /// It credits an agency with its text, the other does not.
    Credit,
    /// The copy is clearly more of the other than of itself: it holds the other and more.
    Superset,
    /// The other ends where what they share ends; it goes on.
    DroppedTail,
    /// The other begins with words of its own; it begins with what they share.
    AddedLede,
    /// It carries an agency's credit line below its text, the other does not.
    SignOff,
}

impl Why {
    /// All of them, heaviest first.
    pub const ALL: [Self; 7] = [
        Self::Agency,
        Self::Time,
        Self::Credit,
        Self::Superset,
        Self::DroppedTail,
        Self::AddedLede,
        Self::SignOff,
    ];

    /// What it counts, in the unit of [`Ledger::balance`].
    ///
    /// An agency writes first whatever clocks say; a known order of time weighs more than a credit
    /// line, which a pickup may carry too. The rest only adds to these: superset, tail, lede and
    /// sign-off together stay under what a direction takes when one of them is missing, for texts are
    /// trimmed more often than they are extended, but they are extended too.
    pub fn weight(self) -> f64 {
        match self {
            Self::Agency => 3.0,
            Self::Time => 2.0,
            Self::Credit => 1.5,
            Self::Superset => 0.75,
            Self::DroppedTail | Self::AddedLede | Self::SignOff => 0.1,
        }
    }

    fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The least balance that makes a direction.
const ENOUGH: f64 = 1.0;

/// The least difference of the two shares of a link that tells which side holds more.
const CLEARLY_MORE: f64 = 0.15;

/// Words of a text's own before or after the copy that make a lede or a tail.
const OWN: u32 = 15;

/// As few make none.
const EDGE: u32 = 3;

/// Every vote on one link: for its first article, and for its second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ledger {
    a: u8,
    b: u8,
}

impl Ledger {
    /// The votes of every link, in their order.
    pub fn of_all(case: &Case<'_>, standings: &[Standing]) -> Vec<Self> {
        let signed = |article: ArticleIx| {
            let evidence = &case.zones[article.ix()].evidence;
            evidence.iter().any(|e| e.kind == EvidenceKind::Credit && !is_notice(&e.text))
        };
        let ledger = |(passages, link): (&[Passage], &Link)| {
            let Pair { a, b } = link.pair;
            let mut ledger = Self::new(link, &standings[a.ix()], &standings[b.ix()]);
            let words = |article: ArticleIx| case.stories[article.ix()].words().len() as u32;
            let copied: fn(&Passage) -> bool = |passage| passage.kind == Kind::Copy;
            let hull = |side: fn(&Passage) -> WordRange| {
                let ranges = passages.iter().filter(|p| copied(p)).map(side);
                ranges
                    .reduce(|x, y| WordRange { start: x.start.min(y.start), end: x.end.max(y.end) })
            };
            if let (Some(in_a), Some(in_b)) = (hull(|p| p.a), hull(|p| p.b)) {
                let rest = (words(a) - in_a.end, words(b) - in_b.end);
                ledger.vote(Why::DroppedTail, rest.0 >= OWN, rest.1 <= EDGE);
                ledger.vote_b(Why::DroppedTail, rest.1 >= OWN, rest.0 <= EDGE);
                ledger.vote(Why::AddedLede, in_a.start <= EDGE, in_b.start >= OWN);
                ledger.vote_b(Why::AddedLede, in_b.start <= EDGE, in_a.start >= OWN);
            }
            let (a_signed, b_signed) = (signed(a), signed(b));
            ledger.vote(Why::SignOff, a_signed, !b_signed);
            ledger.vote_b(Why::SignOff, b_signed, !a_signed);
            ledger
        };
        let by_first = case.passages.par_chunk_by(|x, y| x.pair.a == y.pair.a);
        let ledgers = by_first.flat_map_iter(|passages| {
            let first = passages[0].pair.a;
            let links = &case.links[case.links.partition_point(|link| link.pair.a < first)..];
            passages.chunk_by(|x, y| x.pair == y.pair).zip(links).map(ledger)
        });
        ledgers.collect()
    }

    /// The votes that the two articles' own words on themselves cast, and the shares of the link.
    fn new(link: &Link, a: &Standing, b: &Standing) -> Self {
        let mut ledger = Self::default();
        let lag = a.published.zip(b.published).and_then(|(a, b)| a.lag_s(b)).unwrap_or(0);
        let superset = link.b_share - link.a_share;
        ledger.vote(Why::Agency, a.is_agency, !b.is_agency);
        ledger.vote_b(Why::Agency, b.is_agency, !a.is_agency);
        ledger.vote(Why::Time, lag > 0, true);
        ledger.vote_b(Why::Time, lag < 0, true);
        ledger.vote(Why::Credit, a.agency.is_some(), b.agency.is_none());
        ledger.vote_b(Why::Credit, b.agency.is_some(), a.agency.is_none());
        ledger.vote(Why::Superset, superset > CLEARLY_MORE, true);
        ledger.vote_b(Why::Superset, superset < -CLEARLY_MORE, true);
        ledger
    }

    /// Votes for the first article if both are so.
    fn vote(&mut self, why: Why, this: bool, that: bool) {
        if this && that {
            self.a |= why.bit();
        }
    }

    fn vote_b(&mut self, why: Why, this: bool, that: bool) {
        if this && that {
            self.b |= why.bit();
        }
    }

    /// The votes for the first article, and those for the second, heaviest first.
    pub fn votes(self) -> [Vec<Why>; 2] {
        let of = |cast: u8| Why::ALL.into_iter().filter(|why| cast & why.bit() != 0).collect();
        [of(self.a), of(self.b)]
    }

    /// How much more speaks for the first article than for the second; below 0 for the second.
    pub fn balance(self) -> f64 {
        let [a, b] = self.votes().map(|votes| votes.into_iter().map(Why::weight).sum::<f64>());
        a - b
    }

    /// The direction of a link between two articles, or `None` where votes are few or cancel out.
    pub fn direction(self, pair: Pair) -> Option<Direction> {
        let balance = self.balance();
        let from = if balance > 0.0 { pair.a } else { pair.b };
        let confidence = 1.0 - (-balance.abs()).exp2();
        (balance.abs() >= ENOUGH).then_some(Direction { from, confidence })
    }
}

/// Whether a credit is a notice of copyright, which the page adds.
fn is_notice(credit: &str) -> bool {
    ["©", "opyright", "(c)", "rights reserved"].iter().any(|notice| credit.contains(notice))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::agency::AgencyIx;
    use crate::article::Published;

    fn from(a: Standing, b: Standing, a_share: f64, b_share: f64) -> Option<u32> {
        let pair = Pair::new(ArticleIx(0), ArticleIx(1));
        let link = Link { pair, relation: Kind::Copy, a_share, b_share, words: 100 };
        Ledger::new(&link, &a, &b).direction(pair).map(|direction| direction.from.0)
    }

    #[test]
    fn votes_decide_and_abstain() {
        let day = |day: &str| Some(Published::Day(day.parse().unwrap()));
        let nobody = Standing::default();
        let early = Standing { published: day("2025-04-25"), ..nobody };
        let late = Standing { published: day("2025-04-26"), ..nobody };
        let credited = Standing { agency: Some(AgencyIx(0)), ..nobody };
        let agency = Standing { is_agency: true, ..credited };
        assert_eq!(from(nobody, nobody, 0.5, 0.5), None);
        assert_eq!(from(nobody, nobody, 0.2, 0.9), None);
        assert_eq!(from(early, early, 0.5, 0.5), None);
        assert_eq!(from(late, early, 0.5, 0.5), Some(1));
        assert_eq!(from(nobody, credited, 0.5, 0.5), Some(1));
        assert_eq!(
            from(early, Standing { published: day("2025-04-27"), ..agency }, 0.5, 0.5),
            Some(1)
        );
    }

    #[test]
    fn edits_alone_decide_nothing_and_every_vote_is_kept() {
        let mut ledger = Ledger::default();
        for why in [Why::Superset, Why::DroppedTail, Why::AddedLede] {
            ledger.vote_b(why, true, true);
        }
        let pair = Pair::new(ArticleIx(0), ArticleIx(1));
        assert_eq!(ledger.direction(pair), None);
        assert_eq!(ledger.votes()[1], [Why::Superset, Why::DroppedTail, Why::AddedLede]);
        ledger.vote(Why::Credit, true, true);
        assert!((ledger.balance() - 0.55).abs() < 1e-9);
    }
}
