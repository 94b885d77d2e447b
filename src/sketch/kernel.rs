//! The inner loop of MinHash, compiled for what the processor can do.
#![allow(unsafe_code, reason = "multiversion calls the variant that the processor was asked for")]

use super::{ARTICLE_SHINGLE, K};

/// Lanes kept in registers while the values stream by.
const TILE: usize = 64;

/// Lowers each `minima[k]` to the least `multipliers[k] * value + offsets[k]` modulo `2^32`.
///
/// The plain loop is the specification: the variants are the same code compiled for wider
/// registers, chosen at run time, and give the same values.
#[multiversion::multiversion(targets(
    "x86_64+avx+avx2+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx+avx2",
    "x86_64+sse4.1"
))]
pub fn minimum(values: &[u32], multipliers: &[u32; K], offsets: &[u32; K], minima: &mut [u32; K]) {
    for tile in 0..K / TILE {
        let lanes = tile * TILE..(tile + 1) * TILE;
        let mut a = [0; TILE];
        let mut b = [0; TILE];
        let mut least = [0; TILE];
        a.copy_from_slice(&multipliers[lanes.clone()]);
        b.copy_from_slice(&offsets[lanes.clone()]);
        least.copy_from_slice(&minima[lanes.clone()]);
        for &value in values {
            for lane in 0..TILE {
                least[lane] = least[lane].min(a[lane].wrapping_mul(value).wrapping_add(b[lane]));
            }
        }
        minima[lanes].copy_from_slice(&least);
    }
}

/// One value for every shingle of an article: the upper half of a sum of products of its words with odd
/// numbers, which is strongly universal (multilinear hashing, Lemire & Kaser 2014), without the sum's
/// constant.
#[multiversion::multiversion(targets(
    "x86_64+avx+avx2+avx512f+avx512bw+avx512dq+avx512vl",
    "x86_64+avx+avx2",
    "x86_64+sse4.1"
))]
pub fn shingles(words: &[u32], values: &mut Vec<u32>) {
    const FACTORS: [u64; ARTICLE_SHINGLE] = [
        0x9E37_79B9_7F4A_7C15,
        0xBF58_476D_1CE4_E5B9,
        0x94D0_49BB_1331_11EB,
        0xD6E8_FEB8_6659_FD93,
        0xC2B2_AE3D_27D4_EB4F,
    ];
    values.clear();
    let count = (words.len() + 1).saturating_sub(ARTICLE_SHINGLE);
    if count == 0 {
        // A text shorter than a shingle is one.
        let sum = |sum: u64, (&word, factor): (&u32, u64)| {
            sum.wrapping_add(u64::from(word).wrapping_mul(factor))
        };
        if !words.is_empty() {
            values.push((words.iter().zip(FACTORS).fold(words.len() as u64, sum) >> 32) as u32);
        }
        return;
    }
    values.resize(count, 0);
    let from = |first: usize| &words[first..first + count];
    let (a, b, c, d, e) = (from(0), from(1), from(2), from(3), from(4));
    for (at, value) in values.iter_mut().enumerate() {
        let product = |words: &[u32], k: usize| u64::from(words[at]).wrapping_mul(FACTORS[k]);
        let sum = product(a, 0)
            .wrapping_add(product(b, 1))
            .wrapping_add(product(c, 2))
            .wrapping_add(product(d, 3))
            .wrapping_add(product(e, 4));
        *value = (sum >> 32) as u32;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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

        #[test]
        fn equals_the_definition(values in proptest::collection::vec(any::<u32>(), 0..50), seed: u32) {
            let a: [u32; K] = std::array::from_fn(|k| (k as u32).wrapping_mul(seed) | 1);
            let b: [u32; K] = std::array::from_fn(|k| (k as u32).wrapping_add(seed));
            let mut minima = [u32::MAX; K];
            minimum(&values, &a, &b, &mut minima);
            for k in 0..K {
                let least = values.iter().map(|v| a[k].wrapping_mul(*v).wrapping_add(b[k])).min();
                prop_assert_eq!(minima[k], least.unwrap_or(u32::MAX));
            }
        }
    }
}
