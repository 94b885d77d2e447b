//! Finds credit lines, sign-offs and agencies' copyright, mostly at the end of an article.

use super::cue::{self, Cue, Found};
use super::{EvidenceKind, Rule, Sheet};
use crate::agency::{Agencies, AgencyIx};
use crate::span::Span;

/// A paragraph longer than this is a story, whatever its last sentence credits.
const LONGEST_LINE: usize = 600;

/// Marks whole paragraphs and the ends of paragraphs that credit the text to somebody.
pub(super) fn mark(
    agencies: &Agencies,
    cues: &[Found],
    paragraphs: &[Span],
    rules: &mut [Option<Rule>],
    sheet: &mut Sheet<'_>,
) {
    let text = sheet.text;
    for (ix, &paragraph) in paragraphs.iter().enumerate() {
        if rules[ix].is_some() {
            continue;
        }
        let cues = cue::within(cues, paragraph);
        let lone =
            || agencies.credit(&text[paragraph]).or_else(|| initials(agencies, &text[paragraph]));
        if let Some(credit) = line(agencies, text, paragraph, cues) {
            if credit.span == paragraph {
                rules[ix] = Some(credit.rule);
            } else {
                sheet.mark(credit.span, credit.rule);
            }
            sheet.note(credit.kind, credit.agencies, credit.span);
        } else if ix > HEAD
            && paragraph.len() <= 120
            && let Some(named) = lone()
        {
            let late = paragraph.end as usize * 2 >= text.len() || ix + TAIL >= paragraphs.len();
            rules[ix] = Some(if late { Rule::Credit } else { Rule::Caption });
            let kind = if late { EvidenceKind::Credit } else { EvidenceKind::PhotoCredit };
            sheet.note(kind, named, paragraph);
        } else if let Some((start, named)) = sign_off(agencies, &text[paragraph]) {
            let span = Span { start: paragraph.start + start as u32, ..paragraph };
            let late = paragraph.end as usize * 2 >= text.len() || ix + TAIL >= paragraphs.len();
            if late {
                let span = span.trim(text);
                sheet.mark(span, Rule::Credit);
                let kind = if with(&text[span]) {
                    EvidenceKind::Contribution
                } else {
                    EvidenceKind::Credit
                };
                sheet.note(kind, named, span);
            }
        }
    }
}

/// A lone agency's name in these first paragraphs is a byline.
const HEAD: usize = 2;
/// Paragraphs from the end, some of them furniture, where an article's credit may stand.
const TAIL: usize = 6;

struct Credit {
    span: Span,
    rule: Rule,
    kind: EvidenceKind,
    agencies: Vec<AgencyIx>,
}

/// A credit told by its words: `Reporting by …`, `… contributed to this report`, `© AFP`.
fn line(agencies: &Agencies, text: &str, paragraph: Span, cues: &[Found]) -> Option<Credit> {
    use EvidenceKind::{Contribution, Credit as Credited, PhotoCredit};
    let found = cues.iter().find(|found| match found.cue {
        Cue::Contributed | Cue::Reported => true,
        Cue::With | Cue::Copyright | Cue::Source => opens(text, paragraph, found.span),
        Cue::Picture => paragraph.len() <= 160,
        _ => false,
    })?;
    let cue = found.cue;
    let start = if paragraph.len() <= LONGEST_LINE {
        paragraph.start
    } else {
        sentence_start(text, paragraph, found.span.start as usize)?
    };
    let span = Span { start, ..paragraph };
    let after = Span { start: found.span.end, ..paragraph };
    let named = |span: Span| {
        let mut named: Vec<AgencyIx> = agencies.named(&text[span]).map(|n| n.agency).collect();
        named.dedup();
        named
    };
    let (rule, kind, agencies) = match cue {
        Cue::Contributed => (Rule::Credit, Contribution, named(span)),
        Cue::With => (
            Rule::Credit,
            Contribution,
            Some(named(after)).filter(|n| !n.is_empty() && after.len() <= 120)?,
        ),
        Cue::Reported => (Rule::Credit, Credited, named(span)),
        Cue::Source => (Rule::Credit, Credited, agencies.credit(&text[after])?),
        Cue::Copyright => match owner(agencies, &text[after]) {
            Some(owner) => (Rule::Credit, Credited, vec![owner]),
            None => return None,
        },
        _ => (Rule::Caption, PhotoCredit, Some(named(span)).filter(|n| !n.is_empty())?),
    };
    Some(Credit { span, rule, kind, agencies })
}

/// Whether a phrase opens its paragraph or a parenthesis.
fn opens(text: &str, paragraph: Span, phrase: Span) -> bool {
    let before = &text[paragraph.start as usize..phrase.start as usize];
    !before.chars().any(char::is_alphanumeric) || before.ends_with('(')
}

/// The agency that a copyright names first: `2024 The Associated Press. All rights …`.
fn owner(agencies: &Agencies, after: &str) -> Option<AgencyIx> {
    let near = &after[..after.floor_char_boundary(80)];
    let named = agencies.named(near).next()?;
    const BESIDE: &[&str] =
        &["the", "by", "copyright", "c", "and", "or", "its", "licensors", "provided"];
    near[..named.span.start as usize]
        .split(|c: char| !c.is_alphanumeric())
        .all(|word| {
            word.chars().all(char::is_numeric) || BESIDE.contains(&word.to_lowercase().as_str())
        })
        .then_some(named.agency)
}

/// The start of the sentence in which a credit stands, if it is the last of a long paragraph.
fn sentence_start(text: &str, paragraph: Span, at: usize) -> Option<u32> {
    const LAST: usize = 300;
    if paragraph.end as usize - at > LAST {
        return None;
    }
    let from = text.ceil_char_boundary(at.saturating_sub(LAST).max(paragraph.start as usize));
    let before = &text[from..at];
    let stop = before
        .rmatch_indices([' ', '\n'])
        .find(|&(space, _)| before[..space].ends_with(['.', '!', '?', '”', '"', '»', ')', '。']));
    // A parenthesis or dash begins the credit itself.
    let start = stop.map(|(space, _)| from + space + 1)?;
    Some(start as u32)
}

/// A sign-off after the last sentence of a paragraph: `… storey building. – Agencies`, `… (AFP)`.
fn sign_off(agencies: &Agencies, paragraph: &str) -> Option<(usize, Vec<AgencyIx>)> {
    const LONGEST: usize = 100;
    let from = paragraph.ceil_char_boundary(paragraph.len().saturating_sub(LONGEST));
    let tail = &paragraph[from..];
    let body = tail.trim_end_matches(['.', ' ', '\u{a0}']);
    let brackets = [('(', ')'), ('[', ']'), ('（', '）'), ('«', '»'), ('/', '/')];
    for (open, close) in brackets {
        let Some(inside) = body.strip_suffix(close) else { continue };
        let Some(at) = inside.rfind(open) else { continue };
        let content = &inside[at + open.len_utf8()..];
        let before = tail[..at].trim_end();
        if let Some(named) = agencies
            .credit(content)
            .or_else(|| contribution(agencies, content))
            .or_else(|| initials(agencies, content))
            && (ends_sentence(before) || before.is_empty())
        {
            return Some((from + at, named));
        }
    }
    let named = |at: usize, dash: bool| {
        let named =
            agencies.credit(body[at..].trim_matches(['-', '–', '—', '/', '*', '|', ' ']))?;
        let before = tail[..at].trim_end_matches([' ', '-', '–', '—', '/', '*', '|', '\u{a0}']);
        (ends_sentence(before) || dash && before.len() > 20 && before.ends_with(['…', ')']))
            .then_some((from + before.len(), named))
    };
    let dash = body
        .rfind(['–', '—'])
        .or_else(|| body.rfind(" -").map(|at| at + 1))
        .and_then(|at| named(at, true));
    dash.or_else(|| {
        let (stop, mark) = body.rmatch_indices(['.', '!', '?', '”', '"', '»', '。', '؟']).next()?;
        let rest = &body[stop + mark.len()..];
        // After a bare full stop only a blank tells an agency from an address.
        (rest.starts_with(char::is_whitespace) && rest.trim().chars().count() > 2).then_some(())?;
        named(stop + mark.len(), false)
    })
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end_matches(['”', '"', '»', '’', '\'', ')', '“'])
        .ends_with(['.', '!', '?', '…', '。', '؟', '।', '！', '？'])
}

/// `with inputs from ANI`, `avec AFP`, within a parenthesis.
fn contribution(agencies: &Agencies, content: &str) -> Option<Vec<AgencyIx>> {
    with(content)
        .then(|| agencies.named(content).map(|n| n.agency).collect::<Vec<_>>())
        .filter(|n| !n.is_empty())
}

fn with(content: &str) -> bool {
    let content = content.trim_start_matches(['(', '[', ' ', '–', '—', '-']).to_lowercase();
    [
        "with ",
        "avec ",
        "mit ",
        "con ",
        "com ",
        "including ",
        "z ",
        "с ",
        "med ",
        "met ",
        "from ",
        "inputs",
    ]
    .iter()
    .any(|word| content.starts_with(word))
}

/// An editor's initials beside the agency: `dpa abc xy`, `rt/jm (AFP)`, `ab/cd/dpa`.
fn initials(agencies: &Agencies, paragraph: &str) -> Option<Vec<AgencyIx>> {
    if paragraph.len() > 60 {
        return None;
    }
    let mut named = Vec::new();
    let mut end = 0;
    let short = |between: &str| {
        between.split(|c: char| !c.is_alphanumeric()).all(|word| {
            word.len() <= 4 && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
    };
    for found in agencies.named(paragraph) {
        if !short(&paragraph[end..found.span.start as usize]) {
            return None;
        }
        end = found.span.end as usize;
        named.push(found.agency);
    }
    (!named.is_empty() && short(&paragraph[end..])).then_some(named)
}
