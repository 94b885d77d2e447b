//! Our scan beside other programs on the same articles.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::peer::LEFT_OUT;
use super::truth::Found;
use super::{Measured, Spread};

/// What the columns mean.
const NOTES: [&str; 3] = [
    "at .7, at .5: how many of the pairs that are so much alike it found, in hundredths; joined: how many",
    "of the latter its pairs join, be it through others; precision, recall, F1: of pairs that share copy in",
    "truth, in stories told by few. Ours are links by copy and near duplicates of one article.",
];

/// What several programs took for the same articles, and what they found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contest {
    /// Articles of the corpus.
    pub articles: u64,
    /// Its bytes.
    pub bytes: u64,
    /// Pairs of articles that are alike, half alike, and that share copy, of those looked at: see
    /// [`super::Truth`].
    pub truth: [u64; 3],
    /// Ours first, then the floor, then the others.
    pub entries: Vec<Entry>,
    /// Those that could not be measured, each with why not and what to do about it.
    pub absent: Vec<(String, String)>,
}

/// One program.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// What it is called, with its version.
    pub name: String,
    /// Wall time from start to end of the program, in seconds.
    pub wall_s: Spread,
    /// Processor time in seconds, of all its threads, where the system tells.
    pub cpu_s: Option<Spread>,
    /// Most memory held, where the system tells.
    pub peak_memory_bytes: Option<u64>,
    /// What it found, if it looks for anything.
    pub found: Option<Found>,
}

impl Entry {
    /// Of one measurement or more.
    pub fn new(name: String, measured: &[Measured], found: Option<Found>) -> Self {
        let walls: Vec<f64> = measured.iter().map(|m| m.wall_s).collect();
        let cpus: Option<Vec<f64>> = measured.iter().map(|m| m.cpu_s).collect();
        Self {
            name,
            wall_s: Spread::of(&walls),
            cpu_s: cpus.map(|cpus| Spread::of(&cpus)),
            peak_memory_bytes: measured.iter().filter_map(|m| m.peak_memory_bytes).max(),
            found,
        }
    }
}

impl Contest {
    /// Processor time of an entry in that of our scan, which is the first entry.
    pub fn ratio(&self, entry: &Entry) -> Option<f64> {
        let ours = self.entries.first()?.cpu_s?.median;
        Some(entry.cpu_s?.median / ours.max(1e-9))
    }

    /// Writes a table.
    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let [alike, half, copy] = self.truth;
        writeln!(
            to,
            "\nBeside others: {} articles, {:.0} MB; of those looked at {alike} pairs are alike (.7), \
             {half} half alike (.5), {copy} share copy",
            self.articles,
            self.bytes as f64 / 1e6
        )?;
        writeln!(
            to,
            "  {:<34} {:>8} {:>8} {:>9} {:>9} {:>6} {:>6} {:>6} {:>9} {:>6} {:>5}  CPU of ours",
            "",
            "wall s",
            "CPU s",
            "memory MB",
            "pairs",
            "at .7",
            "at .5",
            "joined",
            "precision",
            "recall",
            "F1"
        )?;
        for entry in &self.entries {
            let [wall, cpu, memory] = entry.costs();
            let found = entry.found.map_or_else(|| [const { String::new() }; 7], Found::cells);
            let [pairs, like, half, joined, precision, recall, f1] = found;
            let ratio = self.ratio(entry).map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            writeln!(
                to,
                "  {:<34} {wall:>8} {cpu:>8} {memory:>9} {pairs:>9} {like:>6} {half:>6} {joined:>6} {precision:>9} \
                 {recall:>6} {f1:>5}  {ratio:>6}",
                entry.name
            )?;
        }
        for (name, why) in &self.absent {
            writeln!(to, "  {name}: {why}")?;
        }
        for line in NOTES {
            writeln!(to, "  {line}")?;
        }
        writeln!(to, "  {LEFT_OUT}")
    }
}

impl Entry {
    /// Wall time, processor time, memory.
    pub(super) fn costs(&self) -> [String; 3] {
        let dash = || "-".to_owned();
        [
            format!("{:.2}", self.wall_s.median),
            self.cpu_s.map_or_else(dash, |cpu| format!("{:.2}", cpu.median)),
            self.peak_memory_bytes.map_or_else(dash, |bytes| format!("{:.0}", bytes as f64 / 1e6)),
        ]
    }
}

impl Found {
    /// Pairs, then shares in hundredths.
    pub(super) fn cells(self) -> [String; 7] {
        let share = |share: f64| format!("{:.1}", 100.0 * share);
        [
            self.pairs.to_string(),
            share(self.alike),
            share(self.half_alike),
            share(self.joined),
            share(self.precision),
            share(self.recall),
            share(self.f1()),
        ]
    }
}
