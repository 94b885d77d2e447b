//! Sketches: what of an article is compared before the article itself.
//!
//! The article sketch is MinHash (Broder 1997) by one permutation (Li, Owen & Zhang 2012), densified
//! (Shrivastava 2017): it looks at a shingle once, in a nanosecond or two, and as many permutations as
//! there are values, as datasketch draws them, took six (`cargo bench --bench stages -- minhash`). The
//! passage sketch keeps the smallest shingles of every sentence.

mod contract;
mod passage;
mod shingles;

pub use contract::recall;
pub use passage::{PassageOptions, Shingle, passage};
pub use shingles::{shingles, shingles_by};

use crate::hash;

/// Values in an article sketch.
pub const K: usize = 128;

/// Words in a shingle of an article sketch: long enough that equal shingles are rarely chance.
pub const ARTICLE_SHINGLE: usize = 5;

/// The MinHash values of one article.
///
/// Shingles are dealt into 128 bins, and of each bin the least is kept. A bin without any borrows from
/// one that has some, so that each value is equal in two sketches with a probability of the Jaccard
/// similarity (resemblance) of their sets of shingles. The share of equal values estimates it, with a
/// standard error of `sqrt(J (1 - J) / 128)`, as with as many permutations as there are values; a fifth
/// more for articles of 6 to 24 shingles, and up to a half more for shorter ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch(pub [u32; K]);

impl Sketch {
    /// The sketch of an article's words, by its [`shingles()`].
    pub fn of_words(words: &[u32]) -> Self {
        let mut values = Vec::new();
        shingles(words, &mut values);
        Self::of_shingles(&values)
    }

    /// The sketch of a set of values that are as good as random, as [`shingles()`] are; a value given twice
    /// counts once, and `u32::MAX` not at all. The sketch of none has that everywhere.
    pub fn of_shingles(shingles: &[u32]) -> Self {
        let mut sketch = Self([EMPTY; K]);
        for &shingle in shingles {
            let least = &mut sketch.0[(shingle >> (u32::BITS - K.ilog2())) as usize];
            *least = shingle.min(*least);
        }
        sketch.densify();
        sketch
    }

    /// Fills every empty bin from another, drawn for it alone and alike in all sketches.
    fn densify(&mut self) {
        let and = |full: u128, bin: &u32| full << 1 | u128::from(*bin != EMPTY);
        let full = self.0.iter().rev().fold(0, and);
        if full.count_ones() < 2 {
            self.0 = [self.0.iter().fold(EMPTY, |least, bin| *bin.min(&least)); K];
            return;
        }
        let mut empty = !full;
        while empty != 0 {
            let bin = empty.trailing_zeros() as usize;
            self.0[bin] = self.0[lender(bin, full)];
            empty &= empty - 1;
        }
    }

    /// Estimated Jaccard similarity, in `0..=1`.
    pub fn similarity(&self, other: &Self) -> f64 {
        let equal = self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count();
        equal as f64 / K as f64
    }

    /// One key for each of `BANDS` bands of `K / BANDS` values. Two articles of similarity `J` have
    /// an equal key with probability `1 - (1 - J^r)^b` for `b` bands of `r` values.
    pub fn band_keys<const BANDS: usize>(&self) -> [u64; BANDS] {
        const { assert!(K.is_multiple_of(BANDS)) };
        let rows = K / BANDS;
        std::array::from_fn(|band| {
            hash::mix(hash::shingle(&self.0[band * rows..(band + 1) * rows]) ^ band as u64)
        })
    }
}

/// A bin without any shingle.
const EMPTY: u32 = u32::MAX;

/// Which of the full bins, by a bit for each and one at least, lends to a bin: the first that is drawn.
fn lender(bin: usize, full: u128) -> usize {
    /// Bins that one number draws.
    const AT_ONCE: u32 = u64::BITS / K.ilog2();
    let mut round = 0;
    loop {
        let mut random = hash::mix(round << 32 | bin as u64);
        for _ in 0..AT_ONCE {
            let drawn = random as usize % K;
            if full >> drawn & 1 == 1 {
                return drawn;
            }
            random >>= K.ilog2();
        }
        round += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sketch of numbers, spread.
    fn sketch(values: impl IntoIterator<Item = u32>) -> Sketch {
        let spread = |value: u32| (hash::mix(u64::from(value)) >> 32) as u32;
        Sketch::of_shingles(&values.into_iter().map(spread).collect::<Vec<_>>())
    }

    #[test]
    fn values_never_change() {
        let sketch = Sketch::of_shingles(&[0x0000_0007, 0x0000_0005, 0x0300_0001, 0xffff_fffe]);
        assert_eq!([sketch.0[0], sketch.0[1], sketch.0[127]], [5, 0x0300_0001, 0xffff_fffe]);
        let held = |from: u32| sketch.0.iter().filter(|&&value| value == from).count();
        assert_eq!([5, 0x0300_0001, 0xffff_fffe].map(held), [45, 45, 38]);
        assert_eq!(hash::shingle(&sketch.0), 15_861_953_048_825_053_697);
        assert_eq!(Sketch::of_shingles(&[7, 7]).0, [7; K]);
        let mut values = Vec::new();
        shingles(&[1_u32, 2, 3, 4, 5], &mut values);
        assert_eq!(values, [412_070_257]);
        assert_eq!(Sketch::of_shingles(&[]).0, [u32::MAX; K]);
    }

    #[test]
    fn similarity_is_near_jaccard_at_any_length() {
        const PAIRS: u32 = 400;
        for (each, most) in
            [(3, 1.4), (12, 1.3), (48, 1.2), (192, 1.1), (768, 1.1), (12_288_u32, 1.1)]
        {
            // Two thirds of each are shared: half of all.
            let (mut sum, mut squares) = (0.0, 0.0);
            for pair in 0..PAIRS {
                let of = |first: u32| sketch((first..first + each).map(|n| n * PAIRS + pair));
                let off = of(0).similarity(&of(each / 3)) - 0.5;
                sum += off;
                squares += off * off;
            }
            let (bias, deviation) = (sum / f64::from(PAIRS), (squares / f64::from(PAIRS)).sqrt());
            let of_minhash = (0.25 / K as f64).sqrt();
            assert!(bias.abs() < 4.0 * of_minhash / f64::from(PAIRS).sqrt(), "{each}: {bias}");
            assert!(deviation < most * of_minhash, "{each}: {deviation}");
        }
    }

    #[test]
    fn bands_of_texts_agree_as_often_as_they_should() {
        const PAIRS: u64 = 600;
        let (mut found, mut promised) = (0.0, 0.0);
        for pair in 0..PAIRS {
            // One word in 25 is another, which five shingles have in them.
            let word = |side: u64, at: u64| {
                let side = if at % 25 == 7 { side } else { 0 };
                hash::mix(pair << 32 | side << 16 | at) as u32
            };
            let text = |side: u64| (0..300).map(|at| word(side, at)).collect::<Vec<u32>>();
            let (a, b) = (text(1), text(2));
            let keys = |words: &[u32]| Sketch::of_words(words).band_keys::<16>();
            found += f64::from(keys(&a).iter().zip(keys(&b)).any(|(x, y)| *x == y));
            let (all, changed) = (296.0, 60.0);
            let jaccard: f64 = (all - changed) / (all + changed);
            promised += 1.0 - (1.0 - jaccard.powi(8)).powi(16);
        }
        // Four standard errors of a share.
        let (found, promised) = (found / PAIRS as f64, promised / PAIRS as f64);
        let error = (promised * (1.0 - promised) / PAIRS as f64).sqrt();
        assert!((found - promised).abs() < 4.0 * error, "{found} {promised}");
    }

    #[test]
    fn a_band_key_is_equal_only_where_the_band_is() {
        let sketch = sketch(0..50);
        let mut other = sketch.clone();
        other.0[0] ^= 1;
        let (keys, others) = (sketch.band_keys::<16>(), other.band_keys::<16>());
        assert_ne!(keys[0], others[0]);
        assert_eq!(keys[1..], others[1..]);
    }
}
