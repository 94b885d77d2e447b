//! Passages two stories share: seeds, chains of seeds, and what lies between and around them.
//!
//! The score of an alignment is in bits: the information of its matching words less a price for
//! every word, on either side, that has no partner. A changed word costs twice the price.

mod chain;
mod claims;
mod fill;
mod merge;
mod seed;

use std::ops::AddAssign;

use serde::{Deserialize, Serialize};

use crate::span::WordRange;
use crate::words::Sixteenths;
use chain::chains;
use claims::Claims;
use fill::Fill;
use seed::{SURE, Seeds};

/// How passages are aligned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Least score of an alignment, in bits: of a passage by itself, a part that is merged with others
    /// into one, or what furniture cuts from one.
    pub min_bits: f32,
    /// Least worth of the seeds of a chain, in bits: a phrase of common words is not looked around. Most
    /// chains are no more than that, and most of the time went into them.
    pub min_seed_bits: f32,
    /// Parts with at most this many words between them that no part holds, on both sides, are merged:
    /// they are sentences or clauses of one passage in another order.
    pub merge_gap: u32,
    /// Price of a word without a partner, in bits.
    pub unmatched: f32,
    /// A passage ends where its score falls by more than this, in bits.
    pub drop: f32,
    /// Seeds further apart than this many words, on either side, are not chained.
    pub max_gap: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_bits: 25.0,
            min_seed_bits: 10.0,
            merge_gap: 6,
            unmatched: 1.25,
            drop: 18.0,
            max_gap: 40,
        }
    }
}

/// One of the two stories that are aligned.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Hash of every word.
    pub words: &'a [u32],
    /// What every word is worth, as many as there are words.
    pub bits: &'a [Sixteenths],
    /// Words before which something that is not the story was left out: a passage is found across
    /// such a place and reported as two.
    pub breaks: &'a [u32],
}

/// A run of words that are the same on both sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Block {
    /// First word on side a.
    pub a: u32,
    /// First word on side b.
    pub b: u32,
    /// How many words.
    pub len: u32,
}

impl Block {
    fn a_end(self) -> u32 {
        self.a + self.len
    }

    fn b_end(self) -> u32 {
        self.b + self.len
    }
}

/// One passage that two stories share.
#[derive(Debug, Clone, PartialEq)]
pub struct Alignment {
    /// What is equal in it, in the order of side a; never empty.
    pub blocks: Vec<Block>,
    /// Its words on side a, from the first to the last that has a partner.
    pub a: WordRange,
    /// Its words on side b.
    pub b: WordRange,
    /// Its score.
    pub bits: f32,
}

impl Alignment {
    /// The alignment of blocks that follow one another on both sides.
    fn in_order(blocks: &[Block], bits: f32) -> Self {
        let (first, last) = (blocks[0], blocks[blocks.len() - 1]);
        Self {
            blocks: blocks.to_vec(),
            a: WordRange { start: first.a, end: last.a_end() },
            b: WordRange { start: first.b, end: last.b_end() },
            bits,
        }
    }

    /// How many words have a partner.
    pub fn matches(&self) -> usize {
        self.blocks.iter().map(|block| block.len as usize).sum()
    }

    /// Words that are the same on both sides in runs of at least eight.
    pub fn verbatim(&self) -> usize {
        const RUN: u32 = 8;
        let end = |block: &Block| (block.a + block.len, block.b + block.len);
        self.blocks
            .chunk_by(|x, y| end(x) == (y.a, y.b))
            .map(|run| run.iter().map(|block| block.len).sum::<u32>())
            .filter(|&words| words >= RUN)
            .sum::<u32>() as usize
    }
}

/// How much was looked at to align; the same for the same pairs on every machine.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Work {
    /// Runs of equal words that passages are looked for around.
    pub seeds: u64,
    /// Pairs of words that were compared between and around them.
    pub cells: u64,
}

impl AddAssign for Work {
    fn add_assign(&mut self, more: Self) {
        self.seeds += more.seeds;
        self.cells += more.cells;
    }
}

/// Aligns one story with many: [`Aligner::hold`] one, then ask [`Aligner::against`] others.
#[derive(Debug)]
pub struct Aligner {
    options: Options,
    seeds: Seeds,
    fill: Fill,
    claims: Claims,
    /// Seeds of all pairs so far.
    seeds_met: u64,
}

impl Default for Aligner {
    fn default() -> Self {
        Self::new(&Options::default())
    }
}

impl Aligner {
    /// An aligner whose memory is used again for every pair.
    pub fn new(options: &Options) -> Self {
        Self {
            options: options.clone(),
            seeds: Seeds::default(),
            fill: Fill::new(options),
            claims: Claims::default(),
            seeds_met: 0,
        }
    }

    /// Takes the story that the next calls of [`Aligner::against`] compare with.
    pub fn hold(&mut self, a: Side<'_>) {
        self.seeds.hold(a.words);
    }

    /// The passages that `b` shares with the story held (`a`, given again), in no order to rely on;
    /// no two of them claim mostly the same words of either side.
    pub fn against(&mut self, a: Side<'_>, b: Side<'_>) -> Vec<Alignment> {
        let mut seeds = self.seeds.shared_with(a, b);
        self.drop_held(&mut seeds, a, b);
        keep_best(&mut seeds, a, b);
        self.seeds_met += seeds.len() as u64;
        let (mut found, mut in_vain) = (Vec::new(), 0);
        self.claims.clear(a.words.len(), b.words.len());
        for chain in chains(&seeds, a, b, &self.options) {
            if self.claims.hold_most_of(&chain) {
                continue;
            }
            let path = self.fill.around(&chain, a, b);
            let before = found.len();
            self.cut(&path, a, b, &mut found);
            let blocks = found[before..].iter().flat_map(|found| &found.blocks);
            blocks.for_each(|&block| self.claims.add(block));
            in_vain = if found.len() > before { 0 } else { in_vain + 1 };
            if in_vain == IN_VAIN {
                break;
            }
        }
        let mut kept = without_rivals(found);
        merge::neighbours(&mut kept, a.breaks, b.breaks, self.options.merge_gap);
        kept
    }

    /// Drops the seeds whose words on either side are all in long ones.
    fn drop_held(&mut self, seeds: &mut Vec<Block>, a: Side<'_>, b: Side<'_>) {
        self.claims.clear(a.words.len(), b.words.len());
        seeds.iter().filter(|seed| seed.len >= SURE).for_each(|&seed| self.claims.add(seed));
        seeds.retain(|seed| seed.len >= SURE || !self.claims.hold(*seed));
    }

    /// What it looked at since it was last asked.
    pub fn take_work(&mut self) -> Work {
        Work {
            seeds: std::mem::take(&mut self.seeds_met),
            cells: std::mem::take(&mut self.fill.cells),
        }
    }

    /// Adds a passage, in parts where something was left out inside it on either side.
    fn part(&self, blocks: &[Block], a: Side<'_>, b: Side<'_>, found: &mut Vec<Alignment>) {
        let (first, last) = (blocks[0], blocks[blocks.len() - 1]);
        let inside = |breaks: &[u32], start: u32, end: u32| {
            breaks.iter().copied().find(|&at| start < at && at < end)
        };
        let (before, after) = if let Some(at) = inside(a.breaks, first.a, last.a_end()) {
            split(blocks, |a, _| a >= at)
        } else if let Some(at) = inside(b.breaks, first.b, last.b_end()) {
            split(blocks, |_, b| b >= at)
        } else {
            let gaps: u32 = blocks
                .windows(2)
                .map(|pair| pair[1].a - pair[0].a_end() + pair[1].b - pair[0].b_end())
                .sum();
            let worth: f32 = blocks.iter().map(|&block| block_bits(block, a, b)).sum();
            let bits = worth - gaps as f32 * self.options.unmatched;
            if bits >= self.options.min_bits {
                found.push(Alignment::in_order(blocks, bits));
            }
            return;
        };
        self.part(&before, a, b, found);
        self.part(&after, a, b, found);
    }

    /// Cuts a path of blocks where it is worth more apart, and drops what is worth too little.
    fn cut(&self, path: &[Block], a: Side<'_>, b: Side<'_>, found: &mut Vec<Alignment>) {
        let (mut start, mut score) = (0, 0.0);
        let (mut peak, mut peak_end) = (0.0_f32, 0);
        let mut close = |start: usize, end: usize, bits: f32| {
            if bits >= self.options.min_bits {
                self.part(&path[start..end], a, b, found);
            }
        };
        for (at, &block) in path.iter().enumerate() {
            if at > start {
                let before = path[at - 1];
                let gap = (block.a - before.a_end()) + (block.b - before.b_end());
                score -= gap as f32 * self.options.unmatched;
            }
            if score < 0.0 || peak - score > self.options.drop {
                close(start, peak_end, peak);
                (start, score, peak) = (at, 0.0, 0.0);
            }
            score += block_bits(block, a, b);
            if score > peak {
                (peak, peak_end) = (score, at + 1);
            }
        }
        close(start, peak_end, peak);
    }
}

/// Chains, best first, that are looked around in vain, one after the other, before the rest is given up:
/// texts of few different words have many, and none leads to a passage. Labelled news loses none by this.
const IN_VAIN: usize = 16;

/// Of more seeds than a quarter of the words of both stories those that are worth most. Copy has few,
/// long seeds; texts of few different words have more short ones than words.
fn keep_best(seeds: &mut Vec<Block>, a: Side<'_>, b: Side<'_>) {
    let most = (a.words.len() + b.words.len()) / 4;
    if seeds.len() <= most {
        return;
    }
    let mut by_worth: Vec<(f32, Block)> =
        seeds.iter().map(|&seed| (block_bits(seed, a, b), seed)).collect();
    by_worth.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
    by_worth.truncate(most);
    *seeds = by_worth.into_iter().map(|(_, seed)| seed).collect();
    seeds.sort_unstable_by_key(|seed| (seed.b, seed.a));
}

/// The best alignments, without those that claim mostly words of better ones, on either side.
fn without_rivals(mut found: Vec<Alignment>) -> Vec<Alignment> {
    found.sort_by(|x, y| y.bits.total_cmp(&x.bits).then_with(|| x.blocks.cmp(&y.blocks)));
    let mut kept: Vec<Alignment> = Vec::new();
    for alignment in found {
        let taken = |side: fn(&Alignment) -> WordRange| {
            let range = side(&alignment);
            let shared: usize = kept.iter().map(|k| side(k).shared(range)).sum();
            shared * 2 > range.len()
        };
        if !taken(|alignment| alignment.a) && !taken(|alignment| alignment.b) {
            kept.push(alignment);
        }
    }
    kept
}

/// The words that two short texts share in order, every word worth the same: for showing what
/// differs. Takes time and memory in proportion to the product of their lengths.
pub fn same_words(a: &[u32], b: &[u32]) -> Vec<Block> {
    let side = |words: &[u32]| vec![Sixteenths::default(); words.len()];
    let (a_bits, b_bits) = (side(a), side(b));
    let a = Side { words: a, bits: &a_bits, breaks: &[] };
    let b = Side { words: b, bits: &b_bits, breaks: &[] };
    Fill::new(&Options::default()).whole(a, b)
}

/// The blocks up to the first pair of words `(a, b)` that `is_after`, and those from it on.
fn split(blocks: &[Block], is_after: impl Fn(u32, u32) -> bool) -> (Vec<Block>, Vec<Block>) {
    let (mut before, mut after) = (Vec::new(), Vec::new());
    for &block in blocks {
        let first = (0..block.len).position(|k| is_after(block.a + k, block.b + k));
        let len = first.map_or(block.len, |first| first as u32);
        if len > 0 {
            before.push(Block { len, ..block });
        }
        if len < block.len {
            after.push(Block { a: block.a + len, b: block.b + len, len: block.len - len });
        }
    }
    (before, after)
}

/// Bits of a pair of equal words: where the two articles disagree, the lesser.
fn pair_bits(a: Side<'_>, b: Side<'_>, i: usize, j: usize) -> f32 {
    a.bits[i].min(b.bits[j]).bits()
}

fn block_bits(block: Block, a: Side<'_>, b: Side<'_>) -> f32 {
    (0..block.len as usize)
        .map(|k| pair_bits(a, b, block.a as usize + k, block.b as usize + k))
        .sum()
}
