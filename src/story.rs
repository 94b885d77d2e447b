//! The story of an article, ready to be compared: its words as numbers, and what is known of them.

use crate::quote::quotations;
use crate::span::{Span, WordRange};
use crate::words::{Words, sentences};

/// An article without its furniture, as numbers. All ranges count the words of the story.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Story {
    /// Hash of every word.
    pub words: Box<[u32]>,
    /// Its sentences, in order, without gaps.
    pub sentences: Box<[WordRange]>,
    /// What stands in quotation marks.
    pub quotes: Box<[WordRange]>,
    /// Which words are figures.
    pub figures: Box<[u32]>,
    /// Words before which something that is not the story was left out.
    pub breaks: Box<[u32]>,
}

impl Story {
    /// The story that stands in the given stretches of `text`.
    pub fn of(text: &str, stretches: &[Span]) -> Self {
        let words = Words::of(text, stretches);
        let sentences = sentences(text, &words.spans).into();
        let quotes = quotations(text)
            .into_iter()
            .map(|quote| {
                WordRange::new(
                    words.spans.partition_point(|word| word.start < quote.start),
                    words.spans.partition_point(|word| word.start < quote.end),
                )
            })
            .filter(|range| !range.is_empty())
            .collect();
        let breaks = stretches
            .iter()
            .skip(1)
            .map(|stretch| words.spans.partition_point(|word| word.start < stretch.start) as u32)
            .filter(|&word| word > 0 && (word as usize) < words.len())
            .collect();
        let is_figure = |span: &Span| text[*span].starts_with(char::is_numeric);
        let figures = (0..).zip(&words.spans).filter(|(_, span)| is_figure(span));
        let figures = figures.map(|(word, _)| word).collect();
        Self { words: words.hashes.into(), sentences, quotes, figures, breaks }
    }

    /// For every word whether it is a figure.
    pub fn is_figure(&self) -> Vec<bool> {
        let mut is_figure = vec![false; self.words.len()];
        for &word in &self.figures {
            is_figure[word as usize] = true;
        }
        is_figure
    }

    /// For every word whether it stands in quotation marks.
    pub fn quoted(&self) -> Vec<bool> {
        let mut quoted = vec![false; self.words.len()];
        for quote in &self.quotes {
            quoted[quote.range()].fill(true);
        }
        quoted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_count_the_words_of_the_story() {
        let text = "One two. SHARE 3rd “four five” six.";
        let story = Story::of(text, &[Span::new(0, 8), Span::new(15, text.len())]);
        assert_eq!(story.words.len(), 6);
        assert_eq!(*story.quotes, [WordRange::new(3, 5)]);
        assert_eq!(*story.figures, [2]);
        assert_eq!(*story.breaks, [2]);
        assert_eq!(*story.sentences, [WordRange::new(0, 2), WordRange::new(2, 6)]);
    }
}
