//! The phrases by which credits and furniture are told, found in one pass over the text.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::agency::{Agencies, AgencyIx, Named, in_every_case};
use crate::phrases::Phrases;
use crate::span::Span;

/// What a phrase announces. The phrases of each kind stand in `cues.toml`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Cue {
    /// Others whose work went into the text.
    Contributed,
    /// The same, but only where it opens a paragraph or a parenthesis.
    With,
    /// That the text was taken over as a whole: from whom, its sentence says.
    Taken,
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

/// All phrases, and the names of agencies, compiled for search.
#[derive(Debug, Clone)]
pub(super) struct Cues {
    phrases: Phrases,
    means: Vec<Meaning>,
}

#[derive(Debug, Clone, Copy)]
enum Meaning {
    Cue(Cue),
    Agency(AgencyIx),
}

/// A phrase found in a text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) cue: Cue,
    pub(super) span: Span,
}

impl Cues {
    pub(super) fn new(agencies: &Agencies) -> Self {
        let table: BTreeMap<Cue, Vec<String>> = toml::from_str(include_str!("cues.toml"))
            .expect("the shipped phrases are valid: tested");
        let mut meanings: BTreeMap<String, Meaning> = BTreeMap::new();
        for (name, agency) in agencies.names() {
            meanings.insert(name.to_ascii_lowercase(), Meaning::Agency(agency));
        }
        for (&cue, phrase) in
            table.iter().flat_map(|(cue, list)| list.iter().map(move |p| (cue, p)))
        {
            let forms = in_every_case(phrase).into_iter().chain([capitalised(phrase)]);
            meanings.extend(forms.map(|form| (form.to_ascii_lowercase(), Meaning::Cue(cue))));
        }
        let (phrases, means): (Vec<String>, _) = meanings.into_iter().unzip();
        Self { phrases: Phrases::new(&phrases), means }
    }

    /// The phrases and the agencies of a text, each in order, whole words only.
    pub(super) fn find(&self, text: &str) -> (Vec<Found>, Vec<Named>) {
        let (mut cues, mut agencies) = (Vec::new(), Vec::new());
        for (phrase, range) in self.phrases.find(text) {
            let span = Span::new(range.start, range.end);
            match self.means[phrase] {
                Meaning::Cue(cue) => cues.push(Found { cue, span }),
                Meaning::Agency(agency) => agencies.push(Named { span, agency }),
            }
        }
        (cues, agencies)
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
