//! Marks what in an article is not the story: headlines, datelines, bylines, credits, furniture.

mod boilerplate;

use serde::Serialize;

pub use boilerplate::{Boilerplate, Options};

use crate::agency::{Agencies, AgencyIx};
use crate::article::Article;
use crate::span::Span;

/// The rules that mark what is not the story, compiled once and shared by all threads.
#[derive(Debug, Clone)]
pub struct Cleaner {
    #[expect(dead_code, reason = "the rules follow")]
    agencies: Agencies,
}

/// What [`Cleaner::clean`] found in one article.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zones {
    /// What is not the story: in order, without overlap.
    pub marks: Vec<Mark>,
    /// Agencies that the article names, in order; those from its fields come first.
    pub evidence: Vec<Evidence>,
}

/// A stretch of an article's text that is not the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// Why.
    pub rule: Rule,
}

/// Why a stretch of text is not the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// The article's own headline, repeated at the start of its text.
    Headline,
    /// Place, date and agency before the first sentence.
    Dateline,
    /// Who wrote it.
    Byline,
    /// A credit line, sign-off or copyright of an agency or a reporter.
    Credit,
    /// The credit of a picture.
    Caption,
    /// What the page adds: links, share bars, blurbs, notices.
    Furniture,
    /// What the outlet prints under many articles, learned from them.
    Boilerplate,
}

/// Agencies named in one place of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// In what role.
    pub kind: EvidenceKind,
    /// Which, in printed order: in `BSS/AFP` the relay comes first and the origin last.
    pub agencies: Vec<AgencyIx>,
    /// Where in the text; `None` if the byline field or the outlet says so.
    pub span: Option<Span>,
    /// What is printed there.
    pub text: String,
}

/// The role in which an article names an agency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EvidenceKind {
    /// Before the first sentence: the text is the agency's.
    Dateline,
    /// As author: the text is the agency's.
    Byline,
    /// In a credit line, sign-off or copyright: the text is the agency's.
    Credit,
    /// As publisher: the text is the agency's.
    Outlet,
    /// As one that contributed: part of the text is the agency's.
    Contribution,
    /// In the story, as its source or subject: says nothing of the text.
    Mention,
    /// As owner of a picture: says nothing of the text.
    PhotoCredit,
}

impl EvidenceKind {
    /// Whether it says that the text, or part of it, is the agency's.
    pub fn attributes(self) -> bool {
        !matches!(self, Self::Mention | Self::PhotoCredit)
    }
}

impl Cleaner {
    /// Compiles the rules for these agencies.
    pub fn new(agencies: &Agencies) -> Self {
        Self { agencies: agencies.clone() }
    }

    /// Marks what in `article` is not the story. Takes time linear in the length of its text.
    pub fn clean(&self, _article: &Article, _boilerplate: &Boilerplate) -> Zones {
        Zones::default()
    }
}

impl Zones {
    /// The story: what is left of `text` between the marks, without white space at the ends.
    pub fn story(&self, text: &str) -> Vec<Span> {
        let ends = self.marks.iter().map(|mark| mark.span.end as usize);
        let starts = self.marks.iter().map(|mark| mark.span.start as usize);
        std::iter::once(0)
            .chain(ends)
            .zip(starts.chain([text.len()]))
            .map(|(start, end)| Span::new(start, end).trim(text))
            .filter(|span| !span.is_empty())
            .collect()
    }
}
