//! The folder of a run: written beside its place, then moved there as a whole.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;
use tempfile::TempDir;

use super::at_hand::let_go;
use super::copies::CopyRow;
use super::draft::put;
use super::duplicates::DuplicatesRun;
use super::rows::{ArticleRow, ClusterRow, LinkRow, PassageRow};
use super::{Run, Summary};
use crate::error::{Error, Result};
use crate::span::PointIndex;

/// The file of a run that tells what it is.
pub const RUN_FILE: &str = "run.json";

/// The page about a run, where that is written into its folder.
pub const PAGE_FILE: &str = "report.html";

/// Every file that a folder of a run may hold.
const FILES: [&str; 12] = [
    RUN_FILE,
    "articles.jsonl",
    "passages.jsonl",
    "links.jsonl",
    "clusters.jsonl",
    "copies.jsonl",
    PAGE_FILE,
    "articles.parquet",
    "passages.parquet",
    "links.parquet",
    "clusters.parquet",
    "copies.parquet",
];

/// The folder of a run in the making, beside its place; what is not finished is removed when dropped.
#[derive(Debug)]
pub struct Folder {
    out: PathBuf,
    staged: TempDir,
}

impl Folder {
    /// Makes room for a run at `out` before there is any, so that a place that cannot be written to
    /// shows at once.
    ///
    /// A folder that is there already is an error unless it is empty or, with `replace`, holds a run
    /// and nothing else.
    pub fn beside(out: &Path, replace: bool) -> Result<Self> {
        Self::of_files(out, replace, &FILES)
    }

    /// The same for a folder of other files, and of these only.
    pub fn of_files(out: &Path, replace: bool, files: &[&str]) -> Result<Self> {
        if out.file_name().is_none() {
            return Err(Error::Option {
                option: "--out".to_owned(),
                reason: format!("{} cannot be replaced as a whole", out.display()),
                hint: Some("name a folder that is not there yet".to_owned()),
            });
        }
        may_write(out, replace, files)?;
        // What a link leads to is replaced, not the link.
        let out = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent,
            _ => Path::new("."),
        };
        fs::create_dir_all(parent).map_err(Error::io(parent))?;
        let staged = tempfile::Builder::new()
            .prefix(".copytaster-")
            .tempdir_in(parent)
            .map_err(|error| Error::io(parent)(without_path(&error)))?;
        Ok(Self { out, staged })
    }

    /// Where it stands until it is finished: for whoever has to remove it should the process be stopped.
    pub fn path(&self) -> &Path {
        self.staged.path()
    }

    /// Writes the files of a run.
    pub fn write(&self, run: &Run<'_>, summary: &Summary<'_>) -> Result<()> {
        write_files(run, summary, self.path())
    }

    /// Writes one file.
    pub fn put(&self, name: &str, bytes: &[u8]) -> Result<()> {
        let folder = self.path().join("run");
        fs::create_dir_all(&folder).map_err(Error::io(&folder))?;
        let path = folder.join(name);
        fs::write(&path, bytes).map_err(Error::io(path))
    }

    /// The folder with these files, until it is finished.
    pub fn run(&self) -> PathBuf {
        self.path().join("run")
    }

    /// Writes the files of a run that compared articles as a whole.
    pub fn write_duplicates(
        &self,
        run: &DuplicatesRun<'_>,
        summary: &impl Serialize,
    ) -> Result<()> {
        let folder = self.run();
        fs::create_dir(&folder).map_err(Error::io(&folder))?;
        run.write_tables(&folder)?;
        for empty in ["passages.jsonl", "copies.jsonl"] {
            let path = folder.join(empty);
            fs::File::create(&path).map_err(Error::io(path))?;
        }
        write_summary(&folder.join(RUN_FILE), summary)
    }

    /// Moves what was written to its place, whole or not at all.
    pub fn finish(self) -> Result<()> {
        put(&self.run(), &self.out, &self.path().join("old"))
    }
}

/// Refuses a place that holds something which is not to be replaced.
fn may_write(out: &Path, replace: bool, files: &[&str]) -> Result<()> {
    let entries = match fs::read_dir(out) {
        Ok(entries) => entries,
        Err(_) if fs::symlink_metadata(out).is_ok() => {
            return Err(Error::Exists { path: out.to_owned() });
        }
        Err(_) => return Ok(()),
    };
    let names: Vec<_> = entries
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<io::Result<_>>()
        .map_err(Error::io(out))?;
    let foreign = names.iter().filter(|name| !files.iter().any(|file| name == file)).min();
    match foreign {
        Some(name) if replace => {
            Err(Error::NotOnlyARun { path: out.to_owned(), holds: name.into() })
        }
        None if names.is_empty() || replace => Ok(()),
        _ => Err(Error::Exists { path: out.to_owned() }),
    }
}

/// What went wrong, without the name of the temporary folder, which would tell nobody anything.
fn without_path(error: &io::Error) -> io::Error {
    error.kind().into()
}

fn write_files(run: &Run<'_>, summary: &Summary<'_>, folder: &Path) -> Result<()> {
    let folder = folder.join("run");
    fs::create_dir(&folder).map_err(Error::io(&folder))?;
    let file = |name: &str| folder.join(name);
    let findings = run.findings;
    let passages = || {
        let points: Vec<PointIndex> =
            run.articles.par_iter().map(|article| PointIndex::new(&article.text)).collect();
        lines(&file("passages.jsonl"), findings.passages.len(), |at| {
            PassageRow::new(run, &points, &findings.passages[at])
        })
    };
    let others = || {
        lines(&file("articles.jsonl"), run.articles.len(), |ix| ArticleRow::new(run, ix))?;
        lines(&file("links.jsonl"), findings.links.len(), |at| LinkRow::new(run, at))?;
        lines(&file("clusters.jsonl"), findings.clusters.len(), |at| ClusterRow::new(run, at))?;
        lines(&file("copies.jsonl"), findings.attributed.copies.len(), |at| {
            CopyRow::new(run, &findings.attributed.copies[at])
        })
    };
    // To write the passages takes longer than to make them, and one thread does it.
    let (written, others_written) = rayon::join(passages, others);
    written.and(others_written)?;
    write_summary(&file(RUN_FILE), summary)
}

fn write_summary(path: &Path, summary: &impl Serialize) -> Result<()> {
    let mut json = serde_json::to_vec_pretty(summary).expect("a summary has string keys only");
    json.push(b'\n');
    fs::write(path, json).map_err(Error::io(path))
}

/// Writes rows `0..count`, one a line: made in parallel, written in order, while the next are made.
pub(super) fn lines<Row: Serialize>(
    path: &Path,
    count: usize,
    row: impl Fn(usize) -> Row + Sync,
) -> Result<()> {
    // Rows made by one thread at a time, and how many times that is made at once.
    const CHUNK: usize = 256;
    const CHUNKS: usize = 32;
    let mut file = fs::File::create(path).map_err(Error::io(path))?;
    let make = |first: usize, chunks: &mut [Vec<u8>]| {
        chunks.par_iter_mut().with_max_len(1).enumerate().for_each(|(chunk, bytes)| {
            bytes.clear();
            let first = first + chunk * CHUNK;
            for at in first..count.min(first + CHUNK) {
                serde_json::to_writer(&mut *bytes, &row(at)).expect("rows have string keys only");
                bytes.push(b'\n');
            }
        });
    };
    let mut write = |chunks: &[Vec<u8>]| {
        let all = chunks.iter().try_for_each(|chunk| file.write_all(chunk));
        all.and_then(|()| let_go(&mut file)).map_err(Error::io(path))
    };
    let (mut made, mut next) = (vec![Vec::new(); CHUNKS], vec![Vec::new(); CHUNKS]);
    for first in (0..count).step_by(CHUNKS * CHUNK) {
        rayon::join(|| write(&made), || make(first, &mut next)).0?;
        std::mem::swap(&mut made, &mut next);
    }
    write(&made)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_are_written_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.jsonl");
        for count in [0, 1, 256, 257, 8192, 8193, 20_000] {
            lines(&path, count, |at| at).unwrap();
            let rows: Vec<usize> = fs::read_to_string(&path)
                .unwrap()
                .lines()
                .map(|row| row.parse().unwrap())
                .collect();
            assert!(rows.into_iter().eq(0..count), "{count}");
        }
    }
}
