//! Where what is not at hand is kept: in memory while there is room, beyond it in temporary files.
//!
//! Files have no name and are gone when they are closed, however the process ends.

mod spool;

pub use spool::Spool;

use std::path::PathBuf;

/// How much memory may be used for what is put away, and where the rest goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Bytes of memory.
    memory: usize,
    /// A folder for temporary files.
    folder: PathBuf,
}

impl Room {
    /// So many bytes of memory, and files in `folder` beyond them.
    pub fn new(memory: usize, folder: impl Into<PathBuf>) -> Self {
        Self { memory, folder: folder.into() }
    }

    /// All in memory: for collections that are known to be small.
    pub fn in_memory() -> Self {
        Self::new(usize::MAX, PathBuf::new())
    }

    /// The same with a part of the memory: one of `parts`.
    #[must_use]
    pub fn share(&self, parts: usize) -> Self {
        Self { memory: self.memory / parts, folder: self.folder.clone() }
    }
}
