//! Where the words of a story stand in its text, in two bytes a word.

use crate::span::Span;

/// From so many words on the next is found without a look at those before.
const STRIDE: usize = 128;

/// Instead of a small step: what follows are a step and a length of four bytes each.
const FAR: u8 = u8::MAX;

/// The places of words, made small: of each how far it is from the end of the one before, and how long it is.
#[derive(Debug, Default)]
pub(super) struct Packed {
    /// Of every [`STRIDE`]th word where its step is, and where the word before it ends.
    pub(super) anchors: Vec<[u32; 2]>,
    /// The steps: a byte and a byte, or after [`FAR`] four and four; as numbers, for they are kept with numbers.
    pub(super) steps: Vec<u32>,
}

impl Packed {
    /// The places of all words, in order.
    pub(super) fn of(spans: &[Span]) -> Self {
        let mut steps: Vec<u8> = Vec::with_capacity(spans.len() * 2 + 4);
        let mut anchors = Vec::with_capacity(spans.len().div_ceil(STRIDE));
        let mut end = 0;
        for (at, span) in spans.iter().enumerate() {
            if at.is_multiple_of(STRIDE) {
                anchors.push([steps.len() as u32, end]);
            }
            let (gap, len) = (span.start - end, span.end - span.start);
            match (u8::try_from(gap), u8::try_from(len)) {
                (Ok(gap), Ok(len)) if gap != FAR => steps.extend([gap, len]),
                _ => {
                    steps.push(FAR);
                    steps.extend(gap.to_le_bytes().into_iter().chain(len.to_le_bytes()));
                }
            }
            end = span.end;
        }
        steps.resize(steps.len().next_multiple_of(4), 0);
        let steps = steps.chunks_exact(4).map(bytemuck::pod_read_unaligned).collect();
        Self { anchors, steps }
    }
}

/// The places of words from one on; after the last word they mean nothing.
#[derive(Debug, Clone)]
pub(super) struct Places<'a> {
    steps: &'a [u8],
    /// Where the word before ends.
    end: u32,
}

impl<'a> Places<'a> {
    /// From word `first` on, of words whose [`Packed`] these are.
    pub(super) fn from(first: usize, anchors: &'a [[u32; 2]], steps: &'a [u8]) -> Self {
        let Some(&[at, end]) = anchors.get(first / STRIDE) else {
            return Self { steps: &[], end: 0 };
        };
        let mut places = Self { steps: &steps[at as usize..], end };
        for _ in 0..first % STRIDE {
            places.next();
        }
        places
    }
}

impl Iterator for Places<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let (gap, len, rest) = match *self.steps {
            [FAR, ref rest @ ..] => {
                let (gap, rest) = rest.split_first_chunk()?;
                let (len, rest) = rest.split_first_chunk()?;
                (u32::from_le_bytes(*gap), u32::from_le_bytes(*len), rest)
            }
            [gap, len, ref rest @ ..] => (gap.into(), len.into(), rest),
            _ => return None,
        };
        let start = self.end + gap;
        (self.steps, self.end) = (rest, start + len);
        Some(Span { start, end: self.end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_back_from_any_word_on() {
        let mut spans = Vec::new();
        let mut end = 0;
        for n in 0..1000_u32 {
            // Now and then a word is far off, or very long.
            let (gap, len) =
                (n % 7 + n / 250 * (n % 97) * 70, 1 + n % 13 + n / 500 * (n % 89) * 90);
            spans.push(Span { start: end + gap, end: end + gap + len });
            end += gap + len;
        }
        for words in [0, 1, 2, 3, 127, 128, 129, 1000] {
            let Packed { anchors, steps } = Packed::of(&spans[..words]);
            for first in 0..=words {
                let places = Places::from(first, &anchors, bytemuck::cast_slice(&steps));
                assert!(places.take(words - first).eq(spans[first..words].iter().copied()));
            }
        }
    }

    #[test]
    fn a_word_of_news_takes_two_bytes() {
        let spans: Vec<Span> = (0..100).map(|n| Span::new(n * 6, n * 6 + 5)).collect();
        assert_eq!(Packed::of(&spans).steps.len() * 4, 200);
    }
}
