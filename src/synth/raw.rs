//! The user's own articles as the material of invented ones: their sentences and headlines.

use std::ops::Range;

use super::lexicon::{Class, Token};
use super::text::Opens;
use crate::article::Article;
use crate::layout::paragraphs;
use crate::span::Span;

/// Articles to take sentences from, in order; each is used once.
#[derive(Debug)]
pub(super) struct Raw {
    texts: Vec<Text>,
}

#[derive(Debug)]
struct Text {
    body: String,
    headline: Option<String>,
    words: Vec<Span>,
    sentences: Vec<Sentence>,
}

/// A sentence of a raw article.
#[derive(Debug, Clone)]
pub(super) struct Sentence {
    /// Its words among those of the article, without quotation marks that stand around all of it.
    words: Range<usize>,
    pub(super) opens: Opens,
    /// Whether there were such marks.
    pub(super) quoted: bool,
}

/// An article of fewer sentences is no story, ...
const MIN_SENTENCES: usize = 5;

/// ... and a paragraph of fewer words no part of one.
const MIN_WORDS: usize = 8;

impl Raw {
    /// Takes the articles that are long enough.
    pub(super) fn new(articles: impl IntoIterator<Item = Article>) -> Self {
        let texts = articles.into_iter().map(Text::new);
        Self { texts: texts.filter(|text| text.sentences.len() >= MIN_SENTENCES).collect() }
    }

    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn sentences(&self, article: usize) -> &[Sentence] {
        &self.texts[article].sentences
    }

    pub(super) fn headline(&self, article: usize) -> Option<&str> {
        self.texts[article].headline.as_deref()
    }

    pub(super) fn tokens(
        &self,
        article: usize,
        sentence: &Sentence,
    ) -> impl Iterator<Item = Token<'_>> {
        let text = &self.texts[article];
        let words = &text.words[sentence.words.clone()];
        words.iter().map(|&word| Token::new(&text.body[word], Class::Raw))
    }

    /// Any word of the article, to be put in the place of another.
    pub(super) fn word(&self, article: usize, at: usize) -> Token<'_> {
        let text = &self.texts[article];
        let word = &text.body[text.words[at % text.words.len()]];
        Token::new(word.trim_matches(|c: char| !c.is_alphanumeric()), Class::Raw)
    }
}

impl Text {
    fn new(article: Article) -> Self {
        let Article { text, headline, .. } = article;
        let (mut words, mut sentences) = (Vec::new(), Vec::new());
        for paragraph in paragraphs(&text) {
            let first = words.len();
            add_words(&text, paragraph, &mut words);
            if words.len() < first + MIN_WORDS {
                words.truncate(first);
                continue;
            }
            let mut start = first;
            for at in first..words.len() {
                let ends = ends_sentence(&text[words[at]]);
                let is_last = at + 1 == words.len();
                let next_is_capital = || text[words[at + 1]].contains(|c: char| c.is_uppercase());
                if is_last || (ends && at + 1 - start >= 4 && next_is_capital()) {
                    let opens = if start == first { Opens::Paragraph } else { Opens::Sentence };
                    let quoted = unquote(&text, &mut words[start..=at]);
                    sentences.push(Sentence { words: start..at + 1, opens, quoted });
                    start = at + 1;
                }
            }
        }
        Self { body: text.to_string(), headline, words, sentences }
    }
}

/// Whether a word ends a sentence, and not in a point as "Mr." does.
fn ends_sentence(word: &str) -> bool {
    let word = word.trim_end_matches(['"', '”', '’', ')']);
    let is_short = word.len() <= 4 && word.starts_with(|c: char| c.is_uppercase());
    word.ends_with(['!', '?']) || (word.ends_with('.') && !is_short)
}

fn add_words(text: &str, paragraph: Span, words: &mut Vec<Span>) {
    let start = text[..paragraph.start as usize].len();
    for word in text[paragraph].split_whitespace() {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        debug_assert!(at >= start);
        words.push(Span::new(at, at + word.len()));
    }
}

/// Takes the quotation marks from a sentence that stands between them, and no others in it.
fn unquote(text: &str, words: &mut [Span]) -> bool {
    let [first, .., last] = words else { return false };
    let (opening, closing) = (&text[*first], &text[*last]);
    let marks = |c: char| matches!(c, '"' | '“' | '”');
    let inner = |word: &str| word.matches(marks).count() == 1;
    let quoted =
        opening.starts_with(marks) && closing.ends_with(marks) && inner(opening) && inner(closing);
    let quoted = quoted && !text[first.end as usize..last.start as usize].contains(marks);
    if quoted {
        first.start += opening.chars().next().map_or(0, char::len_utf8) as u32;
        let mark = closing.chars().next_back().map_or(0, char::len_utf8) as u32;
        last.end -= mark;
        let end = &text[*last];
        last.end -= (end.len() - end.trim_end_matches(['.', ',']).len()) as u32;
    }
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_and_quotations_are_told() {
        let text = "Rain fell on the town of Ober all of Monday. It stopped on Tuesday, said Mr. Otter.\n\n\
            “We have never seen so much of it here.” Nobody was hurt, for once, the mayor told us.";
        let raw = Text::new(Article::new("raw", text));
        let of = |s: &Sentence| {
            text[raw.words[s.words.start].hull(raw.words[s.words.end - 1])].to_owned()
        };
        let told: Vec<(String, bool)> = raw.sentences.iter().map(|s| (of(s), s.quoted)).collect();
        assert_eq!(told[0], ("Rain fell on the town of Ober all of Monday.".to_owned(), false));
        assert_eq!(told[2], ("We have never seen so much of it here".to_owned(), true));
        assert_eq!(told.len(), 4);
    }
}
