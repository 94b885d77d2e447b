//! The phrases by which credits and furniture are told, found in one pass over the text.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use serde::Deserialize;

use crate::span::Span;

/// What a phrase announces. The phrases of each kind stand in `cues.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Cue {
    /// Others whose work went into the text.
    Contributed,
    /// The same, but only where it opens a paragraph or a parenthesis.
    With,
    /// Who reported, wrote and edited.
    Reported,
    /// Who owns the text.
    Copyright,
    /// Where the text was taken from.
    Source,
    /// Who owns a picture.
    Picture,
    /// A list of links, or one link.
    Links,
    /// A line that is nothing else.
    Line,
    /// A network on which to share.
    Share,
    /// What a page asks its reader to do.
    Ask,
    /// Words found beside what a page asks.
    Blurb,
}

/// All phrases as one automaton.
#[derive(Debug, Clone)]
pub(super) struct Cues {
    automaton: AhoCorasick,
    kinds: Vec<Cue>,
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) cue: Cue,
    pub(super) span: Span,
}

impl Cues {
    pub(super) fn shipped() -> Self {
        let table: BTreeMap<Cue, Vec<String>> = toml::from_str(include_str!("cues.toml"))
            .expect("the shipped phrases are valid: tested");
        let mut patterns: Vec<String> = Vec::new();
        let mut kinds = Vec::new();
        for (cue, phrases) in table {
            for phrase in phrases {
                // The automaton folds case in ASCII only.
                let mut forms =
                    vec![phrase.to_lowercase(), phrase.to_uppercase(), capitalised(&phrase)];
                forms.sort();
                forms.dedup_by_key(|form| form.to_ascii_lowercase());
                kinds.extend(forms.iter().map(|_| cue));
                patterns.append(&mut forms);
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .expect("a table of phrases is small");
        Self { automaton, kinds }
    }

    /// The phrases of a text, in order, whole words only.
    pub(super) fn find(&self, text: &str) -> Vec<Found> {
        self.automaton
            .find_iter(text)
            .filter(|found| crate::agency::is_word(text, found.range()))
            .map(|found| Found {
                cue: self.kinds[found.pattern()],
                span: Span::new(found.start(), found.end()),
            })
            .collect()
    }
}

/// The phrases inside a stretch of text.
pub(super) fn within(cues: &[Found], span: Span) -> &[Found] {
    let start = cues.partition_point(|found| found.span.start < span.start);
    let end = cues.partition_point(|found| found.span.start < span.end);
    &cues[start..end]
}

fn capitalised(phrase: &str) -> String {
    let mut chars = phrase.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
