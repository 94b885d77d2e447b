//! `copytaster man`: manual pages.

use std::path::PathBuf;

use clap::{Args, CommandFactory as _};

use crate::Done;
use crate::args::Cli;

/// Write manual pages
#[derive(Debug, Args)]
#[command(after_help = "Example:
  copytaster man ~/.local/share/man/man1 && man copytaster-scan")]
pub(crate) struct ManArgs {
    /// Folder for the pages, one a command
    folder: PathBuf,
}

pub(crate) fn run(args: &ManArgs) -> anyhow::Result<Done> {
    std::fs::create_dir_all(&args.folder).map_err(copytaster::Error::io(&args.folder))?;
    clap_mangen::generate_to(Cli::command(), &args.folder)
        .map_err(copytaster::Error::io(&args.folder))?;
    Ok(Done::Whole)
}
