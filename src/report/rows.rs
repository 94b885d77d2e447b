//! The rows of the files of a run. All offsets are Unicode code points into the article's text,
//! half-open; ids are the user's own.

use serde::Serialize;

use super::Run;
use crate::agency::AgencyIx;
use crate::article::{ArticleIx, Published};
use crate::attribute::{Copy, Derivation, Shares};
use crate::clean::{EvidenceKind, Rule};
use crate::judge::{Kind, Link, Passage};
use crate::span::{CodePoints, Span};

/// One line of `articles.jsonl`.
#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    id: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    headline: Option<&'a str>,
    language: Option<&'a str>,
    /// Words of the story.
    words: usize,
    near_duplicate_of: Option<&'a str>,
    derivation: Derivation,
    agency: Option<&'a str>,
    credited: bool,
    evidence: Vec<EvidenceRow<'a>>,
    sources: Vec<SourceRow<'a>>,
    shares: Shares,
    /// What of the text is not the story.
    marks: Vec<MarkRow>,
}

#[derive(Serialize)]
struct EvidenceRow<'a> {
    kind: EvidenceKind,
    /// The agency, of a relay the origin.
    agency: Option<&'a str>,
    /// Those that passed it on, in printed order.
    relays: Vec<&'a str>,
    text: &'a str,
    start: Option<usize>,
    end: Option<usize>,
}

#[derive(Serialize)]
struct SourceRow<'a> {
    copy: Option<String>,
    agency: Option<&'a str>,
    article: &'a str,
    share: f64,
    confidence: f64,
}

#[derive(Serialize)]
struct MarkRow {
    rule: Rule,
    start: usize,
    end: usize,
}

impl<'a> ArticleRow<'a> {
    pub(super) fn new(run: &Run<'a>, ix: usize) -> Self {
        let (article, findings) = (&run.articles[ix], run.findings);
        let (zones, attribution) = (&findings.zones[ix], &findings.attributions[ix]);
        let name = |agency: AgencyIx| run.agencies.name(agency);
        let mut points = CodePoints::new(&article.text);
        let mut at = |span: Span| (points.at(span.start), points.at(span.end));
        let evidence = zones
            .evidence
            .iter()
            .map(|evidence| {
                let (start, end) = evidence.span.map(&mut at).unzip();
                let (agency, relays) = match evidence.agencies.split_last() {
                    Some((&last, relays)) => (Some(name(last)), relays),
                    None => (None, &[][..]),
                };
                let relays = relays.iter().map(|&relay| name(relay)).collect();
                EvidenceRow {
                    kind: evidence.kind,
                    agency,
                    relays,
                    text: &evidence.text,
                    start,
                    end,
                }
            })
            .collect();
        let sources = attribution
            .sources
            .iter()
            .map(|source| SourceRow {
                copy: run.copy_id(source.article),
                agency: source.agency.map(name),
                article: run.id(source.article),
                share: rounded(source.share),
                confidence: rounded(source.confidence),
            })
            .collect();
        let marks = zones.marks.iter().map(|mark| {
            let (start, end) = at(mark.span);
            MarkRow { rule: mark.rule, start, end }
        });
        Self {
            id: &article.id,
            outlet: article.outlet.as_deref(),
            published: article.published.map(|published| published.to_string()),
            headline: article.headline.as_deref(),
            language: article.language.as_deref(),
            words: findings.stories[ix].words.len(),
            near_duplicate_of: findings.near[ix].map(|first| run.id(first)),
            derivation: attribution.derivation,
            agency: attribution.agency.map(name),
            credited: attribution.credited,
            evidence,
            sources,
            shares: attribution.shares,
            marks: marks.collect(),
        }
    }
}

/// One line of `passages.jsonl`.
#[derive(Serialize)]
pub(super) struct PassageRow<'a> {
    a: &'a str,
    b: &'a str,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
    kind: Kind,
    /// Share of words that are the same, of the longer side.
    identity: f64,
    /// Words that are the same.
    words: u32,
    bits: f64,
    a_text: &'a str,
    b_text: &'a str,
}

impl<'a> PassageRow<'a> {
    pub(super) fn new(run: &Run<'a>, passage: &Passage) -> Self {
        let side = |article: ArticleIx, span: Span| {
            let text = &run.articles[article.ix()].text;
            let mut points = CodePoints::new(text);
            (points.at(span.start), points.at(span.end), &text[span])
        };
        let (a_start, a_end, a_text) = side(passage.pair.a, passage.a_span);
        let (b_start, b_end, b_text) = side(passage.pair.b, passage.b_span);
        Self {
            a: run.id(passage.pair.a),
            b: run.id(passage.pair.b),
            a_start,
            a_end,
            b_start,
            b_end,
            kind: passage.kind,
            identity: rounded(passage.identity()),
            words: passage.matches,
            bits: rounded(f64::from(passage.bits)),
            a_text,
            b_text,
        }
    }
}

/// One line of `links.jsonl`.
#[derive(Serialize)]
pub(super) struct LinkRow<'a> {
    a: &'a str,
    b: &'a str,
    relation: Kind,
    a_share: f64,
    b_share: f64,
    words: u32,
}

impl<'a> LinkRow<'a> {
    pub(super) fn new(run: &Run<'a>, link: &Link) -> Self {
        Self {
            a: run.id(link.pair.a),
            b: run.id(link.pair.b),
            relation: link.relation,
            a_share: rounded(link.a_share),
            b_share: rounded(link.b_share),
            words: link.words,
        }
    }
}

/// One line of `clusters.jsonl`.
#[derive(Serialize)]
pub(super) struct ClusterRow<'a> {
    id: String,
    articles: Vec<&'a str>,
    agency: Option<&'a str>,
    copy: Option<String>,
    /// The article published first, where dates tell.
    earliest: Option<&'a str>,
    /// How many outlets printed it; articles of no known outlet count together as none.
    outlets: usize,
    /// How many of its articles were not taken from another of them.
    origins: usize,
}

impl<'a> ClusterRow<'a> {
    pub(super) fn new(run: &Run<'a>, number: usize) -> Self {
        let members = &run.findings.clusters[number];
        let article = |ix: &ArticleIx| &run.articles[ix.ix()];
        let attribution = |ix: &ArticleIx| &run.findings.attributions[ix.ix()];
        let main = main_copy(run, members);
        let earliest = members
            .iter()
            .filter_map(|ix| Some((article(ix).published?.earliest_s(), ix)))
            .min()
            .map(|(_, ix)| run.id(*ix));
        let mut outlets: Vec<&str> =
            members.iter().filter_map(|ix| article(ix).outlet.as_deref()).collect();
        outlets.sort_unstable();
        outlets.dedup();
        Self {
            id: format!("story-{}", number + 1),
            articles: members.iter().map(|&ix| run.id(ix)).collect(),
            agency: main
                .and_then(|copy| copy.agency)
                .or_else(|| members.iter().find_map(|ix| attribution(ix).agency))
                .map(|agency| run.agencies.name(agency)),
            copy: main.and_then(|copy| run.copy_id(copy.article)),
            earliest,
            outlets: outlets.len(),
            origins: members.iter().filter(|ix| attribution(ix).sources.is_empty()).count().max(1),
        }
    }
}

/// The copy that most of a story's articles took from.
pub(super) fn main_copy<'a>(run: &Run<'a>, members: &[ArticleIx]) -> Option<&'a Copy> {
    let copies = &run.findings.copies;
    members
        .iter()
        .filter_map(|member| copies.binary_search_by_key(member, |copy| copy.article).ok())
        .map(|at| &copies[at])
        .reduce(|most, next| if next.pickups.len() > most.pickups.len() { next } else { most })
}

/// One line of `copies.jsonl`.
#[derive(Serialize)]
pub(super) struct CopyRow<'a> {
    id: Option<String>,
    agency: Option<&'a str>,
    origin: &'static str,
    article: &'a str,
    text: &'a str,
    pickups: Vec<PickupRow<'a>>,
}

#[derive(Serialize)]
struct PickupRow<'a> {
    article: &'a str,
    share: f64,
    /// Seconds from the copy to the pickup, where both dates are precise enough to tell.
    lag_s: Option<i64>,
}

impl<'a> CopyRow<'a> {
    pub(super) fn new(run: &Run<'a>, copy: &Copy) -> Self {
        let article = &run.articles[copy.article.ix()];
        let story = run.findings.zones[copy.article.ix()].story(&article.text);
        let text = story.iter().copied().reduce(Span::hull).unwrap_or_default();
        let lag = |pickup: ArticleIx| {
            let pickup: Option<Published> = run.articles[pickup.ix()].published;
            article.published?.lag_s(pickup?)
        };
        let pickups = copy.pickups.iter().map(|&(pickup, share)| PickupRow {
            article: run.id(pickup),
            share: rounded(share),
            lag_s: lag(pickup),
        });
        Self {
            id: run.copy_id(copy.article),
            agency: copy.agency.map(|agency| run.agencies.name(agency)),
            origin: "article",
            article: run.id(copy.article),
            text: &article.text[text],
            pickups: pickups.collect(),
        }
    }
}

/// Four decimals are as many as a share of words can mean.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
