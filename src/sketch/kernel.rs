//! The inner loop of MinHash, compiled for what the processor can do.
#![allow(unsafe_code, reason = "multiversion calls the variant that the processor was asked for")]

use super::K;

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
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
