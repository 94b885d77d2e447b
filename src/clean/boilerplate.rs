//! Learns what an outlet prints under many of its articles.

use memchr::memmem;
use rayon::prelude::*;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::Rule;
use crate::article::Article;
use crate::hash;
use crate::layout;
use crate::runs::{self, Runs};
use crate::span::Span;

/// What makes a recurring paragraph boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// In how many different stories of an outlet it must recur, at their head or tail.
    pub stories: u32,
    /// The same for a paragraph in the midst of stories, where an outlet repeats background too,
    /// and for articles of no known outlet.
    pub stories_inside: u32,
    /// On how many days, where days are known.
    pub days: u32,
}

impl Default for Options {
    fn default() -> Self {
        // Read by hand on a sample of what 3,161 English and 20,329 Arabic articles teach: at 4 and
        // 10 nearly all is furniture, the rest standing bylines and headings. Not swept.
        Self { stories: 4, stories_inside: 10, days: 2 }
    }
}

/// Paragraphs learned to be boilerplate, as hashes: apart for every outlet.
#[derive(Debug, Clone, Default)]
pub struct Boilerplate {
    keys: FxHashSet<u64>,
}

impl Boilerplate {
    /// Nothing learned.
    pub fn none() -> Self {
        Self::default()
    }

    /// Learns from a whole collection: paragraphs that recur within one outlet in different stories.
    ///
    /// Two articles are versions of one story if, this paragraph apart, they share their longest
    /// one. What recurs across outlets is no ground: that is how agencies' copy looks.
    pub fn learn(articles: &[Article], options: &Options) -> Self {
        let mut by_outlet: Vec<(u64, u32)> =
            articles.iter().zip(0..).map(|(article, ix)| (outlet(article), ix)).collect();
        by_outlet.sort_unstable();
        let outlets: Vec<&[(u64, u32)]> = by_outlet.chunk_by(|a, b| a.0 == b.0).collect();
        let keys = outlets
            .into_par_iter()
            .flat_map_iter(|group| {
                let mut seen: Vec<Seen> = group
                    .par_iter()
                    .flat_map_iter(|&(outlet, ix)| paragraphs_of(&articles[ix as usize], outlet))
                    .collect();
                seen.par_sort_unstable();
                let learned = |run: &&[Seen]| is_boilerplate(run, options, group[0].0 != NO_OUTLET);
                seen.chunk_by(|a, b| a.key == b.key)
                    .filter(learned)
                    .map(|run| run[0].key)
                    .collect::<Vec<_>>()
            })
            .collect::<Vec<u64>>();
        Self { keys: keys.into_iter().collect() }
    }

    /// How many paragraphs were learned.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether nothing was learned.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Marks the learned paragraphs among those that nothing else has marked.
    pub(super) fn mark(&self, article: &Article, paragraphs: &[Span], rules: &mut [Option<Rule>]) {
        if self.keys.is_empty() {
            return;
        }
        let (outlet, mut reader) = (outlet(article), Reader::default());
        for (rule, &paragraph) in rules.iter_mut().zip(paragraphs) {
            let mut known = || reader.key(paragraph.of(&article.text), outlet);
            if rule.is_none()
                && paragraph.len() <= LONGEST
                && known().is_some_and(|key| self.keys.contains(&key))
            {
                *rule = Some(Rule::Boilerplate);
            }
        }
    }
}

/// Longer paragraphs, in bytes, are no boilerplate.
const LONGEST: usize = 1200;
/// Paragraphs from either end of an article that are its head and tail.
const EDGE: usize = 3;
const NO_OUTLET: u64 = 0;

/// One paragraph of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    key: u64,
    /// The longest other paragraph of the article stands for its story.
    story: u32,
    /// `i32::MIN` if unknown.
    day: i32,
    inside: bool,
}

fn paragraphs_of(article: &Article, outlet: u64) -> Vec<Seen> {
    let spans = layout::paragraphs(&article.text);
    let mut reader = Reader::default();
    let keys: Vec<(u64, Span)> = spans
        .iter()
        .map(|&span| (reader.key(span.of(&article.text), outlet).unwrap_or_default(), span))
        .collect();
    let longest = keys.iter().max_by_key(|(_, span)| span.len()).map_or(0, |&(key, _)| key);
    let second = keys.iter().filter(|&&(key, _)| key != longest);
    let second = second.max_by_key(|(_, span)| span.len()).map_or(0, |&(key, _)| key);
    let day = article.published.map_or(i32::MIN, |at| at.day() as i32);
    let last = keys.len();
    let seen = |(at, &(key, span)): (usize, &(u64, Span))| Seen {
        key: if span.len() <= LONGEST { key } else { 0 },
        story: if key == longest { second } else { longest } as u32,
        day,
        inside: at >= EDGE && at + EDGE < last,
    };
    keys.iter().enumerate().map(seen).filter(|seen| seen.key != 0 && seen.story != 0).collect()
}

/// Whether all that was seen of one paragraph, in order of stories, makes it boilerplate.
fn is_boilerplate(run: &[Seen], options: &Options, outlet_known: bool) -> bool {
    let inside = run.iter().filter(|seen| seen.inside).count() * 2 > run.len();
    let needed = if inside || !outlet_known { options.stories_inside } else { options.stories };
    if run.len() < needed as usize {
        return false;
    }
    let stories = run.chunk_by(|a, b| a.story == b.story).count();
    let mut days: Vec<i32> =
        run.iter().map(|seen| seen.day).filter(|&day| day != i32::MIN).collect();
    days.sort_unstable();
    days.dedup();
    stories >= needed as usize && (days.is_empty() || days.len() >= options.days as usize)
}

fn outlet(article: &Article) -> u64 {
    let name = article.outlet.as_deref().map_or("", str::trim);
    if name.is_empty() { NO_OUTLET } else { hash::bytes(name.to_lowercase().as_bytes(), 1) }
}

/// Reads paragraphs as hashes; its memory is used again for the next.
#[derive(Debug, Default)]
struct Reader {
    bytes: Vec<u8>,
    runs: Runs,
    words: Vec<u32>,
}

impl Reader {
    /// A paragraph's words as a hash: case, punctuation and numbers do not count.
    fn key(&mut self, paragraph: &str, outlet: u64) -> Option<u64> {
        const SHORTEST: usize = 3;
        /// What characters of general punctuation start with: dashes, quotation marks, spaces.
        const PUNCTUATION: &[u8] = b"\xE2\x80";
        /// What stands for numbers, however many follow each other.
        const NUMBER: u32 = 0;
        let Self { bytes, runs, words } = self;
        bytes.clear();
        bytes.extend_from_slice(paragraph.as_bytes());
        for at in memmem::find_iter(paragraph.as_bytes(), PUNCTUATION) {
            bytes[at..at + 3].fill(b' ');
        }
        // So that the last word is read as it would be elsewhere.
        bytes.extend_from_slice(&[b' '; hash::SHORT_WORD]);
        words.clear();
        let mut letters = 0;
        for &[start, end] in runs.of(bytes) {
            let (start, end) = (start as usize, end as usize);
            if !bytes[start].is_ascii_digit() {
                letters += end - start;
                words.push(word(bytes, start, end));
            } else if words.last() != Some(&NUMBER) {
                letters += 1;
                words.push(NUMBER);
            }
        }
        (letters >= SHORTEST).then(|| hash::bytes(bytemuck::cast_slice(words), outlet))
    }
}

/// Hash of the bytes `start..end`, letters in small.
fn word(bytes: &[u8], start: usize, end: usize) -> u32 {
    match runs::in_small(bytes, start, end) {
        Some([low, high]) => hash::short_word(low, high, end - start),
        None => hash::word(&bytes[start..end].to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::article;
    use super::*;
    use crate::article::Published;

    const BLURB: &str = "The Ellery Post thanks all its friends of the quay.";

    /// Articles of one outlet on one day each, a paragraph before and after what they all print.
    fn articles(stories: &[&str], tail: &str) -> Vec<Article> {
        let dated = |(ix, story): (usize, &&str)| {
            let mut article = article(&format!("{story}\n\n{story} And so on it goes.\n\n{tail}"));
            article.outlet = Some("Ellery Post".to_owned());
            let day = format!("2031-03-{:02}", 1 + ix);
            article.published = Some(Published::Day(day.parse().unwrap()));
            article
        };
        stories.iter().enumerate().map(dated).collect()
    }

    #[test]
    fn what_recurs_under_different_stories_is_learned() {
        let articles =
            articles(&["A ferry sank.", "A quay shut.", "A diver won.", "A gull flew."], BLURB);
        let learned = Boilerplate::learn(&articles, &Options::default());
        assert_eq!(learned.len(), 1);
        let spans = layout::paragraphs(&articles[0].text);
        let mut rules = vec![None; spans.len()];
        learned.mark(&articles[0], &spans, &mut rules);
        assert_eq!(rules, [None, None, Some(Rule::Boilerplate)]);
    }

    #[test]
    fn versions_of_one_story_teach_nothing() {
        let articles = articles(&["A ferry sank."; 6], BLURB);
        assert!(Boilerplate::learn(&articles, &Options::default()).is_empty());
    }

    #[test]
    fn what_recurs_across_outlets_is_copy() {
        let stories = ["A ferry sank.", "A quay shut.", "A diver won.", "A gull flew."];
        let mut articles = articles(&stories, BLURB);
        for (ix, article) in articles.iter_mut().enumerate() {
            article.outlet = Some(format!("Paper {ix}"));
        }
        assert!(Boilerplate::learn(&articles, &Options::default()).is_empty());
    }
}
