//! Finds what a page adds to an article: links, share bars, blurbs, notices.
//!
//! Careful by design: a paragraph is furniture when its own words say so, not when it looks odd.

use super::Rule;
use super::cue::{self, Cue, Found};
use crate::span::Span;

/// Marks furniture among the paragraphs that nothing else has marked.
pub(super) fn mark(text: &str, cues: &[Found], paragraphs: &[Span], rules: &mut [Option<Rule>]) {
    let mut listed = 0;
    for (ix, &paragraph) in paragraphs.iter().enumerate() {
        if rules[ix].is_some() {
            continue;
        }
        let kind = kind(text, paragraph, cue::within(cues, paragraph));
        listed = match kind {
            Kind::ListHead => LONGEST_LIST,
            Kind::Furniture => listed,
            Kind::Story if listed > 0 && is_link(&text[paragraph]) => listed - 1,
            Kind::Story => {
                listed = 0;
                continue;
            }
        };
        rules[ix] = Some(Rule::Furniture);
    }
}

/// Skips what a gallery or player leaves at the start of the text it stands in.
pub(super) fn after_widgets(text: &str, paragraph: Span) -> Span {
    const WIDGETS: &[&str] = &["Next Previous", "Previous Next", "CLOSE ", "Share this "];
    let inside = &text[paragraph];
    let widget = WIDGETS.iter().find(|widget| inside.starts_with(**widget));
    let start = paragraph.start + widget.map_or(0, |widget| widget.len() as u32);
    Span { start, ..paragraph }.trim(text)
}

/// Headlines under one "Read more".
const LONGEST_LIST: usize = 8;

enum Kind {
    Story,
    Furniture,
    /// Announces a list of links.
    ListHead,
}

fn kind(text: &str, paragraph: Span, cues: &[Found]) -> Kind {
    const LONGEST: usize = 700;
    let inside = &text[paragraph];
    let Some(opening) =
        cues.first().filter(|cue| !has_letters(text, paragraph.start, cue.span.start))
    else {
        let furniture = inside.len() <= LONGEST
            && (is_asking(text, paragraph, cues)
                || is_time(inside)
                || is_address(inside)
                || !inside.contains(char::is_alphanumeric));
        return if furniture { Kind::Furniture } else { Kind::Story };
    };
    let rest = &text[opening.span.end as usize..paragraph.end as usize];
    let alone = !rest.contains(char::is_alphanumeric);
    let pointed = rest.trim_start().starts_with([':', '|', '»', '>', '→', '：']);
    let widget = after_widgets(text, paragraph).start > paragraph.start;
    let furniture = match opening.cue {
        // What stands behind a widget is the beginning of the story.
        Cue::Line if widget && !alone => false,
        Cue::Links if alone => return Kind::ListHead,
        Cue::Links if pointed => inside.len() <= 220 && (is_link(inside) || inside.len() <= 120),
        Cue::Line => {
            alone
                || inside.len() <= 80
                    && rest.contains(|c: char| c.is_ascii_digit())
                    && is_link(inside)
        }
        Cue::Picture => alone,
        Cue::Copyright => inside.len() <= LONGEST,
        _ => false,
    };
    let furniture = furniture
        || inside.len() <= LONGEST
            && (is_share_bar(text, paragraph, cues) || is_asking(text, paragraph, cues));
    if furniture { Kind::Furniture } else { Kind::Story }
}

/// Whether a line is an address and nothing else, be it torn apart by a tokeniser
/// (`http : / / paper . example / 3`).
fn is_address(line: &str) -> bool {
    let scheme = ["http", "https", "www"].iter().any(|scheme| {
        line.strip_prefix(scheme).is_some_and(|rest| rest.trim_start().starts_with([':', '.']))
    });
    let bytes = line.as_bytes();
    let two_words = |at: usize| {
        bytes[at] == b' '
            && bytes[at - 1].is_ascii_alphanumeric()
            && bytes[at + 1].is_ascii_alphanumeric()
    };
    scheme && !(1..bytes.len().saturating_sub(1)).any(two_words)
}

fn has_letters(text: &str, start: u32, end: u32) -> bool {
    text[start as usize..end as usize].contains(char::is_alphanumeric)
}

/// Whether a line could be the headline under "Read more": short, and no sentence.
fn is_link(line: &str) -> bool {
    const LONGEST: usize = 200;
    // A quotation that fills a paragraph is speech; in a headline it closes again at once.
    let quoted =
        line.starts_with(['“', '"', '«', '„']) && line.ends_with(['?', '”', '"', '»', '“']);
    let end = line.trim_end_matches(['”', '"', '’', '\'', '»', ')', '“']);
    line.chars().take(LONGEST + 1).count() <= LONGEST
        && !end.ends_with(['.', '!', ':', ';', ',', '…', '。', '۔', '।', '！'])
        && !line.starts_with(char::is_lowercase)
        && !line.starts_with(['–', '—'])
        && !quoted
}

/// Whether a line names places to share, twice at least, and nothing else.
fn is_share_bar(text: &str, paragraph: Span, cues: &[Found]) -> bool {
    const BESIDE: &[&str] = &[
        "share",
        "on",
        "via",
        "this",
        "page",
        "article",
        "print",
        "email",
        "mail",
        "post",
        "save",
        "pin",
        "copy",
        "link",
        "x",
        "with",
        "to",
        "a",
        "friend",
        "story",
        "comments",
        "comment",
        "more",
        "options",
        "text",
        "size",
        "sms",
        "url",
        "line",
        "threads",
        "flip",
        "by",
        "or",
        "teilen",
        "drucken",
        "auf",
        "partager",
        "sur",
        "imprimer",
        "compartir",
        "en",
        "imprimir",
        "compartilhar",
        "no",
        "condividi",
        "su",
        "stampa",
        "поделиться",
        "в",
        "печать",
        "مشاركة",
        "شارك",
        "على",
        "طباعة",
    ];
    let networks = cues.iter().filter(|found| found.cue == Cue::Share);
    let rest = |start: u32, end: u32| {
        text[start as usize..end as usize]
            .split(|c: char| !c.is_alphanumeric())
            .all(|word| word.is_empty() || BESIDE.contains(&word.to_lowercase().as_str()))
    };
    let (mut start, mut words) = (paragraph.start, 0);
    for network in networks {
        if !rest(start, network.span.start) {
            return false;
        }
        start = network.span.end;
        words += 1;
    }
    words > 0 && rest(start, paragraph.end) && text[paragraph].split_whitespace().count() > 1
}

/// Whether a paragraph asks its reader for something: by how many phrases, and how it opens.
fn is_asking(text: &str, paragraph: Span, cues: &[Found]) -> bool {
    let inside = &text[paragraph];
    let mut score = 0;
    for found in cues {
        score += match found.cue {
            Cue::Ask if opens_sentence(text, paragraph, found.span) => 2,
            Cue::Ask | Cue::Blurb | Cue::Share => 1,
            _ => 0,
        };
    }
    // What somebody said is the story, whatever it asks.
    let speech = inside.starts_with(['“', '"', '«', '„', '‘'])
        || inside.contains(" said")
        || inside.contains(" told ");
    let asks = cues.iter().any(|found| found.cue == Cue::Ask);
    asks && score >= if speech { 5 } else { 2 } && inside.len() <= 250 * score
}

fn opens_sentence(text: &str, paragraph: Span, phrase: Span) -> bool {
    let before = text[paragraph.start as usize..phrase.start as usize]
        .trim_end_matches(|c: char| !c.is_alphanumeric() && !".!?:。".contains(c));
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '。'])
}

/// A time of day or an age on a line of its own: `14:30 GMT`, `7 years ago`.
fn is_time(line: &str) -> bool {
    let clock = || {
        line.as_bytes().windows(4).any(|w| {
            w[0].is_ascii_digit() && w[1] == b':' && w[2].is_ascii_digit() && w[3].is_ascii_digit()
        })
    };
    line.len() <= 40
        && line.contains(|c: char| c.is_ascii_digit())
        && (line.ends_with(" ago")
            || clock() && line.split_whitespace().count() <= 6 && is_link(line))
}
