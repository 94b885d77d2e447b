//! Judges a passage: copy, a shared quotation, or boilerplate; and what links two articles.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::align::Alignment;
use crate::article::{ArticleIx, Pair};
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

/// What it takes to be reported, and when a passage is no more than a quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Least score of a passage beyond what chance finds, in bits: see [`Judge::accept`].
    pub min_bits: f32,
    /// Least score of words that two akin articles both set in quotation marks, in bits: the marks are
    /// evidence by themselves.
    pub fragment_bits: f32,
    /// Two articles are akin if a passage exceeds the floor by this many bits.
    pub akin_bits: f32,
    /// Or if passages of any worth hold this share of the shorter one's words, `0..=1`.
    pub akin_share: f64,
    /// A passage of fewer equal words is no passage, whatever it is worth. One word by default: the bits
    /// decide.
    pub min_words: u32,
    /// Nor is one of which less than this share of the words is equal, of the longer side, `0..=1`. By
    /// default any is: reworded copy is copy.
    pub min_identity: f64,
    /// A passage with less than this many bits outside of quotation marks can be a quotation.
    pub narration_bits: f32,
    /// It is one if at least this share of its bits is inside them, `0..=1`.
    pub quoted_share: f32,
    /// A pair is linked by copy if narration is worth at least this share of all its passages, `0..=1`.
    pub narrated_share: f32,
    /// Or if its passages hold this share of the words of one of the two, whoever said them, `0..=1`.
    pub whole_share: f64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            min_bits: 55.0,
            fragment_bits: 33.0,
            akin_bits: 20.0,
            akin_share: 0.2,
            min_words: 1,
            min_identity: 0.0,
            narration_bits: 60.0,
            quoted_share: 0.5,
            narrated_share: 0.4,
            whole_share: 0.6,
        }
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
    /// Those of them that stand in runs of eight or more.
    pub verbatim: u32,
    /// Its score in bits.
    pub bits: f32,
    /// Its score if the words of forms count for what they say there: see [`Worth::after_two`].
    ///
    /// [`Worth::after_two`]: crate::words::Worth::after_two
    pub fresh_bits: f32,
    /// Words that are the same on both sides and stand in three such words in a row of which the last is worth
    /// no more than [`Passage::FORM_BITS`] after the two before it: what a form says.
    pub formal: u32,
    /// Words that are figures, on the side that has fewer.
    pub figures: u32,
    /// Those of them that are the same on both sides.
    pub same_figures: u32,
    /// Share of the bits of its equal words that are in quotation marks on either side, `0..=1`.
    pub quoted: f32,
    /// Whether half of its equal words are in quotation marks on both sides.
    pub both_quote: bool,
    /// What it is.
    pub kind: Kind,
}

impl Passage {
    /// A word that follows two others every fourth time, on more days than a story takes, ends three words of
    /// a form.
    ///
    /// Of 208 pairs of articles that were read it told forms of different events from copy better than 1, 1.5,
    /// 2.5, 3, 4 and 6 bits, and than any number of days, which say less the longer a corpus is.
    pub const FORM_BITS: f32 = 2.0;

    /// The passage that an alignment of two articles is. A quotation may be set in marks on one side and
    /// retold on the other, so a word is said if either side quotes it. It is yet to be judged, and its
    /// place in the texts is left open.
    pub fn of(pair: Pair, found: &Alignment, a: Said<'_>, b: Said<'_>) -> Self {
        let (mut all, mut quoted, mut fresh) = (0.0, 0.0, 0.0);
        let (mut formal, mut same_figures, mut both_quote) = (0, 0, 0);
        for block in &found.blocks {
            formal += formal_words(&a.after_two[block.a as usize..][..block.len as usize]);
            for k in 0..block.len as usize {
                let (i, j) = (block.a as usize + k, block.b as usize + k);
                let bits = a.bits[i].min(b.bits[j]);
                all += bits.bits();
                fresh += bits.min(a.after_two[i]).bits();
                same_figures += u32::from(a.figures[i]);
                both_quote += usize::from(a.quoted[i] && b.quoted[j]);
                if a.quoted[i] || b.quoted[j] {
                    quoted += bits.bits();
                }
            }
        }
        let share = |of: f32| if all > 0.0 { of / all } else { 0.0 };
        let figures = |side: Said<'_>, range: WordRange| {
            side.figures[range.range()].iter().filter(|&&figure| figure).count() as u32
        };
        Self {
            pair,
            a: found.a,
            b: found.b,
            a_span: Span::default(),
            b_span: Span::default(),
            matches: found.matches() as u32,
            verbatim: found.verbatim() as u32,
            bits: found.bits,
            fresh_bits: found.bits * share(fresh),
            formal,
            figures: figures(a, found.a).min(figures(b, found.b)),
            same_figures,
            quoted: share(quoted),
            both_quote: both_quote * 2 >= found.matches(),
            kind: Kind::Copy,
        }
    }

    /// Whether forms say a quarter of it: enough to know their author by.
    pub fn is_formal(&self) -> bool {
        self.formal * 4 >= self.matches
    }

    /// Share of its words that are the same on both sides, of the longer side, `0..=1`.
    pub fn identity(&self) -> f64 {
        f64::from(self.matches) / self.a.len().max(self.b.len()) as f64
    }
}

/// How many words in a row stand in threes of which the last is worth little after the others.
fn formal_words(after_two: &[Sixteenths]) -> u32 {
    let (mut formal, mut counted) = (0, 0);
    for (end, three) in (3..).zip(after_two.array_windows::<3>()) {
        if three[2].bits() <= Passage::FORM_BITS {
            formal += end - counted.max(end - 3);
            counted = end;
        }
    }
    formal
}

/// What is known of the words of one side.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// What every word is worth.
    pub bits: &'a [Sixteenths],
    /// What it is worth after the two before it.
    pub after_two: &'a [Sixteenths],
    /// Whether it is quoted.
    pub quoted: &'a [bool],
    /// Whether it is a figure.
    pub figures: &'a [bool],
}

/// Judges the passages of a corpus.
#[derive(Debug, Clone)]
pub struct Judge {
    options: Options,
    /// Least score of a passage between two articles that nothing else relates, in bits.
    floor: f32,
}

impl Judge {
    /// A judge for a corpus of so many articles.
    ///
    /// Among `n` articles there are `n (n - 1) / 2` pairs to find something in by chance, so a passage
    /// must be worth `log2` of that more than it would between two articles picked beforehand (a
    /// Bonferroni correction; BLAST's E-value is the same thought). This is what lets one setting mean
    /// the same from five articles to ten million.
    pub fn new(options: &Options, articles: usize) -> Self {
        let pairs = articles as f32 * (articles as f32 - 1.0) / 2.0;
        Self { options: options.clone(), floor: options.min_bits + pairs.max(1.0).log2() }
    }

    /// Keeps the passages of one pair that are more than chance and says what they are: those above the
    /// floor, and in articles that are akin all above [`Options::min_bits`], or
    /// [`Options::fragment_bits`] where both quote. Akin are two articles of which one passage is far
    /// above the floor, or of which all passages together hold much of the shorter, which has so many
    /// words.
    pub fn accept(&self, passages: &mut Vec<Passage>, shorter_words: usize) {
        let Options { min_bits, fragment_bits, akin_bits, akin_share, .. } = self.options;
        let Options { min_words, min_identity, .. } = self.options;
        passages
            .retain(|passage| passage.matches >= min_words && passage.identity() >= min_identity);
        let best = passages.iter().map(|passage| passage.bits).fold(0.0, f32::max);
        let matches: u32 = passages.iter().map(|passage| passage.matches).sum();
        let share = f64::from(matches) / shorter_words.max(1) as f64;
        let akin = best >= self.floor + akin_bits || share >= akin_share;
        passages.retain(|&Passage { bits, both_quote, .. }| {
            bits >= self.floor
                || akin && bits >= min_bits
                || akin && bits >= fragment_bits && both_quote
        });
        for passage in passages {
            passage.kind = self.kind(passage.bits, passage.quoted);
        }
    }

    /// What a passage has to be worth between two articles that nothing else relates, in bits.
    pub fn floor(&self) -> f32 {
        self.floor
    }

    /// What a passage of so many bits is, of which the share `quoted` is said.
    fn kind(&self, bits: f32, quoted: f32) -> Kind {
        let Options { narration_bits, quoted_share, .. } = self.options;
        if quoted >= quoted_share && bits * (1.0 - quoted) < narration_bits {
            Kind::Quote
        } else {
            Kind::Copy
        }
    }

    /// One link for every pair of articles that has passages; these are in order of pairs, and
    /// `words_of` tells the length of an article.
    ///
    /// Two reports of one speech share some narration too ("he told reporters on Monday"), so a pair is
    /// linked by copy only if narration is worth [`Options::narrated_share`] of all that it shares.
    pub fn links(
        &self,
        passages: &[Passage],
        words_of: impl Fn(ArticleIx) -> usize + Sync,
    ) -> Vec<Link> {
        let link = |passages: &[Passage]| {
            let Pair { a, b } = passages[0].pair;
            let words: u32 = passages.iter().map(|p| p.matches).sum();
            // A word may have its equal in two passages.
            let share = |of: usize| (f64::from(words) / of.max(1) as f64).min(1.0);
            let strongest = passages.iter().map(|p| p.kind).min().unwrap_or(Kind::Boilerplate);
            let bits: f32 = passages.iter().map(|p| p.bits).sum();
            let narrated: f32 = passages.iter().map(|p| p.bits * (1.0 - p.quoted)).sum();
            let (a_share, b_share) = (share(words_of(a)), share(words_of(b)));
            let Options { narrated_share, whole_share, .. } = self.options;
            let is_speech = narrated < bits * narrated_share && a_share.max(b_share) < whole_share;
            let relation = match strongest {
                Kind::Copy if is_speech => Kind::Quote,
                // An article that is all quotation was taken as a whole.
                Kind::Quote if a_share.max(b_share) >= whole_share => Kind::Copy,
                strongest => strongest,
            };
            Link { pair: passages[0].pair, relation, a_share, b_share, words }
        };
        passages.par_chunk_by(|x, y| x.pair == y.pair).map(link).collect()
    }
}

/// What links two articles: the sum of their passages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Link {
    /// The two articles.
    pub pair: Pair,
    /// What they share, taken together: see [`Judge::links`].
    pub relation: Kind,
    /// Share of the first one's words that have their equal in a passage, `0..=1`.
    pub a_share: f64,
    /// The same of the second.
    pub b_share: f64,
    /// Words that are the same on both sides.
    pub words: u32,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::align::Block;

    const PAIR: Pair = Pair { a: ArticleIx(0), b: ArticleIx(1) };

    fn passage(matches: u32, bits: f32, kind: Kind) -> Passage {
        Passage {
            pair: PAIR,
            a: WordRange::new(0, 10),
            b: WordRange::new(0, 10),
            a_span: Span::default(),
            b_span: Span::default(),
            matches,
            verbatim: matches,
            bits,
            fresh_bits: bits,
            formal: 0,
            figures: 0,
            same_figures: 0,
            quoted: if kind == Kind::Quote { 1.0 } else { 0.0 },
            both_quote: false,
            kind,
        }
    }

    fn kind(quoted: impl Fn(usize) -> bool) -> Kind {
        let all = WordRange::new(0, 20);
        let blocks = vec![Block { a: 0, b: 0, len: 20 }];
        let alignment = Alignment { blocks, a: all, b: all, bits: 160.0 };
        let (bits, none) = (vec![Sixteenths(128); 20], vec![false; 20]);
        let quoted: Vec<bool> = (0..20).map(quoted).collect();
        let a = Said { bits: &bits, after_two: &bits, quoted: &none, figures: &none };
        let b = Said { quoted: &quoted, ..a };
        let mut passages = vec![Passage::of(PAIR, &alignment, a, b)];
        Judge::new(&Options::default(), 2).accept(&mut passages, 400);
        passages[0].kind
    }

    #[test]
    fn words_in_threes_that_end_as_expected_are_a_form() {
        let formal = |after_two: &[u8]| {
            let after_two: Vec<_> = after_two.iter().map(|bits| Sixteenths(bits * 16)).collect();
            formal_words(&after_two)
        };
        assert_eq!(formal(&[1, 1]), 0);
        assert_eq!(formal(&[12, 12, 2]), 3);
        assert_eq!(formal(&[12, 12, 3]), 0);
        assert_eq!(formal(&[12, 12, 1, 12, 1, 12, 12, 12, 12, 0]), 8);
    }

    #[test]
    fn a_quotation_with_its_attribution_is_a_quotation() {
        assert_eq!(kind(|word| word >= 5), Kind::Quote);
        assert_eq!(kind(|word| word >= 12), Kind::Copy);
        assert_eq!(kind(|_| false), Kind::Copy);
    }

    #[test]
    fn the_floor_rises_with_the_corpus_and_falls_for_akin_articles() {
        let kept = |articles: usize, more: Option<f32>, words: usize| {
            let mut passages = vec![passage(8, 60.0, Kind::Copy)];
            passages.extend(more.map(|bits| passage(8, bits, Kind::Copy)));
            Judge::new(&Options::default(), articles).accept(&mut passages, words);
            passages.len()
        };
        assert_eq!(kept(5, None, 400), 1);
        assert_eq!(kept(10_000, None, 400), 0);
        assert_eq!(kept(10_000, Some(200.0), 400), 2);
        assert_eq!(kept(10_000, None, 30), 1);
    }

    #[test]
    fn short_and_reworded_passages_may_be_left_out() {
        let kept = |options: Options| {
            let mut passages = vec![passage(6, 200.0, Kind::Copy), passage(9, 200.0, Kind::Copy)];
            Judge::new(&options, 2).accept(&mut passages, 400);
            passages.iter().map(|passage| passage.matches).collect::<Vec<_>>()
        };
        assert_eq!(kept(Options::default()), [6, 9]);
        assert_eq!(kept(Options { min_words: 7, ..Options::default() }), [9]);
        assert_eq!(kept(Options { min_identity: 0.9, ..Options::default() }), [9]);
        assert_eq!(kept(Options { min_identity: 0.95, ..Options::default() }), [] as [u32; 0]);
    }

    #[test]
    fn a_link_is_as_strong_as_its_strongest_passage() {
        let passages = [passage(10, 90.0, Kind::Quote), passage(6, 90.0, Kind::Copy)];
        let judge = Judge::new(&Options::default(), 2);
        let links = judge.links(&passages, |article| if article.0 == 0 { 32 } else { 12 });
        assert_eq!(links[0].relation, Kind::Copy);
        assert!((links[0].a_share - 0.5).abs() < 1e-9 && (links[0].b_share - 1.0).abs() < 1e-9);
    }
}
