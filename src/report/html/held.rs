//! What a page is made of: the tables of a run with the texts of its articles, by number.

use std::ops::Range;

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::units::Units;
use crate::article::Article;
use crate::error::{Error, Position, Result};
use crate::hash;
use crate::report::filed::{
    ArticleRow, ClusterRow, CopyRow, Filed, FiledSummary, LinkRow, PassageRow,
};

/// A run with its texts. Articles, links and copies are known by their places here.
pub(super) struct Held<'a> {
    pub(super) summary: FiledSummary,
    pub(super) rows: Vec<ArticleRow>,
    /// The articles themselves, in the same order.
    pub(super) articles: Vec<&'a Article>,
    /// Length of each text in UTF-16 units.
    pub(super) lengths: Vec<u32>,
    pub(super) stories: Vec<ClusterRow>,
    pub(super) copies: Vec<CopyRow>,
    /// In order of pairs.
    pub(super) links: Vec<Link>,
    /// In order of pairs; offsets are UTF-16 units.
    pub(super) passages: Vec<Shared>,
    by_id: FxHashMap<String, u32>,
}

/// A pair that shares something.
pub(super) struct Link {
    pub(super) pair: (u32, u32),
    pub(super) row: LinkRow,
    /// Its passages.
    pub(super) passages: Range<usize>,
}

/// A passage that two articles share.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) pair: (u32, u32),
    pub(super) a: (u32, u32),
    pub(super) b: (u32, u32),
    pub(super) kind: Kind,
    pub(super) identity: f64,
    pub(super) words: u32,
    pub(super) bits: f64,
    /// Hashes of both texts, as the run has them.
    texts: (u64, u64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Copy,
    Quote,
    Boilerplate,
}

impl Kind {
    pub(super) fn of(name: &str) -> Self {
        match name {
            "copy" => Self::Copy,
            "quote" => Self::Quote,
            _ => Self::Boilerplate,
        }
    }
}

impl<'a> Held<'a> {
    /// Reads the tables of a run whose articles are `articles`, in any order; they have to be what
    /// was scanned.
    pub(super) fn of(filed: &Filed, articles: &'a [Article]) -> Result<Self> {
        let rows: Vec<ArticleRow> = filed.rows("articles.jsonl")?.collect::<Result<_>>()?;
        let by_id: FxHashMap<String, u32> =
            rows.iter().enumerate().map(|(ix, row)| (row.id.clone(), ix as u32)).collect();
        let given: FxHashMap<&str, &Article> =
            articles.iter().map(|article| (&*article.id, article)).collect();
        let at = Position::file(filed.folder());
        let lost: Vec<&str> =
            rows.iter().map(|row| &*row.id).filter(|id| !given.contains_key(id)).collect();
        if !lost.is_empty() {
            return Err(strayed(&at, &lost, rows.len(), "no longer there"));
        }
        let articles = rows.iter().map(|row| given[&*row.id]).collect();
        let number = |id: &String| {
            by_id.get(id).copied().ok_or_else(|| Error::Malformed {
                at: at.clone(),
                reason: format!("\"{id}\" is in one table and not in articles.jsonl"),
                hint: Some("scan again".to_owned()),
            })
        };
        let mut passages = Vec::new();
        for row in filed.rows::<PassageRow>("passages.jsonl")? {
            let row = row?;
            passages.push(Shared {
                pair: (number(&row.a)?, number(&row.b)?),
                a: (row.a_start as u32, row.a_end as u32),
                b: (row.b_start as u32, row.b_end as u32),
                kind: Kind::of(&row.kind),
                identity: row.identity,
                words: row.words,
                bits: row.bits,
                texts: (text_hash(&row.a_text), text_hash(&row.b_text)),
            });
        }
        passages.sort_by_key(|passage| (passage.pair, passage.a, passage.b));
        let mut links = Vec::new();
        for row in filed.rows::<LinkRow>("links.jsonl")? {
            let row = row?;
            let pair = (number(&row.a)?, number(&row.b)?);
            let start = passages.partition_point(|passage| passage.pair < pair);
            let end = passages.partition_point(|passage| passage.pair <= pair);
            links.push(Link { pair, row, passages: start..end });
        }
        links.sort_by_key(|link| link.pair);
        let mut copies: Vec<CopyRow> = filed.rows("copies.jsonl")?.collect::<Result<_>>()?;
        // What is an article has its text there.
        copies.iter_mut().filter(|copy| copy.article.is_some()).for_each(|copy| copy.text.clear());
        let mut held = Self {
            summary: filed.summary()?,
            stories: filed.rows("clusters.jsonl")?.collect::<Result<_>>()?,
            lengths: Vec::new(),
            rows,
            articles,
            copies,
            links,
            passages,
            by_id,
        };
        held.count_in_units(&at)?;
        Ok(held)
    }

    /// The number of an article.
    pub(super) fn number(&self, id: &str) -> Option<u32> {
        self.by_id.get(id).copied()
    }

    /// The link of two articles, if they share anything.
    pub(super) fn link(&self, x: u32, y: u32) -> Option<&Link> {
        let pair = (x.min(y), x.max(y));
        let at = self.links.binary_search_by_key(&pair, |link| link.pair);
        // Ids are compared as bytes both here and where pairs were made, but a run may be edited.
        at.or_else(|_| self.links.binary_search_by_key(&(pair.1, pair.0), |link| link.pair))
            .ok()
            .map(|at| &self.links[at])
    }

    /// Turns the offsets of passages into units, and checks that what stands there is what was found.
    fn count_in_units(&mut self, at: &Position) -> Result<()> {
        let mut sides: Vec<(u32, usize, Side)> = self
            .passages
            .iter()
            .enumerate()
            .flat_map(|(p, shared)| [(shared.pair.0, p, Side::A), (shared.pair.1, p, Side::B)])
            .collect();
        sides.par_sort_unstable();
        let passages = &self.passages;
        let by_article: Vec<Counted> = (0..self.rows.len())
            .into_par_iter()
            .map(|ix| {
                let text = &self.articles[ix].text;
                let units = Units::of(text);
                let first = sides.partition_point(|side| (side.0 as usize) < ix);
                let own = sides[first..].iter().take_while(|side| side.0 as usize == ix);
                let mut is_same = is_as_scanned(&self.rows[ix], text, &units);
                let places = own.map(|&(_, passage, side)| {
                    let ((start, end), hash) = side.of(&passages[passage]);
                    let slice = units.slice(text, start as usize, end as usize);
                    is_same &= slice.is_some_and(|slice| text_hash(slice) == hash);
                    (units.unit(start as usize), units.unit(end as usize))
                });
                let places = places.collect();
                Counted { length: units.end(), is_same, places }
            })
            .collect();
        let changed = by_article.iter().zip(&self.rows).filter(|(counted, _)| !counted.is_same);
        let changed: Vec<&str> = changed.map(|(_, row)| &*row.id).collect();
        if !changed.is_empty() {
            return Err(strayed(at, &changed, self.rows.len(), "not what was scanned"));
        }
        self.lengths = by_article.iter().map(|counted| counted.length).collect();
        let places = by_article.into_iter().flat_map(|counted| counted.places);
        for ((_, passage, side), place) in sides.into_iter().zip(places) {
            match side {
                Side::A => self.passages[passage].a = place,
                Side::B => self.passages[passage].b = place,
            }
        }
        Ok(())
    }
}

/// An article in units: its length, whether it is what was scanned, the places of its passages.
struct Counted {
    length: u32,
    is_same: bool,
    places: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Side {
    A,
    B,
}

impl Side {
    fn of(self, shared: &Shared) -> ((u32, u32), u64) {
        match self {
            Self::A => (shared.a, shared.texts.0),
            Self::B => (shared.b, shared.texts.1),
        }
    }
}

/// Whether what was found in an article by itself is still where it was.
fn is_as_scanned(row: &ArticleRow, text: &str, units: &Units) -> bool {
    let stretches = row.stretches.iter().map(|stretch| stretch.end);
    let end = stretches.chain(row.marks.iter().map(|mark| mark.end)).max().unwrap_or(0);
    let stands = row.evidence.iter().all(|evidence| match (evidence.start, evidence.end) {
        (Some(start), Some(end)) => units.slice(text, start, end).is_some(),
        _ => true,
    });
    stands && units.slice(text, 0, end).is_some()
}

fn text_hash(text: &str) -> u64 {
    hash::bytes(text.as_bytes(), 0)
}

fn strayed(at: &Position, ids: &[&str], of: usize, what: &str) -> Error {
    const NAMED: usize = 3;
    let more = if ids.len() > NAMED { ", …" } else { "" };
    let named = ids[..ids.len().min(NAMED)].join(", ");
    Error::Malformed {
        at: at.clone(),
        reason: format!("{} of its {of} articles are {what}: {named}{more}", ids.len()),
        hint: Some("--input FILE names where they are as they were; or scan again".to_owned()),
    }
}
