//! Keeps what was written of a long file from filling memory.

use std::fs::File;
use std::io::{self, Seek as _};

/// Bytes that stay at hand: a shorter file as a whole, and of a longer one what a slow disk may still have to write.
const AT_HAND: u64 = 64 << 20;

/// Has what was written of a file long ago put on the disk, and forgotten where it is there already: to be called
/// now and then while it is written from its start to its end.
///
/// The tables of a large corpus are several times as long as its texts. Left to itself the system keeps them in
/// memory, where they drive out what others still need, and looks for new memory for every page: of 500,000
/// invented articles 35 seconds of its time in place of 25.
pub(super) fn let_go(file: &mut File) -> io::Result<()> {
    let long_ago = file.stream_position()?.saturating_sub(AT_HAND);
    if long_ago > 0 {
        forget(file, long_ago);
    }
    Ok(())
}

/// Tells the system that so many bytes of a file, one at least, are not needed soon.
#[cfg(target_os = "linux")]
fn forget(file: &File, bytes: u64) {
    // A hint: without it all is the same, in more memory.
    let _ =
        rustix::fs::fadvise(file, 0, std::num::NonZero::new(bytes), rustix::fs::Advice::DontNeed);
}

#[cfg(not(target_os = "linux"))]
fn forget(_: &File, _: u64) {}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn what_was_let_go_is_in_the_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("long");
        let mut file = File::create(&path).unwrap();
        let megabytes = (AT_HAND >> 20) + 24;
        for n in 0..megabytes {
            file.write_all(&vec![n as u8; 1 << 20]).unwrap();
            let_go(&mut file).unwrap();
        }
        let bytes = std::fs::read(&path).unwrap();
        assert_eq!(bytes.len() as u64, megabytes << 20);
        let mut pieces = bytes.chunks(1 << 20).zip(0_u64..);
        assert!(pieces.all(|(piece, n)| piece.iter().all(|&byte| byte == n as u8)));
    }
}
