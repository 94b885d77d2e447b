//! A scan: from articles to shared passages and the agencies behind them, stage by stage.

mod aligned;
mod clock;
mod ground;
mod sketched;

use std::sync::LazyLock;

pub use clock::{Progress, Stage};

use clock::{Clock, Steps};
use ground::Ground;
use rayon::prelude::*;
use serde::Serialize;
use sketched::Sketched;

use crate::agency::Agencies;
use crate::align;
use crate::article::{Article, ArticleIx, Pair, Published};
use crate::attribute::{Attributed, Case, attribute};
use crate::candidates::{self, Candidates};
use crate::clean::{Boilerplate, EvidenceKind, Zones};
use crate::cluster::clusters;
use crate::collapse::Groups;
use crate::error::Result;
use crate::judge::{Judge, Link, Passage};
use crate::options::Options;
use crate::shelf::Room;
use crate::standing::{self, Corpus};
use crate::story::Story;
use crate::words::Background;

/// All that a scan found; lists are by article or in order of pairs.
#[derive(Debug)]
pub struct Findings {
    /// What in each article is not its story, and the agencies it names.
    pub zones: Vec<Zones>,
    /// The stories.
    pub stories: Vec<Story>,
    /// For each article the one it nearly equals, if that is not itself.
    pub near: Vec<Option<ArticleIx>>,
    /// Shared passages, by pair, then by place.
    pub passages: Vec<Passage>,
    /// What links two articles.
    pub links: Vec<Link>,
    /// Stories told by more than one article, largest first.
    pub clusters: Vec<Vec<ArticleIx>>,
    /// Whose copy each article is, and what is known of the copies.
    pub attributed: Attributed,
    /// The work done.
    pub stats: Stats,
}

/// What all judgements of some articles start from.
#[derive(Debug)]
pub struct Evidence {
    ground: Ground,
    /// What pairs of articles share, chance and all, by pair, then by place; not judged.
    passages: Vec<Passage>,
    /// How much was looked at to find them.
    aligned: align::Work,
    seconds: Vec<(Stage, f64)>,
}

impl Evidence {
    /// What in each article is not its story, and the agencies it names.
    pub fn zones(&self) -> &[Zones] {
        &self.ground.zones
    }

    /// The stories.
    pub fn stories(&self) -> &[Story] {
        &self.ground.stories
    }

    /// For each article the one it nearly equals, if that is not itself.
    pub fn near(&self) -> &[Option<ArticleIx>] {
        &self.ground.near
    }

    /// All that pairs of articles share, by pair, then by place: what is worth least is chance, and none
    /// of it is judged.
    pub fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// What was looked at to find candidates.
    pub fn candidates(&self) -> candidates::Stats {
        self.ground.candidates
    }

    /// Wall time of each stage until judging, in order.
    pub fn seconds(&self) -> &[(Stage, f64)] {
        &self.seconds
    }

    /// The passages that a judge accepts.
    pub fn judged(&self, judge: &Judge) -> Vec<Passage> {
        let length = |article: ArticleIx| self.ground.stories[article.ix()].words().len();
        self.passages
            .par_chunk_by(|x, y| x.pair == y.pair)
            .flat_map_iter(|of_pair| {
                let Pair { a, b } = of_pair[0].pair;
                let mut passages = of_pair.to_vec();
                judge.accept(&mut passages, length(a).min(length(b)));
                passages
            })
            .collect()
    }
}

/// What evidence comes to; lists are by article or in order of pairs.
#[derive(Debug)]
pub struct Conclusion {
    /// Shared passages, by pair, then by place.
    pub passages: Vec<Passage>,
    /// What links two articles.
    pub links: Vec<Link>,
    /// Stories told by more than one article, largest first.
    pub clusters: Vec<Vec<ArticleIx>>,
    /// Whose copy each article is, and what is known of the copies.
    pub attributed: Attributed,
}

/// How much work a scan was.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Stats {
    /// Words in all stories.
    pub words: u64,
    /// What was looked at to find candidates.
    pub candidates: candidates::Stats,
    /// What was looked at to align them.
    pub aligned: align::Work,
    /// Passages found.
    pub passages: u64,
    /// Wall time of each stage, in order.
    #[serde(skip)]
    pub seconds: Vec<(Stage, f64)>,
}

/// Scans collections of articles with fixed options.
#[derive(Debug)]
pub struct Scan {
    options: Options,
    agencies: Agencies,
    /// Who compares articles as a whole never asks for it.
    background: LazyLock<Background>,
    room: Room,
}

impl Scan {
    /// Checks the options once, so that nothing can be wrong with them later.
    pub fn new(options: Options, agencies: Agencies) -> Result<Self> {
        options.check()?;
        Ok(Self {
            options,
            agencies,
            background: LazyLock::new(Background::shipped),
            room: Room::in_memory(),
        })
    }

    /// The same with so much room for what is not at hand; what is found does not depend on it.
    #[must_use]
    pub fn within(self, room: Room) -> Self {
        Self { room, ..self }
    }

    /// The agencies it knows.
    pub fn agencies(&self) -> &Agencies {
        &self.agencies
    }

    /// The options in force.
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// Finds what `articles` share and whose copy they are.
    ///
    /// The result depends on the articles and the options alone, not on the threads of the rayon pool
    /// it runs in. `progress` is called from all of them.
    ///
    /// # Errors
    /// If what there is no room for in memory cannot be written to a file, or read again.
    pub fn run(
        &self,
        articles: &[Article],
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Findings> {
        let mut clock = Clock::new(progress);
        let judge = Judge::new(&self.options.judge, articles.len());
        let accept = |passages: &mut Vec<Passage>, words| judge.accept(passages, words);
        let Evidence { mut ground, passages, aligned, .. } =
            self.detect(articles, accept, &mut clock)?;
        // Nobody asks for it again: what it was kept in is free for what comes.
        ground.worth = Vec::new();
        let Conclusion { passages, links, clusters, attributed } =
            self.settle(articles, &ground, passages, &self.options, &mut clock);
        let Ground { zones, stories, near, words, candidates, .. } = ground;
        let (passages_found, seconds) = (passages.len() as u64, clock.seconds());
        let stats = Stats { words, candidates, aligned, passages: passages_found, seconds };
        Ok(Findings { zones, stories, near, passages, links, clusters, attributed, stats })
    }

    /// Finds all that `articles` share, for [`Scan::conclude`] to judge: of what [`Scan::run`] does all
    /// but the cheap end.
    pub fn evidence(
        &self,
        articles: &[Article],
        progress: &(dyn Fn(Progress) + Sync),
    ) -> Result<Evidence> {
        self.detect(articles, |_, _| (), &mut Clock::new(progress))
    }

    /// What `evidence` of the same articles comes to with these options, which have been checked: as if
    /// [`Scan::run`] had them, as long as those of the stages before judging (`clean` to `align`) are the
    /// same.
    pub fn conclude(
        &self,
        articles: &[Article],
        evidence: &Evidence,
        options: &Options,
    ) -> Conclusion {
        let passages = evidence.judged(&Judge::new(&options.judge, articles.len()));
        let mut clock = Clock::new(&|_| ());
        self.settle(articles, &evidence.ground, passages, options, &mut clock)
    }

    /// The passages of `evidence` that options of the last stages accept, and what of them stands under
    /// many articles: what [`Scan::conclude`] starts from.
    pub fn judge(
        &self,
        articles: &[Article],
        evidence: &Evidence,
        judge: &Judge,
        standing: &standing::Options,
    ) -> Vec<Passage> {
        let mut passages = evidence.judged(judge);
        self.mark_standing(&mut passages, articles, &evidence.ground, standing);
        passages
    }

    /// What pairs share that no sketch proposed: for looking at chance. Passages come by pair; none of them is
    /// judged.
    pub fn compare(&self, evidence: &Evidence, pairs: &[Pair]) -> Vec<Passage> {
        let mut clock = Clock::new(&|_| ());
        clock.start(Stage::Align, pairs.len());
        let steps = Steps::new(&clock, pairs.len(), pairs.len());
        self.aligned(pairs, &evidence.ground, |_, _| (), &steps).0
    }

    fn mark_standing(
        &self,
        passages: &mut [Passage],
        articles: &[Article],
        ground: &Ground,
        options: &standing::Options,
    ) {
        let Ground { zones, stories, .. } = ground;
        let weights = &ground.weights(&self.background);
        standing::mark(passages, &Corpus { articles, zones, stories, weights }, options);
    }

    /// The stages before judging; `accept` has its say on what each pair shares as soon as it is found.
    fn detect(
        &self,
        articles: &[Article],
        accept: impl Fn(&mut Vec<Passage>, usize) + Sync,
        clock: &mut Clock<'_>,
    ) -> Result<Evidence> {
        clock.start(Stage::Learn, 1);
        let boilerplate = Boilerplate::learn(articles, &self.options.clean);

        clock.start(Stage::Sketch, articles.len());
        let Sketched { zones, stories, band_keys, counts } =
            self.sketched(articles, &boilerplate, clock)?;

        clock.start(Stage::Candidates, 1);
        let rank = rank(articles, &zones);
        let Groups { near, follows } =
            Groups::of(&stories, &band_keys, &rank, &self.options.collapse);
        drop(band_keys);
        let words = stories.iter().map(|story| story.words().len() as u64).sum();
        let (worth, looked_at) = (Vec::new(), candidates::Stats::default());
        let mut ground =
            Ground { zones, stories, near, worth, counts, words, candidates: looked_at };
        ground.worth = ground.worths(&self.background, &self.room)?;
        ground.counts.forget_runs();
        let corpus = candidates::Corpus {
            stories: &ground.stories,
            worth: &ground.worth,
            background: &self.background,
            rank: &rank,
            sketch: &self.options.sketch,
        };
        let options = &self.options.candidates;
        let mut candidates = Candidates::new(&follows, corpus, options, &self.room)?;

        clock.start(Stage::Align, articles.len());
        let (mut passages, mut aligned) = (Vec::new(), align::Work::default());
        let near = ground.near_pairs();
        while let Some((mut pairs, of)) =
            clock.back_in(Stage::Candidates, || candidates.next_slice())
        {
            let place = |article| near.partition_point(|pair| pair.a.0 < article);
            pairs.extend_from_slice(&near[place(of.start)..place(of.end)]);
            pairs.par_sort_unstable();
            pairs.dedup();
            let steps = Steps::new(clock, of.len(), pairs.len());
            let (mut found, work) = self.aligned(&pairs, &ground, &accept, &steps);
            passages.append(&mut found);
            aligned += work;
        }
        ground.candidates = candidates.stats();
        Ok(Evidence { ground, passages, aligned, seconds: clock.seconds() })
    }

    /// The stages after judging.
    fn settle(
        &self,
        articles: &[Article],
        ground: &Ground,
        mut passages: Vec<Passage>,
        options: &Options,
        clock: &mut Clock<'_>,
    ) -> Conclusion {
        self.mark_standing(&mut passages, articles, ground, &options.standing);
        let Ground { zones, stories, .. } = ground;

        clock.start(Stage::Attribute, 1);
        let judge = Judge::new(&options.judge, articles.len());
        let links = judge.links(&passages, |article| stories[article.ix()].words().len());
        let clusters = clusters(articles.len(), &links, &options.cluster);
        let case = Case {
            articles,
            stories,
            zones,
            passages: &passages,
            links: &links,
            clusters: &clusters,
            agencies: &self.agencies,
        };
        let attributed = attribute(&case, &options.attribute);
        Conclusion { passages, links, clusters, attributed }
    }
}

/// The order in which articles may stand for others: agencies' own first, then the earliest.
fn rank(articles: &[Article], zones: &[Zones]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..articles.len()).collect();
    order.par_sort_by_key(|&ix| {
        let is_agency = zones[ix].evidence.iter().any(|e| e.kind == EvidenceKind::Outlet);
        let earliest = articles[ix].published.map_or(i64::MAX, Published::earliest_s);
        (!is_agency, earliest, ix)
    });
    let mut rank = vec![0; articles.len()];
    for (place, ix) in order.into_iter().enumerate() {
        rank[ix] = place as u32;
    }
    rank
}
