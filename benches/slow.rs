//! Whole scans of corpora that are no news, on one thread: `cargo bench --bench slow`. Items are words.
//!
//! At the size of real corpora: `copytaster bench --sizes 1e5 --slow`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is no library")]

use copytaster::agency::Agencies;
use copytaster::scan::Scan;
use copytaster::synth::{Slow, Synth};
use copytaster::{Article, Options};
use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: AllocProfiler<MiMalloc> = AllocProfiler::new(MiMalloc);

fn main() {
    divan::main();
}

const WORDS: u64 = 100_000;

#[divan::bench(sample_count = 3, sample_size = 1)]
fn news(bencher: Bencher<'_, '_>) {
    scan(bencher, &Synth::new(1).articles(WORDS / 340).unwrap());
}

#[divan::bench(args = Slow::ALL, sample_count = 3, sample_size = 1)]
fn no_news(bencher: Bencher<'_, '_>, slow: Slow) {
    scan(bencher, &slow.articles(WORDS).collect::<Vec<_>>());
}

fn scan(bencher: Bencher<'_, '_>, articles: &[Article]) {
    let scan = Scan::new(Options::default(), Agencies::shipped()).unwrap();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let words: usize = articles.iter().map(|article| article.text.split_whitespace().count()).sum();
    bencher.counter(ItemsCount::new(words)).bench(|| alone.install(|| scan.run(articles, &|_| ())));
}
