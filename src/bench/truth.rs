//! Which pairs of articles are alike, exactly, and which share copy: what others' pairs are held against.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::accuracy::rows;
use crate::collapse::jaccard;
use crate::error::{Error, Result};
use crate::forest::Forest;
use crate::hash;
use crate::synth::{Event, Label};

/// How many of a program's pairs are right, and of the right ones found; shares are 0 to 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Found {
    /// Pairs it gave, of all articles.
    pub pairs: u64,
    /// Share of the pairs of Jaccard similarity [`LIKE`] and more that were found.
    pub alike: f64,
    /// The same of [`HALF_LIKE`] and more.
    pub half_alike: f64,
    /// Share of the same that the pairs join, be it through others.
    pub joined: f64,
    /// Share of the pairs given that share copy in truth.
    pub precision: f64,
    /// Share of the pairs that share copy in truth that were given.
    pub recall: f64,
}

impl Found {
    /// The harmonic mean of precision and recall.
    pub fn f1(&self) -> f64 {
        let sum = self.precision + self.recall;
        if sum > 0.0 { 2.0 * self.precision * self.recall / sum } else { 0.0 }
    }
}

/// Jaccard similarity of near duplicates, as the benchmarks of deduplication have it.
pub const LIKE: f64 = 0.7;

/// And of pairs that a sketch of whole articles is said to find still.
pub const HALF_LIKE: f64 = 0.5;

/// What is true of the pairs of the first articles of a corpus.
///
/// Similarity is that of the sets of runs of five words, lower-cased letters and digits, of two
/// whole texts; it is counted, not estimated, for all pairs that there are. Copy is what the generator
/// says: only events whose pairs are all known count, see [`crate::synth::COMPLETE`].
#[derive(Debug)]
pub struct Truth {
    numbers: FxHashMap<String, u32>,
    /// Pairs of [`HALF_LIKE`] and more.
    alike: FxHashMap<(u32, u32), f64>,
    /// Pairs that share copy.
    copy: FxHashSet<(u32, u32)>,
    /// Whether all pairs of an article are known.
    complete: Vec<bool>,
}

/// Words of a run, as deduplication of corpora has it.
const WORDS: usize = 5;

impl Truth {
    /// Of the articles that are [`super::looked_at`].
    pub fn of(events: &[Event]) -> Self {
        let mut truth = Self {
            numbers: FxHashMap::default(),
            alike: FxHashMap::default(),
            copy: FxHashSet::default(),
            complete: Vec::new(),
        };
        let mut texts = Vec::new();
        for event in events {
            let first = truth.complete.len() as u32;
            for told in &event.articles {
                let number = truth.complete.len() as u32;
                truth.numbers.insert(told.article.id.clone(), number);
                truth.complete.push(event.is_complete());
                texts.push(told.article.text.as_str());
            }
            if event.is_complete() {
                let copy = event.pairs.iter().filter(|pair| pair.label == Label::Copy);
                truth
                    .copy
                    .extend(copy.map(|pair| ordered(first + pair.a as u32, first + pair.b as u32)));
            }
        }
        truth.alike = alike(&texts, HALF_LIKE);
        truth
    }

    /// How many pairs are [`LIKE`] and [`HALF_LIKE`], and how many share copy.
    pub fn sizes(&self) -> [u64; 3] {
        let like = self.alike.values().filter(|&&similarity| similarity >= LIKE).count();
        [like as u64, self.alike.len() as u64, self.copy.len() as u64]
    }

    /// Judges pairs of ids; what is given twice counts once.
    pub fn judge(&self, pairs: impl Iterator<Item = Result<(String, String)>>) -> Result<Found> {
        let (mut all, mut given) = (FxHashSet::default(), FxHashSet::default());
        let mut joined = Forest::new(self.complete.len());
        for pair in pairs {
            let (a, b) = pair?;
            let [x, y] = [&a, &b].map(|id| hash::bytes(id.as_bytes(), 0));
            all.insert((x.min(y), x.max(y)));
            if let (Some(&a), Some(&b)) = (self.numbers.get(&a), self.numbers.get(&b)) {
                given.insert(ordered(a, b));
                joined.join(a, b);
            }
        }
        let share = |right: usize, of: usize| right as f64 / of.max(1) as f64;
        let alike = |least: f64| {
            let of = self.alike.iter().filter(|&(_, &similarity)| similarity >= least);
            share(of.clone().filter(|&(pair, _)| given.contains(pair)).count(), of.count())
        };
        let known = |&&(a, b): &&(u32, u32)| self.complete[a as usize] && self.complete[b as usize];
        let right = self.copy.iter().filter(|&pair| given.contains(pair)).count();
        let together = self.alike.keys().filter(|&&(a, b)| joined.root(a) == joined.root(b));
        Ok(Found {
            pairs: all.len() as u64,
            alike: alike(LIKE),
            half_alike: alike(HALF_LIKE),
            joined: share(together.count(), self.alike.len()),
            precision: share(right, given.iter().filter(known).count()),
            recall: share(right, self.copy.len()),
        })
    }
}

fn ordered(a: u32, b: u32) -> (u32, u32) {
    (a.min(b), a.max(b))
}

/// The pairs that a program wrote, two ids a line with a tab between.
pub fn pairs_of(path: &Path) -> Result<impl Iterator<Item = Result<(String, String)>>> {
    let file = BufReader::new(File::open(path).map_err(Error::io(path))?);
    let path = path.to_owned();
    Ok(file.lines().map(move |line| {
        let line = line.map_err(Error::io(&path))?;
        let (a, b) = line.split_once('\t').unwrap_or((&line, ""));
        Ok((a.to_owned(), b.to_owned()))
    }))
}

/// The pairs that a run of ours links by copy, or has as near duplicates of one article.
pub fn pairs_of_run(run: &Path) -> Result<impl Iterator<Item = Result<(String, String)>>> {
    #[derive(Deserialize)]
    struct Link {
        a: String,
        b: String,
        relation: String,
    }
    #[derive(Deserialize)]
    struct Article {
        id: String,
        near_duplicate_of: Option<String>,
    }
    let links = rows::<Link>(run.join("links.jsonl"), |_| true)?.filter_map(|link| match link {
        Ok(Link { a, b, relation }) => (relation == "copy").then_some(Ok((a, b))),
        Err(error) => Some(Err(error)),
    });
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for article in rows::<Article>(run.join("articles.jsonl"), |_| true)? {
        let Article { id, near_duplicate_of } = article?;
        if let Some(first) = near_duplicate_of {
            groups.entry(first).or_default().push(id);
        }
    }
    let near = groups.into_iter().flat_map(|(first, mut group)| {
        group.push(first);
        let places = (0..group.len()).flat_map(|at| (0..at).map(move |before| (before, at)));
        places.map(move |(x, y)| Ok((group[x].clone(), group[y].clone()))).collect::<Vec<_>>()
    });
    Ok(links.chain(near))
}

/// All pairs of texts of at least this similarity, exactly.
///
/// Two sets that are so much alike share one of the rarest runs of either: of a set of n those but for
/// the `least * n` commonest (the prefix filter of Chaudhuri, Ganti & Kaushik 2006). Pairs that share
/// one are counted out.
fn alike(texts: &[&str], least: f64) -> FxHashMap<(u32, u32), f64> {
    let mut sets: Vec<Vec<u64>> = texts.par_iter().map(|text| runs(text)).collect();
    let mut counts: FxHashMap<u64, u32> = FxHashMap::default();
    sets.iter().flatten().for_each(|&run| *counts.entry(run).or_default() += 1);
    sets.par_iter_mut().for_each(|set| set.sort_unstable_by_key(|run| (counts[run], *run)));
    let prefix = |set: &[u64]| set.len() + 1 - (least * set.len() as f64).ceil().max(1.0) as usize;
    let mut rare: FxHashMap<u64, Vec<u32>> = FxHashMap::default();
    for (set, ix) in sets.iter().zip(0..) {
        for &run in &set[..prefix(set).min(set.len())] {
            if counts[&run] > 1 {
                rare.entry(run).or_default().push(ix);
            }
        }
    }
    let rarest = |set: &Vec<u64>| set[..prefix(set).min(set.len())].to_vec();
    let rarest: Vec<Vec<u64>> = sets.par_iter().map(rarest).collect();
    sets.par_iter_mut().for_each(|set| set.sort_unstable());
    (0..sets.len() as u32)
        .into_par_iter()
        .flat_map_iter(|a| {
            let met = rarest[a as usize].iter().filter_map(|run| rare.get(run)).flatten();
            let mut met: Vec<u32> = met.copied().filter(|&b| b > a).collect();
            met.sort_unstable();
            met.dedup();
            let of_a = &sets[a as usize];
            let (sets, pair) = (&sets, move |b: u32| (a, b));
            met.into_iter()
                .map(move |b| (pair(b), jaccard(of_a, &sets[b as usize])))
                .filter(move |&(_, similarity)| similarity >= least)
        })
        .collect()
}

/// The runs of words of a text, as a sorted set; of a text of fewer words they are one run.
fn runs(text: &str) -> Vec<u64> {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<u32> = words.map(|word| hash::word(word.as_bytes())).collect();
    let mut runs: Vec<u64> = match words.len() {
        0..=WORDS => vec![hash::shingle(&words)],
        _ => words.windows(WORDS).map(hash::shingle).collect(),
    };
    runs.sort_unstable();
    runs.dedup();
    runs
}

#[cfg(test)]
mod tests {
    use super::super::looked_at;
    use super::*;
    use crate::synth::Synth;

    #[test]
    fn every_pair_that_is_alike_is_known() {
        let articles = Synth::new(3).articles(300).unwrap();
        let texts: Vec<&str> = articles.iter().map(|article| article.text.as_str()).collect();
        let sets: Vec<Vec<u64>> = texts.iter().map(|text| runs(text)).collect();
        let mut slow_twin = FxHashMap::default();
        for (b, set) in sets.iter().enumerate() {
            for (a, other) in sets[..b].iter().enumerate() {
                let similarity = jaccard(other, set);
                if similarity >= HALF_LIKE {
                    slow_twin.insert((a as u32, b as u32), similarity);
                }
            }
        }
        assert!(slow_twin.len() > 20, "{}", slow_twin.len());
        assert_eq!(alike(&texts, HALF_LIKE), slow_twin);
    }

    #[test]
    fn who_gives_what_is_true_is_right_and_who_gives_all_finds_it() {
        let synth = Synth::new(4);
        let truth = Truth::of(&looked_at(&synth, 200).unwrap());
        let mut ids = vec![String::new(); truth.numbers.len()];
        truth.numbers.iter().for_each(|(id, &at)| ids[at as usize].clone_from(id));
        let pair = |&(a, b): &(u32, u32)| Ok((ids[b as usize].clone(), ids[a as usize].clone()));
        let found = truth.judge(truth.copy.iter().map(pair)).unwrap();
        assert_eq!((found.precision, found.recall, found.f1()), (1.0, 1.0, 1.0));
        assert!(found.alike > 0.9, "who copies nearly all is alike: {found:?}");

        let count = ids.len() as u32;
        let all: Vec<_> = (0..count).flat_map(|b| (0..b).map(move |a| (a, b))).collect();
        let found = truth.judge(all.iter().map(pair)).unwrap();
        assert_eq!((found.alike, found.half_alike, found.joined), (1.0, 1.0, 1.0));
        assert_eq!((found.recall, found.pairs), (1.0, all.len() as u64));
        assert!(found.precision < 0.1);
        assert_eq!(truth.judge(std::iter::empty()).unwrap(), Found::default());
    }
}
