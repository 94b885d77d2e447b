//! `copytaster synth`: invented articles, and the truth about them.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use clap::Args;
use copytaster::synth::{Beside, Files, Synth};
use copytaster::{Article, Error, read};

use crate::Done;
use crate::args::{FieldArgs, count};
use crate::making::Making;
use crate::progress::Bars;

/// Invent articles with known truth: to measure with, and to see what a scan makes of them
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster synth --articles 10000 --out news.jsonl
  copytaster scan news.jsonl --out run
  copytaster synth --articles 1e6 --seed 7 --out - | zstd > million.jsonl.zst
  copytaster synth --articles 5000 --from my-articles/ --out mine.jsonl

Beside news.jsonl, the truth: news.articles.jsonl, news.pairs.jsonl, news.spans.jsonl,
news.stars.jsonl and news.clusters.jsonl.")]
pub(crate) struct SynthArgs {
    /// How many: 25000, or 1e6
    #[arg(short = 'n', long, value_name = "N", value_parser = count)]
    articles: u64,
    /// Another seed gives other articles; the same seed the same ones, on every machine
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// File for the articles, FILE.jsonl; the truth is written beside it. With - for standard output
    /// there is none
    #[arg(short, long, value_name = "FILE")]
    out: PathBuf,
    /// Replace what is there
    #[arg(long)]
    force: bool,
    /// Take sentences from your own articles (files, folders, -) instead of inventing them
    #[arg(long, value_name = "INPUT", num_args = 1..)]
    from: Vec<PathBuf>,
    #[command(flatten)]
    fields: FieldArgs,
    /// Show nothing but errors and what was skipped
    #[arg(short, long)]
    quiet: bool,
    /// Threads to use; by default one a core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
}

pub(crate) fn run(args: &SynthArgs) -> anyhow::Result<Done> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.into()).build()?;
    pool.install(|| {
        let bars = Bars::new(args.quiet);
        let (synth, done) = inventor(args.seed, &args.from, &args.fields, &bars)?;
        if args.out == Path::new("-") {
            print(&synth, args.articles)?;
        } else {
            write(&synth, args, &bars)?;
        }
        Ok(done)
    })
}

/// What invents articles, from the user's own if there are any; of these some may have been skipped.
pub(crate) fn inventor(
    seed: u64,
    from: &[PathBuf],
    fields: &FieldArgs,
    bars: &Bars,
) -> anyhow::Result<(Synth, Done)> {
    if from.is_empty() {
        return Ok((Synth::new(seed), Done::Whole));
    }
    let (articles, done) = own_articles(from, fields, bars)?;
    Ok((Synth::from_articles(seed, articles), done))
}

/// The user's articles; what was skipped is listed.
pub(crate) fn own_articles(
    from: &[PathBuf],
    fields: &FieldArgs,
    bars: &Bars,
) -> anyhow::Result<(Vec<Article>, Done)> {
    let reading = read::all(from, &fields.options(), &|p| bars.reading(p))?;
    bars.finish();
    for note in &reading.skipped {
        eprintln!("skipped: {note}");
    }
    let done = if reading.skipped.is_empty() { Done::Whole } else { Done::WithSkips };
    if reading.articles.is_empty() {
        return Err(Error::NoArticles.into());
    }
    Ok((reading.articles, done))
}

fn print(synth: &Synth, articles: u64) -> anyhow::Result<()> {
    let mut stdout = std::io::stdout();
    let mut failed = None;
    let done = synth.rows(articles, |rows| {
        stdout.write_all(rows.of(Beside::Corpus)).map_err(|error| {
            let kind = error.kind();
            failed = Some(error);
            Error::Io { path: "-".into(), source: kind.into() }
        })
    });
    // A closed pipe has to be seen as such.
    failed.map_or(Ok(()), Err)?;
    done?;
    stdout.flush()?;
    Ok(())
}

fn write(synth: &Synth, args: &SynthArgs, bars: &Bars) -> anyhow::Result<()> {
    let making = Making::default();
    making.stop_cleanly()?;
    let mut files = making.start(|| Files::beside(&args.out, args.force), Files::path)?;
    let counts = files.write(synth, args.articles, &|done| bars.writing(done, args.articles))?;
    making.finish(|| files.finish())?;
    bars.finish();
    if args.quiet {
        return Ok(());
    }
    let mut stdout = BufWriter::new(anstream::stdout());
    let megabytes = counts.bytes as f64 / 1e6;
    writeln!(
        stdout,
        "{} articles on {} events, {megabytes:.1} MB, in {}",
        args.articles,
        counts.events,
        args.out.display()
    )?;
    writeln!(stdout, "\nThe truth about them is in")?;
    for (file, what) in [
        (Beside::Articles, "what each is made of"),
        (Beside::Pairs, "what two of them share"),
        (Beside::Spans, "which passages"),
        (Beside::Stars, "which passages, of events told by very many"),
        (Beside::Clusters, "which belong together"),
    ] {
        writeln!(stdout, "  {}  {what}", file.path(&args.out).display())?;
    }
    stdout.flush()?;
    Ok(())
}
