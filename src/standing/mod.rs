//! Finds among shared passages what is no copy but stands under many articles: promotions, notes on
//! the author, disclaimers, standing paragraphs of background.
//!
//! What an outlet prints under most articles is learned and marked before anything is compared
//! ([`crate::clean::Boilerplate`]); this is for what is rarer, and for outlets that are not named, or
//! named differently each time.

mod form;
mod repeat;

use serde::{Deserialize, Serialize};

use crate::article::{Article, ArticleIx, Pair, Published};
use crate::clean::Zones;
use crate::judge::Passage;
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
    /// `0..=1`: the cosine of the sets of these words, each weighing its bits beyond a common word's.
    pub unrelated: f64,
    /// News is taken up within this many days.
    pub news_days: i64,
    /// Where forms say part of what two articles share, and the words of all of it come to less than this,
    /// it is nothing but forms: see [`Weights::particular`].
    pub particular: f32,
    /// The same of articles that are further apart than news is taken up: it takes more to tell that they
    /// have one story.
    pub particular_old: f32,
    /// Where forms say at least this share of the words of all that two articles share, `0..=1`, it is nothing
    /// but forms: see [`Passage::formal`].
    pub form_share: f64,
    /// The same of articles that are further apart than news is taken up.
    pub form_share_old: f64,
    /// Other forms are looked for only where less than this share of the shorter one's words stands in the
    /// other in runs of eight or more, `0..=1`.
    pub verbatim_share: f64,
    /// A passage in which forms leave less than this many bits is one.
    pub fresh_bits: f32,
    /// What shares this much of its bits, `0..=1`, with articles of many days is a form.
    pub form_bits: f32,
    /// How many these days are.
    pub form_days: usize,
}

impl Default for Options {
    fn default() -> Self {
        // `unrelated` and `news_days`: of 87 pairs of political articles judged by hand, those that
        // share boilerplate lie below .15, and 6 days or more apart; those with a verbatim excerpt of
        // news above .1, and within 5 days. The others: of links that an exhaustive search for runs of
        // eight words does not know, in two weeks of twelve newspapers, they leave most that are copy
        // when read, at the least loss of those it knows. `particular`: of a hundred such links it drops
        // twelve, none of them copy; twice as much drops copy too. `form_share`: of a hundred that these
        // leave, 29 of them forms of different events, it drops 25 of the forms and none of 61 that are copy
        // beyond doubt; a share of half drops copy too, as does a fifth of what is old. Of a hundred
        // left by all, drawn when the values were fixed, 85 are copy.
        Self {
            below_share: 0.3,
            identity: 0.95,
            articles: 3,
            unrelated: 0.15,
            news_days: 3,
            particular: 25.0,
            particular_old: 75.0,
            form_share: 0.6,
            form_share_old: 0.25,
            verbatim_share: 0.2,
            fresh_bits: 60.0,
            form_bits: 0.75,
            form_days: 5,
        }
    }
}

/// What the judgement asks of the corpus.
#[derive(Debug, Clone, Copy)]
pub struct Corpus<'a> {
    /// All articles.
    pub articles: &'a [Article],
    /// What in them is not their story, and the agencies they name.
    pub zones: &'a [Zones],
    /// Their stories.
    pub stories: &'a [Story],
    /// What words are worth in them.
    pub weights: &'a Weights<'a>,
}

impl Corpus<'_> {
    /// Whether two articles are known to be too far apart for the one to be news in the other.
    fn is_old(&self, pair: Pair, options: &Options) -> bool {
        self.days(pair).is_some_and(|(a, b)| (a - b).abs() > options.news_days)
    }

    /// The days on which two articles were published, if both are known.
    fn days(&self, Pair { a, b }: Pair) -> Option<(i64, i64)> {
        let day = |article: ArticleIx| self.articles[article.ix()].published.map(Published::day);
        day(a).zip(day(b))
    }
}

/// Judges passages (in order of pairs) that were taken for copy.
pub fn mark(passages: &mut [Passage], corpus: &Corpus<'_>, options: &Options) {
    form::mark(passages, corpus, options);
    repeat::mark(passages, corpus, options);
}

/// Share of the words of the shorter article of a pair that its passages hold, counted by `words`.
fn share(passages: &[Passage], corpus: &Corpus<'_>, words: fn(&Passage) -> u32) -> f64 {
    let Pair { a, b } = passages[0].pair;
    let length = |article: ArticleIx| corpus.stories[article.ix()].words().len();
    let held: u32 = passages.iter().map(words).sum();
    f64::from(held) / length(a).min(length(b)).max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Published;
    use crate::judge::Kind;
    use crate::span::{Span, WordRange};
    use crate::words::{Background, Counting};

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
            self.kind_after(&[], 120.0, 0)
        }

        /// What it is where `OFFER` stood in the news of these days too, so many bits of it are fresh, and so
        /// many of its words are said in forms.
        fn kind_after(&self, days: &[i64], fresh_bits: f32, formal: u32) -> Kind {
            let article = |ix: usize| Article {
                outlet: self.outlets[ix].map(str::to_owned),
                published: Some(Published::Day(self.days[ix].parse().unwrap())),
                ..Article::new(ix.to_string(), self.texts[ix].clone())
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
                fresh_bits,
                formal,
                figures: 0,
                same_figures: 0,
                quoted: 0.0,
                both_quote: false,
                kind: Kind::Copy,
            }];
            let (background, counting) = (Background::shipped(), Counting::default());
            let offer = Story::of(OFFER, &[Span::new(0, OFFER.len())]);
            for &day in days {
                counting.add(offer.words(), Some(day));
            }
            let counts = counting.counts();
            let weights = Weights::new(&background, &counts);
            let zones = [Zones::default(), Zones::default()];
            let corpus =
                Corpus { articles: &articles, zones: &zones, stories: &stories, weights: &weights };
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
        let texts = [inside(HARBOUR), inside(HARBOUR)];
        assert_eq!(Case { outlets: POST, days: DAY, texts }.kind(), Kind::Copy);
        let texts = [inside(HARBOUR), inside(LIBRARY)];
        assert_eq!(Case { outlets: POST, days: DAY, texts }.kind(), Kind::Boilerplate);
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
    fn what_stands_in_the_news_of_every_day_and_fills_a_form_is_one() {
        let texts = [inside(HARBOUR), inside(HARBOUR)];
        let case = Case { outlets: TWO, days: DAY, texts };
        let (every_day, one_day): (Vec<i64>, _) = ((0..20).collect(), [7; 20]);
        assert_eq!(case.kind_after(&every_day, 80.0, 0), Kind::Boilerplate);
        assert_eq!(case.kind_after(&every_day, 120.0, 0), Kind::Copy);
        assert_eq!(case.kind_after(&one_day, 80.0, 0), Kind::Copy);
    }

    #[test]
    fn what_forms_say_is_one_unless_the_texts_are_the_same() {
        let of =
            |days, texts, formal| Case { outlets: TWO, days, texts }.kind_after(&[], 120.0, formal);
        let long = || [inside(HARBOUR), inside(HARBOUR)];
        assert_eq!(of(DAY, long(), 8), Kind::Boilerplate);
        assert_eq!(of(DAY, long(), 7), Kind::Copy);
        assert_eq!(of(WEEK, long(), 4), Kind::Boilerplate);
        assert_eq!(of(WEEK, long(), 3), Kind::Copy);
        let short = || [format!("{HARBOUR} {OFFER}"), format!("{OFFER} {HARBOUR}")];
        assert_eq!(of(DAY, short(), 13), Kind::Copy);
    }
}
