//! copytaster: finds the passages that news articles share, and the agency copy behind them.

mod args;
mod bench;
mod compare;
mod completions;
mod duplicates;
mod explain;
mod export;
mod folder;
mod heap;
mod list;
mod making;
mod man;
mod memory;
mod progress;
mod report;
mod scan;
mod show;
mod stats;
mod synth;
mod table;
mod tune;

use std::io::{self, Write as _};
use std::process::ExitCode;

use anstream::eprintln;
use clap::Parser as _;

use args::{Cli, Command};

#[global_allocator]
static ALLOCATOR: heap::Heap = heap::Heap;

fn main() -> ExitCode {
    let command = match Cli::try_parse() {
        Ok(cli) => cli.command,
        Err(error) => return usage(&error),
    };
    let done = match command {
        Command::Scan(args) => scan::run(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Show(args) => show::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Report(args) => report::run(&args),
        Command::Export(args) => export::run(&args),
        Command::List(args) => list::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Bench(args) => bench::run(&args),
        Command::Tune(args) => tune::run(&args),
        Command::Synth(args) => synth::run(&args),
        Command::Completions(args) => completions::run(&args),
        Command::Man(args) => man::run(&args),
    };
    match done {
        Ok(Done::Whole) => ExitCode::SUCCESS,
        Ok(Done::WithSkips | Done::Worse) => ExitCode::from(1),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            tell(&error);
            ExitCode::from(2)
        }
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Done {
    /// All that was asked.
    Whole,
    /// All but what was skipped, which was listed.
    WithSkips,
    /// All, and some of it is worse than it was.
    Worse,
}

/// Shows help where that is asked for, else what is wrong with the arguments.
fn usage(error: &clap::Error) -> ExitCode {
    let text = error.render().ansi().to_string();
    if error.use_stderr() {
        let text = text.replace("For more information, try", "hint: try");
        let text = text.trim_end();
        eprintln!("{}", text.strip_suffix('.').unwrap_or(text));
        ExitCode::from(2)
    } else {
        // A closed pipe is no error here either.
        let _ = anstream::stdout().write_all(text.as_bytes());
        ExitCode::SUCCESS
    }
}

fn tell(error: &anyhow::Error) {
    // The library's errors say themselves what the system said.
    match error.chain().find_map(|cause| cause.downcast_ref::<copytaster::Error>()) {
        Some(known) => {
            eprintln!("error: {known}");
            if let Some(hint) = known.hint() {
                eprintln!("hint: {hint}");
            }
        }
        None => eprintln!("error: {error:#}"),
    }
}

/// Whoever read the output has seen enough, as `head` does.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let closed = |cause: &io::Error| cause.kind() == io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| cause.downcast_ref().is_some_and(closed))
}
