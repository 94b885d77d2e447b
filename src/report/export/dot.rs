//! Networks for Graphviz.

use std::io::{self, Write};

use super::graph::{EDGE_ATTRIBUTES, Graph, NODE_ATTRIBUTES};

/// Writes DOT (<https://graphviz.org/doc/info/lang.html>).
pub(super) fn write(graph: &Graph, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "digraph copytaster {{")?;
    for node in &graph.nodes {
        write!(out, "  {} [label={}", quoted(&node.id), quoted(&node.label))?;
        attributes(NODE_ATTRIBUTES.iter().map(|a| a.0), &node.attributes, out)?;
        writeln!(out, "];")?;
    }
    for edge in &graph.edges {
        let (source, target) = (quoted(&edge.ends.0), quoted(&edge.ends.1));
        let direction = if edge.is_directed { "forward" } else { "none" };
        write!(out, "  {source} -> {target} [dir={direction}, weight={}", edge.words)?;
        attributes(EDGE_ATTRIBUTES.iter().map(|a| a.0), &edge.attributes, out)?;
        writeln!(out, "];")?;
    }
    writeln!(out, "}}")
}

fn attributes<'a>(
    names: impl Iterator<Item = &'a str>,
    values: &[Option<String>],
    out: &mut impl Write,
) -> io::Result<()> {
    for (name, value) in names.zip(values) {
        if let Some(value) = value {
            write!(out, ", {name}={}", quoted(value))?;
        }
    }
    Ok(())
}

/// A string that holds any text: quotes and backslashes are escaped, for the latter begin escapes of
/// Graphviz's own; controls, of which it knows none, are replaced.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for char in text.chars() {
        match char {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            char if char.is_control() => quoted.push('\u{fffd}'),
            char => quoted.push(char),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_own_quotes() {
        assert_eq!(quoted("a\"];\nb\\\u{0}"), "\"a\\\"];\\nb\\\\\u{fffd}\"");
    }
}
