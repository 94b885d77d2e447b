//! Quotations in a text: what somebody said, between marks of any style.

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
pub fn quotations(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let paragraphs = paragraphs(text);
    for (number, &paragraph) in paragraphs.iter().enumerate() {
        let goes_on = paragraphs.get(number + 1).is_some_and(|next| {
            text[*next].chars().next().is_some_and(|c| Mark::opening(c, None).is_some())
        });
        in_paragraph(text, paragraph, goes_on, &mut found);
    }
    found
}

fn in_paragraph(text: &str, paragraph: Span, goes_on: bool, found: &mut Vec<Span>) {
    let mut open: Option<(Mark, usize)> = None;
    let mut before = None;
    let mut chars = text[paragraph].char_indices().peekable();
    while let Some((offset, char)) = chars.next() {
        let at = paragraph.start as usize + offset;
        let after = chars.peek().map(|&(_, next)| next);
        let (char, width) = match (char, after) {
            ('`', Some('`')) | ('\'', Some('\'')) => {
                chars.next();
                (if char == '`' { '“' } else { '”' }, 2)
            }
            _ => (char, char.len_utf8()),
        };
        match open {
            Some((mark, start)) if mark.closed_by(char, before, after) => {
                if at - start <= LONGEST && at > start {
                    found.push(Span::new(start, at));
                }
                open = None;
            }
            None => open = Mark::opening(char, before).map(|mark| (mark, at + width)),
            Some(_) => {}
        }
        before = Some(char);
    }
    if let Some((mark, start)) = open
        && goes_on
        && mark != Mark::Single
        && start < paragraph.end as usize
        && paragraph.end as usize - start <= LONGEST
    {
        found.push(Span::new(start, paragraph.end as usize));
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

    fn closed_by(self, char: char, before: Option<char>, after: Option<char>) -> bool {
        match self {
            Self::Straight => matches!(char, '"' | '＂'),
            Self::Curly => matches!(char, '”' | '"' | '❞'),
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
