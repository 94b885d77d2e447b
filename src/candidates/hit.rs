//! A hit: an equal value in two articles.

use super::shared::Place;
use super::{Corpus, Options};
use crate::article::{ArticleIx, Pair};

/// An equal value in two articles.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    /// The one.
    article: ArticleIx,
    /// The other, of a higher number.
    other: ArticleIx,
    /// Its word in the one less its word in the other.
    diagonal: i32,
    /// Its word in the one.
    word: u32,
    /// Bits of its words and of those beside it that are equal as well, by the one article: where this is
    /// little, and it mostly is, the articles need not be looked at.
    bits_beside: f32,
}

impl Hit {
    pub(super) fn new(place: Place, other: Place) -> Self {
        let diagonal = place.word() as i32 - other.word() as i32;
        let bits_beside = place.bits.with(place.beside.same(other.beside));
        let (article, other, word) = (place.article, other.article, place.word());
        Self { article, other, diagonal, word, bits_beside }
    }

    /// Whose it is.
    pub(super) fn pair(&self) -> Pair {
        Pair { a: self.article, b: self.other }
    }

    /// Puts hits in order of pairs, and those of a pair in order of diagonals, then of words.
    pub(super) fn sort(hits: &mut [Self]) {
        // One after the other: to compare halves of what tells them apart takes half the time.
        hits.sort_unstable_by_key(|hit| u64::from(hit.article.0) << 32 | u64::from(hit.other.0));
        let place =
            |hit: &Self| u64::from(hit.diagonal as u32 ^ 1 << 31) << 32 | u64::from(hit.word);
        hits.chunk_by_mut(|x, y| x.pair() == y.pair())
            .for_each(|of_a_pair| of_a_pair.sort_unstable_by_key(place));
    }

    /// Whether the hits of a pair, in order, make it a candidate.
    pub(super) fn suffice(hits: &[Self], corpus: &Corpus<'_>, options: &Options) -> bool {
        let pair = hits[0].pair();
        let several = hits.windows(options.values).any(|near| {
            near[near.len() - 1].diagonal.abs_diff(near[0].diagonal) <= options.diagonals
        });
        let least = if several { options.near_bits } else { options.lone_bits };
        hits.iter()
            .filter(|hit| hit.bits_beside >= least / 2.0)
            .any(|hit| hit.bits_around(pair, corpus) >= least)
    }

    /// Bits of the words that agree on its diagonal, close to it: much in the middle of a passage, even of
    /// one that was changed a lot, and little at a turn of phrase.
    fn bits_around(&self, pair: Pair, corpus: &Corpus<'_>) -> f32 {
        const AROUND: i32 = 12;
        let words = |article: ArticleIx| corpus.stories[article.ix()].words();
        let bits = |article: ArticleIx| corpus.worth[article.ix()].alone();
        let (a, b) = (words(pair.a), words(pair.b));
        let (a_bits, b_bits) = (bits(pair.a), bits(pair.b));
        (self.word as i32 - AROUND..self.word as i32 + AROUND)
            .filter_map(|i| {
                let (i, j) = (usize::try_from(i).ok()?, usize::try_from(i - self.diagonal).ok()?);
                (a.get(i)? == b.get(j)?).then(|| a_bits[i].min(b_bits[j]).bits())
            })
            .sum()
    }
}
