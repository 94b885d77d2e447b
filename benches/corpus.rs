//! A whole scan of invented articles, without reading and writing: `cargo bench --bench corpus`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a bench is no library")]

use copytaster::Options;
use copytaster::agency::Agencies;
use copytaster::scan::Scan;
use copytaster::synth::Synth;
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};

fn main() {
    divan::main();
}

#[divan::bench(args = [1_000, 5_000], sample_count = 5)]
fn one_thread(bencher: Bencher<'_, '_>, articles: u64) {
    scan(bencher, articles, 1);
}

#[divan::bench(args = [1_000, 5_000], sample_count = 5)]
fn two_threads(bencher: Bencher<'_, '_>, articles: u64) {
    scan(bencher, articles, 2);
}

fn scan(bencher: Bencher<'_, '_>, articles: u64, threads: usize) {
    let articles = Synth::new(1).articles(articles).unwrap();
    let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
    let scan = Scan::new(Options::default(), Agencies::shipped()).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    bencher
        .counter(ItemsCount::new(articles.len()))
        .counter(BytesCount::new(bytes))
        .bench(|| pool.install(|| scan.run(&articles, &|_| ())));
}
