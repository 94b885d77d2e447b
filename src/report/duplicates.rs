//! What a scan of whole articles found, as files: of those of a full scan the ones that it can fill.

use std::path::Path;

use serde::Serialize;

use super::folder::lines;
use super::rows::rounded;
use crate::article::{Article, ArticleIx};
use crate::duplicates::{Duplicates, Proof, Twins};
use crate::error::Result;
use crate::judge::Kind;

/// A finished scan of whole articles.
#[derive(Debug, Clone, Copy)]
pub struct DuplicatesRun<'a> {
    /// The articles, in order of id; of their texts nothing is needed.
    pub articles: &'a [Article],
    /// What they were compared by.
    pub proofs: &'a [Proof],
    /// What was found.
    pub found: &'a Duplicates,
}

/// The sizes of such a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DuplicatesCounts {
    /// Articles taken.
    pub articles: usize,
    /// Articles that nearly equal the first of their group.
    pub near_duplicates: usize,
    /// Pairs that join groups.
    pub copy_links: usize,
    /// Groups of articles that resemble one another.
    pub clusters: usize,
    /// Articles in them.
    pub in_clusters: usize,
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    file: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    headline: Option<&'a str>,
    language: Option<&'a str>,
    words: u32,
    near_duplicate_of: Option<&'a str>,
}

#[derive(Serialize)]
struct LinkRow<'a> {
    a: &'a str,
    b: &'a str,
    relation: Kind,
    /// Share of the shingles of either that both have.
    resemblance: f64,
    /// The same of those of one: how much of it the other contains.
    a_share: f64,
    b_share: f64,
    /// Runs of five words that both have.
    words: u32,
}

#[derive(Serialize)]
struct ClusterRow<'a> {
    id: String,
    articles: Vec<&'a str>,
    earliest: Option<&'a str>,
    outlets: usize,
}

impl<'a> DuplicatesRun<'a> {
    /// Counts what it holds.
    pub fn counts(&self) -> DuplicatesCounts {
        DuplicatesCounts {
            articles: self.articles.len(),
            near_duplicates: self.found.near.iter().flatten().count(),
            copy_links: self.found.links.len(),
            clusters: self.found.groups.len(),
            in_clusters: self.found.groups.iter().map(Vec::len).sum(),
        }
    }

    pub(super) fn write_tables(&self, folder: &Path) -> Result<()> {
        let Self { articles, found, .. } = self;
        lines(&folder.join("articles.jsonl"), articles.len(), |ix| self.article(ix))?;
        lines(&folder.join("links.jsonl"), found.links.len(), |at| self.link(&found.links[at]))?;
        lines(&folder.join("clusters.jsonl"), found.groups.len(), |at| self.cluster(at))
    }

    fn id(&self, article: ArticleIx) -> &'a str {
        &self.articles[article.ix()].id
    }

    fn article(&self, ix: usize) -> ArticleRow<'a> {
        let article = &self.articles[ix];
        ArticleRow {
            id: &article.id,
            file: &article.at.file,
            outlet: article.outlet.as_deref(),
            published: article.published.map(|at| at.to_string()),
            headline: article.headline.as_deref(),
            language: article.language.as_deref(),
            words: self.proofs[ix].words,
            near_duplicate_of: self.found.near[ix].map(|first| self.id(first)),
        }
    }

    fn link(&self, twins: &Twins) -> LinkRow<'a> {
        let share = |of: u32| rounded(f64::from(twins.shared) / f64::from(of.max(1)));
        LinkRow {
            a: self.id(twins.pair.a),
            b: self.id(twins.pair.b),
            relation: Kind::Copy,
            resemblance: rounded(twins.resemblance()),
            a_share: share(twins.of_a),
            b_share: share(twins.of_b),
            words: twins.shared,
        }
    }

    fn cluster(&self, number: usize) -> ClusterRow<'a> {
        let members = &self.found.groups[number];
        let article = |ix: &ArticleIx| &self.articles[ix.ix()];
        let earliest = members
            .iter()
            .filter_map(|ix| Some((article(ix).published?.earliest_s(), *ix)))
            .min()
            .map(|(_, ix)| self.id(ix));
        let mut outlets: Vec<&str> =
            members.iter().filter_map(|ix| article(ix).outlet.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        ClusterRow {
            id: format!("group-{}", number + 1),
            articles: members.iter().map(|&ix| self.id(ix)).collect(),
            earliest,
            outlets: outlets.len(),
        }
    }
}
