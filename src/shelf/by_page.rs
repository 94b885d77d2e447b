//! Asks the system to bring in the one page that is touched of a file, and not all those around it.
//!
//! When a page is read that is not in this process's memory, Linux maps the 64 kilobytes around it as well, as far as it
//! has them at hand. Of records that are looked up here and there that fills memory with sixteen times what is
//! asked for, to be let go of again. It does not do so where a process may want to be told of every page that is
//! written (`userfaultfd`, write-protect mode; `uffd_disable_fault_around` in Linux's `mm/memory.c`), and it can be
//! told that this is so without ever being asked for a page (`UFFD_FEATURE_WP_ASYNC`, Linux 6.7).

use std::os::fd::OwnedFd;

use memmap2::MmapRaw;
use rustix::io;
use rustix::ioctl::{Opcode, Updater, ioctl, opcode};
use rustix::mm::{UserfaultfdFlags, userfaultfd};

/// As long as this is there, pages of a map come one by one.
#[derive(Debug)]
pub(super) struct ByPage {
    _registered: OwnedFd,
}

/// `struct uffdio_api` of `linux/userfaultfd.h`.
#[repr(C)]
struct Api {
    version: u64,
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

/// `UFFD_API`.
const VERSION: u64 = 0xaa;
/// `UFFDIO_API`.
const SET_API: Opcode = opcode::read_write::<Api>(0xaa, 0x3f);
/// `UFFDIO_REGISTER`.
const REGISTER: Opcode = opcode::read_write::<Register>(0xaa, 0x00);
/// `UFFD_USER_MODE_ONLY`: without it one has to be root.
const USER_MODE_ONLY: UserfaultfdFlags = UserfaultfdFlags::from_bits_retain(1);
/// `UFFD_FEATURE_WP_ASYNC`.
const WP_ASYNC: u64 = 1 << 15;
/// `UFFDIO_REGISTER_MODE_WP`.
const MODE_WP: u64 = 1 << 1;

impl ByPage {
    /// Nothing where the system knows no such thing, or does not allow it: then it takes longer.
    pub(super) fn of(map: &MmapRaw) -> Option<Self> {
        Self::registered(map).ok()
    }

    #[allow(unsafe_code, reason = "calls of the system for which there is no other way")]
    fn registered(map: &MmapRaw) -> io::Result<Self> {
        let mut api = Api { version: VERSION, features: WP_ASYNC, ioctls: 0 };
        let (start, len) = (map.as_ptr() as u64, map.len() as u64);
        let mut register = Register { start, len, mode: MODE_WP, ioctls: 0 };
        // SAFETY: the structures are what these calls read and write. No page is ever write-protected, so that
        // nothing is changed about the memory that is named but how much of it comes at a time.
        unsafe {
            let registered = userfaultfd(UserfaultfdFlags::CLOEXEC | USER_MODE_ONLY)?;
            ioctl(&registered, Updater::<SET_API, Api>::new(&mut api))?;
            ioctl(&registered, Updater::<REGISTER, Register>::new(&mut register))?;
            Ok(Self { _registered: registered })
        }
    }
}
