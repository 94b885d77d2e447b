//! The passage sketch: of every sentence, the shingles with the smallest hashes.

use serde::{Deserialize, Serialize};

use crate::hash;
use crate::span::WordRange;
use crate::words::Background;

/// How sentences are sampled.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PassageOptions {
    /// Words in a shingle. Three: on edited passages of English news, shingles of three words in a
    /// generous sample find more than longer ones at the same number of values.
    pub shingle: usize,
    /// Values kept of each sentence at least. A sentence of up to as many words is kept whole, so a
    /// short quotation loses nothing.
    pub per_sentence: usize,
    /// Share of the values of a long sentence that are kept, `0..=1`: see [`recall`](super::recall).
    pub share: f64,
    /// A shingle worth fewer bits by the shipped background is no evidence and is not kept.
    pub min_bits: f32,
}

impl Default for PassageOptions {
    fn default() -> Self {
        Self { shingle: 3, per_sentence: 10, share: 0.4, min_bits: 15.0 }
    }
}

impl PassageOptions {
    /// Values kept of a sentence of so many words.
    pub fn kept(&self, words: usize) -> usize {
        self.per_sentence.max((words as f64 * self.share) as usize)
    }
}

/// One value of a passage sketch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shingle {
    /// Hash of its words.
    pub key: u64,
    /// Its first word.
    pub word: u32,
}

/// The passage sketch of an article: for each sentence (ranges of `words`) the
/// [`PassageOptions::kept`] smallest hashes among its shingles, a bottom-k MinHash (Cohen
/// 1997), so that two sentences that share shingles tend to keep the same ones.
///
/// A sentence's shingles may reach into the next one, so that stops set otherwise cost nothing.
pub fn passage(
    words: &[u32],
    sentences: &[WordRange],
    background: &Background,
    options: &PassageOptions,
) -> Vec<Shingle> {
    let n = options.shingle;
    let mut kept = Vec::new();
    let mut sentence_shingles: Vec<Shingle> = Vec::new();
    let bits: Vec<f32> = words.iter().map(|&word| background.bits(word)).collect();
    for sentence in sentences {
        let last = (sentence.end as usize).min((words.len() + 1).saturating_sub(n));
        sentence_shingles.clear();
        sentence_shingles.extend(
            (sentence.start as usize..last)
                .filter(|&at| bits[at..at + n].iter().sum::<f32>() >= options.min_bits)
                .map(|at| Shingle { key: hash::shingle(&words[at..at + n]), word: at as u32 }),
        );
        let kept_of_it = options.kept(sentence.len());
        if sentence_shingles.len() > kept_of_it {
            sentence_shingles.select_nth_unstable_by_key(kept_of_it, |s| (s.key, s.word));
            sentence_shingles.truncate(kept_of_it);
        }
        sentence_shingles.sort_unstable_by_key(|shingle| shingle.word);
        kept.extend_from_slice(&sentence_shingles);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(words: &[u32], sentences: &[(usize, usize)]) -> Vec<u32> {
        let sentences: Vec<_> = sentences.iter().map(|&(a, b)| WordRange::new(a, b)).collect();
        passage(words, &sentences, &Background::shipped(), &PassageOptions::default())
            .iter()
            .map(|shingle| shingle.word)
            .collect()
    }

    #[test]
    fn a_short_sentence_is_kept_whole_and_a_long_one_is_sampled() {
        let words: Vec<u32> = (1..=60).collect();
        let kept = sketch(&words, &[(0, 8), (8, 60)]);
        assert_eq!(kept[..8], [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(kept.len(), 8 + 52 * 2 / 5);
    }

    #[test]
    fn too_few_words_have_no_shingle() {
        assert!(sketch(&[1, 2], &[(0, 2)]).is_empty());
        assert!(sketch(&[], &[]).is_empty());
    }
}
