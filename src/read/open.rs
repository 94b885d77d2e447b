//! Opens a file or stdin, undoes compression and byte order marks, and counts the bytes.

use std::fs;
use std::io::{self, Cursor, Read};
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;

use super::Progress;
use super::files::{File, is_stdin};

/// Opens a file: what is read from it is decompressed and, if it was marked UTF-16, UTF-8.
pub(super) fn open<'a>(file: &File, tap: &'a Tap<'a>) -> io::Result<Source<'a>> {
    let stored: Box<dyn Read + Send> = if is_stdin(&file.path) {
        Box::new(io::stdin())
    } else {
        Box::new(fs::File::open(&file.path)?)
    };
    let stored = Source::new(Tapped { stored, tap });
    let source = match stored.head() {
        [0x1f, 0x8b, ..] => Source::new(MultiGzDecoder::new(stored)),
        // A frame, or one to be skipped such as parallel compressors write first.
        [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => {
            let mut decoder = zstd::Decoder::new(stored)?;
            // Archives are often made with `--long=31`.
            decoder.window_log_max(31)?;
            Source::new(decoder)
        }
        _ => stored,
    };
    Ok(match source.head() {
        [0xff, 0xfe, ..] => source.transcode(UTF_16LE),
        [0xfe, 0xff, ..] => source.transcode(UTF_16BE),
        [0xef, 0xbb, 0xbf, ..] => source.skip(3),
        _ => source,
    })
}

/// Bytes whose beginning can be looked at before they are read.
pub(super) struct Source<'a> {
    head: Cursor<Vec<u8>>,
    /// What went wrong behind the head.
    fault: Option<io::Error>,
    rest: Box<dyn Read + Send + 'a>,
}

/// Enough to hold the header of a table and the signature of any file.
const HEAD: u64 = 64 << 10;

impl<'a> Source<'a> {
    pub(super) fn new(mut rest: impl Read + Send + 'a) -> Self {
        let mut head = Vec::new();
        let fault = rest.by_ref().take(HEAD).read_to_end(&mut head).err();
        Self { head: Cursor::new(head), fault, rest: Box::new(rest) }
    }

    /// The beginning of what is still to be read; empty only at the end.
    pub(super) fn head(&self) -> &[u8] {
        &self.head.get_ref()[self.head.position() as usize..]
    }

    /// What went wrong, if that was before the first byte.
    pub(super) fn fault_at_start(&mut self) -> Option<io::Error> {
        if self.head().is_empty() { self.fault.take() } else { None }
    }

    fn skip(mut self, bytes: u64) -> Self {
        self.head.set_position(bytes);
        self
    }

    fn transcode(mut self, encoding: &'static encoding_rs::Encoding) -> Self {
        let mut bytes = Vec::new();
        let fault = self.read_to_end(&mut bytes).err();
        let text = encoding.decode_with_bom_removal(&bytes).0.into_owned();
        Self { head: Cursor::new(text.into_bytes()), fault, rest: Box::new(io::empty()) }
    }
}

impl Read for Source<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match (self.head.read(buffer)?, self.fault.take()) {
            (0, Some(fault)) => Err(fault),
            (0, None) => self.rest.read(buffer),
            (bytes, fault) => {
                self.fault = fault;
                Ok(bytes)
            }
        }
    }
}

/// Counts what is read of all files, and tells.
pub(super) struct Meter<'a> {
    read: AtomicU64,
    total: Option<u64>,
    tell: &'a (dyn Fn(Progress) + Sync),
}

impl<'a> Meter<'a> {
    pub(super) fn new(files: &[File], tell: &'a (dyn Fn(Progress) + Sync)) -> Self {
        let total = files.iter().map(|file| file.bytes).sum();
        Self { read: AtomicU64::new(0), total, tell }
    }

    /// A count of its own for one file.
    pub(super) fn file(&'a self) -> Tap<'a> {
        Tap { meter: self, read: AtomicU64::new(0) }
    }

    fn add(&self, bytes: u64) {
        let before = self.read.fetch_add(bytes, Ordering::Relaxed);
        if before >> 20 != (before + bytes) >> 20 {
            self.finish();
        }
    }

    /// Tells where reading stands.
    pub(super) fn finish(&self) {
        let bytes_read = self.read.load(Ordering::Relaxed);
        (self.tell)(Progress { bytes_read, bytes_total: self.total });
    }
}

/// Counts what is read of one file.
pub(super) struct Tap<'a> {
    meter: &'a Meter<'a>,
    read: AtomicU64,
}

impl Tap<'_> {
    /// Counts bytes as read.
    pub(super) fn add(&self, bytes: u64) {
        self.read.fetch_add(bytes, Ordering::Relaxed);
        self.meter.add(bytes);
    }

    /// What is still to be counted of a file of so many bytes.
    pub(super) fn left(&self, length: Option<u64>) -> u64 {
        length.unwrap_or(0).saturating_sub(self.read.load(Ordering::Relaxed))
    }

    /// The file's length as stored; what was passed over counts as read.
    pub(super) fn finish(&self, length: Option<u64>) -> u64 {
        self.add(self.left(length));
        length.unwrap_or_else(|| self.read.load(Ordering::Relaxed))
    }
}

struct Tapped<'a> {
    stored: Box<dyn Read + Send>,
    tap: &'a Tap<'a>,
}

impl Read for Tapped<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let bytes = self.stored.read(buffer)?;
        self.tap.add(bytes as u64);
        Ok(bytes)
    }
}
