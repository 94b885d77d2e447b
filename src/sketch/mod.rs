//! Sketches: what of an article is compared before the article itself.
//!
//! The article sketch is MinHash (Broder 1997) with the permutations of datasketch 2.0's `affine32`
//! scheme, value for value; the passage sketch keeps the smallest shingles of every sentence.

mod contract;
mod kernel;
mod passage;

pub use contract::recall;
pub use kernel::shingles;
pub use passage::{PassageOptions, Shingle, passage};

use crate::hash;
use crate::processor::InstructionSet;

/// Values in an article sketch.
pub const K: usize = 128;

/// Words in a shingle of an article sketch: long enough that equal shingles are rarely chance.
pub const ARTICLE_SHINGLE: usize = 5;

/// The MinHash values of one article.
///
/// The share of equal values of two sketches estimates the Jaccard similarity (resemblance) of
/// their sets of shingles, with a standard error of `sqrt(J (1 - J) / 128)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sketch(pub [u32; K]);

/// Makes article sketches.
#[derive(Debug, Clone)]
pub struct Sketcher {
    multipliers: [u32; K],
    offsets: [u32; K],
    set: InstructionSet,
}

impl Sketcher {
    /// The permutations that numpy's `RandomState(seed)` gives datasketch 2.0; its default seed is 1.
    pub fn new(seed: u32) -> Self {
        let mut random = MersenneTwister::new(seed);
        // An odd multiplier makes `a * h + b` one to one on 32 bits.
        let multipliers = std::array::from_fn(|_| (random.draw() & 0x7fff_ffff) * 2 + 1);
        let offsets = std::array::from_fn(|_| random.draw());
        Self { multipliers, offsets, set: InstructionSet::best() }
    }

    /// The same sketches by another instruction set than the best that is here: to compare them.
    #[must_use]
    pub fn by(self, set: InstructionSet) -> Self {
        Self { set, ..self }
    }

    /// The sketch of a set of values; a value given twice counts once.
    ///
    /// The sketch of no value has `u32::MAX` everywhere.
    pub fn sketch(&self, values: impl IntoIterator<Item = u32>) -> Sketch {
        self.of_shingles(&values.into_iter().map(kernel::murmur_finalizer).collect::<Vec<_>>())
    }

    /// The sketch of an article's words, by its shingles of [`ARTICLE_SHINGLE`] words; an article
    /// shorter than that is one shingle.
    pub fn article(&self, words: &[u32]) -> Sketch {
        let mut values = Vec::new();
        shingles(words, &mut values);
        self.of_shingles(&values)
    }

    /// The same by the article's [`shingles`], which are spread as datasketch spreads values.
    pub fn of_shingles(&self, shingles: &[u32]) -> Sketch {
        let mut sketch = Sketch([u32::MAX; K]);
        kernel::minimum(self.set, shingles, &self.multipliers, &self.offsets, &mut sketch.0);
        sketch
    }
}

impl Sketch {
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

/// MT19937 (Matsumoto & Nishimura 1998), only as far as drawing the permutations needs it.
struct MersenneTwister {
    state: [u32; 624],
    next: usize,
}

impl MersenneTwister {
    fn new(seed: u32) -> Self {
        let mut state = [seed; 624];
        for i in 1..624 {
            let last = state[i - 1];
            state[i] = (last ^ (last >> 30)).wrapping_mul(1_812_433_253).wrapping_add(i as u32);
        }
        Self { state, next: 624 }
    }

    fn draw(&mut self) -> u32 {
        if self.next == 624 {
            for i in 0..624 {
                let y = (self.state[i] & 0x8000_0000) | (self.state[(i + 1) % 624] & 0x7fff_ffff);
                let odd = if y & 1 == 1 { 0x9908_b0df } else { 0 };
                self.state[i] = self.state[(i + 397) % 624] ^ (y >> 1) ^ odd;
            }
            self.next = 0;
        }
        let mut y = self.state[self.next];
        self.next += 1;
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c_5680;
        y ^= (y << 15) & 0xefc6_0000;
        y ^ (y >> 18)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_those_of_datasketch() {
        for set in InstructionSet::tested() {
            // datasketch 2.0.0: MinHash(128, scheme="affine32", hashfunc=int) updated with 1, 2 and 3.
            let sketch = Sketcher::new(1).by(set).sketch([1, 2, 3]);
            assert_eq!(sketch.0[..4], [277_274_469, 2_241_546_430, 1_311_794_348, 1_610_968_749]);
            assert_eq!(sketch.0[124..], [1_014_966_266, 79_170_411, 654_737_239, 1_175_624_830]);
            assert_eq!(Sketcher::new(1).by(set).sketch([]).0, [u32::MAX; K]);
        }
    }

    #[test]
    fn the_sketch_of_a_union_is_the_minimum() {
        let sketcher = Sketcher::new(1);
        let (a, b, both) =
            (sketcher.sketch(0..40), sketcher.sketch(30..90), sketcher.sketch(0..90));
        for i in 0..K {
            assert_eq!(both.0[i], a.0[i].min(b.0[i]));
        }
    }

    #[test]
    fn similarity_is_near_jaccard() {
        let sketcher = Sketcher::new(1);
        for shared in [0_u32, 50, 150, 190] {
            let truth = f64::from(shared) / f64::from(400 - shared);
            let a = sketcher.sketch(0..200);
            let b = sketcher.sketch(200 - shared..400 - shared);
            let error = (a.similarity(&b) - truth).abs();
            assert!(error < 4.0 * (0.25 / K as f64).sqrt(), "{shared}: {error}");
        }
    }

    #[test]
    fn bands_of_texts_agree_as_often_as_they_should() {
        const PAIRS: u64 = 600;
        let sketcher = Sketcher::new(1);
        let (mut found, mut promised) = (0.0, 0.0);
        for pair in 0..PAIRS {
            // One word in 25 is another, which five shingles have in them.
            let word = |side: u64, at: u64| {
                let side = if at % 25 == 7 { side } else { 0 };
                hash::mix(pair << 32 | side << 16 | at) as u32
            };
            let text = |side: u64| (0..300).map(|at| word(side, at)).collect::<Vec<u32>>();
            let (a, b) = (text(1), text(2));
            let keys = |words: &[u32]| sketcher.article(words).band_keys::<16>();
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
        let sketch = Sketcher::new(1).sketch(0..50);
        let mut other = sketch.clone();
        other.0[0] ^= 1;
        let (keys, others) = (sketch.band_keys::<16>(), other.band_keys::<16>());
        assert_ne!(keys[0], others[0]);
        assert_eq!(keys[1..], others[1..]);
    }
}
