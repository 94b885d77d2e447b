//! Where what is not at hand is kept: in memory while there is room, beyond it in temporary files.
//!
//! Files have no name and are gone when they are closed, however the process ends. What is kept in them
//! is read where it lies, as if it were in memory; the system brings it in, and [`Room::breathe`] lets
//! it go.

mod disk;
mod kept;
mod spool;

pub use kept::{Kept, Text};
pub use spool::Spool;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytemuck::NoUninit;

use crate::error::{Error, Result};
use disk::Disk;

/// How much memory may be used, and a place for what goes beyond it.
#[derive(Debug, Clone)]
pub struct Room {
    /// Bytes of memory that the process may use, if it can.
    memory: usize,
    /// A folder for temporary files.
    folder: PathBuf,
    /// Where records are kept; `None` if that is in memory.
    disk: Option<Arc<Disk>>,
    /// All files of this place.
    disks: Arc<Mutex<Vec<Arc<Disk>>>>,
}

impl Room {
    /// So many bytes of memory for the whole process, and files in `folder` beyond them.
    ///
    /// # Errors
    /// If there can be no file in that folder.
    pub fn new(memory: usize, folder: &Path) -> Result<Self> {
        let disks = Arc::default();
        Self { memory, folder: folder.to_owned(), disk: None, disks }.with_file()
    }

    fn with_file(&self) -> Result<Self> {
        if !cfg!(unix) {
            // A file can be read as memory there only as far as it has grown: all stays in memory.
            return Ok(self.clone());
        }
        let disk = Arc::new(Disk::new(&self.folder).map_err(Error::temporary(&self.folder))?);
        self.disks.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&disk));
        Ok(Self { disk: Some(disk), ..self.clone() })
    }

    /// The same place, but another file: for records that are asked for together, and not with others.
    ///
    /// # Errors
    /// If there can be no other file.
    pub fn apart(&self) -> Result<Self> {
        if self.disk.is_some() { self.with_file() } else { Ok(self.clone()) }
    }

    /// All in memory: for collections that are known to be small.
    pub fn in_memory() -> Self {
        Self { memory: usize::MAX, folder: PathBuf::new(), disk: None, disks: Arc::default() }
    }

    /// The same place, and so much memory.
    #[must_use]
    pub fn with_memory(&self, memory: usize) -> Self {
        Self { memory, ..self.clone() }
    }

    /// Keeps records for as long as somebody holds what is returned.
    ///
    /// # Errors
    /// If the disk is full, or fails.
    pub fn keep<T: NoUninit>(&self, records: &[T]) -> Result<Kept<T>> {
        match &self.disk {
            Some(disk) => Kept::on(disk, records).map_err(Error::temporary(&self.folder)),
            None => Ok(records.to_vec().into()),
        }
    }

    /// Lets go of what lies in files while the process has more memory in use than it may; what is needed
    /// again comes back by itself. To be called every few milliseconds from a thread that does nothing else;
    /// `used` tells how many bytes are in use, where the system does.
    pub fn breathe(&self, used: impl Fn() -> Option<u64>) {
        let disks = self.disks.lock().unwrap_or_else(PoisonError::into_inner);
        for _ in 0..disk::STRETCHES {
            if used().is_none_or(|used| used <= self.memory as u64) {
                return;
            }
            disks.iter().for_each(|disk| disk.release());
        }
    }

    /// Bytes of memory for each of so many piles that grow together.
    pub(crate) fn for_each_of(&self, piles: usize) -> usize {
        // All of them may take a part of the memory.
        self.memory / 32 / piles.max(1)
    }
}
