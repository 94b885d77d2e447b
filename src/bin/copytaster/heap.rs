//! Where this process takes its memory from: the system or, once it is told to, files of which no more need be at
//! hand than is being used.
#![allow(unsafe_code, reason = "an allocator has no other way")]

use std::alloc::{GlobalAlloc, Layout};
use std::ffi::c_void;
use std::ptr;
use std::sync::atomic::{AtomicPtr, Ordering};

#[cfg(target_os = "linux")]
use copytaster::shelf::FileMemory;
use copytaster::shelf::Room;
use libmimalloc_sys as mi;
use mimalloc::MiMalloc;

/// Mimalloc, with the memory of files if there are any.
pub(crate) struct Heap;

/// What memory of files is taken from, in this order; what none of them has comes from the system.
static IN_FILE: [AtomicPtr<mi::mi_heap_t>; HEAPS] =
    [const { AtomicPtr::new(ptr::null_mut()) }; HEAPS];

const HEAPS: usize = 16;

/// What the first heap of them gives that has it.
fn in_file(from: impl Fn(*mut mi::mi_heap_t) -> *mut c_void) -> Option<*mut u8> {
    let heaps = IN_FILE.iter().map(|heap| heap.load(Ordering::Acquire));
    let given = heaps.take_while(|heap| !heap.is_null()).map(from);
    given.map(<*mut c_void>::cast::<u8>).find(|memory| !memory.is_null())
}

// SAFETY: all heaps are of mimalloc, which gives memory of the size and alignment that it is asked for, or null,
// and takes back what any of them gave; a heap that stands in IN_FILE is never taken down, and its functions may
// be called from any thread.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        in_file(|heap| unsafe { mi::mi_heap_malloc_aligned(heap, layout.size(), layout.align()) })
            .unwrap_or_else(|| unsafe { MiMalloc.alloc(layout) })
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        in_file(|heap| unsafe { mi::mi_heap_zalloc_aligned(heap, layout.size(), layout.align()) })
            .unwrap_or_else(|| unsafe { MiMalloc.alloc_zeroed(layout) })
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { MiMalloc.dealloc(memory, layout) };
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // Where it gives null what was there is as it was.
        let again = |heap| unsafe {
            mi::mi_heap_realloc_aligned(heap, memory.cast(), size, layout.align())
        };
        in_file(again).unwrap_or_else(|| unsafe { MiMalloc.realloc(memory, layout, size) })
    }
}

/// From here on memory is taken from files in this room, one for each heap, so that all of what the process holds can
/// be let go of, not only what is kept there. Where there can be no such files, all stays as it is.
#[cfg(target_os = "linux")]
pub(crate) fn move_into_file(room: &Room) {
    /// Bytes that a heap has: of 16 GiB mimalloc would make several, and fails at the first.
    const EACH: usize = 15 << 30;
    /// `mi_option_arena_max_object_size`, in KiB, for which there is no name yet.
    const LARGEST: mi::mi_option_t = mi::_mi_option_last - 2;

    // SAFETY: it is an option of mimalloc that is a number.
    unsafe { mi::mi_option_set(LARGEST, (EACH >> 10) as i64) };
    for place in &IN_FILE {
        let Ok(memory) = room.file_memory(EACH) else { break };
        // It is there as long as the process.
        let memory: &'static FileMemory = Box::leak(Box::new(memory));
        let mut arena = ptr::null_mut();
        // SAFETY: this memory is there for as long as the process, nobody else uses it, and it is zero where nothing
        // was written. It is written to only after `commit` occupied it, which takes its last argument for what it
        // is here.
        let heap = unsafe {
            let start = memory.start().cast();
            let of = ptr::from_ref(memory).cast_mut().cast();
            let (committed, pinned, zero, exclusive) = (false, false, true, true);
            let any = -1;
            let managed = mi_manage_memory(
                start,
                EACH,
                committed,
                pinned,
                zero,
                any,
                exclusive,
                commit,
                of,
                &raw mut arena,
            );
            if !managed {
                break;
            }
            mi::mi_heap_new_in_arena(arena)
        };
        place.store(heap, Ordering::Release);
    }
    room.watch();
}

#[cfg(not(target_os = "linux"))]
pub(crate) fn move_into_file(_: &Room) {}

#[cfg(target_os = "linux")]
unsafe extern "C" {
    /// Of `mimalloc.h`, version 3; the bindings lack it.
    fn mi_manage_memory(
        start: *mut c_void,
        size: usize,
        is_committed: bool,
        is_pinned: bool,
        is_zero: bool,
        numa_node: std::ffi::c_int,
        exclusive: bool,
        commit: extern "C" fn(bool, *mut c_void, usize, *mut bool, *mut c_void) -> bool,
        commit_argument: *mut c_void,
        arena: *mut mi::mi_arena_id_t,
    ) -> bool;
}

/// Called by mimalloc before it uses a part of the file, and when it no longer does; says whether that was done.
#[cfg(target_os = "linux")]
extern "C" fn commit(
    is_needed: bool,
    start: *mut c_void,
    bytes: usize,
    _is_zero: *mut bool,
    memory: *mut c_void,
) -> bool {
    // SAFETY: it was given when the part was put into mimalloc's care.
    let memory: &FileMemory = unsafe { &*memory.cast() };
    let start = start as usize - memory.start() as usize;
    if is_needed { memory.occupy(start, bytes) } else { memory.vacate(start, bytes) }
}
