//! Postings: which value stands where.

use bytemuck::{Pod, Zeroable};

use crate::article::ArticleIx;
use crate::error::Result;
use crate::shelf::{Room, Spool};
use crate::sketch::Shingle;

/// One value of an article's passage sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub struct Posting {
    /// The value.
    key: u64,
    /// Whose.
    article: u32,
    /// Its first word.
    word: u32,
}

impl Posting {
    /// The posting of a shingle.
    pub fn new(article: ArticleIx, shingle: Shingle) -> Self {
        Self { key: shingle.key, article: article.0, word: shingle.word }
    }

    pub(super) fn key(self) -> u64 {
        self.key
    }

    pub(super) fn article(self) -> ArticleIx {
        ArticleIx(self.article)
    }

    pub(super) fn word(self) -> usize {
        self.word as usize
    }

    /// Postings are in order of values, then of places.
    pub(super) fn order(&self) -> u128 {
        let place = u64::from(self.article) << 32 | u64::from(self.word);
        u128::from(self.key) << 64 | u128::from(place)
    }

    fn part(self) -> usize {
        (self.key >> (u64::BITS - PARTS.ilog2())) as usize
    }
}

/// Postings are kept in so many parts by the first bits of their values: each part is sorted by itself.
pub(super) const PARTS: usize = 256;

/// The postings of a collection, put away until all are there.
#[derive(Debug)]
pub struct Postings {
    parts: Vec<Spool<Posting>>,
}

impl Postings {
    /// None yet.
    pub fn new(room: &Room) -> Self {
        Self { parts: (0..PARTS).map(|_| Spool::one_of(room, PARTS)).collect() }
    }

    /// Adds those of some articles, in any order.
    pub fn put(&self, postings: &mut [Posting]) -> Result<()> {
        postings.sort_unstable_by_key(|posting| posting.part());
        let parts = postings.chunk_by(|x, y| x.part() == y.part());
        parts.into_iter().try_for_each(|part| self.parts[part[0].part()].put(part))
    }

    /// All of them, part by part.
    pub(super) fn into_parts(self) -> Vec<Spool<Posting>> {
        self.parts
    }
}
