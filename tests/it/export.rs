//! The tables of a run in other forms hold what the run holds.

use std::fs;

use copytaster::report::export::{GraphFormat, TableFormat};
use copytaster::report::filed::Filed;
use copytaster::report::html::Page;
use serde_json::Value;

use super::run::of_corpus;

fn lines(file: &str) -> Vec<Value> {
    let path = of_corpus().run().join(file);
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn filed() -> Filed {
    Filed::open(&of_corpus().run()).unwrap()
}

#[test]
fn a_csv_has_every_column_and_row_of_its_table() {
    let folder = tempfile::tempdir().unwrap();
    TableFormat::Csv.write(&filed(), folder.path()).unwrap();
    for name in ["articles", "passages", "links", "clusters", "copies"] {
        let rows = lines(&format!("{name}.jsonl"));
        let mut reader = csv::Reader::from_path(folder.path().join(format!("{name}.csv"))).unwrap();
        let head = reader.headers().unwrap().clone();
        let records: Vec<csv::StringRecord> = reader.records().map(|row| row.unwrap()).collect();
        assert_eq!(records.len(), rows.len(), "{name}");
        for (record, row) in records.iter().zip(&rows) {
            let row = row.as_object().unwrap();
            assert!(row.keys().all(|key| head.iter().any(|column| column == key)), "{name}");
            for (column, cell) in head.iter().zip(record) {
                match row.get(column) {
                    None | Some(Value::Null) => assert_eq!(cell, ""),
                    Some(Value::String(text)) => assert_eq!(cell, text),
                    Some(value) => assert_eq!(&serde_json::from_str::<Value>(cell).unwrap(), value),
                }
            }
        }
    }
}

#[test]
fn every_table_is_written_as_parquet() {
    let folder = tempfile::tempdir().unwrap();
    TableFormat::Parquet.write(&filed(), folder.path()).unwrap();
    for file in TableFormat::Parquet.files() {
        let bytes = fs::read(folder.path().join(&file)).unwrap();
        assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"), "{file}");
    }
}

#[test]
fn a_network_has_every_article_and_link_from_source_to_pickup() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.dot");
    let mut file = std::io::BufWriter::new(fs::File::create(&path).unwrap());
    GraphFormat::Dot.write(&filed(), &path, &mut file).unwrap();
    drop(file);
    let dot = fs::read_to_string(path).unwrap();
    assert_eq!(dot.matches(" [label=").count(), lines("articles.jsonl").len());
    let links = lines("links.jsonl");
    assert_eq!(dot.matches(" -> ").count(), links.len());
    for link in links {
        let (a, b) = (link["a"].as_str().unwrap(), link["b"].as_str().unwrap());
        let edge = match link["source"].as_str() {
            Some("b") => format!("\"{b}\" -> \"{a}\" [dir=forward"),
            Some(_) => format!("\"{a}\" -> \"{b}\" [dir=forward"),
            None => format!("\"{a}\" -> \"{b}\" [dir=none"),
        };
        assert!(dot.contains(&edge), "{edge}");
    }
}

#[test]
fn the_same_run_gives_the_same_page() {
    let written = || {
        let mut bytes = Vec::new();
        Page::of(&filed(), &of_corpus().articles, 40).unwrap().write(&mut bytes).unwrap();
        bytes
    };
    assert!(written() == written());
}

#[test]
fn a_page_is_made_of_what_was_scanned_and_nothing_else() {
    let mut articles = of_corpus().articles.clone();
    let changed = articles.iter_mut().find(|article| article.id == "ferry/eastgate").unwrap();
    changed.text = changed.text.replace("charted reef", "sunken wreck").into();
    let error = Page::of(&filed(), &articles, 100).unwrap_err().to_string();
    assert!(error.contains("1 of its") && error.contains("ferry/eastgate"), "{error}");
    articles.retain(|article| article.id != "ferry/eastgate");
    let error = Page::of(&filed(), &articles, 100).unwrap_err().to_string();
    assert!(error.contains("no longer there"), "{error}");
}
