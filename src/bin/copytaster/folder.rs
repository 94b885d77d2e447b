//! The folder of a run, read again.

use std::ops::Deref;
use std::path::Path;

use copytaster::Error;
use copytaster::report::filed::Filed;
pub(crate) use copytaster::report::filed::{ArticleRow, LinkRow, SourceRow, StretchRow};
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A folder that holds a run, named by the user.
#[derive(Debug, Clone)]
pub(crate) struct RunFolder(Filed);

impl Deref for RunFolder {
    type Target = Filed;

    fn deref(&self) -> &Filed {
        &self.0
    }
}

impl RunFolder {
    /// Opens the folder that the user named by the argument `option`.
    pub(crate) fn open(path: &Path, option: &str) -> Result<Self, Error> {
        if let Some(filed) = Filed::open(path) {
            return Ok(Self(filed));
        }
        let reason = if path.is_dir() { "is not a run" } else { "is no folder, so not a run" };
        Err(Error::Option {
            option: option.to_owned(),
            reason: format!("{} {reason}", path.display()),
            hint: Some("copytaster scan writes one".to_owned()),
        })
    }

    /// Refuses a run that compared articles as a whole: it has no passages and attributes nothing.
    pub(crate) fn with_passages(self) -> anyhow::Result<Self> {
        #[derive(Deserialize)]
        struct Level {
            level: Option<String>,
        }
        if self.summary::<Level>()?.level.as_deref() != Some("article") {
            return Ok(self);
        }
        Err(Error::Option {
            option: "RUN".to_owned(),
            reason: format!("{} compared articles as a whole", self.folder().display()),
            hint: Some("scan without --level article to find passages".to_owned()),
        }
        .into())
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
