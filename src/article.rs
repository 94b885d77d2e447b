//! An article as it was published.

use std::fmt;

use bytemuck::{Pod, Zeroable};
use jiff::Timestamp;
use jiff::civil::Date;

use crate::error::Position;
use crate::shelf::Text;

/// Number of an article within a scan: dense, from 0, in the order of ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Pod, Zeroable)]
#[repr(transparent)]
pub struct ArticleIx(pub u32);

impl ArticleIx {
    /// The same as an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// Two articles, `a` before `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    /// The one with the lower number.
    pub a: ArticleIx,
    /// The other.
    pub b: ArticleIx,
}

impl Pair {
    /// Two different articles in their order.
    pub fn new(x: ArticleIx, y: ArticleIx) -> Self {
        debug_assert_ne!(x, y);
        Self { a: x.min(y), b: x.max(y) }
    }
}

/// One article. Its text is never changed: all else speaks in spans of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Article {
    /// The user's own id; unique within a scan.
    pub id: String,
    /// Who published it: a name or a domain.
    pub outlet: Option<String>,
    /// When it was published, as precisely as that is known.
    pub published: Option<Published>,
    /// Its headline, where it is not part of the text.
    pub headline: Option<String>,
    /// The byline, where it is not part of the text.
    pub byline: Option<String>,
    /// Language as an ISO 639 code, as given.
    pub language: Option<String>,
    /// Where it stood.
    pub url: Option<String>,
    /// The text as given, in UTF-8, under 4 GiB.
    pub text: Text,
    /// Where it was read.
    pub at: Position,
}

impl Article {
    /// An article of which only the text is known; the rest is set in the fields.
    pub fn new(id: impl Into<String>, text: impl Into<Text>) -> Self {
        Self {
            id: id.into(),
            outlet: None,
            published: None,
            headline: None,
            byline: None,
            language: None,
            url: None,
            text: text.into(),
            at: Position { file: "".into(), line: None },
        }
    }

    /// Who owns the outlet, as far as its name tells: without case, `www.` and a scheme.
    pub fn owner(&self) -> Option<String> {
        let outlet = self.outlet.as_ref()?.trim().to_lowercase();
        let host = outlet.split_once("://").map_or(&outlet[..], |(_, host)| host);
        let host = host.strip_prefix("www.").unwrap_or(host).trim_end_matches('/');
        Some(host.to_owned())
    }
}

/// A time of publication with its precision: a day does not order articles within that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Published {
    /// Only the day is known.
    Day(Date),
    /// Known to the second (UTC).
    Instant(Timestamp),
}

impl Published {
    /// The earliest instant it can stand for, in seconds of Unix time (a day starts in UTC).
    pub fn earliest_s(self) -> i64 {
        match self {
            Self::Instant(at) => at.as_second(),
            Self::Day(day) => {
                i64::from(day.duration_since(Date::constant(1970, 1, 1)).as_hours() as i32) * 3600
            }
        }
    }

    /// Seconds from `self` to `later`, where both are precise enough to tell.
    pub fn lag_s(self, later: Self) -> Option<i64> {
        match (self, later) {
            (Self::Instant(a), Self::Instant(b)) => Some(b.as_second() - a.as_second()),
            (Self::Day(a), Self::Day(b)) if a == b => None,
            _ => Some(later.earliest_s() - self.earliest_s()).filter(|lag| lag.abs() >= 86_400),
        }
    }

    /// The day, in UTC.
    pub fn day(self) -> i64 {
        self.earliest_s().div_euclid(86_400)
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Instant(at) => at.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_does_not_order_within_itself() {
        let day = Published::Day("2025-04-25".parse().unwrap());
        let noon = Published::Instant("2025-04-25T12:00:00Z".parse().unwrap());
        let next = Published::Day("2025-04-26".parse().unwrap());
        assert_eq!(day.lag_s(day), None);
        assert_eq!(day.lag_s(noon), None);
        assert_eq!(day.lag_s(next), Some(86_400));
        assert_eq!(noon.day(), day.day());
    }
}
