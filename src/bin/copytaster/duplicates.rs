//! `copytaster scan --level article`: articles compared as a whole, and no passages.

use std::io::Write;
use std::mem::ManuallyDrop;
use std::path::Path;
use std::time::Instant;

use copytaster::duplicates::{Proof, duplicates};
use copytaster::report::{DuplicatesCounts, DuplicatesRun, Folder};
use copytaster::{Article, Note, Options, Published, duplicates, read};
use serde::Serialize;

use crate::making::Making;
use crate::progress::Bars;
use crate::scan::{ScanArgs, tell};
use crate::{Done, memory};

/// The contents of `run.json`.
#[derive(Serialize)]
struct Summary<'a> {
    version: &'static str,
    level: &'static str,
    options: &'a Options,
    reading: &'a read::Options,
    inputs: &'a [read::Input],
    skipped: &'a [Note],
    notes: &'a [Note],
    counts: DuplicatesCounts,
    work: &'a duplicates::Stats,
    seconds: [(&'static str, f64); 2],
    peak_memory_bytes: Option<u64>,
}

pub(crate) fn scan_into(
    options: &Options,
    args: &ScanArgs,
    out: &Path,
    folder: Folder,
    making: &Making,
) -> anyhow::Result<Done> {
    let _room = args.limited_room(out)?;
    let bars = Bars::new(args.quiet);
    let start = Instant::now();
    let proof = |article: &mut Article| {
        // Nothing is told of these.
        (article.byline, article.url) = (None, None);
        Proof::of(&std::mem::take(&mut article.text))
    };
    let reading = read::each(
        &args.inputs,
        &args.read.options(),
        &|progress| bars.reading(progress),
        &|articles| articles.iter_mut().map(proof).collect(),
    )?;
    bars.finish();
    tell(&reading, args.quiet)?;
    let read = start.elapsed().as_secs_f64();
    // The process ends soon after: to give back what millions of articles hold, one by one, takes longer.
    let reading = ManuallyDrop::new(reading);
    let earliest = |at: Published| at.earliest_s().wrapping_sub(i64::MIN) as u64;
    let rank: Vec<u64> = reading
        .articles
        .iter()
        .map(|article| article.published.map_or(u64::MAX, earliest))
        .collect();
    let found = duplicates(&reading.kept, &rank, &options.duplicates);
    let run = DuplicatesRun { articles: &reading.articles, proofs: &reading.kept, found: &found };
    let counts = run.counts();
    let summary = Summary {
        version: env!("CARGO_PKG_VERSION"),
        level: "article",
        options,
        reading: &args.read.options(),
        inputs: &reading.inputs,
        skipped: &reading.skipped,
        notes: &reading.notes,
        counts,
        work: &found.stats,
        seconds: [("read-and-sketch", read), ("compare", start.elapsed().as_secs_f64() - read)],
        peak_memory_bytes: memory::peak_bytes(),
    };
    folder.write_duplicates(&run, &summary)?;
    making.finish(|| folder.finish())?;
    if !args.quiet {
        args.tell_of_memory(summary.peak_memory_bytes);
        let DuplicatesCounts { articles, near_duplicates, clusters, in_clusters, .. } = counts;
        let least = options.duplicates.resemblance;
        let mut stdout = anstream::stdout();
        writeln!(stdout, "{articles} articles, compared as a whole")?;
        writeln!(
            stdout,
            "{in_clusters} of them in {clusters} groups of resemblance {least} or more"
        )?;
        writeln!(stdout, "{near_duplicates} nearly equal the first of their group")?;
        writeln!(stdout, "\nAll of it is in {}", out.display())?;
    }
    Ok(if reading.skipped.is_empty() { Done::Whole } else { Done::WithSkips })
}
