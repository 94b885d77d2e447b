//! `copytaster compare`: what two articles share, side by side.

use std::fs::File;
use std::io::{BufRead as _, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::Args;
use copytaster::report::{RUN_FILE, side_by_side};
use copytaster::scan::Scan;
use copytaster::{Error, Options, read};
use serde::Deserialize;

use crate::Done;
use crate::args::ReadArgs;
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
    if !folder.join(RUN_FILE).is_file() {
        return Err(Error::Option {
            option: "--run".to_owned(),
            reason: format!("{} is not a run", folder.display()),
            hint: Some("copytaster scan writes one".to_owned()),
        }
        .into());
    }
    for id in [a, b] {
        let known = rows::<Id>(&folder.join("articles.jsonl"))?;
        if !known.into_iter().any(|row| row.id == id) {
            return Err(Error::Option {
                option: id.to_owned(),
                reason: "no article of the run has this id".to_owned(),
                hint: Some("articles.jsonl lists the ids".to_owned()),
            }
            .into());
        }
    }
    let rows = rows::<Shared>(&folder.join("passages.jsonl"))?;
    let wanted = rows.into_iter().filter_map(|row| {
        if row.a == a && row.b == b {
            Some(row)
        } else if row.a == b && row.b == a {
            Some(row.turned())
        } else {
            None
        }
    });
    Ok(wanted.collect())
}

#[derive(Debug, Deserialize)]
struct Id {
    id: String,
}

fn rows<Row: for<'de> Deserialize<'de>>(path: &Path) -> anyhow::Result<Vec<Row>> {
    let file = File::open(path).map_err(Error::io(path))?;
    BufReader::new(file)
        .lines()
        .enumerate()
        .map(|(number, line)| {
            let line = line.map_err(Error::io(path))?;
            serde_json::from_str(&line)
                .with_context(|| format!("{}:{}", path.display(), number + 1))
        })
        .collect()
}

fn of_files(args: &CompareArgs) -> anyhow::Result<Vec<Shared>> {
    let options = args.read.options();
    let mut articles =
        [read::one(Path::new(&args.a), &options)?, read::one(Path::new(&args.b), &options)?];
    (articles[0].id, articles[1].id) = (args.a.clone(), args.b.clone());
    let agencies = agencies(args.read.agencies_file().map(PathBuf::as_path))?;
    let scan = Scan::new(Options::default(), agencies)?;
    let findings = scan.run(&articles, &|_| ());
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
