//! `copytaster report`: a run as one page for a browser.

use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use anstream::eprintln;
use clap::Args;
use copytaster::report::filed::{Filed, FiledSummary};
use copytaster::report::html::{LIMIT, Page};
use copytaster::report::{Draft, PAGE_FILE};
use copytaster::{Article, Error, read};

use crate::Done;
use crate::args::count;
use crate::folder::RunFolder;
use crate::making::Making;
use crate::progress::Bars;

/// Make one page of a run to read in a browser: offline, in one file
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster report copytaster-run
  copytaster report copytaster-run --out evidence.html
  copytaster report copytaster-run --input moved/stories.jsonl

A run holds no texts. They are read again from where the scan found them, or from --input, and
have to be what was scanned. The page asks nothing of the network; any browser of 2023 or later
will do.")]
pub(crate) struct ReportArgs {
    /// The folder of a run
    run: PathBuf,
    /// File for the page; by default report.html in the folder of the run
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Replace what is there
    #[arg(long)]
    force: bool,
    /// File or folder that holds the articles now, if they are no longer where the scan read them; may
    /// be given several times
    #[arg(long, value_name = "FILE")]
    input: Vec<PathBuf>,
    #[command(flatten)]
    limit: LimitArgs,
    /// Show nothing but errors
    #[arg(short, long)]
    quiet: bool,
}

/// How much a page holds.
#[derive(Debug, Args)]
pub(crate) struct LimitArgs {
    /// Articles that the page holds at most, those of the largest stories first; it says what it
    /// leaves out
    #[arg(long, value_name = "N", default_value_t = LIMIT as u64, value_parser = count)]
    limit: u64,
}

pub(crate) fn run(args: &ReportArgs) -> anyhow::Result<Done> {
    let filed = RunFolder::open(&args.run, "RUN")?.with_passages()?;
    let out = args.out.clone().unwrap_or_else(|| args.run.join(PAGE_FILE));
    let making = Making::default();
    making.stop_cleanly()?;
    let draft = making.start(|| Draft::beside(&out, args.force, &[]), Draft::path)?;
    let articles = articles(&filed, args)?;
    let page = args.limit.page(&filed, &articles)?;
    draft.file(|file| page.write(file).map_err(Error::io(&out)))?;
    making.finish(|| draft.finish())?;
    if !args.quiet {
        let mut stdout = BufWriter::new(anstream::stdout());
        writeln!(stdout, "{}", said(&page, &out))?;
        stdout.flush()?;
    }
    Ok(Done::Whole)
}

impl LimitArgs {
    pub(crate) fn page(&self, filed: &Filed, articles: &[Article]) -> Result<Page, Error> {
        Page::of(filed, articles, usize::try_from(self.limit).unwrap_or(usize::MAX))
    }
}

/// What there is to say about a page that was written.
pub(crate) fn said(page: &Page, out: &Path) -> String {
    let left_out = match page.left_out() {
        0 => String::new(),
        left_out => format!(", without {left_out} articles (--limit)"),
    };
    format!("The page is {}{left_out}", out.display())
}

/// The articles of a run, read again.
fn articles(filed: &Filed, args: &ReportArgs) -> anyhow::Result<Vec<Article>> {
    let summary: FiledSummary = filed.summary()?;
    let inputs = match (&args.input[..], &summary.named[..]) {
        ([], []) => summary.inputs.iter().map(|input| input.path.clone()).collect(),
        ([], named) => named.to_vec(),
        (given, _) => given.to_vec(),
    };
    let lost = |reason: String| Error::Option {
        option: args.run.display().to_string(),
        reason,
        hint: Some("--input FILE names where its articles are now".to_owned()),
    };
    if args.input.is_empty() {
        if inputs.iter().any(|input| input.as_os_str() == "-") {
            return Err(lost("its articles came from standard input".to_owned()).into());
        }
        if let Some(gone) = inputs.iter().find(|input| !input.exists()) {
            let reason = format!("its articles are no longer in {}", gone.display());
            return Err(lost(reason).into());
        }
    }
    let bars = Bars::new(args.quiet);
    let reading = read::all(&inputs, &summary.reading, &|progress| bars.reading(progress))?;
    bars.finish();
    for input in &summary.inputs {
        let now = reading.inputs.iter().find(|now| Path::new(&now.path) == input.path);
        if let Some(now) = now.filter(|now| now.bytes != input.bytes && !args.quiet) {
            let (path, was) = (&now.path, input.bytes);
            eprintln!("note: {path}: has {} bytes and had {was} when it was scanned", now.bytes);
        }
    }
    Ok(reading.articles)
}
