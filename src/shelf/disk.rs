//! A temporary file that is read as memory.

use std::fs::File;
use std::io;
use std::path::Path;
use std::slice;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::{MmapOptions, MmapRaw};

use super::gauge::Gauge;

/// A temporary file that only grows; what was written stays where it is, and can be read there.
#[derive(Debug)]
pub(super) struct Disk {
    file: File,
    /// All that the file may come to hold: addresses cost nothing.
    map: MmapRaw,
    end: AtomicU64,
    /// Where the next stretch starts that is let go.
    hand: AtomicU64,
    gauge: Arc<Gauge>,
}

/// Bytes a file may have: far more than any disk, far less than there are addresses.
const MOST: usize = 1 << 42;

/// Stretches that are let go one after the other.
pub(super) const STRETCHES: usize = 16;

/// Records start at multiples of so many bytes.
pub(super) const ALIGNED: usize = 8;

impl Disk {
    pub(super) fn new(folder: &Path, gauge: &Arc<Gauge>) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder)?;
        let map = MmapOptions::new().len(MOST).map_raw_read_only(&file)?;
        // Else the system may bring in two megabytes with each record; where it knows no such pages it refuses.
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::NoHugePage);
        let [end, hand] = [0, 0].map(AtomicU64::new);
        Ok(Self { file, map, end, hand, gauge: Arc::clone(gauge) })
    }

    /// Writes bytes and says where they start.
    pub(super) fn put(&self, bytes: &[u8]) -> io::Result<u64> {
        let room = bytes.len().next_multiple_of(ALIGNED) as u64;
        let start = self.end.fetch_add(room, Ordering::Relaxed);
        if start + room > MOST as u64 {
            return Err(io::ErrorKind::StorageFull.into());
        }
        write_at(&self.file, bytes, start)?;
        Ok(start)
    }

    /// Bytes that [`Disk::put`] wrote at `start`.
    #[allow(unsafe_code, reason = "a file that only this process has is read as memory")]
    pub(super) fn bytes(&self, start: u64, len: usize) -> &[u8] {
        self.gauge.pass(len);
        // SAFETY: the map is MOST bytes long and lives as long as self. `put` has written these bytes to
        // the file, within MOST, before it gave out their place, so they lie within the file; it never
        // writes to a place twice; nobody shortens the file, which has no name and is not given out.
        unsafe { slice::from_raw_parts(self.map.as_ptr().add(start as usize), len) }
    }

    /// Takes what was read of a stretch of the file out of this process's memory: the next one each time, so
    /// that what is always needed is there most of the time.
    #[allow(unsafe_code, reason = "a hint that can lose what was written to memory: nothing was")]
    pub(super) fn release(&self) {
        #[cfg(unix)]
        {
            let used = self.end.load(Ordering::Relaxed).min(MOST as u64) as usize;
            let stretch = (used / STRETCHES).next_multiple_of(1 << 16).max(1 << 20);
            let start = self.hand.load(Ordering::Relaxed) as usize;
            let start = if start < used { start } else { 0 };
            self.hand.store((start + stretch) as u64, Ordering::Relaxed);
            let stretch = stretch.min(used - start);
            // SAFETY: the map is shared and read only: what it shows is in the file and shows again when it
            // is read next. Should the hint fail, nothing has changed.
            let _ = unsafe {
                self.map.unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, start, stretch)
            };
        }
    }
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], start: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, start)
}

#[cfg(not(unix))]
fn write_at(_: &File, _: &[u8], _: u64) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_before_and_after_it_was_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let gauge = Arc::new(Gauge::new(usize::MAX, || None));
        let disk = Disk::new(folder.path(), &gauge).unwrap();
        let pages: Vec<(u64, Vec<u8>)> = (0..100_u8)
            .map(|n| {
                let bytes = vec![n; 1000 + usize::from(n)];
                (disk.put(&bytes).unwrap(), bytes)
            })
            .collect();
        for _ in 0..2 {
            assert!(pages.iter().all(|(start, bytes)| disk.bytes(*start, bytes.len()) == bytes));
            disk.release();
        }
        assert!(disk.bytes(0, 0).is_empty());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
