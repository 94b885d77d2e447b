//! Finds the files to read and gives each a name of its own.

use std::fs;
use std::path::{Component, Path, PathBuf};

use rustc_hash::{FxHashMap, FxHashSet};
use walkdir::WalkDir;

use super::format;
use crate::error::{Error, Note, Position, Result};

/// A file to read.
#[derive(Debug)]
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) at: Position,
    /// The start of its articles' ids: its path below the named folder, without extensions.
    pub(super) name: String,
    /// Length as stored, if it is a regular file.
    pub(super) bytes: Option<u64>,
    pub(super) origin: Origin,
    /// How many parts of the path, from its end, belong to the name at least.
    parts: usize,
}

/// How a file was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    /// The user named it, so it has to be there.
    Named,
    /// It was found in a folder.
    Folder,
}

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Every file to read once, what cannot be reached, and what was passed over.
#[derive(Default)]
pub(super) struct Found {
    pub(super) files: Vec<File>,
    pub(super) skipped: Vec<Note>,
    pub(super) notes: Vec<Note>,
}

/// Finds the files of `inputs`.
pub(super) fn find(inputs: &[PathBuf]) -> Result<Found> {
    // An outer folder comes before what is inside it, whatever the order given: a file's name is
    // that from the outermost folder.
    let mut inputs: Vec<_> = inputs.iter().map(|path| (canonical(path), path)).collect();
    inputs.sort();
    let mut finder = Finder::default();
    for (_, path) in inputs {
        finder.named(path)?;
    }
    name_apart(&mut finder.found.files);
    Ok(finder.found)
}

/// The one path of a file that several may lead to; a pipe has none but its own.
fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[derive(Default)]
struct Finder {
    seen: FxHashSet<PathBuf>,
    found: Found,
}

impl Finder {
    fn named(&mut self, path: &Path) -> Result<()> {
        if is_stdin(path) {
            self.add(path, None, Origin::Named, 1);
            return Ok(());
        }
        let metadata = fs::metadata(path).map_err(Error::io(path))?;
        if metadata.is_dir() {
            return self.folder(path);
        }
        self.add(path, Some(metadata.len()).filter(|_| metadata.is_file()), Origin::Named, 1);
        Ok(())
    }

    fn folder(&mut self, root: &Path) -> Result<()> {
        let mut walk = WalkDir::new(root).follow_links(true).sort_by_file_name().into_iter();
        while let Some(entry) = walk.next() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) if error.depth() == 0 => return Err(Error::io(root)(error.into())),
                Err(error) => {
                    self.unreachable(error.path().unwrap_or(root), &error);
                    continue;
                }
            };
            let (path, is_folder) = (entry.path(), entry.file_type().is_dir());
            let is_passed_over = entry.depth() > 0 && is_hidden(path);
            let is_run = is_folder && !is_passed_over && is_run(path);
            if is_run {
                let reason = "a run of copytaster, passed over".to_owned();
                self.found.notes.push(Note { at: Position::file(path), reason });
            }
            if is_folder && (is_passed_over || is_run || !self.seen.insert(canonical(path))) {
                walk.skip_current_dir();
            }
            if is_folder || is_passed_over {
                continue;
            }
            if let Some(metadata) = entry.metadata().ok().filter(fs::Metadata::is_file) {
                self.add(path, Some(metadata.len()), Origin::Folder, entry.depth());
            } else {
                // Opening a pipe would wait for its writer.
                self.skip(path, "not a regular file".to_owned());
            }
        }
        Ok(())
    }

    fn unreachable(&mut self, path: &Path, error: &walkdir::Error) {
        // A link back to a folder above leads to what is being read already.
        if error.loop_ancestor().is_none() && !is_hidden(path) {
            let reason = error.io_error().map(ToString::to_string).unwrap_or_default();
            self.skip(path, format!("cannot be read: {reason}"));
        }
    }

    fn skip(&mut self, path: &Path, reason: String) {
        self.found.skipped.push(Note { at: Position::file(path), reason });
    }

    fn add(&mut self, path: &Path, bytes: Option<u64>, origin: Origin, parts: usize) {
        if self.seen.insert(canonical(path)) {
            let at = Position::file(path);
            let name = String::new();
            self.found.files.push(File { path: path.to_owned(), at, name, bytes, origin, parts });
        }
    }
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// Whether a folder holds what an earlier scan found: its copies of articles would be read as more.
fn is_run(folder: &Path) -> bool {
    ["run.json", "passages.jsonl"].iter().all(|name| folder.join(name).is_file())
}

/// Gives each file the shortest name no other has: without its extensions, else with them, else
/// with the folder, and so on upwards.
fn name_apart(files: &mut [File]) {
    let mut rungs = vec![0; files.len()];
    for file in &mut *files {
        file.name = file.name_at(0).unwrap_or_default();
    }
    loop {
        let mut counts = FxHashMap::<String, u32>::default();
        for file in &*files {
            *counts.entry(file.name.clone()).or_default() += 1;
        }
        let mut changed = false;
        for (file, rung) in files.iter_mut().zip(&mut rungs) {
            if counts[&file.name] > 1
                && let Some(longer) = file.name_at(*rung + 1)
            {
                (file.name, *rung, changed) = (longer, *rung + 1, true);
            }
        }
        if !changed {
            return;
        }
    }
}

impl File {
    /// Its name on a rung of the ladder from short to long.
    fn name_at(&self, rung: usize) -> Option<String> {
        if is_stdin(&self.path) {
            return (rung == 0).then(|| "stdin".to_owned());
        }
        let parts: Vec<_> = self
            .path
            .components()
            .filter_map(|part| match part {
                Component::Normal(part) => Some(part.to_string_lossy()),
                _ => None,
            })
            .collect();
        let start = parts.len().checked_sub(self.parts + rung.saturating_sub(1))?;
        let whole = parts[start..].join("/");
        if rung > 0 {
            return Some(whole);
        }
        let (folder, file) = whole.rsplit_once('/').map_or((None, &*whole), |(f, n)| (Some(f), n));
        let stem = Path::new(format::uncompressed(file)).file_stem()?.to_string_lossy();
        Some(folder.map_or_else(|| stem.to_string(), |folder| format!("{folder}/{stem}")))
    }
}
