//! Pairs of articles that may share a passage, from the values their passage sketches share.

mod hit;
mod posting;

pub use posting::{Posting, Postings};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::Pair;
use crate::sketch::PassageOptions;
use crate::story::Story;
use crate::words::Weights;
use hit::Hit;
use posting::Shared;

/// When a pair is worth aligning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Shared values near one diagonal that make a pair a candidate.
    pub values: usize,
    /// How far the diagonals of two values may be apart, in words.
    pub diagonals: u32,
    /// One shared value is enough where the words around it are worth this many bits.
    pub lone_bits: f32,
    /// A value in more articles than this is hot: see [`candidates`].
    pub hot_above: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { values: 2, diagonals: 24, lone_bits: 45.0, hot_above: 32 }
    }
}

/// The articles that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// Their stories.
    pub stories: &'a [Story],
    /// What words are worth in them.
    pub weights: &'a Weights<'a>,
    /// Their order, each number once: which may stand for others.
    pub rank: &'a [u32],
    /// How they were sketched.
    pub sketch: &'a PassageOptions,
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Values of passage sketches.
    pub values: u64,
    /// Values in more articles than [`Options::hot_above`].
    pub hot_values: u64,
    /// Places where such a value stands.
    pub hot_places: u64,
    /// Pairs of places with an equal value.
    pub hits: u64,
    /// Pairs of articles to align.
    pub candidates: u64,
}

/// Pairs of articles whose sketches share enough values, in order.
///
/// Values are sorted into runs; a run says that its articles pair. A hot value, which stands in very
/// many articles, is looked at with the words around it: articles that agree on eight words pair, all
/// with all in a group that is small, and in a large one each with the few of lowest `rank`, so that
/// the most reprinted stories cost a star and are not lost.
///
/// `postings` are those of the articles in any order. What they hit is found for a slice of the articles
/// at a time, which bounds the memory.
pub fn candidates(
    postings: Vec<Postings>,
    corpus: &Corpus<'_>,
    options: &Options,
) -> (Vec<Pair>, Stats) {
    let values = postings.iter().map(Postings::len).sum::<usize>() as u64;
    let shared: Vec<Shared> = posting::by_part(postings)
        .into_par_iter()
        .map(|part| Shared::of(part, corpus, options))
        .collect();
    let hits: u64 = shared.iter().map(Shared::hits).sum();
    let is_candidate = |hits: &&[Hit]| {
        hits.windows(options.values).any(|near| {
            near[near.len() - 1].diagonal.abs_diff(near[0].diagonal) <= options.diagonals
        }) || hits.iter().any(|hit| hit.bits_around(corpus) >= options.lone_bits)
    };
    let slices = (hits / HITS_AT_ONCE).min(MOST_SLICES) as usize + 1;
    let slice = corpus.stories.len().div_ceil(slices).max(1) as u32;
    let mut pairs = Vec::new();
    for first in (0..corpus.stories.len() as u32).step_by(slice as usize) {
        let mut hits: Vec<Hit> = shared
            .par_iter()
            .map(|shared| {
                let mut hits = Vec::new();
                shared.hits_of(first..first.saturating_add(slice), &mut hits);
                hits
            })
            .flatten_iter()
            .collect();
        hits.par_sort_unstable_by_key(Hit::order);
        pairs.par_extend(
            hits.par_chunk_by(|x, y| x.pair == y.pair)
                .filter(is_candidate)
                .map(|hits| hits[0].pair),
        );
    }
    let hot_values = shared.iter().map(|shared| shared.hot_values).sum();
    let hot_places = shared.iter().map(|shared| shared.hot_places).sum();
    let stats = Stats { values, hot_values, hot_places, hits, candidates: pairs.len() as u64 };
    (pairs, stats)
}

/// Hits of one slice, about: some thirty megabytes of them.
const HITS_AT_ONCE: u64 = 2 << 20;

/// All values are looked at for each slice: with more of them than this the time would grow faster than
/// the corpus.
const MOST_SLICES: u64 = 12;

#[cfg(test)]
mod tests {
    use super::posting::STAR;
    use super::*;
    use crate::article::ArticleIx;
    use crate::sketch::{PassageOptions, passage};
    use crate::span::WordRange;
    use crate::words::{Background, Counts};

    fn story(words: Vec<u32>) -> Story {
        let sentences = (0..words.len())
            .step_by(20)
            .map(|start| WordRange::new(start, (start + 20).min(words.len())))
            .collect();
        Story { words: words.into(), sentences, ..Story::default() }
    }

    fn pairs(stories: &[Story]) -> (Vec<(u32, u32)>, Stats) {
        let (background, counts) = (Background::shipped(), Counts::default());
        let (weights, sketch) = (Weights::new(&background, &counts, 0), PassageOptions::default());
        let mut postings = Postings::default();
        for (story, ix) in stories.iter().zip(0..) {
            for shingle in passage(&story.words, &story.sentences, &background, &sketch) {
                postings.push(Posting::new(ArticleIx(ix), shingle));
            }
        }
        let rank: Vec<u32> = (0..stories.len() as u32).collect();
        let corpus = Corpus { stories, weights: &weights, rank: &rank, sketch: &sketch };
        let (pairs, stats) = candidates(vec![postings], &corpus, &Options::default());
        (pairs.into_iter().map(|pair| (pair.a.0, pair.b.0)).collect(), stats)
    }

    #[test]
    fn a_shared_sentence_makes_a_pair_and_a_shared_phrase_does_not() {
        let (pairs, _) = pairs(&[
            story((0..60).collect()),
            story((1000..1020).chain(20..40).chain(1020..1040).collect()),
            story((2000..2020).chain(20..23).chain(2020..2040).collect()),
        ]);
        assert_eq!(pairs, [(0, 1)]);
    }

    #[test]
    fn a_sentence_in_a_thousand_articles_costs_a_star() {
        let stories: Vec<Story> = (0..1000)
            .map(|n| story((0..20).chain(10_000 + n * 100..10_040 + n * 100).collect()))
            .collect();
        let (pairs, stats) = pairs(&stories);
        assert!(stats.hot_values > 0);
        // A value that some articles did not keep has other first articles: hence twice the star.
        assert!(pairs.len() <= 1000 * STAR * 2, "{}", pairs.len());
        // Every article still has its link to the first.
        assert!((1..1000).all(|n| pairs.binary_search(&(0, n)).is_ok()));
    }
}
