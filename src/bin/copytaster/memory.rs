//! How much memory a process holds, and held at most.

use std::fs::File;
use std::sync::LazyLock;

/// Memory this process holds, in bytes, where the system tells: Linux does.
pub(crate) fn bytes() -> Option<u64> {
    // Not from the status below, which takes the system longer to make, nor opened anew: it is asked for once a
    // millisecond.
    static STATM: LazyLock<Option<(File, u64)>> =
        LazyLock::new(|| Some((File::open("/proc/self/statm").ok()?, page_bytes()?)));
    let (file, page_bytes) = STATM.as_ref()?;
    let mut text = [0; 128];
    let len = read_from_start(file, &mut text)?;
    let pages = str::from_utf8(&text[..len]).ok()?.split(' ').nth(1)?;
    pages.parse::<u64>().ok()?.checked_mul(*page_bytes)
}

#[cfg(unix)]
fn page_bytes() -> Option<u64> {
    use nix::unistd::{SysconfVar, sysconf};
    sysconf(SysconfVar::PAGE_SIZE).ok()??.try_into().ok()
}

#[cfg(unix)]
fn read_from_start(file: &File, bytes: &mut [u8]) -> Option<usize> {
    std::os::unix::fs::FileExt::read_at(file, bytes, 0).ok()
}

#[cfg(not(unix))]
fn page_bytes() -> Option<u64> {
    None
}

#[cfg(not(unix))]
fn read_from_start(_: &File, _: &mut [u8]) -> Option<usize> {
    None
}

/// The most it held so far, in bytes.
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
