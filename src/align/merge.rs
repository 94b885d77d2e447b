//! Merges parts of one passage whose sentences or clauses stand in another order.

use super::Alignment;
use crate::span::WordRange;

/// Merges alignments until no two are neighbours on both sides: neighbours have at most `gap` words
/// between them that no alignment holds, and nothing that was left out (`a_breaks`, `b_breaks`).
pub(super) fn neighbours(parts: &mut Vec<Alignment>, a_breaks: &[u32], b_breaks: &[u32], gap: u32) {
    // With more parts than this two articles are lists of common lines, not reordered copy.
    const MOST: usize = 64;
    if parts.len() > MOST {
        return;
    }
    let a_held = merged(parts.iter().map(|part| part.a));
    let b_held = merged(parts.iter().map(|part| part.b));
    let near = |x: WordRange, y: WordRange, held: &[WordRange], breaks: &[u32]| {
        let between = WordRange { start: x.end.min(y.end), end: x.start.max(y.start) };
        between.start >= between.end
            || (uncovered(between, held) <= gap
                && !breaks.iter().any(|&at| between.start <= at && at <= between.end))
    };
    let mut at = 0;
    while at < parts.len() {
        let neighbour = (at + 1..parts.len()).find(|&other| {
            near(parts[at].a, parts[other].a, &a_held, a_breaks)
                && near(parts[at].b, parts[other].b, &b_held, b_breaks)
        });
        match neighbour {
            Some(other) => {
                let other = parts.remove(other);
                join(&mut parts[at], other);
                // The larger part may have neighbours among those passed over.
                at = 0;
            }
            None => at += 1,
        }
    }
}

fn join(part: &mut Alignment, other: Alignment) {
    let hull = |x: WordRange, y: WordRange| WordRange {
        start: x.start.min(y.start),
        end: x.end.max(y.end),
    };
    part.a = hull(part.a, other.a);
    part.b = hull(part.b, other.b);
    part.bits += other.bits;
    part.blocks.extend(other.blocks);
    part.blocks.sort_unstable();
}

/// The ranges without overlaps, in order.
fn merged(ranges: impl Iterator<Item = WordRange>) -> Vec<WordRange> {
    let mut ranges: Vec<WordRange> = ranges.collect();
    ranges.sort_unstable();
    let mut merged: Vec<WordRange> = Vec::new();
    for range in ranges {
        match merged.last_mut() {
            Some(last) if last.end >= range.start => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

/// Words of `range` in none of `held`, which do not overlap.
fn uncovered(range: WordRange, held: &[WordRange]) -> u32 {
    let covered: u32 = held
        .iter()
        .map(|held| held.end.min(range.end).saturating_sub(held.start.max(range.start)))
        .sum();
    range.end - range.start - covered
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Block;

    fn part(a: u32, b: u32, len: u32) -> Alignment {
        Alignment::in_order(&[Block { a, b, len }], 30.0)
    }

    fn ranges(mut parts: Vec<Alignment>, breaks: &[u32]) -> Vec<(u32, u32)> {
        neighbours(&mut parts, breaks, &[], 4);
        parts.iter().map(|part| (part.a.start, part.a.end)).collect()
    }

    #[test]
    fn sentences_in_another_order_are_one_passage() {
        // On side b the second comes last and the third first.
        let parts = || vec![part(0, 12, 10), part(11, 24, 10), part(22, 0, 10)];
        assert_eq!(ranges(parts(), &[]), [(0, 32)]);
        assert_eq!(ranges(parts(), &[21]), [(0, 21), (22, 32)]);
    }

    #[test]
    fn far_apart_on_one_side_stays_apart() {
        assert_eq!(ranges(vec![part(0, 0, 10), part(11, 50, 10)], &[]), [(0, 10), (11, 21)]);
    }

    #[test]
    fn merged_blocks_stay_in_the_order_of_side_a() {
        let mut parts = vec![part(11, 0, 10), part(0, 12, 10)];
        neighbours(&mut parts, &[], &[], 4);
        assert_eq!(parts[0].blocks[0].a, 0);
        assert_eq!(parts[0].matches(), 20);
    }
}
