//! How much work a scan is. Steps are counted, not seconds: they are the same on every machine.

use copytaster::scan::Stats;

use crate::{generate, run};

fn stats(articles: usize) -> Stats {
    run::scan(&generate::articles(articles, 1)).1.stats
}

#[test]
fn twice_the_articles_are_about_twice_the_work() {
    let (one, two) = (stats(1_000), stats(2_000));
    for (what, steps) in [
        ("words", (|stats| stats.words) as fn(&Stats) -> u64),
        ("values", |stats| stats.candidates.values),
        ("hits", |stats| stats.candidates.hits),
        ("candidates", |stats| stats.candidates.candidates),
        ("passages", |stats| stats.passages),
    ] {
        let growth = steps(&two) as f64 / steps(&one) as f64;
        assert!((1.5..=2.3).contains(&growth), "{what} grow by {growth:.2}");
    }
}

#[test]
fn few_pairs_are_aligned_in_vain() {
    let stats = stats(2_000);
    let candidates = &stats.candidates;
    assert!(candidates.values <= stats.words * 2 / 3, "{stats:?}");
    assert!(candidates.hits <= 2 * candidates.values, "{stats:?}");
    // Nearly every pair that is aligned shares a passage.
    assert!(candidates.candidates <= stats.passages * 5 / 4, "{stats:?}");
}
