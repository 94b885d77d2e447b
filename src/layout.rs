//! Paragraphs of a text, where lines may have been wrapped by hand.

use memchr::{Memchr, memchr, memmem};

use crate::span::Span;

/// The paragraphs of `text`, in order, without the white space around them.
///
/// A blank line always ends a paragraph. A single line break does so too, unless the text is hard
/// wrapped, as agencies' copy is on the wire: then it stands for a space.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let wrapped_at = wrap_width(text);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut open = false;
    let mut start = 0;
    let more_breaks = memmem::find(text.as_bytes(), "\u{2029}".as_bytes()).is_some();
    while start < text.len() {
        let rest = &text[start..];
        let line = if more_breaks {
            rest.split_inclusive(['\n', '\u{2029}']).next().unwrap_or(rest)
        } else {
            &rest[..memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |at| at + 1)]
        };
        let span = Span::new(start, start + line.len()).trim(text);
        start += line.len();
        if span.is_empty() {
            open = false;
            continue;
        }
        match paragraphs.last_mut() {
            Some(last) if open => *last = last.hull(span),
            _ => paragraphs.push(span),
        }
        // A line that is clearly short of the margin ends its paragraph.
        open = wrapped_at.is_some_and(|width| columns(&text[span]) + SLACK >= width);
    }
    paragraphs
}

/// A wrapped line ends where the next word did not fit: within a long word of the margin.
const SLACK: usize = 16;

/// The margin, in characters, if most lines of the text run up to one.
fn wrap_width(text: &str) -> Option<usize> {
    // Four bytes a character at most: one longer line, and most texts need no more look.
    let narrow = |start, end| (end - start <= 4 * WIDEST).then_some(end + 1);
    Memchr::new(b'\n', text.as_bytes()).chain([text.len()]).try_fold(0, narrow)?;
    let lines: Vec<usize> = text.lines().map(|l| columns(l.trim())).filter(|&n| n > 0).collect();
    let width = *lines.iter().max()?;
    let full = lines.iter().filter(|&&n| n + SLACK >= width).count();
    // Wire copy is set to 60-80 columns, mail to 72; unwrapped paragraphs are far longer.
    (lines.len() >= 3 && (40..=WIDEST).contains(&width) && full * 2 > lines.len()).then_some(width)
}

/// Columns of the widest hard-wrapped copy.
const WIDEST: usize = 100;

fn columns(line: &str) -> usize {
    line.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        paragraphs(text).into_iter().map(|p| &text[p]).collect()
    }

    #[test]
    fn a_line_is_a_paragraph_where_lines_are_long() {
        assert_eq!(
            split("One line.\r\n\r\n  Another one. \nA third"),
            ["One line.", "Another one.", "A third"]
        );
    }

    #[test]
    fn hard_wrapped_lines_are_running_text() {
        let text = "The harbour board of Port Ellery said on Monday that it\n\
                    would close the eastern quay for nine weeks, after the\n\
                    divers found cracks.\n\
                    Ferries will leave from the old pier, the board said in\n\
                    a statement.";
        assert_eq!(split(text).len(), 2);
    }
}
