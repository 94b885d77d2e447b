//! `copytaster scan`: articles in, a run folder and a report out.

use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use anstream::eprintln;
use anyhow::Context as _;
use bytesize::ByteSize;
use clap::{Args, ValueEnum};
use copytaster::agency::Agencies;
use copytaster::report::export::TableFormat;
use copytaster::report::filed::Filed;
use copytaster::report::html::Page;
use copytaster::report::{Counts, Folder, PAGE_FILE, Run, Summary, Terminal};
use copytaster::scan::Scan;
use copytaster::shelf::{Room, Text};
use copytaster::{Article, Error, Note, Options, Position, read};

use crate::args::ReadArgs;
use crate::making::Making;
use crate::progress::Bars;
use crate::report::{LimitArgs, said};
use crate::{Done, duplicates, heap, memory};

/// Scan articles: find shared passages, link and group articles, attribute them to agencies
#[derive(Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[command(after_help = "Examples:
  copytaster scan articles/
  copytaster scan 2025-04-*.jsonl.gz --out april --force
  zcat dump.csv.gz | copytaster scan - --map text=content --map outlet=paper
  copytaster scan news.jsonl --show 50
  copytaster scan news.jsonl --report     and a page to read in a browser
  copytaster scan crawl/*.jsonl.zst --level article --out duplicates")]
pub(crate) struct ScanArgs {
    /// Files, folders (with all below them) and - for standard input
    #[arg(required_unless_present = "print_config", value_name = "INPUT")]
    pub(crate) inputs: Vec<PathBuf>,
    /// What is compared: `passage`, or `article` for whole articles only, which finds duplicates and
    /// costs a fraction
    #[arg(long, value_enum, default_value_t = Level::Passage, hide_possible_values = true)]
    level: Level,
    /// Folder for the results; by default the first free of copytaster-run, copytaster-run-2, …
    #[arg(short, long, value_name = "FOLDER")]
    out: Option<PathBuf>,
    /// Replace the run that is in --out
    #[arg(long, requires = "out")]
    force: bool,
    /// TOML file with options, as --print-config prints them
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Print the options in force as TOML and stop
    #[arg(long)]
    print_config: bool,
    /// Least score of a passage beyond chance, in bits of information: lower finds more and errs more
    #[arg(long, value_name = "BITS", allow_negative_numbers = true, value_parser = bits)]
    min_bits: Option<f32>,
    #[command(flatten)]
    pub(crate) read: ReadArgs,
    /// Put a page about the run in its folder: report.html
    #[arg(long)]
    report: bool,
    #[command(flatten)]
    limit: LimitArgs,
    /// Put the tables in the folder as `parquet` too, beside those in JSON Lines
    #[arg(long, value_enum, value_name = "FORMAT", default_value = "jsonl")]
    #[arg(hide_default_value = true, hide_possible_values = true)]
    format: Format,
    /// Show the N most telling passages side by side; by default 3 for up to 100 articles, else none
    #[arg(long, value_name = "N")]
    show: Option<usize>,
    /// Memory to use, such as 512M or 8G: what goes beyond it waits in temporary files, and the scan takes
    /// longer; by default twice the length of the texts, at least 1G
    #[arg(long, value_name = "BYTES", value_parser = memory)]
    memory: Option<usize>,
    /// Folder for temporary files, to hold some five times the texts; by default the one that
    /// the results go to
    #[arg(long, value_name = "FOLDER")]
    tmp: Option<PathBuf>,
    /// Show nothing but errors and what was skipped
    #[arg(short, long)]
    pub(crate) quiet: bool,
    /// Threads to use; by default one a core
    #[arg(short = 'j', long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    #[arg(value_parser = clap::value_parser!(u16).range(..=1024))]
    threads: u16,
}

/// Where all notes are, if not all are shown.
const IN_THE_RUN: &str = ", all listed in run.json";

/// What tables are written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// JSON Lines, which every command reads
    Jsonl,
    /// Apache Parquet too
    Parquet,
}

/// What of articles is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Level {
    /// Every passage: stories, agencies, shares.
    Passage,
    /// Articles as a whole: duplicates and near duplicates.
    Article,
}

/// Corpora up to this size are listed article by article.
const SMALL: usize = 100;

pub(crate) fn run(args: &ScanArgs) -> anyhow::Result<Done> {
    let options = args.options()?;
    if args.print_config {
        let toml = toml::to_string_pretty(&options).context("options as TOML")?;
        anstream::stdout().write_all(toml.as_bytes())?;
        return Ok(Done::Whole);
    }
    let scan = Scan::new(options, agencies(args.read.agencies_file().map(PathBuf::as_path))?)?;
    if args.level == Level::Article && (args.report || args.format == Format::Parquet) {
        let option = if args.report { "--report" } else { "--format" };
        return Err(Error::Option {
            option: option.to_owned(),
            reason: "not where articles are compared as a whole".to_owned(),
            hint: Some("leave out --level article, or export the run afterwards".to_owned()),
        }
        .into());
    }
    let out = args.out.clone().unwrap_or_else(first_free);
    let making = Making::default();
    making.stop_cleanly()?;
    let folder = making.start(|| Folder::beside(&out, args.force), Folder::path)?;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(args.threads.into()).build()?;
    pool.install(|| match args.level {
        Level::Passage => scan_into(scan, args, &out, folder, &making),
        Level::Article => duplicates::scan_into(scan.options(), args, &out, folder, &making),
    })
}

fn scan_into(
    scan: Scan,
    args: &ScanArgs,
    out: &Path,
    folder: Folder,
    making: &Making,
) -> anyhow::Result<Done> {
    let bars = Bars::new(args.quiet);
    let room = args.room(out)?;
    let reading = args.put_away(&room, &bars)?;
    bars.finish();
    tell(&reading, args.quiet)?;
    room.allow(args.most_memory(&reading.articles));
    let scan = scan.within(room);
    let findings = scan.run(&reading.articles, &|progress| bars.stage(progress))?;
    bars.finish();
    let run = Run { articles: &reading.articles, findings: &findings, agencies: scan.agencies() };
    let summary = Summary {
        version: env!("CARGO_PKG_VERSION"),
        command: &std::env::args_os()
            .skip(1)
            .map(|argument| argument.to_string_lossy().into_owned())
            .collect::<Vec<_>>(),
        named: &args.inputs,
        options: scan.options(),
        reading: &args.read.options(),
        inputs: &reading.inputs,
        skipped: &reading.skipped,
        notes: &reading.notes,
        counts: Counts::of(&run),
        work: &findings.stats,
        seconds: findings.stats.seconds.clone(),
        peak_memory_bytes: memory::peak_bytes(),
    };
    folder.write(&run, &summary)?;
    let page = args.extras(&folder, &reading.articles)?;
    making.finish(|| folder.finish())?;
    if !args.quiet {
        args.tell_of_memory(summary.peak_memory_bytes);
        let small = reading.articles.len() <= SMALL;
        let terminal = Terminal {
            width: width(),
            articles: if small { SMALL } else { 0 },
            passages: args.show.unwrap_or(if small { 3 } else { 0 }),
        };
        let mut stdout = BufWriter::new(anstream::stdout());
        terminal.write(&run, &mut stdout)?;
        writeln!(stdout, "\nAll of it is in {}", out.display())?;
        if let Some(page) = page {
            writeln!(stdout, "{}", said(&page, &out.join(PAGE_FILE)))?;
        }
        stdout.flush()?;
    }
    let done = if reading.skipped.is_empty() { Done::Whole } else { Done::WithSkips };
    // To let go of a million small things takes seconds.
    rayon::join(|| drop(findings), || drop(reading));
    Ok(done)
}

impl ScanArgs {
    /// Where texts wait, and with a limit to memory all that is held.
    fn room(&self, out: &Path) -> Result<Room, Error> {
        let beside = out.parent().filter(|parent| !parent.as_os_str().is_empty());
        let tmp = self.tmp.as_deref().or(beside).unwrap_or(Path::new("."));
        let room = Room::new(self.memory.unwrap_or(usize::MAX), tmp, memory::bytes)?;
        if self.memory.is_some() {
            heap::move_into_file(&room);
        }
        Ok(room)
    }

    /// The same if memory has a limit, for where only with one there is something that waits.
    pub(crate) fn limited_room(&self, out: &Path) -> Result<Option<Room>, Error> {
        self.memory.map(|_| self.room(out)).transpose()
    }

    /// Reads the articles; their texts are put away as they come.
    fn put_away(&self, room: &Room, bars: &Bars) -> Result<read::Reading<()>, Error> {
        let failed = Mutex::new(None);
        let put_away = |articles: &mut [Article]| {
            let texts: Vec<&Text> = articles.iter().map(|article| &article.text).collect();
            match Text::all_kept(&texts, room) {
                Ok(texts) => articles.iter_mut().zip(texts).for_each(|(a, text)| a.text = text),
                Err(error) => {
                    *failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
                }
            }
            vec![(); articles.len()]
        };
        let progress = |progress| bars.reading(progress);
        let reading = read::each(&self.inputs, &self.read.options(), &progress, &put_away)?;
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(reading),
        }
    }

    /// Says so if more memory was in use than was asked for, and what helps.
    pub(crate) fn tell_of_memory(&self, peak: Option<u64>) {
        // At moments it takes a sixth more: how often it is looked at allows for that.
        let Some((asked, peak)) =
            self.memory.zip(peak).filter(|&(asked, peak)| peak / 7 * 6 > asked as u64)
        else {
            return;
        };
        let [peak, asked] = [peak, asked as u64].map(|bytes| ByteSize(bytes).display().si());
        eprintln!(
            "note: {peak} of memory were in use, with --memory {asked}: not all of it can wait in files"
        );
        eprintln!("hint: allow more, or scan month by month with some days of overlap");
    }

    /// Bytes of memory that may be in use while these articles are scanned.
    fn most_memory(&self, articles: &[Article]) -> usize {
        const LEAST: usize = 1_000_000_000;
        let texts = || articles.iter().map(|article| article.text.len()).sum::<usize>();
        self.memory.unwrap_or_else(|| LEAST.max(2 * texts()))
    }

    /// Writes what was asked for beyond the tables, into the folder that they stand in.
    fn extras(&self, folder: &Folder, articles: &[Article]) -> anyhow::Result<Option<Page>> {
        let Some(filed) = Filed::open(&folder.run()) else { return Ok(None) };
        if self.format == Format::Parquet {
            TableFormat::Parquet.write(&filed, filed.folder())?;
        }
        if !self.report {
            return Ok(None);
        }
        let page = self.limit.page(&filed, articles)?;
        let path = filed.folder().join(PAGE_FILE);
        let mut file = BufWriter::new(std::fs::File::create(&path).map_err(Error::io(&path))?);
        page.write(&mut file).and_then(|()| file.flush()).map_err(Error::io(&path))?;
        Ok(Some(page))
    }

    fn options(&self) -> anyhow::Result<Options> {
        let mut options = match &self.config {
            Some(path) => config(path)?,
            None => Options::default(),
        };
        if let Some(bits) = self.min_bits {
            options.judge.min_bits = bits;
        }
        Ok(options)
    }
}

fn memory(text: &str) -> Result<usize, String> {
    let bytes: ByteSize = text.parse().map_err(|_| "it takes a size such as 512M or 8G")?;
    usize::try_from(bytes.as_u64()).map_err(|error| error.to_string())
}

fn bits(text: &str) -> Result<f32, String> {
    let bits = text.parse().map_err(|_| "it takes a number".to_owned())?;
    if (0.0..=f32::MAX).contains(&bits) {
        Ok(bits)
    } else {
        Err("it takes 0 bits or more".to_owned())
    }
}

/// The options in a TOML file; what is unknown in it is an error.
pub(crate) fn config(path: &Path) -> Result<Options, Error> {
    let toml = std::fs::read_to_string(path).map_err(Error::io(path))?;
    toml::from_str(&toml).map_err(|error| {
        let line = error.span().map_or(1, |span| 1 + toml[..span.start].matches('\n').count());
        Error::Malformed {
            at: Position::file(path).line(line as u64),
            reason: error.message().to_owned(),
            hint: Some("copytaster scan --print-config prints every option".to_owned()),
        }
    })
}

/// The shipped agencies with those of a file.
pub(crate) fn agencies(file: Option<&Path>) -> Result<Agencies, Error> {
    let shipped = Agencies::shipped();
    match file {
        Some(path) => {
            let toml = std::fs::read_to_string(path).map_err(Error::io(path))?;
            shipped.extended(&toml, &Position::file(path))
        }
        None => Ok(shipped),
    }
}

/// Columns of the terminal, or a page's worth where there is none.
pub(crate) fn width() -> usize {
    let terminal = console::Term::stdout();
    let columns = if terminal.is_term() { usize::from(terminal.size().1) } else { 100 };
    columns.clamp(40, 160)
}

fn first_free() -> PathBuf {
    let numbered = (2..).map(|number| format!("copytaster-run-{number}"));
    std::iter::once("copytaster-run".to_owned())
        .chain(numbered)
        .map(PathBuf::from)
        .find(|path| !path.exists())
        .expect("numbers do not end before folders do")
}

/// Lists what was left out and what is to be said of the rest; without any article there is nothing to scan.
pub(crate) fn tell<K>(reading: &read::Reading<K>, quiet: bool) -> Result<(), Error> {
    list("skipped", &reading.skipped, IN_THE_RUN);
    if !quiet {
        list("note", &reading.notes, IN_THE_RUN);
    }
    if reading.articles.is_empty() { Err(Error::NoArticles) } else { Ok(()) }
}

/// Lists notes on standard error, the first of them; `elsewhere` says where the others are.
pub(crate) fn list(kind: &str, notes: &[Note], elsewhere: &str) {
    const LISTED: usize = 20;
    for note in notes.iter().take(LISTED) {
        eprintln!("{kind}: {note}");
    }
    if notes.len() > LISTED {
        eprintln!("{kind}: {} more{elsewhere}", notes.len() - LISTED);
    }
}
