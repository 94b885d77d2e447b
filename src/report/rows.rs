//! The rows of the files of a run. All offsets are Unicode code points into the article's text,
//! half-open; ids are the user's own.

use serde::Serialize;

use super::Run;
use crate::agency::AgencyIx;
use crate::article::ArticleIx;
use crate::attribute::{Copy, Derivation, Origin, Shares, Treatment, Whose, Why};
use crate::clean::{EvidenceKind, Rule};
use crate::judge::{Kind, Passage};
use crate::span::{CodePoints, PointIndex, Span};

/// One line of `articles.jsonl`.
#[derive(Serialize)]
pub(super) struct ArticleRow<'a> {
    id: &'a str,
    /// The file it was read from.
    file: &'a str,
    outlet: Option<&'a str>,
    published: Option<String>,
    headline: Option<&'a str>,
    language: Option<&'a str>,
    /// Words of the story.
    words: usize,
    near_duplicate_of: Option<&'a str>,
    /// The version of the same article before this one.
    version_of: Option<&'a str>,
    derivation: Derivation,
    agency: Option<&'a str>,
    credited: bool,
    evidence: Vec<EvidenceRow<'a>>,
    sources: Vec<SourceRow<'a>>,
    shares: Shares,
    /// What was done with the copy taken.
    treatment: Option<Treatment>,
    /// What of the text is not the outlet's own.
    stretches: Vec<StretchRow>,
    /// What of the text is not the story.
    marks: Vec<MarkRow>,
}

/// Id of the article that a copy is, if it is one.
pub(super) fn article_of<'a>(run: &Run<'a>, origin: Origin) -> Option<&'a str> {
    match origin {
        Origin::Article(article) => Some(run.id(article)),
        Origin::Rebuilt(_) => None,
    }
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
    /// `None` if the copy was rebuilt.
    article: Option<&'a str>,
    share: f64,
    confidence: f64,
    treatment: Treatment,
}

#[derive(Serialize)]
struct StretchRow {
    start: usize,
    end: usize,
    whose: Whose,
    /// Place among the sources.
    source: Option<u16>,
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
        let (zones, attribution) = (&findings.zones[ix], &findings.attributed.attributions[ix]);
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
                copy: run.copy_id(source.origin),
                agency: source.agency.map(name),
                article: article_of(run, source.origin),
                share: rounded(source.share),
                confidence: rounded(source.confidence),
                treatment: source.treatment,
            })
            .collect();
        let stretches = attribution
            .stretches
            .iter()
            .map(|stretch| {
                let (start, end) = at(stretch.span);
                StretchRow { start, end, whose: stretch.whose, source: stretch.source }
            })
            .collect();
        let marks = zones.marks.iter().map(|mark| {
            let (start, end) = at(mark.span);
            MarkRow { rule: mark.rule, start, end }
        });
        Self {
            id: &article.id,
            file: &article.at.file,
            outlet: article.outlet.as_deref(),
            published: article.published.map(|published| published.to_string()),
            headline: article.headline.as_deref(),
            language: article.language.as_deref(),
            words: findings.stories[ix].words().len(),
            near_duplicate_of: findings.near[ix].map(|first| run.id(first)),
            version_of: findings.attributed.versions.before[ix].map(|before| run.id(before)),
            derivation: attribution.derivation,
            agency: attribution.agency.map(name),
            credited: attribution.credited,
            evidence,
            sources,
            shares: attribution.shares,
            treatment: attribution.treatment,
            stretches,
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
    /// `points` are those of the articles' texts.
    pub(super) fn new(run: &Run<'a>, points: &[PointIndex], passage: &Passage) -> Self {
        let side = |article: ArticleIx, span: Span| {
            let text = &run.articles[article.ix()].text;
            let at = |byte| points[article.ix()].at(text, byte);
            (at(span.start), at(span.end), &text[span])
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
    /// Whether they are versions of one article.
    version: bool,
    /// Which of the two the other was written from, `a` or `b`, if the votes decide.
    source: Option<&'static str>,
    /// How sure that is.
    confidence: f64,
    votes: Vec<VoteRow>,
}

#[derive(Serialize)]
struct VoteRow {
    r#for: &'static str,
    why: Why,
    weight: f64,
}

impl<'a> LinkRow<'a> {
    pub(super) fn new(run: &Run<'a>, at: usize) -> Self {
        let (link, ledger) = (&run.findings.links[at], run.findings.attributed.ledgers[at]);
        let direction = ledger.direction(link.pair);
        let [a, b] = ledger.votes();
        let vote = |r#for| move |why: Why| VoteRow { r#for, why, weight: why.weight() };
        Self {
            a: run.id(link.pair.a),
            b: run.id(link.pair.b),
            relation: link.relation,
            a_share: rounded(link.a_share),
            b_share: rounded(link.b_share),
            words: link.words,
            version: run.findings.attributed.versions.linked[at],
            source: direction.map(|d| if d.from == link.pair.a { "a" } else { "b" }),
            confidence: direction.map_or(0.0, |direction| rounded(direction.confidence)),
            votes: a.into_iter().map(vote("a")).chain(b.into_iter().map(vote("b"))).collect(),
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
    /// Versions of one article, in their order.
    versions: Vec<Vec<&'a str>>,
}

impl<'a> ClusterRow<'a> {
    pub(super) fn new(run: &Run<'a>, number: usize) -> Self {
        let members = &run.findings.clusters[number];
        let article = |ix: &ArticleIx| &run.articles[ix.ix()];
        let attribution = |ix: &ArticleIx| &run.findings.attributed.attributions[ix.ix()];
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
            copy: main.and_then(|copy| run.copy_id(copy.origin)),
            earliest,
            outlets: outlets.len(),
            origins: origins(run, members),
            versions: versions(run, members),
        }
    }
}

/// The copy that most of a story's articles took from, of equals the first.
fn main_copy<'a>(run: &Run<'a>, members: &[ArticleIx]) -> Option<&'a Copy> {
    let attributed = &run.findings.attributed;
    let mut origins: Vec<Origin> = members
        .iter()
        .flat_map(|member| &attributed.attributions[member.ix()].sources)
        .map(|source| source.origin)
        .collect();
    origins.sort_unstable();
    let most = origins
        .chunk_by(|x, y| x == y)
        .reduce(|most, next| if next.len() > most.len() { next } else { most })?[0];
    let at = attributed.copies.binary_search_by_key(&most, |copy| copy.origin).ok()?;
    Some(&attributed.copies[at])
}

/// The versions among a story's articles.
fn versions<'a>(run: &Run<'a>, members: &[ArticleIx]) -> Vec<Vec<&'a str>> {
    let versions = &run.findings.attributed.versions;
    let of_story = members.iter().filter_map(|&first| versions.from(first));
    of_story.map(|chain| chain.iter().map(|&ix| run.id(ix)).collect()).collect()
}

/// How many copies a story comes from: articles that took from no other and are no later version of
/// one, and rebuilt copies.
fn origins(run: &Run<'_>, members: &[ArticleIx]) -> usize {
    let attributed = &run.findings.attributed;
    let sources = |ix: &ArticleIx| &attributed.attributions[ix.ix()].sources;
    let is_first =
        |ix: &&ArticleIx| sources(ix).is_empty() && attributed.versions.before[ix.ix()].is_none();
    let firsts = members.iter().filter(is_first).count();
    let mut rebuilt: Vec<Origin> = members
        .iter()
        .flat_map(sources)
        .map(|source| source.origin)
        .filter(|origin| matches!(origin, Origin::Rebuilt(_)))
        .collect();
    rebuilt.sort_unstable();
    rebuilt.dedup();
    (firsts + rebuilt.len()).max(1)
}

/// Four decimals are as many as a share of words can mean.
pub(super) fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
