//! A file or a folder of files in the making: written beside its place, then moved there.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::error::{Error, Result};

/// What is being written, beside its place; what is not finished is removed when dropped.
#[derive(Debug)]
pub struct Draft {
    out: PathBuf,
    staged: TempDir,
}

impl Draft {
    /// Makes room at `out` before there is anything, so that a place that cannot be written to shows at
    /// once. What is there already is an error, or gives way with `replace`: a file, or a folder that
    /// holds nothing but `files`.
    pub fn beside(out: &Path, replace: bool, files: &[String]) -> Result<Self> {
        if out.file_name().is_none() {
            return Err(Error::Option {
                option: "--out".to_owned(),
                reason: format!("{} cannot be replaced as a whole", out.display()),
                hint: Some("name one that is not there yet".to_owned()),
            });
        }
        if fs::symlink_metadata(out).is_ok() && (!replace || out.is_dir() && files.is_empty()) {
            return Err(Error::Exists { path: out.to_owned() });
        }
        for entry in fs::read_dir(out).into_iter().flatten() {
            let name = entry.map_err(Error::io(out))?.file_name();
            if !files.iter().any(|file| name == **file) {
                return Err(Error::Option {
                    option: "--out".to_owned(),
                    reason: format!("{} holds {} too", out.display(), name.display()),
                    hint: Some("name another, or move that elsewhere".to_owned()),
                });
            }
        }
        let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(Error::io(parent))?;
        let staged = tempfile::Builder::new()
            .prefix(".copytaster-")
            .tempdir_in(parent)
            .map_err(|error| Error::io(parent)(error.kind().into()))?;
        Ok(Self { out: out.to_owned(), staged })
    }

    /// Where it stands until it is finished: for whoever has to remove it should the process be stopped.
    pub fn path(&self) -> &Path {
        self.staged.path()
    }

    /// Writes it as one file.
    pub fn file(&self, write: impl FnOnce(&mut BufWriter<File>) -> Result<()>) -> Result<()> {
        write_file(&self.staged.path().join("new"), write)
    }

    /// Makes it a folder, and says where that is until it is finished.
    pub fn folder(&self) -> Result<PathBuf> {
        let folder = self.staged.path().join("new");
        fs::create_dir(&folder).map_err(Error::io(&self.out))?;
        Ok(folder)
    }

    /// Moves it to its place.
    pub fn finish(self) -> Result<()> {
        put(&self.path().join("new"), &self.out, &self.path().join("old"))
    }
}

/// Moves what is new to its place, whole or not at all; a folder there goes to `old` first.
pub(super) fn put(new: &Path, out: &Path, old: &Path) -> Result<()> {
    let replaces = out.is_dir();
    if replaces {
        fs::rename(out, old).map_err(Error::io(out))?;
    }
    fs::rename(new, out).map_err(|error| {
        if replaces {
            // Better the old one than none; if that fails too, the first error is the one to tell.
            let _ = fs::rename(old, out);
        }
        Error::io(out)(error)
    })
}

/// Writes a file from beginning to end.
pub(super) fn write_file(
    path: &Path,
    write: impl FnOnce(&mut BufWriter<File>) -> Result<()>,
) -> Result<()> {
    let mut file = BufWriter::new(File::create(path).map_err(Error::io(path))?);
    write(&mut file)?;
    file.flush().map_err(Error::io(path))
}
