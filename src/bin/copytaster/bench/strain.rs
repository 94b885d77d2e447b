//! Scans of corpora that are no news.

use anyhow::Context as _;
use copytaster::bench::{Run, Runs, Strain};
use copytaster::synth::Slow;

use super::Desk;
use super::source::write_slow;

impl Desk<'_> {
    /// Scans each, with as many words as the largest of `runs` has, which is the news to compare with.
    pub(super) fn strain(&self, runs: &[Run]) -> anyhow::Result<Strain> {
        let news = runs.iter().max_by_key(|run| (run.articles, run.threads));
        let news = news.context("a size was measured")?.clone();
        let words = news.work.get("words").copied().unwrap_or_default();
        let run = |slow: Slow| {
            let (articles, bytes) = write_slow(slow, words, &self.corpus)?;
            let runs = Runs::new(articles, news.threads, bytes);
            Ok((slow.name().to_owned(), self.scans(slow.name(), runs, news.threads)?))
        };
        let runs: anyhow::Result<_> = Slow::ALL.into_iter().map(run).collect();
        Ok(Strain { runs: runs?, news })
    }
}
