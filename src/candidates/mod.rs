//! Pairs of articles that may share a passage, from the values their passage sketches share.

mod hit;
mod posting;
mod shared;

use std::ops::Range;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::Pair;
use crate::error::Result;
use crate::shelf::{Room, Spool};
use crate::sketch::PassageOptions;
use crate::story::Story;
use crate::words::{Background, Worth};
use hit::Hit;
use posting::{Posting, postings};
use shared::Shared;

/// When a pair is worth aligning.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Shared values near one diagonal that make a pair a candidate.
    pub values: usize,
    /// How far the diagonals of two values may be apart, in words.
    pub diagonals: u32,
    /// And the equal words around one of them must be worth this many bits in both articles: most values
    /// that two articles share are turns of phrase. Tuned with `lone_bits` on edited passages of English
    /// news and an invented corpus (`copytaster synth`): below these, aligning finds nothing more.
    pub near_bits: f32,
    /// One shared value is enough where they are worth this many bits.
    pub lone_bits: f32,
    /// A value in more articles than this is hot: see [`Candidates`].
    pub hot_above: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { values: 2, diagonals: 24, near_bits: 30.0, lone_bits: 45.0, hot_above: 32 }
    }
}

/// The articles that are compared.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// Their stories.
    pub stories: &'a [Story],
    /// What their words are worth.
    pub worth: &'a [Worth],
    /// What words are worth elsewhere.
    pub background: &'a Background,
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

/// Pairs of articles whose sketches share enough values.
///
/// Values are sorted into runs; a run says that its articles pair. A hot value, which stands in very
/// many articles, is looked at with the words beside it: articles that agree on seven words pair, all
/// with all in a group that is small, and in a large one each with the few of lowest `rank`, so that
/// the most reprinted stories cost a star and are not lost.
///
/// Slices of the articles are taken one after the other, and the runs of each in the order in which they lie: so
/// no more than the hits of a slice are in memory at once, and nothing is looked up here and there in what is far
/// larger than memory.
#[derive(Debug)]
pub struct Candidates<'a> {
    corpus: Corpus<'a>,
    options: &'a Options,
    /// What several articles share, by the first bits of the value.
    parts: Vec<Shared>,
    /// The first article of the next slice.
    first: u32,
    /// Articles of a slice.
    slice: u32,
    stats: Stats,
}

/// Memory for the hits of one article, in bytes: news has 350 of them. Those of a slice may take as much as all that
/// there is: they are written once and read once, and can wait in a file as well, while what is looked at of other
/// articles has to be brought in for every slice anew.
const OF_AN_ARTICLE: usize = 1 << 13;
/// However little memory there is, a slice has so many articles at least.
const SLICE: usize = 1 << 10;
/// And however much there is, so many slices are enough, unless they are smaller than that.
const SLICES: usize = 16;
/// Hits of a slice lie in heaps by their other article, of so many articles at least: one fits in a cache while it
/// is put in order, and what is looked at of its articles nearly does.
const HEAP: u32 = 1 << 11;
/// There are so many heaps at most.
const HEAPS: u32 = 256;

impl<'a> Candidates<'a> {
    /// Takes all articles but those that are `left_out`.
    pub fn new(
        left_out: &[bool],
        corpus: Corpus<'a>,
        options: &'a Options,
        room: &Room,
    ) -> Result<Self> {
        let runs_room = room.apart()?;
        let enough = corpus.stories.len().div_ceil(SLICES).max(SLICE);
        let slice = (room.memory() / OF_AN_ARTICLE).clamp(SLICE, enough) as u32;
        let shared = |postings: Spool<Posting>| {
            Shared::of(postings.take()?, corpus.rank, slice, options, &runs_room)
        };
        let parts = postings(&corpus, left_out, room)?;
        let parts = parts.into_par_iter().with_max_len(1);
        let parts: Vec<Shared> = parts.map(shared).collect::<Result<_>>()?;
        let sum = |count: fn(&Shared) -> u64| parts.iter().map(count).sum();
        let stats = Stats {
            values: sum(|part| part.values),
            hot_values: sum(|part| part.hot_values),
            hot_places: sum(|part| part.hot_places),
            ..Stats::default()
        };
        Ok(Self { corpus, options, parts, first: 0, slice, stats })
    }

    /// What was looked at so far.
    pub fn stats(&self) -> Stats {
        self.stats
    }

    /// The pairs of the next articles, in order, and who these articles are; `None` after the last.
    pub fn next_slice(&mut self) -> Option<(Vec<Pair>, Range<u32>)> {
        let articles = self.corpus.stories.len() as u32;
        let of = self.first..self.first.saturating_add(self.slice).min(articles);
        if of.is_empty() {
            return None;
        }
        self.first = of.end;
        let slice = (of.start / self.slice) as usize;
        let width = articles.div_ceil(HEAPS).max(HEAP);
        let heaps = articles.div_ceil(width) as usize;
        let heaped = |part: &Shared| {
            let mut hits = vec![Vec::new(); heaps];
            part.pair_up(slice, &of, |place, other| {
                hits[(other.article.0 / width) as usize].push(Hit::new(place, other));
            });
            hits
        };
        let parts = self.parts.par_iter().with_max_len(1);
        let parts: Vec<Vec<Vec<Hit>>> = parts.map(heaped).collect();
        let pairs_of = |heap: usize| {
            let heaps: Vec<&[Hit]> = parts.iter().map(|heaps| &heaps[heap][..]).collect();
            let mut hits = heaps.concat();
            Hit::sort(&mut hits);
            let of_a_pair = hits.chunk_by(|x, y| x.pair() == y.pair());
            let suffice = |hits: &&[Hit]| Hit::suffice(hits, &self.corpus, self.options);
            let pairs: Vec<Pair> = of_a_pair.filter(suffice).map(|hits| hits[0].pair()).collect();
            (hits.len() as u64, pairs)
        };
        let heaps = (0..heaps).into_par_iter().with_max_len(1);
        let found: Vec<(u64, Vec<Pair>)> = heaps.map(pairs_of).collect();
        let (hits, pairs): (Vec<u64>, Vec<Vec<Pair>>) = found.into_iter().unzip();
        let mut pairs = pairs.concat();
        pairs.par_sort_unstable();
        self.stats.hits += hits.iter().sum::<u64>();
        self.stats.candidates += pairs.len() as u64;
        Some((pairs, of))
    }
}

#[cfg(test)]
mod tests {
    use super::shared::STAR;
    use super::*;
    use crate::hash;
    use crate::span::WordRange;
    use crate::story::Told;
    use crate::words::{Counts, Weights};

    fn story(words: impl Iterator<Item = u32>) -> Story {
        // Words are hashes: any part of one tells it from others.
        let words: Vec<u32> = words.map(|word| hash::mix(u64::from(word)) as u32).collect();
        let sentences: Vec<WordRange> = (0..words.len())
            .step_by(20)
            .map(|start| WordRange::new(start, (start + 20).min(words.len())))
            .collect();
        Story::new(&Told { words: &words, sentences: &sentences, ..Told::default() })
    }

    fn pairs(stories: &[Story]) -> (Vec<(u32, u32)>, Stats) {
        let (background, counts) = (Background::shipped(), Counts::default());
        let (weights, sketch) = (Weights::new(&background, &counts), PassageOptions::default());
        let mut weigher = weights.weigher();
        let worth: Vec<Worth> = stories.iter().map(|s| weigher.of_article(s.words())).collect();
        let room = Room::in_memory();
        let rank: Vec<u32> = (0..stories.len() as u32).collect();
        let corpus = Corpus {
            stories,
            worth: &worth,
            background: &background,
            rank: &rank,
            sketch: &sketch,
        };
        let (options, left_out) = (Options::default(), vec![false; stories.len()]);
        let mut found = Candidates::new(&left_out, corpus, &options, &room).unwrap();
        let (mut pairs, mut last) = (Vec::new(), 0);
        while let Some((of_slice, articles)) = found.next_slice() {
            assert_eq!(articles.start, last);
            last = articles.end;
            pairs.extend(of_slice.into_iter().map(|pair| (pair.a.0, pair.b.0)));
        }
        assert_eq!(last, stories.len() as u32);
        (pairs, found.stats())
    }

    #[test]
    fn a_shared_sentence_makes_a_pair_and_a_shared_phrase_does_not() {
        let (pairs, _) = pairs(&[
            story(0..60),
            story((1000..1020).chain(20..40).chain(1020..1040)),
            story((2000..2020).chain(20..23).chain(2020..2040)),
        ]);
        assert_eq!(pairs, [(0, 1)]);
    }

    #[test]
    fn articles_of_different_slices_pair() {
        const APART: u32 = 1250;
        let stories: Vec<Story> = (0..2 * APART)
            .map(|n| {
                let shared = n % APART * 100;
                story((shared..shared + 20).chain(1_000_000 + n * 100..1_000_040 + n * 100))
            })
            .collect();
        let (pairs, _) = pairs(&stories);
        assert_eq!(pairs, (0..APART).map(|n| (n, n + APART)).collect::<Vec<_>>());
    }

    #[test]
    fn few_and_many_articles_of_different_slices_all_pair() {
        const APART: u32 = 250;
        // Articles of one number beyond these share a sentence: of the first ten five do, and of the others ten.
        let stories: Vec<Story> = (0..10 * APART)
            .map(|n| {
                let shared = match n % APART {
                    few @ 0..10 if n < 5 * APART => few,
                    0..10 => 1000 + n,
                    many => many,
                };
                let own = 1_000_000 + n * 100;
                story((shared * 100..shared * 100 + 20).chain(own..own + 40))
            })
            .collect();
        let mut expected: Vec<(u32, u32)> = Vec::new();
        for n in 0..10 * APART {
            let end = if n % APART < 10 { 5 * APART } else { 10 * APART };
            let others = (n..end).step_by(APART as usize).skip(1);
            expected.extend(others.map(|other| (n, other)));
        }
        assert_eq!(pairs(&stories).0, expected);
    }

    #[test]
    fn a_sentence_in_a_thousand_articles_costs_a_star() {
        let stories: Vec<Story> =
            (0..1000).map(|n| story((0..20).chain(10_000 + n * 100..10_040 + n * 100))).collect();
        let (pairs, stats) = pairs(&stories);
        assert!(stats.hot_values > 0);
        // A value that some articles did not keep has other first articles: hence twice the star.
        assert!(pairs.len() <= 1000 * STAR * 2, "{}", pairs.len());
        // Every article still has its link to the first.
        assert!((1..1000).all(|n| pairs.binary_search(&(0, n)).is_ok()));
    }
}
