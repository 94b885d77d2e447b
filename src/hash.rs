//! The one hash for anything that is kept or compared: xxHash3, with fixed seeds.
//!
//! std's hashers change between runs and versions, so they are not used for values that reach a result.

use xxhash_rust::xxh3::{xxh3_64, xxh3_64_with_seed, xxh3_128};

/// A normalised word as 32 bits: with a million different words about 116 pairs of them collide,
/// too few to matter to passages of many words.
pub fn word(normalised: &[u8]) -> u32 {
    if normalised.len() > SHORT_WORD {
        return xxh3_64(normalised) as u32;
    }
    let mut bytes = [0; SHORT_WORD];
    bytes[..normalised.len()].copy_from_slice(normalised);
    let [low, high] = halves(bytes);
    short_word(low, high, normalised.len())
}

/// Words of up to so many bytes, which nearly all are, fit in two registers.
pub const SHORT_WORD: usize = 16;

/// The two registers that hold a word of up to [`SHORT_WORD`] bytes.
pub fn halves(word: [u8; SHORT_WORD]) -> [u64; 2] {
    let both = u128::from_le_bytes(word);
    [both as u64, (both >> 64) as u64]
}

/// What [`word`] gives for `len` bytes, at most [`SHORT_WORD`], with zeros behind them: the product of
/// both halves, folded, as `wyhash` mixes (Wang Yi 2019).
pub fn short_word(low: u64, high: u64, len: usize) -> u32 {
    let low = low ^ 0x9E37_79B9_7F4A_7C15;
    let high = high ^ 0xD6E8_FEB8_6659_FD93 ^ len as u64;
    let product = u128::from(low) * u128::from(high);
    let folded = product as u64 ^ (product >> 64) as u64;
    (folded ^ folded >> 32) as u32
}

/// A run of words (their hashes) as 64 bits: a polynomial modulo `2^64`, spread.
pub fn shingle(words: &[u32]) -> u64 {
    const FACTOR: u64 = 0xD6E8_FEB8_6659_FD93;
    let next = |sum: u64, &word: &u32| sum.wrapping_mul(FACTOR).wrapping_add(u64::from(word));
    mix(words.iter().fold(words.len() as u64, next))
}

/// Any bytes as 64 bits, apart for every `seed`.
pub fn bytes(bytes: &[u8], seed: u64) -> u64 {
    xxh3_64_with_seed(bytes, seed)
}

/// A whole text as 128 bits: equal values are taken for equal texts.
pub fn text(bytes: &[u8]) -> u128 {
    xxh3_128(bytes)
}

/// A whole sequence of words as 128 bits: equal values are taken for equal sequences. It is of the words
/// as the machine holds them: to be compared, not to be kept.
pub fn sequence(words: &[u32]) -> u128 {
    xxh3_128(bytemuck::cast_slice(words))
}

/// Spreads 64 bits over 64 bits, one to one (Stafford's variant 13 of MurmurHash3's finaliser, as
/// in `SplitMix64`).
pub const fn mix(x: u64) -> u64 {
    let x = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_never_change() {
        assert_eq!(word(b"kremlin"), 2_185_085_473);
        assert_eq!(shingle(&[1, 2, 3]), 2_344_649_830_944_624_517);
        assert_ne!(shingle(&[1, 2, 3]), shingle(&[3, 2, 1]));
        assert_ne!(shingle(&[0]), shingle(&[0, 0]));
    }
}
