//! Paragraphs of a text, where lines may have been wrapped by hand.

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
    for line in text.split_inclusive(['\n', '\u{2029}']) {
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
    let lines: Vec<usize> = text.lines().map(|l| columns(l.trim())).filter(|&n| n > 0).collect();
    let width = *lines.iter().max()?;
    let full = lines.iter().filter(|&&n| n + SLACK >= width).count();
    // Wire copy is set to 60-80 columns, mail to 72; unwrapped paragraphs are far longer.
    (lines.len() >= 3 && (40..=100).contains(&width) && full * 2 > lines.len()).then_some(width)
}

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
