//! Tables for a terminal: columns as wide as their cells.

use std::io::Write;

use anstyle::Style;
use console::measure_text_width;

const BOLD: Style = Style::new().bold();

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
        cells.chain([head[column].len()]).max().unwrap_or(0).min(WIDEST)
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
