//! Asks the system to bring in the one page that is touched of a file, and not all those around it.
//!
//! When a page is read that is not in this process's memory, Linux maps the 64 kilobytes around it as well, as far as it
//! has them at hand. Of records that are looked up here and there that fills memory with sixteen times what is
//! asked for, to be let go of again. It does not do so where a process may want to be told of every page that is
//! written (`userfaultfd`, write-protect mode; `uffd_disable_fault_around` in Linux's `mm/memory.c`), and it can be
//! told that this is so without ever being asked for a page (`UFFD_FEATURE_WP_ASYNC`, Linux 6.7).

use std::io;
use std::os::fd::{AsRawFd as _, FromRawFd as _, OwnedFd};

use memmap2::MmapRaw;
use nix::libc;

/// As long as this is there, pages of a map come one by one.
#[derive(Debug)]
pub(super) struct ByPage {
    _registered: OwnedFd,
}

/// `struct uffdio_api` of `linux/userfaultfd.h`.
#[repr(C)]
struct Api {
    api: u64,
    features: u64,
    ioctls: u64,
}

/// `struct uffdio_register`.
#[repr(C)]
struct Register {
    start: u64,
    len: u64,
    mode: u64,
    ioctls: u64,
}

/// `UFFD_API`, which is also the letter of its calls.
const API: u64 = 0xaa;
/// `UFFD_USER_MODE_ONLY`: without it one has to be root.
const USER_MODE_ONLY: libc::c_int = 1;
/// `UFFD_FEATURE_WP_ASYNC`.
const WP_ASYNC: u64 = 1 << 15;
/// `UFFDIO_REGISTER_MODE_WP`.
const MODE_WP: u64 = 1 << 1;

#[allow(unsafe_code, reason = "calls of the system for which there is no other way")]
mod call {
    nix::ioctl_readwrite!(api, super::API, 0x3f, super::Api);
    nix::ioctl_readwrite!(register, super::API, 0x00, super::Register);
}

impl ByPage {
    /// Nothing where the system knows no such thing, or does not allow it: then it takes longer.
    pub(super) fn of(map: &MmapRaw) -> Option<Self> {
        Self::registered(map).ok()
    }

    #[allow(unsafe_code, reason = "calls of the system for which there is no other way")]
    fn registered(map: &MmapRaw) -> io::Result<Self> {
        // SAFETY: the call takes flags and gives a file descriptor that nobody else has, or less than 0.
        let fd = unsafe {
            let fd = libc::syscall(libc::SYS_userfaultfd, libc::O_CLOEXEC | USER_MODE_ONLY);
            if fd < 0 {
                return Err(io::Error::last_os_error());
            }
            OwnedFd::from_raw_fd(fd as i32)
        };
        let mut api = Api { api: API, features: WP_ASYNC, ioctls: 0 };
        let (start, len) = (map.as_ptr() as u64, map.len() as u64);
        let mut register = Register { start, len, mode: MODE_WP, ioctls: 0 };
        // SAFETY: both are what these calls read and write. No page is ever write-protected, so that nothing is
        // changed about the memory that is named but how much of it comes at a time.
        unsafe {
            call::api(fd.as_raw_fd(), &raw mut api)?;
            call::register(fd.as_raw_fd(), &raw mut register)?;
        }
        Ok(Self { _registered: fd })
    }
}
