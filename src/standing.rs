//! Finds among shared passages what is no copy but stands under many articles: promotions, notes on
//! the author, disclaimers, standing paragraphs of background.
//!
//! What an outlet prints under most articles is learned and marked before anything is compared
//! ([`crate::clean::Boilerplate`]); this is for what is rarer, and for outlets that are not named, or
//! named differently each time.

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx, Pair, Published};
use crate::judge::{Kind, Passage};
use crate::span::WordRange;
use crate::story::Story;
use crate::words::Weights;

/// When a passage is boilerplate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Only between articles that share less than this of the shorter one's words, `0..=1`: what is
    /// mostly equal is a copy or another version, closing lines and all.
    pub below_share: f64,
    /// Only text of which at least this share of words is the same, `0..=1`.
    pub identity: f64,
    /// Inside an article it must stand in this many articles.
    pub articles: usize,
    /// Two articles tell different stories if the rest of their words is less alike than this,
    /// `0..=1`: see [`mark`].
    pub unrelated: f64,
    /// News is taken up within this many days.
    pub news_days: i64,
    /// Forms are looked for only where less than this share of the shorter one's words stands in the
    /// other in runs of eight or more, `0..=1`.
    pub verbatim_share: f64,
    /// A passage in which forms leave less than this many bits is one.
    pub fresh_bits: f32,
    /// Older than news, text is a form if less than this share of words is the same, `0..=1`.
    pub form_identity: f64,
    /// What shares this much of its bits, `0..=1`, with articles of many days is a form.
    pub form_bits: f32,
    /// How many these days are.
    pub form_days: usize,
}

impl Default for Options {
    fn default() -> Self {
        // `unrelated` and `news_days`: of 87 pairs of political articles judged by hand, those that
        // share boilerplate lie below .15, and 6 days or more apart; those with a verbatim excerpt of
        // news above .1, and within 5 days.
        Self {
            below_share: 0.3,
            identity: 0.95,
            articles: 3,
            unrelated: 0.15,
            news_days: 3,
            verbatim_share: 0.2,
            fresh_bits: 50.0,
            form_identity: 0.85,
            form_bits: 0.75,
            form_days: 4,
        }
    }
}

/// What the judgement asks of the corpus.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// All articles.
    pub articles: &'a [Article],
    /// Their stories.
    pub stories: &'a [Story],
    /// What words are worth in them.
    pub weights: &'a Weights<'a>,
}

/// Judges passages (in order of pairs) that were taken for copy. Boilerplate is text that two articles
/// share to the word, and little else, if
///
/// - one outlet published both, and the text closes both or stands in several of its articles;
/// - or the outlet of one is not known, the same holds, and they tell different stories;
/// - or they tell different stories, and were published too far apart for the one to be news in the
///   other.
///
/// Whether stories differ is told by the words outside of shared passages: the cosine of the sets of
/// these words, each weighing its bits in the corpus.
pub fn mark(passages: &mut [Passage], corpus: &Corpus<'_>, options: &Options) {
    for form in forms(passages, corpus, options) {
        let kind = &mut passages[form].kind;
        *kind = if *kind == Kind::Copy { Kind::Boilerplate } else { *kind };
    }
    let suspects: Vec<Suspect> = suspects(passages, corpus, options);
    let mut standing: Vec<(ArticleIx, WordRange, ArticleIx)> = Vec::new();
    for suspect in &suspects {
        let Passage { pair, a, b, .. } = passages[suspect.passage];
        standing.extend([(pair.a, a, pair.b), (pair.b, b, pair.a)]);
    }
    standing.sort_unstable();
    for Suspect { passage, is_old } in suspects {
        let Passage { pair, a, b, .. } = passages[passage];
        let closes = |article: ArticleIx, range: WordRange| {
            range.end as usize + EDGE >= corpus.stories[article.ix()].words.len()
        };
        if is_old
            || closes(pair.a, a) && closes(pair.b, b)
            || repeats(&standing, pair.a, a) + 1 >= options.articles
        {
            passages[passage].kind = Kind::Boilerplate;
        }
    }
}

/// One side of a passage.
struct Place {
    article: ArticleIx,
    range: WordRange,
    /// When the other article was published.
    day: i64,
    passage: usize,
}

/// Passages that are no more than a form: of a daily report, of the title of an office, of a paragraph of
/// background. Only where the two articles share little to the word, and
///
/// - what the form alone does not say is worth less than [`Options::fresh_bits`];
/// - or on [`Options::form_days`] days another article shares most of the bits of this text;
/// - or the two are further apart than news is, and word differs from word here and there.
fn forms(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> Vec<usize> {
    let day = |article: ArticleIx| corpus.articles[article.ix()].published.map(Published::day);
    let mut places: Vec<Place> = Vec::new();
    let mut forms = Vec::new();
    let mut thin = vec![false; passages.len()];
    let mut first = 0;
    for of_pair in passages.chunk_by(|x, y| x.pair == y.pair) {
        let Pair { a, b } = of_pair[0].pair;
        let days = day(a).zip(day(b));
        let is_old = days.is_some_and(|(a, b)| (a - b).abs() > options.news_days);
        let is_thin = share(of_pair, corpus, |p| p.verbatim) < options.verbatim_share;
        for (number, passage) in (first..).zip(of_pair) {
            thin[number] = is_thin;
            let is_form = passage.fresh_bits < options.fresh_bits
                || is_old && passage.identity() < options.form_identity;
            if is_thin && is_form {
                forms.push(number);
            }
            if let Some((a_day, b_day)) = days {
                places.push(Place { article: a, range: passage.a, day: b_day, passage: number });
                places.push(Place { article: b, range: passage.b, day: a_day, passage: number });
            }
        }
        first += of_pair.len();
    }
    places.sort_unstable_by_key(|place| (place.article, place.range, place.passage));
    for places in places.chunk_by(|x, y| x.article == y.article) {
        for place in places.iter().filter(|place| thin[place.passage]) {
            let bits = passages[place.passage].bits * options.form_bits;
            let mut days: Vec<i64> = places
                .iter()
                .filter(|other| passages[other.passage].bits >= bits)
                .filter(|other| overlap(other.range, place.range) * 2 >= place.range.len())
                .map(|other| other.day)
                .collect();
            days.sort_unstable();
            days.dedup();
            if days.len() >= options.form_days {
                forms.push(place.passage);
            }
        }
    }
    forms
}

/// Share of the words of the shorter article of a pair that its passages hold, counted by `words`.
fn share(passages: &[Passage], corpus: &Corpus<'_>, words: fn(&Passage) -> u32) -> f64 {
    let Pair { a, b } = passages[0].pair;
    let length = |article: ArticleIx| corpus.stories[article.ix()].words.len();
    let held: u32 = passages.iter().map(words).sum();
    f64::from(held) / length(a).min(length(b)).max(1) as f64
}

fn overlap(x: WordRange, y: WordRange) -> usize {
    x.end.min(y.end).saturating_sub(x.start.max(y.start)) as usize
}

/// A few words after it do not keep a passage from closing an article.
const EDGE: usize = 3;

/// A passage that may be boilerplate.
struct Suspect {
    /// Which passage it is.
    passage: usize,
    /// It is no news in one of the two articles.
    is_old: bool,
}

/// Passages that are the same to the word in two articles which share little else.
fn suspects(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> Vec<Suspect> {
    let mut suspects = Vec::new();
    let mut first = 0;
    for passages in passages.chunk_by(|x, y| x.pair == y.pair) {
        let same = |passage: &Passage| {
            passage.kind == Kind::Copy && passage.identity() >= options.identity
        };
        if passages.iter().any(same) && share(passages, corpus, |p| p.matches) < options.below_share
        {
            let standing = suspicion(passages, corpus, options);
            suspects.extend(standing.into_iter().flat_map(|is_old| {
                let same = passages.iter().enumerate().filter(|(_, passage)| same(passage));
                same.map(move |(at, _)| Suspect { passage: first + at, is_old })
            }));
        }
        first += passages.len();
    }
    suspects
}

/// Whether what a pair shares may be boilerplate at all; and if so, whether it is no news in one.
fn suspicion(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> Option<bool> {
    let Pair { a, b } = passages[0].pair;
    let (first, second) = (&corpus.articles[a.ix()], &corpus.articles[b.ix()]);
    let days = first.published.zip(second.published).map(|(a, b)| (a.day() - b.day()).abs());
    let is_old = days.is_some_and(|days| days > options.news_days);
    let outlets = first.outlet.as_deref().zip(second.outlet.as_deref());
    let is_unrelated = || rest_alike(passages, corpus) < options.unrelated;
    match outlets {
        Some((a, b)) if a == b => Some(is_old && is_unrelated()),
        Some(_) if !is_old => None,
        _ => is_unrelated().then_some(is_old),
    }
}

/// A word that is worth less stands in any article: once in a thousand words.
const COMMON_BITS: f32 = 10.0;

/// How alike two articles are in what they do not share, `0..=1`.
fn rest_alike(passages: &[Passage], corpus: &Corpus<'_>) -> f64 {
    let Pair { a, b } = passages[0].pair;
    let rest = |article: ArticleIx, side: fn(&Passage) -> WordRange| {
        let words = &corpus.stories[article.ix()].words;
        let mut rest = vec![true; words.len()];
        for passage in passages {
            rest[side(passage).range()].fill(false);
        }
        words.iter().zip(rest).filter(|(_, rest)| *rest).map(|(&word, _)| word).collect()
    };
    let (a, b): (FxHashSet<u32>, FxHashSet<u32>) = (rest(a, |p| p.a), rest(b, |p| p.b));
    let square =
        |&word: &u32| f64::from(corpus.weights.rarity(word) - COMMON_BITS).max(0.0).powi(2);
    let norm = |words: &FxHashSet<u32>| sum(words.iter().map(square));
    let norms = norm(&a) * norm(&b);
    if norms > 0.0 { sum(a.intersection(&b).map(square)) / norms.sqrt() } else { 0.0 }
}

/// A sum that does not depend on the order of the hash set.
fn sum(values: impl Iterator<Item = f64>) -> f64 {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    values.into_iter().sum()
}

/// How many other articles share mostly this range of an article.
fn repeats(
    standing: &[(ArticleIx, WordRange, ArticleIx)],
    article: ArticleIx,
    range: WordRange,
) -> usize {
    let from = standing.partition_point(|entry| entry.0 < article);
    let mut others: Vec<ArticleIx> = standing[from..]
        .iter()
        .take_while(|entry| entry.0 == article)
        .filter(|(_, other, _)| overlap(*other, range) * 5 >= range.len() * 4)
        .map(|entry| entry.2)
        .collect();
    others.sort_unstable();
    others.dedup();
    others.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Published;
    use crate::error::Position;
    use crate::span::Span;
    use crate::words::{Background, Counts};

    const OFFER: &str =
        "Readers of this page get the Saturday almanac and its crossword for nothing";
    const HARBOUR: &str = "Dredgers cleared the harbour mouth before the herring fleet came home";
    const LIBRARY: &str = "The library lends looms and anvils since its roof was mended";
    const OPERA: &str = "A baritone with laryngitis mimed while the prompter sang";

    /// Two stories share `OFFER`: what is it?
    struct Case<'a> {
        outlets: [Option<&'a str>; 2],
        days: [&'a str; 2],
        texts: [String; 2],
    }

    impl Case<'_> {
        fn kind(&self) -> Kind {
            let article = |ix: usize| Article {
                id: ix.to_string(),
                outlet: self.outlets[ix].map(str::to_owned),
                published: Some(Published::Day(self.days[ix].parse().unwrap())),
                headline: None,
                byline: None,
                language: None,
                url: None,
                text: self.texts[ix].clone(),
                at: Position { file: "test".into(), line: None },
            };
            let articles = [article(0), article(1)];
            let stories = articles
                .each_ref()
                .map(|article| Story::of(&article.text, &[Span::new(0, article.text.len())]));
            let length = OFFER.split(' ').count();
            let range = |ix: usize| {
                let before = &self.texts[ix][..self.texts[ix].find(OFFER).unwrap()];
                let start = before.split_whitespace().count();
                WordRange::new(start, start + length)
            };
            let mut passages = [Passage {
                pair: Pair::new(ArticleIx(0), ArticleIx(1)),
                a: range(0),
                b: range(1),
                a_span: Span::default(),
                b_span: Span::default(),
                matches: length as u32,
                verbatim: length as u32,
                bits: 120.0,
                fresh_bits: 120.0,
                quoted: 0.0,
                kind: Kind::Copy,
            }];
            let (background, counts) = (Background::shipped(), Counts::default());
            let weights = Weights::new(&background, &counts, 0);
            let corpus = Corpus { articles: &articles, stories: &stories, weights: &weights };
            mark(&mut passages, &corpus, &Options::default());
            passages[0].kind
        }
    }

    fn closing(story: &str) -> String {
        format!("{} {OFFER}", [story; 5].join(" "))
    }

    fn inside(story: &str) -> String {
        format!("{story} {OFFER} {}", [story; 5].join(" "))
    }

    const POST: [Option<&str>; 2] = [Some("Post"); 2];
    const TWO: [Option<&str>; 2] = [Some("Post"), Some("Times")];
    const DAY: [&str; 2] = ["2025-04-25"; 2];
    const WEEK: [&str; 2] = ["2025-04-25", "2025-05-02"];

    #[test]
    fn what_closes_two_articles_of_one_outlet_is_boilerplate() {
        let texts = [closing(HARBOUR), closing(LIBRARY)];
        let case = Case { outlets: POST, days: DAY, texts };
        assert_eq!(case.kind(), Kind::Boilerplate);
        assert_eq!(Case { outlets: TWO, ..case }.kind(), Kind::Copy);
        let texts = [inside(HARBOUR), inside(LIBRARY)];
        assert_eq!(Case { outlets: POST, days: DAY, texts }.kind(), Kind::Copy);
    }

    #[test]
    fn outlets_that_are_not_known_take_two_stories() {
        let of = |texts| Case { outlets: [None, Some("Post")], days: DAY, texts }.kind();
        assert_eq!(of([closing(HARBOUR), closing(LIBRARY)]), Kind::Boilerplate);
        assert_eq!(of([closing(HARBOUR), closing(HARBOUR)]), Kind::Copy);
    }

    #[test]
    fn old_text_in_another_story_is_boilerplate() {
        let of = |days, texts| Case { outlets: TWO, days, texts }.kind();
        assert_eq!(of(WEEK, [inside(HARBOUR), inside(OPERA)]), Kind::Boilerplate);
        assert_eq!(of(DAY, [inside(HARBOUR), inside(OPERA)]), Kind::Copy);
        assert_eq!(of(WEEK, [inside(HARBOUR), inside(HARBOUR)]), Kind::Copy);
    }

    #[test]
    fn an_article_repeats_what_others_hold() {
        let range = WordRange::new(50, 70);
        let of = |other: u32| (ArticleIx(0), range, ArticleIx(other));
        let elsewhere = (ArticleIx(0), WordRange::new(0, 20), ArticleIx(3));
        assert_eq!(repeats(&[elsewhere, of(1), of(2)], ArticleIx(0), range), 2);
    }
}
