//! Runs of bytes that may be words: letters and digits of ASCII, and all that is beyond it.
#![allow(clippy::inline_always, reason = "a loop is compiled for an instruction set as a whole")]

use crate::bits::{self, BLOCK};
use crate::hash;
use crate::processor::{InstructionSet, Loop};

/// Finds the runs of a text; its memory is used again for the next.
#[derive(Debug, Default)]
pub(crate) struct Runs {
    /// A bit for each byte: whether it may be part of words.
    blocks: Vec<u64>,
    /// Where runs of such bytes start and end, in turn.
    edges: Vec<u32>,
}

impl Runs {
    /// Where each run starts and ends: no word crosses other bytes.
    pub(crate) fn of(&mut self, bytes: &[u8]) -> &[[u32; 2]] {
        let Self { blocks, edges } = self;
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
        edges.as_chunks().0
    }

    /// For how many edges there is memory.
    pub(crate) fn capacity(&self) -> usize {
        self.edges.capacity()
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

/// The bytes `start..end` as two registers, letters in small; none where these are more than the registers hold,
/// or so near the end that there are not as many bytes to be taken at once. What is beyond ASCII gets another bit
/// as well.
#[inline]
pub(crate) fn in_small(bytes: &[u8], start: usize, end: usize) -> Option<[u64; 2]> {
    /// In each byte the bit that small letters have; digits have it too.
    const SMALL: u64 = 0x2020_2020_2020_2020;
    let (sixteen, keep) = (bytes[start..].first_chunk()?, KEEP.get(end - start)?);
    let [low, high] = hash::halves(*sixteen);
    Some([(low | SMALL) & keep[0], (high | SMALL) & keep[1]])
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

#[cfg(test)]
mod tests {
    use super::*;

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

    #[test]
    fn runs_end_where_blocks_and_texts_do() {
        let text = format!("{} b{}c é{}", "a".repeat(BLOCK), " ".repeat(BLOCK - 4), "d".repeat(70));
        let mut runs = Runs::default();
        let found: Vec<&str> =
            runs.of(text.as_bytes()).iter().map(|&[s, e]| &text[s as usize..e as usize]).collect();
        assert_eq!(found, text.split_ascii_whitespace().collect::<Vec<_>>());
        assert!(runs.of(b"").is_empty() && runs.of(b" - ").is_empty());
    }
}
