//! `copytaster completions`: what a shell needs to complete this program's arguments.

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

#[expect(clippy::unnecessary_wraps, reason = "all commands have one form")]
pub(crate) fn run(args: &CompletionsArgs) -> anyhow::Result<Done> {
    clap_complete::generate(args.shell, &mut Cli::command(), "copytaster", &mut std::io::stdout());
    Ok(Done::Whole)
}
