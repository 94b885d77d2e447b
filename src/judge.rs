//! Judges a passage: copy, a shared quotation, or boilerplate; and what links two articles.

use serde::{Deserialize, Serialize};

use crate::align::Alignment;
use crate::article::Pair;
use crate::span::{Span, WordRange};
use crate::words::Sixteenths;

/// What a shared passage is, strongest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Narration is shared: one was written from the other, or both from a third.
    Copy,
    /// What is shared is what somebody said.
    Quote,
    /// What is shared is what an outlet prints under anything.
    Boilerplate,
}

/// When a passage is no more than a quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A passage with less than this many bits outside of quotation marks can be a quotation.
    pub narration_bits: f32,
    /// It is one if at least this share of its bits is inside them, `0..=1`.
    pub quoted_share: f32,
}

impl Default for Options {
    fn default() -> Self {
        Self { narration_bits: 60.0, quoted_share: 0.5 }
    }
}

/// A passage that two articles share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Passage {
    /// The two articles.
    pub pair: Pair,
    /// Its words in the first.
    pub a: WordRange,
    /// Its words in the second.
    pub b: WordRange,
    /// Its place in the text of the first.
    pub a_span: Span,
    /// Its place in the text of the second.
    pub b_span: Span,
    /// Words that are the same on both sides, in order.
    pub matches: u32,
    /// Its score in bits.
    pub bits: f32,
    /// What it is.
    pub kind: Kind,
}

impl Passage {
    /// Share of its words that are the same on both sides, of the longer side, `0..=1`.
    pub fn identity(&self) -> f64 {
        f64::from(self.matches) / self.a.len().max(self.b.len()) as f64
    }
}

/// What is known of the words of one side: their bits, and which stand in quotation marks.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What every word is worth.
    pub bits: &'a [Sixteenths],
    /// Whether it is quoted.
    pub quoted: &'a [bool],
}

/// Judges an alignment by where its matching words stand: a quotation may be set in marks on one side
/// and retold on the other, so a word is said if either side quotes it.
pub fn judge(alignment: &Alignment, a: Said<'_>, b: Said<'_>, options: &Options) -> Kind {
    let (mut said, mut narrated) = (0.0, 0.0);
    for block in &alignment.blocks {
        for k in 0..block.len as usize {
            let (i, j) = (block.a as usize + k, block.b as usize + k);
            let bits = a.bits[i].min(b.bits[j]).bits();
            if a.quoted[i] || b.quoted[j] {
                said += bits;
            } else {
                narrated += bits;
            }
        }
    }
    if narrated < options.narration_bits && said >= options.quoted_share * (said + narrated) {
        Kind::Quote
    } else {
        Kind::Copy
    }
}

/// What links two articles: the sum of their passages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The two articles.
    pub pair: Pair,
    /// The strongest kind among their passages.
    pub relation: Kind,
    /// Share of the first one's words that stand in passages, `0..=1`.
    pub a_share: f64,
    /// The same of the second.
    pub b_share: f64,
    /// Words that are the same on both sides.
    pub words: u32,
}

/// One link for every pair of articles that has passages; these are in order of pairs, and
/// `words_of` tells the length of an article.
pub fn links(passages: &[Passage], words_of: impl Fn(crate::ArticleIx) -> usize) -> Vec<Link> {
    passages
        .chunk_by(|x, y| x.pair == y.pair)
        .map(|passages| {
            let Pair { a, b } = passages[0].pair;
            let share = |side: fn(&Passage) -> WordRange, of: usize| {
                covered(passages.iter().map(side)) as f64 / of.max(1) as f64
            };
            Link {
                pair: passages[0].pair,
                relation: passages.iter().map(|p| p.kind).min().unwrap_or(Kind::Boilerplate),
                a_share: share(|p| p.a, words_of(a)),
                b_share: share(|p| p.b, words_of(b)),
                words: passages.iter().map(|p| p.matches).sum(),
            }
        })
        .collect()
}

/// Words inside any of the ranges.
pub fn covered(ranges: impl Iterator<Item = WordRange>) -> usize {
    let mut ranges: Vec<WordRange> = ranges.collect();
    ranges.sort_unstable();
    let (mut total, mut reach) = (0, 0);
    for range in ranges {
        total += range.end.saturating_sub(range.start.max(reach)) as usize;
        reach = reach.max(range.end);
    }
    total
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ArticleIx;
    use crate::align::Block;

    fn kind(quoted: impl Fn(usize) -> bool) -> Kind {
        let all = WordRange::new(0, 20);
        let blocks = vec![Block { a: 0, b: 0, len: 20 }];
        let alignment = Alignment { blocks, a: all, b: all, bits: 160.0 };
        let (bits, none) = (vec![Sixteenths(128); 20], vec![false; 20]);
        let quoted: Vec<bool> = (0..20).map(quoted).collect();
        let (a, b) = (Said { bits: &bits, quoted: &none }, Said { bits: &bits, quoted: &quoted });
        judge(&alignment, a, b, &Options::default())
    }

    #[test]
    fn a_quotation_with_its_attribution_is_a_quotation() {
        assert_eq!(kind(|word| word >= 5), Kind::Quote);
        assert_eq!(kind(|word| word >= 12), Kind::Copy);
        assert_eq!(kind(|_| false), Kind::Copy);
    }

    #[test]
    fn a_link_counts_a_word_once() {
        let passage = |start, end, kind| Passage {
            pair: Pair::new(ArticleIx(0), ArticleIx(1)),
            a: WordRange::new(start, end),
            b: WordRange::new(start, end),
            a_span: Span::default(),
            b_span: Span::default(),
            matches: 10,
            bits: 90.0,
            kind,
        };
        let passages = [passage(0, 10, Kind::Quote), passage(5, 20, Kind::Copy)];
        let links = links(&passages, |article| if article.0 == 0 { 40 } else { 20 });
        assert_eq!(links[0].relation, Kind::Copy);
        assert!((links[0].a_share - 0.5).abs() < 1e-9 && (links[0].b_share - 1.0).abs() < 1e-9);
    }
}
