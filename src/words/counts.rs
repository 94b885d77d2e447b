//! How often words stand in a corpus, by themselves and in runs.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use crate::hash;

/// How often each word, and each word after the one or two before it, stands in a corpus.
///
/// Tables of counters that words share by hash. With `2^20` counters the words that fall together by
/// chance add less than a millionth of the corpus to a count, which is less than [`MAX_BITS`](super::MAX_BITS) can see;
/// runs of two and three words have `2^22` and `2^23` at most, enough for the sample they are counted in.
///
/// A run of words is counted by how often it is written, not printed: what a hundred outlets reprint must
/// not look like a phrase that everybody uses. So its occurrences count in how many different
/// surroundings they stand. A long title or the form of a daily report is its own surrounding; but it
/// stands in the news of many days, and no story does.
#[derive(Debug)]
pub struct Counts {
    words: Box<[Slot]>,
    twos: Box<[Slot]>,
    threes: Box<[Slot]>,
}

/// What is counted of the runs of words that share a hash: how many there are, in the upper half; and
/// in the lower a set of what tells whether one was written anew (the surroundings of two words, the days
/// of publication of one and of three) as 32 bits of linear counting (Whang et al. 1990).
#[derive(Debug, Default)]
struct Slot(AtomicU64);

impl Slot {
    fn add(&self, member: Option<u64>) {
        let before = self.0.fetch_add(1 << 32, Ordering::Relaxed);
        if let Some(member) = member {
            let bit = 1 << (member & 31);
            if before & bit == 0 {
                self.0.fetch_or(bit, Ordering::Relaxed);
            }
        }
    }

    fn tally(&self) -> Tally {
        let both = self.0.load(Ordering::Relaxed);
        Tally { times: (both >> 32) as u32, set: both as u32 }
    }
}

/// What was counted of one run of words.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally {
    times: u32,
    set: u32,
}

impl Tally {
    /// A story is taken up on this many days at most, counted apart.
    const STORY_DAYS: f32 = 4.0;

    /// How often it stands.
    pub(super) fn times(self) -> f32 {
        self.times as f32
    }

    /// How often two words were written, by their surroundings; where these are too many to tell apart,
    /// how often they stand.
    pub(super) fn written(self) -> f32 {
        DISTINCT[self.set.count_ones() as usize].min(self.times())
    }

    /// How often one word or three were filled in: how often they stand, less the share of days that a story
    /// takes.
    pub(super) fn filled_in(self) -> f32 {
        let days = DISTINCT[self.set.count_ones() as usize].max(Self::STORY_DAYS);
        self.times() * (1.0 - Self::STORY_DAYS / days)
    }
}

/// How many members a set has by the number of its bits that are set: `-32 ln(unset / 32)`, infinite
/// where it is full.
static DISTINCT: LazyLock<[f32; 33]> =
    LazyLock::new(|| std::array::from_fn(|set| -32.0 * ((32 - set) as f32 / 32.0).ln()));

impl Default for Counts {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Counts {
    const WORD_BITS: u32 = 20;
    const TWO_BITS: u32 = 22;

    /// Counters for a text of about so many words: many times as many, so that runs of words in a small
    /// corpus have one each; beyond half a million words there are no more of them.
    pub fn new(words: usize) -> Self {
        let zeros = |bits: u32| (0..1 << bits).into_par_iter().map(|_| Slot::default()).collect();
        let two_bits = (words.max(1 << 9) * 8).next_power_of_two().ilog2().min(Self::TWO_BITS);
        Self { words: zeros(Self::WORD_BITS), twos: zeros(two_bits), threes: zeros(two_bits + 1) }
    }

    /// A pair's surroundings are the words this far away on both sides: beyond most titles and names.
    const AROUND: usize = 5;

    /// Adds the words of one article, published on a certain day if that is known; the order of adding
    /// does not matter.
    pub fn add(&self, words: &[u32], day: Option<i64>) {
        let day = day.map(|day| hash::shingle(&[day as u32]));
        for &word in words {
            self.word_slot(word).add(day);
        }
        for around in words.windows(2 * Self::AROUND + 2) {
            let surrounding = hash::shingle(&[around[0], around[2 * Self::AROUND + 1]]);
            let three = &around[Self::AROUND - 1..=Self::AROUND + 1];
            slot(&self.twos, &three[1..]).add(Some(surrounding));
            slot(&self.threes, three).add(day);
        }
    }

    /// Forgets the runs, which are most of the memory, once [`Weights::of_article`](super::Weights::of_article) has been asked of every
    /// article: what single words are worth can still be asked.
    pub fn forget_runs(&mut self) {
        (self.twos, self.threes) = (Box::new([Slot::default()]), Box::new([Slot::default()]));
    }

    /// What was counted of a word.
    pub(super) fn word(&self, word: u32) -> Tally {
        self.word_slot(word).tally()
    }

    /// The same of every two words in a row.
    pub(super) fn twos(&self, words: &[u32]) -> Vec<Tally> {
        tallies(&self.twos, words.windows(2))
    }

    /// And of every three.
    pub(super) fn threes(&self, words: &[u32]) -> Vec<Tally> {
        tallies(&self.threes, words.windows(3))
    }

    fn word_slot(&self, word: u32) -> &Slot {
        &self.words[(word >> (32 - Self::WORD_BITS)) as usize]
    }
}

/// The counters of a run of words, of which there is a power of two.
fn slot<'a>(slots: &'a [Slot], words: &[u32]) -> &'a Slot {
    &slots[hash::shingle(words) as usize & (slots.len() - 1)]
}

/// What was counted of each of the runs of words. The tables are larger than any cache: asked for all in
/// turn, nothing else between, the answers overlap.
fn tallies<'a>(slots: &[Slot], runs: impl Iterator<Item = &'a [u32]>) -> Vec<Tally> {
    runs.map(|run| slot(slots, run).tally()).collect()
}
