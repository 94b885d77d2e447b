//! What is kept of an article to compare it as a whole.

use crate::hash;
use crate::sketch::{K, Sketch, shingles};
use crate::words;

/// Bands of a sketch, of four values each.
pub const BANDS: usize = 32;

/// Values in a band.
pub(super) const ROWS: usize = K / BANDS;

/// The shingles of an article and its sketch.
///
/// Of each value of the sketch eight bits are kept (b-bit minwise hashing, Li & König 2010), spread anew for
/// every place, for short articles have one value in many: two that differ have them in common once in 256
/// times. Four of them are the key of a band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// How many words its text has.
    pub words: u32,
    /// The sketch, then the shingles: in one piece, for there are as many of these as articles.
    kept: Box<[u32]>,
}

impl Proof {
    /// The proof of a text, furniture and all.
    pub fn of(text: &str) -> Self {
        Self::of_words(&words::hashes(text))
    }

    /// The proof of a text of such words.
    pub fn of_words(words: &[u32]) -> Self {
        let mut kept = Vec::with_capacity(BANDS + words.len());
        kept.resize(BANDS, 0);
        shingles(words, &mut kept);
        let sketch = Sketch::of_shingles(&kept[BANDS..]);
        let bytes = bytemuck::bytes_of_mut(kept.first_chunk_mut::<BANDS>().expect("room for them"));
        for ((byte, value), odd) in bytes.iter_mut().zip(sketch.0).zip(ODD) {
            *byte = (value.wrapping_mul(odd) >> 24) as u8;
        }
        Self { words: words.len() as u32, kept: kept.into() }
    }

    /// A key for each band of its sketch.
    pub fn keys(&self) -> [u32; BANDS] {
        *self.parts().0
    }

    /// Every [`shingle`](crate::sketch::shingles()) of it, in order.
    pub fn shingles(&self) -> &[u32] {
        self.parts().1
    }

    /// Whether it may resemble another as much as articles do that agree in so many values at least (see
    /// [`least_agreeing`]); articles of few shingles may whatever their sketches say, which are less sure.
    pub(super) fn may_resemble(&self, other: &Self, agreeing: u32) -> bool {
        self.shingles().len().min(other.shingles().len()) < FEW || self.agrees(other) >= agreeing
    }

    /// In how many values of its sketch it agrees with another.
    fn agrees(&self, other: &Self) -> u32 {
        let [ours, theirs] = [self, other].map(|proof| bytemuck::bytes_of(proof.parts().0));
        ours.iter().zip(theirs).map(|(x, y)| u32::from(x == y)).sum()
    }

    fn parts(&self) -> (&[u32; BANDS], &[u32]) {
        self.kept.split_first_chunk().expect("the sketch comes first")
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

/// Fewer shingles than these are few.
const FEW: usize = 12;

/// In how many values the sketches of two articles of [`FEW`] shingles and more agree at least if these
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
