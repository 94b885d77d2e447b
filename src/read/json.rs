//! Records in JSON: one object a line, or a document that is an array of objects.

use std::io::Read;
use std::ops::Range;
use std::str;

use memchr::memchr_iter;
use rayon::prelude::*;
use serde::de::IgnoredAny;

use super::batch::{Batch, Context};
use super::block::{Block, Blocks, Spare};
use super::decode::{Charset, Coding};
use super::open::Source;
use super::{in_order, value};

/// Bytes that are parsed at once: handing 4 MB over costs nothing, every thread can hold some, and
/// allocators keep them for the next; 32 MB took a fifth more CPU in page faults (400 MB of news).
pub(super) const BLOCK: usize = 4 << 20;

/// Reads one object a line, about `block` bytes of lines at a time on each thread.
pub(super) fn lines<K: Send>(
    source: Source<'_>,
    context: Context<'_, K>,
    block: usize,
) -> Batch<K> {
    let is_whole = |line: &[u8]| serde_json::from_slice::<IgnoredAny>(line).is_ok();
    let spare = Spare::default();
    let mut blocks = Blocks::new(source, block, is_whole, &spare);
    let batch = |block: &Block<'_>| records(&block.numbered(), block.records, context);
    let in_all = |first: &Block<'_>, articles: usize| {
        // What follows is like it, more or less; room that is not used costs nothing.
        let articles = articles as u64 * context.file.bytes.unwrap_or(0);
        (articles / first.bytes() as u64 / 4 * 5) as usize
    };
    let mut whole = in_order::joined(context.file, &mut blocks, batch, in_all);
    if let Some(fault) = blocks.fault {
        let at = context.file.at.line(blocks.line);
        whole.skip(at, format!("cut off or damaged from here on: {fault}"));
    }
    whole
}

/// Reads a document: an array of objects, or objects one after the other.
pub(super) fn document<K: Send>(mut source: Source<'_>, context: Context<'_, K>) -> Batch<K> {
    let mut bytes = Vec::new();
    let fault = source.read_to_end(&mut bytes).err();
    let mut charset = Charset::new();
    charset.feed(&bytes);
    let coding = charset.coding(&bytes);
    let Some(text) = coding.text(&bytes) else {
        let mut batch = Batch::new(context.file);
        batch.skip(context.file.at.clone(), "not valid UTF-8");
        return batch;
    };

    let Parts { values, broken } = split(&text);
    let batches: Vec<_> = values
        .par_chunks(1024)
        .map(|values| {
            let values =
                values.iter().map(|(line, range)| (*line, &text.as_bytes()[range.clone()]));
            records(&values, values.clone().count(), context)
        })
        .collect();
    let mut whole = Batch::joined(batches, context.file);
    if coding == Coding::BrokenUtf8 {
        whole.mended(context.file.at.clone());
    }
    match (fault, broken) {
        (Some(fault), broken) => {
            let line = broken.map_or_else(|| line_of(&text, text.len()), |(line, _)| line);
            let reason = format!("cut off or damaged from here on: {fault}");
            whole.skip(context.file.at.line(line), reason);
        }
        (None, Some((line, reason))) => whole.skip(context.file.at.line(line), reason),
        (None, None) => {}
    }
    whole
}

/// The values of a document with their lines, and where and why it stops making sense.
struct Parts {
    values: Vec<(u64, Range<usize>)>,
    broken: Option<(u64, String)>,
}

fn split(text: &str) -> Parts {
    let between = |c: char| c.is_ascii_whitespace() || matches!(c, ',' | '[' | ']');
    let mut values = Vec::new();
    let (mut line, mut counted) = (1, 0);
    let mut end = 0;
    loop {
        let rest = text[end..].trim_start_matches(between);
        let start = text.len() - rest.len();
        line += memchr_iter(b'\n', &text.as_bytes()[counted..start]).count() as u64;
        counted = start;
        if rest.is_empty() {
            let is_open = text.trim_start().starts_with('[') && !text.trim_end().ends_with(']');
            let broken = (line, "not valid JSON: the array is not closed".to_owned());
            return Parts { values, broken: is_open.then_some(broken) };
        }
        let mut stream = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        if let Some(Err(error)) = stream.next() {
            let reason = format!("{}; nothing is read from here on", not_json(&error, line));
            return Parts { values, broken: Some((line, reason)) };
        }
        end = start + stream.byte_offset();
        values.push((line, start..end));
    }
}

fn line_of(text: &str, end: usize) -> u64 {
    1 + memchr_iter(b'\n', &text.as_bytes()[..end]).count() as u64
}

/// Reads one object from each of the stretches, some `count`, which come with the lines they start in.
fn records<'b, K>(
    values: &(impl Iterator<Item = (u64, &'b [u8])> + Clone),
    count: usize,
    context: Context<'_, K>,
) -> Batch<K> {
    let mut batch = Batch::with_room(context.file, count);
    let mut charset = None;
    for (line, value) in values.clone() {
        let value = value.trim_ascii();
        if value.is_empty() {
            continue;
        }
        let at = context.file.at.line(line);
        if let Ok(text) = str::from_utf8(value) {
            match value::record(text, context.names) {
                Ok(record) => batch.take(record, at, context, || value::names(text)),
                Err(error) => batch.skip(at, reason(text, &error, line)),
            }
            continue;
        }
        let charset = charset.get_or_insert_with(|| {
            let mut charset = Charset::new();
            values.clone().for_each(|(_, value)| charset.feed(value));
            charset
        });
        let coding = charset.coding(value);
        let text = coding.text(value);
        match text.as_deref().map(|text| (text, value::record(text, context.names))) {
            Some((text, Ok(record))) => {
                if coding == Coding::BrokenUtf8 {
                    batch.mended(at.clone());
                }
                batch.take(record, at, context, || value::names(text));
            }
            _ => batch.skip(at, "not valid UTF-8"),
        }
    }
    batch.keep(context.keep);
    batch
}

/// Why a line is no record.
fn reason(text: &str, error: &serde_json::Error, line: u64) -> String {
    if !text.starts_with('{') && serde_json::from_str::<IgnoredAny>(text).is_ok() {
        return "not a JSON object".to_owned();
    }
    not_json(error, line)
}

/// An error with its place in the file; a value on one line needs only the column.
fn not_json(error: &serde_json::Error, first: u64) -> String {
    let what = error.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    let column = error.column();
    match error.line() {
        0 | 1 => format!("not valid JSON: {what} at column {column}"),
        line => {
            let line = first + line as u64 - 1;
            format!("not valid JSON: {what} at line {line} column {column}")
        }
    }
}
