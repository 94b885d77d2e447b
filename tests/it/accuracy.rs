//! What a scan of the corpus finds against its labels. The floors stand a little below what is
//! reached: who raises a figure raises its floor.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::run::{corpus, of_corpus, rows};
use crate::score::{Span, Spans, add, of_spans};

#[derive(Deserialize)]
struct GoldSpan {
    a: String,
    b: String,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
}

#[derive(Deserialize)]
struct GoldArticle {
    id: String,
    agency: Option<String>,
    credited: bool,
    derivation: String,
    treatment: String,
}

#[derive(Deserialize)]
struct GoldPair {
    a: String,
    b: String,
    label: String,
}

/// Prints a figure with its misses and compares it with its floor.
fn expect(what: &str, figure: f64, floor: f64, misses: &[String]) {
    println!("{what}: {figure:.4} (floor {floor})");
    for miss in misses {
        println!("  {miss}");
    }
    assert!(figure >= floor, "{what} fell to {figure:.4}, below {floor}");
}

fn share<T>(of: &[T], right: impl Fn(&T) -> bool) -> f64 {
    of.iter().filter(|item| right(item)).count() as f64 / of.len() as f64
}

/// The passages that are labelled, and those that were found.
pub(crate) fn passages_of_corpus() -> (Spans, Spans) {
    let (mut gold, mut found) = (Spans::new(), Spans::new());
    for row in rows::<GoldSpan>(&corpus("labels/spans.jsonl")) {
        let span = Span { a: (row.a_start, row.a_end), b: (row.b_start, row.b_end) };
        add(&mut gold, (row.a, row.b), span);
    }
    for row in of_corpus().passage_rows().into_iter().filter(|row| row.kind != "boilerplate") {
        let span = Span { a: (row.a_start, row.a_end), b: (row.b_start, row.b_end) };
        add(&mut found, (row.a, row.b), span);
    }
    (gold, found)
}

#[test]
fn passages() {
    let (gold, found) = passages_of_corpus();
    let figures = of_spans(&gold, &found);
    println!("granularity: {:.4}", figures.granularity);
    expect("passages, precision", figures.precision, 0.88, &[]);
    expect("passages, recall", figures.recall, 0.93, &[]);
    expect("passages, plagdet", figures.plagdet(), 0.88, &[]);
}

#[test]
fn kinds() {
    let pair = |a: String, b: String| if a <= b { (a, b) } else { (b, a) };
    let links = of_corpus().link_rows().into_iter();
    let said: BTreeMap<_, _> = links.map(|row| (pair(row.a, row.b), row.relation)).collect();
    let judged: Vec<_> = rows::<GoldPair>(&corpus("labels/pairs.jsonl"))
        .into_iter()
        .map(|row| {
            let ids = pair(row.a, row.b);
            let said = said.get(&ids).map_or("none", String::as_str);
            // Standing lines that were marked are not compared: such a pair is best not linked at all.
            let label = if row.label == "boilerplate" { "none".to_owned() } else { row.label };
            let said = if said == "boilerplate" { "none" } else { said };
            (ids, label, said)
        })
        .collect();
    let misses: Vec<_> = judged
        .iter()
        .filter(|(_, label, said)| label != said)
        .map(|((a, b), label, said)| format!("{a} {b}: {said}, is {label}"))
        .collect();
    expect("kinds of pairs", share(&judged, |(_, label, said)| label == said), 0.94, &misses);
}

#[test]
fn versions() {
    let rows = of_corpus().article_rows();
    let later: Vec<_> = rows
        .iter()
        .filter_map(|row| Some(format!("{} < {}", row.version_of.as_ref()?, row.id)))
        .collect();
    assert_eq!(
        later,
        ["ferry/globalbrief < ferry/globalbrief-update", "wildfire/ap < wildfire/ap-2"]
    );
}

#[test]
fn articles() {
    let labels = rows::<GoldArticle>(&corpus("labels/articles.jsonl"));
    let labels: BTreeMap<_, _> = labels.into_iter().map(|row| (row.id.clone(), row)).collect();
    let rows = of_corpus().article_rows();
    assert_eq!(rows.len(), labels.len());
    let judged: Vec<_> = rows.iter().map(|row| (row, &labels[&row.id])).collect();
    let figure = |what: &str, floor: f64, of_row: &dyn Fn(usize) -> (String, String)| {
        let answers: Vec<_> = (0..judged.len()).map(of_row).collect();
        let misses: Vec<_> = answers
            .iter()
            .zip(&judged)
            .filter(|((said, is), _)| said != is)
            .map(|((said, is), (row, _))| format!("{}: {said}, is {is}", row.id))
            .collect();
        expect(what, share(&answers, |(said, is)| said == is), floor, &misses);
    };
    let name = |agency: &Option<String>| agency.clone().unwrap_or_else(|| "none".to_owned());
    figure("agency", 0.91, &|ix| (name(&judged[ix].0.agency), name(&judged[ix].1.agency)));
    figure("derivation", 0.96, &|ix| {
        (judged[ix].0.derivation.clone(), judged[ix].1.derivation.clone())
    });
    figure("treatment", 0.95, &|ix| {
        let said = judged[ix].0.treatment.as_deref().unwrap_or("none");
        let is = match &*judged[ix].1.treatment {
            // What is no treatment of copy, or one of its own kind.
            "original" | "re-translated" | "independent" => "none".to_owned(),
            "background" => "embedded".to_owned(),
            // An update is what its first version was.
            "update" => said.to_owned(),
            other => other.replace(' ', "-"),
        };
        (said.to_owned(), is)
    });
    figure("credited", 0.98, &|ix| {
        (judged[ix].0.credited.to_string(), judged[ix].1.credited.to_string())
    });
}
