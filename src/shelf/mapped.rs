//! A temporary file as it lies in this process's memory, to be taken out of it a stretch at a time.

use std::fs::File;
use std::io;
use std::sync::atomic::{AtomicU64, Ordering};

use memmap2::{MmapOptions, MmapRaw};

/// Bytes a file may have: far more than any disk, far less than there are addresses.
pub(super) const MOST: usize = 1 << 42;

/// Stretches that are let go one after the other.
pub(super) const STRETCHES: usize = 16;

/// A file's place in memory: addresses for all that it may come to hold, which cost nothing.
#[derive(Debug)]
pub(super) struct Mapped {
    map: MmapRaw,
    #[cfg(target_os = "linux")]
    _by_page: Option<super::by_page::ByPage>,
    /// Where the file ends.
    end: AtomicU64,
    /// Where the next stretch starts that is let go.
    hand: AtomicU64,
}

impl Mapped {
    /// The place of a file that is read there; `by_page` if what is touched is all that is to be brought in.
    pub(super) fn to_read(file: &File, by_page: bool) -> io::Result<Self> {
        Ok(Self::at(MmapOptions::new().len(MOST).map_raw_read_only(file)?, by_page))
    }

    /// The place of a file of so many bytes, holes or not, that is read and written there.
    #[cfg(target_os = "linux")]
    pub(super) fn to_write(file: &File, bytes: usize) -> io::Result<Self> {
        Ok(Self::at(MmapOptions::new().len(bytes).map_raw(file)?, true))
    }

    fn at(map: MmapRaw, by_page: bool) -> Self {
        // Else the system may bring in two megabytes with each record; where it knows no such pages it refuses.
        #[cfg(target_os = "linux")]
        let _ = map.advise(memmap2::Advice::NoHugePage);
        #[cfg(not(target_os = "linux"))]
        let _ = by_page;
        Self {
            #[cfg(target_os = "linux")]
            _by_page: by_page.then(|| super::by_page::ByPage::of(&map)).flatten(),
            map,
            end: AtomicU64::new(0),
            hand: AtomicU64::new(0),
        }
    }

    /// Where it starts.
    pub(super) fn start(&self) -> *mut u8 {
        self.map.as_mut_ptr()
    }

    /// Makes the file so much longer, and says where it ended before.
    pub(super) fn append(&self, bytes: u64) -> u64 {
        self.end.fetch_add(bytes, Ordering::Relaxed)
    }

    /// Makes the file at least so long.
    #[cfg(target_os = "linux")]
    pub(super) fn reach(&self, end: usize) {
        self.end.fetch_max(end as u64, Ordering::Relaxed);
    }

    /// Takes a stretch of the file out of this process's memory: the next one each time, so that what is always
    /// needed is there most of the time.
    #[allow(unsafe_code, reason = "a hint that can lose what was written to memory: not to a file")]
    pub(super) fn release(&self) {
        #[cfg(unix)]
        {
            let used = self.end.load(Ordering::Relaxed).min(self.map.len() as u64) as usize;
            let stretch = (used / STRETCHES).next_multiple_of(1 << 16).max(1 << 20);
            let start = self.hand.load(Ordering::Relaxed) as usize;
            let start = if start < used { start } else { 0 };
            self.hand.store((start + stretch) as u64, Ordering::Relaxed);
            let stretch = stretch.min(used - start);
            // SAFETY: the map is shared: what it shows, and what was written to it, is in the system's copy of
            // the file and shows again when it is read next. Should the hint fail, nothing has changed.
            let _ = unsafe {
                self.map.unchecked_advise_range(memmap2::UncheckedAdvice::DontNeed, start, stretch)
            };
        }
    }
}
