//! What the stages cost that look at a whole corpus, on one thread, and a whole scan without reading and
//! writing: `cargo bench --bench corpus`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is no library")]

use std::sync::LazyLock;

use copytaster::agency::Agencies;
use copytaster::candidates::{self, Candidates, Corpus};
use copytaster::clean::{self, Boilerplate};
use copytaster::collapse::{self, BANDS, Groups};
use copytaster::report::{Counts, Folder, Run, Summary};
use copytaster::scan::Scan;
use copytaster::shelf::Room;
use copytaster::sketch::{PassageOptions, Sketch};
use copytaster::story::Story;
use copytaster::synth::{Beside, Synth};
use copytaster::words::{Background, Counts as WordCounts, Weights, Worth};
use copytaster::{Article, Options, Span, read};
use divan::counter::{BytesCount, ItemsCount};
use divan::{AllocProfiler, Bencher};
use mimalloc::MiMalloc;
use rayon::{ThreadPool, ThreadPoolBuilder};

/// That of the program, and counted.
#[global_allocator]
static ALLOCATOR: AllocProfiler<MiMalloc> = AllocProfiler::new(MiMalloc);

fn main() {
    divan::main();
}

/// Invented articles of the stages.
const ARTICLES: u64 = 2_000;

static SYNTH: LazyLock<Synth> = LazyLock::new(|| Synth::new(1));
static GENERATED: LazyLock<Vec<Article>> = LazyLock::new(|| SYNTH.articles(ARTICLES).unwrap());
static STORIES: LazyLock<Vec<Story>> = LazyLock::new(|| {
    let story = |article: &Article| Story::of(&article.text, &[Span::whole(&article.text)]);
    GENERATED.iter().map(story).collect()
});

/// One thread, which is that of the bench: what others allocate is not counted.
static ALONE: LazyLock<ThreadPool> =
    LazyLock::new(|| ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap());

fn bytes(articles: &[Article]) -> BytesCount {
    BytesCount::new(articles.iter().map(|article| article.text.len()).sum::<usize>())
}

fn rank() -> Vec<u32> {
    (0..STORIES.len() as u32).collect()
}

#[divan::bench]
fn read(bencher: Bencher<'_, '_>) {
    let file = tempfile::Builder::new().suffix(".jsonl").tempfile().unwrap();
    let mut lines = Vec::new();
    let take = |rows: &copytaster::synth::Rows| {
        lines.extend_from_slice(rows.of(Beside::Corpus));
        Ok(())
    };
    SYNTH.rows(ARTICLES, take).unwrap();
    std::fs::write(file.path(), &lines).unwrap();
    let paths = [file.path().to_owned()];
    bencher
        .counter(BytesCount::new(lines.len()))
        .bench(|| ALONE.install(|| read::all(&paths, &read::Options::default(), &|_| ()).unwrap()));
}

#[divan::bench]
fn learn(bencher: Bencher<'_, '_>) {
    let options = clean::Options::default();
    bencher
        .counter(bytes(&GENERATED))
        .bench(|| ALONE.install(|| Boilerplate::learn(&GENERATED, &options)));
}

#[divan::bench]
fn collapse(bencher: Bencher<'_, '_>) {
    let keys = |story: &Story| Sketch::of_words(story.words()).band_keys::<BANDS>();
    let (keys, rank): (Vec<u64>, _) = (STORIES.iter().flat_map(keys).collect(), rank());
    let options = collapse::Options::default();
    bencher
        .counter(bytes(&GENERATED))
        .bench(|| ALONE.install(|| Groups::of(&STORIES, &keys, &rank, &options)));
}

#[divan::bench]
fn find_candidates(bencher: Bencher<'_, '_>) {
    let (background, rank) = (Background::shipped(), rank());
    let counts = WordCounts::default();
    let (weights, sketch) = (Weights::new(&background, &counts), PassageOptions::default());
    let mut weigher = weights.weigher();
    let worth: Vec<Worth> = STORIES.iter().map(|s| weigher.of_article(s.words())).collect();
    let corpus = Corpus {
        stories: &STORIES,
        worth: &worth,
        background: &background,
        rank: &rank,
        sketch: &sketch,
    };
    let (options, room) = (candidates::Options::default(), Room::in_memory());
    let left_out = vec![false; STORIES.len()];
    bencher.counter(bytes(&GENERATED)).bench(|| {
        ALONE.install(|| {
            let mut found = Candidates::new(&left_out, corpus, &options, &room).unwrap();
            found.next_slice().unwrap()
        })
    });
}

fn scan() -> Scan {
    Scan::new(Options::default(), Agencies::shipped()).unwrap()
}

/// All up to the passages.
#[divan::bench(sample_count = 5)]
fn evidence(bencher: Bencher<'_, '_>) {
    let scan = scan();
    bencher
        .counter(bytes(&GENERATED))
        .bench(|| ALONE.install(|| scan.evidence(&GENERATED, &|_| ()).unwrap()));
}

/// All from the passages on: judging, linking, joining and attributing.
#[divan::bench(sample_count = 5)]
fn conclude(bencher: Bencher<'_, '_>) {
    let scan = scan();
    let evidence = ALONE.install(|| scan.evidence(&GENERATED, &|_| ()).unwrap());
    bencher
        .counter(bytes(&GENERATED))
        .bench(|| ALONE.install(|| scan.conclude(&GENERATED, &evidence, scan.options())));
}

#[divan::bench(sample_count = 5)]
fn write(bencher: Bencher<'_, '_>) {
    let scan = scan();
    let findings = ALONE.install(|| scan.run(&GENERATED, &|_| ()).unwrap());
    let run = Run { articles: &GENERATED, findings: &findings, agencies: scan.agencies() };
    let summary = Summary {
        version: "bench",
        command: &[],
        named: &[],
        options: scan.options(),
        reading: &read::Options::default(),
        inputs: &[],
        skipped: &[],
        notes: &[],
        counts: Counts::of(&run),
        work: &findings.stats,
        seconds: Vec::new(),
        peak_memory_bytes: None,
    };
    let folder = tempfile::tempdir().unwrap();
    let written = |out: &Folder| ALONE.install(|| out.write(&run, &summary)).unwrap();
    let out = Folder::beside(&folder.path().join("run"), true).unwrap();
    written(&out);
    let files = std::fs::read_dir(out.path().join("run")).unwrap();
    let size: u64 = files.map(|file| file.unwrap().metadata().unwrap().len()).sum();
    bencher
        .counter(BytesCount::new(size))
        .with_inputs(|| Folder::beside(&folder.path().join("run"), true).unwrap())
        .bench_values(|out| written(&out));
}

#[divan::bench(args = [1_000, 5_000, 20_000], sample_count = 5)]
fn one_thread(bencher: Bencher<'_, '_>, articles: u64) {
    whole(bencher, articles, &ALONE);
}

#[divan::bench(args = [1_000, 5_000, 20_000], sample_count = 5)]
fn two_threads(bencher: Bencher<'_, '_>, articles: u64) {
    whole(bencher, articles, &ThreadPoolBuilder::new().num_threads(2).build().unwrap());
}

fn whole(bencher: Bencher<'_, '_>, articles: u64, pool: &ThreadPool) {
    let articles = SYNTH.articles(articles).unwrap();
    let scan = scan();
    bencher
        .counter(ItemsCount::new(articles.len()))
        .counter(bytes(&articles))
        .bench(|| pool.install(|| scan.run(&articles, &|_| ()).unwrap()));
}
