//! What a scan of the corpus finds, in tables for a person to review: one snapshot a table.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;

use copytaster::report::{Run, Terminal};

use crate::run::{Scanned, corpus, of_corpus, of_files};

fn table<Row>(rows: &[Row], line: impl Fn(&Row) -> String) -> String {
    rows.iter().map(line).fold(String::new(), |table, line| table + line.trim_end() + "\n")
}

fn or_dash(value: Option<&String>) -> &str {
    value.map_or("-", String::as_str)
}

#[test]
fn articles() {
    insta::assert_snapshot!(table(&of_corpus().article_rows(), |row| {
        let credit = if row.credited { "credited" } else { "-" };
        let agency = row.agency.as_deref().unwrap_or("-");
        let agency = agency.split(" (").next().unwrap();
        let shares = &row.shares;
        let mut line = format!(
            "{:<24} {agency:<21} {credit:<9} {:<17} agency {:.2} quote {:.2} shared {:.2} original {:.2}",
            row.id, row.derivation, shares.agency, shares.quote, shares.shared, shares.original
        );
        for source in &row.sources {
            let copy = source.article.as_ref().unwrap_or(&source.copy);
            write!(line, " <- {copy} {:.2}", source.share).unwrap();
        }
        if let Some(first) = &row.near_duplicate_of {
            write!(line, " = {first}").unwrap();
        }
        line
    }));
}

#[test]
fn passages() {
    insta::assert_snapshot!(table(&of_corpus().passage_rows(), |row| {
        format!(
            "{:<24} {:<24} {:<11} {:>5}-{:<5} {:>5}-{:<5} {:>4} words",
            row.a, row.b, row.kind, row.a_start, row.a_end, row.b_start, row.b_end, row.words
        )
    }));
}

#[test]
fn links() {
    insta::assert_snapshot!(table(&of_corpus().link_rows(), |row| {
        format!(
            "{:<24} {:<24} {:<11} {:.2} {:.2} {:>4} words",
            row.a, row.b, row.relation, row.a_share, row.b_share, row.words
        )
    }));
}

#[test]
fn clusters() {
    insta::assert_snapshot!(table(&of_corpus().cluster_rows(), |row| {
        format!(
            "{}: {}, first {}, {} outlets, {} origins: {}",
            row.id,
            or_dash(row.agency.as_ref()),
            or_dash(row.earliest.as_ref()),
            row.outlets,
            row.origins,
            row.articles.join(" ")
        )
    }));
}

#[test]
fn the_report_of_one_story() {
    let lines = fs::read_to_string(corpus("stories.jsonl")).unwrap();
    let ferry: String =
        lines.split_inclusive('\n').filter(|line| line.contains("\"id\": \"ferry/")).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ferry.jsonl");
    fs::write(&path, ferry).unwrap();
    let Scanned { scan, articles, findings, .. } = &of_files(&[path], 2);
    let run = Run { articles, findings, agencies: scan.agencies() };
    let mut out = anstream::StripStream::new(Vec::new());
    Terminal { width: 100, articles: 100, passages: 4 }.write(&run, &mut out).unwrap();
    out.flush().unwrap();
    insta::assert_snapshot!(String::from_utf8(out.into_inner()).unwrap());
}
