//! Pairs of articles that may share a passage, from the values their passage sketches share.

mod hit;
mod posting;
mod shared;

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::{ArticleIx, Pair};
use crate::error::Result;
use crate::shelf::{Room, Spool};
use crate::sketch::PassageOptions;
use crate::story::Story;
use crate::words::{Background, Worth};
use hit::Hit;
use posting::{PARTS, Posting, postings};
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
/// What is known of all articles are these runs, and for each article where it stands in them, put away
/// slice by slice; its partners are looked up when it is its turn. So no more than the pairs of a slice
/// are in memory at once.
#[derive(Debug)]
pub struct Candidates<'a> {
    corpus: Corpus<'a>,
    options: &'a Options,
    /// What several articles share, by the first bits of the value.
    parts: Vec<Shared>,
    /// Where the articles of each slice stand in it.
    slices: std::vec::IntoIter<Spool<Stand>>,
    /// The first article of the next slice.
    first: u32,
    /// Articles of a slice.
    slice: u32,
    stats: Stats,
}

/// Articles of a slice at least, and slices at most: each is a file, if there is no room in memory.
const SLICE: usize = 1 << 15;
const SLICES: usize = 64;

impl<'a> Candidates<'a> {
    /// Takes all articles but those that are `left_out`.
    pub fn new(
        left_out: &[bool],
        corpus: Corpus<'a>,
        options: &'a Options,
        room: &Room,
    ) -> Result<Self> {
        let articles = corpus.stories.len();
        let slice = articles.div_ceil(SLICES).max(SLICE);
        let slices = articles.div_ceil(slice);
        let slices: Vec<Spool<Stand>> = (0..slices).map(|_| Spool::one_of(room, slices)).collect();
        let runs_room = room.apart()?;
        let shared = |(part, postings): (usize, Spool<Posting>)| {
            let shared = Shared::of(postings.take()?, corpus.rank, options, &runs_room)?;
            let mut stands: Vec<Vec<Stand>> = vec![Vec::new(); slices.len()];
            for (article, number) in shared.places() {
                let (slice, article) = (article.ix() / slice, article.ix() % slice);
                stands[slice].push(Stand::new(article, part, number));
            }
            slices.iter().zip(stands).try_for_each(|(slice, stands)| slice.put(&stands))?;
            Ok(shared)
        };
        let parts = postings(&corpus, left_out, room)?;
        let parts: Vec<Shared> =
            parts.into_par_iter().enumerate().map(shared).collect::<Result<_>>()?;
        let sum = |count: fn(&Shared) -> u64| parts.iter().map(count).sum();
        let stats = Stats {
            values: sum(|part| part.values),
            hot_values: sum(|part| part.hot_values),
            hot_places: sum(|part| part.hot_places),
            ..Stats::default()
        };
        let (slices, slice) = (slices.into_iter(), slice as u32);
        Ok(Self { corpus, options, parts, slices, first: 0, slice, stats })
    }

    /// What was looked at so far.
    pub fn stats(&self) -> Stats {
        self.stats
    }

    /// The pairs of the next articles, in order, and who these articles are; `None` after the last.
    pub fn next_slice(&mut self) -> Result<Option<(Vec<Pair>, Range<u32>)>> {
        let Some(slice) = self.slices.next() else { return Ok(None) };
        let mut stands = slice.take()?;
        stands.par_sort_unstable();
        let (hits, pairs): (Vec<u64>, Vec<Vec<Pair>>) = stands
            .par_chunk_by(|x, y| x.article() == y.article())
            .map_init(Vec::new, |hits, of_one| self.partners(of_one, hits))
            .unzip();
        let pairs = pairs.concat();
        self.stats.hits += hits.iter().sum::<u64>();
        self.stats.candidates += pairs.len() as u64;
        let first = self.first;
        self.first = first.saturating_add(self.slice).min(self.corpus.stories.len() as u32);
        Ok(Some((pairs, first..self.first)))
    }

    /// How many hits an article has, and the pairs that they come to; `hits` is used anew each time.
    fn partners(&self, stands: &[Stand], hits: &mut Vec<Hit>) -> (u64, Vec<Pair>) {
        let article = ArticleIx(self.first + stands[0].article());
        hits.clear();
        for stand in stands {
            self.parts[stand.part()]
                .pair_up(stand.number(), |place, other| hits.push(Hit::new(place, other)));
        }
        hits.sort_unstable();
        let pairs = hits.chunk_by(|x, y| x.other == y.other).filter_map(|hits| {
            let pair = Pair { a: article, b: hits[0].other };
            Hit::suffice(hits, pair, &self.corpus, self.options).then_some(pair)
        });
        (hits.len() as u64, pairs.collect())
    }
}

/// Where an article stands among what articles share: in order of articles, parts and numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
struct Stand(u64);

impl Stand {
    const NUMBER: u32 = u32::BITS;
    const PART: u32 = PARTS.ilog2();

    /// Place `number` of part `part` is the article's, which is counted within its slice.
    fn new(article: usize, part: usize, number: u32) -> Self {
        Self(
            (article as u64) << (Self::NUMBER + Self::PART)
                | (part as u64) << Self::NUMBER
                | u64::from(number),
        )
    }

    fn article(self) -> u32 {
        (self.0 >> (Self::NUMBER + Self::PART)) as u32
    }

    fn part(self) -> usize {
        (self.0 >> Self::NUMBER) as usize % PARTS
    }

    fn number(self) -> u32 {
        self.0 as u32
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
        let (weights, sketch) = (Weights::new(&background, &counts, 0), PassageOptions::default());
        let worth: Vec<Worth> = stories.iter().map(|s| weights.of_article(s.words())).collect();
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
        let (pairs, articles) = found.next_slice().unwrap().unwrap();
        assert_eq!(articles, 0..stories.len() as u32);
        assert!(found.next_slice().unwrap().is_none());
        (pairs.into_iter().map(|pair| (pair.a.0, pair.b.0)).collect(), found.stats())
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
