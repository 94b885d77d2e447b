//! Fills the gaps between the seeds of a chain, and looks on beyond its two ends.

use super::{Block, Options, Side, pair_bits};

/// Words looked at beyond an end at a time; what is found there is looked beyond again.
const REACH: usize = 16;

/// Finds the best partners for single words inside small patches of words.
#[derive(Debug)]
pub(super) struct Fill {
    unmatched: f32,
    max_gap: usize,
    /// Equal words of the patch at hand, row by row.
    matches: Vec<Match>,
    /// For every column of it the path so far that is worth most and ends there or before.
    best: Vec<Path>,
    /// Pairs of words compared so far.
    pub(super) cells: u64,
}

/// The words before or after a place in both texts, as rows and columns counted away from it.
#[derive(Debug, Clone, Copy)]
struct Patch {
    a: usize,
    b: usize,
    rows: usize,
    columns: usize,
    backwards: bool,
}

impl Patch {
    /// The words in row `i` and column `j`.
    fn place(self, i: usize, j: usize) -> (usize, usize) {
        if self.backwards { (self.a - 1 - i, self.b - 1 - j) } else { (self.a + i, self.b + j) }
    }
}

/// Two equal words, as the last of the best path to them.
#[derive(Debug, Clone, Copy)]
struct Match {
    row: usize,
    column: usize,
    score: f32,
    before: Option<usize>,
}

/// A path through a patch.
#[derive(Debug, Clone, Copy, Default)]
struct Path {
    /// Its score if the words passed by, of both sides, had cost nothing.
    gross: f32,
    last: Option<usize>,
}

/// Where a path through a patch may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// In the far corner: both sides are wholly inside the passage.
    Corner,
    /// Where it is worth most.
    Anywhere,
}

impl Fill {
    pub(super) fn new(options: &Options) -> Self {
        Self {
            unmatched: options.unmatched,
            max_gap: options.max_gap,
            matches: Vec::new(),
            best: Vec::new(),
            cells: 0,
        }
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
        let (rows, columns) = (a.words.len(), b.words.len());
        let all = Patch { a: 0, b: 0, rows, columns, backwards: false };
        let mut path = Vec::new();
        for at in self.best_path(all, End::Corner, a, b) {
            push(&mut path, self.block(all, at));
        }
        path
    }

    fn between(&mut self, from: Block, to: Block, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        let (rows, columns) = ((to.a - from.a_end()) as usize, (to.b - from.b_end()) as usize);
        if rows.min(columns) > 0 && rows.max(columns) <= self.max_gap {
            let (a0, b0) = (from.a_end() as usize, from.b_end() as usize);
            let gap = Patch { a: a0, b: b0, rows, columns, backwards: false };
            for at in self.best_path(gap, End::Corner, a, b) {
                push(path, self.block(gap, at));
            }
        }
    }

    fn extend_right(&mut self, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        loop {
            let last = path[path.len() - 1];
            let (a0, b0) = (last.a_end() as usize, last.b_end() as usize);
            let (rows, columns) = (REACH.min(a.words.len() - a0), REACH.min(b.words.len() - b0));
            let beyond = Patch { a: a0, b: b0, rows, columns, backwards: false };
            let found = self.best_path(beyond, End::Anywhere, a, b);
            if found.is_empty() {
                return;
            }
            for at in found {
                push(path, self.block(beyond, at));
            }
        }
    }

    /// Blocks before `first`, in order.
    fn extend_left(&mut self, first: Block, a: Side<'_>, b: Side<'_>, path: &mut Vec<Block>) {
        let (mut a1, mut b1) = (first.a as usize, first.b as usize);
        let mut backwards: Vec<Block> = Vec::new();
        loop {
            let (rows, columns) = (REACH.min(a1), REACH.min(b1));
            let before = Patch { a: a1, b: b1, rows, columns, backwards: true };
            let found = self.best_path(before, End::Anywhere, a, b);
            backwards.extend(found.iter().map(|&at| self.block(before, at)));
            let Some(last) = backwards.last().filter(|_| !found.is_empty()) else { break };
            (a1, b1) = (last.a as usize, last.b as usize);
        }
        for block in backwards.into_iter().rev() {
            push(path, block);
        }
    }

    fn block(&self, of: Patch, at: usize) -> Block {
        let Match { row, column, .. } = self.matches[at];
        let (a, b) = of.place(row, column);
        Block { a: a as u32, b: b as u32, len: 1 }
    }

    /// The matches (places in `self.matches`) on the best path through a patch: the most bits at the
    /// least price for words without a partner.
    ///
    /// Only equal words are looked at (Hunt & Szymanski 1977), and few words of a patch are equal.
    fn best_path(&mut self, of: Patch, end: End, a: Side<'_>, b: Side<'_>) -> Vec<usize> {
        let Self { unmatched, matches, best, cells, .. } = self;
        let (there, bit) = (bits_of(of, b), |word: u32| 1_u128 << (word & 127));
        matches.clear();
        best.clear();
        best.resize(of.columns, Path::default());
        let rows = if of.columns == 0 { 0 } else { of.rows };
        for row in 0..rows {
            let word = a.words[of.place(row, 0).0];
            if there & bit(word) == 0 {
                continue;
            }
            let first = matches.len();
            *cells += of.columns as u64;
            for column in 0..of.columns {
                let (i, j) = of.place(row, column);
                if b.words[j] == word {
                    let Path { gross, last } = match column {
                        0 => Path::default(),
                        _ => best[column - 1],
                    };
                    let passed = (row + column) as f32 * *unmatched;
                    let score = gross - passed + pair_bits(a, b, i, j);
                    matches.push(Match { row, column, score, before: last });
                }
            }
            for (at, &Match { column, score, .. }) in matches.iter().enumerate().skip(first) {
                let gross = score + (row + column + 2) as f32 * *unmatched;
                for path in &mut best[column..] {
                    if path.gross > gross {
                        break;
                    }
                    *path = Path { gross, last: Some(at) };
                }
            }
        }
        let mut next = match end {
            End::Corner => best.last().and_then(|path| path.last),
            End::Anywhere => {
                let worth = |&at: &usize| matches[at].score;
                let paths = (0..matches.len()).filter(|at| worth(at) > 0.0);
                paths.reduce(|x, y| if worth(&y) > worth(&x) { y } else { x })
            }
        };
        let mut path = Vec::new();
        while let Some(at) = next {
            path.push(at);
            next = matches[at].before;
        }
        path.reverse();
        path
    }
}

/// Which words stand on side b of a patch, as a filter of 128 bits.
fn bits_of(of: Patch, b: Side<'_>) -> u128 {
    let words = if of.backwards { of.b - of.columns..of.b } else { of.b..of.b + of.columns };
    b.words[words].iter().fold(0, |bits, word| bits | 1 << (word & 127))
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
    use proptest::prelude::*;

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

    /// The score of the best path, from a table of every pair of places.
    fn slow_twin(a: Side<'_>, b: Side<'_>, end: End) -> f32 {
        let price = Options::default().unmatched;
        let (rows, columns) = (a.words.len(), b.words.len());
        let mut scores = vec![vec![0.0_f32; columns + 1]; rows + 1];
        let mut most = 0.0_f32;
        for i in 0..=rows {
            for j in 0..=columns {
                let before = [
                    (i > 0).then(|| scores[i - 1][j] - price),
                    (j > 0).then(|| scores[i][j - 1] - price),
                    (i > 0 && j > 0 && a.words[i - 1] == b.words[j - 1])
                        .then(|| scores[i - 1][j - 1] + pair_bits(a, b, i - 1, j - 1)),
                ];
                scores[i][j] = before.into_iter().flatten().reduce(f32::max).unwrap_or(0.0);
                most = most.max(scores[i][j]);
            }
        }
        if end == End::Corner { scores[rows][columns] } else { most }
    }

    type Reversed = (Vec<u32>, Vec<Sixteenths>);

    fn reversed(side: Side<'_>) -> Reversed {
        (side.words.iter().rev().copied().collect(), side.bits.iter().rev().copied().collect())
    }

    fn side(of: &Reversed) -> Side<'_> {
        Side { words: &of.0, bits: &of.1, breaks: &[] }
    }

    proptest! {
        #[test]
        fn a_path_is_as_good_as_any(
            a in proptest::collection::vec((0_u32..9, 0_u8..160), 0..40),
            b in proptest::collection::vec((0_u32..9, 0_u8..160), 0..40),
            backwards: bool,
        ) {
            let words = |of: &[(u32, u8)]| of.iter().map(|w| w.0).collect::<Vec<_>>();
            let bits = |of: &[(u32, u8)]| of.iter().map(|w| Sixteenths(w.1)).collect::<Vec<_>>();
            let (a_words, b_words, a_bits, b_bits) = (words(&a), words(&b), bits(&a), bits(&b));
            let a = Side { words: &a_words, bits: &a_bits, breaks: &[] };
            let b = Side { words: &b_words, bits: &b_bits, breaks: &[] };
            let (rows, columns) = (a.words.len(), b.words.len());
            let from = if backwards { (rows, columns) } else { (0, 0) };
            let patch = Patch { a: from.0, b: from.1, rows, columns, backwards };
            let (a_back, b_back) = (reversed(a), reversed(b));
            for end in [End::Corner, End::Anywhere] {
                let mut fill = Fill::new(&Options::default());
                let path = fill.best_path(patch, end, a, b);
                let (mut score, mut last) = (0.0, (0, 0));
                for at in path {
                    let Match { row, column, .. } = fill.matches[at];
                    prop_assert!(row >= last.0 && column >= last.1);
                    let (i, j) = patch.place(row, column);
                    prop_assert_eq!(a.words[i], b.words[j]);
                    score += pair_bits(a, b, i, j) - (row - last.0 + column - last.1) as f32 * 1.25;
                    last = (row + 1, column + 1);
                }
                if end == End::Corner {
                    score -= (rows - last.0 + columns - last.1) as f32 * 1.25;
                }
                let twin = if backwards {
                    slow_twin(side(&a_back), side(&b_back), end)
                } else {
                    slow_twin(a, b, end)
                };
                prop_assert!((score - twin).abs() < 1e-3, "{} {}", score, twin);
            }
        }
    }

    #[test]
    fn it_stops_at_the_ends_of_the_text() {
        assert_eq!(around("abc", "abc", &[block(0, 0, 3)]), [block(0, 0, 3)]);
    }
}
