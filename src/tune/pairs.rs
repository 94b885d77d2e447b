//! Pairs to look at: where the setting is wrong by the labels, and where judgement is least certain.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

use super::labels::Gold;
use super::setting::Setting;
use super::trial::Trials;
use crate::article::{Article, ArticleIx, Pair};
use crate::forest::Forest;
use crate::judge::{Judge, Kind, Passage};
use crate::measure::{Sides, cuts, size};
use crate::scan::{Evidence, Scan};

/// A pair of articles, with what is to be seen of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Shown {
    /// Ids.
    pub a: String,
    /// Of the other.
    pub b: String,
    /// What there is to say.
    pub what: String,
    /// Bits of its best passage; 0 if it has none.
    pub bits: f32,
    /// Share of the shorter one's words that stand in passages, `0..=1`.
    pub share: f64,
    /// Texts on either side, best first.
    pub texts: Vec<(String, String)>,
}

/// Texts of a pair that are shown at most.
const TEXTS: usize = 3;

/// How much of a text is shown that has no passage, in characters.
const BEGINNING: usize = 400;

impl Shown {
    fn new(articles: &[Article], evidence: &Evidence, pair: Pair, what: String) -> Self {
        let text = |ix: ArticleIx| articles[ix.ix()].text.as_str();
        let passages = of_pair(evidence, pair);
        let mut best: Vec<&Passage> = passages.iter().collect();
        best.sort_by(|x, y| y.bits.total_cmp(&x.bits));
        let mut texts: Vec<(String, String)> = best
            .iter()
            .take(TEXTS)
            .map(|p| (text(pair.a)[p.a_span].to_owned(), text(pair.b)[p.b_span].to_owned()))
            .collect();
        if texts.is_empty() {
            let beginning = |ix| text(ix).chars().take(BEGINNING).collect::<String>();
            texts.push((beginning(pair.a), beginning(pair.b)));
        }
        let words = |ix: ArticleIx| evidence.stories()[ix.ix()].words().len();
        let shared: u32 = passages.iter().map(|passage| passage.matches).sum();
        let shorter = words(pair.a).min(words(pair.b)).max(1);
        Self {
            a: articles[pair.a.ix()].id.clone(),
            b: articles[pair.b.ix()].id.clone(),
            what,
            bits: best.first().map_or(0.0, |passage| passage.bits),
            share: (f64::from(shared) / shorter as f64).min(1.0),
            texts,
        }
    }
}

/// All that two articles share, chance and all.
fn of_pair(evidence: &Evidence, pair: Pair) -> &[Passage] {
    let all = evidence.passages();
    let from = all.partition_point(|passage| passage.pair < pair);
    let to = from + all[from..].partition_point(|passage| passage.pair == pair);
    &all[from..to]
}

/// The worst errors of a setting: first what it says and should not, the surest first, then what it misses, the
/// largest first; up to so many of either.
pub(super) fn errors(trials: &Trials<'_>, setting: &Setting, most: usize) -> Vec<Shown> {
    let (mut wrong, mut missed) = match trials.gold {
        Gold::Articles(_) => return Vec::new(),
        Gold::Passages { passages, .. } => of_passages(trials, setting, passages),
        Gold::Pairs { .. } | Gold::Clusters(_) => of_pairs(trials, setting),
    };
    let worst = |list: &mut Vec<(f64, Pair)>| {
        list.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(&y.1)));
        list.truncate(most);
    };
    worst(&mut wrong);
    worst(&mut missed);
    let show = |what: &'static str| {
        move |(_, pair): (f64, Pair)| {
            Shown::new(trials.articles, trials.evidence, pair, what.to_owned())
        }
    };
    wrong
        .into_iter()
        .map(show("found, and should not be"))
        .chain(missed.into_iter().map(show("should be found, and is not")))
        .collect()
}

/// Pairs with how bad it is.
type Weighed = Vec<(f64, Pair)>;

fn of_pairs(trials: &Trials<'_>, setting: &Setting) -> (Weighed, Weighed) {
    let options = &setting.options;
    let found = match trials.gold {
        Gold::Clusters(_) => {
            let links = trials.links(&trials.passages(options), options);
            let joins = links.iter().filter(|link| options.cluster.joins(link));
            joins.map(|link| link.pair).collect()
        }
        _ => trials.found(&trials.links(&trials.passages(options), options), options),
    };
    let is = |pair: &Pair| match trials.gold {
        Gold::Pairs { labels, complete } => {
            let known = [pair.a, pair.b].iter().all(|article| trials.stories.contains_key(article));
            labels.get(pair).copied().unwrap_or((*complete && known).then_some(false))
        }
        Gold::Clusters(clusters) => Some(clusters.get(&pair.a)? == clusters.get(&pair.b)?),
        _ => None,
    };
    let bits = |pair: &Pair| {
        let bits = of_pair(trials.evidence, *pair).iter().map(|passage| passage.bits);
        f64::from(bits.sum::<f32>())
    };
    let wrong = found.iter().filter(|pair| is(pair) == Some(false));
    let wrong = wrong.map(|pair| (bits(pair), *pair)).collect();
    let found: FxHashSet<Pair> = found.into_iter().collect();
    let positive = trials.gold.positive_pairs();
    let missed = positive.iter().filter(|pair| !found.contains(pair));
    (wrong, missed.map(|pair| (bits(pair), *pair)).collect())
}

fn of_passages(
    trials: &Trials<'_>,
    setting: &Setting,
    gold: &BTreeMap<Pair, Vec<Sides>>,
) -> (Weighed, Weighed) {
    let found: FxHashMap<Pair, Vec<Sides>> =
        trials.detections(&trials.passages(&setting.options)).into_iter().collect();
    // Characters of passages that have no part in any on the other list.
    let apart = |these: &[Sides], those: &[Sides]| -> f64 {
        these.iter().filter(|one| cuts(one, those).is_empty()).map(|one| size(&[*one])).sum()
    };
    let mut wrong: Weighed = found
        .iter()
        .map(|(pair, found)| (apart(found, gold.get(pair).map_or(&[], Vec::as_slice)), *pair))
        .collect();
    let mut missed: Weighed = gold
        .iter()
        .map(|(pair, gold)| (apart(gold, found.get(pair).map_or(&[], Vec::as_slice)), *pair))
        .collect();
    wrong.retain(|(size, _)| *size > 0.0);
    missed.retain(|(size, _)| *size > 0.0);
    (wrong, missed)
}

/// The pairs about which settings around this one disagree most (query by committee: Seung, Opper &
/// Sompolinsky 1992), then those whose best passage is nearest to what a passage has to be worth; of as
/// many stories as there are. Pairs that `known` names are left out.
pub fn review(
    scan: &Scan,
    articles: &[Article],
    evidence: &Evidence,
    start: &Setting,
    known: Option<&Gold>,
    most: usize,
) -> Vec<Shown> {
    let known: FxHashSet<Pair> = match known {
        Some(Gold::Pairs { labels, .. }) => labels.keys().copied().collect(),
        _ => FxHashSet::default(),
    };
    let committee = committee(start);
    // For each pair how many of the settings say copy, quotation, boilerplate.
    let proposed = evidence.passages().chunk_by(|x, y| x.pair == y.pair);
    let mut votes: BTreeMap<Pair, [u32; 3]> =
        proposed.clone().map(|of_pair| (of_pair[0].pair, [0; 3])).collect();
    let floor = Judge::new(&start.options.judge, articles.len()).floor();
    let margins = proposed.map(|of_pair| {
        let best = of_pair.iter().map(|passage| passage.bits).fold(1.0, f32::max);
        (of_pair[0].pair, f64::from(best / floor).log2().abs())
    });
    let margins: FxHashMap<Pair, f64> = margins.collect();
    for options in committee.iter().map(|setting| &setting.options) {
        let judge = Judge::new(&options.judge, articles.len());
        let passages = scan.judge(articles, evidence, &judge, &options.standing);
        let words = |article: ArticleIx| evidence.stories()[article.ix()].words().len();
        for link in judge.links(&passages, words) {
            let kind = match link.relation {
                Kind::Copy => 0,
                Kind::Quote => 1,
                Kind::Boilerplate => 2,
            };
            votes.entry(link.pair).or_default()[kind] += 1;
        }
    }
    let all = committee.len() as f64;
    let mut uncertain: Vec<(f64, Pair, [u32; 3])> = votes
        .into_iter()
        .filter(|(pair, _)| !known.contains(pair))
        .map(|(pair, votes)| (disagreement(votes, all), pair, votes))
        .collect();
    let margin = |pair: &Pair| margins[pair];
    uncertain.sort_by(|x, y| {
        (y.0.total_cmp(&x.0)).then(margin(&x.1).total_cmp(&margin(&y.1))).then(x.1.cmp(&y.1))
    });
    let order = one_of_each_story(&uncertain, articles.len());
    order
        .into_iter()
        .take(most)
        .map(|at| {
            let (_, pair, [copy, quote, boilerplate]) = uncertain[at];
            let nothing = committee.len() as u32 - copy - quote - boilerplate;
            let what = format!(
                "of {} settings {copy} say copy, {quote} quotation, {boilerplate} boilerplate, \
                 {nothing} nothing",
                committee.len()
            );
            Shown::new(articles, evidence, pair, what)
        })
        .collect()
}

/// Settings around one: each threshold that decides what a pair is, lower and higher.
fn committee(start: &Setting) -> Vec<Setting> {
    let judge = &start.options.judge;
    let mut settings = vec![start.clone()];
    for (option, value) in [
        ("judge.min_bits", f64::from(judge.min_bits)),
        ("judge.narration_bits", f64::from(judge.narration_bits)),
        ("judge.narrated_share", f64::from(judge.narrated_share)),
        ("judge.quoted_share", f64::from(judge.quoted_share)),
        ("judge.whole_share", judge.whole_share),
        ("standing.below_share", start.options.standing.below_share),
        ("standing.fresh_bits", f64::from(start.options.standing.fresh_bits)),
    ] {
        let steps =
            if option == "judge.min_bits" { &[0.6, 0.8, 1.25, 1.6][..] } else { &[0.6, 1.5] };
        // A share may not be raised beyond all.
        settings.extend(steps.iter().filter_map(|step| start.with(option, value * step).ok()));
    }
    settings
}

/// Entropy of what settings say of a pair, in bits.
fn disagreement(votes: [u32; 3], all: f64) -> f64 {
    let nothing = all - f64::from(votes.iter().sum::<u32>());
    let shares =
        votes.iter().map(|&votes| f64::from(votes)).chain([nothing]).map(|votes| votes / all);
    shares.filter(|&share| share > 0.0).map(|share| -share * share.log2()).sum()
}

/// The first of every story, then the second of every story, and so on: pairs of one story teach the same.
fn one_of_each_story(uncertain: &[(f64, Pair, [u32; 3])], articles: usize) -> Vec<usize> {
    let mut forest = Forest::new(articles);
    for (_, pair, _) in uncertain {
        forest.join(pair.a.0, pair.b.0);
    }
    let mut met: FxHashMap<u32, u32> = FxHashMap::default();
    let mut order: Vec<(u32, usize)> = uncertain
        .iter()
        .enumerate()
        .map(|(at, (_, pair, _))| {
            let before = met.entry(forest.root(pair.a.0)).or_default();
            *before += 1;
            (*before, at)
        })
        .collect();
    order.sort_unstable();
    order.into_iter().map(|(_, at)| at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_settings_are_split_about_is_asked_first() {
        assert!(disagreement([5, 0, 0], 10.0) > disagreement([9, 0, 0], 10.0));
        assert!(disagreement([3, 3, 2], 10.0) > disagreement([5, 0, 0], 10.0));
        assert!(disagreement([10, 0, 0], 10.0).abs() < 1e-12);
    }

    #[test]
    fn every_story_has_its_turn() {
        let pair = |a, b| (1.0, Pair::new(ArticleIx(a), ArticleIx(b)), [0; 3]);
        let uncertain = [pair(0, 1), pair(1, 2), pair(0, 2), pair(7, 8)];
        assert_eq!(one_of_each_story(&uncertain, 9), [0, 3, 1, 2]);
    }
}
