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
    "text by",
    "published by",
    "posted by",
    "publié par",
    "publisert av",
    "بقلم",
    "كتب",
    "كتبت",
    "reporter:",
    "author:",
];

/// The agencies of a byline, none if it names reporters only; `None` if this is no byline.
pub(super) fn read(agencies: &Agencies, paragraph: &str) -> Option<Vec<AgencyIx>> {
    const LONGEST: usize = 160;
    if paragraph.len() > LONGEST {
        return None;
    }
    if paragraph.ends_with(['.', '?', '!', '"', '”', ':']) && !paragraph.ends_with("Inc.") {
        return agencies.credit(paragraph);
    }
    let opened = opened(paragraph);
    let credit = || {
        agencies
            .credit(paragraph)
            .or_else(|| placed(agencies, paragraph))
            .or_else(|| house_with(agencies, opened.unwrap_or(paragraph)))
    };
    if agencies.may_be_named(paragraph)
        && let Some(named) = credit()
    {
        return Some(named);
    }
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
    // "JANE ROE Associated Press": the name in capitals, the agency not.
    let shouted = names.split(' ').next().is_some_and(|first| {
        first.len() > 2 && first.chars().all(|c| !c.is_alphabetic() || c.is_uppercase())
    }) && agencies.named(names).last().is_some_and(|named| {
        let span = named.span.range();
        span.start > 0 && span.end == names.len() && names[span].contains(char::is_lowercase)
    });
    (opened.is_some() || (parted || shouted) && words(names) <= 8).then_some(named)
}

/// An outlet with an agency: `Le Courrier avec AFP`, with a date after it at most.
pub(super) fn house_with(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    const WITH: &[&str] =
        &["avec", "mit", "con", "com", "with", "met", "med", "и", "und", "and", "et", "y", "&"];
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

/// The agency beside a date and nothing else: `Publié le 3 novembre 2024 à 10h12, par AFP`,
/// `AFP • Nov 3, 2024`.
pub(super) fn dated(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    const LONGEST: usize = 120;
    let is_dated = line.len() <= LONGEST && line.bytes().any(|byte| byte.is_ascii_digit());
    if !is_dated || !agencies.may_be_named(line) {
        return None;
    }
    let is_date = |word: &str| {
        let word = word.to_lowercase();
        !word.contains(char::is_alphabetic)
            || word.starts_with(|c: char| c.is_ascii_digit())
            || DATE.split_whitespace().any(|known| known == word)
            || OPENERS.contains(&&*word)
    };
    let parts = line.split(|c: char| c.is_whitespace() || "|•·,:;()–—-".contains(c));
    let rest: Vec<&str> = parts
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .filter(|word| !word.is_empty() && !is_date(word))
        .collect();
    agencies.credit(&rest.join(" "))
}

/// Words of dates of publication.
const DATE: &str = "published updated posted last modified first on at am pm a.m p.m am. gmt utc est edt ist cet \
    hrs uhr h heures publié publiée mis jour à le la de del em às el veröffentlicht aktualisiert stand vom am um \
    publicado actualizado atualizado pubblicato aggiornato gepubliceerd bijgewerkt op om \
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun \
    january february march april may june july august september october november december \
    jan feb mar apr jun jul aug sep sept oct nov dec \
    januar februar märz mai juni juli oktober dezember \
    janvier février mars avril juin juillet août septembre octobre novembre décembre \
    enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre \
    janeiro fevereiro março maio junho julho setembro outubro novembro dezembro \
    gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre \
    januari februari maart augustus";

/// Agency and place: `EFE / Madrid`, `Reuters in London`.
pub(super) fn placed(agencies: &Agencies, line: &str) -> Option<Vec<AgencyIx>> {
    let (agency, place) = line.split_once(" / ").or_else(|| line.split_once(" in "))?;
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
        "desk",
        "rédaction",
        "redaktion",
        "redacción",
        "redação",
        "redazione",
    ];
    let mut lower = 0;
    let names = text.split(|c: char| c.is_whitespace() || ",;|/•&–—-".contains(c)).all(|word| {
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else { return true };
        lower += usize::from(first.is_lowercase());
        !first.is_lowercase() || LINKS.contains(&word) || agencies.credit(word).is_some()
    });
    names && (1..=18).contains(&words(text)) && lower <= 6
}
