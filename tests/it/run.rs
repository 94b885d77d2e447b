//! Scans, and the rows they write.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use copytaster::agency::Agencies;
use copytaster::report::{Counts, Folder, Run, Summary};
use copytaster::scan::{Findings, Scan};
use copytaster::{Article, Options, Position, read};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use tempfile::TempDir;

/// A path below `corpus/`.
pub(crate) fn corpus(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(path)
}

/// A finished scan and its folder.
pub(crate) struct Scanned {
    pub(crate) scan: Scan,
    pub(crate) articles: Vec<Article>,
    pub(crate) findings: Findings,
    folder: TempDir,
}

/// A scan of `corpus/stories.jsonl` with the agency invented for it.
pub(crate) fn of_corpus() -> &'static Scanned {
    static SCANNED: OnceLock<Scanned> = OnceLock::new();
    SCANNED.get_or_init(|| of_files(&[corpus("stories.jsonl")], 2))
}

/// Reads files and scans them with so many threads.
pub(crate) fn of_files(inputs: &[PathBuf], threads: usize) -> Scanned {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| {
        let reading = read::all(inputs, &read::Options::default(), &|_| ()).unwrap();
        assert_eq!((&reading.skipped[..], &reading.notes[..]), (&[][..], &[][..]));
        let (scan, findings) = scan(&reading.articles);
        let run =
            Run { articles: &reading.articles, findings: &findings, agencies: scan.agencies() };
        let summary = Summary {
            version: "test",
            command: &[],
            named: inputs,
            options: scan.options(),
            reading: &read::Options::default(),
            inputs: &reading.inputs,
            skipped: &[],
            notes: &[],
            counts: Counts::of(&run),
            work: &findings.stats,
            seconds: Vec::new(),
            peak_memory_bytes: None,
        };
        let folder = tempfile::tempdir().unwrap();
        let making = Folder::beside(&folder.path().join("run"), false).unwrap();
        making.write(&run, &summary).unwrap();
        making.finish().unwrap();
        Scanned { scan, articles: reading.articles, findings, folder }
    })
}

/// Scans articles, in the order of their ids, with the default options.
pub(crate) fn scan(articles: &[Article]) -> (Scan, Findings) {
    assert!(articles.is_sorted_by(|a, b| a.id < b.id));
    let path = corpus("agencies.toml");
    let toml = fs::read_to_string(&path).unwrap();
    let agencies = Agencies::shipped().extended(&toml, &Position::file(&path)).unwrap();
    let scan = Scan::new(Options::default(), agencies).unwrap();
    let findings = scan.run(articles, &|_| ()).unwrap();
    (scan, findings)
}

/// The rows of a JSONL file, but for those of another form.
pub(crate) fn rows<Row: DeserializeOwned>(path: &Path) -> Vec<Row> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect()
}

impl Scanned {
    /// The folder of the run.
    pub(crate) fn run(&self) -> PathBuf {
        self.folder.path().join("run")
    }

    /// The bytes of every file of the run, by name.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let folder = fs::read_dir(self.run()).unwrap();
        let mut files: Vec<_> = folder
            .map(|entry| {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read_to_string(entry.path()).unwrap())
            })
            .collect();
        files.sort();
        files
    }

    fn rows<Row: DeserializeOwned>(&self, name: &str) -> Vec<Row> {
        let path = self.run().join(name);
        let rows = rows(&path);
        assert_eq!(rows.len(), fs::read_to_string(&path).unwrap().lines().count());
        rows
    }

    pub(crate) fn article_rows(&self) -> Vec<ArticleRow> {
        self.rows("articles.jsonl")
    }

    pub(crate) fn passage_rows(&self) -> Vec<PassageRow> {
        self.rows("passages.jsonl")
    }

    pub(crate) fn link_rows(&self) -> Vec<LinkRow> {
        self.rows("links.jsonl")
    }

    pub(crate) fn cluster_rows(&self) -> Vec<ClusterRow> {
        self.rows("clusters.jsonl")
    }
}

#[derive(Debug, Deserialize)]
pub(crate) struct ArticleRow {
    pub(crate) id: String,
    pub(crate) agency: Option<String>,
    pub(crate) credited: bool,
    pub(crate) derivation: String,
    pub(crate) treatment: Option<String>,
    pub(crate) version_of: Option<String>,
    pub(crate) near_duplicate_of: Option<String>,
    pub(crate) shares: Shares,
    pub(crate) sources: Vec<SourceRow>,
    pub(crate) evidence: Vec<EvidenceRow>,
    pub(crate) marks: Vec<MarkRow>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Shares {
    pub(crate) agency: f64,
    pub(crate) quote: f64,
    pub(crate) shared: f64,
    pub(crate) original: f64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct SourceRow {
    pub(crate) copy: String,
    pub(crate) article: Option<String>,
    pub(crate) share: f64,
}

#[derive(Debug, Deserialize)]
pub(crate) struct EvidenceRow {
    pub(crate) text: String,
    pub(crate) start: Option<usize>,
    pub(crate) end: Option<usize>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct MarkRow {
    pub(crate) start: usize,
    pub(crate) end: usize,
}

#[derive(Debug, Deserialize)]
pub(crate) struct PassageRow {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) a_start: usize,
    pub(crate) a_end: usize,
    pub(crate) b_start: usize,
    pub(crate) b_end: usize,
    pub(crate) kind: String,
    pub(crate) words: usize,
    pub(crate) a_text: String,
    pub(crate) b_text: String,
}

#[derive(Debug, Deserialize)]
pub(crate) struct LinkRow {
    pub(crate) a: String,
    pub(crate) b: String,
    pub(crate) relation: String,
    pub(crate) a_share: f64,
    pub(crate) b_share: f64,
    pub(crate) words: usize,
}

#[derive(Debug, Deserialize)]
pub(crate) struct ClusterRow {
    pub(crate) id: String,
    pub(crate) articles: Vec<String>,
    pub(crate) agency: Option<String>,
    pub(crate) earliest: Option<String>,
    pub(crate) outlets: usize,
    pub(crate) origins: usize,
}
