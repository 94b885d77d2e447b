//! Memory that lies in a temporary file: as much of it as the disk has room for.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use rustix::fs::{FallocateFlags, fallocate};

use super::gauge::Gauge;
use super::mapped::Mapped;

/// Memory to be read and written that need not be at hand: what is let go of is in a file, and comes back when it is
/// touched. There is no file any more when this is dropped.
#[derive(Debug)]
pub struct FileMemory {
    file: File,
    mapped: Arc<Mapped>,
}

impl FileMemory {
    pub(super) fn new(folder: &Path, bytes: usize, gauge: &Gauge) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder)?;
        file.set_len(bytes as u64)?;
        let mapped = Arc::new(Mapped::to_write(&file, bytes)?);
        gauge.add(&mapped);
        Ok(Self { file, mapped })
    }

    /// Where it starts, at the start of a page.
    pub fn start(&self) -> *mut u8 {
        self.mapped.start()
    }

    /// Gives so many bytes from `start` on a place on the disk, after which they may be written and read; they are
    /// zero if they had none. Says whether there was room for them.
    pub fn occupy(&self, start: usize, bytes: usize) -> bool {
        self.mapped.reach(start + bytes);
        fallocate(&self.file, FallocateFlags::empty(), start as u64, bytes as u64).is_ok()
    }

    /// Gives the place of these bytes on the disk back, after which nobody may write or read them until they are
    /// occupied again. Says whether that was done: if not they are as they were.
    pub fn vacate(&self, start: usize, bytes: usize) -> bool {
        let hole = FallocateFlags::PUNCH_HOLE | FallocateFlags::KEEP_SIZE;
        fallocate(&self.file, hole, start as u64, bytes as u64).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;

    #[test]
    #[allow(unsafe_code, reason = "it is memory")]
    fn what_was_written_is_there_after_it_was_let_go_of_and_not_after_it_was_given_back() {
        const BYTES: usize = 1 << 20;
        let folder = tempfile::tempdir().unwrap();
        let gauge = Gauge::new(usize::MAX, || None);
        let memory = FileMemory::new(folder.path(), 16 * BYTES, &gauge).unwrap();
        assert!(memory.occupy(BYTES, 2 * BYTES));
        // SAFETY: these bytes are within the memory and were occupied; nothing else refers to them.
        let bytes = || unsafe { slice::from_raw_parts_mut(memory.start().add(BYTES), 2 * BYTES) };
        assert!(bytes().iter().all(|&byte| byte == 0));
        bytes().fill(7);
        for _ in 0..3 {
            memory.mapped.release();
        }
        assert!(bytes().iter().all(|&byte| byte == 7));
        if memory.vacate(BYTES, BYTES) {
            assert!(memory.occupy(BYTES, BYTES));
            assert!(bytes()[..BYTES].iter().all(|&byte| byte == 0));
            assert!(bytes()[BYTES..].iter().all(|&byte| byte == 7));
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
