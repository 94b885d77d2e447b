//! How fast and how right a scan is, by size: figures, growth, and what changed since the last time.

mod accuracy;
mod compare;
mod contest;
mod floor;
mod growth;
mod html;
mod peer;
mod strain;
mod table;
mod truth;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

pub use accuracy::{Accuracy, looked_at};
pub use compare::{Change, FIGURE_NOISE};
pub use contest::{Contest, Entry};
pub use floor::floor;
pub use growth::Growth;
pub use peer::{LEFT_OUT, Package, Peer, Scripts};
pub use strain::{STRAIN, Strain};
pub use truth::{Found, HALF_LIKE, LIKE, Truth, pairs_of, pairs_of_run};

use crate::error::{Error, Position, Result};
use crate::report::RUN_FILE;

/// What was measured: the contents of `bench.json`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Version of the program.
    pub version: String,
    /// Seed of the articles, if they were invented.
    pub seed: Option<u64>,
    /// Threads that the machine can run at once.
    pub cores: usize,
    /// One for each size and number of threads.
    pub runs: Vec<Run>,
    /// One for each size, if the articles were invented.
    pub accuracy: Vec<Accuracy>,
    /// One for each number of threads, where there are several sizes.
    pub outlook: Vec<Outlook>,
    /// One for each size, if others were asked for.
    #[serde(default)]
    pub contests: Vec<Contest>,
    /// If it was asked for.
    #[serde(default)]
    pub strain: Option<Strain>,
}

/// The scans of one size with one number of threads.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// Articles scanned.
    pub articles: u64,
    /// Threads of the scan.
    pub threads: usize,
    /// Bytes of the corpus.
    pub bytes: u64,
    /// Wall time from start to end of the program, reading and writing included, in seconds.
    pub wall_s: Spread,
    /// Processor time in seconds, where the system tells.
    pub cpu_s: Option<Spread>,
    /// Most memory held in any of them, where the system tells.
    pub peak_memory_bytes: Option<u64>,
    /// Bytes of the folder of the run.
    pub folder_bytes: u64,
    /// Seconds of each stage, in order, as the median of the runs.
    pub stages: Vec<(String, f64)>,
    /// How much was looked at, as `run.json` counts it: candidates are pairs that were aligned.
    pub work: BTreeMap<String, u64>,
}

/// Several measurements of one thing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Spread {
    /// The middle one, or the mean of the middle two.
    pub median: f64,
    /// The least.
    pub low: f64,
    /// The most.
    pub high: f64,
}

/// What larger corpora will take.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// Threads of the scans.
    pub threads: usize,
    /// Growth of wall time.
    pub time: Growth,
    /// Growth of processor time, where the system tells: other programs do not change it much.
    pub cpu: Option<Growth>,
    /// Growth of memory, where the system tells.
    pub memory: Option<Growth>,
    /// Growth of the folder of a run.
    pub folder: Growth,
    /// Ten and a hundred times the largest size.
    pub ahead: Vec<Ahead>,
}

/// What one larger corpus will take.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Ahead {
    /// Its articles.
    pub articles: u64,
    /// Wall time in seconds.
    pub wall_s: f64,
    /// Memory in bytes.
    pub peak_memory_bytes: Option<f64>,
    /// Bytes of the folder of the run. A scan writes nothing else.
    pub folder_bytes: f64,
}

/// One scan as seen from outside.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    /// From start to end, in seconds.
    pub wall_s: f64,
    /// Processor time in seconds, where the system tells.
    pub cpu_s: Option<f64>,
    /// Most memory held, where the system tells.
    pub peak_memory_bytes: Option<u64>,
}

/// What is read of `run.json`.
#[derive(Deserialize)]
struct Summary {
    seconds: Vec<(String, f64)>,
    peak_memory_bytes: Option<u64>,
    work: Work,
}

#[derive(Deserialize)]
struct Work {
    words: u64,
    candidates: BTreeMap<String, u64>,
    #[serde(default)]
    aligned: BTreeMap<String, u64>,
    passages: u64,
}

/// The scans of one size with one number of threads, in the making.
#[derive(Debug)]
pub struct Runs {
    articles: u64,
    threads: usize,
    bytes: u64,
    measured: Vec<Measured>,
    stages: Vec<Vec<(String, f64)>>,
    peak_memory_bytes: Option<u64>,
    folder_bytes: u64,
    work: BTreeMap<String, u64>,
}

impl Runs {
    /// None yet, of so many articles in so many bytes.
    pub fn new(articles: u64, threads: usize, bytes: u64) -> Self {
        Self {
            articles,
            threads,
            bytes,
            measured: Vec::new(),
            stages: Vec::new(),
            peak_memory_bytes: None,
            folder_bytes: 0,
            work: BTreeMap::new(),
        }
    }

    /// Adds a scan that left its results in `folder`.
    pub fn add(&mut self, measured: Measured, folder: &Path) -> Result<()> {
        let path = folder.join(RUN_FILE);
        let json = fs::read_to_string(&path).map_err(Error::io(&path))?;
        let summary: Summary = serde_json::from_str(&json).map_err(|error| Error::Malformed {
            at: Position::file(&path),
            reason: error.to_string(),
            hint: None,
        })?;
        self.measured.push(measured);
        self.stages.push(summary.seconds);
        self.peak_memory_bytes = self.peak_memory_bytes.max(summary.peak_memory_bytes);
        self.folder_bytes = folder_bytes(folder)?;
        self.work = summary.work.candidates;
        self.work.extend(summary.work.aligned);
        self.work.insert("words".to_owned(), summary.work.words);
        self.work.insert("passages".to_owned(), summary.work.passages);
        Ok(())
    }

    /// What they come to; there is at least one.
    pub fn finish(self) -> Run {
        let walls: Vec<f64> = self.measured.iter().map(|m| m.wall_s).collect();
        let cpus: Option<Vec<f64>> = self.measured.iter().map(|m| m.cpu_s).collect();
        let stage = |at: usize| {
            let seconds: Vec<f64> =
                self.stages.iter().filter_map(|run| run.get(at)).map(|(_, s)| *s).collect();
            Spread::of(&seconds).median
        };
        let names = self.stages.first().into_iter().flatten().map(|(name, _)| name.clone());
        let stages = names.enumerate().map(|(at, name)| (name, stage(at))).collect();
        Run {
            articles: self.articles,
            threads: self.threads,
            bytes: self.bytes,
            wall_s: Spread::of(&walls),
            cpu_s: cpus.map(|cpus| Spread::of(&cpus)),
            peak_memory_bytes: self.peak_memory_bytes,
            folder_bytes: self.folder_bytes,
            stages,
            work: self.work,
        }
    }
}

fn folder_bytes(folder: &Path) -> Result<u64> {
    let entries = fs::read_dir(folder).map_err(Error::io(folder))?;
    entries
        .map(|entry| Ok(entry.and_then(|entry| entry.metadata()).map_err(Error::io(folder))?.len()))
        .sum()
}

impl Spread {
    /// Of one value or more.
    pub fn of(values: &[f64]) -> Self {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let (low, high) = (values.len().saturating_sub(1) / 2, values.len() / 2);
        let at = |ix: usize| values.get(ix).copied().unwrap_or_default();
        Self {
            median: f64::midpoint(at(low), at(high)),
            low: at(0),
            high: at(values.len().saturating_sub(1)),
        }
    }
}

impl Run {
    /// Articles in a second of wall time.
    pub fn articles_per_s(&self) -> f64 {
        self.articles as f64 / self.wall_s.median.max(1e-9)
    }

    /// Megabytes of corpus in a second of wall time.
    pub fn megabytes_per_s(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.wall_s.median.max(1e-9)
    }
}

impl Report {
    /// Puts figures together and looks ahead.
    pub fn new(
        version: &str,
        seed: Option<u64>,
        cores: usize,
        runs: Vec<Run>,
        accuracy: Vec<Accuracy>,
    ) -> Self {
        let mut threads: Vec<usize> = runs.iter().map(|run| run.threads).collect();
        threads.sort_unstable();
        threads.dedup();
        let outlook =
            threads.into_iter().filter_map(|threads| Outlook::of(&runs, threads)).collect();
        let (contests, strain) = (Vec::new(), None);
        Self { version: version.to_owned(), seed, cores, runs, accuracy, outlook, contests, strain }
    }

    /// Reads a `bench.json`.
    pub fn read(path: &Path) -> Result<Self> {
        let json = fs::read_to_string(path).map_err(Error::io(path))?;
        serde_json::from_str(&json).map_err(|error| Error::Malformed {
            at: Position::file(path).line(error.line() as u64),
            reason: error.to_string(),
            hint: Some("it takes the bench.json of `copytaster bench`".to_owned()),
        })
    }

    /// Writes `bench.json` and `bench.html` to a folder.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut json = serde_json::to_vec_pretty(self).expect("a report has string keys only");
        json.push(b'\n');
        for (name, bytes) in [("bench.json", json), ("bench.html", self.html().into_bytes())] {
            let path = folder.join(name);
            fs::write(&path, bytes).map_err(Error::io(path))?;
        }
        Ok(())
    }
}

impl Outlook {
    fn of(runs: &[Run], threads: usize) -> Option<Self> {
        let runs: Vec<&Run> = runs.iter().filter(|run| run.threads == threads).collect();
        let points = |value: fn(&Run) -> Option<f64>| -> Vec<(f64, f64)> {
            runs.iter().filter_map(|run| Some((run.articles as f64, value(run)?))).collect()
        };
        let time = Growth::fit(&points(|run| Some(run.wall_s.median)))?;
        let cpu = Growth::fit(&points(|run| run.cpu_s.map(|cpu| cpu.median)));
        let memory = Growth::fit(&points(|run| run.peak_memory_bytes.map(|bytes| bytes as f64)));
        let folder = Growth::fit(&points(|run| Some(run.folder_bytes as f64)))?;
        let largest = runs.iter().map(|run| run.articles).max()?;
        let ahead = [10, 100].map(|times| {
            let articles = largest.saturating_mul(times);
            let n = articles as f64;
            Ahead {
                articles,
                wall_s: time.at(n),
                peak_memory_bytes: memory.map(|memory| memory.at(n)),
                folder_bytes: folder.at(n),
            }
        });
        Some(Self { threads, time, cpu, memory, folder, ahead: ahead.to_vec() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(articles: u64, wall_s: f64) -> Run {
        Run {
            articles,
            threads: 2,
            bytes: articles * 2_500,
            wall_s: Spread::of(&[wall_s]),
            cpu_s: None,
            peak_memory_bytes: Some(articles * 10_000),
            folder_bytes: articles * 5_000,
            stages: vec![("sketch".to_owned(), wall_s / 2.0)],
            work: BTreeMap::from([("values".to_owned(), articles * 200)]),
        }
    }

    fn report(factor: f64, recall: f64) -> Report {
        let runs = vec![run(1_000, factor), run(10_000, 10.0 * factor)];
        let accuracy = Accuracy { articles: 1_000, recall, ..Accuracy::default() };
        Report::new("1", Some(1), 2, runs, vec![accuracy])
    }

    #[test]
    fn the_middle_counts() {
        let spread = Spread::of(&[3.0, 1.0, 2.0, 10.0]);
        assert_eq!((spread.median, spread.low, spread.high), (2.5, 1.0, 10.0));
    }

    #[test]
    fn ten_times_the_articles_take_what_growth_says() {
        let outlook = &report(1.0, 0.9).outlook[0];
        assert!((outlook.time.exponent - 1.0).abs() < 1e-9);
        assert_eq!(outlook.ahead[0].articles, 100_000);
        assert!((outlook.ahead[0].wall_s - 100.0).abs() < 1e-6);
        assert!((outlook.ahead[1].peak_memory_bytes.unwrap() - 1e10).abs() < 1.0);
    }

    #[test]
    fn what_is_written_is_read_and_compared() {
        let folder = tempfile::tempdir().unwrap();
        let old = report(1.0, 0.9);
        old.write(folder.path()).unwrap();
        let read = Report::read(&folder.path().join("bench.json")).unwrap();
        assert_eq!(read.changes(&report(1.05, 0.901), 0.1), []);
        let changes = report(1.2, 0.8).changes(&read, 0.1);
        let what: Vec<(&str, bool)> = changes.iter().map(|c| (c.what.as_str(), c.worse)).collect();
        assert_eq!(
            what,
            [
                ("1000 articles, -j 2: wall time, s", true),
                ("10000 articles, -j 2: wall time, s", true),
                ("1000 articles: recall", true),
            ]
        );
        assert!(report(0.5, 0.9).changes(&read, 0.1).iter().all(|change| !change.worse));
    }

    #[test]
    fn the_page_needs_nothing_else() {
        let html = report(1.0, 0.9).html();
        assert!(
            html.matches("<svg").count() == 2 && html.matches("<circle").count() == 4,
            "{html}"
        );
        assert!(!html.contains("http") && !html.contains("NaN"), "{html}");
    }
}
