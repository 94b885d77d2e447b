//! How far a scan is, and how long its stages took.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
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
    /// The stage at work, since when, and its steps in all.
    now: Option<(Stage, Instant, u64)>,
    seconds: Vec<(Stage, f64)>,
}

impl<'a> Clock<'a> {
    pub(super) fn new(progress: &'a (dyn Fn(Progress) + Sync)) -> Self {
        Self { progress, now: None, seconds: Vec::new() }
    }

    pub(super) fn start(&mut self, stage: Stage, total: usize) {
        self.stop();
        self.now = Some((stage, Instant::now(), total as u64));
        self.seconds.push((stage, 0.0));
        self.step(0);
    }

    pub(super) fn step(&self, done: usize) {
        if let Some((stage, _, total)) = self.now {
            (self.progress)(Progress { stage, done: done as u64, total });
        }
    }

    /// Does some work in the midst of a stage that counts for an earlier one.
    pub(super) fn back_in<T>(&mut self, stage: Stage, work: impl FnOnce() -> T) -> T {
        self.stop();
        let started = Instant::now();
        let done = work();
        self.add(stage, started);
        if let Some((_, since, _)) = &mut self.now {
            *since = Instant::now();
        }
        done
    }

    fn stop(&mut self) {
        if let Some((stage, since, _)) = self.now {
            self.add(stage, since);
        }
    }

    fn add(&mut self, stage: Stage, since: Instant) {
        let counted = self.seconds.iter_mut().rev().find(|(counted, _)| *counted == stage);
        if let Some((_, seconds)) = counted {
            *seconds += since.elapsed().as_secs_f64();
        }
    }

    pub(super) fn seconds(&mut self) -> Vec<(Stage, f64)> {
        self.stop();
        self.now = None;
        self.seconds.clone()
    }
}

/// Tells a stage's steps from work that is counted otherwise.
pub(super) struct Steps<'a> {
    clock: &'a Clock<'a>,
    total: usize,
    work: usize,
    done: AtomicUsize,
}

impl<'a> Steps<'a> {
    /// So much work is so many steps.
    pub(super) fn new(clock: &'a Clock<'a>, steps: usize, work: usize) -> Self {
        if work == 0 {
            clock.step(steps);
        }
        Self { clock, total: steps, work, done: AtomicUsize::new(0) }
    }

    pub(super) fn add(&self, work: usize) {
        let before = self.done.fetch_add(work, Ordering::Relaxed);
        let steps = |done: usize| (done as u128 * self.total as u128 / self.work as u128) as usize;
        let done = steps(before + work) - steps(before);
        if done > 0 {
            self.clock.step(done);
        }
    }
}
