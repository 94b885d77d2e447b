//! What corpora that are no news cost, beside news.

use std::io::{self, Write};

use serde::{Deserialize, Serialize};

use super::Run;

/// Scans of corpora that are made to be slow, see [`crate::synth::Slow`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Strain {
    /// What is special about each, and what it took.
    pub runs: Vec<(String, Run)>,
    /// Scans of invented news of about as many words.
    pub news: Run,
}

/// A corpus should cost no more than this, in costs of news, for every word.
pub const STRAIN: f64 = 3.0;

impl Strain {
    /// How many times the processor time of news a run took for every word; of wall time where the
    /// system does not tell.
    pub fn ratio(&self, run: &Run) -> f64 {
        a_million_words(run) / a_million_words(&self.news).max(1e-9)
    }

    pub(super) fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "\nCorpora that are no news, processor seconds for a million words")?;
        let news = ("news".to_owned(), self.news.clone());
        for (name, run) in std::iter::once(&news).chain(&self.runs) {
            let work = |name: &str| run.work.get(name).copied().unwrap_or_default();
            let ratio = self.ratio(run);
            writeln!(
                to,
                "  {name:<36} {:>8.2} {ratio:>6.2} of news{}  {} words, {} values hot, {} pairs aligned, {} passages",
                a_million_words(run),
                if ratio > STRAIN { "!" } else { " " },
                work("words"),
                work("hot_values"),
                work("candidates"),
                work("passages"),
            )?;
        }
        Ok(())
    }
}

/// Seconds of a run for a million words.
pub(super) fn a_million_words(run: &Run) -> f64 {
    let words = run.work.get("words").copied().unwrap_or_default().max(1);
    run.cpu_s.unwrap_or(run.wall_s).median * 1e6 / words as f64
}
