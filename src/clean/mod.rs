//! Marks what in an article is not the story: headlines, datelines, bylines, credits, furniture.

mod boilerplate;
mod byline;
mod credit;
mod cue;
mod dateline;
mod furniture;
mod headline;
mod house;
mod mention;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use boilerplate::{Boilerplate, Options};

use crate::agency::{Agencies, AgencyIx, Named};
use crate::article::Article;
use crate::layout;
use crate::span::Span;

use cue::Cues;

/// The rules that mark what is not the story, compiled once and shared by all threads.
#[derive(Debug, Clone)]
pub struct Cleaner {
    agencies: Agencies,
    cues: Cues,
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
    /// Which, the relays first and the origin last, as in `BSS/AFP`.
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
        Self { agencies: agencies.clone(), cues: Cues::new(agencies) }
    }

    /// Marks what in `article` is not the story. Takes time linear in the length of its text.
    pub fn clean(&self, article: &Article, boilerplate: &Boilerplate) -> Zones {
        let text = article.text.as_str();
        let paragraphs = layout::paragraphs(text);
        let (cues, named) = self.cues.find(text);
        let mut sheet = Sheet { text, zones: Zones::default() };
        sheet.fields(&self.agencies, article);

        let mut rules: Vec<Option<Rule>> = vec![None; paragraphs.len()];
        headline::mark(article, &paragraphs, &mut rules);
        credit::mark(&self.agencies, &cues, &paragraphs, &mut rules, &mut sheet);
        furniture::mark(text, &cues, &paragraphs, &mut rules);
        boilerplate.mark(article, &paragraphs, &mut rules);
        self.head(&paragraphs, &mut rules, &mut sheet);

        for (&span, rule) in paragraphs.iter().zip(rules) {
            if let Some(rule) = rule {
                sheet.mark(span, rule);
            }
        }
        sheet.mentions(named);
        sheet.finish()
    }

    /// Bylines and the dateline stand in the first paragraphs that are not furniture.
    fn head(&self, paragraphs: &[Span], rules: &mut [Option<Rule>], sheet: &mut Sheet<'_>) {
        const HEAD: usize = 6;
        let mut read = 0;
        for ix in 0..paragraphs.len() {
            // What was learned to recur may yet be a byline: "City desk – AFP".
            match rules[ix] {
                None if read == HEAD => return,
                None => read += 1,
                Some(Rule::Boilerplate) => {}
                Some(_) => continue,
            }
            let paragraph = furniture::after_widgets(sheet.text, paragraphs[ix]);
            if paragraph.start > paragraphs[ix].start {
                sheet.mark(Span { end: paragraph.start, ..paragraphs[ix] }, Rule::Furniture);
            }
            if let Some(named) = byline::read(&self.agencies, &sheet.text[paragraph]) {
                rules[ix] = Some(Rule::Byline);
                sheet.note(EvidenceKind::Byline, named, paragraph);
            } else if let Some(dateline) = dateline::read(&self.agencies, &sheet.text[paragraph]) {
                let start = paragraph.start as usize;
                let span = Span::new(start, start + dateline.len);
                sheet.mark(span, Rule::Dateline);
                sheet.note(EvidenceKind::Dateline, dateline.agencies, span.trim(sheet.text));
                return;
            }
        }
    }
}

/// What is found in one article, as it is found.
struct Sheet<'a> {
    text: &'a str,
    zones: Zones,
}

impl Sheet<'_> {
    fn mark(&mut self, span: Span, rule: Rule) {
        self.zones.marks.push(Mark { span, rule });
    }

    /// Notes agencies named in one place of the text, if any are.
    fn note(&mut self, kind: EvidenceKind, agencies: Vec<AgencyIx>, span: Span) {
        self.note_in(kind, agencies, Some(span), &self.text[span]);
    }

    /// Notes agencies named in `text`, which stands at `span` or in a field of the record.
    fn note_in(
        &mut self,
        kind: EvidenceKind,
        mut agencies: Vec<AgencyIx>,
        span: Option<Span>,
        text: &str,
    ) {
        if agencies.is_empty() {
            return;
        }
        // Japanese papers set the origin first: 【ＡＦＰ＝時事】 is AFP, passed on by Jiji.
        if text.contains(['＝', '=']) {
            agencies.reverse();
        }
        self.zones.evidence.push(Evidence { kind, agencies, span, text: text.to_owned() });
    }

    /// The outlet and the byline where they are fields of the record.
    fn fields(&mut self, agencies: &Agencies, article: &Article) {
        if let Some(outlet) = &article.outlet {
            let named = agencies.of_outlet(outlet).into_iter().collect();
            self.note_in(EvidenceKind::Outlet, named, None, outlet);
        }
        if let Some(byline) = &article.byline {
            let mut named: Vec<_> = agencies.named(byline).map(|named| named.agency).collect();
            named.dedup();
            self.note_in(EvidenceKind::Byline, named, None, byline);
        }
    }

    /// Agencies named in what is not marked, and those that own pictures.
    fn mentions(&mut self, agencies: Vec<Named>) {
        self.zones.marks.sort_by_key(|mark| (mark.span.start, mark.span.end));
        let mut marks = self.zones.marks.iter().peekable();
        let mut found = Vec::new();
        for named in agencies {
            while marks.next_if(|mark| mark.span.end <= named.span.start).is_some() {}
            let mark = marks.peek().filter(|mark| mark.span.overlaps(named.span));
            if mark.is_none_or(|mark| matches!(mark.rule, Rule::Caption | Rule::Furniture)) {
                found.push((mention::role(self.text, named.span), named));
            }
        }
        for (kind, named) in found {
            self.note(kind, vec![named.agency], named.span);
        }
    }

    fn finish(mut self) -> Zones {
        self.zones.marks.sort_by_key(|mark| (mark.span.start, mark.span.end, mark.rule));
        let mut end = 0;
        self.zones.marks.retain_mut(|mark| {
            mark.span.start = mark.span.start.max(end);
            end = end.max(mark.span.end);
            mark.span.start < mark.span.end
        });
        self.zones.evidence.sort_by_key(|evidence| evidence.span);
        self.zones
    }
}

impl Zones {
    /// Whether something says that the text, or part of it, is an agency's.
    pub fn is_agencys(&self) -> bool {
        self.evidence.iter().any(|evidence| evidence.kind.attributes())
    }

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
