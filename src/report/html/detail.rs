//! The blocks that are unpacked when an article or a copy is looked at. Rows are lists, to be short;
//! `data.js` names their places.

use serde::Serialize;

use super::held::{Held, Kind};
use super::place::Places;
use super::units::Units;
use crate::align::same_words;
use crate::report::filed::CopyRow;
use crate::span::Span;
use crate::words::Words;

/// An article: offsets are UTF-16 units of its text.
#[derive(Serialize)]
pub(super) struct ArticleDetail<'a> {
    text: &'a str,
    url: Option<&'a str>,
    file: &'a str,
    language: Option<&'a str>,
    /// Rule, start, end.
    marks: Vec<(&'a str, u32, u32)>,
    /// Start, end, whose, number of the source or -1.
    stretches: Vec<(u32, u32, &'a str, i32)>,
    evidence: Vec<Evidence<'a>>,
    sources: Vec<Source<'a>>,
    links: Vec<Linked<'a>>,
    /// Links with articles that are not on the page.
    more_links: usize,
}

#[derive(Serialize)]
struct Evidence<'a> {
    kind: &'a str,
    agency: Option<&'a str>,
    relays: &'a [String],
    text: &'a str,
    place: Option<(u32, u32)>,
    points: Option<(usize, usize)>,
}

#[derive(Serialize)]
struct Source<'a> {
    /// Place of the article on the page, or -1.
    article: i32,
    /// Place of the copy, or -1.
    copy: i32,
    /// What to call it where it is not on the page.
    id: Option<&'a str>,
    is_rebuilt: bool,
    agency: Option<&'a str>,
    share: f64,
    confidence: f64,
    treatment: &'a str,
}

/// Start and end here, start and end there, kind, identity, words, bits.
type PassageEntry = (u32, u32, u32, u32, u8, f64, u32, u32);

#[derive(Serialize)]
struct Linked<'a> {
    other: u32,
    relation: &'a str,
    share: f64,
    other_share: f64,
    words: u32,
    is_version: bool,
    /// Which of the two is the source: `this`, `other` or nothing.
    source: Option<&'static str>,
    confidence: f64,
    /// Whether it is for this article, why, with what weight.
    votes: Vec<(bool, &'a str, f64)>,
    passages: Vec<PassageEntry>,
}

impl<'a> ArticleDetail<'a> {
    /// The article `ix`, whose links are `links`, by their numbers.
    pub(super) fn of(held: &'a Held<'_>, places: &Places, ix: u32, links: &[u32]) -> Self {
        let (row, article) = (&held.rows[ix as usize], held.articles[ix as usize]);
        let units = Units::of(&article.text);
        let evidence = row.evidence.iter().map(|evidence| {
            let points = evidence.start.zip(evidence.end);
            Evidence {
                kind: &evidence.kind,
                agency: evidence.agency.as_deref(),
                relays: &evidence.relays,
                text: &evidence.text,
                place: points.map(|(start, end)| (units.unit(start), units.unit(end))),
                points,
            }
        });
        let place = |id: &String| held.number(id).and_then(|ix| places.of(ix));
        let number = |place: Option<u32>| place.map_or(-1, |place| place as i32);
        let sources = row.sources.iter().map(|source| Source {
            article: number(source.article.as_ref().and_then(place)),
            copy: number(source.copy.as_ref().and_then(|copy| places.copy(copy))),
            id: source.article.as_deref().or(source.copy.as_deref()),
            is_rebuilt: source.article.is_none(),
            agency: source.agency.as_deref(),
            share: source.share,
            confidence: source.confidence,
            treatment: &source.treatment,
        });
        let mut linked: Vec<Linked<'_>> =
            links.iter().filter_map(|&link| Linked::of(held, places, ix, link)).collect();
        linked.sort_by(|x, y| y.words.cmp(&x.words).then(x.other.cmp(&y.other)));
        Self {
            text: &article.text,
            url: article.url.as_deref(),
            file: &row.file,
            language: row.language.as_deref(),
            marks: row
                .marks
                .iter()
                .map(|mark| (&*mark.rule, units.unit(mark.start), units.unit(mark.end)))
                .collect(),
            stretches: row
                .stretches
                .iter()
                .map(|stretch| {
                    let source = stretch.source.map_or(-1, |source| source as i32);
                    (units.unit(stretch.start), units.unit(stretch.end), &*stretch.whose, source)
                })
                .collect(),
            evidence: evidence.collect(),
            sources: sources.collect(),
            more_links: links.len() - linked.len(),
            links: linked,
        }
    }
}

impl<'a> Linked<'a> {
    fn of(held: &'a Held<'_>, places: &Places, ix: u32, link: u32) -> Option<Self> {
        let link = &held.links[link as usize];
        let is_a = link.pair.0 == ix;
        let other = places.of(if is_a { link.pair.1 } else { link.pair.0 })?;
        let row = &link.row;
        let (share, other_share) =
            if is_a { (row.a_share, row.b_share) } else { (row.b_share, row.a_share) };
        let own = if is_a { "a" } else { "b" };
        let passages = held.passages[link.passages.clone()].iter().map(|shared| {
            let (this, that) = if is_a { (shared.a, shared.b) } else { (shared.b, shared.a) };
            let kind = match shared.kind {
                Kind::Copy => 0,
                Kind::Quote => 1,
                Kind::Boilerplate => 2,
            };
            let bits = shared.bits.round() as u32;
            (this.0, this.1, that.0, that.1, kind, shared.identity, shared.words, bits)
        });
        Some(Self {
            other,
            relation: &row.relation,
            share,
            other_share,
            words: row.words,
            is_version: row.version,
            source: row.source.as_ref().map(|of| if of == own { "this" } else { "other" }),
            confidence: row.confidence,
            votes: row.votes.iter().map(|v| (v.r#for == own, &*v.why, v.weight)).collect(),
            passages: passages.collect(),
        })
    }
}

/// A copy, with who took it.
#[derive(Serialize)]
pub(super) struct CopyDetail<'a> {
    id: &'a str,
    agency: Option<&'a str>,
    /// Place of the article that it is, or -1 if it was rebuilt.
    article: i32,
    /// Its text, if it was rebuilt.
    text: &'a str,
    /// Start, end, witnesses.
    support: Vec<(u32, u32, u32)>,
    pickups: Vec<Pickup<'a>>,
    /// Pickups that are not on the page.
    more_pickups: usize,
}

#[derive(Serialize)]
struct Pickup<'a> {
    article: u32,
    share: f64,
    treatment: &'a str,
    lag_s: Option<i64>,
    /// Of a rebuilt copy where the pickup has its words: start, end in the copy; start, end in the pickup.
    runs: Vec<(u32, u32, u32, u32)>,
}

impl<'a> CopyDetail<'a> {
    pub(super) fn of(held: &'a Held<'_>, places: &Places, ix: u32) -> Self {
        let copy = &held.copies[ix as usize];
        let units = Units::of(&copy.text);
        let is_rebuilt = copy.article.is_none();
        let pickups: Vec<Pickup<'_>> = copy
            .pickups
            .iter()
            .filter_map(|pickup| {
                let article = held.number(&pickup.article)?;
                Some(Pickup {
                    article: places.of(article)?,
                    share: pickup.share,
                    treatment: &pickup.treatment,
                    lag_s: pickup.lag_s,
                    runs: if is_rebuilt {
                        runs(copy, &units, &held.articles[article as usize].text)
                    } else {
                        Vec::new()
                    },
                })
            })
            .collect();
        let article = copy.article.as_ref().and_then(|id| places.of(held.number(id)?));
        Self {
            id: copy.id.as_deref().unwrap_or_default(),
            agency: copy.agency.as_deref(),
            article: article.map_or(-1, |place| place as i32),
            text: &copy.text,
            support: copy
                .support
                .iter()
                .map(|of| (units.unit(of.start), units.unit(of.end), of.witnesses))
                .collect(),
            more_pickups: copy.pickups.len() - pickups.len(),
            pickups,
        }
    }
}

/// Where a pickup has the words of a rebuilt copy: runs that fewer than four other words part are one.
fn runs(copy: &CopyRow, units: &Units, pickup: &str) -> Vec<(u32, u32, u32, u32)> {
    // Time and memory grow with the product; longer texts are feuilletons, not copy.
    const LONGEST: usize = 3000;
    const GAP: u32 = 4;
    let words = |text: &str| Words::of(text, &[Span::whole(text)]);
    let (ours, theirs) = (words(&copy.text), words(pickup));
    if ours.len().max(theirs.len()) > LONGEST {
        return Vec::new();
    }
    // First and last word on either side, and how many of them are equal.
    let mut runs: Vec<[u32; 5]> = Vec::new();
    for block in same_words(&ours.hashes, &theirs.hashes) {
        let (a_end, b_end) = (block.a + block.len, block.b + block.len);
        match runs.last_mut() {
            Some(run) if block.a - run[1] < GAP && block.b - run[3] < GAP => {
                (run[1], run[3]) = (a_end, b_end);
                run[4] += block.len;
            }
            _ => runs.push([block.a, a_end, block.b, b_end, block.len]),
        }
    }
    let theirs_units = Units::of(pickup);
    // Fewer equal words in a row happen by chance.
    let kept = runs.into_iter().filter(|run| run[4] >= 5);
    kept.map(|run| {
        let [a, a_end, b, b_end, _] = run.map(|word| word as usize);
        (
            units.of_byte(ours.spans[a].start),
            units.of_byte(ours.spans[a_end - 1].end),
            theirs_units.of_byte(theirs.spans[b].start),
            theirs_units.of_byte(theirs.spans[b_end - 1].end),
        )
    })
    .collect()
}
