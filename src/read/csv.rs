//! Records in a table: comma-, semicolon- or tab-separated values under a header.

use std::borrow::Cow;
use std::str;

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use memchr::memchr_iter;

use super::batch::{Batch, Context};
use super::decode::{Charset, Coding};
use super::fields::{self, Names, Record, Slot};
use super::format::Format;
use super::open::Source;

/// Reads a table; rows without as many fields as the header are left out.
pub(super) fn read<K>(source: Source<'_>, context: Context<'_, K>, format: Format) -> Batch<K> {
    let mut batch = Batch::new(context.file);
    let delimiter = if format == Format::Tsv { b'\t' } else { delimiter(source.head()) };
    let lines = Lines::of(source.head());
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .has_headers(false)
        .buffer_capacity(256 << 10)
        .from_reader(source);
    let mut charset = Charset::new();
    let mut header: Option<Header<'_>> = None;
    let mut row = ByteRecord::new();
    loop {
        match reader.read_byte_record(&mut row) {
            Ok(true) => {}
            Ok(false) => return batch,
            Err(error) => {
                let reason = match error.kind() {
                    ErrorKind::Io(fault) => fault.to_string(),
                    _ => error.to_string(),
                };
                let at = context.file.at.line(reader.position().line());
                batch.skip(at, format!("cut off or damaged from here on: {reason}"));
                return batch;
            }
        }
        let at = context.file.at.line(lines.first(&row, reader.position().line()));
        charset.feed(row.as_slice());
        let coding = charset.coding(row.as_slice());
        let Some(values) = row.iter().map(|value| coding.text(value)).collect::<Option<Vec<_>>>()
        else {
            batch.skip(at, "not valid UTF-8");
            continue;
        };
        let Some(header) = &header else {
            let new = Header::new(&values, context.names);
            if !new.has_text() {
                batch.skip(at, fields::missing(context.names, &new.names));
                return batch;
            }
            header = Some(new);
            continue;
        };
        if values.len() != header.names.len() {
            let wanted = header.names.len();
            batch.skip(at, format!("{} fields, but the header has {wanted}", values.len()));
            continue;
        }
        if coding == Coding::BrokenUtf8 {
            batch.mended(at.clone());
        }
        let mut record = Record::default();
        for (slots, value) in header.slots.iter().zip(values) {
            record.offer(slots, value);
        }
        batch.take(record, at, context, || header.names.clone());
    }
}

struct Header<'n> {
    names: Vec<String>,
    slots: Vec<&'n [Slot]>,
}

impl<'n> Header<'n> {
    fn new(columns: &[Cow<'_, str>], known: &'n Names) -> Self {
        let names: Vec<_> = columns.iter().map(|name| name.trim().to_owned()).collect();
        let slots = names.iter().map(|name| known.slots(name)).collect();
        Self { names, slots }
    }

    fn has_text(&self) -> bool {
        self.slots.iter().any(|slots| fields::hold_text(slots))
    }
}

/// What separates the names in the first line: spreadsheets write semicolons in half of Europe.
fn delimiter(head: &[u8]) -> u8 {
    let mut in_quotes = false;
    let mut counts = [(0, b'\t'), (0, b';'), (0, b',')];
    for &byte in head.split(|&b| b == b'\n').next().unwrap_or_default() {
        in_quotes ^= byte == b'"';
        if let Some((count, _)) = counts.iter_mut().find(|(_, d)| *d == byte && !in_quotes) {
            *count += 1;
        }
    }
    // Of equals the last counts: the comma.
    counts.into_iter().max_by_key(|(count, _)| *count).map_or(b',', |(_, delimiter)| delimiter)
}

/// How the lines of a table end. The parser gives the line it has come to; after a row that is the
/// next, but in front of the second byte of CR LF still the same.
#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Lf,
    CrLf,
}

impl Lines {
    fn of(head: &[u8]) -> Self {
        let first = head.split_inclusive(|&b| b == b'\n').next().unwrap_or_default();
        if first.ends_with(b"\r\n") { Self::CrLf } else { Self::Lf }
    }

    /// The line a row starts in, if the parser stands at line `end` behind it.
    fn first(self, row: &ByteRecord, end: u64) -> u64 {
        let inside = memchr_iter(b'\n', row.as_slice()).count() as u64;
        let before = inside + u64::from(self == Self::Lf);
        // The last line may have no end. Blank lines before the row keep its position too low.
        row.position().map_or(1, csv::Position::line).max(end.saturating_sub(before))
    }
}
