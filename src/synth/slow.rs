//! Corpora that are no news: each is slow for a scan that counts on articles being what they mostly are.

use jiff::Timestamp;

use super::dice::Dice;
use crate::article::{Article, Published};
use crate::hash;

/// What a corpus has that news has not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slow {
    /// Articles of one word, again and again, without a full stop.
    OneWord,
    /// Articles that repeat their first words: one, two, up to 64.
    Periods,
    /// Articles of twenty words, in any order.
    FewWords,
    /// Unrelated articles in words that no background knows and of which one is every third.
    Skewed,
    /// Articles that all share 2,000 words in a row, after 1,000 of their own.
    Shared,
    /// The same in skewed words.
    SkewedShared,
    /// One article, again and again.
    Identical,
    /// One story that every outlet cut and reworded for itself.
    Outlets,
    /// An article of a million words, and unrelated ones.
    Long,
    /// An article of a million words, and others that each took 200 of them from some place.
    Quarry,
}

/// Words of an article of usual length.
const USUAL: usize = 400;

/// Words of the long article; in a corpus of fewer than twice as many it is half of it.
const LONG: usize = 1_000_000;

impl Slow {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::OneWord,
        Self::Periods,
        Self::FewWords,
        Self::Skewed,
        Self::Shared,
        Self::SkewedShared,
        Self::Identical,
        Self::Outlets,
        Self::Long,
        Self::Quarry,
    ];

    /// What it is, in a few words.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneWord => "one word repeated",
            Self::Periods => "periods of 1 to 64 words",
            Self::FewWords => "twenty words in any order",
            Self::Skewed => "unknown words, one is every third",
            Self::Shared => "2,000 words in every article",
            Self::SkewedShared => "the same, one word is every third",
            Self::Identical => "one article everywhere",
            Self::Outlets => "one story, reworded everywhere",
            Self::Long => "one of a million words",
            Self::Quarry => "pieces of one of a million words",
        }
    }

    /// Articles of so many words or a few more, in the order of their ids; always the same ones.
    pub fn articles(self, words: u64) -> impl Iterator<Item = Article> {
        let mut press = Press::new(self, words);
        let (mut made, mut number) = (0, 0);
        std::iter::from_fn(move || {
            if made >= words {
                return None;
            }
            let text = press.article(number);
            made += text.len() as u64;
            number += 1;
            Some(press.print(number - 1, &text))
        })
    }
}

/// Writes the articles of one corpus.
#[derive(Debug)]
struct Press {
    slow: Slow,
    dice: Dice,
    /// What articles have in common.
    stock: Vec<u32>,
}

impl Press {
    fn new(slow: Slow, words: u64) -> Self {
        let mut press =
            Self { slow, dice: Dice::new(1, 0x736c_6f77, slow as u64), stock: Vec::new() };
        let stock = match slow {
            Slow::OneWord | Slow::FewWords | Slow::Skewed => 0,
            Slow::Periods => 64,
            Slow::Shared | Slow::SkewedShared => 2_000,
            Slow::Identical | Slow::Outlets => USUAL,
            Slow::Long | Slow::Quarry => LONG.min(words as usize / 2),
        };
        press.stock = press.own(stock);
        press
    }

    /// The words of an article, as numbers.
    fn article(&mut self, number: usize) -> Vec<u32> {
        match self.slow {
            Slow::OneWord => vec![7; USUAL / 2 + number % USUAL],
            Slow::Periods => {
                let period = &self.stock[..=number % self.stock.len()];
                period.iter().copied().cycle().take(USUAL - number % 100).collect()
            }
            Slow::FewWords => (0..USUAL).map(|_| self.dice.below(20) as u32).collect(),
            Slow::Shared | Slow::SkewedShared => [self.own(1_000), self.stock.clone()].concat(),
            Slow::Identical => self.stock.clone(),
            Slow::Outlets => {
                let len = USUAL / 4 + self.dice.below(USUAL * 3 / 4);
                (0..len)
                    .map(|at| if self.dice.per_mille(50) { self.word() } else { self.stock[at] })
                    .collect()
            }
            Slow::Long | Slow::Quarry if number == 0 => self.stock.clone(),
            Slow::Quarry => {
                let taken = USUAL / 2;
                let from = self.dice.below(self.stock.len().saturating_sub(taken).max(1));
                let piece: Vec<u32> = self.stock.iter().skip(from).take(taken).copied().collect();
                [self.own(USUAL - taken), piece].concat()
            }
            Slow::Skewed | Slow::Long => self.own(USUAL),
        }
    }

    fn own(&mut self, words: usize) -> Vec<u32> {
        (0..words).map(|_| self.word()).collect()
    }

    fn word(&mut self) -> u32 {
        match self.slow {
            // One is three in eight of all words, and the next an eighth.
            Slow::Skewed | Slow::SkewedShared => {
                let octave = (0..16).take_while(|_| self.dice.per_mille(620)).count();
                (1 << octave) + self.dice.below(1 << octave) as u32
            }
            _ => self.dice.zipf(16) as u32,
        }
    }

    fn print(&self, number: usize, words: &[u32]) -> Article {
        /// Noon of 1 January 2026, in seconds.
        const FIRST_S: i64 = 1_767_268_800;
        let mut text = String::with_capacity(words.len() * 8);
        let stops = self.slow != Slow::OneWord;
        for (at, &word) in words.iter().enumerate() {
            match at {
                0 => {}
                _ if stops && at.is_multiple_of(60) => text.push_str(".\n\n"),
                _ if stops && at.is_multiple_of(20) => text.push_str(". "),
                _ => text.push(' '),
            }
            spell(word, stops && at.is_multiple_of(20), &mut text);
        }
        let time = FIRST_S + 60 * number as i64;
        Article {
            outlet: Some(format!("Outlet {}", number % 50_000)),
            published: Timestamp::from_second(time).ok().map(Published::Instant),
            ..Article::new(format!("{number:09}"), text)
        }
    }
}

/// Spells the word of a number: three syllables, for most numbers others.
fn spell(word: u32, capital: bool, text: &mut String) {
    const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
    const VOWELS: &[u8] = b"aeiou";
    let mut left = hash::mix(u64::from(word)) >> 8;
    for syllable in 0..3 {
        let consonant = CONSONANTS[left as usize % CONSONANTS.len()] as char;
        text.push(if capital && syllable == 0 {
            consonant.to_ascii_uppercase()
        } else {
            consonant
        });
        left /= CONSONANTS.len() as u64;
        text.push(VOWELS[left as usize % VOWELS.len()] as char);
        left /= VOWELS.len() as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_as_many_words_as_were_asked_for_and_always_the_same() {
        for slow in Slow::ALL {
            let articles: Vec<Article> = slow.articles(9_000).collect();
            let words = |article: &Article| article.text.split_whitespace().count();
            let longest = articles.iter().map(words).max().unwrap();
            let all: usize = articles.iter().map(words).sum();
            assert!((9_000..9_000 + longest).contains(&all), "{slow:?}: {all}");
            assert!(articles.is_sorted_by(|a, b| a.id < b.id));
            assert_eq!(articles, slow.articles(9_000).collect::<Vec<_>>(), "{slow:?}");
        }
    }
}
