//! What an outlet did with the copy it took.

use serde::{Deserialize, Serialize};

use super::parts::Part;
use super::reconstruct::Take;
use crate::span::WordRange;

/// What was done with copy: the one thing that changed most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Treatment {
    /// Printed as it came, or nearly so.
    Verbatim,
    /// Printed under another headline.
    NewHeadline,
    /// Cut.
    Trimmed,
    /// Begun anew, then printed.
    NewLede,
    /// Put in other words or another order.
    Rewritten,
    /// Put together with another copy.
    Merged,
    /// Taken into a report of the outlet's own, in passages.
    Embedded,
    /// Not taken but for what somebody said.
    QuotationOnly,
}

// Tuned on corpus/labels/articles.jsonl, which names the treatment of each article.

/// Less of the pickup than this is passages in a report of the outlet's own.
const MOSTLY: f64 = 0.55;

/// Of the words taken fewer than this are the same in a rewritten article.
const SAME: f64 = 0.8;

/// Of the copy less than this is left in a trimmed one.
const WHOLE: f64 = 0.9;

/// Words of the pickup's own that make a lede.
const LEDE: usize = 15;

/// A second copy that explains this share of the pickup makes it a merger.
pub(super) const MERGED: f64 = 0.15;

/// How a copy went into a pickup.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Use {
    /// Share of the pickup's words that are the copy's.
    of_pickup: f64,
    /// Share of the copy's words that the pickup has.
    of_copy: f64,
    /// Share of the words taken that are the same.
    same: f64,
    /// Words before the first one taken.
    lede: usize,
    /// Whether passages stand in the order of the copy.
    in_order: bool,
}

impl Use {
    /// Of an article, by the passages shared with it; words are counted on both sides.
    pub(super) fn of_article(parts: &[&Part], pickup: usize, copy: usize) -> Self {
        let mine: Vec<WordRange> = parts.iter().map(|part| part.range).collect();
        let theirs: Vec<WordRange> = parts.iter().map(|part| part.theirs).collect();
        let (taken, given) = (covered(mine.clone()), covered(theirs.clone()));
        let matches: usize = parts.iter().map(|part| part.matches as usize).sum();
        Self {
            of_pickup: share(taken, pickup),
            of_copy: share(given, copy),
            same: share(matches, taken.max(given)),
            lede: first(&mine),
            in_order: theirs.is_sorted_by_key(|range| range.start),
        }
    }

    /// Of a copy that was rebuilt.
    pub(super) fn of_rebuilt(take: &Take, pickup: usize) -> Self {
        let taken = covered(take.ranges.clone());
        Self {
            of_pickup: share(taken, pickup),
            of_copy: take.of_copy,
            same: share(take.matches, taken),
            lede: first(&take.ranges),
            in_order: true,
        }
    }

    /// What it comes to; `merged` if the pickup took from another copy too, `new_headline` if it has
    /// another one than the copy.
    pub(super) fn treatment(self, merged: bool, new_headline: bool) -> Treatment {
        if merged {
            Treatment::Merged
        } else if self.of_pickup < MOSTLY {
            Treatment::Embedded
        } else if self.same < SAME || !self.in_order {
            Treatment::Rewritten
        } else if self.lede >= LEDE {
            Treatment::NewLede
        } else if self.of_copy < WHOLE {
            Treatment::Trimmed
        } else if new_headline {
            Treatment::NewHeadline
        } else {
            Treatment::Verbatim
        }
    }
}

fn share(part: usize, whole: usize) -> f64 {
    (part as f64 / whole.max(1) as f64).min(1.0)
}

fn first(ranges: &[WordRange]) -> usize {
    ranges.iter().map(|range| range.start as usize).min().unwrap_or(0)
}

/// Words in any of the ranges.
fn covered(mut ranges: Vec<WordRange>) -> usize {
    ranges.sort_unstable();
    let mut reach = 0;
    let mut covered = 0;
    for range in ranges {
        covered += range.end.saturating_sub(range.start.max(reach)) as usize;
        reach = reach.max(range.end);
    }
    covered
}
