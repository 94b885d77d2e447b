//! Shingles of an article sketch as numbers, by a loop that is compiled for what the processor can do.
#![allow(clippy::inline_always, reason = "a loop is compiled for an instruction set as a whole")]

use super::ARTICLE_SHINGLE;
use crate::processor::{InstructionSet, Loop};

/// What the words of a shingle are multiplied with.
const FACTORS: [u64; ARTICLE_SHINGLE] = [
    0x9E37_79B9_7F4A_7C15,
    0xBF58_476D_1CE4_E5B9,
    0x94D0_49BB_1331_11EB,
    0xD6E8_FEB8_6659_FD93,
    0xC2B2_AE3D_27D4_EB4F,
];

/// Adds the shingles that an article sketch is made of to others, as numbers: of a million different ones
/// every four thousandth is taken for another.
///
/// Each is the upper half of a sum of products of its words with odd numbers, which is strongly universal
/// (multilinear hashing, Lemire & Kaser 2014), without the sum's constant, and spread, so that any of
/// its bits are as good as others. A text shorter than a shingle is one.
///
/// Words are their hashes, or as many bits of these as one likes to keep.
pub fn shingles<W: Copy + Into<u64>>(words: &[W], values: &mut Vec<u32>) {
    shingles_by(InstructionSet::best(), words, values);
}

/// The same [`shingles`] by another instruction set than the best that is here: to compare them.
pub fn shingles_by<W: Copy + Into<u64>>(set: InstructionSet, words: &[W], values: &mut Vec<u32>) {
    if (1..ARTICLE_SHINGLE).contains(&words.len()) {
        values.push(value(words));
        return;
    }
    let before = values.len();
    values.resize(before + (words.len() + 1).saturating_sub(ARTICLE_SHINGLE), 0);
    set.run(Shingles { words, values: &mut values[before..] });
}

/// The value of a shingle of up to [`ARTICLE_SHINGLE`] words.
#[inline(always)]
fn value<W: Copy + Into<u64>>(words: &[W]) -> u32 {
    murmur_finalizer((sum_of_products(words) >> 32) as u32)
}

/// `fmix32`, the finaliser of MurmurHash3 (Appleby 2011).
#[inline(always)]
fn murmur_finalizer(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85eb_ca6b);
    h ^= h >> 13;
    h = h.wrapping_mul(0xc2b2_ae35);
    h ^ (h >> 16)
}

/// The sum modulo `2^64` of the products of up to [`ARTICLE_SHINGLE`] words.
#[inline(always)]
fn sum_of_products<W: Copy + Into<u64>>(words: &[W]) -> u64 {
    let products = words.iter().zip(FACTORS).map(|(&word, f)| word.into().wrapping_mul(f));
    products.fold(0, u64::wrapping_add)
}

/// The loop of [`shingles`]: one value for each place where one starts.
struct Shingles<'a, W> {
    words: &'a [W],
    values: &'a mut [u32],
}

impl<W: Copy + Into<u64>> Loop for Shingles<'_, W> {
    #[inline(always)]
    fn run(self) {
        for (value, words) in
            self.values.iter_mut().zip(self.words.array_windows::<ARTICLE_SHINGLE>())
        {
            *value = self::value(words);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hash;

    #[test]
    fn every_instruction_set_gives_the_values_of_the_definition() {
        let random = |seed: u64| move |at: usize| (hash::mix(seed << 32 | at as u64) >> 32) as u32;
        for length in (ARTICLE_SHINGLE..20).chain([63, 64, 65, 130]) {
            let words: Vec<u32> = (0..length).map(random(length as u64)).collect();
            let value = |shingle: &[u32]| {
                let products =
                    shingle.iter().zip(FACTORS).map(|(&w, f)| u128::from(w) * u128::from(f));
                murmur_finalizer((products.sum::<u128>() as u64 >> 32) as u32)
            };
            let shingles: Vec<u32> = words.windows(ARTICLE_SHINGLE).map(value).collect();
            for set in InstructionSet::tested() {
                let mut values = Vec::new();
                shingles_by(set, &words, &mut values);
                assert_eq!(values, shingles, "{set:?}, {length} words");
            }
        }
    }

    proptest! {
        #[test]
        fn equal_shingles_have_equal_values_wherever_they_stand(
            shingle in proptest::collection::vec(any::<u32>(), ARTICLE_SHINGLE),
            before in proptest::collection::vec(any::<u32>(), 0..20),
            after in proptest::collection::vec(any::<u32>(), 0..20),
        ) {
            let value = |words: &[u32], at: usize| {
                let mut values = Vec::new();
                shingles(words, &mut values);
                values[at]
            };
            let words = [&before[..], &shingle, &after].concat();
            prop_assert_eq!(value(&words, before.len()), value(&shingle, 0));
        }
    }

    #[test]
    fn a_text_shorter_than_a_shingle_is_one() {
        let values = |words: &[u32]| {
            let mut values = vec![9; 3];
            shingles(words, &mut values);
            values.split_off(3)
        };
        assert!(values(&[]).is_empty());
        assert_eq!([values(&[7]).len(), values(&[7, 8, 9, 10]).len()], [1, 1]);
        assert_ne!(values(&[7]), values(&[7, 8]));
    }
}
