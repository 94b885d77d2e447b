//! Records in an Apache Parquet table: of its columns those that have a use, some rows at a time.
//!
//! A row group that is damaged takes none of the others with it, since each stands for itself.

mod cell;
mod schema;

use std::fmt::Display;
use std::fs;
use std::io::{self, Read};
use std::iter;
use std::panic::{self, AssertUnwindSafe};

use arrow_array::RecordBatch;
use bytes::Bytes;
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ArrowReaderMetadata, ArrowReaderOptions, ParquetRecordBatchReader,
    ParquetRecordBatchReaderBuilder,
};
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, ParquetStatisticsPolicy};
use parquet::file::reader::ChunkReader;
use rayon::prelude::*;

use super::batch::{Batch, Context};
use super::fields::{self, Names, Record, Slot};
use super::files::File;
use super::in_order;
use super::open::{Source, Tap};

/// Bytes of text that are decoded at once, as of JSON; a longer row is a stretch of its own.
const STRETCH: u64 = 4 << 20;

/// Rows that are decoded at once, however short.
const ROWS: u64 = 4096;

/// Reads a table row group by row group, or says why it is none; `line` of a place is the row.
pub(super) fn read<K: Send>(
    mut source: Source<'_>,
    context: Context<'_, K>,
    tap: &Tap<'_>,
) -> Result<Batch<K>, String> {
    if is_plain(context.file) {
        // Every row group has a handle of its own: what shares one shares its place in the file.
        return rows(&|| fs::File::open(&context.file.path), context, tap);
    }
    let mut whole = Vec::new();
    source.read_to_end(&mut whole).map_err(damaged)?;
    let whole = Bytes::from(whole);
    rows(&|| Ok(whole.clone()), context, tap)
}

/// Whether a file can be read from any place; one that is compressed or a pipe has to be held whole.
fn is_plain(file: &File) -> bool {
    let mut start = [0; 4];
    let mut read = || fs::File::open(&file.path)?.read_exact(&mut start);
    file.bytes.is_some() && read().is_ok() && start == *b"PAR1"
}

fn damaged(fault: impl Display) -> String {
    format!("cut off or damaged: {}", told(fault))
}

/// What went wrong, without the names of the crates it went through.
fn told(fault: impl Display) -> String {
    let fault = fault.to_string();
    let crates = ["Parquet argument error: ", "External: ", "Parquet error: ", "EOF: "];
    crates.iter().fold(&*fault, |fault, name| fault.strip_prefix(name).unwrap_or(fault)).to_owned()
}

/// What a step of decoding gives. Where it should fail the crate may panic instead: bits flipped in small
/// files met nine such places, about once in a thousand. What panicked is used no more.
fn guarded<T, E: Display>(step: impl FnOnce() -> Result<T, E>) -> Result<T, String> {
    match panic::catch_unwind(AssertUnwindSafe(step)) {
        Ok(done) => done.map_err(told),
        Err(_) => Err("no sense can be made of it".to_owned()),
    }
}

fn rows<K: Send, R: ChunkReader + 'static>(
    open: &(dyn Fn() -> io::Result<R> + Sync),
    context: Context<'_, K>,
    tap: &Tap<'_>,
) -> Result<Batch<K>, String> {
    let input = open().map_err(damaged)?;
    let table = guarded(|| Table::of(&input, context.names)).map_err(damaged)?;
    if !table.slots.iter().any(|slots| fields::hold_text(slots)) {
        let mut batch = Batch::new(context.file);
        let reason = fields::missing(context.names, &table.names);
        batch.skip(context.file.at.clone(), reason);
        return Ok(batch);
    }
    table.can_be_read()?;
    let groups = table.groups(tap.left(context.file.bytes));
    let batches = groups.par_iter().map(|group| table.read(group, open(), context, tap)).collect();
    Ok(Batch::joined(batches, context.file))
}

/// What is read of a file.
struct Table<'n> {
    metadata: ArrowReaderMetadata,
    /// All columns of the file.
    names: Vec<String>,
    /// The columns that have a use, and which.
    used: ProjectionMask,
    slots: Vec<&'n [Slot]>,
}

/// Rows that are stored together.
struct Group {
    place: usize,
    /// The number of its first row in the file, from 1, and of the first one behind it.
    first: u64,
    end: u64,
    /// Rows to decode at once.
    stretch: usize,
    /// Bytes to count as read for the whole of it.
    bytes: u64,
}

impl<'n> Table<'n> {
    fn of(input: &impl ChunkReader, known: &'n Names) -> Result<Self, ParquetError> {
        // What the writer's own program would make of the columns, say a table of codes, is no matter.
        let options = ArrowReaderOptions::new()
            .with_skip_arrow_metadata(true)
            .with_column_stats_policy(ParquetStatisticsPolicy::SkipAll)
            .with_size_stats_policy(ParquetStatisticsPolicy::SkipAll);
        let schema = ArrowReaderMetadata::load(input, options.clone())?;
        let schema = schema::bytes_for_texts(schema.parquet_schema())?;
        let metadata = ArrowReaderMetadata::load(input, options.with_parquet_schema(schema))?;

        let root = metadata.parquet_schema().root_schema().get_fields();
        let names: Vec<_> = root.iter().map(|column| column.name().trim().to_owned()).collect();
        let slots: Vec<_> = names.iter().map(|name| known.slots(name)).collect();
        let used = (0..).zip(&slots).filter(|(_, slots)| !slots.is_empty()).map(|(at, _)| at);
        let used = ProjectionMask::roots(metadata.parquet_schema(), used);
        let slots = slots.into_iter().filter(|slots| !slots.is_empty()).collect();
        Ok(Self { metadata, names, used, slots })
    }

    /// The columns of a row group that have a use.
    fn columns(&self, group: usize) -> impl Iterator<Item = &ColumnChunkMetaData> {
        let columns = self.metadata.metadata().row_group(group).columns().iter().zip(0..);
        columns.filter(|(_, at)| self.used.leaf_included(*at)).map(|(column, _)| column)
    }

    /// Whether all that is needed stands in this file and is compressed in a way that is known.
    fn can_be_read(&self) -> Result<(), String> {
        let groups = 0..self.metadata.metadata().num_row_groups();
        for column in groups.flat_map(|group| self.columns(group)) {
            if column.file_path().is_some() {
                return Err("a table of contents: the rows stand in other files".to_owned());
            }
            let codec = column.compression();
            if let Compression::BROTLI(_) | Compression::LZO = codec {
                let codec = codec.to_string();
                let codec = codec.split('(').next().unwrap_or_default();
                return Err(format!("compressed with {codec} (write it with zstd or snappy)"));
            }
        }
        Ok(())
    }

    /// The row groups, over which `bytes` are spread.
    fn groups(&self, bytes: u64) -> Vec<Group> {
        let count = |count: i64| u64::try_from(count).unwrap_or(0);
        let groups = self.metadata.metadata().row_groups();
        let share = bytes / groups.len().max(1) as u64;
        let mut end = 1_u64;
        let group = |(place, rows)| {
            let first = end;
            // A file may say anything; so many rows can still be counted on from.
            end = end.saturating_add(rows).min(1 << 62);
            let bytes = self.columns(place).map(|column| count(column.uncompressed_size()));
            let bytes = bytes.fold(1, u64::saturating_add);
            let stretch = rows.saturating_mul(STRETCH) / bytes;
            Group { place, first, end, stretch: stretch.clamp(1, ROWS) as usize, bytes: share }
        };
        (0..).zip(groups.iter().map(|group| count(group.num_rows()))).map(group).collect()
    }

    fn open<R: ChunkReader + 'static>(
        &self,
        group: &Group,
        input: io::Result<R>,
    ) -> Result<ParquetRecordBatchReader, ParquetError> {
        ParquetRecordBatchReaderBuilder::new_with_metadata(input?, self.metadata.clone())
            .with_row_groups(vec![group.place])
            .with_projection(self.used.clone())
            .with_batch_size(group.stretch)
            .build()
    }

    /// Decodes a row group on one thread, and lets all make articles of it.
    fn read<K: Send, R: ChunkReader + 'static>(
        &self,
        group: &Group,
        input: io::Result<R>,
        context: Context<'_, K>,
        tap: &Tap<'_>,
    ) -> Batch<K> {
        let mut next = group.first;
        let mut fault = None;
        let reader = guarded(|| self.open(group, input)).map_err(|why| fault = Some(why)).ok();
        let stretches = reader.into_iter().flat_map(|mut reader| {
            iter::from_fn(move || guarded(|| reader.next().transpose()).transpose())
        });
        let stretches = stretches.map_while(|rows| {
            let rows: RecordBatch = rows.map_err(|why| fault = Some(why)).ok()?;
            let (first, count) = (next, rows.num_rows() as u64);
            next += count;
            tap.add(group.bytes * count / (group.end - group.first).max(count).max(1));
            Some((first, rows))
        });
        let batch = |(first, rows): &(u64, RecordBatch)| self.records(rows, *first, context);
        // How many rows the file says there are need not be true.
        let mut whole = in_order::joined(context.file, stretches, batch, |_, articles| articles);
        if fault.is_some() || next < group.end {
            let fault = fault.unwrap_or_else(|| "there are fewer rows than it says".to_owned());
            let last = group.end.max(next) - 1;
            let reason = format!("cut off or damaged from here to row {last}: {fault}");
            whole.skip(context.file.at.line(next), reason);
        }
        whole
    }

    fn records<K>(&self, rows: &RecordBatch, first: u64, context: Context<'_, K>) -> Batch<K> {
        let mut batch = Batch::with_room(context.file, rows.num_rows());
        for (row, line) in (0..rows.num_rows()).zip(first..) {
            let at = context.file.at.line(line);
            let mut record = Record::default();
            let mut is_mended = false;
            for (column, slots) in rows.columns().iter().zip(&self.slots) {
                let text = cell::text(column, row, fields::separator(slots), &mut is_mended);
                record.offer(slots, text.unwrap_or_default());
            }
            if is_mended {
                batch.mended(at.clone());
            }
            batch.take(record, at, context, || self.names.clone());
        }
        batch.keep(context.keep);
        batch
    }
}
