//! Which articles are versions of one article: leads, updates and corrections by the same outlet.

use rayon::prelude::*;

use super::Case;
use crate::article::{Article, ArticleIx, Published};
use crate::forest::Forest;
use crate::judge::{Kind, Link};
use crate::span::Span;
use crate::words::Words;

/// Versions share at least this much of the shorter one.
const SHARED: f64 = 0.6;

/// And of the longer one, where neither address nor headline tells.
const NEARLY_ALL: f64 = 0.8;

/// Headlines are nearly the same if so many of the words of both are in both.
const HEADLINE: f64 = 0.5;

/// What was found of versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Versions {
    /// Whether the two articles of a link are versions of one, by link.
    pub linked: Vec<bool>,
    /// The version before it, by article.
    pub before: Vec<Option<ArticleIx>>,
    /// Versions in their order of time, then of id; two or more each, in order of the first of them.
    pub chains: Vec<Vec<ArticleIx>>,
}

impl Versions {
    pub(super) fn of(case: &Case<'_>) -> Self {
        let linked: Vec<bool> = case.links.par_iter().map(|link| is_version(case, link)).collect();
        let mut forest = Forest::new(case.articles.len());
        for (link, _) in case.links.iter().zip(&linked).filter(|&(_, &linked)| linked) {
            forest.join(link.pair.a.0, link.pair.b.0);
        }
        let mut before = vec![None; case.articles.len()];
        let mut chains: Vec<Vec<ArticleIx>> = Vec::new();
        for group in forest.groups() {
            let mut chain: Vec<ArticleIx> = group.into_iter().map(ArticleIx).collect();
            let time = |ix: ArticleIx| case.articles[ix.ix()].published.map(Published::earliest_s);
            // What has no date stands last.
            chain.sort_by_key(|&ix| (time(ix).is_none(), time(ix), ix));
            for pair in chain.windows(2) {
                before[pair[1].ix()] = Some(pair[0]);
            }
            chains.push(chain);
        }
        chains.sort_unstable_by_key(|chain| chain[0]);
        Self { linked, before, chains }
    }

    /// The versions of which an article is the first.
    pub fn from(&self, first: ArticleIx) -> Option<&[ArticleIx]> {
        let at = self.chains.binary_search_by_key(&first, |chain| chain[0]).ok()?;
        Some(&self.chains[at])
    }

    /// Whether two articles are versions of one.
    pub(super) fn are_one(&self, x: ArticleIx, y: ArticleIx) -> bool {
        let first = |mut ix: ArticleIx| {
            while let Some(before) = self.before[ix.ix()] {
                ix = before;
            }
            ix
        };
        first(x) == first(y)
    }
}

fn is_version(case: &Case<'_>, link: &Link) -> bool {
    if link.relation != Kind::Copy || link.a_share.max(link.b_share) < SHARED {
        return false;
    }
    let article = |ix: ArticleIx| &case.articles[ix.ix()];
    let (a, b) = (article(link.pair.a), article(link.pair.b));
    if a.outlet.is_none() || a.owner() != b.owner() {
        return false;
    }
    match (same_address(a, b), same_headline(a, b)) {
        (Some(true), _) | (_, Some(true)) => true,
        (None, None) => link.a_share.min(link.b_share) >= NEARLY_ALL,
        _ => false,
    }
}

/// Whether two articles stand under one address, or under one name in two folders; `None` if there
/// are no two addresses.
fn same_address(a: &Article, b: &Article) -> Option<bool> {
    let (a, b) = (a.url.as_deref()?, b.url.as_deref()?);
    Some(a == b || name(a).is_some() && name(a) == name(b))
}

/// The last part of an address, if it is long enough to be a story's name.
fn name(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next()?.trim_end_matches('/');
    let (_, last) = path.rsplit_once('/')?;
    let words = last.split(['-', '_']).filter(|word| word.contains(char::is_alphabetic)).count();
    (words >= 3).then_some(last)
}

/// Whether two headlines are nearly the same; `None` if there are no two.
pub(super) fn same_headline(a: &Article, b: &Article) -> Option<bool> {
    let words = |article: &Article| {
        let headline = article.headline.as_deref()?;
        let mut words = Words::of(headline, &[Span::whole(headline)]).hashes;
        words.sort_unstable();
        words.dedup();
        (!words.is_empty()).then_some(words)
    };
    let (a, b) = (words(a)?, words(b)?);
    let shared = a.iter().filter(|word| b.binary_search(word).is_ok()).count();
    Some(shared as f64 >= HEADLINE * (a.len() + b.len() - shared) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_some_words_tells_a_story() {
        assert_eq!(name("https://x.example/2025/03/quay-to-close/?s=1"), Some("quay-to-close"));
        assert_eq!(name("https://x.example/2025/03/index.html"), None);
        assert_eq!(name("https://x.example/83746"), None);
    }
}
