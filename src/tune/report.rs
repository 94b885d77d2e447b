//! What tuning came to, as files: for programs, for people, and for the next scan.

use std::fmt::Write as _;

use serde::Serialize;

use super::{Background, Cost, Curve, Lesson, Setting, Shown};
use crate::error::Result;
use crate::options::Options;
use crate::report::Folder;

/// The files of a result; the last two only if pairs to label were asked for.
pub const FILES: [&str; 5] =
    ["tune.json", "tune.html", "copytaster.toml", "review.html", "review.csv"];

/// All that tuning came to: the contents of `tune.json`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// Version of the program.
    pub version: String,
    /// Articles that were looked at.
    pub articles: u64,
    /// Their words.
    pub words: u64,
    /// What labels teach, if there are any.
    pub lesson: Option<Lesson>,
    /// What is changed in the options, and to what.
    pub chosen: Option<Setting>,
    /// What chance looks like.
    pub background: Background,
    /// How likely a pair is looked at.
    pub curve: Curve,
    /// What the whole corpus will take, if this is a sample.
    pub cost: Option<Cost>,
    /// The worst errors of the chosen setting, if they were asked for.
    pub errors: Vec<Shown>,
}

impl Report {
    /// Writes all files but those of pairs to label; `start` are the options that tuning started from.
    pub fn write(&self, start: &Options, folder: &Folder) -> Result<()> {
        let mut json = serde_json::to_vec_pretty(self).expect("a report has string keys only");
        json.push(b'\n');
        folder.put(FILES[0], &json)?;
        folder.put(FILES[1], self.html().as_bytes())?;
        folder.put(FILES[2], self.config(start).as_bytes())
    }

    /// The chosen options as a file that `scan --config` takes: all that are not the defaults.
    pub fn config(&self, start: &Options) -> String {
        let options = self.chosen.as_ref().map_or(start, |setting| &setting.options);
        let mut config = String::from("# What copytaster tune chose; scan --config takes it.\n");
        match &self.lesson {
            Some(lesson) => {
                let figures = &lesson.held_out;
                let _ = writeln!(
                    config,
                    "# Expected on other articles: precision {:.3}, recall {:.3}, F {:.3} ({:.3} to {:.3}).",
                    figures.figures.precision,
                    figures.figures.recall,
                    figures.figures.f,
                    figures.interval.f.low,
                    figures.interval.f.high
                );
            }
            None => {
                config += "# Without labels nothing is chosen: these are the options in force.\n";
            }
        }
        let all = |options: &Options| toml::Table::try_from(options).expect("options are TOML");
        let (mut chosen, usual) = (all(options), all(&Options::default()));
        without(&mut chosen, &usual);
        if chosen.is_empty() {
            config += "# They are the defaults.\n";
        } else {
            config += &toml::to_string_pretty(&chosen).expect("options are TOML");
        }
        config
    }
}

/// Leaves out what another table has just so.
fn without(table: &mut toml::Table, usual: &toml::Table) {
    table.retain(|name, value| match (value, usual.get(name)) {
        (toml::Value::Table(inner), Some(toml::Value::Table(usual))) => {
            without(inner, usual);
            !inner.is_empty()
        }
        (value, Some(usual)) => value != usual,
        (_, None) => true,
    });
}
