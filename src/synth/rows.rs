//! A corpus as lines of JSON: the articles, and the truth about them.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::event::{Event, Told};
use super::{Derivation, Events, Label, Level, Passage, Relation, Synth, Ticket, Treatment};
use crate::article::Article;
use crate::error::Result;

/// What is written of a corpus, in files of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// The articles themselves, as a scan reads them.
    Corpus,
    /// What each article is made of.
    Articles,
    /// What two articles share.
    Pairs,
    /// Which passages, to the character, of events whose pairs are all looked at.
    Spans,
    /// The same of larger events: what an article shares with agency copy or its own other versions.
    Stars,
    /// Which articles copy joins.
    Clusters,
}

impl Beside {
    /// All of them, the corpus last: where it is, the truth is too.
    pub const ALL: [Self; 6] =
        [Self::Articles, Self::Pairs, Self::Spans, Self::Stars, Self::Clusters, Self::Corpus];

    /// `news.jsonl` has the truth about its passages in `news.spans.jsonl`.
    pub fn path(self, corpus: &Path) -> PathBuf {
        match self {
            Self::Corpus => corpus.to_owned(),
            Self::Articles => corpus.with_extension("articles.jsonl"),
            Self::Pairs => corpus.with_extension("pairs.jsonl"),
            Self::Spans => corpus.with_extension("spans.jsonl"),
            Self::Stars => corpus.with_extension("stars.jsonl"),
            Self::Clusters => corpus.with_extension("clusters.jsonl"),
        }
    }
}

/// Lines of JSON for each file.
#[derive(Debug, Default)]
pub struct Rows {
    lines: [Vec<u8>; 6],
    /// Ids of the articles whose passages are all told, each with a comma after it.
    pub(super) ids: String,
    articles: u64,
    events: u64,
}

impl Rows {
    /// The lines for a file.
    pub fn of(&self, file: Beside) -> &[u8] {
        &self.lines[file as usize]
    }

    /// How many articles they tell of, ...
    pub fn articles(&self) -> u64 {
        self.articles
    }

    /// ... and how many events.
    pub fn events(&self) -> u64 {
        self.events
    }

    fn add(&mut self, file: Beside, row: &impl Serialize) {
        let lines = &mut self.lines[file as usize];
        serde_json::to_writer(&mut *lines, row).expect("rows have string keys only");
        lines.push(b'\n');
    }

    /// Adds the lines of an event.
    fn add_event(&mut self, event: &Event) {
        let rows = self;
        rows.articles += event.articles.len() as u64;
        rows.events += 1;
        let id = |ix: usize| event.articles[ix].article.id.as_str();
        for told in &event.articles {
            rows.add(Beside::Corpus, &CorpusRow::new(&told.article));
            if event.is_complete() {
                rows.ids.extend(["\"", &told.article.id, "\","]);
            }
            rows.add(Beside::Articles, &ArticleRow::new(event, told));
        }
        for pair in &event.pairs {
            let (a, b) = (id(pair.a), id(pair.b));
            rows.add(
                Beside::Pairs,
                &PairRow { a, b, label: pair.label, source: pair.source.map(id) },
            );
            let spans = if event.is_complete() { Beside::Spans } else { Beside::Stars };
            for passage in &pair.passages {
                rows.add(spans, &SpanRow::new(a, b, passage));
            }
        }
        for members in &event.clusters {
            let members = members.iter().map(|&ix| id(ix)).collect();
            rows.add(Beside::Clusters, &ClusterRow { label: "story", members });
        }
    }
}

#[derive(Serialize)]
struct CorpusRow<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<String>,
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authors: Option<[&'a str; 1]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    text: &'a str,
}

impl<'a> CorpusRow<'a> {
    fn new(article: &'a Article) -> Self {
        Self {
            id: &article.id,
            title: article.headline.as_deref(),
            date: article.published.map(|published| published.to_string()),
            source: article.outlet.as_deref(),
            url: article.url.as_deref(),
            authors: article.byline.as_deref().map(|byline| [byline]),
            language: article.language.as_deref(),
            text: &article.text,
        }
    }
}

/// An article as a line of JSON, as a scan reads it.
pub fn line(article: &Article) -> Vec<u8> {
    let mut line =
        serde_json::to_vec(&CorpusRow::new(article)).expect("rows have string keys only");
    line.push(b'\n');
    line
}

#[derive(Serialize)]
struct ArticleRow<'a> {
    id: &'a str,
    event: u64,
    agency: Option<&'static str>,
    credited: bool,
    derivation: Derivation,
    source: Option<&'a str>,
    treatment: Treatment,
    level: Level,
    also: Vec<&'a str>,
}

impl<'a> ArticleRow<'a> {
    fn new(event: &'a Event, told: &'a Told) -> Self {
        let id = |ix: usize| event.articles[ix].article.id.as_str();
        Self {
            id: &told.article.id,
            event: event.number,
            agency: told.agency,
            credited: told.credited,
            derivation: told.derivation,
            source: told.source.map(id),
            treatment: told.treatment,
            level: told.level,
            also: told.also.iter().map(|&ix| id(ix)).collect(),
        }
    }
}

#[derive(Serialize)]
struct PairRow<'a> {
    a: &'a str,
    b: &'a str,
    label: Label,
    source: Option<&'a str>,
}

#[derive(Serialize)]
struct SpanRow<'a> {
    a: &'a str,
    a_start: u32,
    a_end: u32,
    b: &'a str,
    b_start: u32,
    b_end: u32,
    level: Level,
    words: u32,
    relation: Relation,
    kind: Label,
}

impl<'a> SpanRow<'a> {
    fn new(a: &'a str, b: &'a str, passage: &Passage) -> Self {
        let is_quote = passage.relation == Relation::Quote;
        Self {
            a,
            a_start: passage.a_points.0,
            a_end: passage.a_points.1,
            b,
            b_start: passage.b_points.0,
            b_end: passage.b_points.1,
            level: passage.level,
            words: passage.words,
            relation: passage.relation,
            kind: if is_quote { Label::Quote } else { Label::Copy },
        }
    }
}

#[derive(Serialize)]
struct ClusterRow<'a> {
    label: &'static str,
    members: Vec<&'a str>,
}

impl Synth {
    /// Makes the lines of so many articles in the rayon pool it is called in, and gives them in order
    /// to `take`, some megabytes at a time: while they are taken the next ones are made.
    pub fn rows(
        &self,
        articles: u64,
        mut take: impl FnMut(&Rows) -> Result<()> + Send,
    ) -> Result<()> {
        let mut events = self.events(articles)?;
        let mut made = self.batch(&mut events);
        while !made.is_empty() {
            let (taken, next) =
                rayon::join(|| made.iter().try_for_each(&mut take), || self.batch(&mut events));
            taken?;
            made = next;
        }
        Ok(())
    }

    /// The lines of the next events.
    fn batch(&self, events: &mut Events<'_>) -> Vec<Rows> {
        /// Articles that are held at a time.
        const BATCH: usize = 1 << 11;
        let mut articles = 0;
        let mut tickets: Vec<Ticket> = Vec::new();
        while articles < BATCH {
            let Some(ticket) = events.next() else { break };
            articles += ticket.articles();
            tickets.push(ticket);
        }
        let rows = |tickets: &[Ticket]| {
            let mut rows = Rows::default();
            rows.lines[Beside::Corpus as usize].reserve(1 << 16);
            for ticket in tickets {
                rows.add_event(&self.event(ticket));
            }
            rows
        };
        tickets.par_chunks(8).map(rows).collect()
    }
}
