//! Reads what people know of some articles: which pairs are copies, which belong together, which
//! passages are shared, how far an article is derived.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::article::{Article, ArticleIx, Pair};
use crate::attribute::Derivation;
use crate::error::{Error, Note, Position, Result};
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

const FORMS: &str = "a row has a, b and label; id and cluster; a, a_start, a_end, b, b_start and b_end; \
    or id and derivation";

/// One row of the file.
struct Row {
    at: Position,
    line: u64,
    fields: Map<String, Value>,
}

impl Row {
    fn text(&self, name: &str) -> Result<String> {
        match self.fields.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Null) | None => {
                Err(malformed(&self.at, &format!("{name:?} is missing"), FORMS))
            }
            Some(value) => Ok(value.to_string()),
        }
    }

    fn number(&self, name: &str) -> Result<u32> {
        let text = self.text(name)?;
        let wrong = |_| malformed(&self.at, &format!("{name:?} is {text:?}, not a place"), FORMS);
        text.trim().parse().map_err(wrong)
    }
}

fn malformed(at: &Position, reason: &str, hint: &str) -> Error {
    Error::Malformed { at: at.clone(), reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

fn rows(path: &Path, at: &Position) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        return lines
            .map(|(json, line)| {
                let at = at.line(line);
                let fields = serde_json::from_str(json)
                    .map_err(|error| malformed(&at, &error.to_string(), FORMS))?;
                Ok(Row { at, line, fields })
            })
            .collect();
    }
    let separator = if text.lines().next().is_some_and(|head| head.contains('\t')) {
        b'\t'
    } else if text.lines().next().is_some_and(|head| head.contains(';')) {
        b';'
    } else {
        b','
    };
    let mut table = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let wrong = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        malformed(&at.line(line), &error.to_string(), FORMS)
    };
    let names = table.headers().map_err(|error| wrong(&error))?.clone();
    table
        .records()
        .map(|record| {
            let record = record.map_err(|error| wrong(&error))?;
            let line = record.position().map_or(1, csv::Position::line);
            let cells = names.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
            let fields = cells
                .map(|(name, cell)| (name.trim().to_lowercase(), cell.trim().into()))
                .collect();
            Ok(Row { at: at.line(line), line, fields })
        })
        .collect()
}

struct Reader<'a> {
    ids: FxHashMap<&'a str, ArticleIx>,
    /// By kind: how many, an example, its line.
    troubles: BTreeMap<&'static str, (usize, String, u64)>,
    rows: usize,
    /// Rows with an id that no article has.
    unknown: usize,
}

const UNKNOWN: &str = "rows left out for an id that no article has";
const ITSELF: &str = "rows left out for comparing an article with itself";
const AGAIN: &str = "rows that say the same again and count once";
const AGAINST: &str = "left out because two rows contradict each other";

impl Reader<'_> {
    fn trouble(&mut self, what: &'static str, row: &Row, example: &str) {
        let trouble =
            self.troubles.entry(what).or_insert_with(|| (0, example.to_owned(), row.line));
        trouble.0 += 1;
    }

    fn article(&mut self, id: &str, row: &Row) -> Option<ArticleIx> {
        let article = self.ids.get(id).copied();
        if article.is_none() {
            self.trouble(UNKNOWN, row, id);
        }
        article
    }

    /// The two articles of a row, and whether they came in the order of a pair.
    fn pair(&mut self, row: &Row) -> Result<Option<(Pair, bool)>> {
        let (a, b) = (row.text("a")?, row.text("b")?);
        let (Some(a_ix), Some(b_ix)) = (self.article(&a, row), self.article(&b, row)) else {
            self.unknown += 1;
            return Ok(None);
        };
        if a_ix == b_ix {
            self.trouble(ITSELF, row, &a);
            return Ok(None);
        }
        Ok(Some((Pair::new(a_ix, b_ix), a_ix < b_ix)))
    }

    fn pairs(&mut self, rows: &[Row], options: &LabelOptions, at: &Position) -> Result<Gold> {
        let names = label_names(rows, options, at)?;
        let mut labels: BTreeMap<Pair, Option<bool>> = BTreeMap::new();
        let mut against = Vec::new();
        for row in rows.iter().filter(|row| row.fields.contains_key("a")) {
            let Some((pair, _)) = self.pair(row)? else { continue };
            let label = names[&row.text("label")?];
            match labels.insert(pair, label) {
                Some(before) if before == label => self.trouble(AGAIN, row, &row.text("a")?),
                Some(_) => {
                    self.trouble(AGAINST, row, &format!("{} {}", row.text("a")?, row.text("b")?));
                    against.push(pair);
                }
                None => {}
            }
        }
        for pair in against {
            labels.insert(pair, None);
        }
        Ok(Gold::Pairs { labels, complete: options.complete })
    }

    fn clusters(&mut self, rows: &[Row]) -> Result<Gold> {
        let mut numbers: BTreeMap<String, u32> = BTreeMap::new();
        let mut clusters: BTreeMap<ArticleIx, u32> = BTreeMap::new();
        let mut against = Vec::new();
        for row in rows {
            let (name, ids) = match row.fields.get("members") {
                Some(Value::Array(ids)) => {
                    let ids = ids.iter().filter_map(Value::as_str).map(str::to_owned).collect();
                    (format!("line {}", row.line), ids)
                }
                Some(_) => return Err(malformed(&row.at, "\"members\" is no list", FORMS)),
                None => (row.text("cluster")?, vec![row.text("id")?]),
            };
            let number = numbers.len() as u32;
            let number = *numbers.entry(name).or_insert(number);
            for id in &ids {
                let Some(article) = self.article(id, row) else { continue };
                match clusters.insert(article, number) {
                    Some(before) if before == number => self.trouble(AGAIN, row, id),
                    Some(_) => {
                        self.trouble(AGAINST, row, id);
                        against.push(article);
                    }
                    None => {}
                }
            }
            let known = ids.iter().any(|id| self.ids.contains_key(id.as_str()));
            self.unknown += usize::from(!known);
        }
        for article in against {
            clusters.remove(&article);
        }
        Ok(Gold::Clusters(clusters))
    }

    fn passages(&mut self, rows: &[Row]) -> Result<Gold> {
        let mut passages: BTreeMap<Pair, Vec<Sides>> = BTreeMap::new();
        let mut articles = Vec::new();
        for row in rows {
            if let Some(Value::Array(ids)) = row.fields.get("docs") {
                self.rows += ids.len() - 1;
                for id in ids.iter().filter_map(Value::as_str) {
                    let article = self.article(id, row);
                    self.unknown += usize::from(article.is_none());
                    articles.extend(article);
                }
                continue;
            }
            let Some((pair, in_order)) = self.pair(row)? else { continue };
            let side = |start: &str, end: &str| -> Result<(u32, u32)> {
                let (start, end) = (row.number(start)?, row.number(end)?);
                if start >= end {
                    let reason = format!("a passage from {start} to {end} has no character");
                    return Err(malformed(&row.at, &reason, FORMS));
                }
                Ok((start, end))
            };
            let mut sides = [side("a_start", "a_end")?, side("b_start", "b_end")?];
            if !in_order {
                sides.swap(0, 1);
            }
            let of_pair = passages.entry(pair).or_default();
            if of_pair.contains(&sides) {
                self.trouble(AGAIN, row, &row.text("a")?);
            } else {
                of_pair.push(sides);
            }
        }
        if articles.is_empty() {
            articles = passages.keys().flat_map(|pair| [pair.a, pair.b]).collect();
        }
        articles.sort_unstable();
        articles.dedup();
        passages.retain(|pair, _| {
            [pair.a, pair.b].iter().all(|article| articles.binary_search(article).is_ok())
        });
        for of_pair in passages.values_mut() {
            of_pair.sort_unstable();
        }
        Ok(Gold::Passages { passages, articles })
    }

    fn articles(&mut self, rows: &[Row]) -> Result<Gold> {
        let mut articles: BTreeMap<ArticleIx, Derivation> = BTreeMap::new();
        let mut against = Vec::new();
        for row in rows {
            let (id, name) = (row.text("id")?, row.text("derivation")?);
            let derivation = match name.as_str() {
                "wholly-derived" => Derivation::WhollyDerived,
                "partially-derived" => Derivation::PartiallyDerived,
                "non-derived" => Derivation::NonDerived,
                _ => {
                    let hint = "it takes wholly-derived, partially-derived or non-derived";
                    return Err(malformed(&row.at, &format!("\"derivation\" is {name:?}"), hint));
                }
            };
            let Some(article) = self.article(&id, row) else {
                self.unknown += 1;
                continue;
            };
            match articles.insert(article, derivation) {
                Some(before) if before == derivation => self.trouble(AGAIN, row, &id),
                Some(_) => {
                    self.trouble(AGAINST, row, &id);
                    against.push(article);
                }
                None => {}
            }
        }
        for article in against {
            articles.remove(&article);
        }
        Ok(Gold::Articles(articles))
    }
}

/// What each label of pairs stands for.
fn label_names(
    rows: &[Row],
    options: &LabelOptions,
    at: &Position,
) -> Result<BTreeMap<String, Option<bool>>> {
    let mut names: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.fields.contains_key("a")) {
        *names.entry(row.text("label")?).or_default() += 1;
    }
    let listed: Vec<String> = names.iter().map(|(name, rows)| format!("{name} ({rows})")).collect();
    let listed = format!("the labels are {}", listed.join(", "));
    for (option, given) in [("--positive", &options.positive), ("--ignore", &options.ignore)] {
        if let Some(name) = given.iter().find(|name| !names.contains_key(*name)) {
            return Err(Error::Option {
                option: option.to_owned(),
                reason: format!("no row is labelled {name:?}"),
                hint: Some(listed),
            });
        }
    }
    let is_positive = |name: &String| match &options.positive[..] {
        [] => POSITIVE.contains(&name.to_lowercase().as_str()),
        positive => positive.contains(name),
    };
    if !names.keys().any(is_positive) {
        let hint = format!("{listed}: name those to be found with --positive");
        return Err(malformed(at, "no row has a label that is known as positive", &hint));
    }
    let meaning = |name: String| {
        let is = (!options.ignore.contains(&name)).then(|| is_positive(&name));
        (name, is)
    };
    Ok(names.into_keys().map(meaning).collect())
}

/// Refuses labels of which nothing can be learned.
fn one_class(gold: &Gold, at: &Position) -> Result<()> {
    let (reason, hint) = match gold {
        Gold::Pairs { labels, complete } => {
            let any = |is: bool| labels.values().any(|label| *label == Some(is));
            match (any(true), any(false) || *complete) {
                (true, true) => return Ok(()),
                (true, false) => (
                    "every pair is positive: nothing tells what should not be found",
                    "if all positive pairs of these articles are listed, say --complete",
                ),
                (false, _) => {
                    ("no pair is positive: nothing tells what should be found", "label some more")
                }
            }
        }
        Gold::Clusters(clusters) => {
            let mut numbers: Vec<u32> = clusters.values().copied().collect();
            numbers.sort_unstable();
            numbers.dedup();
            match numbers.len() {
                0 | 1 => ("all articles are in one cluster", "label articles of several stories"),
                all if all == clusters.len() => {
                    ("no two articles are in one cluster", "label several articles of a story")
                }
                _ => return Ok(()),
            }
        }
        Gold::Passages { passages, .. } if passages.is_empty() => {
            ("no passage is left", "label passages that articles share")
        }
        Gold::Articles(articles) => match articles.values().next() {
            Some(first) if articles.values().any(|other| other != first) => return Ok(()),
            _ => ("all articles are of one class", "label articles of every class"),
        },
        Gold::Passages { .. } => return Ok(()),
    };
    Err(malformed(at, reason, hint))
}

#[cfg(test)]
mod tests {
    use super::*;

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
