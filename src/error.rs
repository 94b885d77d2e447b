//! What can go wrong, said as where, then what, then a way out.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Serialize, Serializer};

/// The library's result.
pub type Result<T> = std::result::Result<T, Error>;

/// Stops a run. What is wrong with one record only is a [`Note`] instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or folder could not be read or written.
    #[error("{}: {source}", path.display())]
    Io {
        /// What was being read or written.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// What does not fit into memory could not be put into a file, or read from it again.
    #[error("temporary file in {}: {source}", folder.display())]
    Temporary {
        /// Where the file is.
        folder: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// An option has a value that cannot be used.
    #[error("{option}: {reason}")]
    Option {
        /// The option as the user writes it.
        option: String,
        /// What is wrong with its value.
        reason: String,
        /// A way out, if there is one to name.
        hint: Option<String>,
    },
    /// A file is not what it should be, as a whole.
    #[error("{at}: {reason}")]
    Malformed {
        /// Where.
        at: Position,
        /// What is wrong.
        reason: String,
        /// A way out, if there is one to name.
        hint: Option<String>,
    },
    /// The output folder already holds something.
    #[error("{}: already exists", path.display())]
    Exists {
        /// The folder.
        path: PathBuf,
    },
    /// The output folder holds a run, but not only that: it is not replaced.
    #[error("{}: holds {}, which is no part of a run", path.display(), holds.display())]
    NotOnlyARun {
        /// The folder.
        path: PathBuf,
        /// What else is in it.
        holds: PathBuf,
    },
    /// Nothing was left to work on.
    #[error("no article could be read")]
    NoArticles,
}

impl Error {
    /// Says which file an error of the system concerns: `.map_err(Error::io(path))`.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        |source| Self::Io { path, source }
    }

    /// The same of a temporary file in a folder.
    pub fn temporary(folder: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let folder = folder.into();
        |source| Self::Temporary { folder, source }
    }

    /// A way out of the error, in one line, for people.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Io { path, source } if source.kind() == io::ErrorKind::NotFound => {
                Some(format!("is the path right? there is no {}", path.display()))
            }
            Self::Io { .. } => None,
            Self::Temporary { .. } => Some(
                "it takes room for five times the texts; --tmp names another folder".to_owned(),
            ),
            Self::Option { hint, .. } | Self::Malformed { hint, .. } => hint.clone(),
            Self::Exists { .. } => {
                Some("name another with --out, or replace it with --force".to_owned())
            }
            Self::NotOnlyARun { .. } => {
                Some("name another with --out, or move the rest elsewhere".to_owned())
            }
            Self::NoArticles => {
                Some("the reasons are listed above; --map text=COLUMN names the text".to_owned())
            }
        }
    }
}

/// A place in the input: a file, and a line of it where that says something.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The file as the user named it, or a path below the folder that was named.
    pub file: Arc<str>,
    /// Line in the decompressed file, or row of a table in Parquet, from 1; `None` where the whole file
    /// is meant.
    pub line: Option<u64>,
}

impl Position {
    /// The whole of a file.
    pub fn file(path: &Path) -> Self {
        Self { file: path.to_string_lossy().into(), line: None }
    }

    /// A line of the same file.
    #[must_use]
    pub fn line(&self, line: u64) -> Self {
        Self { file: Arc::clone(&self.file), line: Some(line) }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.file)?;
        self.line.map_or(Ok(()), |line| write!(f, ":{line}"))
    }
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// What there is to say about one record or file: why it was left out, or how it was taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Note {
    /// Where it stands.
    pub at: Position,
    /// What it is, in lower case, without a full stop.
    pub reason: String,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.at, self.reason)
    }
}
