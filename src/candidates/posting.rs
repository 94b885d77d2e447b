//! Postings: which value stands where.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};
use rayon::prelude::*;

use super::Corpus;
use crate::article::ArticleIx;
use crate::error::Result;
use crate::shelf::{Room, Spool};
use crate::sketch::passage;

/// One value of an article's passage sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Posting {
    /// The value: its upper and its lower half.
    key: [u32; 2],
    pub(super) article: ArticleIx,
    /// Its first word.
    pub(super) word: u32,
    pub(super) beside: Beside,
}

impl Posting {
    pub(super) fn key(self) -> u64 {
        u64::from(self.key[0]) << 32 | u64::from(self.key[1])
    }

    /// Postings are in order of values, then of places.
    pub(super) fn order(&self) -> u128 {
        let place = u64::from(self.article.0) << 32 | u64::from(self.word);
        u128::from(self.key()) << 64 | u128::from(place)
    }

    fn part(self) -> usize {
        (self.key[0] >> (u32::BITS - PARTS.ilog2())) as usize
    }
}

/// Postings are kept in so many parts by the first bits of their values: each part is sorted by itself. These
/// are fewer files than any system lets a program have open.
const PARTS: usize = 128;

/// Articles whose postings are put away in one go.
const AT_ONCE: usize = 256;

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
pub(super) fn places_beside(words: usize) -> [isize; 4] {
    [-2, -1, words as isize, words as isize + 1]
}

/// The postings of all articles but those that are `left_out`, part by part.
pub(super) fn postings(
    corpus: &Corpus<'_>,
    left_out: &[bool],
    room: &Room,
) -> Result<Vec<Spool<Posting>>> {
    let parts: Vec<Spool<Posting>> = (0..PARTS).map(|_| Spool::one_of(room, PARTS)).collect();
    let articles = corpus.stories.len();
    (0..articles).into_par_iter().step_by(AT_ONCE).try_for_each(|first| {
        let some = first..articles.min(first + AT_ONCE);
        let mut postings: Vec<Posting> =
            some.filter(|&ix| !left_out[ix]).flat_map(|ix| of_article(ix, corpus)).collect();
        postings.sort_unstable_by_key(|posting| posting.part());
        let mut by_part = postings.chunk_by(|x, y| x.part() == y.part());
        by_part.try_for_each(|of_part| parts[of_part[0].part()].put(of_part))
    })?;
    Ok(parts)
}

/// Those values of an article that are evidence in this corpus: the shipped background, by which they were
/// chosen, may not know the language.
fn of_article(ix: usize, corpus: &Corpus<'_>) -> Vec<Posting> {
    let (words, sentences) = (corpus.stories[ix].words(), corpus.stories[ix].sentences());
    let bits = corpus.worth[ix].alone();
    let least = corpus.sketch.min_bits * LEFT_OF_IT;
    passage(words, sentences, corpus.background, corpus.sketch)
        .into_iter()
        .map(|shingle| {
            let first = shingle.word as usize;
            (shingle, first..first + corpus.sketch.shingle)
        })
        .filter(|(_, at)| bits[at.clone()].iter().map(|bits| bits.bits()).sum::<f32>() >= least)
        .map(|(shingle, at)| Posting {
            key: [(shingle.key >> 32) as u32, shingle.key as u32],
            article: ArticleIx(ix as u32),
            word: shingle.word,
            beside: Beside::of(words, &at),
        })
        .collect()
}
