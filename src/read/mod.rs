//! Reads articles from files, folders and standard input, whatever they are stored as.
//!
//! A file holds one article as plain text or many as records (JSON, CSV, Parquet), plain or
//! compressed. What is wrong with one record never stops the others: it is listed with its place and
//! the reason.

mod batch;
mod block;
mod csv;
mod date;
mod decode;
mod fields;
mod files;
mod format;
mod ids;
mod in_order;
mod json;
mod open;
#[cfg_attr(not(feature = "parquet"), path = "no_parquet.rs")]
mod parquet;
#[cfg(test)]
mod tests;
mod text;
mod value;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use self::batch::{Batch, Context, Keep, Taken};
use self::fields::Names;
use self::files::{File, Found, Origin};
use self::open::Meter;
use crate::article::Article;
use crate::error::{Error, Note, Position, Result};

pub use self::fields::Field;
pub use self::format::Format;

/// How to read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What the user's records call a field, where it is none of the usual names.
    pub map: BTreeMap<Field, String>,
}

/// What was read.
#[derive(Debug)]
pub struct Reading<K = ()> {
    /// In the order of their ids, which are unique.
    pub articles: Vec<Article>,
    /// What was kept beside each of them.
    pub kept: Vec<K>,
    /// The files articles were looked for in, in the order of their paths; not those without text.
    pub inputs: Vec<Input>,
    /// What was left out, in the order of its place.
    pub skipped: Vec<Note>,
    /// What is to be told of articles that were taken, and of folders passed over, in that order.
    pub notes: Vec<Note>,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Input {
    /// The file as the user named it, or a path below the folder that was named; `-` is stdin.
    pub path: String,
    /// What it is, once decompressed.
    pub format: Format,
    /// Its length as stored, that is, compressed if it is so.
    pub bytes: u64,
    /// Articles taken from it.
    pub records: u64,
    /// Records left out.
    pub skipped: u64,
}

/// How far reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Bytes read so far, as stored.
    pub bytes_read: u64,
    /// Bytes there are, if that is known: not for a stream.
    pub bytes_total: Option<u64>,
}

/// Reads every article of `inputs`: files, folders with all that is below them, and `-` for stdin.
///
/// Hidden files in folders are passed over, and a file that is reached twice is read once. The
/// result does not depend on the order of `inputs`.
pub fn all(
    inputs: &[PathBuf],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
) -> Result<Reading> {
    each(inputs, options, progress, &nothing)
}

/// The same, and keeps of every article what `keep` makes of it soon after it is read, a few at a time; what that
/// takes away from the articles, their texts above all, need not be held in memory for all of them.
pub fn each<K: Send>(
    inputs: &[PathBuf],
    options: &Options,
    progress: &(dyn Fn(Progress) + Sync),
    keep: &(dyn Fn(&mut [Article]) -> Vec<K> + Sync),
) -> Result<Reading<K>> {
    let names = Names::new(options)?;
    let Found { files, mut skipped, mut notes } = files::find(inputs)?;
    let meter = Meter::new(&files, progress);
    let read: Vec<_> = files.par_iter().map(|file| one_file(file, &names, keep, &meter)).collect();

    let mut taken = Taken::with_room(0);
    let mut inputs = Vec::new();
    for read in read {
        let (format, bytes, mut batch) = read?;
        if let Some(format) = format {
            let (records, skipped) = (batch.taken.len() as u64, batch.skipped.len() as u64);
            let path = batch.file.to_string();
            inputs.push(Input { path, format, bytes, records, skipped });
        }
        notes.extend(batch.notes());
        skipped.append(&mut batch.skipped);
        taken.append(batch.taken);
    }
    inputs.sort_unstable_by(|a, b| a.path.cmp(&b.path));

    let settled = ids::settle(taken);
    for again in &settled.left_out {
        let input = inputs.binary_search_by(|input| input.path.as_str().cmp(&again.at.file));
        let input = &mut inputs[input.expect("every article comes from one of the inputs")];
        input.records -= 1;
        input.skipped += 1;
    }
    skipped.extend(settled.left_out);
    notes.extend(settled.renamed);
    skipped.sort_unstable();
    notes.sort_unstable();
    meter.finish();
    let Taken { articles, kept, .. } = settled.taken;
    Ok(Reading { articles, kept, inputs, skipped, notes })
}

/// Reads the first article of a file.
pub fn one(path: &Path, options: &Options) -> Result<Article> {
    let names = Names::new(options)?;
    let Found { files, skipped: mut reasons, .. } = files::find(&[path.to_owned()])?;
    let meter = Meter::new(&files, &|_| ());
    for file in &files {
        let (_, _, mut batch) = one_file(file, &names, &nothing, &meter)?;
        if batch.taken.len() > 0 {
            return Ok(batch.taken.articles.swap_remove(0));
        }
        reasons.append(&mut batch.skipped);
    }
    let first = reasons.into_iter().min();
    let (at, reason) = first.map_or_else(
        || (Position::file(path), "holds no article".to_owned()),
        |first| (first.at, first.reason),
    );
    Err(Error::Malformed { at, reason, hint: None })
}

/// Keeps nothing beside the articles.
fn nothing(articles: &mut [Article]) -> Vec<()> {
    vec![(); articles.len()]
}

/// What a file is (if text at all), its stored length, and what it gives.
fn one_file<K: Send>(
    file: &File,
    names: &Names,
    keep: Keep<'_, K>,
    meter: &Meter<'_>,
) -> Result<(Option<Format>, u64, Batch<K>)> {
    let context = Context { file, names, keep };
    let tap = meter.file();
    let refuse = |reason: String| {
        tap.finish(file.bytes);
        let mut batch = Batch::new(file);
        batch.skip(file.at.clone(), reason);
        Ok((None, 0, batch))
    };
    let mut source = match open::open(file, &tap) {
        Ok(source) => source,
        Err(error) if file.origin == Origin::Named => return Err(Error::io(&file.path)(error)),
        Err(error) => return refuse(format!("cannot be opened: {error}")),
    };
    if let Some(fault) = source.fault_at_start() {
        return refuse(format!("cut off or damaged: {fault}"));
    }
    let format = match format::detect(&file.path, source.head()) {
        Ok(format) => format,
        Err(reason) => return refuse(reason),
    };
    let batch = match format {
        Format::Text => text::read(source, context),
        Format::Jsonl => Ok(json::lines(source, context, json::BLOCK)),
        Format::Json => Ok(json::document(source, context)),
        Format::Csv | Format::Tsv => Ok(csv::read(source, context, format)),
        Format::Parquet => parquet::read(source, context, &tap),
    };
    match batch {
        Ok(mut batch) => {
            batch.keep(keep);
            Ok((Some(format), tap.finish(file.bytes), batch))
        }
        Err(reason) => refuse(reason),
    }
}
