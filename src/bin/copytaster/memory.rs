//! How much memory a process held, and may hold.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use copytaster::shelf::Room;

/// Keeps this process within its room until it is dropped.
pub(crate) struct Watch {
    ended: Arc<AtomicBool>,
    /// Ends by itself once it sees that it should.
    _thread: thread::JoinHandle<()>,
}

impl Watch {
    pub(crate) fn over(room: Room) -> Self {
        const EVERY: Duration = Duration::from_millis(5);
        let ended = Arc::new(AtomicBool::new(false));
        let is_over = Arc::clone(&ended);
        let thread = thread::spawn(move || {
            while !is_over.load(Ordering::Relaxed) {
                room.breathe(|| status("self", "VmRSS:"));
                thread::sleep(EVERY);
            }
        });
        Self { ended, _thread: thread }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

/// Most memory this one held so far, in bytes, where the system tells: Linux does.
pub(crate) fn peak_bytes() -> Option<u64> {
    status("self", "VmHWM:")
}

/// The same of a process by its number, as long as it has not ended.
pub(crate) fn peak_bytes_of(id: u32) -> Option<u64> {
    status(&id.to_string(), "VmHWM:")
}

/// What the system keeps on a process in a line of its status, in bytes.
fn status(process: &str, line: &str) -> Option<u64> {
    let text = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let figure = text.lines().find_map(|found| found.strip_prefix(line))?;
    let kibibytes: u64 = figure.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
