//! The story of an article, ready to be compared: its words as numbers, and what is known of them.

mod places;

use crate::error::Result;
use crate::quote::quotations;
use crate::shelf::{Kept, Room};
use crate::span::{Span, WordRange};
use crate::words::{Words, sentences};
use places::{Packed, Places};

/// An article without its furniture, as numbers. All ranges count the words of the story.
///
/// It is two records of numbers, for most stages ask for words only: the words, and of all else how many
/// there are of each, then all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Story {
    words: Kept<u32>,
    record: Kept<u32>,
}

/// Counts at the start of the second record.
const COUNTS: usize = 6;

/// What is known of a story; all lists are in order.
#[derive(Debug, Clone, Copy, Default)]
pub struct Told<'a> {
    /// See [`Story::words`].
    pub words: &'a [u32],
    /// See [`Story::sentences`].
    pub sentences: &'a [WordRange],
    /// See [`Story::quotes`].
    pub quotes: &'a [WordRange],
    /// See [`Story::figures`].
    pub figures: &'a [u32],
    /// See [`Story::breaks`].
    pub breaks: &'a [u32],
    /// See [`Story::spans`].
    pub spans: &'a [Span],
}

impl Story {
    /// The story that stands in the given stretches of `text`.
    pub fn of(text: &str, stretches: &[Span]) -> Self {
        let words = Words::of(text, stretches);
        let sentences = sentences(text, &words.spans);
        let quotes: Vec<WordRange> = quotations(text)
            .into_iter()
            .map(|quote| {
                WordRange::new(
                    words.spans.partition_point(|word| word.start < quote.start),
                    words.spans.partition_point(|word| word.start < quote.end),
                )
            })
            .filter(|range| !range.is_empty())
            .collect();
        let mut breaks: Vec<u32> = stretches
            .iter()
            .skip(1)
            .map(|stretch| words.spans.partition_point(|word| word.start < stretch.start) as u32)
            .filter(|&word| word > 0 && (word as usize) < words.len())
            .collect();
        // Where a stretch has no words, what was left out before and behind it parts the same two words.
        breaks.dedup();
        let is_figure = |span: &Span| text[*span].starts_with(char::is_numeric);
        let figures = (0..).zip(&words.spans).filter(|(_, span)| is_figure(span));
        let figures: Vec<u32> = figures.map(|(word, _)| word).collect();
        Self::new(&Told {
            words: &words.hashes,
            sentences: &sentences,
            quotes: &quotes,
            figures: &figures,
            breaks: &breaks,
            spans: &words.spans,
        })
    }

    /// A story of which this is known.
    pub fn new(told: &Told<'_>) -> Self {
        let places = Packed::of(told.spans);
        let parts: [&[u32]; COUNTS] = [
            bytemuck::cast_slice(told.sentences),
            bytemuck::cast_slice(told.quotes),
            told.figures,
            told.breaks,
            bytemuck::cast_slice(&places.anchors),
            &places.steps,
        ];
        let mut record = parts.map(|part| part.len() as u32).to_vec();
        record.reserve_exact(parts.iter().map(|part| part.len()).sum());
        for part in parts {
            record.extend_from_slice(part);
        }
        Self { words: told.words.to_vec().into(), record: record.into() }
    }

    /// The same stories, kept elsewhere: their words in one place, all else in another.
    ///
    /// # Errors
    /// Those of the two.
    pub fn all_kept(stories: &[Self], words: &Room, rest: &Room) -> Result<Vec<Self>> {
        let lists = |of: fn(&Self) -> &[u32]| stories.iter().map(of).collect::<Vec<_>>();
        let words = words.keep_all(&lists(|story| &story.words))?;
        let records = rest.keep_all(&lists(|story| &story.record))?;
        Ok(words.into_iter().zip(records).map(|(words, record)| Self { words, record }).collect())
    }

    /// Hash of every word.
    pub fn words(&self) -> &[u32] {
        &self.words
    }

    /// Its sentences, in order, without gaps.
    pub fn sentences(&self) -> &[WordRange] {
        bytemuck::cast_slice(self.part(0))
    }

    /// What stands in quotation marks.
    pub fn quotes(&self) -> &[WordRange] {
        bytemuck::cast_slice(self.part(1))
    }

    /// Which words are figures.
    pub fn figures(&self) -> &[u32] {
        self.part(2)
    }

    /// Words before which something that is not the story was left out.
    pub fn breaks(&self) -> &[u32] {
        self.part(3)
    }

    /// Where each word stands in the text.
    pub fn spans(&self) -> impl Iterator<Item = Span> + '_ {
        self.places(0).take(self.words().len())
    }

    /// The stretch of text from the first to the last word of a range that is not empty.
    pub fn span(&self, range: WordRange) -> Span {
        let place = |word: u32| self.places(word as usize).next().expect("a word of the story");
        place(range.start).hull(place(range.end - 1))
    }

    /// The same from one word on.
    fn places(&self, first: usize) -> Places<'_> {
        Places::from(first, bytemuck::cast_slice(self.part(4)), bytemuck::cast_slice(self.part(5)))
    }

    fn part(&self, number: usize) -> &[u32] {
        let (counts, parts) = self.record.split_at(COUNTS);
        let start: usize = counts[..number].iter().map(|&count| count as usize).sum();
        &parts[start..start + counts[number] as usize]
    }

    /// For every word whether it is a figure.
    pub fn is_figure(&self) -> Vec<bool> {
        let mut is_figure = vec![false; self.words().len()];
        for &word in self.figures() {
            is_figure[word as usize] = true;
        }
        is_figure
    }

    /// For every word whether it stands in quotation marks.
    pub fn quoted(&self) -> Vec<bool> {
        let mut quoted = vec![false; self.words().len()];
        for quote in self.quotes() {
            quoted[quote.range()].fill(true);
        }
        quoted
    }
}

impl Default for Story {
    fn default() -> Self {
        Self::new(&Told::default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_the_words_of_the_story() {
        let text = "One two. SHARE 3rd “four five” six.";
        let story = Story::of(text, &[Span::new(0, 8), Span::new(15, text.len())]);
        assert_eq!(story.words().len(), 6);
        assert_eq!(*story.quotes(), [WordRange::new(3, 5)]);
        assert_eq!(*story.figures(), [2]);
        assert_eq!(*story.breaks(), [2]);
        assert_eq!(*story.sentences(), [WordRange::new(0, 2), WordRange::new(2, 6)]);
    }
}
