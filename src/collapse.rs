//! Puts equal and nearly equal articles together before anything costly is done with them.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::article::ArticleIx;
use crate::hash;
use crate::sketch::shingles;
use crate::story::Story;

/// What counts as nearly equal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Least resemblance of a near duplicate: Jaccard similarity of shingles of five words, `0..=1`.
    pub near: f64,
    /// Groups of more articles than this are compared in a star, each with the first only.
    pub star_above: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { near: 0.8, star_above: 32 }
    }
}

/// Bands of an article sketch: with 16 bands of 8 values a pair of resemblance .8 is found with
/// probability .947 and one of .9 with .9999.
pub const BANDS: usize = 16;

/// Which article stands for which: of equals the one of lowest rank for all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Groups {
    /// For every article the first of those it equals or nearly equals, if that is not itself.
    pub near: Vec<Option<ArticleIx>>,
    /// For every article whether it is compared with the one it nearly equals and no other, because
    /// their group is large.
    pub follows: Vec<bool>,
}

impl Groups {
    /// Groups stories by their words. `band_keys` holds [`BANDS`] keys a story; `rank` orders the
    /// articles, each number once, lowest first.
    pub fn of(stories: &[Story], band_keys: &[u64], rank: &[u32], options: &Options) -> Self {
        let same_as = equal(stories, rank);
        let mut near: Vec<Option<ArticleIx>> = vec![None; stories.len()];
        for (a, b) in near_pairs(stories, &same_as, band_keys, rank, options) {
            // Pairs come in order of the rank of b, then of a: what b stands near is settled by then,
            // and chains of near duplicates never form.
            if near[a].is_none() && near[b].is_none() {
                near[b] = Some(ArticleIx(a as u32));
            }
        }
        for (ix, &first) in same_as.iter().enumerate() {
            if first.ix() != ix {
                near[ix] = Some(near[first.ix()].unwrap_or(first));
            }
        }
        let follows = followers(&near, options.star_above);
        Self { near, follows }
    }
}

fn equal(stories: &[Story], rank: &[u32]) -> Vec<ArticleIx> {
    let mut keyed: Vec<(u128, u32, u32)> = stories
        .par_iter()
        .enumerate()
        .filter(|(_, story)| !story.words().is_empty())
        .map(|(ix, story)| (hash::sequence(story.words()), rank[ix], ix as u32))
        .collect();
    keyed.par_sort_unstable();
    let mut same_as: Vec<ArticleIx> = (0..stories.len() as u32).map(ArticleIx).collect();
    for group in keyed.chunk_by(|x, y| x.0 == y.0) {
        for &(_, _, ix) in group {
            same_as[ix as usize] = ArticleIx(group[0].2);
        }
    }
    same_as
}

/// Pairs `(a, b)` of different stories that are near, `a` before `b` in rank, by rank of `b`, then `a`.
fn near_pairs(
    stories: &[Story],
    same_as: &[ArticleIx],
    band_keys: &[u64],
    rank: &[u32],
    options: &Options,
) -> Vec<(usize, usize)> {
    // An article in a bucket is compared with the first few in it: the one all are near is among them.
    const FIRST: usize = 4;
    let own: Vec<u32> = (0..stories.len() as u32)
        .filter(|&ix| same_as[ix as usize].0 == ix && !stories[ix as usize].words().is_empty())
        .collect();
    let mut pairs: Vec<(u32, u32, u32, u32)> = Vec::new();
    for band in 0..BANDS {
        let key = |&ix: &u32| (band_keys[ix as usize * BANDS + band], rank[ix as usize], ix);
        let mut keyed: Vec<(u64, u32, u32)> = own.par_iter().map(key).collect();
        keyed.par_sort_unstable();
        for bucket in keyed.chunk_by(|x, y| x.0 == y.0) {
            for (at, a) in bucket.iter().take(FIRST).enumerate() {
                pairs.extend(bucket[at + 1..].iter().map(|b| (b.1, a.1, a.2, b.2)));
            }
        }
    }
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
        .into_par_iter()
        .map(|(_, _, a, b)| (a as usize, b as usize))
        .filter(|&(a, b)| resemblance(stories[a].words(), stories[b].words()) >= options.near)
        .collect()
}

/// Jaccard similarity of the sets of shingles of two stories, exactly.
pub fn resemblance(a: &[u32], b: &[u32]) -> f64 {
    let set = |words: &[u32]| {
        let mut set = Vec::new();
        shingles(words, &mut set);
        set.sort_unstable();
        set.dedup();
        set
    };
    let (a, b) = (set(a), set(b));
    // Two articles without words are equal.
    if a.is_empty() && b.is_empty() { 1.0 } else { jaccard(&a, &b) }
}

/// Share of the members of either of two sorted sets that both have; 0 if there are none.
pub fn jaccard<T: Ord>(a: &[T], b: &[T]) -> f64 {
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        shared += usize::from(a[i] == b[j]);
        let (a_first, b_first) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(a_first);
        j += usize::from(b_first);
    }
    shared as f64 / (a.len() + b.len() - shared).max(1) as f64
}

fn followers(near: &[Option<ArticleIx>], star_above: usize) -> Vec<bool> {
    let mut sizes = vec![1_usize; near.len()];
    near.iter().flatten().for_each(|first| sizes[first.ix()] += 1);
    near.iter().map(|first| first.is_some_and(|first| sizes[first.ix()] > star_above)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sketch::Sketch;
    use crate::story::Told;

    fn story(words: impl IntoIterator<Item = u32>) -> Story {
        let words: Vec<u32> = words.into_iter().collect();
        Story::new(&Told { words: &words, ..Told::default() })
    }

    fn groups(stories: &[Story], star_above: usize) -> Groups {
        let keys: Vec<u64> =
            stories.iter().flat_map(|s| Sketch::of_words(s.words()).band_keys::<BANDS>()).collect();
        let rank: Vec<u32> = (0..stories.len() as u32).collect();
        Groups::of(stories, &keys, &rank, &Options { star_above, ..Options::default() })
    }

    #[test]
    fn equal_and_near_stand_behind_the_first() {
        let stories = [
            story(0..300),
            story(1000..1300),
            story(0..300),
            story((0..150).chain([9999]).chain(151..300)),
            story([]),
            story([]),
        ];
        let groups = groups(&stories, 32);
        let ix = |n| Some(ArticleIx(n));
        assert_eq!(groups.near, [None, None, ix(0), ix(0), None, None]);
        assert!(groups.follows.iter().all(|follows| !follows));
    }

    #[test]
    fn a_large_group_is_a_star() {
        let stories: Vec<Story> = (0..40)
            .map(|n| story((0..300).map(move |w| if w == n { 5000 + n } else { w })))
            .collect();
        let groups = groups(&stories, 32);
        assert_eq!(groups.follows.iter().filter(|&&follows| follows).count(), 39);
        assert!(!groups.follows[0]);
    }

    #[test]
    fn resemblance_is_jaccard() {
        let words: Vec<u32> = (0..104).collect();
        assert!((resemblance(&words, &words) - 1.0).abs() < 1e-9);
        assert!((resemblance(&words, &words[50..]) - 0.5).abs() < 1e-9);
        assert!(resemblance(&words, &[7, 7, 7]) < 1e-9);
    }
}
