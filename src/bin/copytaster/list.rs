//! `copytaster list`: the articles of a run, filtered.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::Done;
use crate::folder::{ArticleRow, RunFolder};

/// List the articles of a run by agency, outlet, credit and derivation
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster list copytaster-run --uncredited
  copytaster list copytaster-run --agency AFP --derivation wholly
  copytaster list copytaster-run --outlet \"The Daily Lantern\" --csv > lantern.csv")]
pub(crate) struct ListArgs {
    /// The folder of a run
    run: PathBuf,
    /// Only what traces to this agency, by the name it has in the run, in any case
    #[arg(long, value_name = "NAME")]
    agency: Option<String>,
    /// Only what this outlet published, in any case
    #[arg(long, value_name = "NAME")]
    outlet: Option<String>,
    /// Only what traces to an agency and does not say so
    #[arg(long)]
    uncredited: bool,
    /// Only what is so far derived
    #[arg(long, value_enum)]
    derivation: Option<Derivation>,
    /// Print the lines of articles.jsonl
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print a table of comma-separated values
    #[arg(long)]
    csv: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Derivation {
    /// All but a little is copied
    Wholly,
    /// Some is
    Partially,
    /// Next to nothing is
    Non,
}

impl Derivation {
    fn name(self) -> &'static str {
        match self {
            Self::Wholly => "wholly-derived",
            Self::Partially => "partially-derived",
            Self::Non => "non-derived",
        }
    }
}

pub(crate) fn run(args: &ListArgs) -> anyhow::Result<Done> {
    let folder = RunFolder::open(&args.run, "RUN")?;
    let mut out = BufWriter::new(anstream::stdout());
    let mut listed = Vec::new();
    for line in folder.lines::<ArticleRow>("articles.jsonl")? {
        let (line, row) = line?;
        if !args.wants(&row) {
            continue;
        }
        if args.json {
            writeln!(out, "{line}")?;
        } else {
            listed.push(row);
        }
    }
    if args.csv {
        csv_table(&listed, &mut out)?;
    } else if !args.json {
        table(&listed, &mut out)?;
    }
    out.flush()?;
    Ok(Done::Whole)
}

impl ListArgs {
    fn wants(&self, row: &ArticleRow) -> bool {
        let is = |wanted: &Option<String>, value: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| {
                value.as_ref().is_some_and(|v| v.to_lowercase() == wanted.trim().to_lowercase())
            })
        };
        is(&self.agency, &row.agency)
            && is(&self.outlet, &row.outlet)
            && !(self.uncredited && (row.credited || row.agency.is_none()))
            && self.derivation.is_none_or(|derivation| derivation.name() == row.derivation)
    }
}

const COLUMNS: [&str; 11] = [
    "id",
    "outlet",
    "published",
    "agency",
    "credited",
    "derivation",
    "treatment",
    "copied",
    "quoted",
    "original",
    "source",
];

fn cells(row: &ArticleRow) -> [String; COLUMNS.len()] {
    let or_empty = |value: &Option<String>| value.clone().unwrap_or_default();
    let share = |share: f64| format!("{share:.2}");
    let source =
        row.sources.first().and_then(|source| source.article.as_ref().or(source.copy.as_ref()));
    [
        row.id.clone(),
        or_empty(&row.outlet),
        or_empty(&row.published),
        or_empty(&row.agency),
        row.credited.to_string(),
        row.derivation.clone(),
        or_empty(&row.treatment),
        share(row.shares.agency + row.shares.shared),
        share(row.shares.quote),
        share(row.shares.original),
        source.cloned().unwrap_or_default(),
    ]
}

fn csv_table(rows: &[ArticleRow], out: &mut impl Write) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    for row in rows {
        writer.write_record(cells(row))?;
    }
    writer.flush()?;
    Ok(())
}

fn table(rows: &[ArticleRow], out: &mut impl Write) -> anyhow::Result<()> {
    if rows.is_empty() {
        return Ok(writeln!(out, "No article of the run is so.")?);
    }
    let shown = |cells: [String; COLUMNS.len()]| {
        let [id, outlet, _, agency, credited, derivation, treatment, copied, .., source] = cells;
        let credit = match (&*agency, &*credited) {
            ("", _) | (_, "true") => "",
            _ => "uncredited",
        };
        [id, outlet, agency, credit.to_owned(), derivation, treatment, copied, source]
    };
    let head = ["id", "outlet", "agency", "", "derivation", "treatment", "copied", "source"];
    let rows: Vec<_> = rows.iter().map(|row| shown(cells(row)).to_vec()).collect();
    crate::table::write(&head, &rows, &[6], out)
}
