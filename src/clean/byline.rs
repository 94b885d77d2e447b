//! Reads a paragraph that says who wrote the article and nothing else.

use crate::agency::{Agencies, AgencyIx};

/// Words that open a byline.
const OPENERS: &[&str] = &[
    "by",
    "von",
    "par",
    "por",
    "di",
    "de",
    "da",
    "door",
    "av",
    "af",
    "od",
    "автор",
    "автор:",
    "written by",
    "story by",
    "text:",
    "بقلم",
    "كتب",
    "كتبت",
    "reporter:",
    "author:",
];

/// The agencies of a byline, none if it names reporters only; `None` if this is no byline.
pub(super) fn read(agencies: &Agencies, paragraph: &str) -> Option<Vec<AgencyIx>> {
    const LONGEST: usize = 160;
    if paragraph.len() > LONGEST
        || paragraph.ends_with(['.', '?', '!', '"', '”', ':']) && !paragraph.ends_with("Inc.")
    {
        return agencies.credit(paragraph);
    }
    if let Some(credit) = agencies.credit(paragraph) {
        return Some(credit);
    }
    let opened = opened(paragraph);
    let names = opened.unwrap_or(paragraph);
    if !is_names(names) {
        return None;
    }
    let mut named: Vec<AgencyIx> = agencies.named(names).map(|named| named.agency).collect();
    named.dedup();
    // Without an opener only "Jane Roe | AP" and "Jane Roe, Associated Press" are clear.
    let parted = names.contains(['|', ',', '/', '•', '–', '—']) && !named.is_empty();
    (opened.is_some() || parted && words(names) <= 8).then_some(named)
}

fn opened(paragraph: &str) -> Option<&str> {
    OPENERS.iter().find_map(|opener| {
        let head = paragraph.get(..opener.len())?;
        let rest = paragraph.get(opener.len()..)?;
        (head.to_lowercase() == *opener && rest.starts_with([' ', ':', '\u{a0}', '\n']))
            .then_some(rest)
    })
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// Whether the words are those of names, desks and dates: capitals, digits, a few links.
fn is_names(text: &str) -> bool {
    const LINKS: &[&str] = &[
        "and",
        "und",
        "et",
        "y",
        "e",
        "og",
        "och",
        "i",
        "in",
        "of",
        "de",
        "da",
        "di",
        "del",
        "der",
        "van",
        "von",
        "for",
        "the",
        "with",
        "at",
        "bin",
        "al",
        "el",
        "la",
        "le",
        "dos",
        "и",
        "в",
        "staff",
        "writer",
        "writers",
        "correspondent",
        "reporter",
        "reporters",
        "special",
        "to",
    ];
    let mut lower = 0;
    let names = text.split(|c: char| c.is_whitespace() || ",;|/•&–—-".contains(c)).all(|word| {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { return true };
        lower += usize::from(first.is_lowercase());
        !first.is_lowercase() || LINKS.contains(&word)
    });
    names && (1..=18).contains(&words(text)) && lower <= 6
}
