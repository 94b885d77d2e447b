//! A run as it was filed: the tables of its folder, read again.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::RUN_FILE;
use super::summary::Counts;
use crate::error::{Error, Position, Result};
use crate::read;

/// A folder that holds a run.
#[derive(Debug, Clone)]
pub struct Filed(PathBuf);

impl Filed {
    /// Opens a folder, if a scan wrote it.
    pub fn open(folder: &Path) -> Option<Self> {
        folder.join(RUN_FILE).is_file().then(|| Self(folder.to_owned()))
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.0
    }

    /// `run.json`, or a part of it.
    pub fn summary<T: DeserializeOwned>(&self) -> Result<T> {
        let path = self.0.join(RUN_FILE);
        let json = std::fs::read(&path).map_err(Error::io(&path))?;
        serde_json::from_slice(&json).map_err(|error| malformed(&Position::file(&path), &error))
    }

    /// The lines of a table, with what is asked for of each, one at a time.
    pub fn lines<Row: DeserializeOwned>(
        &self,
        file: &str,
    ) -> Result<impl Iterator<Item = Result<(String, Row)>> + use<Row>> {
        let path = self.0.join(file);
        let file = File::open(&path).map_err(Error::io(&path))?;
        let lines = BufReader::with_capacity(1 << 18, file).lines().enumerate();
        Ok(lines.map(move |(number, line)| {
            let line = line.map_err(Error::io(&path))?;
            let row = serde_json::from_str(&line).map_err(|error| {
                malformed(&Position::file(&path).line(number as u64 + 1), &error)
            })?;
            Ok((line, row))
        }))
    }

    /// The rows of a table, one at a time.
    pub fn rows<Row: DeserializeOwned>(
        &self,
        file: &str,
    ) -> Result<impl Iterator<Item = Result<Row>> + use<Row>> {
        Ok(self.lines(file)?.map(|row| row.map(|(_, row)| row)))
    }
}

fn malformed(at: &Position, error: &serde_json::Error) -> Error {
    Error::Malformed {
        at: at.clone(),
        reason: error.to_string(),
        hint: Some("another version may have written the run: scan again".to_owned()),
    }
}

/// `run.json`, as far as it is shown again.
#[derive(Debug, Clone, Deserialize)]
pub struct FiledSummary {
    /// Version of the program that scanned.
    pub version: String,
    /// What it was called with, without the program's own name.
    #[serde(default)]
    pub command: Vec<String>,
    /// The inputs as they were named.
    #[serde(default)]
    pub named: Vec<PathBuf>,
    /// The options in force.
    pub options: serde_json::Value,
    /// How articles were read.
    pub reading: read::Options,
    /// The files read.
    pub inputs: Vec<InputRow>,
    /// What was left out, and why.
    pub skipped: Vec<NoteRow>,
    /// How much there is.
    pub counts: Counts,
}

/// A file that was read.
#[derive(Debug, Clone, Deserialize)]
pub struct InputRow {
    /// Its path.
    pub path: PathBuf,
    /// What it was, once decompressed.
    pub format: String,
    /// Its length as stored.
    pub bytes: u64,
    /// Articles taken from it.
    pub records: u64,
    /// Records left out.
    pub skipped: u64,
}

/// What was said of a record.
#[derive(Debug, Clone, Deserialize)]
pub struct NoteRow {
    /// Where it stands.
    pub at: String,
    /// What it is.
    pub reason: String,
}

/// A line of `articles.jsonl`. Offsets here and below are code points of the article's text.
#[derive(Debug, Clone, Deserialize)]
pub struct ArticleRow {
    /// The user's id.
    pub id: String,
    /// The file it was read from.
    pub file: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When: RFC 3339 in UTC, or the day.
    pub published: Option<String>,
    /// Its headline.
    pub headline: Option<String>,
    /// Its language, as given.
    pub language: Option<String>,
    /// Words of the story.
    pub words: usize,
    /// The article that it nearly equals.
    pub near_duplicate_of: Option<String>,
    /// The version before it.
    pub version_of: Option<String>,
    /// `wholly-derived`, `partially-derived` or `non-derived`.
    pub derivation: String,
    /// Whose copy it is.
    pub agency: Option<String>,
    /// Whether it says so.
    pub credited: bool,
    /// The places that name an agency.
    pub evidence: Vec<EvidenceRow>,
    /// What its copied words were traced to.
    pub sources: Vec<SourceRow>,
    /// Its words by origin.
    pub shares: SharesRow,
    /// What was done with the copy taken.
    pub treatment: Option<String>,
    /// What of the text is not its own.
    pub stretches: Vec<StretchRow>,
    /// What of the text is not the story.
    pub marks: Vec<MarkRow>,
}

/// A place that names an agency.
#[derive(Debug, Clone, Deserialize)]
pub struct EvidenceRow {
    /// `dateline`, `credit` and so on.
    pub kind: String,
    /// The agency; of a relay the origin.
    pub agency: Option<String>,
    /// Those that passed it on.
    pub relays: Vec<String>,
    /// What is printed.
    pub text: String,
    /// Where, unless a field says so.
    pub start: Option<usize>,
    /// Where it ends.
    pub end: Option<usize>,
}

/// What copied words were traced to.
#[derive(Debug, Clone, Deserialize)]
pub struct SourceRow {
    /// The copy's id.
    pub copy: Option<String>,
    /// Whose copy.
    pub agency: Option<String>,
    /// The article it is; none if it was rebuilt.
    pub article: Option<String>,
    /// Share of the words it explains.
    pub share: f64,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// What was done with it.
    pub treatment: String,
}

/// Shares of an article's words by origin; they sum to 1.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct SharesRow {
    /// Copied from an agency.
    pub agency: f64,
    /// Said by somebody, and quoted by others too.
    pub quote: f64,
    /// Copied, of unknown origin.
    pub shared: f64,
    /// Nobody else has it.
    pub original: f64,
}

/// A stretch of text that is not the article's own.
#[derive(Debug, Clone, Deserialize)]
pub struct StretchRow {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// `agency`, `shared` or `quote`.
    pub whose: String,
    /// Which of the sources explains it, from 0.
    pub source: Option<usize>,
}

/// A stretch of text that is not the story.
#[derive(Debug, Clone, Deserialize)]
pub struct MarkRow {
    /// What it is.
    pub rule: String,
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// A line of `passages.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct PassageRow {
    /// An article.
    pub a: String,
    /// Another.
    pub b: String,
    /// The passage in `a`.
    pub a_start: usize,
    /// Its end there.
    pub a_end: usize,
    /// The passage in `b`.
    pub b_start: usize,
    /// Its end there.
    pub b_end: usize,
    /// `copy`, `quote` or `boilerplate`.
    pub kind: String,
    /// Share of its words that are equal.
    pub identity: f64,
    /// Words that are equal.
    pub words: u32,
    /// Its worth, in bits.
    pub bits: f64,
    /// The passage as `a` has it.
    pub a_text: String,
    /// The same as `b` has it.
    pub b_text: String,
}

/// A line of `links.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct LinkRow {
    /// An article.
    pub a: String,
    /// Another.
    pub b: String,
    /// `copy`, `quote` or `boilerplate`.
    pub relation: String,
    /// Share of the words of `a` that the two share.
    pub a_share: f64,
    /// The same of `b`.
    pub b_share: f64,
    /// Words that are equal.
    pub words: u32,
    /// Whether they are versions of one article.
    pub version: bool,
    /// Which of them the other was written from, `a` or `b`.
    pub source: Option<String>,
    /// How sure that is.
    pub confidence: f64,
    /// What speaks for either.
    pub votes: Vec<VoteRow>,
}

/// What speaks for an article as the source.
#[derive(Debug, Clone, Deserialize)]
pub struct VoteRow {
    /// `a` or `b`.
    pub r#for: String,
    /// What it is.
    pub why: String,
    /// How much it counts.
    pub weight: f64,
}

/// A line of `clusters.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct ClusterRow {
    /// The story's id.
    pub id: String,
    /// Its articles.
    pub articles: Vec<String>,
    /// Whose copy most took from.
    pub agency: Option<String>,
    /// Which copy.
    pub copy: Option<String>,
    /// The earliest of its articles.
    pub earliest: Option<String>,
    /// How many outlets told it.
    pub outlets: usize,
    /// How many of its articles were taken from no other.
    pub origins: usize,
}

/// A line of `copies.jsonl`.
#[derive(Debug, Clone, Deserialize)]
pub struct CopyRow {
    /// The copy's id.
    pub id: Option<String>,
    /// Whose it is.
    pub agency: Option<String>,
    /// The article it is; none if it was rebuilt.
    pub article: Option<String>,
    /// Its text.
    pub text: String,
    /// Of a rebuilt one how many articles hold its words.
    #[serde(default)]
    pub support: Vec<SupportRow>,
    /// Who took from it.
    pub pickups: Vec<PickupRow>,
}

/// A stretch of a rebuilt copy.
#[derive(Debug, Clone, Copy, Deserialize)]
pub struct SupportRow {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// How many articles hold its words.
    pub witnesses: u32,
}

/// Who took from a copy.
#[derive(Debug, Clone, Deserialize)]
pub struct PickupRow {
    /// The article.
    pub article: String,
    /// Share of its words.
    pub share: f64,
    /// What was done with the copy.
    pub treatment: String,
    /// The version before it.
    pub version_of: Option<String>,
    /// Seconds from the copy to it.
    pub lag_s: Option<i64>,
}
