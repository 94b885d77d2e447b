//! Bytes looked at many at a time: what is true of each, as bits.
#![allow(clippy::inline_always, reason = "a loop is compiled for an instruction set as a whole")]

/// Bytes looked at together.
pub(crate) const BLOCK: usize = u64::BITS as usize;

/// Of which of the bytes it is true: the first is the lowest bit.
#[inline(always)]
pub(crate) fn which(bytes: &[u8; BLOCK], is: impl Fn(u8) -> bool) -> u64 {
    // The product moves the bit of byte k to bit 56 + k.
    const GATHER: u64 = 0x0102_0408_1020_4080;
    let mut truths = [0_u8; BLOCK];
    for (truth, &byte) in truths.iter_mut().zip(bytes) {
        *truth = u8::from(is(byte));
    }
    let mut bits = 0;
    for (at, eight) in truths.as_chunks::<8>().0.iter().enumerate() {
        bits |= u64::from_le_bytes(*eight).wrapping_mul(GATHER) >> 56 << (at * 8);
    }
    bits
}

/// Whether a byte is a letter or a digit of ASCII.
#[inline(always)]
pub(crate) fn is_alphanumeric(byte: u8) -> bool {
    // Without a branch, unlike that of the standard library: many are asked together.
    (byte | 0x20).wrapping_sub(b'a') < 26 || byte.wrapping_sub(b'0') < 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_bit() {
        for block in 0..4_u8 {
            let bytes: [u8; BLOCK] = std::array::from_fn(|at| block * BLOCK as u8 + at as u8);
            let bits = which(&bytes, is_alphanumeric);
            for (at, byte) in bytes.iter().enumerate() {
                assert_eq!(bits >> at & 1 == 1, byte.is_ascii_alphanumeric(), "{byte}");
            }
        }
    }
}
