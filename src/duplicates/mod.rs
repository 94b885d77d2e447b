//! Duplicates: articles that resemble one another as a whole, for those who want no more than that.
//!
//! What deduplicators do, a hundred times cheaper than looking for passages: MinHash sketches in bands
//! (Broder 1997; Leskovec, Rajaraman & Ullman 2014, chapter 3), and no pair is taken on a sketch's word:
//! each is verified on all its shingles.

mod bands;
mod proof;
mod shingles;

pub use proof::{BANDS, Proof};

use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::article::{ArticleIx, Pair};
use crate::forest::Forest;
use crate::hash;
use bands::{With, bands};
use shingles::Shingles;

/// What counts as a duplicate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Least resemblance of two articles that are joined: Jaccard similarity of their sets of shingles of
    /// five words, `0..=1`. Of pairs at .5 bands find .87, at .6 .99, and nearly all above: see
    /// [`chance`].
    pub resemblance: f64,
    /// Least resemblance of a near duplicate to the first of its group, `0..=1`.
    pub near: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self { resemblance: 0.5, near: 0.8 }
    }
}

/// The chance that two articles of a certain resemblance are compared: `1 - (1 - J^4)^32`.
pub fn chance(resemblance: f64) -> f64 {
    1.0 - (1.0 - resemblance.powi(proof::ROWS as i32)).powi(BANDS as i32)
}

/// Two articles that resemble one another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Twins {
    /// Who they are.
    pub pair: Pair,
    /// Shingles that both have.
    pub shared: u32,
    /// Different shingles of the first.
    pub of_a: u32,
    /// Different shingles of the second.
    pub of_b: u32,
}

impl Twins {
    /// Jaccard similarity of their sets of shingles.
    pub fn resemblance(&self) -> f64 {
        let either = self.of_a + self.of_b - self.shared;
        if either == 0 { 1.0 } else { f64::from(self.shared) / f64::from(either) }
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Duplicates {
    /// Groups of articles that are joined by resemblance, largest first; members in order.
    pub groups: Vec<Vec<ArticleIx>>,
    /// Those pairs that join them, in order: one less than there are members. Two of a group may resemble
    /// each other less than they do a third.
    pub links: Vec<Twins>,
    /// For each article the first of its group, if it nearly equals that.
    pub near: Vec<Option<ArticleIx>>,
    /// The work done.
    pub stats: Stats,
}

/// How much work it was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Stats {
    /// Words in all articles.
    pub words: u64,
    /// Pairs of articles whose sketches agree enough, and that were verified on all shingles; some of
    /// them more than once.
    pub verified: u64,
    /// Bands of so many articles that these were compared with the first few of them only.
    pub hot_bands: u64,
}

/// Pairs that were verified which are remembered, for each article: news has one.
const REMEMBERED: usize = 4;
/// Articles compared with one other in one go.
const AT_ONCE: usize = 256;

/// Finds the duplicates among articles; `rank` tells which of a group is its first, the one of lowest rank.
pub fn duplicates(proofs: &[Proof], rank: &[u64], options: &Options) -> Duplicates {
    let mut found = Duplicates::default();
    found.stats.words = proofs.par_iter().map(|proof| u64::from(proof.words)).sum();
    let (mut forest, own) = equal(proofs, &mut found.links);
    // Many pairs agree in several bands. Where there are too many to remember, some are verified again.
    let mut done = FxHashSet::<(u32, u32)>::default();
    let most = REMEMBERED * proofs.len();
    for band in bands(&own, proofs) {
        for of in [With::First, With::Others] {
            let mut pairs = bands::pairs(&band, of, &mut forest, &mut found.stats);
            pairs.retain(|pair| !done.contains(pair));
            done.extend(pairs.iter().take(most - done.len().min(most)));
            for twins in verified(&pairs, proofs, options.resemblance, &mut found.stats) {
                let Pair { a, b } = twins.pair;
                if forest.root(a.0) != forest.root(b.0) {
                    forest.join(a.0, b.0);
                    found.links.push(twins);
                }
            }
        }
    }
    found.links.sort_unstable_by_key(|twins| twins.pair);
    let groups = forest.groups();
    found.near = near(&groups, proofs, rank, options.near, &found.links, &mut found.stats);
    found.groups =
        groups.into_iter().map(|group| group.into_iter().map(ArticleIx).collect()).collect();
    found.groups.sort_by_key(|group| (usize::MAX - group.len(), group[0]));
    found
}

/// Joins articles with the same words; gives those that are the first of their kind.
fn equal(proofs: &[Proof], links: &mut Vec<Twins>) -> (Forest, Vec<u32>) {
    let mut forest = Forest::new(proofs.len());
    let mut keyed: Vec<(u64, u32)> = proofs
        .par_iter()
        .zip(0..proofs.len() as u32)
        .filter(|(proof, _)| proof.words > 0)
        .map(|(proof, ix)| (hash::shingle(proof.keys()), ix))
        .collect();
    keyed.par_sort_unstable();
    let of = |ix: u32| proofs[ix as usize].halves();
    let mut own: Vec<u32> = Vec::with_capacity(keyed.len());
    let (mut shingles, mut values) = (Shingles::default(), Vec::new());
    for alike in keyed.chunk_by_mut(|x, y| x.0 == y.0) {
        alike.sort_unstable_by(|x, y| of(x.1).cmp(of(y.1)).then(x.1.cmp(&y.1)));
        for group in alike.chunk_by(|x, y| of(x.1) == of(y.1)) {
            let first = group[0].1;
            own.push(first);
            if group.len() > 1 {
                proofs[first as usize].shingles(&mut values);
                shingles.hold(&values);
                let all = shingles.len();
                for &(_, other) in &group[1..] {
                    forest.join(first, other);
                    let pair = Pair::new(ArticleIx(first), ArticleIx(other));
                    links.push(Twins { pair, shared: all, of_a: all, of_b: all });
                }
            }
        }
    }
    own.sort_unstable();
    (forest, own)
}

/// Those of the pairs, in their order, that resemble each other enough.
fn verified(pairs: &[(u32, u32)], proofs: &[Proof], least: f64, stats: &mut Stats) -> Vec<Twins> {
    let agreeing = proof::least_agreeing(least);
    let may =
        |&&(a, b): &&(u32, u32)| proofs[a as usize].may_resemble(&proofs[b as usize], agreeing);
    let pairs: Vec<(u32, u32)> = pairs.par_iter().filter(may).copied().collect();
    stats.verified += pairs.len() as u64;
    let of_one: Vec<&[(u32, u32)]> =
        pairs.chunk_by(|x, y| x.0 == y.0).flat_map(|pairs| pairs.chunks(AT_ONCE)).collect();
    of_one
        .par_iter()
        .map_init(
            || ([Shingles::default(), Shingles::default()], Vec::new()),
            |([held, met], values), pairs| {
                let a = pairs[0].0;
                proofs[a as usize].shingles(values);
                held.hold(values);
                let twins = |&(_, b): &(u32, u32)| {
                    proofs[b as usize].shingles(values);
                    let (shared, of_b) = held.shared_with(values, least, met)?;
                    let pair = Pair::new(ArticleIx(a), ArticleIx(b));
                    Some(Twins { pair, shared, of_a: held.len(), of_b })
                };
                pairs.iter().filter_map(twins).collect::<Vec<_>>()
            },
        )
        .flatten_iter()
        .collect()
}

/// For each article the first of its group, if it nearly equals that. Links, which are in order of pairs, are
/// not verified again.
fn near(
    groups: &[Vec<u32>],
    proofs: &[Proof],
    rank: &[u64],
    least: f64,
    links: &[Twins],
    stats: &mut Stats,
) -> Vec<Option<ArticleIx>> {
    let mut near = vec![None; proofs.len()];
    let mut unknown = Vec::new();
    let pairs = groups.iter().flat_map(|group| {
        let first = group.iter().copied().min_by_key(|&ix| (rank[ix as usize], ix));
        let pair = move |&other: &u32| first.filter(|&f| f != other).map(|f| (f, other));
        group.iter().filter_map(pair)
    });
    for (first, other) in pairs {
        let pair = Pair::new(ArticleIx(first), ArticleIx(other));
        match links.binary_search_by_key(&pair, |twins| twins.pair) {
            Err(_) => unknown.push((first, other)),
            Ok(at) if links[at].resemblance() < least => {}
            Ok(_) => near[other as usize] = Some(ArticleIx(first)),
        }
    }
    for Twins { pair: Pair { a, b }, .. } in verified(&unknown, proofs, least, stats) {
        // Of the two the first of the group is the one that leads pairs.
        let leads = |x: ArticleIx, y: ArticleIx| (rank[x.ix()], x) < (rank[y.ix()], y);
        let (first, other) = if leads(a, b) { (a, b) } else { (b, a) };
        near[other.ix()] = Some(first);
    }
    near
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(stories: &[Vec<u32>]) -> Duplicates {
        let proofs: Vec<Proof> = stories.iter().map(|words| Proof::of_words(words)).collect();
        let rank: Vec<u64> = (0..stories.len() as u64).rev().collect();
        duplicates(&proofs, &rank, &Options::default())
    }

    fn members(found: &Duplicates) -> Vec<Vec<u32>> {
        found.groups.iter().map(|group| group.iter().map(|ix| ix.0).collect()).collect()
    }

    #[test]
    fn equal_near_and_half_are_joined_and_others_are_not() {
        let stories = [
            (0..300).collect::<Vec<u32>>(),
            (0..300).collect(),
            (0..290).chain(5000..5010).collect(),
            (100..300).chain(6000..6060).collect(),
            (250..500).collect(),
            vec![],
            vec![],
            vec![7, 8],
        ];
        let found = found(&stories);
        assert_eq!(members(&found), [vec![0, 1, 2, 3]]);
        assert_eq!(found.links.len(), 3);
        // The last by rank is the first of the group; only what nearly equals it is its duplicate.
        let firsts: Vec<Option<u32>> = found.near.iter().map(|near| near.map(|ix| ix.0)).collect();
        assert_eq!(firsts, [None; 8]);
        assert!(found.links.iter().all(|twins| twins.resemblance() >= 0.5));
    }

    #[test]
    fn what_is_linked_is_verified_once() {
        let text = |last: std::ops::Range<u32>| (0..300).chain(last).collect::<Vec<u32>>();
        // The first two have .98 in common, the last .76 with either.
        let stories = [text(900..903), text(950..953), text(1000..1090), vec![5; 9]];
        let found = found(&stories);
        assert_eq!(members(&found), [vec![0, 1, 2]]);
        let near: Vec<bool> = found.near.iter().map(Option::is_some).collect();
        assert_eq!((near, found.links.len()), (vec![false; 4], 2));
        assert_eq!(found.stats.verified, 2 + 1, "two links, and the last with the first");
    }

    #[test]
    fn tiny_articles_are_told_apart() {
        let stories: Vec<Vec<u32>> = (0..3000).map(|n| vec![hash::mix(n) as u32; 3]).collect();
        let found = found(&stories);
        assert_eq!((found.groups.len(), found.stats.hot_bands), (0, 0));
        assert!(found.stats.verified < 100, "{:?}", found.stats);
    }

    #[test]
    fn a_thousand_of_one_story_cost_a_star() {
        let stories: Vec<Vec<u32>> = (0..1000)
            .map(|n| (0..300).map(|w| if w == n % 300 { 5000 + n } else { w }).collect())
            .collect();
        let found = found(&stories);
        assert_eq!(found.groups.len(), 1);
        assert_eq!(found.groups[0].len(), 1000);
        assert!(found.stats.hot_bands > 0);
        assert!(found.stats.verified < 20_000, "{:?}", found.stats);
        assert_eq!(found.near.iter().flatten().count(), 999);
    }

    #[test]
    fn bands_find_what_they_promise() {
        assert!(chance(0.7) > 0.9998 && chance(0.5) > 0.87 && chance(0.2) < 0.06);
    }
}
