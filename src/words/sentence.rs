//! Where sentences begin among the words of a text.

use crate::span::{Span, WordRange};

/// Sentences longer than this are cut, so that a list or a text without stops has sketches too.
const LONGEST: usize = 60;

/// The sentences that `words` (their places in `text`, in order) form, as ranges of words.
///
/// A sentence ends at a full stop, question or exclamation mark that is not part of a number, an
/// initial or an abbreviation, at a blank line, and after 60 words.
pub fn sentences(text: &str, words: &[Span]) -> Vec<WordRange> {
    let mut sentences = Vec::new();
    let mut start = 0;
    for i in 1..words.len() {
        if i - start >= LONGEST || ends_sentence(text, words[i - 1], words[i]) {
            sentences.push(WordRange::new(start, i));
            start = i;
        }
    }
    if start < words.len() {
        sentences.push(WordRange::new(start, words.len()));
    }
    sentences
}

fn ends_sentence(text: &str, word: Span, next: Span) -> bool {
    let between = Span { start: word.end, end: next.start }.of(text);
    if between == " " || between.is_empty() {
        return false;
    }
    let mut stop = None;
    let mut spaced = false;
    let mut newlines = 0;
    for char in between.chars() {
        match char {
            '。' | '！' | '？' | '｡' | '।' | '۔' | '؟' => return true,
            '.' | '!' | '?' | '…' => stop = Some(char),
            '\n' => newlines += 1,
            _ => {}
        }
        spaced |= stop.is_some() && char.is_whitespace();
    }
    if newlines > 1 {
        return true;
    }
    match stop {
        Some('.') if spaced => !is_abbreviation(&text[word]) && starts_sentence(&text[next]),
        Some(_) => spaced,
        None => false,
    }
}

/// An initial, or one of the titles that stand before names.
fn is_abbreviation(word: &str) -> bool {
    const TITLES: [&str; 22] = [
        "mr", "mrs", "ms", "dr", "st", "gen", "sen", "rep", "gov", "col", "lt", "sgt", "capt",
        "prof", "rev", "jr", "sr", "mme", "sra", "inc", "vs", "no",
    ];
    let mut chars = word.chars();
    let initial = chars.next().is_some_and(char::is_alphabetic) && chars.next().is_none();
    initial || TITLES.iter().any(|title| word.eq_ignore_ascii_case(title))
}

fn starts_sentence(word: &str) -> bool {
    word.chars().next().is_some_and(|char| !char.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Words;

    fn lengths(text: &str) -> Vec<usize> {
        let words = Words::of(text, &[Span::whole(text)]);
        sentences(text, &words.spans).iter().map(|s| s.len()).collect()
    }

    #[test]
    fn stops_end_sentences_and_abbreviations_do_not() {
        assert_eq!(
            lengths("Mr. J. Doe paid 3.5 million. He left!  “Why?” she said."),
            [7, 2, 1, 2]
        );
        assert_eq!(lengths("one two three\n\nfour"), [3, 1]);
        assert_eq!(lengths("東京で火災。けが人なし。"), [5, 5]);
        assert_eq!(lengths(&"word ".repeat(130)), [60, 60, 10]);
        assert!(lengths("").is_empty());
    }
}
