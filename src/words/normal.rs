//! The normal form of a word, and which characters words are made of.

use std::sync::LazyLock;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_normalizer::properties::{
    CanonicalCombiningClassMapBorrowed, CanonicalDecompositionBorrowed, Decomposed,
};

use crate::hash;

/// What a character is to words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
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
    pub(super) fn of(char: char) -> Self {
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

/// Hash of a word's normal form; `form` is memory to write it to.
pub(super) fn hash_of(word: &str, form: &mut Vec<u8>) -> u32 {
    form.clear();
    if word.is_ascii() {
        form.extend_from_slice(word.as_bytes());
        form.make_ascii_lowercase();
    } else if !one_by_one(word, form) {
        form.clear();
        let mut put = |char: char| form.extend_from_slice(char.encode_utf8(&mut [0; 4]).as_bytes());
        ComposingNormalizerBorrowed::new_nfkc()
            .normalize(word)
            .chars()
            .for_each(|char| folded(char, &mut put));
    }
    hash::word(form)
}

/// Writes the normal form of a word of which every character has one by itself, as most have; else
/// tells that it is not so.
fn one_by_one(word: &str, form: &mut Vec<u8>) -> bool {
    for char in word.chars() {
        match FORMS.get(char as usize) {
            None | Some(&TOGETHER) => return false,
            Some(&NOTHING) => {}
            Some(&code @ 0..0x80) => form.push(code as u8),
            Some(&code @ 0x80..0x800) => {
                form.extend_from_slice(&[0xC0 | (code >> 6) as u8, 0x80 | (code & 0x3F) as u8]);
            }
            Some(&code) => form.extend_from_slice(&[
                0xE0 | (code >> 12) as u8,
                0x80 | (code >> 6 & 0x3F) as u8,
                0x80 | (code & 0x3F) as u8,
            ]),
        }
    }
    true
}

/// In the normal form nothing stands for such a character.
const NOTHING: u16 = 0;
/// What stands for such a character is seen together with those beside it only.
const TOGETHER: u16 = u16::MAX;

/// The normal form of every character of the basic plane.
static FORMS: LazyLock<Box<[u16]>> = LazyLock::new(|| {
    let decomposition = CanonicalDecompositionBorrowed::new();
    // Characters that may join the one before them into one.
    let mut joins = vec![false; 0x1_0000];
    for char in (0..0x1_0000).filter_map(char::from_u32) {
        if let Decomposed::Expansion(_, second) = decomposition.decompose(char)
            && let Some(joins) = joins.get_mut(second as usize)
        {
            *joins = true;
        }
    }
    let classes = CanonicalCombiningClassMapBorrowed::new();
    let alone = |char: char| {
        !joins.get(char as usize).copied().unwrap_or_default() && classes.get_u8(char) == 0
    };
    let nfkc = ComposingNormalizerBorrowed::new_nfkc();
    let form = |code: u32| {
        let Some(char) = char::from_u32(code).filter(|&char| alone(char)) else { return TOGETHER };
        let (mut form, mut chars) = (NOTHING, 0);
        nfkc.normalize_iter(std::iter::once(char)).for_each(|char| {
            if !alone(char) {
                chars = usize::MAX / 2;
            }
            folded(char, &mut |char| {
                form = u16::try_from(char as u32).unwrap_or(TOGETHER);
                chars += 1;
            });
        });
        if chars > 1 { TOGETHER } else { form }
    };
    (0..0x1_0000).map(form).collect()
});

/// Gives what stands for a character of NFKC in the normal form.
fn folded(char: char, put: &mut impl FnMut(char)) {
    match char {
        'أ' | 'إ' | 'آ' | 'ٱ' => put('ا'),
        'ى' | 'ی' => put('ي'),
        'ة' => put('ه'),
        'ک' => put('ك'),
        'ё' | 'Ё' => put('е'),
        // A combining mark that is left after composition is part of the spelling.
        '\u{300}'..='\u{36f}' => put(char),
        _ if Class::of(char) == Class::Mark && !is_vowel_of_abugida(char) => {}
        _ => char.to_lowercase().for_each(put),
    }
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

    fn slow_twin(word: &str) -> u32 {
        let mut form = String::new();
        let nfkc = ComposingNormalizerBorrowed::new_nfkc().normalize(word);
        nfkc.chars().for_each(|char| folded(char, &mut |char| form.push(char)));
        hash::word(form.as_bytes())
    }

    proptest! {
        #[test]
        fn characters_one_by_one_are_what_they_are_together(
            word in "[\\p{L}\\p{M}\\p{N}\u{200c}\u{200d}\u{ad}]{1,8}|[ا-يً-ْآأ]{1,8}|[а-яЁё\u{301}]{1,6}"
        ) {
            prop_assert_eq!(hash_of(&word, &mut Vec::new()), slow_twin(&word));
        }
    }

    #[test]
    fn every_character_is_what_its_table_says() {
        for char in (0x80..0x1_0000).filter_map(char::from_u32) {
            let word = format!("a{char}b");
            assert_eq!(hash_of(&word, &mut Vec::new()), slow_twin(&word), "{char:?}");
        }
    }
}
