//! What the words of an article are worth where they are shared, in bits of information.

use rustc_hash::FxHashMap;

use super::counts::{Counts, Tally};
use super::weight::{MAX_BITS, Sixteenths, Weights};
use crate::error::Result;
use crate::hash;
use crate::shelf::{Kept, Room};

/// What the words of an article are worth.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Worth {
    /// What each is worth by itself, then what each is worth after two others.
    both: Kept<Sixteenths>,
}

impl Worth {
    /// By themselves: see [`Weigher::of_article`].
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

/// Weighs the words of one article after the other.
#[derive(Debug)]
pub struct Weigher<'a> {
    weights: &'a Weights<'a>,
    /// What is known of words, by the first bits of their hashes: of those that share these the last one. Most
    /// words of an article were in one of those before it, and to find out is mostly to wait for memory.
    known: Vec<Known>,
    /// The different words of an article, numbered.
    numbers: FxHashMap<u32, u32>,
}

/// What the corpus says of a word.
#[derive(Debug, Clone, Copy)]
struct Known {
    word: u32,
    times: f32,
    rarity: f32,
}

impl Known {
    /// As a power of two, how many words are known at once: they fit in the cache of a core.
    const BITS: u32 = 13;

    fn of(word: u32, weights: &Weights<'_>) -> Self {
        let times = weights.counts().word(word).times();
        Self { word, times, rarity: weights.rarity_of(word, times) }
    }
}

impl<'a> Weigher<'a> {
    pub(super) fn new(weights: &'a Weights<'a>) -> Self {
        let known = vec![Known::of(0, weights); 1 << Known::BITS];
        Self { weights, known, numbers: FxHashMap::default() }
    }

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
    pub fn of_article(&mut self, words: &[u32]) -> Worth {
        let (numbers, different) = self.numbered(words);
        let n = words.len() as f32;
        let within = |times: u32| (n / (times as f32 - 0.75)).log2();
        let within_once = within(1);
        let of_number = |&(word, times): &(u32, u32)| {
            let slot = &mut self.known[(word >> (u32::BITS - Known::BITS)) as usize];
            if slot.word != word {
                *slot = Known::of(word, self.weights);
            }
            let within = if times == 1 { within_once } else { within(times) };
            (slot.rarity.min(within).max(0.0), slot.times)
        };
        let of_number: Vec<(f32, f32)> = different.iter().map(of_number).collect();
        let of_word = |at: usize| of_number[numbers[at] as usize];

        let three: Vec<u64> =
            words.array_windows::<3>().map(|three| hash::shingle(three)).collect();
        let counts = self.weights.counts();
        let (twos, threes) = (counts.twos(words), counts.threes(&three));
        let alone = |at: usize| {
            let (mut bits, _) = of_word(at);
            if at >= 1 {
                bits = bits.min(bits_after(twos[at - 1].written(), of_word(at - 1).1, 20.0));
            }
            if at >= 2 {
                bits = bits.min(self.weights.background().bits_within(three[at - 2]));
            }
            Sixteenths::of(bits)
        };
        let after_two = |at: usize| {
            let bits = |two: &Tally| bits_after(threes[at - 2].filled_in(), two.times(), 5.0);
            Sixteenths::of(if at < 2 { MAX_BITS } else { bits(&twos[at - 2]) })
        };
        let every = 0..words.len();
        let both: Vec<_> = every.clone().map(alone).chain(every.map(after_two)).collect();
        Worth { both: both.into() }
    }

    /// The number of every word among the different ones of an article, and these with how often each is there.
    fn numbered(&mut self, words: &[u32]) -> (Vec<u32>, Vec<(u32, u32)>) {
        let mut different: Vec<(u32, u32)> = Vec::with_capacity(words.len());
        self.numbers.clear();
        self.numbers.reserve(words.len());
        let number = |&word: &u32| {
            let number = *self.numbers.entry(word).or_insert(different.len() as u32);
            if number as usize == different.len() {
                different.push((word, 0));
            }
            different[number as usize].1 += 1;
            number
        };
        (words.iter().map(number).collect(), different)
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
    use super::super::{Background, Counting, hash_of_word};
    use super::*;

    fn weights_of(text: &str) -> Vec<f32> {
        let words: Vec<u32> = text.split(' ').map(hash_of_word).collect();
        let (background, counting) = (Background::shipped(), Counting::default());
        counting.add(&words, None);
        let counts = counting.counts();
        let worth = Weights::new(&background, &counts).weigher().of_article(&words);
        worth.alone().iter().map(|bits| bits.bits()).collect()
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
    fn a_stock_phrase_is_worth_little() {
        let phrase = "two officials spoke on condition of anonymity because of the sensitivity";
        let other = "two anglers paid in advance for kippers although for the trout";
        let sum = |text| weights_of(text).iter().sum::<f32>();
        assert!(sum(phrase) < sum(other) * 0.7, "{} {}", sum(phrase), sum(other));
    }
}
