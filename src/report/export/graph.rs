//! The articles of a run as a network.

use std::collections::HashMap;

use rustc_hash::FxHashMap;

use crate::error::Result;
use crate::report::filed::{ArticleRow, ClusterRow, Filed, LinkRow};

/// Articles and what links them.
pub(super) struct Graph {
    pub(super) nodes: Vec<Node>,
    pub(super) edges: Vec<Edge>,
}

/// What is told of an article: names of attributes with what they hold.
pub(super) struct Node {
    pub(super) id: String,
    pub(super) label: String,
    /// In the order of [`NODE_ATTRIBUTES`]; what is not known is none.
    pub(super) attributes: Vec<Option<String>>,
}

pub(super) struct Edge {
    /// Ids; of a directed edge the source first.
    pub(super) ends: (String, String),
    pub(super) is_directed: bool,
    /// Words that both have.
    pub(super) words: u32,
    /// In the order of [`EDGE_ATTRIBUTES`].
    pub(super) attributes: Vec<Option<String>>,
}

/// The type of an attribute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Count,
    Real,
    Flag,
}

pub(super) const NODE_ATTRIBUTES: [(&str, Kind); 9] = [
    ("outlet", Kind::Text),
    ("published", Kind::Text),
    ("agency", Kind::Text),
    ("credited", Kind::Flag),
    ("derivation", Kind::Text),
    ("treatment", Kind::Text),
    ("story", Kind::Text),
    ("words", Kind::Count),
    ("copied", Kind::Real),
];

pub(super) const EDGE_ATTRIBUTES: [(&str, Kind); 6] = [
    ("relation", Kind::Text),
    ("words", Kind::Count),
    ("source_share", Kind::Real),
    ("target_share", Kind::Real),
    ("confidence", Kind::Real),
    ("version", Kind::Flag),
];

impl Graph {
    pub(super) fn of(filed: &Filed) -> Result<Self> {
        let mut story_of: FxHashMap<String, String> = HashMap::default();
        for story in filed.rows::<ClusterRow>("clusters.jsonl")? {
            let story = story?;
            story_of.extend(story.articles.into_iter().map(|id| (id, story.id.clone())));
        }
        let nodes = filed
            .rows::<ArticleRow>("articles.jsonl")?
            .map(|row| row.map(|row| node(row, &story_of)))
            .collect::<Result<_>>()?;
        let edges = filed
            .rows::<LinkRow>("links.jsonl")?
            .map(|row| row.map(edge))
            .collect::<Result<_>>()?;
        Ok(Self { nodes, edges })
    }
}

fn node(row: ArticleRow, story_of: &FxHashMap<String, String>) -> Node {
    let attributes = vec![
        row.outlet,
        row.published,
        row.agency,
        Some(row.credited.to_string()),
        Some(row.derivation),
        row.treatment,
        story_of.get(&row.id).cloned(),
        Some(row.words.to_string()),
        Some(format!("{:.4}", row.shares.agency + row.shares.shared)),
    ];
    Node { label: row.headline.unwrap_or_else(|| row.id.clone()), id: row.id, attributes }
}

fn edge(row: LinkRow) -> Edge {
    let is_turned = row.source.as_deref() == Some("b");
    let (ends, shares) = if is_turned {
        ((row.b, row.a), (row.b_share, row.a_share))
    } else {
        ((row.a, row.b), (row.a_share, row.b_share))
    };
    Edge {
        ends,
        is_directed: row.source.is_some(),
        words: row.words,
        attributes: vec![
            Some(row.relation),
            Some(row.words.to_string()),
            Some(shares.0.to_string()),
            Some(shares.1.to_string()),
            row.source.is_some().then(|| row.confidence.to_string()),
            Some(row.version.to_string()),
        ],
    }
}
