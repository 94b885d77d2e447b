//! What is kept of an article to compare it as a whole.

use crate::hash;
use crate::sketch::{ARTICLE_SHINGLE, K, Sketch, shingles};
use crate::words;

/// Bands of a sketch, of four values each.
pub const BANDS: usize = 32;

/// Values in a band.
pub(super) const ROWS: usize = K / BANDS;

/// The words of an article and the sketch of its shingles.
///
/// Of each value of the sketch eight bits are kept (b-bit minwise hashing, Li & König 2010), spread anew for
/// every place, for short articles have one value in many: two that differ have them in common once in 256
/// times. Four of them are the key of a band.
///
/// Of each word 16 bits are kept: of 65,000 shingles that differ in a word one is taken for equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// How many words its text has.
    pub words: u32,
    /// The sketch, then two words in each: in one piece, for there are as many of these as articles.
    kept: Box<[u32]>,
}

impl Proof {
    /// The proof of a text, furniture and all.
    pub fn of(text: &str) -> Self {
        Self::of_words(&words::hashes(text))
    }

    /// The proof of a text of such words.
    pub fn of_words(words: &[u32]) -> Self {
        let mut values = Vec::with_capacity(words.len());
        shingles(words, &mut values);
        let sketch = Sketch::of_shingles(&values);
        let mut kept = vec![0; BANDS + words.len().div_ceil(2)].into_boxed_slice();
        let (keys, halves) = kept.split_at_mut(BANDS);
        for ((byte, value), odd) in bytemuck::cast_slice_mut(keys).iter_mut().zip(sketch.0).zip(ODD)
        {
            *byte = (value.wrapping_mul(odd) >> 24) as u8;
        }
        for (half, &word) in bytemuck::cast_slice_mut(halves).iter_mut().zip(words) {
            *half = word as u16;
        }
        Self { words: words.len() as u32, kept }
    }

    /// A key for each band of its sketch.
    pub fn keys(&self) -> &[u32; BANDS] {
        self.kept.first_chunk().expect("the sketch comes first")
    }

    /// What is kept of its words, in order.
    pub(super) fn halves(&self) -> &[u16] {
        &bytemuck::cast_slice(&self.kept[BANDS..])[..self.words as usize]
    }

    /// Every [`shingle`](crate::sketch::shingles()) of it, in order, by what is kept of its words.
    pub(super) fn shingles(&self, values: &mut Vec<u32>) {
        values.clear();
        shingles(self.halves(), values);
    }

    /// Whether it may resemble another as much as articles do that agree in so many values at least (see
    /// [`least_agreeing`]); articles of few shingles may whatever their sketches say, which are less sure.
    pub(super) fn may_resemble(&self, other: &Self, agreeing: u32) -> bool {
        self.words.min(other.words) < FEW || self.agrees(other) >= agreeing
    }

    /// In how many values of its sketch it agrees with another.
    fn agrees(&self, other: &Self) -> u32 {
        let [ours, theirs] = [self, other].map(|proof| bytemuck::bytes_of(proof.keys()));
        ours.iter().zip(theirs).map(|(x, y)| u32::from(x == y)).sum()
    }
}

/// What the values at each place of sketches are multiplied with.
static ODD: [u32; K] = {
    let (mut odd, mut place) = ([0; K], 0);
    while place < K {
        odd[place] = hash::mix(place as u64) as u32 | 1;
        place += 1;
    }
    odd
};

/// Articles of fewer words than these have few shingles.
const FEW: u32 = 12 + ARTICLE_SHINGLE as u32 - 1;

/// In how many values the sketches of two articles of [`FEW`] words and more agree at least if these
/// resemble each other by `least`: 5 standard deviations fewer than are expected. Those of short articles are
/// a fifth larger, and 4 of them one pair of 30,000 stays below.
pub(super) fn least_agreeing(least: f64) -> u32 {
    let chance = least + (1.0 - least) / 256.0;
    let expected = K as f64 * chance;
    (expected - 5.0 * (expected * (1.0 - chance)).sqrt()).max(0.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sketches_agree_as_often_as_articles_resemble() {
        const PAIRS: u32 = 400;
        let (mut agree, mut fewest) = (0, u32::MAX);
        for pair in 0..PAIRS {
            let word = |at: u32| hash::mix(u64::from(pair) << 32 | u64::from(at)) as u32;
            let proof =
                |at: std::ops::Range<u32>| Proof::of_words(&at.map(word).collect::<Vec<_>>());
            // Of 300 shingles each 200 are the same: half of all.
            let alike = proof(0..304).agrees(&proof(100..404));
            agree += alike;
            fewest = fewest.min(alike);
        }
        let mean = f64::from(agree) / f64::from(PAIRS);
        let expected = 128.0 * (0.5 + 0.5 / 256.0);
        assert!((mean - expected).abs() < 4.0 * (32.0 / f64::from(PAIRS)).sqrt(), "{mean}");
        assert!(fewest >= least_agreeing(0.5), "{fewest}");
        assert_eq!([least_agreeing(0.0), least_agreeing(0.5), least_agreeing(1.0)], [0, 35, 128]);
    }
}
