//! Fills the gaps between the seeds of a chain, and looks on beyond its two ends.

use super::{Block, Options, Side, pair_bits};

/// Words looked at beyond an end at a time; what is found there is looked beyond again.
const REACH: usize = 16;

/// Finds the best partners for single words inside small boxes of words.
#[derive(Debug)]
pub(super) struct Fill {
    unmatched: f32,
    max_gap: usize,
    /// Scores of the box at hand, row by row.
    scores: Vec<f32>,
}

/// Where a path through a box may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// In the far corner: both sides are wholly inside the passage.
    Corner,
    /// Where it is worth most.
    Anywhere,
}

impl Fill {
    pub(super) fn new(options: &Options) -> Self {
        Self { unmatched: options.unmatched, max_gap: options.max_gap, scores: Vec::new() }
    }

    /// The chain with all matches between its seeds and around them: blocks in order.
    pub(super) fn around(&mut self, chain: &[Block], a: Side<'_>, b: Side<'_>) -> Vec<Block> {
        let mut path = Vec::with_capacity(chain.len() * 2);
        self.extend_left(chain[0], a, b, &mut path);
        for (at, &seed) in chain.iter().enumerate() {
            push(&mut path, seed);
            if let Some(next) = chain.get(at + 1) {
                self.between(seed, *next, a, b, &mut path);
            }
        }
        self.extend_right(a, b, &mut path);
        path
    }

    /// All matches on the best path from the first words of both sides to their last.
    pub(super) fn whole(&mut self, a: Side<'_>, b: Side<'_>) -> Vec<Block> {
        let mut path = Vec::new();
        self.corner_to_corner((0, 0), (a.words.len(), b.words.len()), a, b, &mut path);
        path
    }

    fn between(&mut self, from: Block, to: Block, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        let (start, end) = ((from.a_end(), from.b_end()), (to.a, to.b));
        if (end.0 - start.0).max(end.1 - start.1) as usize <= self.max_gap {
            let wide = |(i, j): (u32, u32)| (i as usize, j as usize);
            self.corner_to_corner(wide(start), wide(end), a, b, path);
        }
    }

    /// Adds the matches on the best path between two pairs of words `(a, b)`.
    fn corner_to_corner(
        &mut self,
        (a0, b0): (usize, usize),
        (a1, b1): (usize, usize),
        a: Side<'_>,
        b: Side<'_>,
        path: &mut Vec<Block>,
    ) {
        if a0 == a1 || b0 == b1 {
            return;
        }
        let found = self.best_path(a1 - a0, b1 - b0, End::Corner, |i, j| {
            (a.words[a0 + i] == b.words[b0 + j]).then(|| pair_bits(a, b, a0 + i, b0 + j))
        });
        for (i, j) in found {
            push(path, Block { a: (a0 + i) as u32, b: (b0 + j) as u32, len: 1 });
        }
    }

    fn extend_right(&mut self, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        loop {
            let last = path[path.len() - 1];
            let (a0, b0) = (last.a_end() as usize, last.b_end() as usize);
            let rows = REACH.min(a.words.len() - a0);
            let columns = REACH.min(b.words.len() - b0);
            let found = self.best_path(rows, columns, End::Anywhere, |i, j| {
                (a.words[a0 + i] == b.words[b0 + j]).then(|| pair_bits(a, b, a0 + i, b0 + j))
            });
            if found.is_empty() {
                return;
            }
            for (i, j) in found {
                push(path, Block { a: (a0 + i) as u32, b: (b0 + j) as u32, len: 1 });
            }
        }
    }

    /// Blocks before `first`, in order.
    fn extend_left(&mut self, first: Block, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        let (mut a1, mut b1) = (first.a as usize, first.b as usize);
        let mut backwards: Vec<(usize, usize)> = Vec::new();
        loop {
            let found = self.best_path(REACH.min(a1), REACH.min(b1), End::Anywhere, |i, j| {
                let (i, j) = (a1 - 1 - i, b1 - 1 - j);
                (a.words[i] == b.words[j]).then(|| pair_bits(a, b, i, j))
            });
            let Some(&(i, j)) = found.last() else { break };
            backwards.extend(found.iter().map(|&(i, j)| (a1 - 1 - i, b1 - 1 - j)));
            (a1, b1) = (a1 - 1 - i, b1 - 1 - j);
        }
        for (i, j) in backwards.into_iter().rev() {
            push(path, Block { a: i as u32, b: j as u32, len: 1 });
        }
    }

    /// The matches on the best path through a box: the most bits at the least price for words
    /// without a partner. `worth(i, j)` tells the bits of a match.
    fn best_path(
        &mut self,
        rows: usize,
        columns: usize,
        end: End,
        worth: impl Fn(usize, usize) -> Option<f32>,
    ) -> Vec<(usize, usize)> {
        let width = columns + 1;
        let scores = &mut self.scores;
        scores.clear();
        scores.resize((rows + 1) * width, 0.0);
        let price = self.unmatched;
        for (j, score) in scores[..width].iter_mut().enumerate() {
            *score = -price * j as f32;
        }
        let mut best = (0.0, 0, 0);
        for i in 1..=rows {
            scores[i * width] = -price * i as f32;
            for j in 1..=columns {
                let skip = scores[(i - 1) * width + j].max(scores[i * width + j - 1]) - price;
                let matched =
                    worth(i - 1, j - 1).map(|bits| scores[(i - 1) * width + j - 1] + bits);
                let score = matched.map_or(skip, |matched| matched.max(skip));
                scores[i * width + j] = score;
                if score > best.0 {
                    best = (score, i, j);
                }
            }
        }
        let (mut i, mut j) = match end {
            End::Corner => (rows, columns),
            End::Anywhere => (best.1, best.2),
        };
        let mut path = Vec::new();
        while i > 0 && j > 0 {
            let score = scores[i * width + j];
            let matched = worth(i - 1, j - 1)
                .is_some_and(|bits| scores[(i - 1) * width + j - 1] + bits >= score);
            if matched {
                path.push((i - 1, j - 1));
                (i, j) = (i - 1, j - 1);
            } else if scores[(i - 1) * width + j] >= scores[i * width + j - 1] {
                i -= 1;
            } else {
                j -= 1;
            }
        }
        path.reverse();
        path
    }
}

/// Adds a block, joined to the last where it goes on from it.
fn push(path: &mut Vec<Block>, block: Block) {
    match path.last_mut() {
        Some(last) if last.a_end() == block.a && last.b_end() == block.b => last.len += block.len,
        _ => path.push(block),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Sixteenths;

    fn around(a: &str, b: &str, chain: &[Block]) -> Vec<Block> {
        let words = |text: &str| text.bytes().map(u32::from).collect::<Vec<_>>();
        let (a, b) = (words(a), words(b));
        let (a_bits, b_bits) = (vec![Sixteenths(128); a.len()], vec![Sixteenths(128); b.len()]);
        Fill::new(&Options::default()).around(
            chain,
            Side { words: &a, bits: &a_bits, breaks: &[] },
            Side { words: &b, bits: &b_bits, breaks: &[] },
        )
    }

    fn block(a: u32, b: u32, len: u32) -> Block {
        Block { a, b, len }
    }

    #[test]
    fn single_words_between_and_around_seeds_are_found() {
        // Letters stand for words.
        let path = around("xyaBCDeFGHiz", "uyBCDfeFGHwwiv", &[block(3, 2, 3), block(7, 7, 3)]);
        assert_eq!(path, [block(1, 1, 1), block(3, 2, 3), block(6, 6, 4), block(10, 12, 1),]);
    }

    #[test]
    fn it_stops_at_the_ends_of_the_text() {
        assert_eq!(around("abc", "abc", &[block(0, 0, 3)]), [block(0, 0, 3)]);
    }
}
