//! What rows of labels say of the articles at hand, and what is wrong with them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde_json::Value;

use super::row::{FORMS, Row, malformed};
use super::{Gold, LabelOptions, POSITIVE};
use crate::article::{ArticleIx, Pair};
use crate::attribute::Derivation;
use crate::error::{Error, Position, Result};
use crate::measure::Sides;

pub(super) struct Reader<'a> {
    pub(super) ids: FxHashMap<&'a str, ArticleIx>,
    /// By kind: how many, an example, its line.
    pub(super) troubles: BTreeMap<&'static str, (usize, String, u64)>,
    pub(super) rows: usize,
    /// Rows with an id that no article has.
    pub(super) unknown: usize,
}

pub(super) const UNKNOWN: &str = "rows left out for an id that no article has";
pub(super) const ITSELF: &str = "rows left out for comparing an article with itself";
pub(super) const AGAIN: &str = "rows that say the same again and count once";
pub(super) const AGAINST: &str = "left out because two rows contradict each other";

impl Reader<'_> {
    pub(super) fn trouble(&mut self, what: &'static str, row: &Row, example: &str) {
        let trouble =
            self.troubles.entry(what).or_insert_with(|| (0, example.to_owned(), row.line));
        trouble.0 += 1;
    }

    pub(super) fn article(&mut self, id: &str, row: &Row) -> Option<ArticleIx> {
        let article = self.ids.get(id).copied();
        if article.is_none() {
            self.trouble(UNKNOWN, row, id);
        }
        article
    }

    /// The two articles of a row, and whether they came in the order of a pair.
    pub(super) fn pair(&mut self, row: &Row) -> Result<Option<(Pair, bool)>> {
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

    pub(super) fn pairs(
        &mut self,
        rows: &[Row],
        options: &LabelOptions,
        at: &Position,
    ) -> Result<Gold> {
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

    pub(super) fn clusters(&mut self, rows: &[Row]) -> Result<Gold> {
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

    pub(super) fn passages(&mut self, rows: &[Row]) -> Result<Gold> {
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

    pub(super) fn articles(&mut self, rows: &[Row]) -> Result<Gold> {
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
pub(super) fn label_names(
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
pub(super) fn one_class(gold: &Gold, at: &Position) -> Result<()> {
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
