//! Finds any of many phrases in a text, as whole words, in one pass.

use std::cmp::Reverse;
use std::ops::Range;

use crate::bits::{self, BLOCK};

/// A fixed set of phrases; their ASCII letters match in either case.
///
/// An automaton over phrases in thirty scripts has rows too wide for the cache. Here the bytes at the start of a
/// word are compared with the few phrases that begin with these.
#[derive(Debug, Clone)]
pub struct Phrases {
    table: Vec<Box<[u8]>>,
    long: Beginnings<LONG>,
    short: Beginnings<SHORT>,
}

/// Phrases of so many bytes or more are told apart by these.
const LONG: usize = 6;
/// And shorter ones by so many.
const SHORT: usize = 3;

impl Phrases {
    /// Compiles phrases; they are numbered in the order given. Those of fewer than two bytes are never found.
    pub fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let table: Vec<Box<[u8]>> = phrases.iter().map(|p| p.as_ref().as_bytes().into()).collect();
        let (long, short): (Vec<_>, Vec<_>) =
            (0..table.len() as u32).partition(|&number| table[number as usize].len() >= LONG);
        let (long, short) = (Beginnings::of(&table, &long), Beginnings::of(&table, &short));
        Self { table, long, short }
    }

    /// The phrases in `text`, in order and without overlap: of those at one place the longest.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let mut end = 0;
        Starts::of(text.as_bytes()).filter_map(move |at| {
            let first = eight(text.as_bytes(), at);
            let may = self.long.may_begin(first) | self.short.may_begin(first);
            let found = if may && at >= end { self.at(text, at, first) } else { None };
            found.inspect(|(_, range)| end = range.end)
        })
    }

    /// The longest phrase that starts at byte `at`, with these eight, and is a whole word.
    #[inline(never)]
    fn at(&self, text: &str, at: usize, first: u64) -> Option<(usize, Range<usize>)> {
        let rest = &text.as_bytes()[at..];
        let mut numbers = self.long.beginning(first).iter().chain(self.short.beginning(first));
        numbers.find_map(|&number| {
            let phrase = &self.table[number as usize];
            let range = at..at + phrase.len();
            let met =
                rest.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase));
            (met && is_word(text, range.clone())).then_some((number as usize, range))
        })
    }
}

/// The bytes from `at` on, with zeros behind the last.
#[inline]
fn eight(bytes: &[u8], at: usize) -> u64 {
    let rest = &bytes[at..];
    u64::from_le_bytes(rest.first_chunk().copied().unwrap_or_else(|| {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        last
    }))
}

/// Phrases by their first `N` bytes.
#[derive(Debug, Clone)]
struct Beginnings<const N: usize> {
    /// For every few slots the kinds of the bytes that may follow those `N`, as bits: so few that they fit in the
    /// nearest cache.
    next: Box<[u64; 1 << NEXT_BITS]>,
    /// Where the phrases of each slot begin among `numbers`; one more at the end.
    slots: Vec<u32>,
    /// Phrases by slot, the longest first.
    numbers: Vec<u32>,
}

impl<const N: usize> Beginnings<N> {
    /// Those of `table` with these numbers, as far as they have `N` bytes, or one less.
    fn of(table: &[Box<[u8]>], numbers: &[u32]) -> Self {
        let mut next = Box::new([0; 1 << NEXT_BITS]);
        let mut placed: Vec<(usize, Reverse<usize>, u32)> = Vec::new();
        for &number in numbers.iter().filter(|&&number| table[number as usize].len() + 1 >= N) {
            let phrase = &table[number as usize];
            let mut place = |beginning: &[u8], kinds: u64| {
                let mut first = [0; 8];
                first[..N].copy_from_slice(beginning);
                let slot = Self::slot(u64::from_le_bytes(first));
                next[slot >> (HASH_BITS - NEXT_BITS)] |= kinds;
                placed.push((slot, Reverse(phrase.len()), number));
            };
            if let Some(beginning) = phrase.get(..N) {
                let kinds = phrase.get(N).map_or_else(
                    || may_follow(phrase).fold(0, |kinds, byte| kinds | kind(byte)),
                    |&byte| kind(byte),
                );
                place(beginning, kinds);
            } else {
                may_follow(phrase)
                    .for_each(|byte| place(&[phrase, &[byte][..]].concat(), u64::MAX));
            }
        }
        placed.sort_unstable();
        placed.dedup();
        let slots = (0..=1 << HASH_BITS)
            .map(|slot| placed.partition_point(|&(placed, ..)| placed < slot) as u32)
            .collect();
        let numbers = placed.into_iter().map(|(.., number)| number).collect();
        Self { next, slots, numbers }
    }

    /// Whether one may begin with these eight bytes: most words are told apart by that.
    #[inline]
    fn may_begin(&self, first: u64) -> bool {
        let next = self.next[Self::slot(first) >> (HASH_BITS - NEXT_BITS)];
        next & kind((first >> (8 * N)) as u8) != 0
    }

    /// Those that may.
    fn beginning(&self, first: u64) -> &[u32] {
        let slot = Self::slot(first);
        &self.numbers[self.slots[slot] as usize..self.slots[slot + 1] as usize]
    }

    fn slot(first: u64) -> usize {
        // Letters in either case agree but for this bit; that digits and marks may clash does no harm.
        let folded = (first | 0x2020_2020_2020_2020) << (64 - 8 * N);
        (folded.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - HASH_BITS)) as usize
    }
}

const HASH_BITS: u32 = 14;
const NEXT_BITS: u32 = 11;

/// The kind of a byte as one bit: a letter in either case has one that no other byte of ASCII has.
fn kind(byte: u8) -> u64 {
    1 << (byte & 0x1F | byte >> 1 & 0x20)
}

/// The bytes that may stand behind a phrase for it to be a whole word.
fn may_follow(phrase: &[u8]) -> impl Iterator<Item = u8> {
    let ends_word = phrase.last().is_some_and(u8::is_ascii_alphanumeric);
    (0..=u8::MAX).filter(move |next| !(ends_word && next.is_ascii_alphanumeric()))
}

/// Where a phrase may start: at each mark, and at the first of the letters and digits that stand together.
struct Starts<'a> {
    bytes: &'a [u8],
    /// Where the block ends that was looked at last.
    end: usize,
    /// What of it is left, as bits.
    left: u64,
    /// Whether it ends in a letter or digit of ASCII.
    inside: u64,
}

impl<'a> Starts<'a> {
    fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, end: 0, left: 0, inside: 0 }
    }

    /// Looks at the next bytes.
    fn look(&mut self, bytes: &[u8; BLOCK]) {
        let words = bits::which(bytes, bits::is_alphanumeric);
        let is_other = |byte| {
            let inside_a_character = byte & 0xC0 == 0x80;
            byte > b' ' && !bits::is_alphanumeric(byte) && !inside_a_character
        };
        self.left = words & !(words << 1 | self.inside) | bits::which(bytes, is_other);
        self.inside = words >> (BLOCK - 1);
        self.end += BLOCK;
    }
}

impl Iterator for Starts<'_> {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.left == 0 {
            let rest = self.bytes.get(self.end..).filter(|rest| !rest.is_empty())?;
            if let Some(block) = rest.first_chunk() {
                self.look(block);
            } else {
                let mut block = [b' '; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                self.look(&block);
            }
        }
        let at = self.end - BLOCK + self.left.trailing_zeros() as usize;
        self.left &= self.left - 1;
        Some(at)
    }
}

/// Whether a stretch of text is not part of a longer word.
fn is_word(text: &str, range: Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let spaced = |c: char| c.is_alphanumeric() && c < '\u{0E00}';
        inside.is_some_and(spaced) && outside.is_some_and(spaced)
    };
    let word = &text[range.clone()];
    // The Arabic "and" is written together with the next word.
    let before = text[..range.start].strip_suffix('و').unwrap_or(&text[..range.start]);
    !joins(word.chars().next(), before.chars().next_back())
        && !joins(word.chars().next_back(), text[range.end..].chars().next())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHRASES: &[&str] =
        &["ab", "read more", "(c)", "واس", "新华社", "Ρόιτερ", "©", "re", "read moreover"];

    fn found(text: &str) -> Vec<&str> {
        Phrases::new(PHRASES).find(text).map(|(_, range)| &text[range]).collect()
    }

    #[test]
    fn whole_words_only() {
        assert_eq!(found("ab cab abc AB, (ab)"), ["ab", "AB", "ab"]);
        assert_eq!(found("Read more, reread mores"), ["Read more"]);
        assert_eq!(found("(c) © Ρόιτερ Ρόιτερς"), ["(c)", "©", "Ρόιτερ"]);
        assert_eq!(found("واس وواس لواس"), ["واس", "واس"]);
        assert_eq!(found("据新华社北京电"), ["新华社"]);
    }

    #[test]
    fn what_is_too_short_is_never_found() {
        assert_eq!(Phrases::new(&["", "x", "xy"]).find("x xy").collect::<Vec<_>>(), [(2, 2..4)]);
    }

    proptest! {
        #[test]
        fn finds_what_a_search_at_every_character_finds(
            text in "(ab|re|read more|[ .é،©(]|c\\)|و|واس|新华社|[a-z]|\\PC){0,30}"
        ) {
            let starts = |at: usize, phrase: &str| {
                let range = at..at + phrase.len();
                let head = text.get(range.clone());
                head.is_some_and(|head| head.eq_ignore_ascii_case(phrase) && is_word(&text, range))
            };
            let (mut slow, mut at) = (Vec::new(), 0);
            while at < text.len() {
                let all = PHRASES.iter().enumerate();
                let met = all.filter(|(_, phrase)| text.is_char_boundary(at) && starts(at, phrase));
                let longest = met.max_by_key(|(_, phrase)| phrase.len());
                slow.extend(longest.map(|(number, phrase)| (number, at..at + phrase.len())));
                at += longest.map_or(1, |(_, phrase)| phrase.len());
            }
            let phrases = Phrases::new(PHRASES);
            prop_assert_eq!(phrases.find(&text).collect::<Vec<_>>(), slow);
        }
    }
}
