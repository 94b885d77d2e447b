//! How likely a pair is to be looked at at all, by formula and as measured on these articles.

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;

use super::choice::below;
use crate::article::{ArticleIx, Pair};
use crate::collapse::{BANDS, resemblance};
use crate::hash;
use crate::options::Options;
use crate::scan::Evidence;
use crate::sketch::{K, Sketch, passage, recall};
use crate::span::WordRange;
use crate::words::Background;

/// Both curves.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Curve {
    /// Articles by resemblance: found as near duplicates.
    pub articles: Vec<Alike>,
    /// Passages by words and edits: found as candidates.
    pub passages: Vec<Edited>,
}

/// Pairs of articles of about one resemblance.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Alike {
    /// Jaccard similarity of shingles of five words.
    pub resemblance: f64,
    /// `1 - (1 - J^r)^b` for `b` bands of `r` values.
    pub predicted: f64,
    /// Share of pairs of these articles that share a band, of those within .025 of that resemblance.
    pub measured: Option<f64>,
    /// How many such pairs there were.
    pub pairs: u64,
}

/// Passages of some length of which words were changed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Edited {
    /// Its words.
    pub words: usize,
    /// Share of them that were changed.
    pub changed: f64,
    /// By [`recall`], if the passage were one sentence.
    pub predicted: f64,
    /// Share of passages of these articles that shared values enough after being changed. Some more are
    /// candidates by one value amid rare words.
    pub measured: Option<f64>,
}

/// Lengths and edit rates that are told of.
const WORDS: [usize; 4] = [15, 25, 40, 80];
const CHANGED: [f64; 7] = [0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5];

/// Passages tried for each point: a share of them is right to .05 or better.
const TRIES: u64 = 400;

impl Curve {
    /// Predicts and measures; what is changed is drawn by `seed`.
    pub fn of(evidence: &Evidence, options: &Options, seed: u64) -> Self {
        Self { articles: articles(evidence), passages: passages(evidence, options, seed) }
    }
}

fn articles(evidence: &Evidence) -> Vec<Alike> {
    /// Pairs looked at: shares are told to about .01.
    const LOOKED_AT: usize = 20_000;
    let words = |article: ArticleIx| evidence.stories()[article.ix()].words();
    let pairs: Vec<Pair> =
        evidence.passages().chunk_by(|x, y| x.pair == y.pair).map(|of| of[0].pair).collect();
    let stride = pairs.len().div_ceil(LOOKED_AT).max(1);
    let seen: Vec<(f64, bool)> = pairs
        .par_iter()
        .step_by(stride)
        .map(|pair| {
            let keys = |article| Sketch::of_words(words(article)).band_keys::<BANDS>();
            let (a, b) = (keys(pair.a), keys(pair.b));
            let alike = resemblance(words(pair.a), words(pair.b));
            (alike, a.iter().zip(&b).any(|(a, b)| a == b))
        })
        .collect();
    let rows = (K / BANDS) as i32;
    (1..=20)
        .map(|n| {
            let resemblance = f64::from(n) / 20.0;
            let near = seen.iter().filter(|(alike, _)| (alike - resemblance).abs() < 0.025);
            let (pairs, met) =
                near.fold((0, 0), |(all, met), (_, is)| (all + 1, met + u64::from(*is)));
            Alike {
                resemblance,
                predicted: 1.0 - (1.0 - resemblance.powi(rows)).powi(BANDS as i32),
                measured: (pairs > 0).then(|| met as f64 / pairs as f64),
                pairs,
            }
        })
        .collect()
}

fn passages(evidence: &Evidence, options: &Options, seed: u64) -> Vec<Edited> {
    let background = Background::shipped();
    let points: Vec<(usize, f64)> =
        WORDS.iter().flat_map(|&words| CHANGED.map(|changed| (words, changed))).collect();
    points
        .into_par_iter()
        .map(|(words, changed)| {
            let tries: Vec<bool> = (0..TRIES)
                .into_par_iter()
                .filter_map(|number| {
                    let point = (words as u64) << 32 | (changed * 100.0) as u64;
                    let stream = hash::mix(hash::mix(seed ^ number) ^ point);
                    Edit { words, changed, stream }.is_found(evidence, options, &background)
                })
                .collect();
            let found = tries.iter().filter(|&&found| found).count();
            Edited {
                words,
                changed,
                predicted: recall(words, changed, options.candidates.values, &options.sketch),
                measured: (!tries.is_empty()).then(|| found as f64 / tries.len() as f64),
            }
        })
        .collect()
}

/// A passage taken over by another article, with some words changed.
struct Edit {
    words: usize,
    changed: f64,
    stream: u64,
}

impl Edit {
    fn chance(&self, number: u64) -> u64 {
        hash::mix(self.stream ^ hash::mix(number))
    }

    /// Whether the two articles share values enough near one diagonal; nothing where the article drawn is too short.
    fn is_found(
        &self,
        evidence: &Evidence,
        options: &Options,
        background: &Background,
    ) -> Option<bool> {
        let stories = evidence.stories();
        let drawn = |number| &stories[below(self.chance(number), stories.len())];
        let (wire, host) = (drawn(0), drawn(1));
        let starts: Vec<u32> = wire
            .sentences()
            .iter()
            .map(|sentence| sentence.start)
            .filter(|&start| start as usize + self.words <= wire.words().len())
            .collect();
        let start = *starts.get(below(self.chance(2), starts.len().max(1)))? as usize;
        let copied = start..start + self.words;
        let changed = copied.clone().map(|at| {
            let is_changed = (self.chance(3 + at as u64) >> 11) as f64 / (1_u64 << 53) as f64;
            if is_changed < self.changed {
                // Any number is another word.
                self.chance(u64::from(u32::MAX) + at as u64) as u32
            } else {
                wire.words()[at]
            }
        });
        // The host's own words come first, then the passage in the sentences it had.
        let own = host.words().len().min(100);
        let words: Vec<u32> = host.words()[..own].iter().copied().chain(changed).collect();
        let whole =
            host.sentences().iter().filter(|sentence| sentence.end as usize <= own).copied();
        let taken = wire.sentences().iter().filter_map(|sentence| {
            let (from, to) = (
                (sentence.start as usize).max(copied.start),
                (sentence.end as usize).min(copied.end),
            );
            (from < to).then(|| WordRange::new(own + from - copied.start, own + to - copied.start))
        });
        let sentences: Vec<WordRange> = whole.chain(taken).collect();
        let sketch = |words: &[u32], sentences: &[WordRange]| {
            passage(words, sentences, background, &options.sketch)
        };
        let mut kept: FxHashMap<u64, i64> = FxHashMap::default();
        for value in sketch(wire.words(), wire.sentences()) {
            kept.insert(value.key, i64::from(value.word));
        }
        let diagonal = copied.start as i64 - own as i64;
        let near = i64::from(options.candidates.diagonals);
        let shared = sketch(&words, &sentences)
            .iter()
            .filter_map(|value| Some(kept.get(&value.key)? - i64::from(value.word)))
            .filter(|at| (at - diagonal).abs() <= near)
            .count();
        Some(shared >= options.candidates.values)
    }
}
