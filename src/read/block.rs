//! Blocks of whole lines, read one after the other into memory that is used again.

use std::io::{self, Read};
use std::mem;
use std::sync::Mutex;

use memchr::{memchr_iter, memrchr};

use super::open::Source;

/// A stretch of whole lines.
pub(super) struct Block<'a> {
    /// The number of its first line.
    pub(super) line: u64,
    /// How many records it may have; more, if they are very short.
    pub(super) records: usize,
    /// The lines, and what memory there is behind them.
    memory: Vec<u8>,
    len: usize,
    spare: &'a Spare,
}

/// Memory of blocks that are done with: to clear new memory takes longer than to read into it.
pub(super) type Spare = Mutex<Vec<Vec<u8>>>;

impl Block<'_> {
    /// How many bytes it has.
    pub(super) fn bytes(&self) -> usize {
        self.len
    }

    /// Its lines with their numbers.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (u64, &[u8])> + Clone {
        let bytes = &self.memory[..self.len];
        let mut start = 0;
        let lines = memchr_iter(b'\n', bytes).chain([bytes.len()]).map(move |end| {
            let line = &bytes[start..end];
            start = end + 1;
            line
        });
        (self.line..).zip(lines)
    }
}

impl Drop for Block<'_> {
    fn drop(&mut self) {
        if let Ok(mut spare) = self.spare.lock() {
            spare.push(mem::take(&mut self.memory));
        }
    }
}

/// Bytes of a very short record: a file may have nothing but empty lines.
const SHORT: usize = 64;

/// The blocks of a source in order.
pub(super) struct Blocks<'a> {
    source: Source<'a>,
    size: usize,
    /// The beginning of a line that goes on.
    carry: Vec<u8>,
    /// The line that is read next.
    pub(super) line: u64,
    at_end: bool,
    /// What went wrong before the end.
    pub(super) fault: Option<io::Error>,
    /// Whether the bytes before a fault hold up as a line.
    is_whole: fn(&[u8]) -> bool,
    spare: &'a Spare,
}

impl<'a> Blocks<'a> {
    /// Blocks of about `size` bytes; a longer line is one of its own. Of a line that a fault cuts off only
    /// what `is_whole` is given.
    pub(super) fn new(
        source: Source<'a>,
        size: usize,
        is_whole: fn(&[u8]) -> bool,
        spare: &'a Spare,
    ) -> Self {
        let (carry, fault) = (Vec::new(), None);
        Self { source, size, carry, line: 1, at_end: false, fault, is_whole, spare }
    }

    /// Fills memory as far as there is anything to read; gives how far.
    fn fill(&mut self, mut memory: &mut [u8]) -> usize {
        let room = memory.len();
        while !memory.is_empty() {
            match self.source.read(memory) {
                Ok(0) => break,
                Ok(read) => memory = &mut memory[read..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(fault) => {
                    self.fault = Some(fault);
                    break;
                }
            }
        }
        room - memory.len()
    }
}

impl<'a> Iterator for Blocks<'a> {
    type Item = Block<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        // What one long line took is let go.
        let spare = self.spare.lock().ok().and_then(|mut spare| spare.pop());
        let mut memory = spare.filter(|memory| memory.len() <= 4 * self.size).unwrap_or_default();
        let mut len = self.carry.len();
        memory.resize(memory.len().max(len), 0);
        memory[..len].copy_from_slice(&self.carry);
        self.carry.clear();
        while !self.at_end {
            let before = len;
            memory.resize(memory.len().max(before + self.size), 0);
            len += self.fill(&mut memory[before..before + self.size]);
            self.at_end = len - before < self.size;
            let new = if self.at_end { 0 } else { before };
            let last = memrchr(b'\n', &memory[new..len]).map_or(0, |end| new + end + 1);
            if self.at_end {
                if self.fault.is_some() && !(self.is_whole)(&memory[last..len]) {
                    len = last;
                }
            } else if last > 0 {
                self.carry.extend_from_slice(&memory[last..len]);
                len = last;
                break;
            }
        }
        let (line, ends) = (self.line, memchr_iter(b'\n', &memory[..len]).count());
        self.line += ends as u64;
        let records = (ends + 1).min(len / SHORT);
        let block = Block { line, records, memory, len, spare: self.spare };
        (len > 0).then_some(block)
    }
}
