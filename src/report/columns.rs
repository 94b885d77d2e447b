//! Two texts side by side, with the words that differ in brackets, in any script.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use crate::align::same_words;
use crate::span::Span;
use crate::words::Words;

const DIM: Style = Style::new().dimmed();
const CHANGED: Style = AnsiColor::Yellow.on_default();

/// Writes two texts `(name, text)` in two columns, with the words that differ in brackets.
pub fn side_by_side(
    a: (&str, &str),
    b: (&str, &str),
    width: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let column = (width.saturating_sub(7) / 2).max(20);
    let (a_words, b_words) = (words_of(a.1), words_of(b.1));
    let (mut a_same, mut b_same) = (vec![false; a_words.len()], vec![false; b_words.len()]);
    for block in same_words(&a_words.hashes, &b_words.hashes) {
        for k in 0..block.len {
            a_same[(block.a + k) as usize] = true;
            b_same[(block.b + k) as usize] = true;
        }
    }
    let left = column_of(a, &a_words, &a_same, column);
    let right = column_of(b, &b_words, &b_same, column);
    for line in 0..left.len().max(right.len()) {
        let cell = |lines: &[Cell]| lines.get(line).cloned().unwrap_or_default();
        let (left, right) = (cell(&left), cell(&right));
        let gap = " ".repeat(column.saturating_sub(left.width));
        writeln!(out, "  {}{gap} | {}", left.text, right.text)?;
    }
    Ok(())
}

/// Words shown of a passage.
const SHOWN: usize = 150;

/// The words that are compared: more than are shown, so that the last of these find their partners,
/// but not all, since the time that takes grows with the square of their number.
fn words_of(text: &str) -> Words {
    let text = beginning(text);
    let mut words = Words::of(text, &[Span::whole(text)]);
    words.spans.truncate(2 * SHOWN);
    words.hashes.truncate(2 * SHOWN);
    words
}

/// What of a text is looked at, however few words it has.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(SHOWN * 32).map_or(text, |(byte, _)| &text[..byte])
}

/// One line of a column, with its width on the screen.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    width: usize,
}

fn column_of((name, text): (&str, &str), words: &Words, same: &[bool], column: usize) -> Vec<Cell> {
    let name = shortened(name, column);
    let mut cells = vec![Cell { text: format!("{DIM}{name}{DIM:#}"), width: width_of(&name) }];
    let mut line = Cell::default();
    let mut add = |piece: &str, is_changed: bool, line: &mut Cell| {
        let width = width_of(piece);
        if line.width > 0 && line.width + 1 + width > column {
            cells.push(std::mem::take(line));
        }
        if line.width > 0 {
            line.text.push(' ');
            line.width += 1;
        }
        let style = if is_changed { CHANGED } else { Style::new() };
        // Writing to a String cannot fail.
        let _ = write!(line.text, "{style}{piece}{style:#}");
        line.width += width;
    };
    for (piece, changed) in pieces(text, words, same) {
        for part in fitting(&piece, column) {
            add(&part, changed, &mut line);
        }
    }
    if line.width > 0 {
        cells.push(line);
    }
    cells
}

/// What stands between white space, with whether a word in it differs; runs that do are bracketed.
fn pieces(text: &str, words: &Words, same: &[bool]) -> Vec<(String, bool)> {
    let looked_at = beginning(text);
    let shown = words.spans.get(SHOWN).map_or(looked_at, |next| &text[..next.start as usize]);
    let mut pieces = Vec::new();
    let mut next = 0;
    let mut offset = 0;
    for piece in shown.split_whitespace() {
        // `split_whitespace` gives pieces in order: each stands at or after the last one's end.
        let start = offset + text[offset..].find(piece).unwrap_or(0);
        let end = start + piece.len();
        offset = end;
        let mut changed = false;
        while next < words.len() && (words.spans[next].start as usize) < end {
            changed |= !same[next];
            next += 1;
        }
        pieces.push((visible(piece), changed));
    }
    for at in 0..pieces.len() {
        let differs = |at: usize| pieces.get(at).is_some_and(|&(_, changed)| changed);
        let (before, here, after) = (at > 0 && differs(at - 1), differs(at), differs(at + 1));
        if here && !before {
            pieces[at].0.insert(0, '[');
        }
        if here && !after {
            pieces[at].0.push(']');
        }
    }
    if shown.len() < text.len() {
        pieces.push(("…".to_owned(), false));
    }
    pieces
}

/// A piece cut to parts that fit a column: scripts without spaces have no shorter pieces.
fn fitting(piece: &str, column: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut width = 0;
    for char in piece.chars() {
        let wide = width_of_char(char);
        if width + wide > column {
            parts.push(String::new());
            width = 0;
        }
        width += wide;
        let last = parts.len() - 1;
        parts[last].push(char);
    }
    parts
}

/// Text without what would steer the terminal or turn the reading direction of what follows.
pub fn visible(text: &str) -> String {
    let steers = |char: char| {
        char.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&char)
            || ('\u{2066}'..='\u{2069}').contains(&char)
    };
    text.chars().map(|char| if steers(char) { '\u{fffd}' } else { char }).collect()
}

pub(super) fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

pub(super) fn shortened(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for char in text.chars() {
        used += width_of_char(char);
        if used > width {
            break;
        }
        short.push(char);
    }
    short + "…"
}

pub(super) fn width_of(text: &str) -> usize {
    text.chars().map(width_of_char).sum()
}

fn width_of_char(char: char) -> usize {
    unicode_width::UnicodeWidthChar::width(char).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(a: &str, b: &str, width: usize) -> String {
        let mut out = Vec::new();
        side_by_side(("one", a), ("two", b), width, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.replace("\u{1b}[2m", "").replace("\u{1b}[33m", "").replace("\u{1b}[0m", "")
    }

    #[test]
    fn words_that_differ_are_bracketed_even_without_colours() {
        let text = shown("The ferry left at 8.", "The ferry sailed at eight.", 80);
        assert!(text.contains("The ferry [left] at [8.]"), "{text}");
        assert!(text.contains("The ferry [sailed] at [eight.]"), "{text}");
    }

    #[test]
    fn of_a_long_passage_the_beginning_is_shown() {
        for text in ["word ".repeat(1 << 20), "語".repeat(1 << 20), "x".repeat(1 << 22)] {
            let shown = shown(&text, &text, 80);
            assert!(shown.len() < 50_000 && shown.contains('…') && !shown.contains('['));
        }
    }

    #[test]
    fn words_that_differ_together_stand_in_one_pair_of_brackets() {
        let text = shown("Two men were hurt in Oslo.", "Five women were hurt in Oslo.", 80);
        assert!(text.contains("[Two men] were hurt"), "{text}");
        assert!(text.contains("[Five women] were hurt"), "{text}");
    }

    #[test]
    fn columns_hold_wide_characters_and_nothing_steers_the_terminal() {
        let text = shown(&"東京".repeat(20), "a\u{1b}[31mb \u{202e}c", 60);
        assert!(text.lines().all(|line| width_of(line) <= 60), "{text}");
        assert!(!text.contains('\u{202e}') && !text.contains("\u{1b}[31m"));
    }
}
