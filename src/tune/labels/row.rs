//! The rows of a file of labels: a table or JSON lines.

use std::path::Path;

use serde_json::{Map, Value};

use crate::error::{Error, Position, Result};

pub(super) const FORMS: &str = "a row has a, b and label; id and cluster; a, a_start, a_end, b, b_start and b_end; \
    or id and derivation";

/// One row of the file.
pub(super) struct Row {
    pub(super) at: Position,
    pub(super) line: u64,
    pub(super) fields: Map<String, Value>,
}

impl Row {
    pub(super) fn text(&self, name: &str) -> Result<String> {
        match self.fields.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(Value::Null) | None => {
                Err(malformed(&self.at, &format!("{name:?} is missing"), FORMS))
            }
            Some(value) => Ok(value.to_string()),
        }
    }

    pub(super) fn number(&self, name: &str) -> Result<u32> {
        let text = self.text(name)?;
        let wrong = |_| malformed(&self.at, &format!("{name:?} is {text:?}, not a place"), FORMS);
        text.trim().parse().map_err(wrong)
    }
}

pub(super) fn malformed(at: &Position, reason: &str, hint: &str) -> Error {
    Error::Malformed { at: at.clone(), reason: reason.to_owned(), hint: Some(hint.to_owned()) }
}

pub(super) fn rows(path: &Path, at: &Position) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(path).map_err(Error::io(path))?;
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
        return lines
            .map(|(json, line)| {
                let at = at.line(line);
                let fields = serde_json::from_str(json)
                    .map_err(|error| malformed(&at, &error.to_string(), FORMS))?;
                Ok(Row { at, line, fields })
            })
            .collect();
    }
    let separator = if text.lines().next().is_some_and(|head| head.contains('\t')) {
        b'\t'
    } else if text.lines().next().is_some_and(|head| head.contains(';')) {
        b';'
    } else {
        b','
    };
    let mut table = csv::ReaderBuilder::new().delimiter(separator).from_reader(text.as_bytes());
    let wrong = |error: &csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        malformed(&at.line(line), &error.to_string(), FORMS)
    };
    let names = table.headers().map_err(|error| wrong(&error))?.clone();
    table
        .records()
        .map(|record| {
            let record = record.map_err(|error| wrong(&error))?;
            let line = record.position().map_or(1, csv::Position::line);
            let cells = names.iter().zip(&record).filter(|(_, cell)| !cell.is_empty());
            let fields = cells
                .map(|(name, cell)| (name.trim().to_lowercase(), cell.trim().into()))
                .collect();
            Ok(Row { at: at.line(line), line, fields })
        })
        .collect()
}
