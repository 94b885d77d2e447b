//! Chance that is the same everywhere: a stream of whole numbers from a seed.

use crate::hash;

/// `SplitMix64` (Steele, Lea & Flood 2014), by the mixer in [`hash`]: no state but a counter, so that
/// every event and outlet has a stream of its own and none has to be drawn in order.
///
/// There are no floating-point numbers in it: what is drawn depends on no machine's logarithm.
#[derive(Debug, Clone)]
pub(super) struct Dice(u64);

impl Dice {
    /// The stream of a seed for one purpose and number.
    pub(super) fn new(seed: u64, purpose: u64, number: u64) -> Self {
        Self(hash::mix(hash::mix(hash::mix(seed) ^ purpose) ^ number))
    }

    /// 64 bits.
    pub(super) fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        hash::mix(self.0)
    }

    /// A number under `limit`, all alike (to one in 2^32).
    pub(super) fn below(&mut self, limit: usize) -> usize {
        (((self.bits() >> 32) * limit as u64) >> 32) as usize
    }

    /// Whether something happens that does so in `share` of a thousand cases.
    pub(super) fn per_mille(&mut self, share: u32) -> bool {
        self.below(1000) < share as usize
    }

    /// One of several, all alike.
    pub(super) fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }

    /// A number from 1 to under `2^octaves`, as often in 1..2 as in 2..4 and in 4..8: by Zipf's law.
    pub(super) fn zipf(&mut self, octaves: usize) -> usize {
        let from = 1 << self.below(octaves);
        from + self.below(from)
    }

    /// Which of several happens, by how often each does.
    pub(super) fn which(&mut self, weights: &[u32]) -> usize {
        let total: u32 = weights.iter().sum();
        let mut left = self.below(total as usize) as u32;
        weights
            .iter()
            .position(|&weight| {
                let here = left < weight;
                left = left.wrapping_sub(weight);
                here
            })
            .expect("what is left is under the sum of the weights")
    }
}

/// Quantiles of a log-normal distribution with median 1024 and sigma 0.55, which is that of the
/// lengths of news articles: 64 of them, so that a draw is a look.
const LOG_NORMAL: [u16; 64] = [
    271, 343, 389, 425, 455, 483, 509, 532, 555, 577, 598, 619, 639, 658, 678, 697, 716, 735, 754,
    773, 792, 811, 830, 850, 869, 889, 909, 929, 949, 970, 991, 1013, 1035, 1058, 1081, 1104, 1129,
    1154, 1180, 1206, 1234, 1263, 1293, 1324, 1356, 1390, 1426, 1464, 1504, 1547, 1593, 1642, 1695,
    1753, 1817, 1889, 1969, 2062, 2171, 2303, 2470, 2698, 3055, 3870,
];

/// A length that is log-normal around a median.
pub(super) fn length(dice: &mut Dice, median: usize) -> usize {
    (usize::from(*dice.pick(&LOG_NORMAL)) * median).div_ceil(1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_never_changes() {
        let mut dice = Dice::new(1, 2, 3);
        assert_eq!([dice.below(1000), dice.below(1000), dice.zipf(10)], [863, 357, 51]);
    }

    #[test]
    fn draws_are_as_frequent_as_they_should_be() {
        let mut dice = Dice::new(7, 0, 0);
        let mut counts = [0_u32; 3];
        for _ in 0..60_000 {
            counts[dice.which(&[1, 2, 3])] += 1;
        }
        for (count, wanted) in counts.into_iter().zip([10_000, 20_000, 30_000]) {
            assert!(count.abs_diff(wanted) < 500, "{counts:?}");
        }
        let mut lengths: Vec<usize> = (0..10_001).map(|_| length(&mut dice, 300)).collect();
        lengths.sort_unstable();
        assert!((280..320).contains(&lengths[5_000]), "{}", lengths[5_000]);
    }
}
