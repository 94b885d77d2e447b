//! The command line: parsed here and nothing more.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use copytaster::read::{self, Field};

use crate::{
    bench, compare, completions, explain, export, list, man, report, scan, show, stats, synth, tune,
};

/// Finds the passages that news articles share and says which trace back to which agency's copy.
#[derive(Debug, Parser)]
#[command(name = "copytaster", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Examples:
  copytaster scan articles/               a folder of text files, JSONL, CSV, Parquet; also .gz
  copytaster scan news.jsonl --out run    the results go to the folder `run`
  copytaster compare a.txt b.txt          what two articles share, side by side
  copytaster show a.txt --stage zones     what is not the story, and why
  copytaster explain run ID               what in an article of a run is whose, and why
  copytaster report run                   one page to read in a browser
  copytaster export run --format csv      its tables for other programs
  copytaster list run --uncredited        agency copy that does not say so
  copytaster stats run                    who prints whose copy, and how much
  copytaster synth --articles 1e4 --out news.jsonl
                                          invented articles, and the truth about them
  copytaster bench --sizes 1e4,1e5        how fast and how right it is here
  copytaster tune news.jsonl --labels l.csv
                                          which settings suit these articles

Exit status: 0 done, 1 done but something was skipped, 2 not done.")]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Scan(scan::ScanArgs),
    Compare(compare::CompareArgs),
    Show(show::ShowArgs),
    Explain(explain::ExplainArgs),
    Report(report::ReportArgs),
    Export(export::ExportArgs),
    List(list::ListArgs),
    Stats(stats::StatsArgs),
    Synth(synth::SynthArgs),
    Bench(bench::BenchArgs),
    Tune(tune::TuneArgs),
    Completions(completions::CompletionsArgs),
    Man(man::ManArgs),
}

/// How articles are read, the same for every command.
#[derive(Debug, Args)]
pub(crate) struct FieldArgs {
    /// What your records call a field, if not by a usual name: id, text, headline, date, outlet,
    /// byline, language or url
    #[arg(long = "map", value_name = "FIELD=NAME", value_parser = mapping)]
    map: Vec<(Field, String)>,
}

impl FieldArgs {
    pub(crate) fn options(&self) -> read::Options {
        read::Options { map: self.map.iter().cloned().collect() }
    }
}

/// The same, and how agencies are known.
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    #[command(flatten)]
    fields: FieldArgs,
    /// TOML file with agencies to add to the table, or forms to add to an agency
    #[arg(long, value_name = "FILE")]
    agencies: Option<PathBuf>,
}

impl ReadArgs {
    pub(crate) fn options(&self) -> read::Options {
        self.fields.options()
    }

    pub(crate) fn agencies_file(&self) -> Option<&PathBuf> {
        self.agencies.as_ref()
    }
}

fn mapping(text: &str) -> Result<(Field, String), String> {
    let (field, name) =
        text.split_once('=').ok_or("it takes the form FIELD=NAME, such as text=my_column")?;
    let field = field.parse::<Field>().map_err(|error| error.to_string())?;
    Ok((field, name.to_owned()))
}

/// A number of articles: `25000`, `25_000` or `2.5e4`.
pub(crate) fn count(text: &str) -> Result<u64, String> {
    const MOST: u64 = 4_000_000_000;
    let plain = text.replace('_', "");
    let (digits, zeros) = plain.split_once(['e', 'E']).unwrap_or((&plain, "0"));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let number = zeros.parse::<u32>().ok().and_then(|zeros| {
        let zeros = zeros.checked_sub(fraction.len() as u32)?;
        format!("{whole}{fraction}").parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(zeros)?)
    });
    match number {
        Some(number @ 1..=MOST) => Ok(number),
        _ => Err(format!("it takes a whole number from 1 to {MOST}, such as 25000 or 1e6")),
    }
}
