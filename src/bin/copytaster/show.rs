//! `copytaster show`: one article as a stage of the scan sees it.

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use clap::{Args, ValueEnum};
use copytaster::clean::{Boilerplate, Cleaner};
use copytaster::read;
use copytaster::sketch::{PassageOptions, Sketch, passage};
use copytaster::span::{CodePoints, Span, WordRange};
use copytaster::words::{Background, Words, sentences};
use serde::Serialize;

use crate::Done;
use crate::args::ReadArgs;
use crate::scan::agencies;

/// Show one article as a stage of the scan sees it
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster show story.txt
  copytaster show story.txt --stage sketch")]
pub(crate) struct ShowArgs {
    /// A file; of several records the first
    article: PathBuf,
    /// The stage
    #[arg(long, value_enum, default_value_t = Stage::Zones)]
    stage: Stage,
    #[command(flatten)]
    read: ReadArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Stage {
    /// What is not the story, and the agencies it names; places are in characters, as in a run
    Zones,
    /// The words of the story with their hashes, a sentence a line
    Words,
    /// The shingles kept of every sentence
    Shingles,
    /// The MinHash values of the article
    Sketch,
}

pub(crate) fn run(args: &ShowArgs) -> anyhow::Result<Done> {
    let article = read::one(&args.article, &args.read.options())?;
    let agencies = agencies(args.read.agencies_file().map(PathBuf::as_path))?;
    let zones = Cleaner::new(&agencies).clean(&article, &Boilerplate::none());
    let text = &article.text;
    let words = Words::of(text, &zones.story(text));
    let sentences = sentences(text, &words.spans);
    let word = |at: usize| &text[words.spans[at]];
    let printed = |range: WordRange| range.range().map(word).collect::<Vec<_>>().join(" ");
    let mut out = BufWriter::new(anstream::stdout());
    match args.stage {
        Stage::Zones => {
            let place = |span: Span| {
                let mut points = CodePoints::new(text);
                format!("{}-{}", points.at(span.start), points.at(span.end))
            };
            for mark in &zones.marks {
                let (rule, at) = (name(mark.rule)?, place(mark.span));
                writeln!(out, "{rule} {at}: {:?}", &text[mark.span])?;
            }
            for evidence in &zones.evidence {
                let names: Vec<&str> =
                    evidence.agencies.iter().map(|&agency| agencies.name(agency)).collect();
                let (kind, names) = (name(evidence.kind)?, names.join("/"));
                writeln!(out, "{kind} names {names}: {:?}", evidence.text)?;
            }
            for span in zones.story(text) {
                writeln!(out, "story {}", place(span))?;
            }
        }
        Stage::Words => {
            for &sentence in &sentences {
                let hashed = sentence
                    .range()
                    .map(|at| format!("{}:{:08x}", word(at), words.hashes[at]))
                    .collect::<Vec<_>>();
                writeln!(out, "{}", hashed.join(" "))?;
            }
        }
        Stage::Shingles => {
            let options = PassageOptions::default();
            for shingle in passage(&words.hashes, &sentences, &Background::shipped(), &options) {
                let start = shingle.word as usize;
                let range = WordRange::new(start, start + options.shingle);
                writeln!(out, "{:016x} word {start}: {}", shingle.key, printed(range))?;
            }
        }
        Stage::Sketch => {
            for value in Sketch::of_words(&words.hashes).0 {
                writeln!(out, "{value:08x}")?;
            }
        }
    }
    out.flush()?;
    Ok(Done::Whole)
}

/// What the files of a run call it.
fn name(of: impl Serialize) -> anyhow::Result<String> {
    Ok(serde_json::to_string(&of)?.trim_matches('"').to_owned())
}
