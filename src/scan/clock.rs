//! How far a scan is, and how long its stages took.

use std::fmt;
use std::time::Instant;

use serde::Serialize;

/// A stage of a scan, in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Learning what outlets print under anything.
    Learn,
    /// Marking, splitting into words, sketching.
    Sketch,
    /// Finding pairs that may share a passage.
    Candidates,
    /// Aligning them.
    Align,
    /// Linking, joining and attributing.
    Attribute,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Learn => "learning boilerplate",
            Self::Sketch => "sketching",
            Self::Candidates => "finding candidates",
            Self::Align => "aligning",
            Self::Attribute => "attributing",
        })
    }
}

/// How far a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The stage at work.
    pub stage: Stage,
    /// Steps done since the last call.
    pub done: u64,
    /// Steps in all.
    pub total: u64,
}

/// Tells the caller how far a scan is, and how long its stages took.
pub(super) struct Clock<'a> {
    progress: &'a (dyn Fn(Progress) + Sync),
    started: Vec<(Stage, Instant)>,
    total: u64,
}

impl<'a> Clock<'a> {
    pub(super) fn new(progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { progress, started: Vec::new(), total: 0 }
    }

    pub(super) fn start(&mut self, stage: Stage, total: usize) {
        self.started.push((stage, Instant::now()));
        self.total = total as u64;
        self.step(0);
    }

    pub(super) fn step(&self, done: usize) {
        let (stage, _) = self.started[self.started.len() - 1];
        (self.progress)(Progress { stage, done: done as u64, total: self.total });
    }

    pub(super) fn seconds(&self) -> Vec<(Stage, f64)> {
        let ends = self.started.iter().skip(1).map(|&(_, start)| start).chain([Instant::now()]);
        let seconds = |start: Instant, end: Instant| end.duration_since(start).as_secs_f64();
        self.started
            .iter()
            .zip(ends)
            .map(|(&(stage, start), end)| (stage, seconds(start, end)))
            .collect()
    }
}
