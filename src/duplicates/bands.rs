//! Articles that agree in a band of their sketches.

use rayon::prelude::*;

use super::Stats;
use super::proof::{BANDS, Proof};
use crate::forest::Forest;

/// A key and the article that has it, as one number, by which they are sorted.
pub(super) type Keyed = u64;

/// Articles that agree in a band are compared all with all up to this number, above in a star.
const STAR_ABOVE: usize = 32;
/// Articles at the centre of a star.
const STAR: usize = 4;

/// For each band the keys that several of the articles have which `own` names, each with its article, in
/// order.
pub(super) fn bands(own: &[u32], proofs: &[Proof]) -> Vec<Vec<Keyed>> {
    let mut of_bands: Vec<Vec<u32>> =
        std::iter::repeat_with(|| Vec::with_capacity(own.len())).take(BANDS).collect();
    for &ix in own {
        let keys = proofs[ix as usize].keys();
        of_bands.iter_mut().zip(keys).for_each(|(of_band, &key)| of_band.push(key));
    }
    let several = |keys: Vec<u32>| {
        let mut seen = Seen::room_for(keys.len());
        for &key in &keys {
            seen.note(key);
        }
        let several = keys.iter().zip(own).filter(|&(&key, _)| seen.twice(key));
        let mut keyed: Vec<Keyed> =
            several.map(|(&key, &ix)| u64::from(key) << 32 | u64::from(ix)).collect();
        keyed.sort_unstable();
        groups(&keyed).filter(|group| group.len() > 1).flatten().copied().collect()
    };
    of_bands.into_par_iter().map(several).collect()
}

/// Those with the same key together.
fn groups(band: &[Keyed]) -> impl Iterator<Item = &[Keyed]> {
    band.chunk_by(|x, y| x >> 32 == y >> 32)
}

/// Who is compared with whom of those that agree in a band.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum With {
    /// The first with all others: what that joins need not be compared again.
    First,
    /// All others with one another.
    Others,
}

/// Pairs of articles that agree in a band and are not joined yet, those with the same first together.
pub(super) fn pairs(
    band: &[Keyed],
    with: With,
    forest: &mut Forest,
    stats: &mut Stats,
) -> Vec<(u32, u32)> {
    let mut pairs = Vec::new();
    for group in groups(band) {
        let firsts = match with {
            With::First => 0..1,
            With::Others if group.len() <= STAR_ABOVE => 1..group.len(),
            With::Others => {
                stats.hot_bands += 1;
                1..STAR
            }
        };
        for at in firsts {
            let first = group[at] as u32;
            let root = forest.root(first);
            let others = group[at + 1..].iter().map(|&other| other as u32);
            let apart = others.filter(|&other| forest.root(other) != root);
            pairs.extend(apart.map(|other| (first, other)));
        }
    }
    pairs
}

/// Which keys have come once and which more often, as two bits for each of so many slots that few keys
/// share one: most keys of a band are of one article only and need not be sorted.
struct Seen(Vec<u64>);

/// Slots for each key: of those that came once one in nine passes for more.
const SLOTS: usize = 8;

impl Seen {
    fn room_for(keys: usize) -> Self {
        Self(vec![0; (keys * SLOTS).next_power_of_two().div_ceil(Self::IN_ONE)])
    }

    /// Slots in one number.
    const IN_ONE: usize = 32;

    fn note(&mut self, key: u32) {
        let (at, shift) = self.slot(key);
        let came = self.0[at] >> shift & 1;
        self.0[at] |= (came << 1 | 1) << shift;
    }

    /// Whether it came more than once, or passes for it.
    fn twice(&self, key: u32) -> bool {
        let (at, shift) = self.slot(key);
        self.0[at] >> shift & 2 > 0
    }

    fn slot(&self, key: u32) -> (usize, usize) {
        // Keys are as good as random.
        let slot = key as usize;
        ((slot / Self::IN_ONE) & (self.0.len() - 1), slot % Self::IN_ONE * 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_came_twice_is_never_missed_and_little_else_passes() {
        const KEYS: u64 = 10_000;
        let key = |n: u64| crate::hash::mix(n) as u32;
        let mut seen = Seen::room_for(KEYS as usize);
        (0..KEYS).for_each(|n| seen.note(key(n)));
        (0..100).for_each(|n| seen.note(key(n)));
        assert!((0..100).all(|n| seen.twice(key(n))));
        let passed = (100..KEYS).filter(|&n| seen.twice(key(n))).count();
        assert!(passed < KEYS as usize / 8, "{passed}");
    }
}
