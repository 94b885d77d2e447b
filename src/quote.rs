//! Quotations in a text: what somebody said, between marks of any style.

use memchr::memmem;

use crate::layout::paragraphs;
use crate::span::Span;

/// A quotation longer than this is a mark that was never closed, in bytes.
const LONGEST: usize = 6_000;

/// The quotations of `text`, in order, without their marks.
///
/// Knows “ ”, „ “, « », » «, ‹ ›, 「 」, 『 』, straight and Swedish (” ”) double marks, single marks
/// where they are not apostrophes, and the doubled back-ticks of tokenised text. A quotation that
/// runs over paragraphs opens anew in each, as newspapers set it; one whose closing mark is missing
/// ends with its paragraph if the next goes on with a mark, and else was none.
///
/// Quotations without marks are a line of dialogue (`— … , — said he.`) and an embedded post
/// (`… — Name (@name) date`). A paragraph that the one before it announces with a colon is not taken for
/// one: it is as often an excerpt of another's article.
pub fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let paragraphs = paragraphs(text);
    for (number, &paragraph) in paragraphs.iter().enumerate() {
        let before = number.checked_sub(1).map(|n| paragraphs[n]);
        let goes_on = paragraphs.get(number + 1).is_some_and(|next| {
            text[*next].chars().next().is_some_and(|c| Mark::opening(c, None).is_some())
        });
        match post(text, paragraph) {
            Some(post) if post.is_empty() => found.extend(before),
            Some(post) => found.push(post),
            None => match dialogue(text, paragraph) {
                dialogue if dialogue.is_empty() => {
                    in_paragraph(text, paragraph, goes_on, &mut found);
                }
                dialogue => found.extend(dialogue),
            },
        }
    }
    merged(found)
}

/// What a line of dialogue says: it opens with a dash, and dashes set off who says it.
fn dialogue(text: &str, paragraph: Span) -> Vec<Span> {
    const DASHES: [char; 3] = ['—', '–', '―'];
    let inside = &text[paragraph];
    if !inside.starts_with(DASHES) {
        return Vec::new();
    }
    // A dash between words of a sentence has white space on both sides, and no stop before it.
    let mut sets_off = inside.match_indices(DASHES).map(|(at, _)| at).filter(|&at| {
        let (before, after) = (&inside[..at], &inside[at..]);
        let tight = after.chars().nth(1).is_some_and(|c| !c.is_whitespace());
        at == 0 || tight || before.trim_end().ends_with([',', '.', '!', '?', '…', ';'])
    });
    let mut said = Vec::new();
    while let Some(dash) = sets_off.next() {
        let next = sets_off.next();
        if next.is_none() && said.is_empty() && !inside.ends_with('?') {
            break; // An item of a list.
        }
        let start = dash + '—'.len_utf8();
        let span = Span::new(start, next.unwrap_or(inside.len())).trim(inside);
        said.push(Span::new(
            paragraph.start as usize + span.start as usize,
            paragraph.start as usize + span.end as usize,
        ));
    }
    said
}

/// What a paragraph quotes of a social network: all before the dash and the handle. It is empty where
/// the paragraph holds the signature alone.
fn post(text: &str, paragraph: Span) -> Option<Span> {
    let inside = &text[paragraph];
    let handle = memmem::find(inside.as_bytes(), b" (@")?;
    let dash = inside[..handle].rfind(['—', '–', '―'])?;
    // Between the dash and the handle there is only a name, perhaps with an initial.
    let is_name = inside[dash..handle].split_whitespace().count() <= 6
        && !inside[dash..handle].contains(['!', '?', ',', ':']);
    let start = paragraph.start as usize;
    is_name.then(|| Span::new(start, start + inside[..dash].trim_end().len()))
}

/// The spans in order and without overlaps.
fn merged(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match merged.last_mut() {
            Some(last) if last.overlaps(span) => *last = last.hull(span),
            _ => merged.push(span),
        }
    }
    merged
}

/// Bytes that marks begin with, by their value: all else is passed by.
const MAY_BE_MARK: [bool; 256] = {
    let mut may = [false; 256];
    let firsts = [b'"', b'\'', b'`', 0xC2, 0xE2, 0xE3, 0xEF];
    let mut at = 0;
    while at < firsts.len() {
        may[firsts[at] as usize] = true;
        at += 1;
    }
    may
};

fn in_paragraph(text: &str, paragraph: Span, goes_on: bool, found: &mut Vec<Span>) {
    let (inside, first) = (&text[paragraph], paragraph.start as usize);
    let mut open: Option<Open> = None;
    let mut next = 0;
    let is_near = |byte: &u8| MAY_BE_MARK[usize::from(*byte)];
    while let Some(passed) = inside.as_bytes()[next..].iter().position(is_near) {
        let offset = next + passed;
        let (before, rest) = inside.split_at(offset);
        let mut chars = rest.chars();
        let Some(char) = chars.next() else { break };
        let doubled = matches!(char, '`' | '\'' | '’') && chars.as_str().starts_with(char);
        let (char, width) = match char {
            '`' if doubled => ('“', 2),
            _ if doubled => ('”', 2 * char.len_utf8()),
            _ => (char, char.len_utf8()),
        };
        let (before, after) = (before.chars().next_back(), rest[width..].chars().next());
        let at = first + offset;
        next = offset + width;
        match &mut open {
            Some(quote) if quote.mark.closed_by(char, before, after) => {
                quote.depth = if char == '"' { 0 } else { quote.depth - 1 };
                quote.closed_at = Some(at);
                if quote.depth == 0 {
                    found.extend(quote.span_to(at));
                    open = None;
                }
            }
            Some(quote) => quote.depth += usize::from(quote.mark.nests() && char == '“'),
            None => {
                open = Mark::opening(char, before).map(|mark| Open {
                    mark,
                    start: at + width,
                    depth: 1,
                    closed_at: None,
                });
            }
        }
    }
    if let Some(quote) = open {
        let end = quote.closed_at.or(goes_on.then_some(paragraph.end as usize));
        if quote.mark != Mark::Single {
            found.extend(end.and_then(|end| quote.span_to(end)));
        }
    }
}

/// A quotation that is not closed yet.
struct Open {
    mark: Mark,
    /// First byte after the mark.
    start: usize,
    /// Marks of the same kind that are open: quotations within it are set alike in places.
    depth: usize,
    /// The last closing mark.
    closed_at: Option<usize>,
}

impl Open {
    fn span_to(&self, end: usize) -> Option<Span> {
        (self.start < end && end - self.start <= LONGEST).then(|| Span::new(self.start, end))
    }
}

/// The style a quotation was opened in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `"`, which opens and closes.
    Straight,
    /// “ … ” and ” … ”.
    Curly,
    /// „ … “ or „ … ”.
    Low,
    /// « … ».
    Angle,
    /// » … «.
    AngleInward,
    /// 「 … 」 and 『 … 』.
    Corner,
    /// ‘ … ’, ‚ … ‘ and ‹ … ›.
    Single,
}

impl Mark {
    fn opening(char: char, before: Option<char>) -> Option<Self> {
        let after_gap = before.is_none_or(|before| !before.is_alphanumeric());
        match char {
            '"' | '＂' => Some(Self::Straight),
            '“' | '‟' | '❝' => Some(Self::Curly),
            '”' if after_gap => Some(Self::Curly),
            '„' => Some(Self::Low),
            '«' => Some(Self::Angle),
            '»' => Some(Self::AngleInward),
            '「' | '『' => Some(Self::Corner),
            '‘' | '‚' | '‹' if after_gap => Some(Self::Single),
            _ => None,
        }
    }

    /// Whether a curly quotation within it has to be closed first.
    fn nests(self) -> bool {
        matches!(self, Self::Straight | Self::Curly)
    }

    fn closed_by(self, char: char, before: Option<char>, after: Option<char>) -> bool {
        match self {
            // What a straight mark opened is closed by a curly one in places, or by two single ones.
            Self::Straight => matches!(char, '"' | '＂' | '”'),
            // An opening mark that nothing follows was meant to close.
            Self::Curly => matches!(char, '”' | '"' | '❞') || char == '“' && after.is_none(),
            Self::Low => matches!(char, '“' | '”' | '"'),
            Self::Angle => char == '»',
            Self::AngleInward => char == '«',
            Self::Corner => matches!(char, '」' | '』'),
            // An apostrophe has letters around it, or follows one without a stop before it.
            Self::Single => {
                matches!(char, '’' | '‘' | '›')
                    && before.is_some_and(|c| !c.is_whitespace())
                    && after.is_none_or(|c| !c.is_alphanumeric())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(text: &str) -> Vec<&str> {
        quotations(text).into_iter().map(|span| &text[span]).collect()
    }

    #[test]
    fn marks_of_all_styles() {
        for (text, quotations) in [
            ("He said “it’s late” and \"so it is\".", vec!["it’s late", "so it is"]),
            ("Sie sagte: „Es ist spät“ und »so ist es«.", vec!["Es ist spät", "so ist es"]),
            ("Il a dit « c’est tard ».", vec![" c’est tard "]),
            ("彼は「遅い」と述べた。", vec!["遅い"]),
            ("Hon sade ”det är sent” igår.", vec!["det är sent"]),
            ("She said ‘the boys’ shoes’ are here.", vec!["the boys"]),
            ("`` It is late , '' he said .", vec![" It is late , "]),
            ("The boys’ shoes. No mark closes “this.", vec![]),
            (
                "“Results for “ferry news” are bad,” he said.",
                vec!["Results for “ferry news” are bad,"],
            ),
            ("It is late! — Jo Doe (@jodoe) May 3, 2024", vec!["It is late!"]),
            ("It is late!\n\n— Jo Doe (@jodoe) May 3, 2024", vec!["It is late!"]),
            (
                "\"It is late,'' he said. \"Quite “late” today.\"",
                vec!["It is late,", "Quite “late” today."],
            ),
            ("“He said, ‘It is late.’ “", vec!["He said, ‘It is late.’ "]),
            ("He read it out to all of us:\n\nIt is late.", vec![]),
            ("It is late! — Jo B. Doe (@jodoe) May 3, 2024", vec!["It is late!"]),
            ("— Уже поздно, — сказал он. — Пора.", vec!["Уже поздно,", "Пора."]),
            ("—Es tarde —dijo—. Vamos.", vec!["Es tarde", ". Vamos."]),
            ("– Warum jetzt?", vec!["Warum jetzt?"]),
            ("– Ferries to Ellery and Quay Nine", vec![]),
            ("قال \"الوقت متأخر\" أمس", vec!["الوقت متأخر"]),
        ] {
            assert_eq!(said(text), quotations, "{text}");
        }
    }

    #[test]
    fn a_quotation_runs_over_paragraphs() {
        let text = "“We came early.\n\n“We left late,” she said.\n\n“Nobody asked.";
        assert_eq!(said(text), ["We came early.", "We left late,"]);
    }

    proptest! {
        #[test]
        fn quotations_are_in_order(text in "[a \"“”«»'`„\n]{0,60}") {
            let mut last = 0;
            for span in quotations(&text) {
                prop_assert!(span.start >= last && span.start < span.end);
                last = span.end;
            }
        }
    }
}
