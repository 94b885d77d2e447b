//! Tables for a terminal: columns as wide as their cells.

use std::io::Write;

use anstyle::Style;
use console::{measure_text_width, truncate_str};

const BOLD: Style = Style::new().bold();

/// The same, no wider than the terminal: what does not fit is cut from the first column.
pub(crate) fn write_within(
    width: usize,
    head: &[&str],
    mut rows: Vec<Vec<String>>,
    right: &[usize],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    const NARROWEST: usize = 12;
    let widest = |column: usize| {
        let cells = rows.iter().map(|row| measure_text_width(&row[column]));
        cells.chain([measure_text_width(head[column])]).max().unwrap_or(0)
    };
    let others: usize = (1..head.len()).map(|column| widest(column) + 2).sum();
    let first = width.saturating_sub(others + 2).max(NARROWEST);
    for row in &mut rows {
        row[0] = truncate_str(&row[0], first, "…").into_owned();
    }
    write(head, &rows, right, out)
}

/// Writes a head and rows of as many cells; the columns named by number are set to the right.
pub(crate) fn write(
    head: &[&str],
    rows: &[Vec<String>],
    right: &[usize],
    out: &mut impl Write,
) -> anyhow::Result<()> {
    const WIDEST: usize = 48;
    let width = |column: usize| {
        let cells = rows.iter().map(|row| measure_text_width(&row[column]));
        cells.chain([measure_text_width(head[column])]).max().unwrap_or(0).min(WIDEST)
    };
    let widths: Vec<usize> = (0..head.len()).map(width).collect();
    let line = |cells: Vec<&str>| {
        let mut line = String::new();
        for (column, cell) in cells.into_iter().enumerate() {
            let cell: String = cell.chars().filter(|c| !c.is_control()).collect();
            let gap = " ".repeat(widths[column].saturating_sub(measure_text_width(&cell)));
            let (before, after) = if right.contains(&column) { (&*gap, "") } else { ("", &*gap) };
            for piece in ["  ", before, &cell, after] {
                line.push_str(piece);
            }
        }
        line.trim_end().to_owned()
    };
    writeln!(out, "{BOLD}{}{BOLD:#}", line(head.to_vec()))?;
    for row in rows {
        writeln!(out, "{}", line(row.iter().map(String::as_str).collect()))?;
    }
    Ok(())
}
