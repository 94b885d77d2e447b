//! What a shared word is worth, in bits of information.

use bytemuck::{Pod, Zeroable};
use rustc_hash::{FxHashMap, FxHashSet};

use super::counts::Counts;
use super::hash_of_word;
use crate::error::Result;
use crate::hash;
use crate::shelf::{Kept, Room};

/// No word is worth more than this many bits: beyond it a count says more about chance than about
/// the word.
pub const MAX_BITS: f32 = 12.0;

/// Information in sixteenths of a bit: what is kept for every word, in one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Pod, Zeroable)]
#[repr(transparent)]
pub struct Sixteenths(pub u8);

impl Sixteenths {
    /// Rounds a number of bits in `0..=15`.
    fn of(bits: f32) -> Self {
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

    /// Most bits of the last of the words, by the two before it: little where they are inside a phrase
    /// that any newsroom uses.
    fn bits_within(&self, three: &[u32]) -> f32 {
        const IN_STOCK: f32 = 1.5;
        if self.stock.contains(&hash::shingle(three)) { IN_STOCK } else { MAX_BITS }
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

    /// Weight of the background, in words: about as many as settle the share of a common word.
    pub const PRIOR: f32 = 100_000.0;

    /// What every word of an article is worth.
    ///
    /// `alone` is the least of four:
    ///
    /// - how rare it is in news;
    /// - next to nothing inside a phrase of the shipped table of stock phrases;
    /// - how rare it is after the word before it, where the corpus shows that pair in more
    ///   surroundings than these: of "former Vice President" only the first word says much;
    /// - how rare it is in this article. A word that the article uses all the time (the name the
    ///   story is about) says little when it is shared, however rare it is elsewhere: with `n` words
    ///   of which `t` are this one it counts at most `log2(n / (t - 0.75))` bits, a cache language
    ///   model (Kuhn & De Mori 1990) whose discount keeps words used once near their share elsewhere.
    pub fn of_article(&self, words: &[u32]) -> Worth {
        let mut times: FxHashMap<u32, u32> = FxHashMap::default();
        times.reserve(words.len());
        for &word in words {
            *times.entry(word).or_insert(0) += 1;
        }
        let n = words.len() as f32;
        let within = |times: u32| (n / (times as f32 - 0.75)).log2();
        let within_once = within(1);
        let (twos, threes) = (self.counts.twos(words), self.counts.threes(words));
        let all: Vec<f32> = words.iter().map(|&word| self.counts.word(word).times()).collect();
        let alone = |at: usize| {
            let word = words[at];
            let within = match times[&word] {
                1 => within_once,
                times => within(times),
            };
            let mut bits = self.rarity_of(word, all[at]).min(within).max(0.0);
            if at >= 1 {
                bits = bits.min(bits_after(twos[at - 1].written(), all[at - 1], 20.0));
            }
            if at >= 2 {
                bits = bits.min(self.background.bits_within(&words[at - 2..=at]));
            }
            Sixteenths::of(bits)
        };
        let after_two = |at: usize| {
            Sixteenths::of(match at {
                0 | 1 => MAX_BITS,
                _ => bits_after(threes[at - 2].filled_in(), twos[at - 2].times(), 5.0),
            })
        };
        let every = 0..words.len();
        let both: Vec<_> = every.clone().map(alone).chain(every.map(after_two)).collect();
        Worth { both: both.into() }
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

    fn rarity_of(&self, word: u32, counted: f32) -> f32 {
        let expected = self.background.share(word) * Self::PRIOR;
        let share = (counted + expected) / (self.counts.total() + Self::PRIOR);
        (-share.log2()).min(MAX_BITS)
    }
}

/// What the words of an article are worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    /// What each is worth by itself, then what each is worth after two others.
    both: Kept<Sixteenths>,
}

impl Worth {
    /// By themselves: see [`Weights::of_article`].
    pub fn alone(&self) -> &[Sixteenths] {
        &self.both[..self.both.len() / 2]
    }

    /// After the two words before them: little inside a form that is filled in day after day. Dates tell
    /// a form from a story, so that without them this is [`MAX_BITS`].
    pub fn after_two(&self) -> &[Sixteenths] {
        &self.both[self.both.len() / 2..]
    }

    /// All of these, kept elsewhere.
    ///
    /// # Errors
    /// Those of `room`.
    pub fn all_kept(all: &[Self], room: &Room) -> Result<Vec<Self>> {
        let lists: Vec<&[Sixteenths]> = all.iter().map(|worth| &*worth.both).collect();
        Ok(room.keep_all(&lists)?.into_iter().map(|both| Self { both }).collect())
    }
}

/// Bits of a word that was written so often after others which stand so often `before` it, as if these
/// had been seen `unseen` times more.
fn bits_after(written: f32, before: f32, unseen: f32) -> f32 {
    let written = written - Counts::OWN;
    if written <= 0.0 { MAX_BITS } else { -(written / (before.max(written) + unseen)).log2() }
}

#[cfg(test)]
mod tests {
    use super::super::Counting;
    use super::*;

    fn weights_of(text: &str) -> Vec<f32> {
        let words: Vec<u32> = text.split(' ').map(hash_of_word).collect();
        let (background, counting) = (Background::shipped(), Counting::default());
        counting.add(&words, None);
        let bits = Weights::new(&background, &counting.counts()).of_article(&words);
        bits.alone().iter().map(|bits| bits.bits()).collect()
    }

    #[test]
    fn rare_words_weigh_more_than_common_and_repeated_ones() {
        let text = "the mayor of ellery said ellery would keep the ferry running in all of the \
                    service while divers look for cracks under quay nine because nobody else can";
        let bits = weights_of(text);
        let (the, mayor, ellery) = (bits[0], bits[1], bits[3]);
        assert!(the < ellery && ellery < mayor, "{the} {ellery} {mayor}");
        assert!(bits.iter().all(|bits| (0.0..=MAX_BITS).contains(bits)));
    }

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

    #[test]
    fn a_stock_phrase_is_worth_little() {
        let phrase = "two officials spoke on condition of anonymity because of the sensitivity";
        let other = "two anglers paid in advance for kippers although for the trout";
        let sum = |text| weights_of(text).iter().sum::<f32>();
        assert!(sum(phrase) < sum(other) * 0.7, "{} {}", sum(phrase), sum(other));
    }
}
