//! The folder of a run, read again.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use copytaster::Error;
use copytaster::report::RUN_FILE;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A folder that holds a run.
#[derive(Debug, Clone)]
pub(crate) struct RunFolder(PathBuf);

impl RunFolder {
    /// Opens the folder that the user named by the argument `option`.
    pub(crate) fn open(path: &Path, option: &str) -> Result<Self, Error> {
        if path.join(RUN_FILE).is_file() {
            return Ok(Self(path.to_owned()));
        }
        let reason = if path.is_dir() { "is not a run" } else { "is no folder, so not a run" };
        Err(Error::Option {
            option: option.to_owned(),
            reason: format!("{} {reason}", path.display()),
            hint: Some("copytaster scan writes one".to_owned()),
        })
    }

    /// A part of `run.json`.
    pub(crate) fn summary<T: DeserializeOwned>(&self) -> anyhow::Result<T> {
        let path = self.0.join(RUN_FILE);
        let json = std::fs::read(&path).map_err(Error::io(&path))?;
        serde_json::from_slice(&json).with_context(|| path.display().to_string())
    }

    /// The lines of a file, with what is asked for of each, one at a time.
    pub(crate) fn lines<Row: DeserializeOwned>(
        &self,
        name: &str,
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<(String, Row)>>> {
        let path = self.0.join(name);
        let file = File::open(&path).map_err(Error::io(&path))?;
        let lines = BufReader::new(file).lines().enumerate();
        Ok(lines.map(move |(number, line)| {
            let line = line.map_err(Error::io(&path))?;
            let row = serde_json::from_str(&line)
                .with_context(|| format!("{}:{}", path.display(), number + 1))?;
            Ok((line, row))
        }))
    }

    /// The rows of a file.
    pub(crate) fn rows<Row: DeserializeOwned>(
        &self,
        name: &str,
    ) -> anyhow::Result<impl Iterator<Item = anyhow::Result<Row>>> {
        Ok(self.lines(name)?.map(|row| row.map(|(_, row)| row)))
    }

    /// The line of `articles.jsonl` that has this id.
    pub(crate) fn article<Row: DeserializeOwned>(&self, id: &str) -> anyhow::Result<Row> {
        let mut nearest: Vec<(usize, String)> = Vec::new();
        for line in self.lines::<Id>("articles.jsonl")? {
            let (line, row) = line?;
            if row.id == id {
                return Ok(serde_json::from_str(&line)?);
            }
            nearest.push((distance(id, &row.id), row.id));
            if nearest.len() > 2 * NEAREST {
                nearest.sort();
                nearest.truncate(NEAREST);
            }
        }
        nearest.sort();
        nearest.truncate(NEAREST);
        let ids: Vec<String> = nearest.into_iter().map(|(_, id)| id).collect();
        Err(Error::Option {
            option: id.to_owned(),
            reason: "no article of the run has this id".to_owned(),
            hint: Some(format!("the nearest are {}", ids.join(", "))),
        }
        .into())
    }
}

/// Ids named to who asks for one that is not there.
const NEAREST: usize = 3;

#[derive(Debug, Deserialize)]
struct Id {
    id: String,
}

/// How far apart two ids are: letters to change, put in or leave out; none for what one holds of the
/// other.
fn distance(asked: &str, id: &str) -> usize {
    if id.contains(asked) {
        return 0;
    }
    let id: Vec<char> = id.chars().take(200).collect();
    let mut row: Vec<usize> = (0..=id.len()).collect();
    for (i, a) in asked.chars().take(200).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, b) in id.iter().enumerate() {
            let changed = corner + usize::from(a != *b);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row[id.len()]
}

/// A line of `articles.jsonl`, as far as commands show it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct ArticleRow {
    pub(crate) id: String,
    pub(crate) file: String,
    pub(crate) outlet: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) headline: Option<String>,
    pub(crate) words: usize,
    pub(crate) near_duplicate_of: Option<String>,
    pub(crate) version_of: Option<String>,
    pub(crate) derivation: String,
    pub(crate) agency: Option<String>,
    pub(crate) credited: bool,
    pub(crate) evidence: Vec<EvidenceRow>,
    pub(crate) sources: Vec<SourceRow>,
    pub(crate) shares: SharesRow,
    pub(crate) treatment: Option<String>,
    pub(crate) stretches: Vec<StretchRow>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct EvidenceRow {
    pub(crate) kind: String,
    pub(crate) agency: Option<String>,
    pub(crate) relays: Vec<String>,
    pub(crate) text: String,
    pub(crate) start: Option<usize>,
    pub(crate) end: Option<usize>,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct SourceRow {
    pub(crate) copy: Option<String>,
    pub(crate) agency: Option<String>,
    pub(crate) article: Option<String>,
    pub(crate) share: f64,
    pub(crate) confidence: f64,
    pub(crate) treatment: String,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct SharesRow {
    pub(crate) agency: f64,
    pub(crate) quote: f64,
    pub(crate) shared: f64,
    pub(crate) original: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub(crate) struct StretchRow {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) whose: String,
    pub(crate) source: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_that_are_near_are_told_from_others() {
        assert_eq!(distance("reuters", "ferry/reuters"), 0);
        assert_eq!(distance("ferry/reuter", "ferri/reuter"), 1);
        assert_eq!(distance("abc", "cab"), 2);
    }
}
