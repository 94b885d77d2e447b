//! What a shared word is worth, in bits of information.

use bytemuck::{Pod, Zeroable};
use rustc_hash::{FxHashMap, FxHashSet};

use super::counts::Counts;
use super::hash_of_word;
use super::worth::Weigher;
use crate::hash;

/// No word is worth more than this many bits: beyond it a count says more about chance than about
/// the word.
pub const MAX_BITS: f32 = 12.0;

/// Information in sixteenths of a bit: what is kept for every word, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Pod, Zeroable)]
#[repr(transparent)]
pub struct Sixteenths(pub u8);

impl Sixteenths {
    /// Rounds a number of bits in `0..=15`.
    pub(super) fn of(bits: f32) -> Self {
        Self((bits * 16.0).round() as u8)
    }

    /// The same in bits.
    pub fn bits(self) -> f32 {
        f32::from(self.0) / 16.0
    }
}

/// How often the commonest words of the major languages stand in news text.
///
/// It keeps a threshold in bits meaning the same from five articles to ten million: in a handful of
/// articles every word is rare.
#[derive(Debug)]
pub struct Background {
    /// Share of running words, and bits, by the hash of a word.
    shares: FxHashMap<u32, (f32, f32)>,
    /// Three words in a row inside a stock phrase, by their shingle.
    stock: FxHashSet<u64>,
}

impl Background {
    /// The table in the crate. Where languages share a word, the higher frequency counts.
    pub fn shipped() -> Self {
        let mut shares: FxHashMap<u32, (f32, f32)> = FxHashMap::default();
        for line in include_str!("frequent.tsv").lines().filter(|line| !line.starts_with('#')) {
            let mut columns = line.split('\t').skip(1);
            let (Some(word), Some(Ok(per_million))) =
                (columns.next(), columns.next().map(str::parse::<f32>))
            else {
                continue;
            };
            let (share, bits) = shares.entry(hash_of_word(word)).or_default();
            *share = share.max(per_million / 1e6);
            *bits = -share.log2();
        }
        let mut stock = FxHashSet::default();
        for line in include_str!("stock.txt").lines().filter(|line| !line.starts_with('#')) {
            let words: Vec<u32> = line.split(' ').map(hash_of_word).collect();
            stock.extend(words.windows(3).map(hash::shingle));
        }
        Self { shares, stock }
    }

    /// Most bits of the last of three words, whose shingle this is: little where they are inside a phrase
    /// that any newsroom uses.
    pub(super) fn bits_within(&self, three: u64) -> f32 {
        const IN_STOCK: f32 = 1.5;
        if self.stock.contains(&three) { IN_STOCK } else { MAX_BITS }
    }

    /// Bits of a word by this table alone: -log2 of its share, at most [`MAX_BITS`].
    pub fn bits(&self, word: u32) -> f32 {
        self.shares.get(&word).map_or(MAX_BITS, |&(_, bits)| bits)
    }

    /// Share of a word among running words, by this table alone.
    fn share(&self, word: u32) -> f32 {
        self.shares.get(&word).map_or((-MAX_BITS).exp2(), |&(share, _)| share)
    }
}

/// Weighs the words of an article for alignment.
#[derive(Debug)]
pub struct Weights<'a> {
    background: &'a Background,
    counts: &'a Counts,
}

impl<'a> Weights<'a> {
    /// The corpus counts as soon as it is large; before, the background does: both are mixed as if
    /// the background had been seen in [`Self::PRIOR`] words.
    pub fn new(background: &'a Background, counts: &'a Counts) -> Self {
        Self { background, counts }
    }

    /// The table that is shipped.
    pub fn background(&self) -> &'a Background {
        self.background
    }

    /// What was counted.
    pub(super) fn counts(&self) -> &'a Counts {
        self.counts
    }

    /// Weight of the background, in words: about as many as settle the share of a common word.
    pub const PRIOR: f32 = 100_000.0;

    /// What is to weigh the words of articles by these.
    pub fn weigher(&self) -> Weigher<'_> {
        Weigher::new(self)
    }

    /// Bits of a word by how often it stands in news: at most [`MAX_BITS`].
    pub fn rarity(&self, word: u32) -> f32 {
        self.rarity_of(word, self.counts.word(word).times())
    }

    /// How far a word tells one story from all others: nothing if it stands, on more days than a story
    /// takes, once in eight thousand words; more by the square of the bits beyond that, for one rare name
    /// tells more than many half-rare words do. What is counted fewer than [`Self::FEW`] times outside of
    /// its story, or has no dates, is as particular as can be.
    pub fn particular(&self, word: u32) -> f32 {
        const COMMON_BITS: f32 = 13.0;
        let filled_in = self.counts.word(word).filled_in();
        if filled_in < Self::FEW {
            return Self::MOST_PARTICULAR;
        }
        let bits = (self.counts.total() / filled_in).log2() - COMMON_BITS;
        bits.max(0.0).powi(2).min(Self::MOST_PARTICULAR)
    }

    /// Fewer counts than these may be chance.
    pub const FEW: f32 = 8.0;

    /// Of a word that stands once in a million.
    const MOST_PARTICULAR: f32 = 49.0;

    pub(super) fn rarity_of(&self, word: u32, counted: f32) -> f32 {
        let expected = self.background.share(word) * Self::PRIOR;
        let share = (counted + expected) / (self.counts.total() + Self::PRIOR);
        (-share.log2()).min(MAX_BITS)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Counting;
    use super::*;

    #[test]
    fn single_words_are_known_when_runs_are_forgotten() {
        let words: Vec<u32> = "a ferry and another ferry".split(' ').map(hash_of_word).collect();
        let (background, counting) = (Background::shipped(), Counting::default());
        counting.add(&words, Some(7));
        let mut counts = counting.counts();
        let known = |counts: &Counts| {
            let weights = Weights::new(&background, counts);
            words.iter().map(|&word| (weights.rarity(word), weights.particular(word))).collect()
        };
        let before: Vec<_> = known(&counts);
        counts.forget_runs();
        assert_eq!(known(&counts), before);
    }
}
