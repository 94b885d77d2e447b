//! The set of shingles of one article, and how many of them another has.

/// A table of shingles, each once: open addressing, its memory used again for the next article.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    /// A shingle in the lower half, 0 for none, and the last of the other articles that had it above.
    slots: Vec<u64>,
    others: u64,
    len: u32,
}

impl Shingles {
    /// Takes the shingles of an article.
    pub(super) fn hold(&mut self, shingles: &[u32]) {
        self.slots.clear();
        self.slots.resize((shingles.len() * 2).next_power_of_two().max(4), 0);
        (self.len, self.others) = (0, 0);
        for shingle in shingles.iter().copied().map(marked) {
            let slot = self.slot(shingle);
            let is_new = *slot == 0;
            *slot = u64::from(shingle);
            self.len += u32::from(is_new);
        }
    }

    /// How many different shingles the article has.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// How many of them another article has.
    pub(super) fn shared_with(&mut self, shingles: &[u32]) -> u32 {
        self.others += 1;
        let mut shared = 0;
        let mark = self.others << 32;
        for shingle in shingles.iter().copied().map(marked) {
            let slot = self.slot(shingle);
            if *slot != 0 {
                let marked = mark | u64::from(shingle);
                shared += u32::from(*slot != marked);
                *slot = marked;
            }
        }
        shared
    }

    /// Where a shingle is, or would be.
    fn slot(&mut self, shingle: u32) -> &mut u64 {
        let mask = self.slots.len() - 1;
        let mut slot = shingle as usize & mask;
        while self.slots[slot & mask] != 0 && self.slots[slot & mask] as u32 != shingle {
            slot += 1;
        }
        &mut self.slots[slot & mask]
    }
}

/// A shingle as it is kept: not 0.
fn marked(shingle: u32) -> u32 {
    shingle.max(1)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn counts_are_those_of_sets(
            a in proptest::collection::vec(1_u32..30, 0..40),
            b in proptest::collection::vec(1_u32..30, 0..40),
        ) {
            let set = |shingles: &[u32]| shingles.iter().copied().collect::<BTreeSet<u32>>();
            let mut table = Shingles::default();
            table.hold(&a);
            for _ in 0..2 {
                prop_assert_eq!(table.shared_with(&b) as usize, set(&a).intersection(&set(&b)).count());
                prop_assert_eq!(table.len() as usize, set(&a).len());
            }
        }
    }
}
