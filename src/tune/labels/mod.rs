//! Reads what people know of some articles: which pairs are copies, which belong together, which
//! passages are shared, how far an article is derived.

mod reader;
mod row;

use std::collections::BTreeMap;
use std::path::Path;

use reader::{Reader, one_class};
use row::{FORMS, malformed, rows};

use crate::article::{Article, ArticleIx, Pair};
use crate::attribute::Derivation;
use crate::error::{Note, Position, Result};
use crate::measure::{Of, Sides};

/// How labels are to be understood.
#[derive(Debug, Clone, Default)]
pub struct LabelOptions {
    /// Labels of pairs that should be found; if none are named, what [`POSITIVE`] lists.
    pub positive: Vec<String>,
    /// Labels of pairs that count neither way.
    pub ignore: Vec<String>,
    /// Whether pairs of labelled articles that are not listed should not be found; else they count
    /// neither way.
    pub complete: bool,
}

/// What a positive label of a pair is called, if nobody says: in any case.
pub const POSITIVE: [&str; 8] =
    ["copy", "duplicate", "match", "positive", "same", "true", "yes", "1"];

/// What is known of some articles.
#[derive(Debug, Clone, PartialEq)]
pub enum Gold {
    /// Whether two articles are a pair that should be found; a pair that counts neither way is `None`.
    Pairs {
        /// By pair.
        labels: BTreeMap<Pair, Option<bool>>,
        /// Whether what is not listed should not be found.
        complete: bool,
    },
    /// The cluster of each article.
    Clusters(BTreeMap<ArticleIx, u32>),
    /// The passages of each pair of the articles that were looked at.
    Passages {
        /// By pair, in order of their place.
        passages: BTreeMap<Pair, Vec<Sides>>,
        /// In order.
        articles: Vec<ArticleIx>,
    },
    /// How far each article is derived.
    Articles(BTreeMap<ArticleIx, Derivation>),
}

/// Labels as they were read.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    /// What they say.
    pub gold: Gold,
    /// What there is to say about some of them, each kind of trouble once.
    pub notes: Vec<Note>,
}

impl Gold {
    /// What is counted.
    pub fn of(&self) -> Of {
        match self {
            Self::Pairs { .. } => Of::Pairs,
            Self::Clusters(_) => Of::Clusters,
            Self::Passages { .. } => Of::Passages,
            Self::Articles(_) => Of::Articles,
        }
    }

    /// Pairs that belong to one story as far as the labels tell.
    pub fn positive_pairs(&self) -> Vec<Pair> {
        match self {
            Self::Pairs { labels, .. } => {
                labels.iter().filter(|(_, label)| **label == Some(true)).map(|(p, _)| *p).collect()
            }
            Self::Clusters(clusters) => {
                let mut first: BTreeMap<u32, ArticleIx> = BTreeMap::new();
                let with_first = clusters.iter().filter_map(|(&article, &cluster)| {
                    let first = *first.entry(cluster).or_insert(article);
                    (first != article).then(|| Pair::new(first, article))
                });
                with_first.collect()
            }
            Self::Passages { passages, .. } => passages.keys().copied().collect(),
            Self::Articles(_) => Vec::new(),
        }
    }

    /// The articles they speak of, in order.
    pub fn articles(&self) -> Vec<ArticleIx> {
        let mut articles: Vec<ArticleIx> = match self {
            Self::Pairs { labels, .. } => labels.keys().flat_map(|pair| [pair.a, pair.b]).collect(),
            Self::Clusters(clusters) => clusters.keys().copied().collect(),
            Self::Passages { articles, .. } => articles.clone(),
            Self::Articles(articles) => articles.keys().copied().collect(),
        };
        articles.sort_unstable();
        articles.dedup();
        articles
    }
}

impl Labels {
    /// Reads a CSV file, or JSON objects one a line. What a row is, its fields tell: `a`, `b`, `label`;
    /// `id`, `cluster`, or `members`; `a`, `a_start`, `a_end`, `b`, `b_start`, `b_end`, and a row of
    /// `docs`; `id`, `derivation`.
    pub fn read(path: &Path, articles: &[Article], options: &LabelOptions) -> Result<Self> {
        let at = Position::file(path);
        let rows = rows(path, &at)?;
        let ids = articles.iter().zip(0..).map(|(a, ix)| (a.id.as_str(), ArticleIx(ix))).collect();
        let mut reader = Reader { ids, troubles: BTreeMap::new(), rows: rows.len(), unknown: 0 };
        let has = |name: &str| rows.iter().any(|row| row.fields.contains_key(name));
        let gold = if has("a_start") {
            reader.passages(&rows)?
        } else if has("cluster") || has("members") {
            reader.clusters(&rows)?
        } else if has("label") {
            reader.pairs(&rows, options, &at)?
        } else if has("derivation") {
            reader.articles(&rows)?
        } else {
            return Err(malformed(&at, "holds no labels", FORMS));
        };
        if reader.unknown * 2 > reader.rows {
            let (unknown, rows) = (reader.unknown, reader.rows);
            return Err(malformed(
                &at,
                &format!("of {rows} rows {unknown} name an id that no article has"),
                "are these the labels of other articles? --map id=NAME tells where ids are",
            ));
        }
        one_class(&gold, &at)?;
        let notes = reader.troubles.into_iter().map(|(what, (rows, first, line))| Note {
            at: at.line(line),
            reason: format!("{what}: {rows}, the first of {first}"),
        });
        let mut notes: Vec<Note> = notes.collect();
        notes.sort();
        Ok(Self { gold, notes })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    fn read(text: &str, options: &LabelOptions) -> Result<Labels> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels");
        std::fs::write(&path, text).unwrap();
        let articles = ["a", "b", "c", "d"].map(|id| Article::new(id, "text"));
        Labels::read(&path, &articles, options)
    }

    fn pair(a: u32, b: u32) -> Pair {
        Pair::new(ArticleIx(a), ArticleIx(b))
    }

    fn notes(labels: &Labels) -> Vec<(Option<u64>, &str)> {
        labels.notes.iter().map(|note| (note.at.line, note.reason.as_str())).collect()
    }

    /// What is wrong, without the name of the file.
    fn wrong(text: &str, options: &LabelOptions) -> String {
        let error = read(text, options).unwrap_err();
        let told = error.to_string();
        let told = told.rsplit_once("labels:").map_or(told.as_str(), |(_, told)| told);
        format!("{} | {}", told.trim(), error.hint().unwrap())
    }

    #[test]
    fn pairs_are_read_from_tables_and_lines() {
        let table = "B;label;A\nb;copy;a\nc;none;a\n";
        let lines = "{\"a\":\"a\",\"b\":\"b\",\"label\":\"copy\"}\n\n{\"a\":\"a\",\"b\":\"c\",\"label\":\"none\"}\n";
        for text in [table, lines] {
            let labels = read(text, &LabelOptions::default()).unwrap();
            let expected = BTreeMap::from([(pair(0, 1), Some(true)), (pair(0, 2), Some(false))]);
            assert_eq!(labels.gold, Gold::Pairs { labels: expected, complete: false });
            assert!(labels.notes.is_empty());
        }
    }

    #[test]
    fn what_is_wrong_with_rows_is_counted() {
        let text = "a,b,label\na,b,copy\nb,a,copy\na,c,copy\nc,a,none\nc,d,none\nd,d,copy\na,x,copy\ny,b,none\n";
        let labels = read(text, &LabelOptions::default()).unwrap();
        assert_eq!(
            notes(&labels),
            [
                (Some(3), "rows that say the same again and count once: 1, the first of b"),
                (Some(5), "left out because two rows contradict each other: 1, the first of c a"),
                (Some(7), "rows left out for comparing an article with itself: 1, the first of d"),
                (Some(8), "rows left out for an id that no article has: 2, the first of x"),
            ]
        );
        let Gold::Pairs { labels, .. } = labels.gold else { panic!() };
        assert_eq!(labels[&pair(0, 2)], None);
        assert_eq!(labels.len(), 3);
    }

    #[test]
    fn labels_that_teach_nothing_are_refused() {
        let usual = LabelOptions::default();
        let one = "a,b,label\na,b,copy\nc,d,copy\n";
        assert!(wrong(one, &usual).starts_with("every pair is positive"));
        assert!(read(one, &LabelOptions { complete: true, ..LabelOptions::default() }).is_ok());
        let names = wrong("a,b,label\na,b,near-dup\nc,d,other\n", &usual);
        assert!(
            names.ends_with("near-dup (1), other (1): name those to be found with --positive"),
            "{names}"
        );
        let positive = LabelOptions { positive: vec!["nea".to_owned()], ..LabelOptions::default() };
        assert!(
            wrong("a,b,label\na,b,near-dup\n", &positive)
                .starts_with("--positive: no row is labelled")
        );
        let others = "a,b,label\nw,x,copy\ny,z,none\na,b,copy\n";
        assert!(wrong(others, &usual).starts_with("of 3 rows 2 name an id that no article has"));
        assert!(
            wrong("id,cluster\na,1\nb,1\n", &usual).starts_with("all articles are in one cluster")
        );
        assert!(wrong("id,cluster\na,1\nb,2\n", &usual).starts_with("no two articles are in one"));
        assert!(wrong("x,y\n1,2\n", &usual).starts_with("holds no labels"));
        assert!(wrong("", &usual).starts_with("holds no labels"));
    }

    #[test]
    fn what_cannot_be_read_is_told_by_its_line() {
        let usual = LabelOptions::default();
        let line = |text: &str| match read(text, &usual).unwrap_err() {
            Error::Malformed { at, .. } => at.line,
            error => panic!("{error}"),
        };
        assert_eq!(line("{\"a\":\"a\",\"b\":\"b\",\"label\":\"copy\"}\n{\"a\":"), Some(2));
        assert_eq!(line("a,b,label\na,b,copy\nc,d\n"), Some(3));
        assert_eq!(line("a,b,label\na,b,copy\nc,d,\n"), Some(3));
        let spans = "a,b,a_start,a_end,b_start,b_end\na,b,1,9,1,9\na,b,5,5,1,9\n";
        assert_eq!(line(spans), Some(3));
        assert_eq!(line("id,derivation\na,non-derived\nb,hardly\n"), Some(3));
    }

    #[test]
    fn clusters_and_passages_are_read() {
        let members = "{\"members\":[\"a\",\"b\"]}\n{\"members\":[\"c\"]}\n";
        let table = "id,cluster\nb,7\na,7\nc,9\n";
        let expected = BTreeMap::from([(ArticleIx(0), 0), (ArticleIx(1), 0), (ArticleIx(2), 1)]);
        for text in [members, table] {
            assert_eq!(
                read(text, &LabelOptions::default()).unwrap().gold,
                Gold::Clusters(expected.clone())
            );
        }
        let text = "{\"docs\":[\"a\",\"b\",\"c\"]}\n{\"a\":\"b\",\"a_start\":1,\"a_end\":9,\"b\":\"a\",\"b_start\":4,\"b_end\":12}\n";
        let Gold::Passages { passages, articles } =
            read(text, &LabelOptions::default()).unwrap().gold
        else {
            panic!()
        };
        assert_eq!(passages[&pair(0, 1)], [[(4, 12), (1, 9)]]);
        assert_eq!(articles.len(), 3);
    }
}
