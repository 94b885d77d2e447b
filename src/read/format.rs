//! Tells what a file is from its name and its first bytes.

use std::path::Path;

use serde::Serialize;

/// What a file is, once decompressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// Plain text, one article.
    Text,
    /// One JSON object a line.
    Jsonl,
    /// An array of JSON objects, or objects over several lines.
    Json,
    /// Comma- or semicolon-separated values with a header.
    Csv,
    /// Tab-separated values with a header.
    Tsv,
    /// An Apache Parquet table.
    Parquet,
}

/// The format of a file that starts with `head`, or why it is none.
pub(super) fn detect(path: &Path, head: &[u8]) -> Result<Format, String> {
    if head.is_empty() {
        return Err("empty file".to_owned());
    }
    if head.starts_with(b"PAR1") && head.contains(&0) {
        return Ok(Format::Parquet);
    }
    let signature = SIGNATURES.iter().find(|(start, _)| head.starts_with(start));
    let is_certain = |start: &[u8]| CERTAIN.contains(&start);
    match signature {
        Some((start, name)) if is_certain(start) || head.contains(&0) => {
            return Err(format!("not text ({name})"));
        }
        _ if head.get(257..262) == Some(b"ustar") => return Err("not text (tar archive)".into()),
        _ if head.contains(&0) => return Err("binary file".to_owned()),
        _ => {}
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let extension = Path::new(uncompressed(&name)).extension().unwrap_or_default();
    let extension = extension.to_string_lossy().to_ascii_lowercase();
    if is_markup(&extension, head) {
        return Err("HTML or XML: save the text of the article instead".to_owned());
    }
    Ok(match extension.as_str() {
        "jsonl" | "ndjson" | "json" => json(head),
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "txt" | "text" => Format::Text,
        "parquet" | "parq" | "pq" => {
            return Err(
                "not a Parquet table (if it stands for one in Git LFS: `git lfs pull`)".into()
            );
        }
        _ if starts_an_object(head) => json(head),
        _ => Format::Text,
    })
}

/// A file's name without the extension that says it is compressed.
pub(super) fn uncompressed(name: &str) -> &str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let is_packed = ["gz", "zst"].iter().any(|packed| extension.eq_ignore_ascii_case(packed));
    if is_packed { &name[..name.len() - extension.len() - 1] } else { name }
}

/// An array, and an object whose first line is not all of it, are read as a whole.
fn json(head: &[u8]) -> Format {
    let head = head.trim_ascii_start();
    let first = head.split(|&b| b == b'\n').next().unwrap_or_default();
    let goes_on = first.len() < head.len()
        && matches!(first.trim_ascii_end().last(), Some(b'{' | b'[' | b','));
    if head.starts_with(b"[") || goes_on { Format::Json } else { Format::Jsonl }
}

/// Tells pages and feeds: their tags and menus would be read as words of an article. A name alone does
/// not make a text markup.
fn is_markup(extension: &str, head: &[u8]) -> bool {
    let Some(tag) = head.trim_ascii_start().strip_prefix(b"<") else { return false };
    let starts =
        |name: &&[u8]| tag.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    matches!(extension, "html" | "htm" | "xhtml" | "xml" | "rss" | "atom")
        || [&b"?xml"[..], b"!doctype", b"html", b"rss"].iter().any(starts)
}

/// Tells an object from a text that happens to start with a brace.
fn starts_an_object(head: &[u8]) -> bool {
    let inside = head.trim_ascii_start().strip_prefix(b"{").unwrap_or_default();
    matches!(inside.trim_ascii_start().first(), Some(b'"' | b'}'))
}

/// Starts of files that people have beside their texts.
const SIGNATURES: [(&[u8], &str); 18] = [
    (b"\x89PNG\r\n", "PNG image"),
    (b"\xff\xd8\xff", "JPEG image"),
    (b"GIF8", "GIF image"),
    (b"RIFF", "image, sound or video"),
    (b"%PDF-", "PDF document"),
    (b"{\\rtf", "RTF document"),
    (b"PK\x03\x04", "ZIP archive or Office document"),
    (b"\xd0\xcf\x11\xe0", "old Office document"),
    (b"SQLite format 3\0", "SQLite database"),
    (b"PARE", "encrypted Parquet table"),
    (b"ARROW1", "Arrow table"),
    (b"\x7fELF", "program"),
    (b"MZ", "program"),
    (b"BZh", "bzip2 archive: unpack it first"),
    (b"\xfd7zXZ\0", "xz archive: unpack it first"),
    (b"7z\xbc\xaf", "7z archive: unpack it first"),
    (b"Rar!", "RAR archive: unpack it first"),
    (b"\x04\x22\x4d\x18", "lz4 archive: unpack it first"),
];

/// Those that no text starts with, so that no zero byte is needed to be sure.
const CERTAIN: [&[u8]; 6] =
    [b"\x89PNG\r\n", b"\xff\xd8\xff", b"%PDF-", b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_and_a_start_tell_the_format() {
        for (name, head, format) in [
            ("a.jsonl", "x", Format::Jsonl),
            ("a.NDJSON.GZ", "{", Format::Jsonl),
            ("a.json", "{\"a\": 1}\n{\"a\": 2}", Format::Jsonl),
            ("a.json", "{\"a\": 1}", Format::Jsonl),
            ("a.json", "{\n  \"a\": 1\n}", Format::Json),
            ("a.json", "{\"a\": 1,\r\n\"b\": 2}", Format::Json),
            ("a.json", " [{}]", Format::Json),
            ("a.csv", "id,text", Format::Csv),
            ("a.tsv.zst", "id\ttext", Format::Tsv),
            ("a.txt", "{\"a\": 1}", Format::Text),
            ("-", "{\"a\": 1}", Format::Jsonl),
            ("-", "{{Infobox}}", Format::Text),
            ("a", "PARIS (AP)", Format::Text),
            ("a", "MZ said", Format::Text),
            ("a.html", "PARIS (AP)", Format::Text),
            ("a.txt", "<p>", Format::Text),
            ("a.md", "# Storm hits coast", Format::Text),
            ("a.txt", "PAR1\x15\0", Format::Parquet),
            ("a", "PAR1 said", Format::Text),
        ] {
            assert_eq!(detect(Path::new(name), head.as_bytes()), Ok(format), "{name} {head}");
        }
    }

    #[test]
    fn what_is_no_text_is_named() {
        let mut tar = vec![b'a'; 257];
        tar.extend(b"ustar\0");
        for (head, reason) in [
            (&b""[..], "empty file"),
            (b"\x89PNG\r\n\x1a\n", "not text (PNG image)"),
            (b"%PDF-1.7\n", "not text (PDF document)"),
            (b"PK\x03\x04\x14", "not text (ZIP archive or Office document)"),
            (b"MZ\x90\0", "not text (program)"),
            (b"SQLite format 3\0", "not text (SQLite database)"),
            (b"PARE\x15\0", "not text (encrypted Parquet table)"),
            (b"a\0b", "binary file"),
            (&tar, "not text (tar archive)"),
        ] {
            assert_eq!(detect(Path::new("a.txt"), head), Err(reason.to_owned()));
        }
        for (name, head) in [
            ("a.html", "<p>"),
            ("a", "\n<!DOCTYPE html>"),
            ("a.xml.gz", "<a/>"),
            ("a.txt", "<?xml"),
        ] {
            let reason = detect(Path::new(name), head.as_bytes()).unwrap_err();
            assert!(reason.starts_with("HTML or XML"), "{name} {reason}");
        }
    }
}
