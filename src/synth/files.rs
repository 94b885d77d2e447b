//! A corpus as files: written beside their place, then moved there.

use std::fs::{self, File};
use std::io::{self, BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::{Beside, Synth};
use crate::error::{Error, Result};

/// The files of a corpus in the making, beside their place; what is not finished is removed when dropped.
#[derive(Debug)]
pub struct Files {
    out: PathBuf,
    staged: TempDir,
    writers: [BufWriter<File>; 6],
    /// Ids for the last row of the spans: they would be too many to hold.
    ids: BufWriter<File>,
}

impl Files {
    /// Makes room for a corpus at `out` before there is any, so that a place that cannot be written to
    /// shows at once. With `replace` what is there already gives way.
    pub fn beside(out: &Path, replace: bool) -> Result<Self> {
        if out.extension() != Some("jsonl".as_ref()) || out.file_stem().is_none() {
            return Err(Error::Option {
                option: "--out".to_owned(),
                reason: format!("{} is no name for JSON lines", out.display()),
                hint: Some(format!("call it {}", out.with_extension("jsonl").display())),
            });
        }
        for file in Beside::ALL.map(|file| file.path(out)) {
            if file.is_dir() || (!replace && fs::symlink_metadata(&file).is_ok()) {
                return Err(Error::Exists { path: file });
            }
        }
        let parent = out.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        fs::create_dir_all(parent).map_err(Error::io(parent))?;
        let staged = tempfile::Builder::new()
            .prefix(".copytaster-")
            .tempdir_in(parent)
            .map_err(|error| Error::io(parent)(error.kind().into()))?;
        let create = |name: &str| {
            File::create(staged.path().join(name)).map(BufWriter::new).map_err(Error::io(out))
        };
        let writers: Vec<_> = (0..6).map(|file| create(&name(file))).collect::<Result<_>>()?;
        let writers = writers.try_into().expect("there are as many files as were asked for");
        let ids = create(IDS)?;
        Ok(Self { out: out.to_owned(), staged, writers, ids })
    }

    /// Where they stand until they are finished: for whoever has to remove them should the process be
    /// stopped.
    pub fn path(&self) -> &Path {
        self.staged.path()
    }

    /// Writes so many articles and the truth about them; `progress` is told how many are done.
    pub fn write(
        &mut self,
        synth: &Synth,
        articles: u64,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Written> {
        let mut written = Written::default();
        let (out, writers, ids) = (&self.out, &mut self.writers, &mut self.ids);
        synth.rows(articles, |rows| {
            for file in Beside::ALL {
                let done = writers[file as usize].write_all(rows.of(file));
                done.map_err(|error| Error::io(file.path(out))(error))?;
            }
            ids.write_all(rows.ids.as_bytes()).map_err(Error::io(Beside::Spans.path(out)))?;
            written.events += rows.events();
            written.bytes += rows.of(Beside::Corpus).len() as u64;
            progress(rows.articles());
            Ok(())
        })?;
        Ok(written)
    }

    /// Moves all of them to their place, the corpus last.
    pub fn finish(mut self) -> Result<()> {
        self.add_ids().map_err(Error::io(Beside::Spans.path(&self.out)))?;
        for file in Beside::ALL {
            let path = file.path(&self.out);
            self.writers[file as usize].flush().map_err(Error::io(&path))?;
        }
        for file in Beside::ALL {
            let path = file.path(&self.out);
            let staged = self.staged.path().join(name(file as usize));
            fs::rename(staged, &path).map_err(Error::io(path))?;
        }
        Ok(())
    }

    /// `{"docs": [...]}`: the articles that the spans tell all of.
    fn add_ids(&mut self) -> io::Result<()> {
        self.ids.flush()?;
        let mut ids = BufReader::new(File::open(self.staged.path().join(IDS))?);
        let spans = &mut self.writers[Beside::Spans as usize];
        spans.write_all(b"{\"docs\":[")?;
        let (mut first, mut id) = (true, Vec::new());
        while ids.read_until(b',', &mut id)? > 0 {
            id.pop();
            if !std::mem::take(&mut first) {
                spans.write_all(b",")?;
            }
            spans.write_all(&id)?;
            id.clear();
        }
        spans.write_all(b"]}\n")
    }
}

const IDS: &str = "ids";

fn name(file: usize) -> String {
    format!("{file}.jsonl")
}

/// How much was written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Written {
    /// Events that the articles are about.
    pub events: u64,
    /// Bytes of articles, without the truth about them.
    pub bytes: u64,
}
