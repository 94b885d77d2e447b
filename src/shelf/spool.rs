//! Records that many threads put away and one takes back.

use std::fmt;
use std::io::{Read as _, Seek as _, Write as _};
use std::marker::PhantomData;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use bytemuck::Pod;
use tempfile::SpooledTempFile;

use super::Room;
use crate::error::{Error, Result};

/// Records that are put away one after the other, in no order that would mean anything, and taken back
/// all at once.
pub struct Spool<T> {
    /// Where its file is, if it has one.
    folder: PathBuf,
    held: Mutex<Held>,
    of: PhantomData<fn(T)>,
}

struct Held {
    file: SpooledTempFile,
    bytes: usize,
}

impl<T: Pod> Spool<T> {
    /// An empty one of so many that grow together.
    pub fn one_of(room: &Room, spools: usize) -> Self {
        let file = tempfile::spooled_tempfile_in(room.for_each_of(spools), &room.folder);
        let held = Mutex::new(Held { file, bytes: 0 });
        Self { folder: room.folder.clone(), held, of: PhantomData }
    }

    /// Puts records away.
    ///
    /// # Errors
    /// If the disk is full, or fails.
    pub fn put(&self, records: &[T]) -> Result<()> {
        let bytes: &[u8] = bytemuck::cast_slice(records);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += bytes.len();
        held.file.write_all(bytes).map_err(Error::temporary(&self.folder))
    }

    /// All that was put away.
    ///
    /// # Errors
    /// If the disk fails.
    pub fn take(self) -> Result<Vec<T>> {
        let Held { mut file, bytes } =
            self.held.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut records = vec![T::zeroed(); bytes / size_of::<T>()];
        file.rewind()
            .and_then(|()| file.read_exact(bytemuck::cast_slice_mut(&mut records)))
            .map_err(Error::temporary(self.folder))?;
        Ok(records)
    }
}

impl<T> fmt::Debug for Spool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").field("folder", &self.folder).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_comes_back_from_memory_and_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        for memory in [0, 100, 1 << 20] {
            let spool = Spool::one_of(&Room::new(memory, folder.path(), || None).unwrap(), 1);
            spool.put(&[1_u64, 2]).unwrap();
            spool.put(&[]).unwrap();
            spool.put(&[3]).unwrap();
            assert_eq!(spool.take().unwrap(), [1, 2, 3]);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let error = Room::new(0, "/no/such/folder".as_ref(), || None).unwrap_err();
        assert!(error.to_string().starts_with("temporary file in /no/such/folder: "), "{error}");
    }
}
