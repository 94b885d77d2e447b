//! What changed between two reports, beyond what may be noise.

use super::{Accuracy, Report, Run};

/// Figures of accuracy move by less than this, 0 to 1, when the articles are others.
pub const FIGURE_NOISE: f64 = 0.005;

/// A figure that changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Of which size, and what.
    pub what: String,
    /// As it was.
    pub old: f64,
    /// As it is.
    pub new: f64,
    /// Whether that is to be regretted.
    pub worse: bool,
}

impl Report {
    /// What changed since an older report, of sizes and threads that both have; times and memory by
    /// more than `noise`, a share of the older figure, and accuracy by more than [`FIGURE_NOISE`].
    pub fn changes(&self, old: &Self, noise: f64) -> Vec<Change> {
        let mut changes = Vec::new();
        for run in &self.runs {
            let same = |old: &&Run| (old.articles, old.threads) == (run.articles, run.threads);
            if let Some(old) = old.runs.iter().find(same) {
                costs(old, run, noise, &mut changes);
            }
        }
        for accuracy in &self.accuracy {
            let same = |old: &&Accuracy| old.articles == accuracy.articles;
            if let Some(old) = old.accuracy.iter().find(same) {
                figures(old, accuracy, &mut changes);
            }
        }
        changes
    }
}

fn costs(old: &Run, new: &Run, noise: f64, changes: &mut Vec<Change>) {
    let cpu = |run: &Run| run.cpu_s.map(|spread| spread.median);
    let memory = |run: &Run| run.peak_memory_bytes.map(|bytes| bytes as f64 / 1e6);
    for (what, old_cost, new_cost) in [
        ("wall time, s", Some(old.wall_s.median), Some(new.wall_s.median)),
        ("processor time, s", cpu(old), cpu(new)),
        ("memory, MB", memory(old), memory(new)),
    ] {
        let (Some(old), Some(now)) = (old_cost, new_cost) else { continue };
        if (now - old).abs() > noise * old {
            let (articles, threads) = (new.articles, new.threads);
            let what = format!("{articles} articles, -j {threads}: {what}");
            changes.push(Change { what, old, new: now, worse: now > old });
        }
    }
}

fn figures(old: &Accuracy, new: &Accuracy, changes: &mut Vec<Change>) {
    let mut add = |what: &str, old: f64, now: f64| {
        if (now - old).abs() > FIGURE_NOISE {
            let what = format!("{} articles: {what}", new.articles);
            changes.push(Change { what, old, new: now, worse: now < old });
        }
    };
    add("precision", old.precision, new.precision);
    add("recall", old.recall, new.recall);
    add("plagdet", old.plagdet, new.plagdet);
    for (level, now) in &new.recall_by_level {
        if let Some(old) = old.recall_by_level.get(level) {
            add(&format!("recall of {level}"), *old, *now);
        }
    }
    add("agency", old.agency, new.agency);
    add("derivation", old.derivation, new.derivation);
    add("credited", old.credited, new.credited);
    add("treatment", old.treatment, new.treatment);
}
