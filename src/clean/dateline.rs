//! Reads the dateline before the first sentence: place, date and agency in any order.

use crate::agency::{Agencies, AgencyIx};

/// A dateline at the start of a paragraph.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Dateline {
    /// Its length in bytes, with the dash and the space after it.
    pub(super) len: usize,
    /// The agencies it names, in printed order.
    pub(super) agencies: Vec<AgencyIx>,
}

/// A dateline ends within this many bytes.
const LONGEST: usize = 200;

/// Reads a dateline at the start of `paragraph`.
pub(super) fn read(agencies: &Agencies, paragraph: &str) -> Option<Dateline> {
    let head = &paragraph[..paragraph.floor_char_boundary(LONGEST)];
    let by_agency = || {
        slashed(agencies, head)
            .or_else(|| telegram(agencies, head))
            .or_else(|| shouted(agencies, head))
            .or_else(|| led(agencies, head))
            .or_else(|| dated_line(agencies, paragraph))
            .or_else(|| dashed(agencies, paragraph, head))
    };
    let (len, agencies) = bracketed(agencies, head)
        .or_else(|| agencies.may_be_named(head).then(by_agency)?)
        .or_else(|| Some((bare(head)?, Vec::new())))?;
    Some(Dateline { len: len + separators(&paragraph[len..]), agencies })
}

/// `MOSCOW, April 25 (BSS/AFP) -`, `(ANSA) - ROMA, 25 APR -`, `[東京 １８日 ロイター]`, `London (CNN) —`.
fn bracketed(agencies: &Agencies, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    const PAIRS: &[(char, char)] = &[
        ('(', ')'),
        ('[', ']'),
        ('（', '）'),
        ('【', '】'),
        ('［', '］'),
        ('«', '»'),
        ('〔', '〕'),
    ];
    let mut open = head.find(|c| PAIRS.iter().any(|&(open, _)| open == c))?;
    // "New Delhi [India], November 3 (ANI):" has the country in brackets of its own.
    if head[open..].starts_with('[')
        && let Some(close) = head[open..].find(']')
        && is_place(&head[open + 1..open + close])
        && agencies.credit(&head[open + 1..open + close]).is_none()
        && let Some(next) = head[open + close..].find('(')
    {
        open += close + next;
    }
    let bracket = head[open..].chars().next()?;
    let inside = open + bracket.len_utf8();
    let closing = PAIRS.iter().find(|&&(open, _)| open == bracket)?.1;
    let close = inside + head[inside..].find(closing)?;
    let (place, content) = (head[..open].trim().replace(['[', ']'], " "), &head[inside..close]);
    let end = close + closing.len_utf8();
    if !place.is_empty() && !is_place(&place) {
        return None;
    }
    if let Some(named) = source(agencies, content) {
        let rest = &head[end..];
        let end = if place.is_empty() { end + place_after(rest) } else { end };
        return Some((end, named));
    }
    // Another outlet's own: "London (CNN) —".
    let code = content.len() <= 24 && content.split_whitespace().count() <= 3;
    let dash = head[end..].trim_start().starts_with(['-', '–', '—']);
    (code && dash && !place.is_empty()).then_some((end, Vec::new()))
}

/// The place and dash that follow a bracket: ` - ROMA, 25 APR -`.
fn place_after(rest: &str) -> usize {
    let start = separators(rest);
    let Some((at, _)) = find_separator(&rest[start..]) else { return 0 };
    let place = &rest[start..start + at];
    let shouted =
        place.chars().take_while(|c| c.is_alphabetic()).filter(|c| c.is_uppercase()).count() > 2;
    if start > 0 && shouted && is_place(place) { start + at } else { 0 }
}

/// `MOSCOW, April 25. /TASS/.`
fn slashed(agencies: &Agencies, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    let open = head.find('/').filter(|&at| at == 0 || head[..at].ends_with(char::is_whitespace))?;
    let close = open + 1 + head[open + 1..].find('/')?;
    let named = agencies.credit(&head[open + 1..close])?;
    let place = head[..open].trim();
    (place.is_empty() || is_place(place)).then_some((close + 1, named))
}

/// `新华社北京4月25日电`
fn telegram(agencies: &Agencies, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    const NEAR: usize = 25;
    if head.is_ascii() {
        return None;
    }
    let (end, sign) = head.char_indices().take(NEAR).find(|&(_, c)| matches!(c, '电' | '電'))?;
    let named = agencies.named(&head[..end]).next().filter(|named| named.span.start == 0)?;
    Some((end + sign.len_utf8(), vec![named.agency]))
}

/// `BERLIN dpa`: a place in capitals, then a code in small letters.
fn shouted(agencies: &Agencies, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    const PLACE: usize = 4;
    let mut end = 0;
    for (at, word) in head.split(' ').enumerate() {
        let code = word.trim_end_matches([':', '.', ',']);
        if at > 0 && code.starts_with(char::is_lowercase) {
            let named = agencies.credit(code)?;
            return Some((end + word.len(), named));
        }
        let shouted = |c: char| !c.is_alphabetic() || c.is_uppercase();
        if at == PLACE || !word.chars().all(shouted) || word.chars().count() < 3 {
            return None;
        }
        end += word.len() + 1;
    }
    None
}

/// `PTI, New Delhi:`, `EFE / Madrid`: the agency, then the place.
fn led(agencies: &Agencies, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    let (at, parting) = head.char_indices().find(|&(_, c)| matches!(c, ',' | '/' | '،'))?;
    let named = agencies.credit(&head[..at]).filter(|_| head[..at].len() <= 40)?;
    let rest = &head[at + parting.len_utf8()..];
    let (end, _) = find_separator(rest).filter(|&(end, _)| end <= 40)?;
    let is_colon = rest[end..].starts_with(':');
    (is_colon && is_place(&rest[..end])).then(|| (at + parting.len_utf8() + end + 1, named))
}

/// `الرياض - واس`, `واس - جدة:`, `МОСКВА, 25 апр - РИА Новости.`, `Paris – AFP –`
fn dashed(agencies: &Agencies, paragraph: &str, head: &str) -> Option<(usize, Vec<AgencyIx>)> {
    let mut start = 0;
    for segment in 0..3 {
        // A line of its own needs no dash after it.
        let lone =
            || (paragraph.len() == head.len() && segment > 0).then(|| (head.len() - start, 0));
        let (at, width) = find_separator(&head[start..]).or_else(lone)?;
        let (end, after) = (start + at, start + at + width);
        let part = &head[start..end];
        if let Some(named) = source(agencies, part) {
            let rest = &head[after..];
            let goes_on = rest.trim_start().starts_with(char::is_lowercase);
            let colon = head[end..after].starts_with([':', '.']);
            if segment > 0 {
                return Some((after, named));
            }
            let place = find_separator(rest)
                .filter(|&(at, _)| at < 48 && is_place(&rest[..at]) && !is_sentence(&rest[..at]));
            return match place {
                Some((at, width)) => Some((after + at + width, named)),
                None if goes_on || colon => None,
                None => Some((after, named)),
            };
        }
        if !is_place(part) || part.len() > 80 {
            return None;
        }
        start = after;
    }
    None
}

/// A line that holds place, date and agency with nothing between them.
fn dated_line(agencies: &Agencies, paragraph: &str) -> Option<(usize, Vec<AgencyIx>)> {
    const LONGEST: usize = 120;
    if paragraph.len() > LONGEST || !paragraph.contains(char::is_numeric) {
        return None;
    }
    let named = agencies.named(paragraph).last()?;
    let place = &paragraph[..named.span.start as usize];
    (named.span.end as usize == paragraph.len() && words(place) <= 14 && !place.contains(':'))
        .then(|| (paragraph.len(), vec![named.agency]))
}

fn words(text: &str) -> usize {
    text.split_whitespace().count()
}

/// `WASHINGTON — `, `BEIRUT, Lebanon — `, `Kyiv, April 25 – `
fn bare(head: &str) -> Option<usize> {
    let (at, width) = find_separator(head)?;
    let place = head[..at].trim();
    let letters = place.chars().take_while(|c| c.is_alphabetic()).count();
    let shouted = place.chars().take(letters).all(char::is_uppercase) && letters > 2;
    let dated = place.contains(|c: char| c.is_ascii_digit()) && place.contains(',');
    let dash = head[at..].trim_start().starts_with(['-', '–', '—']);
    let clear = (shouted || dated) && dash;
    (clear && place.len() <= 60 && place.starts_with(char::is_uppercase) && is_place(place))
        .then_some(at + width)
}

/// The agencies of a bracket or segment that names them, beside a place and a date at most.
fn source(agencies: &Agencies, content: &str) -> Option<Vec<AgencyIx>> {
    const LONGEST: usize = 70;
    if content.len() > LONGEST {
        return None;
    }
    if let Some(named) = agencies.credit(content) {
        return Some(named);
    }
    let east = content.chars().any(|c| c >= '\u{2E80}');
    let mut named = Vec::new();
    for part in content.split([',', '،', '=', '-', '–', '—', ';', '|']) {
        match agencies.credit(part) {
            Some(credit) => named.extend(credit),
            None if east => named.extend(agencies.named(part).map(|named| named.agency)),
            None if is_place(part) || part.trim().is_empty() => {}
            None => return None,
        }
    }
    (!named.is_empty()).then_some(named)
}

/// Where the first dash, colon, full stop or line break stands, and how long it is with its spaces.
fn find_separator(text: &str) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let marks = bytes.iter().enumerate().filter_map(|(at, byte)| match byte {
        b'\n' | b'-' | b':' | b'.' => Some((at, &text[at..=at])),
        // The first byte of both dashes.
        0xE2 => {
            text.get(at..at + 3).filter(|mark| matches!(*mark, "–" | "—")).map(|mark| (at, mark))
        }
        _ => None,
    });
    for (at, mark) in marks {
        let after = &text[at + mark.len()..];
        let next = after.chars().next();
        let spaced = at > 0 && bytes[at - 1] == b' ' || next.is_none_or(|c| matches!(c, ' ' | '-'));
        let parts = match mark {
            "-" => {
                spaced
                    || next.is_some_and(|c| {
                        c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()
                    })
            }
            ":" => next.is_some_and(char::is_whitespace),
            "." => next.is_none_or(char::is_whitespace) && !is_abbreviation(&text[..at]),
            _ => true,
        };
        if parts {
            return Some((at, mark.len() + separators(after)));
        }
    }
    None
}

/// Whether the full stop after `text` belongs to its last word: `Ariz.`, `St.`, `D.C.`
fn is_abbreviation(text: &str) -> bool {
    let word = text.rsplit(|c: char| c.is_whitespace() || c == '.').next().unwrap_or(text);
    word.starts_with(char::is_uppercase)
        && word.chars().count() <= 5
        && word.chars().any(char::is_lowercase)
        || word.chars().count() == 1
}

/// How many bytes of dashes, dots, colons and white space open `text`.
fn separators(text: &str) -> usize {
    text.len()
        - text.trim_start_matches(|c: char| c.is_whitespace() || "-–—−:=.･".contains(c)).len()
}

/// Whether all words could be those of places and dates.
fn is_place(text: &str) -> bool {
    const LINKS: &[&str] = &[
        "de", "del", "la", "le", "les", "sur", "of", "and", "am", "an", "der", "do", "da", "di",
        "upon", "near", "off", "the", "in", "und", "et", "y", "e", "na", "al", "el", "bei",
        "aboard", "st", "den", "på",
    ];
    let dated = text.contains(|c: char| c.is_numeric());
    let (mut words, mut lower, mut caseless) = (0, 0, 0);
    for word in
        text.split(|c: char| c.is_whitespace() || ",،/()-–.".contains(c)).filter(|w| !w.is_empty())
    {
        words += 1;
        let Some(first) = word.chars().next() else { continue };
        if first.is_lowercase() && !LINKS.contains(&word) {
            lower += 1;
        } else if first.is_alphabetic() && !first.is_uppercase() && !first.is_lowercase() {
            caseless += 1;
        } else if !first.is_alphanumeric() && !matches!(first, '\'' | '’' | '‘') {
            return false;
        }
    }
    // "3 mars", "25 апр": the month is not capitalised everywhere.
    (1..=9).contains(&words) && lower <= 2 * usize::from(dated) && caseless <= 5
}

/// Whether text without case reads on like a sentence rather than a place.
fn is_sentence(text: &str) -> bool {
    words(text) > 5
}
