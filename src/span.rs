//! Half-open stretches of an article's text (bytes) and of its words.

use std::ops::{Index, Range};

use bytemuck::{Pod, Zeroable};

/// Bytes `start..end` of one article's text, on character boundaries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Pod, Zeroable)]
#[repr(C)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// Bytes `start..end`; a text is shorter than 4 GiB (checked when it is read).
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// All of a text.
    pub fn whole(text: &str) -> Self {
        Self::new(0, text.len())
    }

    /// The same as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The text it marks.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it marks nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// From the earlier start to the later end.
    #[must_use]
    pub fn hull(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Without the white space at its two ends.
    #[must_use]
    pub fn trim(self, text: &str) -> Self {
        let inside = self.of(text);
        let start = self.start as usize + (inside.len() - inside.trim_start().len());
        Self::new(start, start + inside.trim().len())
    }
}

impl Index<Span> for str {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        span.of(self)
    }
}

impl Index<Span> for String {
    type Output = str;

    fn index(&self, span: Span) -> &str {
        span.of(self)
    }
}

/// Words `start..end` of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Pod, Zeroable)]
#[repr(C)]
pub struct WordRange {
    /// First word.
    pub start: u32,
    /// One past the last word.
    pub end: u32,
}

impl WordRange {
    /// Words `start..end`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end);
        Self { start: start as u32, end: end as u32 }
    }

    /// The same as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// How many words.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether there is none.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether the two share a word.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// How many words the two share.
    pub fn shared(self, other: Self) -> usize {
        self.end.min(other.end).saturating_sub(self.start.max(other.start)) as usize
    }
}

/// Turns byte offsets of one text into offsets in Unicode code points.
///
/// Asking in rising order costs one pass over the text; a step back starts again.
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    text: &'a str,
    byte: usize,
    point: usize,
}

impl<'a> CodePoints<'a> {
    /// Starts at the beginning of `text`.
    pub fn new(text: &'a str) -> Self {
        Self { text, byte: 0, point: 0 }
    }

    /// The code points before byte `byte`, which is on a character boundary.
    pub fn at(&mut self, byte: u32) -> usize {
        let byte = byte as usize;
        if byte < self.byte {
            (self.byte, self.point) = (0, 0);
        }
        self.point += characters(&self.text.as_bytes()[self.byte..byte]);
        self.byte = byte;
        self.point
    }
}

/// Characters that start in some bytes of text: those bytes that continue none.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| (byte as i8) >= -0x40).count()
}

/// The same as [`CodePoints`] for a text that is asked about often and in any order.
#[derive(Debug, Clone, Default)]
pub struct PointIndex {
    /// Code points before every [`Self::STEP`]th byte; none for a text in ASCII.
    points: Box<[u32]>,
}

impl PointIndex {
    const STEP: usize = 1024;

    /// Looks at the text once.
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self::default();
        }
        let before = text.as_bytes().chunks(Self::STEP).scan(0, |points, bytes| {
            let before = *points;
            *points += characters(bytes) as u32;
            Some(before)
        });
        Self { points: before.collect() }
    }

    /// The code points before byte `byte` of the same text, which is on a character boundary.
    pub fn at(&self, text: &str, byte: u32) -> usize {
        let byte = byte as usize;
        let step = byte / Self::STEP;
        match self.points.get(step.min(self.points.len().saturating_sub(1))) {
            None => byte,
            Some(&points) => {
                let from = byte.min(step * Self::STEP).min((self.points.len() - 1) * Self::STEP);
                points as usize + characters(&text.as_bytes()[from..byte])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_count_characters_forwards_and_backwards() {
        let text = "aé日𝄞z";
        let mut points = CodePoints::new(text);
        for (point, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.at(byte as u32), point);
        }
        assert_eq!(points.at(text.len() as u32), 5);
        assert_eq!(points.at(1), 1);
    }

    #[test]
    fn an_index_counts_characters_in_any_order() {
        for text in ["aé日𝄞z".repeat(300), "a".repeat(3000), "é".repeat(512), String::new()] {
            let index = PointIndex::new(&text);
            for (point, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(index.at(&text, byte as u32), point);
            }
            assert_eq!(index.at(&text, text.len() as u32), text.chars().count());
        }
    }

    #[test]
    fn trim_stays_inside() {
        assert_eq!(Span::new(0, 5).trim(" ab  "), Span::new(1, 3));
        assert!(Span::new(0, 2).trim("  ").is_empty());
    }
}
