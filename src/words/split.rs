//! Splits text into words: ASCII by whole registers, the rest character by character.
#![allow(clippy::inline_always, reason = "a loop is compiled for an instruction set as a whole")]

use std::cell::Cell;

use super::normal::{self, Class};
use crate::bits::{self, BLOCK};
use crate::hash;
use crate::processor::{InstructionSet, Loop};
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
    if splitter.edges.capacity() <= KEPT {
        MEMORY.set(splitter);
    }
}

/// Edges of words for which a thread keeps memory.
const KEPT: usize = 1 << 18;

/// Finds words; its memory is used again for every stretch of text.
#[derive(Debug, Default)]
struct Splitter {
    /// A bit for each byte: whether it may be part of words. Letters and digits of ASCII may, and all
    /// bytes beyond it.
    blocks: Vec<u64>,
    /// Where runs of such bytes start and end, in turn.
    edges: Vec<u32>,
    form: Vec<u8>,
}

impl Splitter {
    /// Gives every word of a stretch of text, in order, with its hash.
    fn each_word(&mut self, text: &str, stretch: Span, mut found: impl FnMut(Span, u32)) {
        let (first, bytes) = (stretch.start as usize, text[stretch].as_bytes());
        self.find_runs(bytes);
        let Self { edges, form, .. } = self;
        for &[start, end] in edges.as_chunks::<2>().0 {
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

    /// Finds where runs of bytes that may be words start and end: no word crosses other bytes.
    fn find_runs(&mut self, bytes: &[u8]) {
        let Self { blocks, edges, .. } = self;
        classify(bytes, blocks);
        edges.clear();
        // Two for each word and what parts it from the next.
        edges.reserve(bytes.len() / 2);
        let (mut inside, mut first) = (0, 0);
        for &words in blocks.iter() {
            let mut changes = words ^ (words << 1 | inside);
            inside = words >> (BLOCK - 1);
            // As many as there are, without a look at the memory for each.
            edges.extend((0..changes.count_ones()).map(|_| {
                let change = first + changes.trailing_zeros();
                changes &= changes - 1;
                change
            }));
            first += BLOCK as u32;
        }
        if inside == 1 {
            edges.push(bytes.len() as u32);
        }
    }
}

/// Which bytes may be part of words, block by block.
fn classify(bytes: &[u8], blocks: &mut Vec<u64>) {
    let (whole, rest) = bytes.as_chunks();
    blocks.clear();
    blocks.resize(bytes.len().div_ceil(BLOCK), 0);
    InstructionSet::best().run(Masks { bytes: whole, blocks });
    if let (Some(block), false) = (blocks.last_mut(), rest.is_empty()) {
        let mut last = [b' '; BLOCK];
        last[..rest.len()].copy_from_slice(rest);
        Masks { bytes: &[last], blocks: std::slice::from_mut(block) }.run();
    }
}

/// The loop of [`classify`].
struct Masks<'a> {
    bytes: &'a [[u8; BLOCK]],
    blocks: &'a mut [u64],
}

impl Loop for Masks<'_> {
    #[inline(always)]
    fn run(self) {
        for (bytes, block) in self.bytes.iter().zip(self.blocks) {
            *block = bits::which(bytes, |byte| bits::is_alphanumeric(byte) || byte >= 0x80);
        }
    }
}

/// Hash of the bytes `start..end` if they are letters and digits of ASCII.
#[inline]
fn hash_of_ascii(bytes: &[u8], start: usize, end: usize) -> Option<u32> {
    /// In each byte the bit that small letters have; digits have it too.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    /// In each byte the bit that is beyond ASCII.
    const BEYOND: u64 = 0x8080_8080_8080_8080;
    let len = end - start;
    let (Some(sixteen), Some(keep)) = (bytes[start..].first_chunk(), KEEP.get(len)) else {
        return hash_of_long_or_last(&bytes[start..end]);
    };
    let [low, high] = hash::halves(*sixteen);
    let (low, high) = ((low | SMALL) & keep[0], (high | SMALL) & keep[1]);
    ((low | high) & BEYOND == 0).then(|| hash::short_word(low, high, len))
}

/// The same of a word that is longer than the others, or so near the end that there are not as many
/// bytes to be taken at once.
#[cold]
fn hash_of_long_or_last(word: &[u8]) -> Option<u32> {
    word.is_ascii().then(|| hash::word(&word.to_ascii_lowercase()))
}

/// The bits that the first bytes of a word have, by how many they are.
static KEEP: [[u64; 2]; hash::SHORT_WORD + 1] = {
    let mut keep = [[0; 2]; hash::SHORT_WORD + 1];
    let mut len = 1;
    while len <= hash::SHORT_WORD {
        keep[len] = keep[len - 1];
        keep[len][(len - 1) / 8] |= 0xFF << ((len - 1) % 8 * 8);
        len += 1;
    }
    keep
};

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

    #[test]
    fn bytes_are_classified_alike_by_every_instruction_set() {
        let bytes: [[u8; BLOCK]; 4] =
            std::array::from_fn(|block| std::array::from_fn(|at| (block * BLOCK + at) as u8));
        for set in InstructionSet::tested() {
            let mut blocks = [0; 4];
            set.run(Masks { bytes: &bytes, blocks: &mut blocks });
            for (at, byte) in bytes.as_flattened().iter().enumerate() {
                let is_of_words = byte.is_ascii_alphanumeric() || !byte.is_ascii();
                let bit = blocks[at / BLOCK] >> (at % BLOCK) & 1 == 1;
                assert_eq!(bit, is_of_words, "{set:?}, {byte}");
            }
        }
    }
}
