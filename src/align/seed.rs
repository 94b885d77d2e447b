//! Seeds: the longest runs of equal words that two stories share.

use super::{Block, Side};

/// Words that must be equal for a run to be noticed.
const SEED: usize = 3;

/// A shingle that stands more often than this in one story marks no place in it.
const MOST: u32 = 8;

/// In a run of so many words no other is looked for. Labelled news comes out no worse, and texts of few
/// different words that share such a run are aligned in half the time.
pub(super) const SURE: u32 = 32;

const NONE: u32 = u32::MAX;

/// The places of all shingles of one story: a chained hash table in three arrays.
#[derive(Debug, Default)]
pub(super) struct Seeds {
    /// Which of sixteen bits a shingle are set by one: refuses most of the other story's at once.
    met: Vec<u64>,
    /// First place of each slot.
    heads: Vec<u32>,
    /// The next place in the same slot, by place.
    next: Vec<u32>,
    /// Where the last run on each diagonal ended on side b.
    reach: Vec<u32>,
}

impl Seeds {
    /// Takes the story that others are compared with.
    pub(super) fn hold(&mut self, words: &[u32]) {
        let shingles = (words.len() + 1).saturating_sub(SEED);
        self.heads.clear();
        self.heads.resize((shingles * 2).next_power_of_two().max(2), NONE);
        self.met.clear();
        self.met.resize(self.heads.len().div_ceil(8), 0);
        self.next.clear();
        self.next.resize(shingles, NONE);
        // From the back, so that a slot lists its places from the front.
        for at in (0..shingles).rev() {
            let key = key(&words[at..at + SEED]);
            let (slot, word) = (self.slot(key), self.word_of(key));
            self.met[word] |= 1 << (key & 63);
            self.next[at] = self.heads[slot];
            self.heads[slot] = at as u32;
        }
    }

    fn slot(&self, key: u64) -> usize {
        (key >> 6) as usize & (self.heads.len() - 1)
    }

    /// Which word of `met` a key has its bit in.
    fn word_of(&self, key: u64) -> usize {
        (key >> 6) as usize & (self.met.len() - 1)
    }

    /// All runs of at least [`SEED`] words that `b` shares with `a`, the story held, by their place
    /// in `b`, then in `a`. Of those that start in `b` inside of a run of [`SURE`] words only what goes on
    /// beyond it is found, from its last words on.
    pub(super) fn shared_with(&mut self, a: Side<'_>, b: Side<'_>) -> Vec<Block> {
        let mut runs: Vec<Block> = Vec::new();
        let shingles = (b.words.len() + 1).saturating_sub(SEED);
        if shingles == 0 || self.next.is_empty() {
            return runs;
        }
        self.reach.clear();
        self.reach.resize(a.words.len() + b.words.len(), 0);
        let mut looked_to = 0;
        for j in 0..shingles {
            if j < looked_to {
                continue;
            }
            let shingle = &b.words[j..j + SEED];
            let key = key(shingle);
            if self.met[self.word_of(key)] >> (key & 63) & 1 == 0 {
                continue;
            }
            let first = self.heads[self.slot(key)];
            if first == NONE || self.too_common(first, shingle, a.words) {
                continue;
            }
            let mut place = first;
            while place != NONE {
                let i = place as usize;
                place = self.next[i];
                let diagonal = i + b.words.len() - j;
                if (self.reach[diagonal] as usize) > j || a.words[i..i + SEED] != *shingle {
                    continue;
                }
                let len = SEED
                    + a.words[i + SEED..]
                        .iter()
                        .zip(&b.words[j + SEED..])
                        .take_while(|(x, y)| x == y)
                        .count();
                // Two runs on one diagonal that touch are one run, seen from its first word on.
                self.reach[diagonal] = (j + len) as u32;
                runs.push(Block { a: i as u32, b: j as u32, len: len as u32 });
                if len >= SURE as usize {
                    looked_to = looked_to.max(j + len - (SEED - 1));
                }
            }
        }
        runs
    }

    fn too_common(&self, first: u32, shingle: &[u32], a: &[u32]) -> bool {
        let (mut place, mut places, mut steps) = (first, 0, 0);
        while place != NONE && places <= MOST && steps <= 8 * MOST {
            let i = place as usize;
            places += u32::from(a[i..i + SEED] == *shingle);
            steps += 1;
            place = self.next[i];
        }
        places > MOST || steps > 8 * MOST
    }
}

/// A shingle as a number: the multilinear hash (Carter & Wegman 1979) of words that are hashes.
fn key(words: &[u32]) -> u64 {
    const FACTORS: [u64; SEED] =
        [0x9E37_79B9_7F4A_7C15, 0xBF58_476D_1CE4_E5B9, 0x94D0_49BB_1331_11EB];
    let sum = words.iter().zip(FACTORS).map(|(&word, factor)| u64::from(word).wrapping_mul(factor));
    sum.fold(0_u64, u64::wrapping_add) >> 20
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::words::Sixteenths;

    /// Every pair of places, looked at one by one.
    fn slow_twin(a: &[u32], b: &[u32]) -> Vec<Block> {
        let mut runs = Vec::new();
        for j in 0..b.len() {
            for i in 0..a.len() {
                let starts = i == 0 || j == 0 || a[i - 1] != b[j - 1];
                let len = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
                if starts && len >= SEED {
                    runs.push(Block { a: i as u32, b: j as u32, len: len as u32 });
                }
            }
        }
        runs
    }

    proptest! {
        #[test]
        fn finds_every_run(
            a in proptest::collection::vec(0_u32..9, 0..60),
            b in proptest::collection::vec(0_u32..9, 0..60),
        ) {
            let (a_bits, b_bits) = (vec![Sixteenths(16); a.len()], vec![Sixteenths(16); b.len()]);
            let (a, b) = (Side { words: &a, bits: &a_bits, breaks: &[] }, Side { words: &b, bits: &b_bits, breaks: &[] });
            let mut seeds = Seeds::default();
            seeds.hold(a.words);
            let runs = seeds.shared_with(a, b);
            let truth = slow_twin(a.words, b.words);
            // Shingles that repeat too often are left out on purpose.
            let common = truth.iter().any(|run| {
                (0..=run.len as usize - SEED).any(|k| {
                    let shingle = &b.words[run.b as usize + k..run.b as usize + k + SEED];
                    a.words.windows(SEED).filter(|w| *w == shingle).count() > MOST as usize
                })
            });
            if !common {
                prop_assert_eq!(runs, truth);
            }
        }
    }

    #[test]
    fn inside_of_a_long_run_no_other_starts() {
        let stock: Vec<u32> = (0..40).collect();
        let a = [&stock[..], &[100, 101, 102], &stock[30..], &[103, 104, 105]].concat();
        let b = [&[200, 201][..], &stock, &[103, 104, 105]].concat();
        let bits = vec![Sixteenths(16); 100];
        let of = |words| Side { words, bits: &bits, breaks: &[] };
        let mut seeds = Seeds::default();
        seeds.hold(&a);
        let whole = Block { a: 0, b: 2, len: 40 };
        // What goes on beyond it is found from the two words on that another shingle begins with.
        let beyond = Block { a: 51, b: 40, len: 5 };
        assert_eq!(seeds.shared_with(of(&a), of(&b)), [whole, beyond]);
    }

    #[test]
    fn one_word_repeated_costs_little() {
        let words = vec![7; 50_000];
        let bits = vec![Sixteenths(16); words.len()];
        let side = Side { words: &words, bits: &bits, breaks: &[] };
        let mut seeds = Seeds::default();
        seeds.hold(side.words);
        assert!(seeds.shared_with(side, side).is_empty());
    }
}
