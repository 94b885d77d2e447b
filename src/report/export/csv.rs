//! Tables as comma-separated values.

use std::fs::File;
use std::io::{self, BufWriter};
use std::path::Path;

use serde_json::Value;

use super::schema::Table;
use crate::error::{Error, Result};
use crate::report::filed::Filed;

pub(super) fn write(
    filed: &Filed,
    table: &Table,
    path: &Path,
    out: &mut BufWriter<File>,
) -> Result<()> {
    let failed = |error: csv::Error| Error::io(path)(io::Error::other(error));
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(table.columns.iter().map(|column| column.0)).map_err(failed)?;
    for row in table.rows(filed)? {
        let row = row?;
        let cells = table.columns.iter().map(|column| cell(row.get(column.0)));
        writer.write_record(cells).map_err(failed)?;
    }
    writer.flush().map_err(Error::io(path))
}

/// A value as a cell: what is missing is empty, what is a list or a row is JSON.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(value) => value.to_string(),
    }
}
