//! Keeps what is read where it lies in files from filling memory.

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use super::mapped::{Mapped, STRETCHES};

/// How much memory the process may have in use, and the files that are read as memory.
///
/// Who reads records looks at it in passing: a thread that did nothing else would come too late, for threads that go
/// through records bring in some 50 MB a millisecond. Only for memory in a file, which is read by who does not know,
/// there is such a thread.
#[derive(Debug)]
pub(super) struct Gauge {
    /// Bytes of memory that the process may use, if it can.
    memory: AtomicUsize,
    /// Whether that was so from the start: see [`Gauge::is_limited`].
    limited: bool,
    /// How many it uses, where the system tells.
    used: fn() -> Option<u64>,
    files: Mutex<Vec<Weak<Mapped>>>,
    since: Instant,
    /// When it is looked at next, in microseconds.
    next: AtomicU64,
}

/// How often it is looked at.
pub(super) const EVERY: Duration = Duration::from_millis(1);

/// How often while there is as much memory left as is [`PLENTY`].
const EVERY_AT_EASE: Duration = Duration::from_millis(10);

/// Bytes that nobody brings in within that time.
const PLENTY: u64 = 1_000_000_000;

/// How often while letting go of all helps little: most of it is brought back at once.
const EVERY_IN_VAIN: Duration = Duration::from_millis(50);

/// Bytes that a thread brings in before it asks for the time.
const READ: usize = 4 << 20;

/// The system brings in so many bytes at least.
const AT_LEAST: usize = 64 << 10;

impl Gauge {
    pub(super) fn new(memory: usize, used: fn() -> Option<u64>) -> Self {
        let limited = memory < usize::MAX;
        let (memory, files, next) = (memory.into(), Mutex::default(), AtomicU64::new(0));
        Self { memory, limited, used, files, since: Instant::now(), next }
    }

    /// Bytes of memory that the process may use.
    pub(super) fn memory(&self) -> usize {
        self.memory.load(Ordering::Relaxed)
    }

    /// Whether little memory is worth more than time: it is if there was a limit before it was known how much there
    /// is to hold.
    pub(super) fn is_limited(&self) -> bool {
        self.limited
    }

    /// Allows so many.
    pub(super) fn allow(&self, memory: usize) {
        self.memory.store(memory, Ordering::Relaxed);
    }

    /// Adds a file.
    pub(super) fn add(&self, file: &Arc<Mapped>) {
        if let Ok(mut files) = self.files.lock() {
            files.push(Arc::downgrade(file));
        }
    }

    /// To be called when a record of so many bytes is about to be read.
    pub(super) fn pass(&self, bytes: usize) {
        thread_local! {
            static READ_SO_FAR: Cell<usize> = const { Cell::new(0) };
        }
        let read = READ_SO_FAR.get() + bytes.max(AT_LEAST);
        READ_SO_FAR.set(if read < READ { read } else { 0 });
        if read >= READ {
            self.look();
        }
    }

    /// Lets go of files if more memory is in use than may be, unless that was looked at just now.
    #[cold]
    pub(super) fn look(&self) {
        let now = |later: Duration| (self.since.elapsed() + later).as_micros() as u64;
        if now(Duration::ZERO) < self.next.load(Ordering::Relaxed) {
            return;
        }
        let (used, may_be) = (self.let_go(0), self.memory() as u64);
        let later = if used / 9 * 8 > may_be {
            EVERY_IN_VAIN
        } else if used + PLENTY < may_be {
            EVERY_AT_EASE
        } else {
            EVERY
        };
        self.next.store(now(later), Ordering::Relaxed);
    }

    /// Lets go of files, a stretch of each at a time, while with so many bytes more there were more in use than
    /// may be; what is needed again comes back by itself. Tells how many are in use.
    pub(super) fn let_go(&self, more: usize) -> u64 {
        let used = || (self.used)().unwrap_or(0);
        // What is brought in between two looks has to have a place.
        let may_be = (self.memory() as u64 / 16 * 15).saturating_sub(more as u64);
        let mut in_use = used();
        // If not, another thread is at it.
        if in_use > may_be
            && let Ok(mut files) = self.files.try_lock()
        {
            files.retain(|file| file.strong_count() > 0);
            for _ in 0..STRETCHES {
                files.iter().filter_map(Weak::upgrade).for_each(|file| file.release());
                in_use = used();
                if in_use <= may_be {
                    break;
                }
            }
        }
        in_use
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_let_go_for_as_long_as_too_much_is_in_use() {
        static USED: AtomicU64 = AtomicU64::new(100);
        let gauge = Gauge::new(64, || Some(USED.fetch_sub(10, Ordering::Relaxed)));
        assert_eq!(gauge.let_go(0), 60, "asked from 100 on");
        assert_eq!(gauge.let_go(30), 30, "asked from 50 on");
        // What cannot be had is not asked for without end.
        let full = Gauge::new(64, || Some(65));
        assert_eq!(full.let_go(0), 65);
    }

    #[test]
    fn who_reads_little_does_not_look() {
        static LOOKS: AtomicU64 = AtomicU64::new(0);
        let gauge = Gauge::new(0, || {
            LOOKS.fetch_add(1, Ordering::Relaxed);
            None
        });
        let looked = |bytes: usize| {
            gauge.pass(bytes);
            LOOKS.load(Ordering::Relaxed) > 0
        };
        assert!((2..READ / AT_LEAST).all(|_| !looked(1)));
        assert!(looked(READ));
    }
}
