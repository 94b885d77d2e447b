//! Stories: articles joined by copy, and by copy only.

use serde::{Deserialize, Serialize};

use crate::article::ArticleIx;
use crate::forest::Forest;
use crate::judge::{Kind, Link};

/// Which links join.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A link of copy joins two articles if it holds at least this share of the words of the shorter
    /// one, `0..=1`: a paragraph of background does not make two stories one.
    pub join_share: f64,
    /// And at least this many words.
    pub join_words: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { join_share: 0.2, join_words: 30 }
    }
}

impl Options {
    /// Whether a link joins its articles into one story.
    pub fn joins(&self, link: &Link) -> bool {
        link.relation == Kind::Copy
            && link.words >= self.join_words
            && link.a_share.max(link.b_share) >= self.join_share
    }
}

/// The stories of two or more articles: largest first, then by their first article; members in order.
pub fn clusters(articles: usize, links: &[Link], options: &Options) -> Vec<Vec<ArticleIx>> {
    let mut forest = Forest::new(articles);
    for link in links.iter().filter(|link| options.joins(link)) {
        forest.join(link.pair.a.0, link.pair.b.0);
    }
    let mut clusters: Vec<Vec<ArticleIx>> = forest
        .groups()
        .into_iter()
        .map(|group| group.into_iter().map(ArticleIx).collect())
        .collect();
    clusters.sort_by_key(|cluster| (usize::MAX - cluster.len(), cluster[0]));
    clusters
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Pair;

    fn link(a: u32, b: u32, relation: Kind, share: f64) -> Link {
        let pair = Pair::new(ArticleIx(a), ArticleIx(b));
        Link { pair, relation, a_share: share, b_share: 0.0, words: 100 }
    }

    #[test]
    fn only_enough_copy_joins() {
        let links = [
            link(0, 4, Kind::Copy, 0.5),
            link(4, 5, Kind::Copy, 0.3),
            link(1, 2, Kind::Quote, 0.9),
            link(2, 3, Kind::Copy, 0.05),
            link(3, 6, Kind::Copy, 0.5),
        ];
        let members: Vec<Vec<u32>> = clusters(7, &links, &Options::default())
            .iter()
            .map(|cluster| cluster.iter().map(|ix| ix.0).collect())
            .collect();
        assert_eq!(members, [vec![0, 4, 5], vec![3, 6]]);
    }
}
