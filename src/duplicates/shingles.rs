//! The set of shingles of one article, and how many of them another has.

/// A table of shingles, each once: open addressing, its memory used again for the next article.
#[derive(Debug, Default)]
pub(super) struct Shingles {
    /// A shingle, or 0.
    slots: Vec<u32>,
    len: u32,
}

/// Slots for each shingle: with so many empty ones the first is nearly always the right one, which the
/// processor foresees. With two, half of the time went into wrong guesses.
const ROOM: usize = 8;

/// Shingles that are looked up before it is asked whether it is still worth it.
const AT_ONCE: usize = 32;

impl Shingles {
    /// Takes the shingles of an article.
    pub(super) fn hold(&mut self, shingles: &[u32]) {
        self.clear(shingles.len());
        for &shingle in shingles {
            self.insert(marked(shingle));
        }
    }

    /// How many different shingles it holds.
    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// How many of them another article has, which has one at least, and how many that has in all, if
    /// they resemble each other by `least` or more; `met` is memory.
    pub(super) fn shared_with(
        &self,
        shingles: &[u32],
        least: f64,
        met: &mut Self,
    ) -> Option<(u32, u32)> {
        met.clear(shingles.len());
        let (mut shared, mut left) = (0, shingles.len());
        for some in shingles.chunks(AT_ONCE) {
            for shingle in some.iter().copied().map(marked) {
                let is_new = met.insert(shingle);
                let is_held = self.slots[self.slot(shingle)] == shingle;
                shared += u32::from(is_new && is_held);
            }
            left -= some.len();
            // At best all that are left are shared.
            let of_both = self.len + met.len - shared;
            if (f64::from(shared) + left as f64) / f64::from(of_both) < least {
                return None;
            }
        }
        Some((shared, met.len))
    }

    fn clear(&mut self, room: usize) {
        self.slots.clear();
        self.slots.resize((room * ROOM).next_power_of_two(), 0);
        self.len = 0;
    }

    /// Takes a shingle; tells whether it is new.
    fn insert(&mut self, shingle: u32) -> bool {
        let slot = self.slot(shingle);
        let is_new = self.slots[slot] != shingle;
        self.slots[slot] = shingle;
        self.len += u32::from(is_new);
        is_new
    }

    /// Where a shingle is, or would be.
    fn slot(&self, shingle: u32) -> usize {
        let mask = self.slots.len() - 1;
        let mut slot = shingle as usize & mask;
        while self.slots[slot] != 0 && self.slots[slot] != shingle {
            slot = (slot + 1) & mask;
        }
        slot
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
            a in proptest::collection::vec(1_u32..90, 1..100),
            b in proptest::collection::vec(1_u32..90, 1..100),
            least in 0.0..1.0,
        ) {
            let set = |shingles: &[u32]| shingles.iter().copied().collect::<BTreeSet<u32>>();
            let (mut table, mut met) = (Shingles::default(), Shingles::default());
            for (a, b) in [(&a, &b), (&b, &a)] {
                table.hold(a);
                let (a, b_set) = (set(a), set(b));
                prop_assert_eq!(table.len() as usize, a.len());
                let shared = a.intersection(&b_set).count();
                let either = a.union(&b_set).count();
                let found = table.shared_with(b, least, &mut met);
                if shared as f64 / either as f64 >= least {
                    prop_assert_eq!(found, Some((shared as u32, b_set.len() as u32)));
                } else {
                    prop_assert_eq!(found, None);
                }
            }
        }
    }
}
