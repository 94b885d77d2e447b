//! Words that have their equals, which are not looked for again.

use std::ops::Range;

use super::Block;

/// Which words of both stories are in runs of equal words that count.
#[derive(Debug, Default)]
pub(super) struct Claims {
    a: Vec<bool>,
    b: Vec<bool>,
}

impl Claims {
    /// Forgets all; the next stories have so many words.
    pub(super) fn clear(&mut self, a: usize, b: usize) {
        for (side, words) in [(&mut self.a, a), (&mut self.b, b)] {
            side.clear();
            side.resize(words, false);
        }
    }

    /// Takes the words of a run, on both sides.
    pub(super) fn add(&mut self, run: Block) {
        let [a, b] = ranges(run);
        self.a[a].fill(true);
        self.b[b].fill(true);
    }

    /// Whether all words of a run, on either side, are among them.
    pub(super) fn hold(&self, run: Block) -> bool {
        let [a, b] = ranges(run);
        let all = |side: &[bool]| side.iter().all(|held| *held);
        all(&self.a[a]) || all(&self.b[b])
    }

    /// Whether most words of a chain, on either side, are among them.
    pub(super) fn hold_most_of(&self, chain: &[Block]) -> bool {
        let (mut words, mut of_a, mut of_b) = (0, 0, 0);
        let held = |side: &[bool]| side.iter().filter(|held| **held).count();
        for &seed in chain {
            let [a, b] = ranges(seed);
            words += a.len();
            of_a += held(&self.a[a]);
            of_b += held(&self.b[b]);
        }
        of_a.max(of_b) * 2 > words
    }
}

/// Its words on both sides.
fn ranges(block: Block) -> [Range<usize>; 2] {
    [block.a as usize..block.a_end() as usize, block.b as usize..block.b_end() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_than_half_on_one_side_is_most() {
        let mut claims = Claims::default();
        claims.clear(20, 40);
        claims.add(Block { a: 0, b: 20, len: 4 });
        claims.add(Block { a: 6, b: 26, len: 4 });
        let holds = |a, b, len| claims.hold_most_of(&[Block { a, b, len }]);
        assert!(holds(1, 0, 3) && holds(12, 21, 4) && holds(2, 30, 6));
        assert!(!holds(10, 0, 5) && !holds(2, 0, 4));
        assert!(!claims.hold_most_of(&[]));
        assert!(claims.hold(Block { a: 7, b: 0, len: 3 }));
        assert!(!claims.hold(Block { a: 7, b: 0, len: 4 }));
        claims.clear(20, 40);
        assert!(!claims.hold_most_of(&[Block { a: 1, b: 0, len: 3 }]));
    }
}
