//! Words of a text: normalised, hashed once, with their places; and the sentences they form.
//!
//! A word is a run of letters and digits. It is compared by the hash of its normal form: Unicode
//! NFKC, lower case, without the marks that spelling may leave out (Arabic vowel signs and tatweel,
//! soft hyphens, joiners) and with the letters that print confuses made one (أ إ آ ا, ى ي, ة ه, ё е).
//! Digits are kept: they are what tells an update from its forerunner. In scripts that do not put
//! spaces between words (Han, Hiragana, Thai, Lao, Khmer, Burmese) each character is a word.

mod counting;
mod counts;
mod normal;
mod sentence;
mod split;
mod weight;
mod worth;

use crate::span::{Span, WordRange};

pub use counting::Counting;
pub use counts::Counts;
pub use sentence::sentences;
pub use weight::{Background, MAX_BITS, Sixteenths, Weights};
pub use worth::{Weigher, Worth};

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
        let bytes: usize = stretches.iter().map(|stretch| stretch.len()).sum();
        self.hashes.reserve(bytes / 5);
        self.spans.reserve(bytes / 5);
        split::each_word(text, stretches, |span, hash| {
            self.hashes.push(hash);
            self.spans.push(span);
        });
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

/// The hashes of all words of a text, for those who need no more.
pub fn hashes(text: &str) -> Vec<u32> {
    let mut hashes = Vec::with_capacity(text.len() / 5);
    split::each_word(text, &[Span::whole(text)], |_, hash| hashes.push(hash));
    hashes
}

/// Hash of one word as it is printed, as [`Words`] would give it.
pub fn hash_of_word(word: &str) -> u32 {
    normal::hash_of(word, &mut Vec::new())
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
