//! What files of each kind give, as a whole.

mod folders;
mod formats;
#[cfg(feature = "parquet")]
mod parquet;

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use super::*;

/// A folder with files, and what is read from it.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (name, bytes) in files {
            let path = folder.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn read(&self, names: &[&str]) -> Reading {
        let inputs: Vec<_> = names.iter().map(|name| self.path(name)).collect();
        all(&inputs, &Options::default(), &|_| ()).unwrap()
    }

    /// What is told, in order of place, with the places below the folder.
    fn reasons(&self, reading: &Reading) -> Vec<String> {
        let root = format!("{}/", self.0.path().display());
        let skipped = reading.skipped.iter().map(|skipped| (skipped, ""));
        let mut told: Vec<_> =
            skipped.chain(reading.notes.iter().map(|note| (note, "note: "))).collect();
        told.sort_unstable();
        told.iter().map(|(note, kind)| format!("{kind}{note}").replace(&root, "")).collect()
    }
}

fn read(name: &str, bytes: &[u8]) -> (Vec<Article>, Vec<String>) {
    let folder = Folder::with(&[(name, bytes)]);
    let reading = folder.read(&[name]);
    let records: u64 = reading.inputs.iter().map(|input| input.records).sum();
    assert_eq!(records, reading.articles.len() as u64);
    let reasons = folder.reasons(&reading);
    (reading.articles, reasons)
}

fn texts(articles: &[Article]) -> Vec<&str> {
    articles.iter().map(|article| article.text.as_str()).collect()
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zst(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).unwrap()
}

/// Does not compress, so that a file cut in half holds half of it.
fn noise(length: u64) -> String {
    (0..length).fold(String::new(), |mut text, i| {
        write!(text, "{:x} ", crate::hash::mix(i)).unwrap();
        text
    })
}
