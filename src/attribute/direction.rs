//! Which of two articles the other was written from.

use crate::agency::AgencyIx;
use crate::article::{ArticleIx, Published};
use crate::judge::Link;

/// What an article says of itself that bears on who wrote first.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// The agency it credits with its text.
    pub agency: Option<AgencyIx>,
    /// The agency it credits with a part.
    pub contributor: Option<AgencyIx>,
    /// Whether the outlet is that agency.
    pub is_agency: bool,
    /// When it was published.
    pub published: Option<Published>,
}

/// A judgement that one article is the source of the other.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Direction {
    /// The source.
    pub from: ArticleIx,
    /// How sure that is, `0..1`: `1 - 2^-v` for votes of weight `v` more for than against.
    pub confidence: f64,
}

// Weights of the votes: an agency writes first whatever clocks say; a known order of time weighs more
// than a credit line, which a pickup may carry too; what contains the other was there first, by a
// little, for pickups are trimmed more often than they are extended.
const AGENCY: f64 = 3.0;
const TIME: f64 = 2.0;
const CREDIT: f64 = 1.5;
const SUPERSET: f64 = 0.75;

/// The least difference of the two shares of a link that tells which side holds more.
const CLEARLY_MORE: f64 = 0.15;

/// The direction of a link between `a` and `b`, or `None` where votes are few or cancel out.
pub fn direction(link: &Link, a: &Standing, b: &Standing) -> Option<Direction> {
    let prefer = |a: bool, b: bool, weight: f64| f64::from(i8::from(a) - i8::from(b)) * weight;
    let lag = a.published.zip(b.published).and_then(|(a, b)| a.lag_s(b)).unwrap_or(0);
    let superset = link.b_share - link.a_share;
    let votes = prefer(a.is_agency, b.is_agency, AGENCY)
        + prefer(lag > 0, lag < 0, TIME)
        + prefer(a.agency.is_some(), b.agency.is_some(), CREDIT)
        + prefer(superset > CLEARLY_MORE, superset < -CLEARLY_MORE, SUPERSET);
    let from = if votes > 0.0 { link.pair.a } else { link.pair.b };
    (votes.abs() >= 1.0).then(|| Direction { from, confidence: 1.0 - (-votes.abs()).exp2() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Pair;
    use crate::judge::Kind;

    fn from(a: Standing, b: Standing, a_share: f64, b_share: f64) -> Option<u32> {
        let pair = Pair::new(ArticleIx(0), ArticleIx(1));
        let link = Link { pair, relation: Kind::Copy, a_share, b_share, words: 100 };
        direction(&link, &a, &b).map(|direction| direction.from.0)
    }

    #[test]
    fn votes_decide_and_abstain() {
        let day = |day: &str| Some(Published::Day(day.parse().unwrap()));
        let nobody =
            Standing { agency: None, contributor: None, is_agency: false, published: None };
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
}
