//! Where what is not at hand is kept: in memory while there is room, beyond it in temporary files.
//!
//! Files have no name and are gone when they are closed, however the process ends. What is kept in them
//! is read where it lies, as if it were in memory; the system brings it in, and who reads lets it go.

#[cfg(target_os = "linux")]
mod by_page;
mod disk;
mod gauge;
mod kept;
mod mapped;
#[cfg(target_os = "linux")]
mod memory;
mod spool;

pub use kept::{Kept, Text};
#[cfg(target_os = "linux")]
pub use memory::FileMemory;
pub use spool::Spool;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use bytemuck::NoUninit;

use crate::error::{Error, Result};
use disk::Disk;
use gauge::Gauge;

/// How much memory may be used, and a place for what goes beyond it.
#[derive(Debug, Clone)]
pub struct Room {
    /// A folder for temporary files.
    folder: PathBuf,
    /// Where records are kept; `None` if that is in memory.
    disk: Option<Arc<Disk>>,
    gauge: Arc<Gauge>,
}

impl Room {
    /// So many bytes of memory for the whole process, and files in `folder` beyond them; `used` tells how many
    /// bytes are in use, where the system does. With [`usize::MAX`], until more is known, what is read of files is
    /// brought in as is quickest, and else as takes least memory.
    ///
    /// # Errors
    /// If there can be no file in that folder.
    pub fn new(memory: usize, folder: &Path, used: fn() -> Option<u64>) -> Result<Self> {
        let gauge = Arc::new(Gauge::new(memory, used));
        Self { folder: folder.to_owned(), disk: None, gauge }.with_file()
    }

    fn with_file(&self) -> Result<Self> {
        if !cfg!(unix) {
            // A file can be read as memory there only as far as it has grown: all stays in memory.
            return Ok(self.clone());
        }
        let disk = Disk::new(&self.folder, &self.gauge).map_err(Error::temporary(&self.folder))?;
        Ok(Self { disk: Some(Arc::new(disk)), ..self.clone() })
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
        let gauge = Arc::new(Gauge::new(usize::MAX, || None));
        Self { folder: PathBuf::new(), disk: None, gauge }
    }

    /// So many bytes of memory in a file, of which the disk need not have room for more than is used.
    ///
    /// # Errors
    /// If there can be no such file.
    #[cfg(target_os = "linux")]
    pub fn file_memory(&self, bytes: usize) -> Result<FileMemory> {
        FileMemory::new(&self.folder, bytes, &self.gauge).map_err(Error::temporary(&self.folder))
    }

    /// Sees to it, for as long as there is this room, that no more is at hand than may be, also where no records are
    /// read: by a thread of its own.
    pub fn watch(&self) {
        let gauge = Arc::downgrade(&self.gauge);
        std::thread::spawn(move || {
            while let Some(gauge) = gauge.upgrade() {
                gauge.look();
                std::thread::sleep(gauge::EVERY);
            }
        });
    }

    /// Allows so much memory from here on.
    pub fn allow(&self, memory: usize) {
        self.gauge.allow(memory);
    }

    /// Lets go of files until there is memory for so many bytes more, as far as that is possible: for whoever
    /// takes very much at once.
    pub(crate) fn make_way(&self, bytes: usize) {
        self.gauge.let_go(bytes);
    }

    /// Keeps records for as long as somebody holds what is returned.
    ///
    /// # Errors
    /// If the disk is full, or fails.
    pub fn keep<T: NoUninit>(&self, records: &[T]) -> Result<Kept<T>> {
        Ok(self.keep_all(&[records])?.remove(0))
    }

    /// The same of several lists of them, put away in one go: to write each by itself takes longer than to make it.
    ///
    /// # Errors
    /// If the disk is full, or fails.
    pub fn keep_all<T: NoUninit, L: Deref<Target = [T]>>(
        &self,
        lists: &[L],
    ) -> Result<Vec<Kept<T>>> {
        match &self.disk {
            Some(disk) => Kept::all_on(disk, lists).map_err(Error::temporary(&self.folder)),
            None => Ok(lists.iter().map(|list| list.to_vec().into()).collect()),
        }
    }

    /// Bytes of memory that may be used.
    pub(crate) fn memory(&self) -> usize {
        self.gauge.memory()
    }

    /// Bytes of memory for each of so many piles that grow together.
    pub(crate) fn for_each_of(&self, piles: usize) -> usize {
        // All of them may take a part of the memory.
        self.gauge.memory() / 32 / piles.max(1)
    }
}
