//! A hit: an equal value in two articles.

use super::{Corpus, Posting};
use crate::article::{ArticleIx, Pair};

/// An equal value in two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Hit {
    pub(super) pair: Pair,
    /// Its word in a less its word in b.
    pub(super) diagonal: i32,
    /// Its word in a.
    word: u32,
}

impl Hit {
    pub(super) fn new(x: Posting, y: Posting) -> Self {
        let (a, b) = if x.article < y.article { (x, y) } else { (y, x) };
        Self {
            pair: Pair { a: a.article, b: b.article },
            diagonal: a.word as i32 - b.word as i32,
            word: a.word,
        }
    }

    /// Hits are in order of pairs, then of diagonals.
    pub(super) fn order(&self) -> u128 {
        let diagonal = self.diagonal as u32 ^ 1 << 31;
        let pair = u64::from(self.pair.a.0) << 32 | u64::from(self.pair.b.0);
        let place = u64::from(diagonal) << 32 | u64::from(self.word);
        u128::from(pair) << 64 | u128::from(place)
    }

    /// Bits of the words that agree on its diagonal, close to it: evidence enough for a lone value in
    /// the middle of a much changed passage.
    pub(super) fn bits_around(&self, corpus: &Corpus<'_>) -> f32 {
        const AROUND: i32 = 12;
        let words = |article: ArticleIx| &corpus.stories[article.ix()].words;
        let (a, b) = (words(self.pair.a), words(self.pair.b));
        (self.word as i32 - AROUND..self.word as i32 + AROUND)
            .filter_map(|i| {
                let x = a.get(usize::try_from(i).ok()?)?;
                let y = b.get(usize::try_from(i - self.diagonal).ok()?)?;
                (x == y).then(|| corpus.weights.rarity(*x))
            })
            .sum()
    }
}
