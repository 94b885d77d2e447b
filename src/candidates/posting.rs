//! Postings: which value stands where, and the runs of those that several articles share.

use std::ops::Range;

use super::{Corpus, Hit, Options};
use crate::article::ArticleIx;
use crate::hash;
use crate::sketch::Shingle;

/// One value of an article's passage sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posting {
    /// The value.
    pub key: u64,
    /// Whose.
    pub article: ArticleIx,
    /// Its first word.
    pub word: u32,
}

impl Posting {
    /// The posting of a shingle.
    pub fn new(article: ArticleIx, shingle: Shingle) -> Self {
        Self { key: shingle.key, article, word: shingle.word }
    }

    /// Postings are in order of values, then of places.
    fn order(&self) -> u128 {
        let place = u64::from(self.article.0) << 32 | u64::from(self.word);
        u128::from(self.key) << 64 | u128::from(place)
    }
}

/// Postings are kept in so many parts by the first bits of their values: each part is sorted by itself.
const PARTS: usize = 64;

/// The postings of some articles.
#[derive(Debug, Clone, Default)]
pub struct Postings {
    /// Nothing, or [`PARTS`] parts.
    parts: Vec<Vec<Posting>>,
}

impl Postings {
    /// Adds one.
    pub fn push(&mut self, posting: Posting) {
        if self.parts.is_empty() {
            self.parts.resize_with(PARTS, Vec::new);
        }
        self.parts[(posting.key >> 58) as usize].push(posting);
    }

    /// Drops those of articles that are `left_out`.
    pub fn drop_of(&mut self, left_out: &[bool]) {
        for part in &mut self.parts {
            part.retain(|posting| !left_out[posting.article.ix()]);
        }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.parts.iter().map(Vec::len).sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// The postings of all articles by part, still in chunks.
pub(super) fn by_part(postings: Vec<Postings>) -> Vec<Vec<Vec<Posting>>> {
    let mut parts: Vec<Vec<Vec<Posting>>> = vec![Vec::new(); PARTS];
    for of_some in postings {
        for (part, chunk) in parts.iter_mut().zip(of_some.parts) {
            part.push(chunk);
        }
    }
    parts
}

/// Those postings of one part whose value stands in several articles.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Runs of postings with one key, each of two articles at least, which pair all with all.
    runs: Vec<Posting>,
    /// Groups of postings of which the first few pair with all others.
    stars: Vec<Vec<Posting>>,
    /// Values that were in too many articles to pair them all.
    pub(super) hot_values: u64,
    /// Places where they stand.
    pub(super) hot_places: u64,
}

impl Corpus<'_> {
    /// Bits of the words that a value stands for.
    fn bits(&self, posting: Posting) -> f32 {
        let first = posting.word as usize;
        let words = &self.stories[posting.article.ix()].words[first..first + self.sketch.shingle];
        words.iter().map(|&word| self.weights.rarity(word)).sum()
    }
}

/// Of what a value was worth by the shipped background this much at least must be left in the corpus: what
/// it takes off a value of frequent words in a language that the background does not know is far more.
const LEFT_OF_IT: f32 = 0.7;

/// Words before a hot value's own that are looked at with it, and words in all.
const CONTEXT_BEFORE: usize = 2;
const CONTEXT: usize = 8;

/// Articles of lowest rank that a large group is compared with.
pub(super) const STAR: usize = 4;

impl Shared {
    /// Sorts the postings of one part, which come in chunks, and drops what stands in one article only.
    pub(super) fn of(chunks: Vec<Vec<Posting>>, corpus: &Corpus<'_>, options: &Options) -> Self {
        let mut all = Vec::with_capacity(chunks.iter().map(Vec::len).sum());
        for mut chunk in chunks {
            all.append(&mut chunk);
        }
        all.sort_unstable_by_key(Posting::order);
        let mut shared = Self::default();
        let runs = all.chunk_by(|x, y| x.key == y.key);
        // Whether a value stands in several articles and is evidence there: the shipped background, by
        // which it was chosen, may not know the language.
        let counts = |run: &&[Posting]| {
            run[0].article != run[run.len() - 1].article
                && corpus.bits(run[0]) >= corpus.sketch.min_bits * LEFT_OF_IT
        };
        for run in runs.filter(counts) {
            if run.len() <= options.hot_above {
                shared.runs.extend_from_slice(run);
            } else {
                shared.hot_values += 1;
                shared.hot_places += run.len() as u64;
                shared.split(run, corpus, options.hot_above);
            }
        }
        shared.runs.shrink_to_fit();
        shared
    }

    /// Takes the postings of a hot value apart by the words around it.
    fn split(&mut self, run: &[Posting], corpus: &Corpus<'_>, hot_above: usize) {
        let mut in_context: Vec<(u64, u32, Posting)> = run
            .iter()
            .filter_map(|&posting| {
                let words = &corpus.stories[posting.article.ix()].words;
                let start = (posting.word as usize)
                    .saturating_sub(CONTEXT_BEFORE)
                    .min(words.len().checked_sub(CONTEXT)?);
                let key = hash::shingle(&words[start..start + CONTEXT]);
                Some((key, corpus.rank[posting.article.ix()], Posting { key, ..posting }))
            })
            .collect();
        in_context.sort_unstable_by_key(|(_, rank, posting)| (posting.key, *rank, posting.word));
        for group in in_context.chunk_by(|x, y| x.0 == y.0) {
            let group = group.iter().map(|&(.., posting)| posting);
            if group.len() <= hot_above {
                let first = self.runs.len();
                self.runs.extend(group);
                self.runs[first..].sort_unstable_by_key(Posting::order);
            } else {
                self.stars.push(group.collect());
            }
        }
    }

    /// How many hits there are, at most.
    pub(super) fn hits(&self) -> u64 {
        let pairs = |run: &[Posting]| run.len() as u64 * (run.len() as u64 - 1) / 2;
        let runs: u64 = self.runs.chunk_by(|x, y| x.key == y.key).map(pairs).sum();
        runs + self.stars.iter().map(|star| (star.len() * STAR) as u64).sum::<u64>()
    }

    /// Adds the hits of pairs of which the first article is among `articles`.
    pub(super) fn hits_of(&self, articles: Range<u32>, hits: &mut Vec<Hit>) {
        let mut pair_up = |first: Posting, others: &[Posting]| {
            let others = others.iter().filter(|other| {
                let before = first.article.min(other.article);
                other.article != first.article && articles.contains(&before.0)
            });
            hits.extend(others.map(|&other| Hit::new(first, other)));
        };
        for run in self.runs.chunk_by(|x, y| x.key == y.key) {
            // They are in order of articles: the first of a pair stands before the other.
            let from = run.partition_point(|posting| posting.article.0 < articles.start);
            let to = run.partition_point(|posting| posting.article.0 < articles.end);
            for at in from..to {
                pair_up(run[at], &run[at + 1..]);
            }
        }
        for star in &self.stars {
            for (at, &first) in star[..STAR].iter().enumerate() {
                pair_up(first, &star[at + 1..]);
            }
        }
    }
}
