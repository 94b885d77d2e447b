//! `copytaster compare`: what two articles share, side by side.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use copytaster::report::side_by_side;
use copytaster::scan::Scan;
use copytaster::{Options, read};
use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::Done;
use crate::args::ReadArgs;
use crate::folder::RunFolder;
use crate::scan::{agencies, width};

/// Show what two articles share: two files, or two ids of a run
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster compare wire.txt paper.txt
  copytaster compare --run copytaster-run ferry/reuters ferry/coralcoast")]
pub(crate) struct CompareArgs {
    /// A file, or with --run the id of an article
    a: String,
    /// Another
    b: String,
    /// Show what this run found between the two ids
    #[arg(long, value_name = "FOLDER")]
    run: Option<PathBuf>,
    #[command(flatten)]
    read: ReadArgs,
}

pub(crate) fn run(args: &CompareArgs) -> anyhow::Result<Done> {
    let shared = match &args.run {
        Some(folder) => of_run(folder, &args.a, &args.b)?,
        None => of_files(args)?,
    };
    let mut out = BufWriter::new(anstream::stdout());
    if shared.is_empty() {
        writeln!(out, "{} and {} share no passage.", args.a, args.b)?;
    }
    for row in &shared {
        let Shared { kind, words, identity, bits, .. } = row;
        writeln!(
            out,
            "{kind}, {words} words, {:.0} % the same, {bits:.0} bits: characters {}-{} and {}-{}",
            identity * 100.0,
            row.a_start,
            row.a_end,
            row.b_start,
            row.b_end
        )?;
        side_by_side((&row.a, &row.a_text), (&row.b, &row.b_text), width(), &mut out)?;
        writeln!(out)?;
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// A line of `passages.jsonl`, as far as it is shown.
#[derive(Debug, Deserialize)]
struct Shared {
    a: String,
    b: String,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
    kind: String,
    identity: f64,
    words: u32,
    bits: f64,
    a_text: String,
    b_text: String,
}

impl Shared {
    /// The same seen from the other side.
    fn turned(self) -> Self {
        Self {
            a: self.b,
            b: self.a,
            a_start: self.b_start,
            a_end: self.b_end,
            b_start: self.a_start,
            b_end: self.a_end,
            a_text: self.b_text,
            b_text: self.a_text,
            ..self
        }
    }
}

fn of_run(folder: &Path, a: &str, b: &str) -> anyhow::Result<Vec<Shared>> {
    let folder = RunFolder::open(folder, "--run")?;
    for id in [a, b] {
        folder.article::<IgnoredAny>(id)?;
    }
    let mut shared = Vec::new();
    for row in folder.rows::<Shared>("passages.jsonl")? {
        let row = row?;
        if row.a == a && row.b == b {
            shared.push(row);
        } else if row.a == b && row.b == a {
            shared.push(row.turned());
        }
    }
    Ok(shared)
}

fn of_files(args: &CompareArgs) -> anyhow::Result<Vec<Shared>> {
    let options = args.read.options();
    let mut articles =
        [read::one(Path::new(&args.a), &options)?, read::one(Path::new(&args.b), &options)?];
    (articles[0].id, articles[1].id) = (args.a.clone(), args.b.clone());
    let agencies = agencies(args.read.agencies_file().map(PathBuf::as_path))?;
    let scan = Scan::new(Options::default(), agencies)?;
    let findings = scan.run(&articles, &|_| ())?;
    let point = |text: &str, byte: u32| text[..byte as usize].chars().count();
    let shared = findings.passages.iter().map(|passage| {
        let [a, b] = &articles;
        Shared {
            a: a.id.clone(),
            b: b.id.clone(),
            a_start: point(&a.text, passage.a_span.start),
            a_end: point(&a.text, passage.a_span.end),
            b_start: point(&b.text, passage.b_span.start),
            b_end: point(&b.text, passage.b_span.end),
            kind: format!("{:?}", passage.kind).to_lowercase(),
            identity: passage.identity(),
            words: passage.matches,
            bits: f64::from(passage.bits),
            a_text: a.text[passage.a_span].to_owned(),
            b_text: b.text[passage.b_span].to_owned(),
        }
    });
    Ok(shared.collect())
}
