//! What a setting makes of the evidence, counted against the labels story by story.

use std::collections::BTreeMap;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::By;
use super::labels::Gold;
use super::setting::Setting;
use crate::article::{Article, ArticleIx, Pair};
use crate::attribute::{Derivation, Shares};
use crate::cluster::{self, clusters};
use crate::collapse::resemblance;
use crate::forest::Forest;
use crate::judge::{Judge, Kind, Link, Passage};
use crate::measure::{Sides, Tally, compare_clusters, cuts, size};
use crate::options::Options;
use crate::scan::{Evidence, Scan};
use crate::span::{CodePoints, Span};

/// The counts of one setting, by story.
pub(super) type Tallies = Vec<Tally>;

/// Everything a trial of a setting needs, prepared once.
pub(super) struct Trials<'a> {
    pub(super) scan: &'a Scan,
    pub(super) articles: &'a [Article],
    pub(super) evidence: &'a Evidence,
    pub(super) gold: &'a Gold,
    pub(super) by: By,
    /// By article, the story that its counts belong to; labelled articles only.
    pub(super) stories: FxHashMap<ArticleIx, u32>,
    /// How many there are.
    pub(super) count: usize,
    /// Places of the evidence in code points, where passages are labelled.
    points: Vec<Sides>,
    /// How alike pairs are, where that is asked for.
    alike: Vec<(Pair, f64)>,
}

impl<'a> Trials<'a> {
    pub(super) fn new(
        scan: &'a Scan,
        articles: &'a [Article],
        evidence: &'a Evidence,
        gold: &'a Gold,
        by: By,
    ) -> Self {
        let mut trials = Self {
            scan,
            articles,
            evidence,
            gold,
            by,
            stories: FxHashMap::default(),
            count: 0,
            points: Vec::new(),
            alike: Vec::new(),
        };
        trials.find_stories();
        if matches!(gold, Gold::Passages { .. }) {
            trials.points = points(articles, evidence.passages());
        }
        if by == By::Near && matches!(gold, Gold::Pairs { .. }) {
            trials.alike = alike(evidence);
        }
        trials
    }

    /// Labelled articles that a label calls one story, or that the scan as it is joins into one, are
    /// never parted: not in samples, and not into those tuned on and those measured on. A pair of
    /// two stories counts for that of its first article.
    fn find_stories(&mut self) {
        let labelled = self.gold.articles();
        let place: FxHashMap<ArticleIx, u32> = labelled.iter().copied().zip(0..).collect();
        let mut forest = Forest::new(labelled.len());
        let mut join = |pair: Pair| {
            if let (Some(&a), Some(&b)) = (place.get(&pair.a), place.get(&pair.b)) {
                forest.join(a, b);
            }
        };
        self.gold.positive_pairs().into_iter().for_each(&mut join);
        let options = self.scan.options();
        let passages = self.passages(options);
        for cluster in
            clusters(self.articles.len(), &self.links(&passages, options), &options.cluster)
        {
            let known: Vec<ArticleIx> =
                cluster.into_iter().filter(|article| place.contains_key(article)).collect();
            known.windows(2).for_each(|two| join(Pair::new(two[0], two[1])));
        }
        let mut numbers: BTreeMap<u32, u32> = BTreeMap::new();
        for (&article, node) in labelled.iter().zip(0..) {
            let next = numbers.len() as u32;
            let story = *numbers.entry(forest.root(node)).or_insert(next);
            self.stories.insert(article, story);
        }
        self.count = numbers.len();
    }

    /// The counts of every setting.
    ///
    /// What is costly depends on few options: settings that agree on these share the work.
    pub(super) fn all(&self, settings: &[Setting]) -> Vec<Tallies> {
        let key = |at: usize| {
            let Options { judge, standing, .. } = &settings[at].options;
            (judge, standing)
        };
        let mut groups: Vec<Vec<usize>> = Vec::new();
        for at in 0..settings.len() {
            match groups.iter_mut().find(|group| key(group[0]) == key(at)) {
                Some(group) => group.push(at),
                None => groups.push(vec![at]),
            }
        }
        let tried: Vec<Vec<(usize, Tallies)>> = groups
            .par_iter()
            .map(|group| {
                let options: Vec<&Options> =
                    group.iter().map(|&at| &settings[at].options).collect();
                group.iter().copied().zip(self.alike_but_for_the_end(&options)).collect()
            })
            .collect();
        let mut tallies = vec![Tallies::new(); settings.len()];
        for (at, tally) in tried.into_iter().flatten() {
            tallies[at] = tally;
        }
        tallies
    }

    /// The counts of options that agree on judging.
    fn alike_but_for_the_end(&self, options: &[&Options]) -> Vec<Tallies> {
        match self.gold {
            Gold::Pairs { labels, complete } if self.by == By::Near => options
                .iter()
                .map(|options| self.pairs(labels, *complete, &self.near(options)))
                .collect(),
            Gold::Pairs { labels, complete } => {
                let links = self.links(&self.passages(options[0]), options[0]);
                let found = |options: &&Options| self.found(&links, options);
                let tallies = options.iter().map(found);
                tallies.map(|found| self.pairs(labels, *complete, &found)).collect()
            }
            Gold::Clusters(gold) => {
                let links = self.links(&self.passages(options[0]), options[0]);
                let found = |options: &&Options| self.clusters(gold, &links, &options.cluster);
                options.iter().map(found).collect()
            }
            Gold::Passages { passages, .. } => {
                vec![self.spans(passages, &self.passages(options[0])); options.len()]
            }
            Gold::Articles(gold) => {
                let found = self.scan.conclude(self.articles, self.evidence, options[0]);
                let shares: Vec<Shares> =
                    found.attributed.attributions.iter().map(|a| a.shares).collect();
                options.iter().map(|options| self.derivations(gold, &shares, options)).collect()
            }
        }
    }

    /// The passages that these options accept, standing text marked.
    pub(super) fn passages(&self, options: &Options) -> Vec<Passage> {
        let judge = Judge::new(&options.judge, self.articles.len());
        self.scan.judge(self.articles, self.evidence, &judge, &options.standing)
    }

    pub(super) fn links(&self, passages: &[Passage], options: &Options) -> Vec<Link> {
        let words = |article: ArticleIx| self.evidence.stories()[article.ix()].words().len();
        Judge::new(&options.judge, self.articles.len()).links(passages, words)
    }

    /// The pairs that options say are to be found, by links of theirs.
    pub(super) fn found(&self, links: &[Link], options: &Options) -> Vec<Pair> {
        match self.by {
            By::Near => self.near(options),
            By::Link => {
                links.iter().filter(|link| link.relation == Kind::Copy).map(|l| l.pair).collect()
            }
            By::Join => {
                links.iter().filter(|link| options.cluster.joins(link)).map(|l| l.pair).collect()
            }
            By::Story => {
                let clusters = clusters(self.articles.len(), links, &options.cluster);
                let labelled = |article: &ArticleIx| self.stories.contains_key(article);
                let pairs = clusters.iter().flat_map(|cluster| {
                    let known: Vec<ArticleIx> = cluster.iter().copied().filter(labelled).collect();
                    let pairs = known
                        .iter()
                        .enumerate()
                        .flat_map(|(at, &a)| known[at + 1..].iter().map(move |&b| Pair::new(a, b)));
                    pairs.collect::<Vec<_>>()
                });
                pairs.collect()
            }
        }
    }

    fn near(&self, options: &Options) -> Vec<Pair> {
        let near = self.alike.iter().filter(|(_, alike)| *alike >= options.collapse.near);
        near.map(|&(pair, _)| pair).collect()
    }

    fn story(&self, article: ArticleIx) -> usize {
        self.stories[&article] as usize
    }

    fn pairs(
        &self,
        labels: &BTreeMap<Pair, Option<bool>>,
        complete: bool,
        found: &[Pair],
    ) -> Tallies {
        let mut tallies = vec![Tally::default(); self.count];
        for pair in found {
            let known = [pair.a, pair.b].iter().all(|article| self.stories.contains_key(article));
            let is = match labels.get(pair) {
                Some(label) => *label,
                None => (complete && known).then_some(false),
            };
            if let Some(is) = is {
                let tally = &mut tallies[self.story(pair.a)];
                tally.found += 1.0;
                tally.hits += f64::from(u8::from(is));
            }
        }
        for (pair, label) in labels {
            if *label == Some(true) {
                tallies[self.story(pair.a)].wanted += 1.0;
            }
        }
        tallies
    }

    fn clusters(
        &self,
        gold: &BTreeMap<ArticleIx, u32>,
        links: &[Link],
        options: &cluster::Options,
    ) -> Tallies {
        // An article that no cluster holds is one by itself.
        let mut found: FxHashMap<ArticleIx, u32> = FxHashMap::default();
        for (cluster, number) in clusters(self.articles.len(), links, options).iter().zip(0..) {
            let known = cluster.iter().filter(|article| gold.contains_key(article));
            found.extend(known.map(|&article| (article, number)));
        }
        let mut alone = self.articles.len() as u32;
        let things: Vec<(u32, u32, usize)> = gold
            .iter()
            .map(|(&article, &cluster)| {
                alone += 1;
                (cluster, found.get(&article).copied().unwrap_or(alone), self.story(article))
            })
            .collect();
        compare_clusters(&things, self.count)
    }

    fn spans(&self, gold: &BTreeMap<Pair, Vec<Sides>>, accepted: &[Passage]) -> Tallies {
        let mut tallies = vec![Tally::default(); self.count];
        let mut met: FxHashSet<Pair> = FxHashSet::default();
        for (pair, found) in self.detections(accepted) {
            let truth = gold.get(&pair).map_or(&[][..], Vec::as_slice);
            met.insert(pair);
            let tally = &mut tallies[self.story(pair.a)];
            for passage in &found {
                tally.precision.add(size(&cuts(passage, truth)) / size(&[*passage]));
            }
            for passage in truth {
                let cuts = cuts(passage, &found);
                tally.recall.add(size(&cuts) / size(&[*passage]));
                if !cuts.is_empty() {
                    tally.granularity.add(cuts.len() as f64);
                }
            }
        }
        for (pair, passages) in gold.iter().filter(|(pair, _)| !met.contains(pair)) {
            tallies[self.story(pair.a)].recall.count += passages.len() as f64;
        }
        tallies
    }

    /// The passages between labelled articles that are no boilerplate, by pair.
    pub(super) fn detections(&self, accepted: &[Passage]) -> Vec<(Pair, Vec<Sides>)> {
        let mut found: Vec<(Pair, Vec<Sides>)> = Vec::new();
        // What is accepted is part of the evidence, in the same order.
        let mut at = 0;
        let all = self.evidence.passages();
        for passage in accepted {
            while (all[at].pair, all[at].a, all[at].b) != (passage.pair, passage.a, passage.b) {
                at += 1;
            }
            let known = |article: &ArticleIx| self.stories.contains_key(article);
            if passage.kind == Kind::Boilerplate
                || ![passage.pair.a, passage.pair.b].iter().all(known)
            {
                continue;
            }
            match found.last_mut() {
                Some((pair, sides)) if *pair == passage.pair => sides.push(self.points[at]),
                _ => found.push((passage.pair, vec![self.points[at]])),
            }
        }
        found
    }

    fn derivations(
        &self,
        gold: &BTreeMap<ArticleIx, Derivation>,
        shares: &[Shares],
        options: &Options,
    ) -> Tallies {
        let mut tallies = vec![Tally::default(); self.count];
        for (&article, &is) in gold {
            let said = shares[article.ix()].derivation(&options.attribute);
            let tally = &mut tallies[self.story(article)];
            (tally.found, tally.wanted) = (tally.found + 1.0, tally.wanted + 1.0);
            tally.hits += f64::from(u8::from(said == is));
        }
        tallies
    }
}

/// The places of passages in code points.
fn points(articles: &[Article], passages: &[Passage]) -> Vec<Sides> {
    let mut asked: Vec<(ArticleIx, Span, usize, usize)> = passages
        .iter()
        .enumerate()
        .flat_map(|(at, p)| [(p.pair.a, p.a_span, at, 0), (p.pair.b, p.b_span, at, 1)])
        .collect();
    asked.par_sort_unstable();
    let placed: Vec<(usize, usize, (u32, u32))> = asked
        .par_chunk_by(|x, y| x.0 == y.0)
        .flat_map_iter(|asked| {
            let text = &articles[asked[0].0.ix()].text;
            let mut bytes: Vec<u32> =
                asked.iter().flat_map(|(_, span, ..)| [span.start, span.end]).collect();
            bytes.sort_unstable();
            bytes.dedup();
            let mut counter = CodePoints::new(text);
            let points: Vec<u32> = bytes.iter().map(|&byte| counter.at(byte) as u32).collect();
            let point = move |byte: u32| points[bytes.partition_point(|&b| b < byte)];
            asked
                .iter()
                .map(move |&(_, span, at, side)| (at, side, (point(span.start), point(span.end))))
        })
        .collect();
    let mut points = vec![Sides::default(); passages.len()];
    for (at, side, place) in placed {
        points[at][side] = place;
    }
    points
}

/// How alike the articles are that share much.
fn alike(evidence: &Evidence) -> Vec<(Pair, f64)> {
    let words = |article: ArticleIx| evidence.stories()[article.ix()].words();
    let mut pairs: Vec<Pair> = evidence
        .passages()
        .chunk_by(|x, y| x.pair == y.pair)
        .filter(|of_pair| {
            let Pair { a, b } = of_pair[0].pair;
            let shared: u32 = of_pair.iter().map(|passage| passage.matches).sum();
            // Of texts that are half alike the longer has at least half of its words in the other.
            shared as usize * 3 >= words(a).len().max(words(b).len())
        })
        .map(|of_pair| of_pair[0].pair)
        .collect();
    let near = evidence.near().iter().zip(0..);
    pairs.extend(near.filter_map(|(first, ix)| Some(Pair::new((*first)?, ArticleIx(ix)))));
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs.into_par_iter().map(|pair| (pair, resemblance(words(pair.a), words(pair.b)))).collect()
}
