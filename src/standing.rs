//! Finds among shared passages what is no copy but stands under many articles: promotions, notes on
//! the author, disclaimers, standing paragraphs of background.
//!
//! What an outlet prints under most articles is learned and marked before anything is compared
//! ([`crate::clean::Boilerplate`]); this is for what is rarer.

use serde::{Deserialize, Serialize};

use crate::article::ArticleIx;
use crate::judge::{Kind, Passage};
use crate::span::WordRange;

/// When a passage is boilerplate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Only between articles that share less than this of the shorter one's words, `0..=1`: what is
    /// mostly equal is a copy or another version, closing lines and all.
    pub below_share: f64,
    /// Only text of which at least this share of words is the same, `0..=1`.
    pub identity: f64,
    /// Inside an article it must stand in this many articles of the outlet.
    pub articles: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { below_share: 0.3, identity: 0.95, articles: 3 }
    }
}

/// What the judgement asks of an article.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Who published it.
    pub outlet: Option<&'a str>,
    /// How many words its story has.
    pub words: usize,
}

/// Judges passages (in order of pairs) that were taken for copy: boilerplate is text of one outlet that
/// closes both articles, or that several of its articles share which share nothing else.
pub fn mark<'a>(
    passages: &mut [Passage],
    place: impl Fn(ArticleIx) -> Place<'a>,
    options: &Options,
) {
    let suspects: Vec<usize> = suspects(passages, &place, options);
    let mut standing: Vec<(ArticleIx, WordRange, ArticleIx)> = Vec::new();
    for &at in &suspects {
        let Passage { pair, a, b, .. } = passages[at];
        standing.extend([(pair.a, a, pair.b), (pair.b, b, pair.a)]);
    }
    standing.sort_unstable();
    for at in suspects {
        let Passage { pair, a, b, .. } = passages[at];
        let closes = |article: ArticleIx, range: WordRange| {
            range.end as usize + EDGE >= place(article).words
        };
        if closes(pair.a, a) && closes(pair.b, b)
            || repeats(&standing, pair.a, a) + 1 >= options.articles
        {
            passages[at].kind = Kind::Boilerplate;
        }
    }
}

/// A few words after it do not keep a passage from closing an article.
const EDGE: usize = 3;

/// Passages that are the same to the word in two articles of one outlet which share little.
fn suspects<'a>(
    passages: &[Passage],
    place: &impl Fn(ArticleIx) -> Place<'a>,
    options: &Options,
) -> Vec<usize> {
    let mut suspects = Vec::new();
    let mut first = 0;
    for passages in passages.chunk_by(|x, y| x.pair == y.pair) {
        let (a, b) = (place(passages[0].pair.a), place(passages[0].pair.b));
        let matches: u32 = passages.iter().map(|passage| passage.matches).sum();
        let share = f64::from(matches) / a.words.min(b.words).max(1) as f64;
        if a.outlet.is_some() && a.outlet == b.outlet && share < options.below_share {
            let same = |passage: &Passage| {
                passage.kind == Kind::Copy && passage.identity() >= options.identity
            };
            suspects.extend(
                passages.iter().enumerate().filter(|(_, p)| same(p)).map(|(at, _)| first + at),
            );
        }
        first += passages.len();
    }
    suspects
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
        .filter(|(_, other, _)| {
            let shared = other.end.min(range.end).saturating_sub(other.start.max(range.start));
            shared as usize * 5 >= range.len() * 4
        })
        .map(|entry| entry.2)
        .collect();
    others.sort_unstable();
    others.dedup();
    others.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Pair;
    use crate::span::Span;

    fn passage(a: u32, b: u32, start: usize, matches: u32) -> Passage {
        let range = WordRange::new(start, start + 20);
        Passage {
            pair: Pair::new(ArticleIx(a), ArticleIx(b)),
            a: range,
            b: range,
            a_span: Span::default(),
            b_span: Span::default(),
            matches,
            bits: 120.0,
            quoted: 0.0,
            kind: Kind::Copy,
        }
    }

    fn kinds(mut passages: Vec<Passage>, outlets: [&str; 3]) -> Vec<Kind> {
        let place = |ix: ArticleIx| Place { outlet: Some(outlets[ix.ix()]), words: 200 };
        mark(&mut passages, place, &Options::default());
        passages.iter().map(|passage| passage.kind).collect()
    }

    #[test]
    fn what_closes_two_articles_of_one_outlet_is_boilerplate() {
        let one = ["Post", "Post", "Post"];
        assert_eq!(kinds(vec![passage(0, 1, 178, 20)], one), [Kind::Boilerplate]);
        assert_eq!(kinds(vec![passage(0, 1, 178, 20)], ["Post", "Times", "Post"]), [Kind::Copy]);
        assert_eq!(kinds(vec![passage(0, 1, 50, 20)], one), [Kind::Copy]);
        assert_eq!(kinds(vec![passage(0, 1, 178, 15)], one), [Kind::Copy]);
    }

    #[test]
    fn what_three_articles_of_one_outlet_share_is_boilerplate() {
        let passages = vec![passage(0, 1, 50, 20), passage(0, 2, 50, 20), passage(1, 2, 50, 20)];
        assert_eq!(kinds(passages, ["Post", "Post", "Post"]), [Kind::Boilerplate; 3]);
    }
}
