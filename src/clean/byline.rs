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
        return agencies.credit(paragraph).filter(|_| paragraph.len() <= LONGEST);
    }
    let credit = agencies
        .credit(paragraph)
        .or_else(|| placed(agencies, paragraph))
        .or_else(|| house_with(agencies, opened(paragraph).unwrap_or(paragraph)));
    if credit.is_some() {
        return credit;
    }
    let opened = opened(paragraph);
    let names = opened.unwrap_or(paragraph);
    if !is_names(agencies, names) {
        return None;
    }
    let mut named: Vec<AgencyIx> = agencies.named(names).map(|named| named.agency).collect();
    named.dedup();
    // Without an opener only "Jane Roe | AP" and "Jane Roe, Associated Press" are clear.
    let parted = names.contains(['|', ',', '•', '–', '—'])
        && !names.contains(['(', '/'])
        && !named.is_empty();
    (opened.is_some() || parted && words(names) <= 8).then_some(named)
}

/// An outlet with an agency: `Le Courrier avec AFP`, with a date after it at most.
pub(super) fn house_with(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    const WITH: &[&str] = &["avec", "mit", "con", "com", "with", "met", "med", "và", "и", "und"];
    const LONGEST: usize = 100;
    if line.len() > LONGEST {
        return None;
    }
    let line =
        DATED.iter().filter_map(|dated| line.find(dated)).min().map_or(line, |at| &line[..at]);
    WITH.iter().find_map(|with| {
        let at = line.rfind(&format!("{with} ") as &str)?;
        let (house, agency) = (&line[..at], &line[at + with.len()..]);
        let house = house.strip_suffix([' ', '('])?.trim_end_matches([' ', '(', ',']);
        (is_names(agencies, house) && words(house) <= 5).then(|| agencies.credit(agency))?
    })
}

/// Words that open a date of publication behind a byline.
const DATED: &[&str] = &[
    " Publié",
    " Mis à jour",
    " Published",
    " Updated",
    " Veröffentlicht",
    " Stand",
    " Publicado",
    " Pubblicato",
    " Gepubliceerd",
    " - ",
    " | ",
];

/// The agency behind a date: `Publié le 3 novembre 2024 à 10h12, par AFP`.
pub(super) fn dated(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    const BY: &[&str] = &[" par ", " by ", " von ", " por ", " di ", " door ", " av ", " od "];
    let at = BY.iter().filter_map(|by| Some(line.rfind(by)? + by.len())).max()?;
    let date = &line[..at];
    (date.contains(|c: char| c.is_ascii_digit()) && words(date) <= 12)
        .then(|| agencies.credit(&line[at..]))?
}

/// Agency and place: `EFE / Madrid`.
pub(super) fn placed(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let (agency, place) = line.split_once(" / ")?;
    (is_names(agencies, place) && words(place) <= 3).then(|| agencies.credit(agency))?
}

pub(super) fn opened(paragraph: &str) -> Option<&str> {
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
fn is_names(agencies: &Agencies, text: &str) -> bool {
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
        !first.is_lowercase() || LINKS.contains(&word) || agencies.credit(word).is_some()
    });
    names && (1..=18).contains(&words(text)) && lower <= 6
}
