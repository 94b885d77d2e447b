//! `copytaster completions`: what a shell needs to complete this program's arguments.

use std::io::Write as _;

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use crate::Done;
use crate::args::Cli;

/// Print shell completions
#[derive(Debug, Args)]
#[command(after_help = "Example:
  copytaster completions bash > ~/.local/share/bash-completion/completions/copytaster")]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<Done> {
    // Writing to memory cannot fail; standard output can be closed.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "copytaster", &mut script);
    std::io::stdout().write_all(&script)?;
    Ok(Done::Whole)
}
