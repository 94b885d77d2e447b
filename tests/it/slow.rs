//! Corpora that are no news cost what news costs: their work per word is counted, not timed.

use copytaster::Article;
use copytaster::scan::Stats;
use copytaster::synth::Slow;

use crate::run;

/// Words of each corpus.
const WORDS: u64 = 30_000;

/// Steps a word: pairs of places with an equal value, pairs of articles aligned, seeds and pairs of
/// words looked at to align them, and passages.
fn steps(articles: &[Article]) -> [f64; 5] {
    let Stats { words, candidates, aligned, passages, .. } = run::scan(articles).1.stats;
    let each = [candidates.hits, candidates.candidates, aligned.seeds, aligned.cells, passages];
    each.map(|steps| steps as f64 / words as f64)
}

#[test]
fn no_corpus_is_work_without_bounds() {
    // News is at .7, .03, .2, 12 and .01. Where all words are common most is looked at, and for nothing.
    const MOST: [f64; 5] = [4.0, 0.3, 5.0, 60.0, 0.2];
    for slow in Slow::ALL {
        let articles: Vec<Article> = slow.articles(WORDS).collect();
        let steps = steps(&articles);
        println!("{steps:.3?} {}", slow.name());
        for (steps, most) in steps.into_iter().zip(MOST) {
            assert!(steps <= most, "{}: {steps:.3} for a word", slow.name());
        }
    }
}

#[test]
fn twice_the_articles_are_little_more_than_twice_the_work() {
    // Others grow with all that pairs up to the point from which values are hot.
    for slow in [Slow::OneWord, Slow::Identical, Slow::Long] {
        let steps = |words: u64| {
            let Stats { candidates, aligned, passages, .. } =
                run::scan(&slow.articles(words).collect::<Vec<_>>()).1.stats;
            candidates.hits + candidates.candidates + aligned.seeds + aligned.cells + passages
        };
        let (one, two) = (steps(WORDS), steps(2 * WORDS));
        println!("{one} {two} {}", slow.name());
        assert!(two <= 3 * one + WORDS, "{}: {one}, then {two}", slow.name());
    }
}
