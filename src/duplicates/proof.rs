//! What is kept of an article to compare it as a whole.

use crate::hash;
use crate::sketch::{K, Sketcher};
use crate::words;

/// Bands of a sketch, of four values each.
pub const BANDS: usize = 32;

/// Values in a band.
pub(super) const ROWS: usize = K / BANDS;

/// The words of an article and the keys of its sketch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Hash of every word of its text.
    pub words: Box<[u32]>,
    /// A key for each band of its sketch.
    pub keys: [u32; BANDS],
}

impl Proof {
    /// The proof of a text, furniture and all.
    pub fn of(text: &str, sketcher: &Sketcher) -> Self {
        Self::of_words(words::hashes(text), sketcher)
    }

    /// The proof of a text of such words.
    pub fn of_words(words: Vec<u32>, sketcher: &Sketcher) -> Self {
        let sketch = sketcher.article(&words);
        let (bands, _) = sketch.0.as_chunks::<ROWS>();
        let key = |band: usize| (hash::shingle(&bands[band]) >> 32) as u32;
        Self { words: words.into(), keys: std::array::from_fn(key) }
    }
}
