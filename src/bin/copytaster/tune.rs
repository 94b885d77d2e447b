//! `copytaster tune`: which settings suit a corpus, by labels or by its own background.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use clap::{Args, ValueEnum};
use copytaster::report::Folder;
use copytaster::scan::{Evidence, Scan};
use copytaster::tune::{
    self, Background, Cost, Curve, FILES, Goal, Knob, LabelOptions, Labels, Report, Review, Sample,
    Setting, Tuning,
};
use copytaster::{Article, Error, Options, read};

use crate::args::{ReadArgs, count};
use crate::making::Making;
use crate::progress::Bars;
use crate::scan::{agencies, config, list, width};
use crate::{Done, memory};

/// Find the settings that suit your articles, by labels of some of them or by their own background
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster tune news.jsonl                            what chance looks like in these articles
  copytaster tune news.jsonl --review 50                which pairs to label, on a page
  copytaster tune news.jsonl --labels labels.csv        which settings are best by labels
  copytaster tune news.jsonl --labels pairs.jsonl --positive near-dup,contained --ignore partial \\
      --complete --by join --goal \"precision>=0.98\"
  copytaster tune news.jsonl --labels l.csv --sweep judge.min_bits=30,50,70 --holdout 0.5
  copytaster scan news.jsonl --config tune/copytaster.toml")]
pub(crate) struct TuneArgs {
    /// Files, folders (with all below them) and - for standard input
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// What is known of some articles, as CSV or JSON lines: pairs (a,b,label), clusters (id,cluster),
    /// passages (the fields of passages.jsonl) or derivations (id,derivation)
    #[arg(long, value_name = "FILE")]
    labels: Option<PathBuf>,
    /// Labels of pairs that should be found; by default copy, duplicate, match, positive, same, true, yes
    /// and 1
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', requires = "labels")]
    positive: Vec<String>,
    /// Labels of pairs that count neither way
    #[arg(long, value_name = "LABEL,…", value_delimiter = ',', requires = "labels")]
    ignore: Vec<String>,
    /// Pairs of labelled articles that are not listed should not be found; else they count neither way
    #[arg(long, requires = "labels")]
    complete: bool,
    /// What makes a pair one that is found, for labels of pairs
    #[arg(long, value_enum, default_value_t = By::Link, requires = "labels")]
    by: By,
    /// What to be best at: max-f1, max-plagdet, max-ari, precision>=0.98 or recall>=0.95; by default
    /// max-plagdet for passages, else max-f1
    #[arg(long, value_name = "GOAL", requires = "labels")]
    goal: Option<Goal>,
    /// How much more recall counts than precision in F
    #[arg(long, value_name = "B", default_value_t = 1.0, value_parser = beta)]
    beta: f64,
    /// Try these values of an option, in all combinations with those of other --sweep; by default the
    /// options that matter for such labels are tried
    #[arg(long, value_name = "OPTION=V,V,…", value_parser = knob, requires = "labels")]
    sweep: Vec<Knob>,
    /// Parts for cross-validation
    #[arg(long, value_name = "N", default_value_t = 5)]
    #[arg(value_parser = clap::value_parser!(u8).range(2..=50))]
    folds: u8,
    /// Keep this share of the stories from choosing, and measure on it in the end
    #[arg(long, value_name = "SHARE", default_value_t = 0.0, hide_default_value = true)]
    #[arg(value_parser = holdout)]
    holdout: f64,
    /// Another seed draws other samples
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// Look at so many of the articles, and tell what all of them will take
    #[arg(long, value_name = "N", value_parser = count)]
    sample: Option<u64>,
    /// Write a page of N pairs whose label would help most
    #[arg(long, value_name = "N")]
    review: Option<usize>,
    /// Show the N worst errors of the chosen setting, of either kind
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(requires = "labels")]
    errors: usize,
    /// TOML file with the options to start from, as scan --print-config prints them
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
    /// Folder for tune.json, tune.html, copytaster.toml and the pages of --review
    #[arg(short, long, value_name = "FOLDER", default_value = "tune")]
    out: PathBuf,
    /// Replace the result that is in --out
    #[arg(long)]
    force: bool,
    /// Show nothing but errors and what was skipped
    #[arg(short, long)]
    quiet: bool,
    /// Threads to use; by default one a core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum By {
    /// A link of copy
    Link,
    /// A link of copy that joins two articles into a story
    Join,
    /// Being in one story
    Story,
    /// Being nearly equal
    Near,
}

fn beta(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(beta) if (0.01..=100.0).contains(&beta) => Ok(beta),
        _ => Err("it takes a number from 0.01 to 100".to_owned()),
    }
}

fn holdout(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(share) if (0.0..=0.9).contains(&share) => Ok(share),
        _ => Err("it takes a share from 0 to 0.9".to_owned()),
    }
}

fn knob(text: &str) -> Result<Knob, String> {
    let form = "it takes the form OPTION=V,V,…, such as judge.min_bits=30,50,70";
    let (option, values) = text.split_once('=').ok_or(form)?;
    let values: Result<Vec<f64>, _> = values.split(',').map(|v| v.trim().parse()).collect();
    let values = values.map_err(|_| form)?;
    Ok(Knob { option: option.trim().to_owned(), values })
}

pub(crate) fn run(args: &TuneArgs) -> anyhow::Result<Done> {
    let options = args.config.as_deref().map(config).transpose()?.unwrap_or_default();
    tune::sweep(&options, &args.sweep)?;
    let scan = Scan::new(options, agencies(args.read.agencies_file().map(PathBuf::as_path))?)?;
    let making = Making::default();
    making.stop_cleanly()?;
    let folder = making.start(|| Folder::of_files(&args.out, args.force, &FILES), Folder::path)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.into()).build()?;
    pool.install(|| tune_into(&scan, args, folder, &making))
}

fn tune_into(
    scan: &Scan,
    args: &TuneArgs,
    folder: Folder,
    making: &Making,
) -> anyhow::Result<Done> {
    let bars = Bars::new(args.quiet);
    let reading =
        read::all(&args.inputs, &args.read.options(), &|progress| bars.reading(progress))?;
    bars.finish();
    list("skipped", &reading.skipped, "");
    if reading.articles.is_empty() {
        return Err(Error::NoArticles.into());
    }
    let text_bytes = reading.articles.iter().map(|article| article.text.len() as u64).sum();
    let all = reading.articles.len();
    let articles = match args.sample {
        Some(count) => tune::sample(reading.articles, count as usize),
        None => reading.articles,
    };
    // What is wrong with labels shows before anything takes long.
    let labels =
        args.labels.as_deref().map(|path| args.read_labels(path, &articles)).transpose()?;
    let evidence = scan.evidence(&articles, &|progress| bars.stage(progress))?;
    bars.finish();
    let sample = Sample { articles: all, text_bytes, peak_bytes: memory::peak_bytes() };
    let cost = args.sample.map(|_| Cost::predict(&evidence, sample));
    let report = report(scan, args, &articles, &evidence, labels.as_ref(), cost)?;
    report.write(scan.options(), &folder)?;
    if let Some(most) = args.review {
        let start = report.chosen.clone().unwrap_or_else(|| Setting::start(scan.options()));
        let known = labels.as_ref().map(|labels| &labels.gold);
        let pairs = tune::review(scan, &articles, &evidence, &start, known, most);
        if pairs.len() < most {
            eprintln!("note: there are {} pairs to ask about only", pairs.len());
        }
        Review { pairs }.write(&folder)?;
    }
    making.finish(|| folder.finish())?;
    if !args.quiet {
        let mut stdout = BufWriter::new(anstream::stdout());
        report.write_table(width(), &mut stdout)?;
        writeln!(stdout, "\nAll of it is in {}", args.out.display())?;
        stdout.flush()?;
    }
    Ok(if reading.skipped.is_empty() { Done::Whole } else { Done::WithSkips })
}

fn report(
    scan: &Scan,
    args: &TuneArgs,
    articles: &[Article],
    evidence: &Evidence,
    labels: Option<&Labels>,
    cost: Option<Cost>,
) -> Result<Report, Error> {
    let options: &Options = scan.options();
    let learned = labels
        .map(|labels| tune::learn(scan, articles, evidence, labels, &args.tuning()))
        .transpose()?;
    let (lesson, chosen, errors) = match learned {
        Some((lesson, chosen, errors)) => (Some(lesson), Some(chosen), errors),
        None => (None, None, Vec::new()),
    };
    Ok(Report {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        articles: articles.len() as u64,
        words: evidence.stories().iter().map(|story| story.words().len() as u64).sum(),
        lesson,
        chosen,
        background: Background::of(scan, evidence, options, args.seed),
        curve: Curve::of(evidence, options, args.seed),
        cost,
        errors,
    })
}

impl TuneArgs {
    fn tuning(&self) -> Tuning {
        Tuning {
            by: match self.by {
                By::Link => tune::By::Link,
                By::Join => tune::By::Join,
                By::Story => tune::By::Story,
                By::Near => tune::By::Near,
            },
            beta: self.beta,
            goal: self.goal,
            sweep: self.sweep.clone(),
            folds: self.folds.into(),
            holdout: self.holdout,
            seed: self.seed,
            errors: self.errors,
        }
    }

    /// Reads the labels and tells what is wrong with some of them.
    fn read_labels(&self, path: &Path, articles: &[Article]) -> Result<Labels, Error> {
        let options = LabelOptions {
            positive: self.positive.clone(),
            ignore: self.ignore.clone(),
            complete: self.complete,
        };
        let labels = Labels::read(path, articles, &options)?;
        for note in &labels.notes {
            eprintln!("note: {note}");
        }
        Ok(labels)
    }
}
