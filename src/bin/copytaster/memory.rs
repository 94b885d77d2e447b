//! How much memory a process held.

/// Most memory this one held so far, in bytes, where the system tells: Linux does.
pub(crate) fn peak_bytes() -> Option<u64> {
    peak("self")
}

/// The same of a process by its number, as long as it has not ended.
pub(crate) fn peak_bytes_of(id: u32) -> Option<u64> {
    peak(&id.to_string())
}

fn peak(process: &str) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
