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
    /// Every [`shingle`](crate::sketch::shingles) of it, in order.
    pub shingles: Box<[u32]>,
    /// A key for each band of its sketch.
    pub keys: [u32; BANDS],
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
        let key = |band: usize| (hash::shingle(&bands[band]) >> 32) as u32;
        Self {
            words: words.len() as u32,
            shingles: shingles.into(),
            keys: std::array::from_fn(key),
        }
    }
}
