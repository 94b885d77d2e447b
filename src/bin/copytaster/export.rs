//! `copytaster export`: the tables of a run for other programs.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use copytaster::report::Draft;
use copytaster::report::export::{GraphFormat, TableFormat};

use crate::Done;
use crate::folder::RunFolder;
use crate::making::Making;

/// Write the tables of a run for spreadsheets and notebooks, or its links as a network
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster export copytaster-run --format csv
  copytaster export copytaster-run --format parquet --out tables
  copytaster export copytaster-run --format gexf --out april.gexf

Tables go to a folder, one file each, with the columns of the run: lists are JSON in a cell of
CSV, and lists in Parquet. A network is one file: its nodes are the articles, its edges the links,
from the source to the pickup where that is known.")]
pub(crate) struct ExportArgs {
    /// The folder of a run
    run: PathBuf,
    /// What to write
    #[arg(short, long, value_enum)]
    format: Format,
    /// Folder for tables, file for a network; by default the run's name with the format
    #[arg(short, long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// Replace what is there
    #[arg(long)]
    force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// Tables as comma-separated values
    Csv,
    /// Tables as Apache Parquet
    Parquet,
    /// A network for Gephi
    Gexf,
    /// A network for networkx, igraph, yEd, Cytoscape
    Graphml,
    /// A network for Graphviz
    Dot,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Parquet => "parquet",
            Self::Gexf => "gexf",
            Self::Graphml => "graphml",
            Self::Dot => "dot",
        }
    }
}

pub(crate) fn run(args: &ExportArgs) -> anyhow::Result<Done> {
    let mut filed = RunFolder::open(&args.run, "RUN")?;
    if !matches!(args.format, Format::Csv | Format::Parquet) {
        filed = filed.with_passages()?;
    }
    let out = args.out.clone().unwrap_or_else(|| beside(&args.run, args.format));
    match args.format {
        Format::Csv => tables(&filed, TableFormat::Csv, args, &out)?,
        Format::Parquet => tables(&filed, TableFormat::Parquet, args, &out)?,
        Format::Gexf => graph(&filed, GraphFormat::Gexf, args, &out)?,
        Format::Graphml => graph(&filed, GraphFormat::GraphMl, args, &out)?,
        Format::Dot => graph(&filed, GraphFormat::Dot, args, &out)?,
    }
    Ok(Done::Whole)
}

/// Where results go that have no place: tables to `run-csv`, a network to `run.gexf`.
fn beside(run: &Path, format: Format) -> PathBuf {
    let mut name = run
        .components()
        .next_back()
        .map_or_else(Default::default, |name| name.as_os_str().to_owned());
    let joint = if matches!(format, Format::Csv | Format::Parquet) { "-" } else { "." };
    name.push(joint);
    name.push(format.name());
    run.parent().map_or_else(|| PathBuf::from(&name), |parent| parent.join(&name))
}

fn tables(
    filed: &RunFolder,
    format: TableFormat,
    args: &ExportArgs,
    out: &Path,
) -> anyhow::Result<()> {
    let making = Making::default();
    making.stop_cleanly()?;
    let make = || Draft::beside(out, args.force, &format.files());
    let draft = making.start(make, Draft::path)?;
    format.write(filed, &draft.folder()?)?;
    Ok(making.finish(|| draft.finish())?)
}

fn graph(
    filed: &RunFolder,
    format: GraphFormat,
    args: &ExportArgs,
    out: &Path,
) -> anyhow::Result<()> {
    let making = Making::default();
    making.stop_cleanly()?;
    let draft = making.start(|| Draft::beside(out, args.force, &[]), Draft::path)?;
    draft.file(|file| format.write(filed, out, file))?;
    Ok(making.finish(|| draft.finish())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stand_beside_the_run() {
        assert_eq!(beside(Path::new("a/run/"), Format::Csv), Path::new("a/run-csv"));
        assert_eq!(beside(Path::new("run"), Format::Gexf), Path::new("run.gexf"));
    }
}
