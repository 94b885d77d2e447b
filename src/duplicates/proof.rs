//! What is kept of an article to compare it as a whole.

use crate::hash;
use crate::sketch::{K, Sketcher, shingles};
use crate::words;

/// Bands of a sketch, of four values each.
pub const BANDS: usize = 32;

/// Values in a band.
pub(super) const ROWS: usize = K / BANDS;

/// The shingles of an article and the keys of its sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// How many words its text has.
    pub words: u32,
    /// The keys, then the shingles: in one piece, for there are as many of these as articles.
    kept: Box<[u32]>,
}

impl Proof {
    /// The proof of a text, furniture and all.
    pub fn of(text: &str, sketcher: &Sketcher) -> Self {
        Self::of_words(&words::hashes(text), sketcher)
    }

    /// The proof of a text of such words.
    pub fn of_words(words: &[u32], sketcher: &Sketcher) -> Self {
        let shingles = shingles(words);
        let sketch = sketcher.of_shingles(&shingles);
        let (bands, _) = sketch.0.as_chunks::<ROWS>();
        let mut kept = Vec::with_capacity(BANDS + shingles.len());
        kept.extend(bands.iter().map(|band| (hash::shingle(band) >> 32) as u32));
        kept.extend(shingles);
        Self { words: words.len() as u32, kept: kept.into() }
    }

    /// A key for each band of its sketch.
    pub fn keys(&self) -> &[u32; BANDS] {
        self.parts().0
    }

    /// Every [`shingle`](crate::sketch::shingles) of it, in order.
    pub fn shingles(&self) -> &[u32] {
        self.parts().1
    }

    fn parts(&self) -> (&[u32; BANDS], &[u32]) {
        self.kept.split_first_chunk().expect("the keys come first")
    }
}
