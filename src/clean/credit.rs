//! Finds credit lines, sign-offs and agencies' copyright, mostly at the end of an article.

use super::cue::{self, Cue, Found};
use super::house::{desks, house};
use super::{EvidenceKind, Rule, Sheet, byline};
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
        let lone = || {
            let line = &text[paragraph];
            let credit = agencies.credit(line).or_else(|| initials(agencies, line));
            credit.or_else(|| house(agencies, line))
        };
        if ix <= HEAD
            && let Some(named) = byline::dated(agencies, &text[paragraph])
        {
            rules[ix] = Some(Rule::Byline);
            sheet.note(EvidenceKind::Byline, named, paragraph);
            continue;
        }
        let late = paragraph.end as usize * 2 >= text.len() || ix + TAIL >= paragraphs.len();
        if let Some(credit) = line(agencies, text, paragraph, cues, late) {
            if credit.span == paragraph {
                rules[ix] = Some(credit.rule);
            } else {
                sheet.mark(credit.span, credit.rule);
            }
            sheet.note(credit.kind, credit.agencies, credit.span);
        } else if !signed(agencies, &text[paragraph]) {
            // Most paragraphs end here.
        } else if paragraph.len() <= 160
            && let Some(owner) = picture_owner(agencies, &text[paragraph])
        {
            rules[ix] = Some(Rule::Caption);
            sheet.note(EvidenceKind::PhotoCredit, vec![owner], paragraph);
        } else if ix > HEAD
            && paragraph.len() <= 120
            && let Some(named) = lone()
        {
            rules[ix] = Some(if late { Rule::Credit } else { Rule::Caption });
            let line = &text[paragraph];
            let kind = if late { role(line) } else { EvidenceKind::PhotoCredit };
            sheet.note(kind, named, paragraph);
        } else if let Some((start, named)) = sign_off(agencies, &text[paragraph]).or_else(|| {
            last_words(agencies, &text[paragraph]).filter(|_| ix + 1 == paragraphs.len())
        }) {
            let span = Span { start: paragraph.start + start as u32, ..paragraph };
            if late {
                let span = span.trim(text);
                sheet.mark(span, Rule::Credit);
                let kind = role(&text[span]);
                sheet.note(kind, named, span);
            }
        }
    }
}

/// The agency of a line that ends in a picture's credit: `(Jane Roe/Reuters)`, `AP Photo/Jane Roe`.
fn picture_owner(agencies: &Agencies, line: &str) -> Option<AgencyIx> {
    let body = line.trim_end_matches([')', '.', ' ']);
    let is_credit = || {
        agencies.credit(body).is_some()
            || desks(agencies, body).is_some()
            || initials(agencies, body).is_some()
    };
    if byline::opened(body).is_some() || byline::placed(agencies, body).is_some() || is_credit() {
        return None;
    }
    let at = body.rfind('/').filter(|&at| body.len() - at <= 40)?;
    let person = |name: &str| {
        let word = |c: char| c.is_alphabetic() && !c.is_uppercase();
        name.ends_with(word)
            && agencies.credit(name.rsplit(['(', '/', '.']).next().unwrap_or(name)).is_none()
    };
    match agencies.credit(&body[at + 1..]) {
        Some(owners) => owners
            .first()
            .copied()
            .filter(|_| person(body[..at].trim_end()) && body[..at].contains(' ')),
        None => agencies
            .named(&body[..at])
            .last()
            .filter(|named| {
                person(body)
                    && at - named.span.end as usize <= " Photo".len()
                    && body[at..].contains(' ')
            })
            .map(|named| named.agency),
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
fn line(
    agencies: &Agencies,
    text: &str,
    paragraph: Span,
    cues: &[Found],
    late: bool,
) -> Option<Credit> {
    use EvidenceKind::{Contribution, Credit as Credited, PhotoCredit};
    let found = cues.iter().find(|found| match found.cue {
        Cue::Contributed => true,
        Cue::Taken => paragraph.len() <= LONGEST_LINE / 2,
        Cue::Reported => {
            opens(text, paragraph, found.span) || opens_sentence(text, paragraph, found.span)
        }
        Cue::With | Cue::Copyright | Cue::Source => opens(text, paragraph, found.span),
        Cue::Picture => paragraph.len() <= 160 && is_caption(agencies, text, paragraph, found.span),
        _ => false,
    })?;
    let cue = found.cue;
    let start = if paragraph.len() <= LONGEST_LINE && opens(text, paragraph, found.span)
        || paragraph.len() <= 300 && matches!(cue, Cue::Contributed | Cue::Taken)
        || cue == Cue::Picture
    {
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
        Cue::Source => {
            let named = agencies.credit(&text[after]);
            let named = named.or_else(|| {
                let line = text[after].trim_matches(|c: char| !c.is_alphanumeric());
                // "来源：新华社 作者：…"
                let first = || line.split_whitespace().next().filter(|first| !first.is_ascii());
                desks(agencies, line).or_else(|| agencies.credit(first()?))
            });
            (Rule::Credit, Credited, named?)
        }
        Cue::Taken => (Rule::Credit, Credited, Some(named(span)).filter(|n| !n.is_empty())?),
        Cue::Copyright => match owner(agencies, &text[after]) {
            // Within the story, or beside a person, it is a picture's.
            Some(owner) if paragraph.len() <= 80 && (!late || is_persons(&text[after])) => {
                (Rule::Caption, PhotoCredit, vec![owner])
            }
            Some(owner) => (Rule::Credit, Credited, vec![owner]),
            None => return None,
        },
        _ => (Rule::Caption, PhotoCredit, Some(named(span)).filter(|n| !n.is_empty())?),
    };
    Some(Credit { span, rule, kind, agencies })
}

/// Whether a word for a picture is the caption's own, not the story's: "posted a photo of a fire".
fn is_caption(agencies: &Agencies, text: &str, paragraph: Span, phrase: Span) -> bool {
    const NEAR: usize = 10;
    let (start, end) = (phrase.start as usize, phrase.end as usize);
    let after = &text[end..paragraph.end as usize];
    let announced = after.starts_with([':', '/']) || text[phrase].ends_with(" by");
    if opens(text, paragraph, phrase) && (announced || !ends_sentence(after)) {
        return true;
    }
    // "(Reuters photo: Jane Roe)", "Roe/AFP via Getty Images"
    let from = text.ceil_char_boundary(start.saturating_sub(NEAR).max(paragraph.start as usize));
    let before = &text[from..start];
    let beside = agencies
        .named(before)
        .last()
        .is_some_and(|n| before[n.span.range().end..].trim().is_empty());
    beside && !ends_sentence(after) || agencies.named(&text[phrase]).next().is_some()
}

/// Whether an owner is followed by a person: `AFP / Jane Roe`.
fn is_persons(owner: &str) -> bool {
    let person = owner.rsplit_once('/').map(|(_, person)| person.trim());
    person.is_some_and(|person| {
        person.split_whitespace().count() >= 2 && person.starts_with(char::is_uppercase)
    })
}

/// Whether a phrase opens its paragraph, after a date at most, or a parenthesis.
fn opens(text: &str, paragraph: Span, phrase: Span) -> bool {
    let before = &text[paragraph.start as usize..phrase.start as usize];
    !before.chars().any(char::is_alphabetic) || before.ends_with('(')
}

/// The agency that a copyright names first: `2024 The Associated Press. All rights …`.
fn owner(agencies: &Agencies, after: &str) -> Option<AgencyIx> {
    const BESIDE: &[&str] =
        &["the", "by", "copyright", "c", "and", "or", "its", "licensors", "provided"];
    let near = &after[..after.floor_char_boundary(80)];
    let named = agencies.named(near).next()?;
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

/// Whether an agency is named within a sign-off's length of the end.
fn signed(agencies: &Agencies, paragraph: &str) -> bool {
    let from = paragraph.ceil_char_boundary(paragraph.len().saturating_sub(LONGEST_SIGN_OFF));
    // A sign-off stands in brackets or after a dash, a stop or a line break, unless it stands alone.
    let parted = |b: &u8| {
        matches!(b, b'.' | b'!' | b'?' | b'-' | b'"' | b')' | b'/' | b'|' | b']' | b'\n' | 0x80..)
    };
    let last = paragraph.len() - 1;
    let may = paragraph.len() <= 160
        || paragraph.as_bytes()[from..last].iter().any(parted)
        || paragraph.ends_with(')');
    may && agencies.named(&paragraph[from..]).next().is_some()
}

const LONGEST_SIGN_OFF: usize = 90;

/// A sign-off after the last sentence of a paragraph: `… storey building. – Agencies`, `… (AFP)`.
fn sign_off(agencies: &Agencies, paragraph: &str) -> Option<(usize, Vec<AgencyIx>)> {
    let from = paragraph.ceil_char_boundary(paragraph.len().saturating_sub(LONGEST_SIGN_OFF));
    let tail = &paragraph[from..];
    let body = tail.trim_end_matches(['.', ' ', '\u{a0}']);
    let brackets = [
        ('(', ')'),
        ('[', ']'),
        ('（', '）'),
        ('«', '»'),
        ('/', '/'),
        ('"', '"'),
        ('“', '”'),
        ('”', '“'),
    ];
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
    // After a bare full stop only a blank tells an agency from an address.
    let stop = || {
        let (stop, mark) = body
            .rmatch_indices(['.', '!', '?', '”', '"', '»', '。', '؟'])
            .find(|&(stop, mark)| body[stop + mark.len()..].starts_with(char::is_whitespace))?;
        (body.len() - stop > 3 && !tail.ends_with('.')).then(|| named(stop + mark.len(), false))?
    };
    dash.or_else(stop)
}

/// A sign-off that ends the article after a dash, whatever stands before it: `… يوم 20 سبتمبر روما- أف ب`.
fn last_words(agencies: &Agencies, paragraph: &str) -> Option<(usize, Vec<AgencyIx>)> {
    let from = paragraph.ceil_char_boundary(paragraph.len().saturating_sub(LONGEST_SIGN_OFF));
    let at = from + paragraph[from..].rfind(['-', '–', '—'])?;
    let rest = paragraph[at..].trim_start_matches(['-', '–', '—']);
    let parted = rest.starts_with(' ') || paragraph[..at].ends_with(' ');
    agencies.credit(rest).filter(|_| parted && at > 40).map(|named| (at, named))
}

/// Whether a phrase opens a sentence within its paragraph.
fn opens_sentence(text: &str, paragraph: Span, phrase: Span) -> bool {
    ends_sentence(
        text[paragraph.start as usize..phrase.start as usize]
            .trim_end_matches([' ', '\n', '(', '–', '—', '-', '*']),
    )
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

/// "With AFP" says that others wrote too.
fn role(credit: &str) -> EvidenceKind {
    if with(credit) { EvidenceKind::Contribution } else { EvidenceKind::Credit }
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
    // Only those who print agencies in small letters or with strokes sign like this.
    if paragraph.len() > 60 || !paragraph.contains('/') && !paragraph.starts_with("dpa") {
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
