//! The rows of `copies.jsonl`: copies, with who took them.

use serde::Serialize;

use super::Run;
use super::rows::{article_of, rounded};
use crate::article::{ArticleIx, Published};
use crate::attribute::{Copy, Origin, Pickup, Rebuilt, Treatment};
use crate::span::{CodePoints, Span};

/// One line of `copies.jsonl`.
#[derive(Serialize)]
pub(super) struct CopyRow<'a> {
    id: Option<String>,
    agency: Option<&'a str>,
    origin: &'static str,
    /// `None` if it was rebuilt.
    article: Option<&'a str>,
    text: &'a str,
    /// Of a rebuilt copy how many articles hold its words, stretch by stretch.
    #[serde(skip_serializing_if = "Option::is_none")]
    support: Option<Vec<SupportRow>>,
    /// Of a rebuilt copy those who took it.
    #[serde(skip_serializing_if = "Option::is_none")]
    witnesses: Option<Vec<&'a str>>,
    pickups: Vec<PickupRow<'a>>,
}

#[derive(Serialize)]
struct SupportRow {
    start: usize,
    end: usize,
    witnesses: u32,
}

#[derive(Serialize)]
struct PickupRow<'a> {
    article: &'a str,
    share: f64,
    treatment: Treatment,
    /// The version of the same article before this one.
    version_of: Option<&'a str>,
    /// Seconds from the copy to the pickup, where both dates are precise enough to tell.
    lag_s: Option<i64>,
}

impl<'a> CopyRow<'a> {
    pub(super) fn new(run: &Run<'a>, copy: &Copy) -> Self {
        let (origin, text, rebuilt) = match copy.origin {
            Origin::Article(ix) => ("article", story_text(run, ix), None),
            Origin::Rebuilt(ix) => {
                let rebuilt = &run.findings.attributed.rebuilt[ix.ix()];
                ("reconstructed", &rebuilt.text[..], Some(rebuilt))
            }
        };
        let first = first_published(run, copy);
        let before = &run.findings.attributed.versions.before;
        let pickups = copy.pickups.iter().map(|&Pickup { article, share, treatment }| PickupRow {
            article: run.id(article),
            share: rounded(share),
            treatment,
            version_of: before[article.ix()].map(|before| run.id(before)),
            lag_s: first.zip(run.articles[article.ix()].published).and_then(|(a, b)| a.lag_s(b)),
        });
        Self {
            id: run.copy_id(copy.origin),
            agency: copy.agency.map(|agency| run.agencies.name(agency)),
            origin,
            article: article_of(run, copy.origin),
            text,
            support: rebuilt.map(support),
            witnesses: rebuilt.map(|r| r.witnesses.iter().map(|&ix| run.id(ix)).collect()),
            pickups: pickups.collect(),
        }
    }
}

/// From the first word of an article's story to its last.
fn story_text<'a>(run: &Run<'a>, article: ArticleIx) -> &'a str {
    let text = &run.articles[article.ix()].text;
    let story = run.findings.zones[article.ix()].story(text);
    &text[story.into_iter().reduce(Span::hull).unwrap_or_default()]
}

/// When a copy was published: of one that was rebuilt, when it first was printed.
fn first_published(run: &Run<'_>, copy: &Copy) -> Option<Published> {
    let published = |article: ArticleIx| run.articles[article.ix()].published;
    match copy.origin {
        Origin::Article(article) => published(article),
        Origin::Rebuilt(_) => copy
            .pickups
            .iter()
            .filter_map(|pickup| published(pickup.article))
            .min_by_key(|published| published.earliest_s()),
    }
}

fn support(rebuilt: &Rebuilt) -> Vec<SupportRow> {
    let mut points = CodePoints::new(&rebuilt.text);
    let row = |&(span, witnesses): &(Span, u32)| SupportRow {
        start: points.at(span.start),
        end: points.at(span.end),
        witnesses,
    };
    rebuilt.support.iter().map(row).collect()
}
