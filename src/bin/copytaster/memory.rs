//! How much memory a process holds, and held at most.

/// Memory this process holds, in bytes, where the system tells: Linux does.
pub(crate) fn bytes() -> Option<u64> {
    status("self", "VmRSS:")
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
