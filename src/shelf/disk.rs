//! A temporary file that is read as memory.

use std::fs::File;
use std::io;
use std::path::Path;
use std::slice;
use std::sync::Arc;

use super::gauge::Gauge;
use super::mapped::{MOST, Mapped};

/// A temporary file that only grows; what was written stays where it is, and can be read there.
#[derive(Debug)]
pub(super) struct Disk {
    file: File,
    mapped: Arc<Mapped>,
    gauge: Arc<Gauge>,
}

/// Records start at multiples of so many bytes.
pub(super) const ALIGNED: usize = 8;

impl Disk {
    pub(super) fn new(folder: &Path, gauge: &Arc<Gauge>) -> io::Result<Self> {
        let file = tempfile::tempfile_in(folder)?;
        let mapped = Arc::new(Mapped::to_read(&file, gauge.is_limited())?);
        gauge.add(&mapped);
        Ok(Self { file, mapped, gauge: Arc::clone(gauge) })
    }

    /// Writes bytes and says where they start.
    pub(super) fn put(&self, bytes: &[u8]) -> io::Result<u64> {
        let room = bytes.len().next_multiple_of(ALIGNED) as u64;
        let start = self.mapped.append(room);
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
        unsafe { slice::from_raw_parts(self.mapped.start().add(start as usize), len) }
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
            disk.mapped.release();
        }
        assert!(disk.bytes(0, 0).is_empty());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }
}
