//! A hit: an equal value in two articles.

use super::shared::Place;
use super::{Corpus, Options};
use crate::article::{ArticleIx, Pair};

/// An equal value in an article and in another, of a higher number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    /// The other.
    pub(super) other: ArticleIx,
    /// Its word in the one less its word in the other.
    diagonal: i32,
    /// Its word in the one.
    word: u32,
}

impl Hit {
    pub(super) fn new(place: Place, other: Place) -> Self {
        let diagonal = place.word() as i32 - other.word() as i32;
        Self { other: other.article, diagonal, word: place.word() }
    }

    /// Whether the hits of a pair, in order, make it a candidate.
    pub(super) fn suffice(
        hits: &[Self],
        pair: Pair,
        corpus: &Corpus<'_>,
        options: &Options,
    ) -> bool {
        hits.windows(options.values).any(|near| {
            near[near.len() - 1].diagonal.abs_diff(near[0].diagonal) <= options.diagonals
        }) || hits.iter().any(|hit| hit.bits_around(pair, corpus) >= options.lone_bits)
    }

    /// Bits of the words that agree on its diagonal, close to it: evidence enough for a lone value in
    /// the middle of a much changed passage.
    fn bits_around(&self, pair: Pair, corpus: &Corpus<'_>) -> f32 {
        const AROUND: i32 = 12;
        let words = |article: ArticleIx| corpus.stories[article.ix()].words();
        let (a, b) = (words(pair.a), words(pair.b));
        (self.word as i32 - AROUND..self.word as i32 + AROUND)
            .filter_map(|i| {
                let x = a.get(usize::try_from(i).ok()?)?;
                let y = b.get(usize::try_from(i - self.diagonal).ok()?)?;
                (x == y).then(|| corpus.weights.rarity(*x))
            })
            .sum()
    }
}
