//! Records that many threads put away and one takes back.

use std::fmt;
use std::io::{Read as _, Seek as _, Write as _};
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};

use bytemuck::{NoUninit, Pod};
use tempfile::SpooledTempFile;

use super::Room;
use crate::error::{Error, Result};

/// Records that are put away one after the other, in no order that would mean anything, and taken back
/// all at once.
pub struct Spool<T> {
    room: Room,
    held: Mutex<Held>,
    of: PhantomData<fn(T)>,
}

struct Held {
    file: SpooledTempFile,
    bytes: usize,
}

impl<T: Pod> Spool<T> {
    /// An empty one.
    pub fn new(room: &Room) -> Self {
        let file = tempfile::spooled_tempfile_in(room.memory, &room.folder);
        Self { room: room.clone(), held: Mutex::new(Held { file, bytes: 0 }), of: PhantomData }
    }

    /// Puts records away.
    ///
    /// # Errors
    /// If the disk is full, or fails.
    pub fn put(&self, records: &[T]) -> Result<()>
    where
        T: NoUninit,
    {
        let bytes: &[u8] = bytemuck::cast_slice(records);
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += bytes.len();
        held.file.write_all(bytes).map_err(Error::io(&self.room.folder))
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
            .map_err(Error::io(self.room.folder))?;
        Ok(records)
    }
}

impl<T> fmt::Debug for Spool<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spool").field("room", &self.room).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_away_comes_back_from_memory_and_from_a_file() {
        let folder = tempfile::tempdir().unwrap();
        for memory in [0, 10, 1 << 20] {
            let spool = Spool::new(&Room::new(memory, folder.path()));
            spool.put(&[1_u64, 2]).unwrap();
            spool.put(&[]).unwrap();
            spool.put(&[3]).unwrap();
            assert_eq!(spool.take().unwrap(), [1, 2, 3]);
        }
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_that_is_not_there_is_named() {
        let room = Room::new(0, "/no/such/folder");
        let error = Spool::new(&room).put(&[1_u32]).unwrap_err();
        assert!(error.to_string().starts_with("/no/such/folder: "), "{error}");
    }
}
