//! The folder of a run: written beside its place, then moved there as a whole.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Serialize;

use super::rows::{ArticleRow, ClusterRow, CopyRow, LinkRow, PassageRow};
use super::{Run, Summary};
use crate::error::{Error, Result};

/// The file of a run that tells what it is.
pub const RUN_FILE: &str = "run.json";

/// Writes the folder of a run to `out`, whole or not at all.
///
/// A folder that is there already is an error; with `replace` it is replaced if it holds a run or
/// nothing, and nothing else. `staged` is told the path of the folder in the making, for whoever has to
/// remove it should the process be stopped.
pub fn write(
    run: &Run<'_>,
    summary: &Summary<'_>,
    out: &Path,
    replace: bool,
    staged: impl FnOnce(&Path),
) -> Result<()> {
    may_write(out, replace)?;
    let parent = match out.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    fs::create_dir_all(parent).map_err(Error::io(parent))?;
    let folder = tempfile::Builder::new()
        .prefix(".copytaster-")
        .tempdir_in(parent)
        .map_err(Error::io(parent))?;
    staged(folder.path());
    write_files(run, summary, folder.path())?;
    let old = folder.path().join("old");
    if out.exists() {
        fs::rename(out, &old).map_err(Error::io(out))?;
    }
    let new = folder.path().join("run");
    fs::rename(&new, out).map_err(Error::io(out))
}

/// Tells before any work is done whether [`write`] would refuse `out`.
pub fn may_write(out: &Path, replace: bool) -> Result<()> {
    let holds_something = match fs::read_dir(out) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => out.exists(),
    };
    if holds_something && !(replace && out.join(RUN_FILE).is_file()) {
        return Err(Error::Exists { path: out.to_owned() });
    }
    Ok(())
}

fn write_files(run: &Run<'_>, summary: &Summary<'_>, folder: &Path) -> Result<()> {
    let folder = folder.join("run");
    fs::create_dir(&folder).map_err(Error::io(&folder))?;
    let file = |name: &str| folder.join(name);
    let findings = run.findings;
    lines(&file("articles.jsonl"), run.articles.len(), |ix| ArticleRow::new(run, ix))?;
    lines(&file("passages.jsonl"), findings.passages.len(), |at| {
        PassageRow::new(run, &findings.passages[at])
    })?;
    lines(&file("links.jsonl"), findings.links.len(), |at| LinkRow::new(run, &findings.links[at]))?;
    lines(&file("clusters.jsonl"), findings.clusters.len(), |at| ClusterRow::new(run, at))?;
    lines(&file("copies.jsonl"), findings.copies.len(), |at| {
        CopyRow::new(run, &findings.copies[at])
    })?;
    let path = file(RUN_FILE);
    let mut json = serde_json::to_vec_pretty(summary).expect("a summary has string keys only");
    json.push(b'\n');
    fs::write(&path, json).map_err(Error::io(path))
}

/// Writes rows `0..count`, one a line: made in parallel, written in order.
fn lines<Row: Serialize>(
    path: &PathBuf,
    count: usize,
    row: impl Fn(usize) -> Row + Sync,
) -> Result<()> {
    // Rows made by one thread at a time, and all that are held in memory at once.
    const CHUNK: usize = 256;
    const BATCH: usize = 64 * CHUNK;
    let mut file = BufWriter::new(fs::File::create(path).map_err(Error::io(path))?);
    for batch in (0..count).step_by(BATCH) {
        let chunks: Vec<Vec<u8>> = (batch..count.min(batch + BATCH))
            .into_par_iter()
            .chunks(CHUNK)
            .map(|chunk| {
                let mut bytes = Vec::new();
                for at in chunk {
                    serde_json::to_writer(&mut bytes, &row(at))
                        .expect("rows have string keys only");
                    bytes.push(b'\n');
                }
                bytes
            })
            .collect();
        for chunk in chunks {
            file.write_all(&chunk).map_err(Error::io(path))?;
        }
    }
    file.flush().map_err(Error::io(path))
}
