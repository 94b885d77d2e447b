//! Pairs of articles that may share a passage, from the values their passage sketches share.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::{ArticleIx, Pair};
use crate::hash;
use crate::sketch::Shingle;
use crate::story::Story;
use crate::words::Background;

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

/// One value of an article's passage sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
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
}

/// How much was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Values of passage sketches.
    pub values: u64,
    /// Values in more articles than [`Options::hot_above`].
    pub hot_values: u64,
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
pub fn candidates(
    mut postings: Vec<Posting>,
    stories: &[Story],
    background: &Background,
    rank: &[u32],
    options: &Options,
) -> (Vec<Pair>, Stats) {
    postings.par_sort_unstable();
    let runs = Runs { stories, rank, options };
    let (mut hits, hot_values) = postings
        .par_chunk_by(|x, y| x.key == y.key)
        .fold(
            || (Vec::new(), 0),
            |(mut hits, mut hot), run| {
                hot += u64::from(runs.pair_up(run, &mut hits));
                (hits, hot)
            },
        )
        .reduce(|| (Vec::new(), 0), |x, y| (joined(x.0, y.0), x.1 + y.1));
    hits.par_sort_unstable();
    let pairs: Vec<Pair> = hits
        .par_chunk_by(|x, y| x.pair == y.pair)
        .filter(|hits| {
            hits.windows(options.values).any(|near| {
                near[near.len() - 1].diagonal.abs_diff(near[0].diagonal) <= options.diagonals
            }) || hits.iter().any(|hit| bits_around(*hit, stories, background) >= options.lone_bits)
        })
        .map(|hits| hits[0].pair)
        .collect();
    let stats = Stats {
        values: postings.len() as u64,
        hot_values,
        hits: hits.len() as u64,
        candidates: pairs.len() as u64,
    };
    (pairs, stats)
}

/// An equal value in two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Hit {
    pair: Pair,
    /// Its word in a less its word in b.
    diagonal: i32,
    /// Its word in a.
    word: u32,
}

impl Hit {
    fn new(x: Posting, y: Posting) -> Self {
        let (a, b) = if x.article < y.article { (x, y) } else { (y, x) };
        Self {
            pair: Pair { a: a.article, b: b.article },
            diagonal: a.word as i32 - b.word as i32,
            word: a.word,
        }
    }
}

struct Runs<'a> {
    stories: &'a [Story],
    rank: &'a [u32],
    options: &'a Options,
}

/// Words before a hot value's own that are looked at with it, and words in all.
const CONTEXT_BEFORE: usize = 2;
const CONTEXT: usize = 8;

/// Articles of lowest rank that a large group is compared with.
const STAR: usize = 4;

impl Runs<'_> {
    /// Adds the hits of one run of postings with the same key; tells whether the key is hot.
    fn pair_up(&self, run: &[Posting], hits: &mut Vec<Hit>) -> bool {
        if run.len() <= self.options.hot_above {
            all_with_all(run, hits);
            return false;
        }
        let mut in_context: Vec<(u64, u32, Posting)> = run
            .iter()
            .filter_map(|&posting| {
                let words = &self.stories[posting.article.ix()].words;
                let start = (posting.word as usize)
                    .saturating_sub(CONTEXT_BEFORE)
                    .min(words.len().checked_sub(CONTEXT)?);
                let context = &words[start..start + CONTEXT];
                Some((hash::shingle(context), self.rank[posting.article.ix()], posting))
            })
            .collect();
        in_context.sort_unstable();
        for group in in_context.chunk_by(|x, y| x.0 == y.0) {
            let group: Vec<Posting> = group.iter().map(|&(_, _, posting)| posting).collect();
            if group.len() <= self.options.hot_above {
                all_with_all(&group, hits);
            } else {
                for (at, &first) in group[..STAR].iter().enumerate() {
                    push_hits(first, &group[at + 1..], hits);
                }
            }
        }
        true
    }
}

fn all_with_all(run: &[Posting], hits: &mut Vec<Hit>) {
    for (at, &first) in run.iter().enumerate() {
        push_hits(first, &run[at + 1..], hits);
    }
}

fn push_hits(first: Posting, others: &[Posting], hits: &mut Vec<Hit>) {
    let others = others.iter().filter(|other| other.article != first.article);
    hits.extend(others.map(|&other| Hit::new(first, other)));
}

/// Bits of the words that agree on a hit's diagonal, close to it: evidence enough for a lone value
/// in the middle of a much changed passage.
fn bits_around(hit: Hit, stories: &[Story], background: &Background) -> f32 {
    const AROUND: i32 = 12;
    let (a, b) = (&stories[hit.pair.a.ix()].words, &stories[hit.pair.b.ix()].words);
    (hit.word as i32 - AROUND..hit.word as i32 + AROUND)
        .filter_map(|i| {
            let x = a.get(usize::try_from(i).ok()?)?;
            let y = b.get(usize::try_from(i - hit.diagonal).ok()?)?;
            (x == y).then(|| background.bits(*x))
        })
        .sum()
}

fn joined<T>(mut x: Vec<T>, mut y: Vec<T>) -> Vec<T> {
    if x.len() < y.len() {
        std::mem::swap(&mut x, &mut y);
    }
    x.append(&mut y);
    x
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::{PassageOptions, passage};
    use crate::span::WordRange;

    fn story(words: Vec<u32>) -> Story {
        let sentences = (0..words.len())
            .step_by(20)
            .map(|start| WordRange::new(start, (start + 20).min(words.len())))
            .collect();
        Story { words: words.into(), sentences, ..Story::default() }
    }

    fn pairs(stories: &[Story]) -> (Vec<(u32, u32)>, Stats) {
        let background = Background::shipped();
        let postings = stories
            .iter()
            .enumerate()
            .flat_map(|(ix, story)| {
                passage(&story.words, &story.sentences, &background, &PassageOptions::default())
                    .into_iter()
                    .map(move |shingle| Posting::new(ArticleIx(ix as u32), shingle))
            })
            .collect();
        let rank: Vec<u32> = (0..stories.len() as u32).collect();
        let (pairs, stats) = candidates(postings, stories, &background, &rank, &Options::default());
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
