//! Counting words in a corpus, by themselves and in runs.

use std::hint::black_box;
use std::sync::atomic::{AtomicU64, Ordering};

use rayon::prelude::*;

use super::counts::{Counts, Tally};
use crate::hash;

/// Counts how often each word, and each word after the one or two before it, stands in a corpus.
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
pub struct Counting {
    words: Box<[Slot]>,
    twos: Box<[Slot]>,
    threes: Box<[Slot]>,
    total: AtomicU64,
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

    fn tally(self) -> Tally {
        let both = self.0.into_inner();
        Tally::new((both >> 32) as u32, both as u32)
    }
}

impl Default for Counting {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Counting {
    const WORD_BITS: u32 = 20;
    const TWO_BITS: u32 = 22;

    /// Counters for a text of about so many words: many times as many, so that runs of words in a small
    /// corpus have one each; beyond half a million words there are no more of them.
    pub fn new(words: usize) -> Self {
        let zeros = |slots: usize| (0..slots).into_par_iter().map(|_| Slot::default()).collect();
        let [words, twos, threes] = Self::slots(words).map(zeros);
        Self { words, twos, threes, total: AtomicU64::new(0) }
    }

    /// Bytes that such counters take.
    pub fn bytes(words: usize) -> usize {
        Self::slots(words).into_iter().sum::<usize>() * size_of::<Slot>()
    }

    fn slots(words: usize) -> [usize; 3] {
        let two_bits = (words.max(1 << 9) * 8).next_power_of_two().ilog2().min(Self::TWO_BITS);
        [Self::WORD_BITS, two_bits, two_bits + 1].map(|bits| 1 << bits)
    }

    /// A pair's surroundings are the words this far away on both sides: beyond most titles and names.
    const AROUND: usize = 5;

    /// Adds the words of one article, published on a certain day if that is known; the order of adding
    /// does not matter.
    pub fn add(&self, words: &[u32], day: Option<i64>) {
        self.total.fetch_add(words.len() as u64, Ordering::Relaxed);
        let day = day.map(|day| hash::shingle(&[day as u32]));
        all_at_once(words.iter().map(|&word| (&self.words[of_word(&self.words, word)], day)));
        let run = |table, words| &table[of_run::<Slot>(table, hash::shingle(words))];
        let around = words.windows(2 * Self::AROUND + 2);
        all_at_once(around.clone().map(|around| {
            let surrounding = hash::shingle(&[around[0], around[2 * Self::AROUND + 1]]);
            (run(&self.twos, &around[Self::AROUND..=Self::AROUND + 1]), Some(surrounding))
        }));
        all_at_once(
            around.map(|around| {
                (run(&self.threes, &around[Self::AROUND - 1..=Self::AROUND + 1]), day)
            }),
        );
    }

    /// What was counted.
    pub fn counts(self) -> Counts {
        let [words, twos, threes] = [self.words, self.twos, self.threes]
            .map(|slots| slots.into_par_iter().map(Slot::tally).collect());
        Counts::new(words, twos, threes, self.total.into_inner())
    }
}

/// Adds a member to each of the slots. The tables are larger than any cache, and a locked addition waits for
/// memory alone: so as many as the nearest cache takes are looked at first, all together.
fn all_at_once<'a>(members: impl Iterator<Item = (&'a Slot, Option<u64>)>) {
    const AT_ONCE: usize = 128;
    let members: Vec<_> = members.collect();
    for some in members.chunks(AT_ONCE) {
        black_box(some.iter().map(|(slot, _)| slot.0.load(Ordering::Relaxed)).max());
        for &(slot, member) in some {
            slot.add(member);
        }
    }
}

/// Where a word is in a table, which has a power of two of places.
pub(super) fn of_word<T>(table: &[T], word: u32) -> usize {
    (word >> (32 - table.len().ilog2())) as usize
}

/// Where a run of words is, whose shingle this is.
pub(super) fn of_run<T>(table: &[T], run: u64) -> usize {
    run as usize & (table.len() - 1)
}
