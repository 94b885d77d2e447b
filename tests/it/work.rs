//! How much work a scan is. Steps are counted, not seconds: they are the same on every machine.

use copytaster::Article;
use copytaster::scan::Stats;

use crate::{run, synth};

fn stats(mut articles: Vec<Article>) -> Stats {
    articles.sort_by(|a, b| a.id.cmp(&b.id));
    run::scan(&articles).1.stats
}

/// Articles of two seeds share nothing but phrases; of one seed, a single story told by a hundred
/// outlets may be more work than all others, so that a longer corpus would not do.
#[test]
fn two_corpora_are_little_more_work_together_than_apart() {
    let [one, two] = [1, 2].map(|seed| synth::articles(1_000, seed));
    let both = stats([one.clone(), two.clone()].concat());
    let (one, two) = (stats(one), stats(two));
    for (what, most, steps) in [
        ("words", 1.0, (|stats| stats.words) as fn(&Stats) -> u64),
        ("values", 1.01, |stats| stats.candidates.values),
        ("hits", 1.1, |stats| stats.candidates.hits),
        // Of unrelated articles one pair in two hundred shares a phrase, until it is in so many that
        // it is hot.
        ("candidates", 1.4, |stats| stats.candidates.candidates),
        ("passages", 1.02, |stats| stats.passages),
    ] {
        let growth = steps(&both) as f64 / (steps(&one) + steps(&two)) as f64;
        println!("{what}: {growth:.3}");
        assert!((0.95..=most).contains(&growth), "{what} grow by {growth:.2}");
    }
}

#[test]
fn few_pairs_are_aligned_in_vain() {
    let stats = stats(synth::articles(2_000, 1));
    let candidates = &stats.candidates;
    assert!(candidates.values <= stats.words * 2 / 3, "{stats:?}");
    assert!(candidates.hits <= 2 * candidates.values, "{stats:?}");
    // Most pairs that are aligned share a passage.
    assert!(candidates.candidates <= stats.passages * 4 / 3, "{stats:?}");
}
