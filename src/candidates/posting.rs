//! Postings: which value stands where.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use super::Corpus;
use crate::article::ArticleIx;
use crate::error::Result;
use crate::shelf::{Room, Spool};
use crate::sketch::passage;
use crate::words::Sixteenths;

/// One value of an article's passage sketch, among those of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Posting {
    /// Of the value the bits after those that the part says: of the values of ten million articles one in a hundred
    /// is taken for another, which makes a hit more, and no candidate.
    pub(super) key: u32,
    pub(super) article: ArticleIx,
    /// Its first word.
    pub(super) word: u32,
    pub(super) beside: Beside,
    pub(super) bits: Bits,
}

impl Posting {
    /// Puts postings in order of values, then of places.
    pub(super) fn sort(postings: &mut [Self]) {
        // Most values stand in one place only.
        postings.sort_unstable_by_key(|posting| posting.key);
        postings
            .chunk_by_mut(|x, y| x.key == y.key)
            .for_each(|of_a_value| of_a_value.sort_unstable_by_key(Self::place));
    }

    /// Where it stands, as one number.
    pub(super) fn place(&self) -> u64 {
        u64::from(self.article.0) << 32 | u64::from(self.word)
    }
}

/// Postings are kept in so many parts by the first bits of their values: each part is sorted by itself. These
/// are fewer files than any system lets a program have open.
const PARTS: usize = 128;

/// The postings of so many articles at least, and at most, are put away in one go: of a larger corpus those of
/// more, for to write takes longer than to make what is written.
const AT_ONCE: [usize; 2] = [256, 2048];

/// And a corpus so many times, where these allow it.
const TIMES: usize = 256;

/// Of what a value has to be worth by the shipped background this much at least must be left of it in the
/// corpus: what that takes off phrases, and off frequent words of a language that the background does not know,
/// is far more.
const LEFT_OF_IT: f32 = 0.7;

/// The words a value stands among, two before and two after its own: a byte of the hash of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct Beside([u8; 4]);

impl Beside {
    /// Of a value whose words are `at` a place of a text. Beyond its ends all words are equal.
    fn of(words: &[u32], at: &Range<usize>) -> Self {
        let word = |places| words.get(at.start.checked_add_signed(places)?);
        Self(places_beside(at.len()).map(|places| word(places).map_or(0, |&word| word as u8)))
    }

    /// Which of the words are equal, by a bit for each; once in 256 times that is chance.
    pub(super) fn same(self, other: Self) -> u8 {
        let bits = self.0.iter().zip(other.0).zip(0..);
        bits.map(|((&byte, other), at)| u8::from(byte == other) << at).sum()
    }
}

/// How far from the first word of a value of so many words each word beside it stands.
fn places_beside(words: usize) -> [isize; 4] {
    [-2, -1, words as isize, words as isize + 1]
}

/// What a value's words are worth, and the words beside it, kept with its place: most hits are chance, and of
/// these nothing else need be looked at.
///
/// In the lower half the sum of its own words, in sixteenths of a bit; above it half bits of each beside it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(transparent)]
pub(super) struct Bits(u32);

impl Bits {
    /// Where the bits of the words beside it start: sixteen words are worth less than this.
    const BESIDE: usize = 12;
    /// A word is worth fewer half bits than this many bits can say.
    const EACH: usize = 5;

    /// Of a value whose words are `at` a place of an article whose words are worth this.
    fn of(worth: &[Sixteenths], at: &Range<usize>) -> Self {
        let own: u32 = worth[at.clone()].iter().map(|word| u32::from(word.0)).sum();
        let beside = places_beside(at.len()).into_iter().enumerate().map(|(number, places)| {
            let word = at.start.checked_add_signed(places).and_then(|word| worth.get(word));
            let halves = word.map_or(0, |word| u32::from(word.0).div_ceil(8));
            halves << (Self::BESIDE + Self::EACH * number)
        });
        Self(own | beside.sum::<u32>())
    }

    /// Bits of its own words.
    fn own(self) -> f32 {
        (self.0 % (1 << Self::BESIDE)) as f32 / 16.0
    }

    /// Bits of its own words and of the `same` ones beside it, these rounded up: see [`Beside::same`].
    pub(super) fn with(self, same: u8) -> f32 {
        let beside = (0..4)
            .filter(|number| same >> number & 1 == 1)
            .map(|number| self.0 >> (Self::BESIDE + Self::EACH * number) & ((1 << Self::EACH) - 1));
        self.own() + beside.sum::<u32>() as f32 / 2.0
    }
}

/// The postings of all articles but those that are `left_out`, part by part.
pub(super) fn postings(
    corpus: &Corpus<'_>,
    left_out: &[bool],
    room: &Room,
) -> Result<Vec<Spool<Posting>>> {
    let parts: Vec<Spool<Posting>> = (0..PARTS).map(|_| Spool::one_of(room, PARTS)).collect();
    let articles = corpus.stories.len();
    let [least, most] = AT_ONCE;
    let at_once = (articles / TIMES).clamp(least, most);
    let some = (0..articles).into_par_iter().step_by(at_once).with_max_len(1);
    let by_part = || vec![Vec::new(); PARTS];
    some.try_for_each_init(by_part, |by_part: &mut Vec<Vec<Posting>>, first| {
        for ix in (first..articles.min(first + at_once)).filter(|&ix| !left_out[ix]) {
            of_article(ix, corpus).for_each(|(part, posting)| by_part[part].push(posting));
        }
        parts.iter().zip(by_part).try_for_each(|(part, postings)| {
            part.put(postings)?;
            postings.clear();
            Ok(())
        })
    })?;
    Ok(parts)
}

/// Those values of an article that are evidence in this corpus, each with its part: the shipped background, by
/// which they were chosen, may not know the language.
fn of_article(ix: usize, corpus: &Corpus<'_>) -> impl Iterator<Item = (usize, Posting)> {
    let (words, sentences) = (corpus.stories[ix].words(), corpus.stories[ix].sentences());
    let worth = corpus.worth[ix].alone();
    let least = corpus.sketch.min_bits * LEFT_OF_IT;
    passage(words, sentences, corpus.background, corpus.sketch).into_iter().filter_map(
        move |shingle| {
            let first = shingle.word as usize;
            let at = first..first + corpus.sketch.shingle;
            let bits = Bits::of(worth, &at);
            (bits.own() >= least).then(|| {
                let after_part = shingle.key << PARTS.ilog2();
                let posting = Posting {
                    key: (after_part >> 32) as u32,
                    article: ArticleIx(ix as u32),
                    word: shingle.word,
                    beside: Beside::of(words, &at),
                    bits,
                };
                ((shingle.key >> (u64::BITS - PARTS.ilog2())) as usize, posting)
            })
        },
    )
}
