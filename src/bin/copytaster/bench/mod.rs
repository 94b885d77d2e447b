//! `copytaster bench`: how fast and how right scans are, from small to large.

mod child;
mod others;
mod source;
mod strain;

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use clap::Args;
use copytaster::Error;
use copytaster::bench::{Accuracy, FIGURE_NOISE, Peer, Report, Run, Runs, Truth, looked_at};
use tempfile::TempDir;

use crate::Done;
use crate::args::{FieldArgs, count};
use crate::making::Making;
use crate::progress::Bars;
use source::Source;

/// Measure scans of invented articles or your own: time, memory, growth, and how much of the truth is found
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster bench
  copytaster bench --sizes 1e4,1e5,1e6 --threads 1,2 --repeat 1
  copytaster bench my-articles/                      your articles as they are: speed and growth
  copytaster bench --from my-articles/ --sizes 1000,2000
                                                     their sentences in invented articles: truth too
  copytaster bench --sizes 1e4 --against datasketch,rensa,gaoya,daft
  copytaster bench --sizes 1e4 --against 'mine=./dedup --in {file} --out {out}'
  copytaster bench --sizes 1e4 --slow                corpora that are no news
  copytaster bench --out today --compare yesterday/bench.json

Exit status: 0 done, 1 done but something was skipped or is worse than in --compare, 2 not done.")]
pub(crate) struct BenchArgs {
    /// Your own articles (files, folders): they are measured as they are, the first ones by date for
    /// each size, and nothing is known of how right that is
    #[arg(value_name = "CORPUS", conflicts_with_all = ["from", "seed", "against"])]
    corpus: Vec<PathBuf>,
    /// Numbers of articles; by default 1000,3000,10000, of your own a ninth, a third and all
    #[arg(long, value_name = "N,N,…", value_parser = count, value_delimiter = ',')]
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
    /// Run other programs on the same articles: datasketch, rensa, gaoya, daft (as far as the Python in
    /// your PATH has them), or NAME=COMMAND with {file} and {out}, whose words spaces part
    #[arg(long, value_name = "PEER,…", value_parser = peers)]
    against: Vec<Peers>,
    /// Also scan corpora that are no news, each with as many words as the largest size: one word
    /// repeated, one story in every outlet, an article of a million words, …
    #[arg(long)]
    slow: bool,
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

/// What one `--against` asks for.
type Peers = Vec<Peer>;

fn peers(text: &str) -> Result<Peers, String> {
    if text.contains('=') {
        return Ok(vec![text.parse()?]);
    }
    text.split(',').map(str::parse).collect()
}

pub(crate) fn run(args: &BenchArgs) -> anyhow::Result<Done> {
    let old = args.compare.as_deref().map(Report::read).transpose()?;
    let reports = ["bench.json", "bench.html"].map(|name| args.out.join(name));
    if let Some(path) = reports.iter().find(|path| path.exists() && !args.force) {
        return Err(Error::Exists { path: path.clone() }.into());
    }
    let bars = Bars::new(args.quiet);
    let (source, read) = Source::of(args, &bars)?;
    let sizes = args.sizes(&source)?;
    let making = Making::default();
    making.stop_cleanly()?;
    let staged = making.start(|| staged(&args.out), TempDir::path)?;
    let report = measure(args, &source, &sizes, staged.path(), &making)?;
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
    Ok(if worse { Done::Worse } else { read })
}

impl BenchArgs {
    /// From small to large, each once.
    fn sizes(&self, source: &Source) -> anyhow::Result<Vec<u64>> {
        let mut sizes =
            if self.sizes.is_empty() { source.usual_sizes() } else { self.sizes.clone() };
        sizes.sort_unstable();
        sizes.dedup();
        source.check(sizes.last().copied().unwrap_or(1))?;
        Ok(sizes)
    }

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

/// Where a corpus and the folder of its run stand while they are measured.
struct Desk<'a> {
    args: &'a BenchArgs,
    making: &'a Making,
    folder: &'a Path,
    corpus: PathBuf,
    run: PathBuf,
}

fn measure(
    args: &BenchArgs,
    source: &Source,
    sizes: &[u64],
    folder: &Path,
    making: &Making,
) -> anyhow::Result<Report> {
    let (corpus, run) = (folder.join("corpus.jsonl"), folder.join("run"));
    let desk = Desk { args, making, folder, corpus, run };
    let (mut runs, mut accuracy, mut contests) = (Vec::new(), Vec::new(), Vec::new());
    for &articles in sizes {
        let bytes = source.write(articles, &desk.corpus, &Bars::new(args.quiet))?;
        for threads in args.threads() {
            let what = format!("{articles} articles");
            runs.push(desk.scans(&what, Runs::new(articles, threads, bytes), threads)?);
        }
        if let Source::Invented(synth) = source {
            let events = looked_at(synth, articles)?;
            accuracy.push(Accuracy::of_run(&events, articles, &desk.run)?);
            if !args.against.is_empty() {
                let of_ours = &runs[runs.len() - args.threads().len()];
                contests.push(desk.contest(&Truth::of(&events), of_ours)?);
            }
        }
    }
    let mut report = Report::new(env!("CARGO_PKG_VERSION"), source.seed(), cores(), runs, accuracy);
    report.contests = contests;
    if args.slow {
        report.strain = Some(desk.strain(&report.runs)?);
    }
    Ok(report)
}

impl Desk<'_> {
    /// Scans the corpus that stands there, as often as was asked for.
    fn scans(&self, what: &str, mut runs: Runs, threads: usize) -> anyhow::Result<Run> {
        for time in 1..=self.args.repeat {
            self.say(&format!("scanning {what}, -j {threads}, {time} of {}", self.args.repeat));
            runs.add(self.scan(threads)?, &self.run)?;
        }
        Ok(runs.finish())
    }

    /// Tells who waits what is done.
    fn say(&self, what: &str) {
        if !self.args.quiet && console::user_attended_stderr() {
            eprintln!("{what}");
        }
    }
}
