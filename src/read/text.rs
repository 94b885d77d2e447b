//! Plain text: one article a file, its headline on the first line if that stands apart.

use std::io::Read;

use super::batch::{Batch, Context};
use super::decode::{Charset, Coding};
use super::open::Source;
use crate::article::Article;

/// The article, or why the file as a whole is none.
pub(super) fn read<K>(
    mut source: Source<'_>,
    Context { file, keep, .. }: Context<'_, K>,
) -> Result<Batch<K>, String> {
    let mut bytes = Vec::new();
    if let Err(fault) = source.read_to_end(&mut bytes) {
        return Err(format!("cut off or damaged: {fault}"));
    }
    if memchr::memchr(0, &bytes).is_some() {
        return Err("binary file".to_owned());
    }
    let mut batch = Batch::new(file);
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let bytes = error.as_bytes();
            let mut charset = Charset::new();
            charset.feed(bytes);
            let coding = charset.coding(bytes);
            if coding == Coding::BrokenUtf8 {
                batch.mended(file.at.clone());
            }
            coding.text(bytes).ok_or("not text in any encoding")?.into_owned()
        }
    };
    if text.trim().is_empty() {
        return Err("text is empty".to_owned());
    }
    if text.len() > u32::MAX as usize {
        return Err("text of 4 GiB or more".to_owned());
    }
    let article = Article {
        headline: headline(&text).map(str::to_owned),
        at: file.at.clone(),
        ..Article::new(file.name.clone(), text)
    };
    batch.push(article, keep);
    Ok(batch)
}

/// The headline a text starts with: a short line, set off by a blank one, that is no sentence.
fn headline(text: &str) -> Option<&str> {
    let (first, rest) = text.trim_start().split_once('\n')?;
    let (blank, rest) = rest.split_once('\n')?;
    let first = first.trim_end();
    let is_apart = blank.trim().is_empty() && !rest.trim().is_empty();
    (is_apart && first.chars().count() <= 250 && !is_sentence(first)).then_some(first)
}

/// Whether a line ends with a full stop, if not that of "U.S." or "...".
fn is_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    let last = end.rsplit(char::is_whitespace).next().unwrap_or_default();
    let is_abbreviation = last.strip_suffix('.').is_some_and(|word| word.contains('.'));
    end.ends_with(['.', '。', '।', '۔', '．']) && !is_abbreviation
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_headline_is_short_and_stands_apart() {
        for (text, expected) in [
            ("Storm hits coast\n\nROME (AP) - A storm", Some("Storm hits coast")),
            ("\n Storm hits coast \r\n\r\nROME", Some("Storm hits coast")),
            ("Is it over?\n \nYes.", Some("Is it over?")),
            ("Storm nears U.S.\n\nMIAMI", Some("Storm nears U.S.")),
            ("And then...\n\nMIAMI", Some("And then...")),
            ("A storm hit Rome.\n\nIt rained.", None),
            ("\"A storm hit Rome.\"\n\nIt rained.", None),
            ("Storm hits coast\nROME", None),
            ("Storm hits coast\n\n", None),
            ("Storm hits coast", None),
        ] {
            assert_eq!(headline(text), expected, "{text}");
        }
        assert_eq!(headline(&format!("{}\n\nROME", "a ".repeat(126))), None);
    }
}
