//! The floor: what it costs to read articles and look at every word once, and nothing else.

use std::borrow::Cow;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Position, Result};
use crate::hash;

/// Reads a file of JSON lines, splits the texts at spaces and hashes every word once; gives the number
/// of words and all hashes in one. No program that looks at the words can cost less than about this.
pub fn floor(path: &Path) -> Result<(u64, u64)> {
    #[derive(Deserialize)]
    struct Row<'a> {
        #[serde(borrow)]
        text: Cow<'a, str>,
    }
    const BUFFER: usize = 1 << 18;
    let mut file = BufReader::with_capacity(BUFFER, File::open(path).map_err(Error::io(path))?);
    let (mut line, mut number, mut words, mut all) = (Vec::new(), 0, 0, 0);
    while file.read_until(b'\n', &mut line).map_err(Error::io(path))? > 0 {
        number += 1;
        let row: Row<'_> = serde_json::from_slice(&line).map_err(|error| Error::Malformed {
            at: Position::file(path).line(number),
            reason: error.to_string(),
            hint: None,
        })?;
        for word in row.text.as_bytes().split(u8::is_ascii_whitespace) {
            words += u64::from(!word.is_empty());
            all ^= hash::bytes(word, 0);
        }
        line.clear();
    }
    Ok((words, all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_looks_at_every_word() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("three.jsonl");
        let hashes = |text: &str| {
            std::fs::write(&path, format!("{{\"id\":\"a\",\"text\":\"{text}\"}}\n")).unwrap();
            floor(&path).unwrap()
        };
        assert_eq!(hashes("one two\\n\\nthree").0, 3);
        assert_ne!(hashes("one two").1, hashes("one twp").1);
    }
}
