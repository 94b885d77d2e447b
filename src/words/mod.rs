//! Words of a text: normalised, hashed once, with their places; and the sentences they form.
//!
//! A word is a run of letters and digits. It is compared by the hash of its normal form: Unicode
//! NFKC, lower case, without the marks that spelling may leave out (Arabic vowel signs and tatweel,
//! soft hyphens, joiners) and with the letters that print confuses made one (أ إ آ ا, ى ي, ة ه, ё е).
//! Digits are kept: they are what tells an update from its forerunner. In scripts that do not put
//! spaces between words (Han, Hiragana, Thai, Lao, Khmer, Burmese) each character is a word.

mod sentence;
mod weight;

use std::sync::LazyLock;

use icu_normalizer::ComposingNormalizerBorrowed;

use crate::hash;
use crate::span::{Span, WordRange};

pub use sentence::sentences;
pub use weight::{Background, Counts, MAX_BITS, Sixteenths, Weights, Worth};

/// The words of a text, struct of arrays: `hashes[i]` stands at `spans[i]`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words {
    /// Hash of each word's normal form.
    pub hashes: Vec<u32>,
    /// Where each word stands in the text.
    pub spans: Vec<Span>,
}

impl Words {
    /// The words of the given stretches of `text`, in order.
    pub fn of(text: &str, stretches: &[Span]) -> Self {
        let mut words = Self::default();
        words.read(text, stretches);
        words
    }

    /// The same into the memory of this value, which is emptied first.
    pub fn read(&mut self, text: &str, stretches: &[Span]) {
        self.hashes.clear();
        self.spans.clear();
        let mut normal = String::new();
        for &stretch in stretches {
            each_word(text, stretch, |span| {
                self.hashes.push(hash_of(&text[span], &mut normal));
                self.spans.push(span);
            });
        }
    }

    /// How many words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The stretch of text from the first to the last word of a range that is not empty.
    pub fn span(&self, range: WordRange) -> Span {
        self.spans[range.start as usize].hull(self.spans[range.end as usize - 1])
    }
}

/// Hash of one word as it is printed, as [`Words`] would give it.
pub fn hash_of_word(word: &str) -> u32 {
    hash_of(word, &mut String::new())
}

fn each_word(text: &str, stretch: Span, mut found: impl FnMut(Span)) {
    let bytes = text.as_bytes();
    let end = stretch.end as usize;
    let mut at = stretch.start as usize;
    while at < end {
        if bytes[at].is_ascii_alphanumeric() {
            let start = at;
            while at < end && bytes[at].is_ascii_alphanumeric() {
                at += 1;
            }
            // Nearly all words end here; one with another letter next goes on below.
            if at == end || bytes[at].is_ascii() {
                found(Span::new(start, at));
                continue;
            }
            at = word_end(text, start, end);
            found(Span::new(start, at));
        } else if bytes[at].is_ascii() {
            at += 1;
        } else {
            let char = char_at(text, at);
            let start = at;
            at += char.len_utf8();
            match Class::of(char) {
                Class::Letter => {
                    at = word_end(text, start, end);
                    found(Span::new(start, at));
                }
                Class::Alone => {
                    while at < end && Class::of(char_at(text, at)) == Class::Mark {
                        at += char_at(text, at).len_utf8();
                    }
                    found(Span::new(start, at));
                }
                Class::Mark | Class::Other => {}
            }
        }
    }
}

/// Where the word ends that starts at `start` with a letter.
fn word_end(text: &str, start: usize, end: usize) -> usize {
    let mut at = start;
    let mut last = start;
    while at < end {
        let char = char_at(text, at);
        at += char.len_utf8();
        match Class::of(char) {
            Class::Letter => last = at,
            Class::Mark => {}
            Class::Alone | Class::Other => break,
        }
    }
    last
}

fn char_at(text: &str, at: usize) -> char {
    text[at..].chars().next().unwrap_or('\0')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Part of a word.
    Letter,
    /// A word by itself: its script puts no spaces between words.
    Alone,
    /// Belongs to the letter before it, or prints as nothing.
    Mark,
    /// Between words.
    Other,
}

/// The class of every character of the basic plane: asking for one is most of the work in scripts other
/// than ASCII.
static CLASSES: LazyLock<Box<[Class]>> = LazyLock::new(|| {
    let class = |code: u32| char::from_u32(code).map_or(Class::Other, Class::look_up);
    (0..0x1_0000).map(class).collect()
});

impl Class {
    fn of(char: char) -> Self {
        CLASSES.get(char as usize).copied().unwrap_or_else(|| Self::look_up(char))
    }

    fn look_up(char: char) -> Self {
        match char {
            '\0'..='\x7f' if char.is_ascii_alphanumeric() => Self::Letter,
            '\0'..='\x7f' => Self::Other,
            // Soft hyphen, combining marks, Hebrew and Arabic points, tatweel, joiners and direction marks.
            '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'..='\u{5c7}' => {
                Self::Mark
            }
            '\u{610}'..='\u{61a}' | '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => Self::Mark,
            '\u{6d6}'..='\u{6ed}' if !char.is_numeric() => Self::Mark,
            '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' => {
                Self::Mark
            }
            '\u{fe00}'..='\u{fe0f}' | '\u{feff}' => Self::Mark,
            // Thai, Lao, Burmese, Khmer: a base with its vowels and tones.
            '\u{e01}'..='\u{e30}' | '\u{e32}'..='\u{e33}' | '\u{e40}'..='\u{e46}' => Self::Alone,
            '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}' => Self::Mark,
            '\u{e81}'..='\u{eb0}' | '\u{eb2}'..='\u{eb3}' | '\u{ec0}'..='\u{ec6}' => Self::Alone,
            '\u{eb1}' | '\u{eb4}'..='\u{ebc}' | '\u{ec8}'..='\u{ece}' => Self::Mark,
            '\u{1000}'..='\u{102a}' | '\u{1780}'..='\u{17b3}' => Self::Alone,
            '\u{102b}'..='\u{103e}' | '\u{17b4}'..='\u{17d3}' => Self::Mark,
            // Hiragana (with its iteration marks) and Han; Katakana runs are words.
            '\u{3005}'..='\u{3007}' | '\u{3041}'..='\u{309f}' => Self::Alone,
            '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
                Self::Alone
            }
            '\u{20000}'..='\u{3ffff}' => Self::Alone,
            _ if char.is_alphanumeric() => Self::Letter,
            _ => Self::Other,
        }
    }
}

fn hash_of(word: &str, normal: &mut String) -> u32 {
    normal.clear();
    if word.is_ascii() {
        normal.push_str(word);
        normal.make_ascii_lowercase();
    } else {
        for char in ComposingNormalizerBorrowed::new_nfkc().normalize(word).chars() {
            match char {
                'أ' | 'إ' | 'آ' | 'ٱ' => normal.push('ا'),
                'ى' | 'ی' => normal.push('ي'),
                'ة' => normal.push('ه'),
                'ک' => normal.push('ك'),
                'ё' | 'Ё' => normal.push('е'),
                // A combining mark that is left after composition is part of the spelling.
                '\u{300}'..='\u{36f}' => normal.push(char),
                _ if Class::of(char) == Class::Mark && !is_vowel_of_abugida(char) => {}
                _ => normal.extend(char.to_lowercase()),
            }
        }
    }
    hash::word(normal.as_bytes())
}

/// Thai, Lao, Burmese and Khmer vowels and tones hang on a letter but tell words apart.
fn is_vowel_of_abugida(char: char) -> bool {
    ('\u{e00}'..='\u{eff}').contains(&char)
        || ('\u{1000}'..='\u{109f}').contains(&char)
        || ('\u{1780}'..='\u{17ff}').contains(&char)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn split(text: &str) -> Vec<&str> {
        Words::of(text, &[Span::whole(text)]).spans.into_iter().map(|span| &text[span]).collect()
    }

    fn same(a: &str, b: &str) -> bool {
        let hashes = |text: &str| Words::of(text, &[Span::whole(text)]).hashes;
        hashes(a) == hashes(b)
    }

    #[test]
    fn words_of_many_scripts() {
        for (text, words) in [
            ("It's 20% — U.S.", vec!["It", "s", "20", "U", "S"]),
            ("L’été à Besançon", vec!["L", "été", "à", "Besançon"]),
            ("Die Straße, größer", vec!["Die", "Straße", "größer"]),
            ("El año: ¿qué?", vec!["El", "año", "qué"]),
            ("São João", vec!["São", "João"]),
            ("Ёлка — 3-я", vec!["Ёлка", "3", "я"]),
            ("قالت الوزارةُ، أمس", vec!["قالت", "الوزارة", "أمس"]),
            ("東京のロイター１８日", vec!["東", "京", "の", "ロイター１８", "日"]),
            ("新华社北京", vec!["新", "华", "社", "北", "京"]),
            ("ที่นี่", vec!["ที่", "นี่"]),
            ("co\u{ad}operate", vec!["co\u{ad}operate"]),
            ("", vec![]),
        ] {
            assert_eq!(split(text), words, "{text}");
        }
    }

    #[test]
    fn spelling_that_print_leaves_open_is_one_word() {
        assert!(same("Besanc\u{327}on", "besançon"));
        assert!(same("１８日", "18日"));
        assert!(same("ﬁnal", "FINAL"));
        assert!(same("الوزارةُ أمس", "الوزاره امس"));
        assert!(same("الـــرياض", "الرياض"));
        assert!(same("Ещё", "еще"));
        assert!(same("co\u{ad}operate don’t", "cooperate don't"));
        assert!(!same("1.5", "1.6"));
    }

    proptest! {
        #[test]
        fn spans_are_in_order_and_slice(text in "\\PC{0,60}") {
            let words = Words::of(&text, &[Span::whole(&text)]);
            let mut last = 0;
            for span in words.spans {
                prop_assert!(span.start >= last && !text[span].is_empty());
                last = span.end;
            }
        }
    }
}
