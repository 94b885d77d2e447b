//! What columns the tables of a run have, and of what type.

use serde_json::Value;

use crate::error::{Error, Position, Result};
use crate::report::filed::Filed;

use Type::{Count, Flag, List, Real, Row, Text};

/// A table of a run.
#[derive(Debug)]
pub(super) struct Table {
    /// Without extension.
    pub(super) name: &'static str,
    pub(super) columns: &'static [Column],
}

/// A column: its name as in the JSON, and what stands in it; any value may be missing.
#[derive(Debug)]
pub(super) struct Column(pub(super) &'static str, pub(super) Type);

#[derive(Debug)]
pub(super) enum Type {
    Text,
    /// A whole number.
    Count,
    /// A share, a score.
    Real,
    Flag,
    List(&'static Type),
    Row(&'static [Column]),
}

impl Table {
    /// The rows of the table in a run, as JSON; a value that has no column is an error rather than lost.
    pub(super) fn rows(&self, filed: &Filed) -> Result<impl Iterator<Item = Result<Value>>> {
        let file = format!("{}.jsonl", self.name);
        let at = Position::file(&filed.folder().join(&file));
        let rows = filed.rows::<Value>(&file)?;
        Ok(rows.zip(1..).map(move |(row, line)| {
            let row = row?;
            match stranger(self.columns, &row) {
                None => Ok(row),
                Some(name) => Err(Error::Malformed {
                    at: at.line(line),
                    reason: format!("\"{name}\" is no column of this table"),
                    hint: Some("another version may have written the run: scan again".to_owned()),
                }),
            }
        }))
    }
}

/// The name of a value in a row, or in a row within it, that has no column.
fn stranger(columns: &[Column], row: &Value) -> Option<String> {
    row.as_object()?.iter().find_map(|(name, value)| {
        let Some(column) = columns.iter().find(|column| column.0 == name) else {
            return Some(name.clone());
        };
        match (&column.1, value) {
            (Row(of), row) => stranger(of, row),
            (List(Row(of)), Value::Array(rows)) => rows.iter().find_map(|row| stranger(of, row)),
            _ => None,
        }
    })
}

pub(super) const TABLES: [Table; 5] = [
    Table {
        name: "articles",
        columns: &[
            Column("id", Text),
            Column("file", Text),
            Column("outlet", Text),
            Column("published", Text),
            Column("headline", Text),
            Column("language", Text),
            Column("words", Count),
            Column("near_duplicate_of", Text),
            Column("version_of", Text),
            Column("derivation", Text),
            Column("agency", Text),
            Column("credited", Flag),
            Column("evidence", List(&Row(&EVIDENCE))),
            Column("sources", List(&Row(&SOURCE))),
            Column("shares", Row(&SHARES)),
            Column("treatment", Text),
            Column("stretches", List(&Row(&STRETCH))),
            Column("marks", List(&Row(&MARK))),
        ],
    },
    Table {
        name: "passages",
        columns: &[
            Column("a", Text),
            Column("b", Text),
            Column("a_start", Count),
            Column("a_end", Count),
            Column("b_start", Count),
            Column("b_end", Count),
            Column("kind", Text),
            Column("identity", Real),
            Column("words", Count),
            Column("bits", Real),
            Column("a_text", Text),
            Column("b_text", Text),
        ],
    },
    Table {
        name: "links",
        columns: &[
            Column("a", Text),
            Column("b", Text),
            Column("relation", Text),
            Column("a_share", Real),
            Column("b_share", Real),
            // Only where articles were compared as a whole.
            Column("resemblance", Real),
            Column("words", Count),
            Column("version", Flag),
            Column("source", Text),
            Column("confidence", Real),
            Column("votes", List(&Row(&VOTE))),
        ],
    },
    Table {
        name: "clusters",
        columns: &[
            Column("id", Text),
            Column("articles", List(&Text)),
            Column("agency", Text),
            Column("copy", Text),
            Column("earliest", Text),
            Column("outlets", Count),
            Column("origins", Count),
            Column("versions", List(&List(&Text))),
        ],
    },
    Table {
        name: "copies",
        columns: &[
            Column("id", Text),
            Column("agency", Text),
            Column("origin", Text),
            Column("article", Text),
            Column("text", Text),
            Column("support", List(&Row(&SUPPORT))),
            Column("witnesses", List(&Text)),
            Column("pickups", List(&Row(&PICKUP))),
        ],
    },
];

const EVIDENCE: [Column; 6] = [
    Column("kind", Text),
    Column("agency", Text),
    Column("relays", List(&Text)),
    Column("text", Text),
    Column("start", Count),
    Column("end", Count),
];

const SOURCE: [Column; 6] = [
    Column("copy", Text),
    Column("agency", Text),
    Column("article", Text),
    Column("share", Real),
    Column("confidence", Real),
    Column("treatment", Text),
];

const SHARES: [Column; 4] = [
    Column("agency", Real),
    Column("quote", Real),
    Column("shared", Real),
    Column("original", Real),
];

const STRETCH: [Column; 4] =
    [Column("start", Count), Column("end", Count), Column("whose", Text), Column("source", Count)];

const MARK: [Column; 3] = [Column("rule", Text), Column("start", Count), Column("end", Count)];

const VOTE: [Column; 3] = [Column("for", Text), Column("why", Text), Column("weight", Real)];

const SUPPORT: [Column; 3] =
    [Column("start", Count), Column("end", Count), Column("witnesses", Count)];

const PICKUP: [Column; 5] = [
    Column("article", Text),
    Column("share", Real),
    Column("treatment", Text),
    Column("version_of", Text),
    Column("lag_s", Count),
];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_has_no_column_is_named() {
        let columns = &[Column("a", Text), Column("b", List(&Row(&[Column("c", Count)])))];
        let of = |row: Value| stranger(columns, &row);
        assert_eq!(of(json!({"a": "x", "b": [{"c": 1}, {}]})), None);
        assert_eq!(of(json!({"a": "x", "z": 1})), Some("z".to_owned()));
        assert_eq!(of(json!({"b": [{"c": 1}, {"d": 1}]})), Some("d".to_owned()));
    }
}
