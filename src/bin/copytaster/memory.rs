//! How much memory a process holds, and held at most.

/// Memory this process holds, in bytes, where the system tells: Linux does.
pub(crate) fn bytes() -> Option<u64> {
    // Not from the status below, which takes the system longer to make: it is asked for once a millisecond.
    let pages = std::fs::read_to_string("/proc/self/statm").ok()?;
    pages.split(' ').nth(1)?.parse::<u64>().ok()?.checked_mul(page_bytes()?)
}

#[cfg(unix)]
fn page_bytes() -> Option<u64> {
    use nix::unistd::{SysconfVar, sysconf};
    sysconf(SysconfVar::PAGE_SIZE).ok()??.try_into().ok()
}

#[cfg(not(unix))]
fn page_bytes() -> Option<u64> {
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
