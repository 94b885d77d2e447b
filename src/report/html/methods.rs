//! How a page says what its figures rest on: options, thresholds, curves, the command.

use serde_json::Value;

use super::held::Held;
use super::overview::option;
use crate::collapse::BANDS;
use crate::report::plot::{Line, curves};
use crate::sketch::{K, PassageOptions, recall};

/// What the last screen shows.
pub(super) struct Methods {
    pub(super) command: String,
    /// Every option in force.
    pub(super) options: Vec<(String, String)>,
    pub(super) collapse: String,
    pub(super) recall: String,
}

impl Methods {
    pub(super) fn of(held: &Held<'_>) -> Self {
        let mut options = Vec::new();
        flatten("", &held.summary.options, &mut options);
        Self {
            command: command(&held.summary.command),
            options,
            collapse: collapse(held),
            recall: recall_curves(held),
        }
    }
}

/// Options by their full names.
fn flatten(path: &str, value: &Value, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (name, value) in fields {
                let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                flatten(&path, value, out);
            }
        }
        _ => out.push((path.to_owned(), value.to_string())),
    }
}

/// A command as a shell takes it.
fn command(arguments: &[String]) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:@%+".contains(c);
    let quoted = |argument: &String| {
        if !argument.is_empty() && argument.chars().all(plain) {
            argument.clone()
        } else {
            format!("'{}'", argument.replace('\'', "'\\''"))
        }
    };
    let words = arguments.iter().map(quoted);
    std::iter::once("copytaster".to_owned()).chain(words).collect::<Vec<_>>().join(" ")
}

/// How likely two articles meet in a band, by how alike they are: `1 - (1 - s^r)^b` for `b` bands of
/// `r` values (Leskovec, Rajaraman & Ullman, *Mining of Massive Datasets*, 3.4).
fn collapse(held: &Held<'_>) -> String {
    let rows = (K / BANDS) as i32;
    let meet = |share: f64| 1.0 - (1.0 - share.powi(rows)).powi(BANDS as i32);
    let line = Line { name: format!("{BANDS} bands of {rows}"), points: over_shares(meet) };
    let near = option(held, "/collapse/near").map(|near| (near, "near duplicates from here"));
    let title = "How likely two near duplicates are found, by the share of shingles in common";
    curves(title, "shingles in common", &[line], near)
}

/// How likely one reworded sentence is enough to find a passage, by how many of its words were changed.
fn recall_curves(held: &Held<'_>) -> String {
    let options = held.summary.options.get("sketch").cloned();
    let options: PassageOptions =
        options.and_then(|options| serde_json::from_value(options).ok()).unwrap_or_default();
    let values = option(held, "/candidates/values").unwrap_or(2.0) as usize;
    let line = |words: usize| Line {
        name: format!("{words} words"),
        points: over_shares(|changed| recall(words, changed, values, &options)),
    };
    let title =
        "How likely a reworded sentence is found, by the share of its words that was changed";
    curves(title, "words changed", &[line(40), line(20), line(12)], None)
}

fn over_shares(f: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    (0..=40).map(|step| f64::from(step) / 40.0).map(|share| (share, f(share))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_is_quoted_for_a_shell() {
        let arguments = ["scan", "my news.jsonl", "it's", ""].map(str::to_owned);
        assert_eq!(command(&arguments), "copytaster scan 'my news.jsonl' 'it'\\''s' ''");
    }

    #[test]
    fn options_have_their_full_names() {
        let mut out = Vec::new();
        flatten("", &serde_json::json!({"a": {"b": 1, "c": true}, "d": "e"}), &mut out);
        let names: Vec<&str> = out.iter().map(|(name, _)| &**name).collect();
        assert_eq!(names, ["a.b", "a.c", "d"]);
    }
}
