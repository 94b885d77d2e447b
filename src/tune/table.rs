//! What tuning came to, for a terminal.

use std::io::{self, Write};

use super::{Background, Cost, Curve, Lesson, Measured, Report, Shown};
use crate::measure::{Figures, Of};
use crate::report::side_by_side;

impl Report {
    /// Writes the figures as tables, `width` columns wide.
    pub fn write_table(&self, width: usize, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{} articles, {} words", self.articles, self.words)?;
        if let Some(lesson) = &self.lesson {
            lesson.write(out)?;
        }
        self.background.write(out)?;
        self.curve.write(out)?;
        if let Some(cost) = &self.cost {
            cost.write(out)?;
        }
        if !self.errors.is_empty() {
            writeln!(out, "\nThe worst errors of the chosen setting")?;
        }
        self.errors.iter().try_for_each(|shown| shown.write(width, out))
    }
}

/// What is counted, in words.
pub(super) fn noun(of: Of) -> &'static str {
    match of {
        Of::Pairs => "pairs",
        Of::Clusters => "articles in clusters",
        Of::Passages => "passages",
        Of::Articles => "articles",
    }
}

/// A setting by what in it was changed.
pub(super) fn named(changes: &std::collections::BTreeMap<String, f64>) -> String {
    let each = changes.iter().map(|(option, value)| format!("{option} = {value}"));
    let named = each.collect::<Vec<_>>().join(", ");
    if named.is_empty() { "nothing".to_owned() } else { named }
}

impl Lesson {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "labels: {} {} in {} stories; {} settings tried",
            self.wanted,
            noun(self.of),
            self.stories,
            self.settings.len()
        )?;
        for warning in &self.warnings {
            writeln!(out, "warning: {warning}")?;
        }
        writeln!(
            out,
            "\nIn hundredths                 precision           recall                F"
        )?;
        line("as it was", &self.start, out)?;
        line("chosen, by these labels", &self.measured, out)?;
        line("expected on others", &self.held_out, out)?;
        if let Some(test) = &self.test {
            line(&format!("{} stories kept back", test.stories), &test.chosen, out)?;
            line("the same, as it was", &test.start, out)?;
        }
        writeln!(out, "\nChanged: {}", named(&self.settings[self.chosen].setting.changes))?;
        writeln!(out, "\nPrecision over recall, of all settings")?;
        writeln!(out, "  {}", self.sparkline())?;
        writeln!(out, "  setting precision  recall       F  changed")?;
        for point in &self.frontier {
            let Figures { precision, recall, f, .. } = point.measured.figures;
            let mark = if point.setting == self.chosen { '*' } else { ' ' };
            writeln!(
                out,
                "{mark} {:>7} {:>9.1} {:>7.1} {:>7.1}  {}",
                point.setting,
                100.0 * precision,
                100.0 * recall,
                100.0 * f,
                named(&self.settings[point.setting].setting.changes)
            )?;
        }
        Ok(())
    }

    /// The precision of the best setting at each recall from 0 to 1, by the height of a block.
    fn sparkline(&self) -> String {
        const BLOCKS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
        const COLUMNS: usize = 40;
        let column = |at: usize| {
            let least = at as f64 / COLUMNS as f64;
            let reached = self.settings.iter().filter(|tried| tried.figures.recall >= least);
            let most = reached.map(|tried| tried.figures.precision).fold(0.0, f64::max);
            BLOCKS[(most * 8.0).round() as usize]
        };
        let curve: String = (1..=COLUMNS).map(column).collect();
        format!("recall 0 │{curve}│ 1")
    }
}

fn line(what: &str, measured: &Measured, out: &mut impl Write) -> io::Result<()> {
    let Measured { figures, interval } = measured;
    let cell = |value: f64, range: super::Interval| {
        format!("{:>5.1} {:>5.1}–{:<5.1}", 100.0 * value, 100.0 * range.low, 100.0 * range.high)
    };
    write!(
        out,
        "  {what:<25} {} {} {}",
        cell(figures.precision, interval.precision),
        cell(figures.recall, interval.recall),
        cell(figures.f, interval.f)
    )?;
    if let (Some(plagdet), Some(range)) = (figures.plagdet, interval.plagdet) {
        write!(out, "  plagdet {}", cell(plagdet, range).trim_end())?;
    }
    if let (Some(ari), Some(range)) = (figures.ari, interval.ari) {
        write!(out, "  ARI {}", cell(ari, range).trim_end())?;
    }
    writeln!(out)
}

impl Background {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        writeln!(
            out,
            "\nChance: of {} pairs drawn, and of {} that sketches proposed",
            self.drawn, self.proposed
        )?;
        if let Some(tail) = self.tail {
            writeln!(
                out,
                "  {:.3} % share {:.0} bits or more by chance, half as many {:.1} bits more",
                100.0 * tail.share,
                tail.from,
                tail.halves_in
            )?;
        }
        if let Some(knee) = self.knee_bits {
            writeln!(out, "  the knee is at {knee:.0} bits")?;
        }
        writeln!(out, "  judge.min_bits    asks for  pairs found  of them by chance, at most")?;
        for threshold in &self.thresholds {
            writeln!(
                out,
                "  {:>14.0} {:>6.0} bits {:>12} {:>10.3}",
                threshold.min_bits, threshold.floor, threshold.pairs, threshold.by_chance
            )?;
        }
        Ok(())
    }
}

impl Curve {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let share = |share: Option<f64>| share.map_or("-".to_owned(), |s| format!("{s:.2}"));
        writeln!(out, "\nLooked at: predicted, and measured on these articles")?;
        writeln!(out, "  passage of    changed  predicted  measured")?;
        for edited in self.passages.iter().filter(|edited| edited.changed > 0.0) {
            writeln!(
                out,
                "  {:>4} words {:>8.0} % {:>10.2} {:>9}",
                edited.words,
                100.0 * edited.changed,
                edited.predicted,
                share(edited.measured)
            )?;
        }
        writeln!(out, "  near duplicates of resemblance")?;
        for alike in self.articles.iter().filter(|alike| alike.resemblance > 0.49) {
            writeln!(
                out,
                "  {:>21.2} {:>10.2} {:>9}",
                alike.resemblance,
                alike.predicted,
                share(alike.measured)
            )?;
        }
        Ok(())
    }
}

impl Cost {
    fn write(&self, out: &mut impl Write) -> io::Result<()> {
        let seconds: f64 = self.seconds.iter().map(|(_, seconds)| seconds).sum();
        writeln!(
            out,
            "\nAll {} articles, by {} of them: about {} pairs to align, {seconds:.0} s until all are",
            self.articles, self.sample, self.candidates
        )?;
        if let Some(bytes) = self.memory_bytes {
            writeln!(out, "  {:.1} GB of memory", bytes as f64 / 1e9)?;
        }
        Ok(())
    }
}

impl Shown {
    fn write(&self, width: usize, out: &mut impl Write) -> io::Result<()> {
        let share = 100.0 * self.share;
        writeln!(out, "\n  {}: {:.0} bits, {share:.0} % of the shorter", self.what, self.bits)?;
        for (a, b) in &self.texts {
            side_by_side((&self.a, a), (&self.b, b), width, out)?;
        }
        Ok(())
    }
}
