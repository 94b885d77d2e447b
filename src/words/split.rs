//! Splits text into words: runs of ASCII by whole registers, others character by character.

use std::cell::Cell;

use super::normal::{self, Class};
use crate::hash;
use crate::runs::{self, Runs};
use crate::span::Span;

/// Gives every word of the stretches of a text, in order, with its hash.
pub(super) fn each_word(text: &str, stretches: &[Span], mut found: impl FnMut(Span, u32)) {
    thread_local! {
        static MEMORY: Cell<Splitter> = Cell::default();
    }
    let mut splitter = MEMORY.take();
    for &stretch in stretches {
        splitter.each_word(text, stretch, &mut found);
    }
    // What one long text has taken is not held for ever.
    if splitter.runs.capacity() <= KEPT {
        MEMORY.set(splitter);
    }
}

/// Edges of words for which a thread keeps memory.
const KEPT: usize = 1 << 18;

/// Finds words; its memory is used again for every stretch of text.
#[derive(Debug, Default)]
struct Splitter {
    runs: Runs,
    form: Vec<u8>,
}

impl Splitter {
    /// Gives every word of a stretch of text, in order, with its hash.
    fn each_word(&mut self, text: &str, stretch: Span, mut found: impl FnMut(Span, u32)) {
        let (first, bytes) = (stretch.start as usize, text[stretch].as_bytes());
        let Self { runs, form } = self;
        for &[start, end] in runs.of(bytes) {
            let (start, end) = (start as usize, end as usize);
            let run = Span::new(first + start, first + end);
            match hash_of_ascii(bytes, start, end) {
                Some(hash) => found(run, hash),
                None => each_of_run(text, run, |span| {
                    found(span, normal::hash_of(&text[span], form));
                }),
            }
        }
    }
}

/// Hash of the bytes `start..end` if they are letters and digits of ASCII.
#[inline]
fn hash_of_ascii(bytes: &[u8], start: usize, end: usize) -> Option<u32> {
    /// In each byte the bit that is beyond ASCII.
    const BEYOND: u64 = 0x8080_8080_8080_8080;
    let Some([low, high]) = runs::in_small(bytes, start, end) else {
        return hash_of_long_or_last(&bytes[start..end]);
    };
    ((low | high) & BEYOND == 0).then(|| hash::short_word(low, high, end - start))
}

/// The same of a word that is longer than the others, or so near the end that there are not as many
/// bytes to be taken at once.
#[cold]
fn hash_of_long_or_last(word: &[u8]) -> Option<u32> {
    word.is_ascii().then(|| hash::word(&word.to_ascii_lowercase()))
}

/// The words of a run that has characters beyond ASCII.
fn each_of_run(text: &str, run: Span, mut found: impl FnMut(Span)) {
    let (mut at, end) = (run.start as usize, run.end as usize);
    while at < end {
        let char = char_at(text, at);
        let start = at;
        at += char.len_utf8();
        match Class::of(char) {
            Class::Letter => {
                at = word_end(text, start, end);
                found(Span::new(start, at));
            }
            Class::Alone => {
                while at < end && Class::of(char_at(text, at)) == Class::Mark {
                    at += char_at(text, at).len_utf8();
                }
                found(Span::new(start, at));
            }
            Class::Mark | Class::Other => {}
        }
    }
}

/// Where the word ends that starts at `start` with a letter.
fn word_end(text: &str, start: usize, end: usize) -> usize {
    let mut last = start;
    for (at, char) in text[start..end].char_indices() {
        match Class::of(char) {
            Class::Letter => last = start + at + char.len_utf8(),
            Class::Mark => {}
            Class::Alone | Class::Other => break,
        }
    }
    last
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words found character by character.
    fn slow_twin(text: &str, stretch: Span) -> Vec<(Span, u32)> {
        let mut words = Vec::new();
        let mut hashed = |span: Span| {
            words.push((span, normal::hash_of(&text[span], &mut Vec::new())));
        };
        let mut at = stretch.start as usize;
        for run in
            text[stretch].split_inclusive(|c: char| c.is_ascii() && !c.is_ascii_alphanumeric())
        {
            each_of_run(text, Span::new(at, at + run.len()), &mut hashed);
            at += run.len();
        }
        words
    }

    proptest! {
        #[test]
        fn words_are_those_found_character_by_character(
            text in "([a-zA-Z]{1,20}|[0-9]{1,3}|[ .,-]{1,3}|é|ßß|ال|’|“|東|\u{301}|\\PC){0,60}",
            cut in 0_usize..20,
        ) {
            let from = text.char_indices().nth(cut).map_or(0, |(at, _)| at);
            let stretch = Span::new(from, text.len());
            let mut words = Vec::new();
            each_word(&text, &[stretch], |span, hash| words.push((span, hash)));
            prop_assert_eq!(words, slow_twin(&text, stretch));
        }
    }
}
