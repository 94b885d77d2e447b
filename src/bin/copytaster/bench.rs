//! `copytaster bench`: how fast and how right scans are, from small to large.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

use anstream::eprintln;
use anyhow::{Context as _, bail};
use clap::Args;
use copytaster::Error;
use copytaster::bench::{Accuracy, FIGURE_NOISE, Measured, Report, Runs};
use copytaster::synth::{Beside, Synth};
use tempfile::TempDir;

use crate::Done;
use crate::args::{FieldArgs, count};
use crate::making::Making;
use crate::progress::Bars;
use crate::synth::inventor;

/// Measure scans of invented articles: time, memory, growth, and how much of the truth is found
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster bench
  copytaster bench --sizes 1e4,1e5,1e6 --threads 1,2 --repeat 1
  copytaster bench --from my-articles/ --sizes 1000,2000
  copytaster bench --out today --compare yesterday/bench.json

Exit status: 0 done, 1 done and something is worse than in --compare, 2 not done.")]
pub(crate) struct BenchArgs {
    /// Numbers of articles
    #[arg(long, value_name = "N,N,…", value_parser = count, value_delimiter = ',')]
    #[arg(default_values_t = [1_000, 3_000, 10_000])]
    sizes: Vec<u64>,
    /// Numbers of threads; by default one a core
    #[arg(short = 'j', long, value_name = "N,N,…", value_delimiter = ',')]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Vec<u16>,
    /// How often each is measured: of times the median counts
    #[arg(long, value_name = "N", default_value_t = 3)]
    #[arg(value_parser = clap::value_parser!(u16).range(1..=100))]
    repeat: u16,
    /// Another seed gives other articles
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Take sentences from your own articles (files, folders) instead of inventing them
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    from: Vec<PathBuf>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Folder for bench.json, bench.html and, while it lasts, the articles
    #[arg(short, long, value_name = "FOLDER", default_value = "bench")]
    out: PathBuf,
    /// Replace the report that is in --out
    #[arg(long)]
    force: bool,
    /// Tell what changed since an older bench.json, and end with 1 if something is worse
    #[arg(long, value_name = "OLD.json")]
    compare: Option<PathBuf>,
    /// Changes of time and memory up to this share are noise
    #[arg(long, value_name = "SHARE", default_value_t = 0.1, value_parser = share)]
    noise: f64,
    /// Show nothing but errors and what is worse
    #[arg(short, long)]
    quiet: bool,
}

fn share(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=10.0).contains(&share) => Ok(share),
        _ => Err("it takes a share such as 0.1".to_owned()),
    }
}

pub(crate) fn run(args: &BenchArgs) -> anyhow::Result<Done> {
    let old = args.compare.as_deref().map(Report::read).transpose()?;
    let reports = ["bench.json", "bench.html"].map(|name| args.out.join(name));
    if let Some(path) = reports.iter().find(|path| path.exists() && !args.force) {
        return Err(Error::Exists { path: path.clone() }.into());
    }
    let (synth, _) = inventor(args.seed, &args.from, &args.fields, &Bars::new(args.quiet))?;
    let largest = args.sizes.iter().copied().max().unwrap_or(1);
    synth.events(largest)?;
    let making = Making::default();
    making.stop_cleanly()?;
    let staged = making.start(|| staged(&args.out), TempDir::path)?;
    let report = measure(args, &synth, staged.path(), &making)?;
    making.finish(|| report.write(&args.out))?;
    let mut stdout = BufWriter::new(anstream::stdout());
    if !args.quiet {
        report.write_table(&mut stdout)?;
        writeln!(stdout, "\nAll of it is in {}", args.out.display())?;
    }
    let changes = old.map(|old| report.changes(&old, args.noise));
    let worse = changes.iter().flatten().any(|change| change.worse);
    if let Some(changes) = changes {
        let percent = 100.0 * args.noise;
        writeln!(
            stdout,
            "\nChanges of cost beyond {percent:.0} %, and of accuracy beyond {FIGURE_NOISE}:"
        )?;
        if changes.is_empty() {
            writeln!(stdout, "  none")?;
        }
        changes.iter().try_for_each(|change| change.write(&mut stdout))?;
    }
    stdout.flush()?;
    Ok(if worse { Done::Worse } else { Done::Whole })
}

impl BenchArgs {
    fn threads(&self) -> Vec<usize> {
        if self.threads.is_empty() {
            vec![cores()]
        } else {
            self.threads.iter().map(|&threads| threads.into()).collect()
        }
    }
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into)
}

/// A folder for articles and runs, within that of the report.
fn staged(out: &Path) -> Result<TempDir, Error> {
    std::fs::create_dir_all(out).map_err(Error::io(out))?;
    let made = tempfile::Builder::new().prefix(".copytaster-").tempdir_in(out);
    made.map_err(|error| Error::io(out)(error.kind().into()))
}

fn measure(
    args: &BenchArgs,
    synth: &Synth,
    folder: &Path,
    making: &Making,
) -> anyhow::Result<Report> {
    let mut sizes = args.sizes.clone();
    sizes.sort_unstable();
    sizes.dedup();
    let (mut runs, mut accuracy) = (Vec::new(), Vec::new());
    let (corpus, run) = (folder.join("corpus.jsonl"), folder.join("run"));
    for articles in sizes {
        let bars = Bars::new(args.quiet);
        let bytes = write_corpus(synth, articles, &corpus, &bars)?;
        bars.finish();
        for threads in args.threads() {
            let mut of = Runs::new(articles, threads, bytes);
            for time in 1..=args.repeat {
                if !args.quiet && console::user_attended_stderr() {
                    eprintln!(
                        "scanning {articles} articles, -j {threads}, {time} of {}",
                        args.repeat
                    );
                }
                let measured = scan(&corpus, &run, threads, making)?;
                of.add(measured, &run)?;
            }
            runs.push(of.finish());
        }
        accuracy.push(Accuracy::of_run(synth, articles, &run)?);
    }
    Ok(Report::new(env!("CARGO_PKG_VERSION"), args.seed, cores(), runs, accuracy))
}

/// Writes the articles without the truth; how many bytes they are.
fn write_corpus(synth: &Synth, articles: u64, path: &Path, bars: &Bars) -> anyhow::Result<u64> {
    let mut file = BufWriter::new(std::fs::File::create(path).map_err(Error::io(path))?);
    let mut bytes = 0;
    synth.rows(articles, |rows| {
        let lines = rows.of(Beside::Corpus);
        bytes += lines.len() as u64;
        bars.writing(rows.articles(), articles);
        file.write_all(lines).map_err(Error::io(path))
    })?;
    file.flush().map_err(Error::io(path))?;
    Ok(bytes)
}

/// Scans as a user would, in a process of its own.
fn scan(corpus: &Path, run: &Path, threads: usize, making: &Making) -> anyhow::Result<Measured> {
    let program = std::env::current_exe().context("where this program is")?;
    let mut command = Command::new(program);
    command.arg("scan").arg(corpus).arg("--out").arg(run).args(["--force", "--quiet", "-j"]);
    command.arg(threads.to_string()).stdin(Stdio::null()).stderr(Stdio::piped());
    let (cpu, started) = (children_cpu_s(), Instant::now());
    let (status, said) = making.run(&mut command)?;
    let wall_s = started.elapsed().as_secs_f64();
    if !status.success() {
        bail!("the scan did not end well ({status}): {}", said.trim_end());
    }
    let cpu_s = children_cpu_s().zip(cpu).map(|(after, before)| after - before);
    Ok(Measured { wall_s, cpu_s })
}

/// Processor time of all processes that were started and have ended, where the system tells: Linux does.
fn children_cpu_s() -> Option<f64> {
    /// What Linux counts in, on all machines.
    const TICKS_A_SECOND: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program, in brackets, may hold anything; the 14th and 15th field after it count.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(13);
    let user: u64 = fields.next()?.parse().ok()?;
    let system: u64 = fields.next()?.parse().ok()?;
    Some((user + system) as f64 / TICKS_A_SECOND)
}
