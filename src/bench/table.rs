//! A report for the terminal.

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Accuracy, Change, Growth, Outlook, Report, Run};

impl Report {
    /// Writes the figures as tables.
    pub fn write_table(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(
            to,
            "{:>9} {:>3} {:>8} {:>15} {:>8} {:>10} {:>6} {:>9} {:>8}",
            "articles",
            "-j",
            "wall s",
            "low–high",
            "CPU s",
            "articles/s",
            "MB/s",
            "memory MB",
            "run MB"
        )?;
        for run in &self.runs {
            run.write(to)?;
        }
        writeln!(to, "\nSeconds of each stage")?;
        for run in &self.runs {
            let stages = run.stages.iter().map(|(name, seconds)| format!("{name} {seconds:.2}"));
            let stages = stages.collect::<Vec<_>>().join("  ");
            writeln!(to, "{:>9} {:>3}  {stages}", run.articles, run.threads)?;
        }
        self.write_work(to)?;
        for accuracy in &self.accuracy {
            accuracy.write(to)?;
        }
        if !self.outlook.is_empty() {
            writeln!(to, "\nGrowth, and what it comes to")?;
        }
        self.outlook.iter().try_for_each(|outlook| outlook.write(to))?;
        self.contests.iter().try_for_each(|contest| contest.write(to))?;
        self.strain.iter().try_for_each(|strain| strain.write(to))
    }

    fn write_work(&self, to: &mut dyn Write) -> io::Result<()> {
        writeln!(to, "\nWork")?;
        for run in self.runs.iter().filter(|run| run.threads == self.runs[0].threads) {
            let work = |name: &str| run.work.get(name).copied().unwrap_or_default();
            writeln!(
                to,
                "{:>9}      {} values, {} hits, {} pairs aligned, {} passages",
                run.articles,
                work("values"),
                work("hits"),
                work("candidates"),
                work("passages")
            )?;
        }
        Ok(())
    }
}

impl Run {
    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let megabytes = |bytes: u64| format!("{:.0}", bytes as f64 / 1e6);
        let spread = format!("{:.2}–{:.2}", self.wall_s.low, self.wall_s.high);
        writeln!(
            to,
            "{:>9} {:>3} {:>8.2} {spread:>15} {:>8} {:>10.0} {:>6.1} {:>9} {:>8}",
            self.articles,
            self.threads,
            self.wall_s.median,
            self.cpu_s.map_or_else(|| "-".to_owned(), |cpu| format!("{:.2}", cpu.median)),
            self.articles_per_s(),
            self.megabytes_per_s(),
            self.peak_memory_bytes.map_or_else(|| "-".to_owned(), megabytes),
            megabytes(self.folder_bytes),
        )
    }
}

impl Accuracy {
    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let Self { articles, looked_at, .. } = self;
        writeln!(to, "\nRight about {looked_at} of {articles} articles, in hundredths")?;
        writeln!(
            to,
            "  passages    precision {:.1}  recall {:.1}  granularity {:.3}  plagdet {:.1}",
            100.0 * self.precision,
            100.0 * self.recall,
            self.granularity,
            100.0 * self.plagdet
        )?;
        for (what, shares) in [
            ("recall", &self.recall_by_level),
            ("  of text", &self.text_by_level),
            ("recall", &self.recall_by_relation),
            ("recall", &self.recall_by_treatment),
        ] {
            writeln!(to, "  {what:<11} {}", listed(shares))?;
        }
        writeln!(
            to,
            "  articles    agency {:.1}  derivation {:.1}  credited {:.1}  treatment {:.1}",
            100.0 * self.agency,
            100.0 * self.derivation,
            100.0 * self.credited,
            100.0 * self.treatment
        )?;
        writeln!(to, "  agency      {}", listed(&self.agency_by_treatment))?;
        writeln!(to, "  derivation  {}", listed(&self.derivation_by_treatment))
    }
}

fn listed(shares: &BTreeMap<String, f64>) -> String {
    let each = shares.iter().map(|(name, share)| format!("{name} {:.1}", 100.0 * share));
    each.collect::<Vec<_>>().join("  ")
}

impl Outlook {
    fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let like = |what: &str, growth: Option<Growth>| {
            growth.map_or_else(String::new, |growth| format!(", {what} ~ n^{:.2}", growth.exponent))
        };
        let (cpu, memory) = (like("processor time", self.cpu), like("memory", self.memory));
        writeln!(to, "  -j {}: time ~ n^{:.2}{cpu}{memory}", self.threads, self.time.exponent)?;
        for ahead in &self.ahead {
            let memory = ahead
                .peak_memory_bytes
                .map_or_else(String::new, |bytes| format!(", {:.1} GB of memory", bytes / 1e9));
            writeln!(
                to,
                "    {:>11} articles: {:.0} s{memory}, {:.1} GB on disk",
                ahead.articles,
                ahead.wall_s,
                ahead.folder_bytes / 1e9
            )?;
        }
        Ok(())
    }
}

impl Change {
    /// Writes the change as a line.
    pub fn write(&self, to: &mut dyn Write) -> io::Result<()> {
        let verdict = if self.worse { "worse" } else { "better" };
        writeln!(to, "  {verdict:<6} {}: {:.3} was {:.3}", self.what, self.new, self.old)
    }
}
