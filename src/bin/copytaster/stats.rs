//! `copytaster stats`: a run in figures, by agency and outlet.

use std::collections::BTreeMap;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anstyle::Style;
use clap::Args;
use console::{measure_text_width, truncate_str};
use copytaster::report::{ORIGINS, bar};
use serde::{Deserialize, Serialize};

use crate::folder::{ArticleRow, RunFolder};
use crate::scan::width;
use crate::{Done, table};

/// Show a run in figures: who prints whose copy, how much of it and how long after
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster stats copytaster-run
  copytaster stats copytaster-run --csv > matrix.csv

Later versions of an article are not counted.")]
pub(crate) struct StatsArgs {
    /// The folder of a run
    run: PathBuf,
    /// Print the matrix of agencies and outlets as JSON, one object a line
    #[arg(long, conflicts_with = "csv")]
    json: bool,
    /// Print the same as comma-separated values
    #[arg(long)]
    csv: bool,
}

/// What one outlet has of one agency.
#[derive(Debug, Default, Clone, Serialize)]
struct Cell {
    agency: String,
    outlet: String,
    articles: usize,
    uncredited: usize,
    wholly_derived: usize,
    /// Words of the articles.
    words: usize,
    /// Those that are copied from an agency.
    agency_words: usize,
    /// Half of the pickups with a known lag came no later than this after the copy, in seconds.
    median_lag_s: Option<i64>,
}

pub(crate) fn run(args: &StatsArgs) -> anyhow::Result<Done> {
    let folder = RunFolder::open(&args.run, "RUN")?;
    let lags = lags(&folder)?;
    let mut rows = Vec::new();
    for row in folder.rows::<ArticleRow>("articles.jsonl")? {
        let row = row?;
        if row.version_of.is_none() {
            rows.push(row);
        }
    }
    let cells = cells(&rows, &lags);
    let mut out = BufWriter::new(anstream::stdout());
    if args.json {
        for cell in &cells {
            serde_json::to_writer(&mut out, cell)?;
            writeln!(out)?;
        }
    } else if args.csv {
        let mut writer = csv::Writer::from_writer(&mut out);
        for cell in &cells {
            writer.serialize(cell)?;
        }
        writer.flush()?;
    } else {
        by_agency(&rows, &lags, &mut out)?;
        by_outlet(&rows, &mut out)?;
        matrix(&cells, &mut out)?;
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// The lag of every article behind the first copy that it is a pickup of, in seconds.
fn lags(folder: &RunFolder) -> anyhow::Result<BTreeMap<String, i64>> {
    #[derive(Deserialize)]
    struct Copy {
        pickups: Vec<Pickup>,
    }
    #[derive(Deserialize)]
    struct Pickup {
        article: String,
        lag_s: Option<i64>,
    }
    let mut lags = BTreeMap::new();
    for copy in folder.rows::<Copy>("copies.jsonl")? {
        for pickup in copy?.pickups {
            if let Some(lag) = pickup.lag_s.filter(|&lag| lag >= 0) {
                lags.entry(pickup.article).or_insert(lag);
            }
        }
    }
    Ok(lags)
}

const NO_OUTLET: &str = "(no outlet)";
const NO_AGENCY: &str = "(none)";

fn outlet(row: &ArticleRow) -> &str {
    row.outlet.as_deref().unwrap_or(NO_OUTLET)
}

/// Articles under a name each.
fn grouped<'a, Key: Ord>(
    rows: &'a [ArticleRow],
    key: impl Fn(&'a ArticleRow) -> Key,
) -> BTreeMap<Key, Vec<&'a ArticleRow>> {
    let mut groups: BTreeMap<Key, Vec<&ArticleRow>> = BTreeMap::new();
    for row in rows {
        groups.entry(key(row)).or_default().push(row);
    }
    groups
}

fn cells(rows: &[ArticleRow], lags: &BTreeMap<String, i64>) -> Vec<Cell> {
    grouped(rows, |row| (row.agency.as_deref().unwrap_or(NO_AGENCY), outlet(row)))
        .into_iter()
        .map(|((agency, outlet), rows)| Cell {
            agency: agency.to_owned(),
            outlet: outlet.to_owned(),
            articles: rows.len(),
            uncredited: uncredited(&rows),
            wholly_derived: rows.iter().filter(|r| r.derivation == "wholly-derived").count(),
            words: rows.iter().map(|row| row.words).sum(),
            agency_words: words(&rows, |row| row.shares.agency),
            median_lag_s: median(&rows, lags),
        })
        .collect()
}

fn uncredited(rows: &[&ArticleRow]) -> usize {
    rows.iter().filter(|row| row.agency.is_some() && !row.credited).count()
}

fn words(rows: &[&ArticleRow], share: impl Fn(&ArticleRow) -> f64) -> usize {
    rows.iter().map(|row| row.words as f64 * share(row)).sum::<f64>().round() as usize
}

fn median(rows: &[&ArticleRow], lags: &BTreeMap<String, i64>) -> Option<i64> {
    let mut lags: Vec<i64> = rows.iter().filter_map(|row| lags.get(&row.id)).copied().collect();
    lags.sort_unstable();
    lags.get((lags.len().max(1) - 1) / 2).copied()
}

const BOLD: Style = Style::new().bold();

fn by_agency(
    rows: &[ArticleRow],
    lags: &BTreeMap<String, i64>,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let mut groups: Vec<_> = grouped(rows, |row| row.agency.as_deref()).into_iter().collect();
    groups.sort_by_key(|(agency, rows)| (agency.is_none(), usize::MAX - rows.len(), *agency));
    let lines: Vec<Vec<String>> = groups
        .iter()
        .map(|(agency, rows)| {
            let mut outlets: Vec<&str> = rows.iter().map(|row| outlet(row)).collect();
            outlets.sort_unstable();
            outlets.dedup();
            vec![
                agency.unwrap_or(NO_AGENCY).to_owned(),
                rows.len().to_string(),
                outlets.len().to_string(),
                uncredited(rows).to_string(),
                words(rows, |row| row.shares.agency).to_string(),
                median(rows, lags).map_or("-".to_owned(), duration),
            ]
        })
        .collect();
    writeln!(out, "{BOLD}Agencies{BOLD:#}")?;
    let head = ["agency", "articles", "outlets", "uncredited", "words", "median lag"];
    table::write_within(width(), &head, lines, &[1, 2, 3, 4, 5], out)
}

fn by_outlet(rows: &[ArticleRow], out: &mut impl Write) -> anyhow::Result<()> {
    let groups = grouped(rows, outlet);
    let lines: Vec<Vec<String>> = groups
        .into_iter()
        .map(|(outlet, rows)| {
            let all: usize = rows.iter().map(|row| row.words).sum();
            let parts: [fn(&ArticleRow) -> f64; 4] = [
                |row| row.shares.agency,
                |row| row.shares.shared,
                |row| row.shares.quote,
                |row| row.shares.original,
            ];
            let shares = parts.map(|of| words(&rows, of) as f64 / all.max(1) as f64);
            let drawn: Vec<(f64, char)> = shares.into_iter().zip(ORIGINS).collect();
            let mut line = vec![outlet.to_owned(), rows.len().to_string()];
            line.extend(shares.map(|share| format!("{:.0} %", 100.0 * share)));
            line.push(bar(&drawn, 10));
            line
        })
        .collect();
    writeln!(out, "\n{BOLD}Outlets{BOLD:#}, by share of their words")?;
    let head = ["outlet", "articles", "agency", "shared", "quote", "original", ""];
    table::write_within(width(), &head, lines, &[1, 2, 3, 4, 5], out)?;
    let [agency, shared, quote, original] = ORIGINS;
    Ok(writeln!(out, "  {agency} agency  {shared} shared  {quote} quote  {original} original")?)
}

/// Articles of each outlet by agency; of many agencies those with most articles.
fn matrix(cells: &[Cell], out: &mut impl Write) -> anyhow::Result<()> {
    const SHOWN: usize = 8;
    const NAME: usize = 10;
    let mut agencies: BTreeMap<&str, usize> = BTreeMap::new();
    let mut outlets: BTreeMap<&str, BTreeMap<&str, usize>> = BTreeMap::new();
    for cell in cells.iter().filter(|cell| cell.agency != NO_AGENCY) {
        *agencies.entry(&cell.agency).or_default() += cell.articles;
        *outlets.entry(&cell.outlet).or_default().entry(&cell.agency).or_default() += cell.articles;
    }
    if agencies.is_empty() {
        return Ok(());
    }
    let mut columns: Vec<(&str, usize)> = agencies.into_iter().collect();
    columns.sort_by_key(|&(agency, articles)| (usize::MAX - articles, agency));
    // Beside outlets of a name of usual length.
    let mut room = width().saturating_sub(28);
    let fits = |&&(agency, _): &&(&str, usize)| {
        let wide = measure_text_width(agency).clamp(3, NAME) + 2;
        let is_room = wide <= room;
        room = room.saturating_sub(wide);
        is_room
    };
    let fit = columns.iter().take(SHOWN).take_while(fits).count();
    let more = columns.len() - fit;
    columns.truncate(fit);
    let lines: Vec<Vec<String>> = outlets
        .into_iter()
        .map(|(outlet, by_agency)| {
            let cell = |&(agency, _): &(&str, usize)| {
                by_agency.get(agency).map_or(".".to_owned(), ToString::to_string)
            };
            std::iter::once(outlet.to_owned()).chain(columns.iter().map(cell)).collect()
        })
        .collect();
    writeln!(out, "\n{BOLD}Articles{BOLD:#} by outlet and agency")?;
    let names: Vec<_> = columns.iter().map(|&(name, _)| truncate_str(name, NAME, "…")).collect();
    let head: Vec<&str> = std::iter::once("").chain(names.iter().map(AsRef::as_ref)).collect();
    let right: Vec<usize> = (1..head.len()).collect();
    table::write_within(width(), &head, lines, &right, out)?;
    if more > 0 {
        let noun = if more == 1 { "agency" } else { "agencies" };
        writeln!(out, "  and {more} more {noun} (--csv)")?;
    }
    Ok(())
}

/// Seconds as a person says them.
fn duration(seconds: i64) -> String {
    match seconds {
        0..60 => format!("{seconds} s"),
        60..5_400 => format!("{} min", (seconds + 30) / 60),
        5_400..172_800 => format!("{} h", (seconds + 1_800) / 3_600),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}
