//! The set of shingles of one article, and how many of them another has.

use crate::sketch::shingles;

/// A table of shingles, each once: open addressing, its memory used again for the next article.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    /// A shingle, or 0 for none, and the last of the others that had it.
    slots: Vec<(u64, u32)>,
    len: u32,
    others: u32,
}

impl Shingles {
    /// Takes the shingles of an article.
    pub(super) fn hold(&mut self, words: &[u32]) {
        self.slots.clear();
        self.slots.resize((words.len() * 2).next_power_of_two().max(4), (0, 0));
        (self.len, self.others) = (0, 0);
        for shingle in shingles(words).map(marked) {
            let slot = self.slot(shingle);
            if self.slots[slot].0 == 0 {
                self.slots[slot].0 = shingle;
                self.len += 1;
            }
        }
    }

    /// How many different shingles the article has.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// How many of them another article has.
    pub(super) fn shared_with(&mut self, words: &[u32]) -> u32 {
        self.others += 1;
        let mut shared = 0;
        for shingle in shingles(words).map(marked) {
            let slot = self.slot(shingle);
            let (there, last) = &mut self.slots[slot];
            if *there == shingle && *last != self.others {
                *last = self.others;
                shared += 1;
            }
        }
        shared
    }

    /// Where a shingle is, or would be.
    fn slot(&self, shingle: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = shingle as usize & mask;
        while !matches!(self.slots[slot].0, 0) && self.slots[slot].0 != shingle {
            slot = (slot + 1) & mask;
        }
        slot
    }
}

/// A shingle as it is kept: not 0.
fn marked(shingle: u64) -> u64 {
    shingle | 1 << 63
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_are_those_of_sets(
            a in proptest::collection::vec(0_u32..4, 0..40),
            b in proptest::collection::vec(0_u32..4, 0..40),
        ) {
            let set = |words: &[u32]| shingles(words).map(marked).collect::<BTreeSet<u64>>();
            let mut table = Shingles::default();
            table.hold(&a);
            for _ in 0..2 {
                prop_assert_eq!(table.shared_with(&b) as usize, set(&a).intersection(&set(&b)).count());
                prop_assert_eq!(table.len() as usize, set(&a).len());
            }
        }
    }
}
