//! How often words stand in a corpus, by themselves and in runs.

use std::sync::LazyLock;

use rayon::prelude::*;

use super::counting::{Counting, of_run, of_word};
use crate::hash;

/// How often each word, and each word after the one or two before it, stands in a corpus.
///
/// This is what was [counted](Counting), in as little memory as answers need: it is asked of every word of
/// the corpus, each time at a place that is as good as random, and to wait for memory is most of the work.
#[derive(Debug)]
pub struct Counts {
    words: Box<[Tally]>,
    twos: Box<[Tally]>,
    threes: Box<[Tally]>,
    /// Which of the three words in a row were filled in often enough to say anything, by a bit for each: few
    /// were, and the bits fit in a cache.
    telling: Box<[u64]>,
    total: u64,
}

impl Default for Counts {
    fn default() -> Self {
        Counting::default().counts()
    }
}

impl Counts {
    /// Times that words stand together that say nothing: those in the two articles at hand.
    pub(super) const OWN: f32 = 2.0;

    pub(super) fn new(
        words: Box<[Tally]>,
        twos: Box<[Tally]>,
        threes: Box<[Tally]>,
        total: u64,
    ) -> Self {
        let is_telling =
            |(tally, at): (&Tally, u32)| u64::from(tally.filled_in() > Self::OWN) << at;
        let telling = threes
            .par_chunks(u64::BITS as usize)
            .map(|tallies| tallies.iter().zip(0..).map(is_telling).sum())
            .collect();
        Self { words, twos, threes, telling, total }
    }

    /// Words counted.
    pub(super) fn total(&self) -> f32 {
        self.total as f32
    }

    /// Forgets the runs, which are most of the memory, once all articles were
    /// [weighed](super::Weigher::of_article): what single words are worth can still be asked.
    pub fn forget_runs(&mut self) {
        let nothing = || Box::new([Tally::default()]);
        (self.twos, self.threes, self.telling) = (nothing(), nothing(), Box::new([0]));
    }

    /// What was counted of a word.
    pub(super) fn word(&self, word: u32) -> Tally {
        self.words[of_word(&self.words, word)]
    }

    /// The same of every two words in a row.
    pub(super) fn twos(&self, words: &[u32]) -> Vec<Tally> {
        let two = |two| self.twos[of_run(&self.twos, hash::shingle(two))];
        words.array_windows::<2>().map(|words| two(words)).collect()
    }

    /// And of every three, whose shingles these are, as far as it says anything.
    pub(super) fn threes(&self, shingles: &[u64]) -> Vec<Tally> {
        let place = |&shingle: &u64| of_run(&self.threes, shingle);
        let places: Vec<usize> = shingles.iter().map(place).collect();
        // All together: to decide by each bit as it comes is to wait for the memory of each.
        let telling: Vec<bool> =
            places.iter().map(|at| self.telling[at / 64] >> (at % 64) & 1 == 1).collect();
        let tally = |(&at, is_telling)| if is_telling { self.threes[at] } else { Tally::default() };
        places.iter().zip(telling).map(tally).collect()
    }
}

/// What was counted of one run of words: how often it stands, and in the last bits how many bits are set of
/// what tells whether it was written anew.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Tally(u32);

impl Tally {
    /// Bits for up to 32.
    const OF_SET: u32 = 6;

    /// A story is taken up on this many days at most, counted apart.
    const STORY_DAYS: f32 = 4.0;

    /// Of a run that stands so often, and what tells whether it was written anew.
    pub(super) fn new(times: u32, set: u32) -> Self {
        Self(times.min(u32::MAX >> Self::OF_SET) << Self::OF_SET | set.count_ones())
    }

    /// How often it stands, up to 67 million.
    pub(super) fn times(self) -> f32 {
        (self.0 >> Self::OF_SET) as f32
    }

    /// How often two words were written, by their surroundings; where these are too many to tell apart,
    /// how often they stand.
    pub(super) fn written(self) -> f32 {
        self.members().min(self.times())
    }

    /// How often one word or three were filled in: how often they stand, less the share of days that a story
    /// takes.
    pub(super) fn filled_in(self) -> f32 {
        self.times() * (1.0 - Self::STORY_DAYS / self.members().max(Self::STORY_DAYS))
    }

    fn members(self) -> f32 {
        DISTINCT[(self.0 & !(u32::MAX << Self::OF_SET)) as usize]
    }
}

/// How many members a set has by the number of its bits that are set: `-32 ln(unset / 32)`, infinite
/// where it is full.
static DISTINCT: LazyLock<[f32; 33]> =
    LazyLock::new(|| std::array::from_fn(|set| -32.0 * ((32 - set) as f32 / 32.0).ln()));
