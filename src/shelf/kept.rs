//! What is kept: records in memory or on disk, and text.

use std::fmt;
use std::io;
use std::marker::PhantomData;
use std::ops::Deref;
use std::str;
use std::sync::Arc;

use bytemuck::{AnyBitPattern, NoUninit};

use super::Room;
use super::disk::{ALIGNED, Disk};
use crate::error::Result;

/// Records that are kept in memory or on disk, and read as a slice either way.
#[derive(Clone)]
pub struct Kept<T> {
    at: At<T>,
}

#[derive(Clone)]
enum At<T> {
    Hand(Box<[T]>),
    Disk { disk: Arc<Disk>, start: u64, len: u32, of: PhantomData<fn() -> T> },
}

impl<T: NoUninit> Kept<T> {
    /// Each of these lists, written in one go.
    pub(super) fn all_on<L: Deref<Target = [T]>>(
        disk: &Arc<Disk>,
        lists: &[L],
    ) -> io::Result<Vec<Self>> {
        let room = |list: &L| size_of_val(&**list).next_multiple_of(ALIGNED);
        let mut next = if let [list] = lists {
            // It may be large.
            disk.put(bytemuck::cast_slice(list))?
        } else {
            let mut bytes: Vec<u8> = Vec::with_capacity(lists.iter().map(room).sum());
            for list in lists {
                bytes.extend_from_slice(bytemuck::cast_slice(list));
                bytes.resize(bytes.len().next_multiple_of(ALIGNED), 0);
            }
            disk.put(&bytes)?
        };
        let kept = |list: &L| {
            let start = next;
            next += room(list) as u64;
            let len = u32::try_from(list.len()).map_err(|_| io::ErrorKind::FileTooLarge)?;
            Ok(Self { at: At::Disk { disk: Arc::clone(disk), start, len, of: PhantomData } })
        };
        lists.iter().map(kept).collect()
    }
}

impl<T: AnyBitPattern> Deref for Kept<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        match &self.at {
            At::Hand(records) => records,
            At::Disk { disk, start, len, .. } => {
                bytemuck::cast_slice(disk.bytes(*start, *len as usize * size_of::<T>()))
            }
        }
    }
}

impl<T> From<Vec<T>> for Kept<T> {
    fn from(records: Vec<T>) -> Self {
        Self { at: At::Hand(records.into()) }
    }
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T: AnyBitPattern + fmt::Debug> fmt::Debug for Kept<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: AnyBitPattern + PartialEq> PartialEq for Kept<T> {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl<T: AnyBitPattern + Eq> Eq for Kept<T> {}

/// Text that is kept in memory or on disk.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Text(Kept<u8>);

impl Text {
    /// The text.
    pub fn as_str(&self) -> &str {
        self
    }

    /// The same texts, kept elsewhere.
    ///
    /// # Errors
    /// Those of `room`.
    pub fn all_kept(texts: &[&Self], room: &Room) -> Result<Vec<Self>> {
        let bytes: Vec<&[u8]> = texts.iter().map(|text| text.as_bytes()).collect();
        Ok(room.keep_all(&bytes)?.into_iter().map(Self).collect())
    }
}

impl Deref for Text {
    type Target = str;

    #[allow(unsafe_code, reason = "a text would be checked anew each time it is looked at")]
    fn deref(&self) -> &str {
        // SAFETY: every Text is made of a str, here and nowhere else, and what is kept does not change.
        unsafe { str::from_utf8_unchecked(&self.0) }
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into_bytes().into())
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        **self == **other
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_and_text_are_the_same_wherever_they_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for room in [Room::in_memory(), Room::new(0, folder.path(), || Some(1)).unwrap()] {
            let odd = room.keep(&[7_u8; 3]).unwrap();
            let numbers = room.keep(&[1_u64, 2, 3]).unwrap();
            let lists: [&[u8]; 4] = [&[1, 2, 3], &[], &[4; 9], &[5]];
            let all = room.keep_all(&lists).unwrap();
            assert!(all.iter().map(|kept| &**kept).eq(lists));
            let texts = ["ré日𝄞", "", "text"].map(Text::from);
            assert_eq!((&*odd, &*numbers), (&[7, 7, 7][..], &[1, 2, 3][..]));
            assert_eq!(Text::all_kept(&texts.each_ref(), &room).unwrap(), texts);
        }
    }
}
