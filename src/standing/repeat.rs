//! Text that an outlet prints under or in several stories; or anybody does, where outlets are not known.

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::{Corpus, Options, share};
use crate::article::{ArticleIx, Pair};
use crate::judge::{Kind, Passage};
use crate::span::WordRange;

/// Marks the copy (in order of pairs) that two articles share, and little else, if
///
/// - one outlet published both, and they tell different stories, or the text is the same to the word and
///   closes both or stands in several of its articles;
/// - or the outlet of one is not known, the last holds, and they tell different stories;
/// - or they tell different stories, the text is the same to the word, and they were published too far
///   apart for the one to be news in the other.
///
/// Whether stories differ is told by the words outside of shared passages: the cosine of the sets of
/// these words, each weighing its bits beyond those of a common word.
pub(super) fn mark(passages: &mut [Passage], corpus: &Corpus<'_>, options: &Options) {
    let suspects: Vec<Suspect> = suspects(passages, corpus, options);
    let mut standing: Vec<(ArticleIx, WordRange, ArticleIx)> = Vec::new();
    for suspect in &suspects {
        let Passage { pair, a, b, .. } = passages[suspect.passage];
        standing.extend([(pair.a, a, pair.b), (pair.b, b, pair.a)]);
    }
    standing.sort_unstable();
    for Suspect { passage, is_certain } in suspects {
        let Passage { pair, a, b, .. } = passages[passage];
        let closes = |article: ArticleIx, range: WordRange| {
            range.end as usize + EDGE >= corpus.stories[article.ix()].words().len()
        };
        if is_certain
            || closes(pair.a, a) && closes(pair.b, b)
            || repeats(&standing, pair.a, a) + 1 >= options.articles
        {
            passages[passage].kind = Kind::Boilerplate;
        }
    }
}

/// A few words after it do not keep a passage from closing an article.
const EDGE: usize = 3;

/// A passage that may be boilerplate.
struct Suspect {
    passage: usize,
    /// There is nothing more to ask.
    is_certain: bool,
}

/// Passages of copy in articles that share little else.
fn suspects(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> Vec<Suspect> {
    let is_copy = |passage: &Passage| passage.kind == Kind::Copy;
    // Of every passage whether it is suspected, and if so whether that is certain.
    let suspected: Vec<Option<bool>> = passages
        .par_chunk_by(|x, y| x.pair == y.pair)
        .flat_map_iter(|of_pair| {
            let is_little = of_pair.iter().any(is_copy)
                && share(of_pair, corpus, |p| p.matches) < options.below_share;
            let suspicion =
                if is_little { suspicion(of_pair, corpus, options) } else { Suspicion::None };
            of_pair.iter().map(move |passage| {
                let is_same = passage.identity() >= options.identity;
                let is_certain = match suspicion {
                    Suspicion::Own => Some(true),
                    Suspicion::Old => is_same.then_some(true),
                    Suspicion::Some => is_same.then_some(false),
                    Suspicion::None => None,
                };
                is_certain.filter(|_| is_copy(passage))
            })
        })
        .collect();
    let suspected = suspected.into_iter().enumerate();
    suspected
        .filter_map(|(passage, is_certain)| Some(Suspect { passage, is_certain: is_certain? }))
        .collect()
}

/// What two articles that share little make of it.
enum Suspicion {
    /// Different outlets took up the news of the day.
    None,
    /// What is the same to the word may be boilerplate if it recurs.
    Some,
    /// What is the same to the word was no news in one of the two.
    Old,
    /// An outlet used a text of its own in two stories.
    Own,
}

/// What an agency wrote is its copy, however old: only an outlet's own lines under it are boilerplate.
fn suspicion(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> Suspicion {
    let pair = passages[0].pair;
    let outlet = |article: ArticleIx| corpus.articles[article.ix()].outlet.as_deref();
    let is_agencys = |article: ArticleIx| corpus.zones[article.ix()].is_agencys();
    let is_either_agencys = is_agencys(pair.a) || is_agencys(pair.b);
    let is_old = corpus.is_old(pair, options);
    let is_own = match (outlet(pair.a), outlet(pair.b)) {
        (Some(a), Some(b)) if a == b => true,
        _ if is_either_agencys => return Suspicion::None,
        (Some(_), Some(_)) if !is_old => return Suspicion::None,
        _ => false,
    };
    match (is_own, rest_alike(passages, corpus) < options.unrelated) {
        (true, true) if !is_either_agencys => Suspicion::Own,
        (false, true) if is_old => Suspicion::Old,
        (true, _) | (false, true) => Suspicion::Some,
        (false, false) => Suspicion::None,
    }
}

/// A word that is worth less stands in any article: once in a thousand words.
const COMMON_BITS: f32 = 10.0;

/// How alike two articles are in what they do not share, `0..=1`.
fn rest_alike(passages: &[Passage], corpus: &Corpus<'_>) -> f64 {
    let Pair { a, b } = passages[0].pair;
    let rest = |article: ArticleIx, side: fn(&Passage) -> WordRange| {
        let words = corpus.stories[article.ix()].words();
        let mut rest = vec![true; words.len()];
        for passage in passages {
            rest[side(passage).range()].fill(false);
        }
        words.iter().zip(rest).filter(|(_, rest)| *rest).map(|(&word, _)| word).collect()
    };
    let (a, b): (FxHashSet<u32>, FxHashSet<u32>) = (rest(a, |p| p.a), rest(b, |p| p.b));
    let square =
        |&word: &u32| f64::from(corpus.weights.rarity(word) - COMMON_BITS).max(0.0).powi(2);
    let norm = |words: &FxHashSet<u32>| sum(words.iter().map(square));
    let norms = norm(&a) * norm(&b);
    if norms > 0.0 { sum(a.intersection(&b).map(square)) / norms.sqrt() } else { 0.0 }
}

/// A sum that does not depend on the order of the hash set.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.into_iter().sum()
}

/// How many other articles share mostly this range of an article.
fn repeats(
    standing: &[(ArticleIx, WordRange, ArticleIx)],
    article: ArticleIx,
    range: WordRange,
) -> usize {
    let from = standing.partition_point(|entry| entry.0 < article);
    let mut others: Vec<ArticleIx> = standing[from..]
        .iter()
        .take_while(|entry| entry.0 == article)
        .filter(|(_, other, _)| other.shared(range) * 5 >= range.len() * 4)
        .map(|entry| entry.2)
        .collect();
    others.sort_unstable();
    others.dedup();
    others.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_repeats_what_others_hold() {
        let range = WordRange::new(50, 70);
        let of = |other: u32| (ArticleIx(0), range, ArticleIx(other));
        let elsewhere = (ArticleIx(0), WordRange::new(0, 20), ArticleIx(3));
        assert_eq!(repeats(&[elsewhere, of(1), of(2)], ArticleIx(0), range), 2);
    }
}
