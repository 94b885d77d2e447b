//! Finds any of many phrases in a text, as whole words, in one pass.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

/// A fixed set of phrases; their ASCII letters match in either case.
///
/// An automaton over phrases in thirty scripts has rows too wide for the cache. Here a word is
/// compared with the few phrases that share its first three bytes, longest first.
#[derive(Debug, Clone)]
pub struct Phrases {
    table: Vec<Box<[u8]>>,
    /// One bit for each slot that has phrases: small enough to stay in the nearest cache.
    filled: Vec<u64>,
    /// Where the phrases of each slot begin among `numbers`; one more at the end.
    slots: Vec<u32>,
    /// Phrases by slot, the longest first.
    numbers: Vec<Entry>,
}

#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    /// The fourth to sixth byte, in small letters, to refuse most words without a look at the phrase.
    next: u32,
    /// Which of these bytes the phrase has.
    mask: u32,
}

impl Phrases {
    /// Compiles phrases of two bytes or more; they are numbered in the order given.
    pub fn new<P: AsRef<str>>(phrases: &[P]) -> Self {
        let table: Vec<Box<[u8]>> = phrases.iter().map(|p| p.as_ref().as_bytes().into()).collect();
        let mut placed: Vec<(usize, Reverse<usize>, u32)> = Vec::new();
        for (phrase, number) in table.iter().zip(0..) {
            let mut place =
                |c| placed.push((slot(phrase[0], phrase[1], c), Reverse(phrase.len()), number));
            match phrase[..] {
                [_, _] => (0..=u8::MAX).for_each(place),
                [_, _, c, ..] => place(c),
                _ => {}
            }
        }
        placed.sort_unstable();
        placed.dedup();
        let slots = (0..=1 << HASH_BITS)
            .map(|slot| placed.partition_point(|&(placed, ..)| placed < slot) as u32)
            .collect();
        let mut filled = vec![0; 1 << (HASH_BITS - 6)];
        for &(slot, ..) in &placed {
            filled[slot >> 6] |= 1_u64 << (slot & 63);
        }
        let entry = |(.., number): (usize, Reverse<usize>, u32)| {
            let phrase = &table[number as usize];
            let mask = next(&[0xFF; 6][..phrase.len().min(6)]);
            Entry { number, next: next(phrase) & mask, mask }
        };
        let numbers = placed.into_iter().map(entry).collect();
        Self { table, filled, slots, numbers }
    }

    /// The phrases in `text`, in order and without overlap: of those at one place the longest.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (usize, Range<usize>)> + 'a {
        let bytes = text.as_bytes();
        let mut at = 0;
        let mut joined = false;
        std::iter::from_fn(move || {
            while at + 1 < bytes.len() {
                let (width, letter) = step(bytes, at);
                let inner = joined && (letter || matches!(bytes[at], 0xD8..=0xD9));
                let starts = !inner && bytes[at] > b' ';
                if let Some(found) = starts.then(|| self.at(text, at)).flatten() {
                    (at, joined) = (found.1.end, false);
                    return Some(found);
                }
                (at, joined) = (at + width, letter);
                if joined {
                    // The rest of the word starts no phrase.
                    let rest = bytes[at..].iter();
                    at += rest.take_while(|byte| byte.is_ascii_alphanumeric()).count();
                }
            }
            None
        })
    }

    /// The longest phrase that starts at byte `at` and is a whole word.
    #[inline]
    fn at(&self, text: &str, at: usize) -> Option<(usize, Range<usize>)> {
        let rest = &text.as_bytes()[at..];
        let slot = slot(rest[0], rest[1], rest.get(2).copied().unwrap_or_default());
        if self.filled[slot >> 6] >> (slot & 63) & 1 == 0 {
            return None;
        }
        let numbers = self.slots[slot] as usize..self.slots[slot + 1] as usize;
        let follows = next(rest);
        self.numbers[numbers].iter().find_map(|&Entry { number, next, mask }| {
            if follows & mask != next {
                return None;
            }
            let phrase = &self.table[number as usize];
            let range = at..at + phrase.len();
            let met =
                rest.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase));
            (met && is_word(text, range.clone())).then_some((number as usize, range))
        })
    }
}

const HASH_BITS: u32 = 14;

fn slot(a: u8, b: u8, c: u8) -> usize {
    // Letters in either case agree but for this bit; that digits and marks may clash does no harm.
    let folded = u32::from_le_bytes([a, b, c, 0]) | 0x0020_2020;
    (folded.wrapping_mul(0x9E37_79B1) >> (32 - HASH_BITS)) as usize
}

/// The fourth to sixth byte in small letters, as far as there are any.
fn next(bytes: &[u8]) -> u32 {
    let at = |ix: usize| bytes.get(ix).map_or(0, |byte| byte | 0x20);
    u32::from_le_bytes([at(3), at(4), at(5), 0])
}

/// Which characters of two bytes are letters that join with the next one. The Arabic "and" is written
/// together with the next word.
static JOINS: LazyLock<[bool; 0x800]> = LazyLock::new(|| {
    let joins = |char: char| char.is_alphanumeric() && char != 'و';
    std::array::from_fn(|code| char::from_u32(code as u32).is_some_and(joins))
});

/// The width of the character at `at`, and whether it is a letter that joins with the next one.
fn step(bytes: &[u8], at: usize) -> (usize, bool) {
    match bytes[at] {
        byte @ 0..0x80 => (1, byte.is_ascii_alphanumeric()),
        first @ 0x80..0xE0 => {
            let code = usize::from(first & 0x1F) << 6 | usize::from(bytes[at + 1] & 0x3F);
            (2, JOINS[code])
        }
        // Mostly punctuation, or scripts without spaces.
        0xE0..0xF0 => (3, false),
        _ => (4, false),
    }
}

/// Whether a stretch of text is not part of a longer word.
fn is_word(text: &str, range: Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let spaced = |c: char| c.is_alphanumeric() && c < '\u{0E00}';
        inside.is_some_and(spaced) && outside.is_some_and(spaced)
    };
    let word = &text[range.clone()];
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

    proptest! {
        #[test]
        fn finds_what_a_search_at_every_character_finds(
            text in "(ab|re|read more|[ .é،©(]|c\\)|و|واس|新华社|[a-z]|\\PC){0,30}"
        ) {
            let phrases = Phrases::new(PHRASES);
            let mut slow = Vec::new();
            let mut at = 0;
            while at < text.len() {
                let found = (at + 1 < text.len() && text.is_char_boundary(at)).then(|| phrases.at(&text, at)).flatten();
                at = found.as_ref().map_or(at + 1, |(_, range)| range.end);
                slow.extend(found);
            }
            prop_assert_eq!(phrases.find(&text).collect::<Vec<_>>(), slow);
        }
    }
}
