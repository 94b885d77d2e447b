//! A file that is written from its start to its end, and does not fill memory with what was written.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

/// A file in the making of which the system keeps what was written last at hand, and not the rest.
///
/// The tables of a large corpus are several times as long as its texts. Left to itself the system keeps them in
/// memory, where they drive out what others still need, and looks for new memory for every page: of 500,000
/// invented articles 35 seconds of its time in place of 25.
#[derive(Debug)]
pub(super) struct Sheet {
    file: File,
    written: u64,
}

/// Bytes that stay at hand: a shorter table as a whole, and of a longer one what a slow disk may still have to write.
const AT_HAND: u64 = 64 << 20;

/// Bytes after which it is looked at what need not stay any longer.
const EVERY: u64 = 8 << 20;

impl Sheet {
    pub(super) fn create(path: &Path) -> io::Result<Self> {
        Ok(Self { file: File::create(path)?, written: 0 })
    }

    /// Has what was written long ago put on the disk, and forgotten where it is there already.
    fn let_go(&self) {
        #[cfg(target_os = "linux")]
        if let Some(long_ago) = std::num::NonZero::new(self.written.saturating_sub(AT_HAND)) {
            // A hint: without it all is the same, in more memory.
            let _ =
                rustix::fs::fadvise(&self.file, 0, Some(long_ago), rustix::fs::Advice::DontNeed);
        }
    }
}

impl Write for Sheet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        let before = self.written / EVERY;
        self.written += written as u64;
        if self.written / EVERY > before {
            self.let_go();
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_let_go_is_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sheet");
        let mut sheet = Sheet::create(&path).unwrap();
        let megabytes = (AT_HAND + 3 * EVERY) >> 20;
        (0..megabytes).for_each(|n| sheet.write_all(&vec![n as u8; 1 << 20]).unwrap());
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, megabytes << 20);
        let mut pieces = bytes.chunks(1 << 20).zip(0_u64..);
        assert!(pieces.all(|(piece, n)| piece.iter().all(|&byte| byte == n as u8)));
    }
}
