//! What chance looks like in these articles: how alike pairs drawn at random are, and how many of them a
//! threshold would let through.

use rayon::prelude::*;
use serde::Serialize;

use super::choice::below;
use crate::article::{ArticleIx, Pair};
use crate::collapse::resemblance;
use crate::forest::Forest;
use crate::hash;
use crate::judge::Passage;
use crate::options::Options;
use crate::scan::{Evidence, Scan};

/// The background of a corpus.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Background {
    /// Pairs of articles there are.
    pub pairs: u64,
    /// Pairs drawn at random and aligned.
    pub drawn: u64,
    /// Pairs that sketches proposed and that share any passage, chance and all.
    pub proposed: u64,
    /// Pairs by the bits of their best passage.
    pub bits: Vec<Class>,
    /// Pairs by resemblance: the Jaccard similarity of their shingles of five words.
    pub resemblance: Vec<Class>,
    /// How chance thins out.
    pub tail: Option<Tail>,
    /// Where the number of pairs stops falling fast: above it are mostly pairs that share more than
    /// chance.
    pub knee_bits: Option<f64>,
    /// What thresholds let through.
    pub thresholds: Vec<Threshold>,
}

/// A class of a histogram.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Class {
    /// Its least value.
    pub from: f64,
    /// The least of the next.
    pub to: f64,
    /// Pairs drawn at random.
    pub drawn: u64,
    /// Pairs that sketches proposed.
    pub proposed: u64,
}

/// Of pairs that share a passage by chance fewer and fewer share one of more bits, by a power of two: so do
/// the scores of all local alignments (Karlin & Altschul 1990).
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Tail {
    /// Where it starts, in bits.
    pub from: f64,
    /// Share of all pairs that have this much.
    pub share: f64,
    /// With so many bits more there are half as many.
    pub halves_in: f64,
}

/// What a threshold lets through.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Threshold {
    /// `judge.min_bits`.
    pub min_bits: f64,
    /// The score that it asks for in a corpus of this size.
    pub floor: f64,
    /// Pairs with a passage of that score among those that sketches proposed.
    pub pairs: u64,
    /// Pairs that would have one by chance, if every pair were aligned.
    pub by_chance: f64,
}

/// Pairs drawn at most.
const DRAWN: u64 = 60_000;

/// Fewer than this many tell no share: what is rarer is told by the tail.
const FEW: u64 = 10;

/// Values of `judge.min_bits` that are told of.
const TOLD: [f64; 9] = [15.0, 25.0, 35.0, 45.0, 55.0, 65.0, 80.0, 100.0, 130.0];

impl Background {
    /// Looks at pairs drawn by `seed`.
    pub fn of(scan: &Scan, evidence: &Evidence, options: &Options, seed: u64) -> Self {
        let articles = evidence.stories().len();
        let all_pairs = articles as u64 * (articles as u64).saturating_sub(1) / 2;
        let pairs = draw(articles, all_pairs.min(DRAWN), seed);
        let shared = scan.compare(evidence, &pairs);
        // Reports of one event are alike for a reason: what the scan joins, by whatever chain, is no chance.
        let mut events = Forest::new(articles);
        let floor = f64::from(options.judge.min_bits) + log2(all_pairs);
        best(evidence.passages())
            .filter(|&(_, bits)| bits >= floor)
            .for_each(|(pair, _)| events.join(pair.a.0, pair.b.0));
        let mut is_chance = |pair: Pair| events.root(pair.a.0) != events.root(pair.b.0);
        let by_chance: Vec<f64> =
            best(&shared).filter(|&(pair, _)| is_chance(pair)).map(|(_, bits)| bits).collect();
        let proposed: Vec<f64> = best(evidence.passages()).map(|(_, bits)| bits).collect();
        let from = f64::from(scan.options().align.min_bits);
        let tail = Tail::of(&by_chance, from, pairs.len());
        let at_least = |values: &[f64], least: f64| {
            values.iter().filter(|&&value| value >= least).count() as u64
        };
        let threshold = |min_bits: f64| {
            let floor = min_bits + log2(all_pairs);
            let seen = at_least(&by_chance, floor);
            let share = match tail {
                Some(tail) if seen < FEW => tail.above(floor),
                _ => seen as f64 / pairs.len().max(1) as f64,
            };
            Threshold {
                min_bits,
                floor,
                pairs: at_least(&proposed, floor),
                by_chance: share * all_pairs as f64,
            }
        };
        Self {
            pairs: all_pairs,
            drawn: pairs.len() as u64,
            proposed: proposed.len() as u64,
            bits: histogram(&bit_classes(from), &by_chance, &proposed),
            resemblance: alike(evidence, &pairs),
            tail,
            knee_bits: knee(&proposed),
            thresholds: TOLD.into_iter().map(threshold).collect(),
        }
    }
}

/// Different pairs, in order.
fn draw(articles: usize, count: u64, seed: u64) -> Vec<Pair> {
    if articles < 2 {
        return Vec::new();
    }
    let seed = hash::mix(seed ^ 0x5041_4952);
    let mut drawn: Vec<Pair> = (0..count)
        .filter_map(|number| {
            let bits = hash::mix(seed ^ hash::mix(number));
            let [a, b] =
                [bits, hash::mix(bits)].map(|bits| ArticleIx(below(bits, articles) as u32));
            (a != b).then(|| Pair::new(a, b))
        })
        .collect();
    drawn.sort_unstable();
    drawn.dedup();
    drawn
}

/// Every pair with the bits of its best passage.
fn best(passages: &[Passage]) -> impl Iterator<Item = (Pair, f64)> + '_ {
    passages.chunk_by(|x, y| x.pair == y.pair).map(|of_pair| {
        let bits = of_pair.iter().map(|passage| passage.bits).fold(0.0, f32::max);
        (of_pair[0].pair, f64::from(bits))
    })
}

fn log2(pairs: u64) -> f64 {
    (pairs.max(1) as f64).log2()
}

impl Tail {
    /// By the median of what the scores have beyond the least: a few pairs that are no chance do not move it.
    fn of(scores: &[f64], from: f64, drawn: usize) -> Option<Self> {
        if (scores.len() as u64) < FEW {
            return None;
        }
        let mut beyond: Vec<f64> = scores.iter().map(|score| score - from).collect();
        beyond.sort_by(f64::total_cmp);
        let halves_in = beyond[beyond.len() / 2].max(0.1);
        Some(Self { from, share: scores.len() as f64 / drawn.max(1) as f64, halves_in })
    }

    /// Share of pairs that have at least so many bits.
    fn above(self, bits: f64) -> f64 {
        self.share * (-(bits - self.from) / self.halves_in).exp2()
    }
}

/// Classes of bits, of growing width.
fn bit_classes(from: f64) -> Vec<f64> {
    const STEP: f64 = 1.2;
    let mut borders = vec![from];
    while borders.len() < 24 {
        borders.push((borders[borders.len() - 1] * STEP).round());
    }
    borders
}

fn histogram(borders: &[f64], drawn: &[f64], proposed: &[f64]) -> Vec<Class> {
    let count = |values: &[f64], from: f64, to: f64| {
        values.iter().filter(|&&value| from <= value && value < to).count() as u64
    };
    let last = borders.len() - 2;
    borders
        .windows(2)
        .enumerate()
        .map(|(at, border)| {
            let (from, to) = (border[0], if at == last { f64::MAX } else { border[1] });
            Class {
                from,
                to: border[1],
                drawn: count(drawn, from, to),
                proposed: count(proposed, from, to),
            }
        })
        .collect()
}

fn alike(evidence: &Evidence, drawn: &[Pair]) -> Vec<Class> {
    /// Of the proposed pairs every so many, so that the costliest part is bounded.
    const LOOKED_AT: usize = 20_000;
    let words = |article: ArticleIx| evidence.stories()[article.ix()].words();
    let of = |pairs: &[Pair]| -> Vec<f64> {
        pairs.par_iter().map(|pair| resemblance(words(pair.a), words(pair.b))).collect()
    };
    let proposed: Vec<Pair> = best(evidence.passages()).map(|(pair, _)| pair).collect();
    let stride = proposed.len().div_ceil(LOOKED_AT).max(1);
    let some: Vec<Pair> = proposed.into_iter().step_by(stride).collect();
    let few: Vec<Pair> =
        drawn.iter().copied().step_by(drawn.len().div_ceil(LOOKED_AT).max(1)).collect();
    let borders: Vec<f64> = (0..=20).map(|n| f64::from(n) / 20.0).collect();
    let mut classes = histogram(&borders, &of(&few), &of(&some));
    let drawn_stride = drawn.len().div_ceil(LOOKED_AT).max(1) as u64;
    for class in &mut classes {
        class.drawn *= drawn_stride;
        class.proposed *= stride as u64;
    }
    classes
}

/// The knee of the number of pairs, on a logarithmic scale, over bits: the point furthest below the line
/// from first to last (Satopää et al. 2011).
fn knee(scores: &[f64]) -> Option<f64> {
    const LEAST: usize = 50;
    if scores.len() < LEAST {
        return None;
    }
    let mut scores: Vec<f64> = scores.to_vec();
    scores.sort_by(f64::total_cmp);
    let count = scores.len();
    // What is shared by whole articles would draw the line out.
    let last = count * 9 / 10;
    let points: Vec<(f64, f64)> =
        (0..=last).map(|at| (scores[at], ((count - at) as f64).log2())).collect();
    let (first, last) = (points[0], points[points.len() - 1]);
    if last.0 <= first.0 {
        return None;
    }
    let below = |&(x, y): &(f64, f64)| {
        let along = (x - first.0) / (last.0 - first.0);
        first.1 + along * (last.1 - first.1) - y
    };
    let knee = points.iter().max_by(|x, y| below(x).total_cmp(&below(y)))?;
    (below(knee) > 0.0).then_some(knee.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_halves_by_the_median() {
        // Scores of which half as many are left every four bits.
        let scores: Vec<f64> =
            (0..4096).map(|n| 20.0 - (1.0 - (f64::from(n) + 0.5) / 4096.0).log2() * 4.0).collect();
        let tail = Tail::of(&scores, 20.0, 409_600).unwrap();
        assert!((tail.halves_in - 4.0).abs() < 0.01 && (tail.share - 0.01).abs() < 1e-9);
        let expected = 0.01 / 32.0;
        assert!((tail.above(40.0) - expected).abs() < expected * 0.02);
    }

    #[test]
    fn the_knee_parts_chance_from_copy() {
        let chance = (0..2_000).map(|n| 20.0 - (1.0 - (f64::from(n) + 0.5) / 2_000.0).log2() * 3.0);
        let copy = (0..400).map(|n| 60.0 + f64::from(n));
        let scores: Vec<f64> = chance.chain(copy).collect();
        let knee = knee(&scores).unwrap();
        assert!((25.0..60.0).contains(&knee), "{knee}");
    }

    #[test]
    fn pairs_are_drawn_once_and_differ() {
        let drawn = draw(40, 500, 1);
        assert!(drawn.len() > 300 && drawn.windows(2).all(|two| two[0] < two[1]));
        assert!(drawn.iter().all(|pair| pair.a < pair.b));
    }
}
