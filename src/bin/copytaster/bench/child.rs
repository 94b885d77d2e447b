//! What programs take, as seen from outside: a scan as a user would run it, and others.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::time::Instant;

use anyhow::{Context as _, bail};
use copytaster::bench::Measured;

use super::Desk;
use crate::memory;

impl Desk<'_> {
    /// Scans as a user would, in a process of its own.
    pub(super) fn scan(&self, threads: usize) -> anyhow::Result<Measured> {
        let program = std::env::current_exe().context("where this program is")?;
        let mut command = Command::new(program);
        command.arg("scan").arg(&self.corpus).arg("--out").arg(&self.run);
        command.args(["--force", "--quiet", "-j"]).arg(threads.to_string());
        let (measured, status, said) = self.measured(command)?;
        if !status.success() {
            bail!("the scan did not end well ({status}): {}", said.trim_end());
        }
        Ok(measured)
    }

    /// Runs a program to its end: what it took, how it ended, and what it said last on standard error.
    pub(super) fn measured(
        &self,
        mut command: Command,
    ) -> anyhow::Result<(Measured, ExitStatus, String)> {
        // A file, not a pipe: whoever says much must not have to wait until somebody reads it.
        let said = self.folder.join("said");
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(std::fs::File::create(&said)?);
        let (cpu, started) = (children_cpu_s(), Instant::now());
        let mut peak_memory_bytes = None;
        let status = self.making.run(&mut command, |id| {
            peak_memory_bytes = memory::peak_bytes_of(id).or(peak_memory_bytes);
        })?;
        let wall_s = started.elapsed().as_secs_f64();
        let cpu_s = children_cpu_s().zip(cpu).map(|(after, before)| after - before);
        Ok((Measured { wall_s, cpu_s, peak_memory_bytes }, status, last_lines(&said)))
    }
}

/// The end of what was said.
fn last_lines(path: &Path) -> String {
    const LINES: usize = 5;
    let said = String::from_utf8_lossy(&std::fs::read(path).unwrap_or_default()).into_owned();
    let lines: Vec<&str> = said.lines().collect();
    lines[lines.len().saturating_sub(LINES)..].join("\n")
}

/// What something took that this process does itself; nothing else may be at work in it.
pub(super) fn here<T>(work: impl FnOnce() -> T) -> (T, Measured) {
    let (cpu, started) = (own_cpu_s(), Instant::now());
    let done = work();
    let wall_s = started.elapsed().as_secs_f64();
    let cpu_s = own_cpu_s().zip(cpu).map(|(after, before)| after - before);
    (done, Measured { wall_s, cpu_s, peak_memory_bytes: None })
}

/// Processor time of this process.
fn own_cpu_s() -> Option<f64> {
    cpu_s(Whose::Own)
}

/// Processor time of all processes that were started and have ended, and of those they waited for.
fn children_cpu_s() -> Option<f64> {
    cpu_s(Whose::Children)
}

#[derive(Clone, Copy)]
enum Whose {
    Own,
    Children,
}

/// Processor time of the user and the system, in seconds.
#[cfg(unix)]
fn cpu_s(whose: Whose) -> Option<f64> {
    use nix::sys::resource::{UsageWho, getrusage};
    use nix::sys::time::TimeValLike as _;
    let who = match whose {
        Whose::Own => UsageWho::RUSAGE_SELF,
        Whose::Children => UsageWho::RUSAGE_CHILDREN,
    };
    let usage = getrusage(who).ok()?;
    let us = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Some(us as f64 / 1e6)
}

#[cfg(not(unix))]
fn cpu_s(_: Whose) -> Option<f64> {
    None
}
