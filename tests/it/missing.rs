//! Copy that is not among the articles: the agency originals of corpus/ are withheld, rebuilt from
//! what their pickups share, and compared with what was withheld.

use std::collections::BTreeMap;
use std::fs;

use copytaster::align::same_words;
use copytaster::attribute::Rebuilt;
use copytaster::span::Span;
use copytaster::words::Words;
use serde::Deserialize;

use crate::run::{Scanned, corpus, of_files, rows};

/// What a rebuilt word is to be held by to be counted, and a word of the original too.
const WITNESSES: u32 = 3;

#[derive(Deserialize)]
struct Label {
    id: String,
    agency: Option<String>,
    treatment: String,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct GoldSpan {
    a: String,
    b: String,
    a_start: usize,
    a_end: usize,
    b_start: usize,
    b_end: usize,
}

/// A scan of the corpus without agencies' own articles.
fn withheld(threads: usize) -> (BTreeMap<String, String>, Scanned) {
    let labels = rows::<Label>(&corpus("labels/articles.jsonl"));
    let agencies_own = |id: &str| {
        let label = labels.iter().find(|label| label.id == id).unwrap();
        label.treatment == "original" && label.agency.is_some() || id.starts_with("wildfire/ap")
    };
    let lines = fs::read_to_string(corpus("stories.jsonl")).unwrap();
    let mut originals = BTreeMap::new();
    let mut kept = String::new();
    for line in lines.lines() {
        let record: Record = serde_json::from_str(line).unwrap();
        if agencies_own(&record.id) {
            originals.insert(record.id, record.text);
        } else {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("pickups.jsonl");
    fs::write(&path, kept).unwrap();
    (originals, of_files(&[path], threads))
}

fn words(text: &str) -> Words {
    Words::of(text, &[Span::whole(text)])
}

/// For every word of an original how many articles hold it, by the labelled passages.
fn holders(id: &str, text: &str, spans: &[GoldSpan], texts: &BTreeMap<String, String>) -> Vec<u32> {
    let original = words(text);
    let byte = |text: &str, point: usize| {
        text.char_indices().nth(point).map_or(text.len(), |(byte, _)| byte)
    };
    let mut holders: Vec<Vec<&str>> = vec![Vec::new(); original.len()];
    for span in spans {
        let sides = [(&span.a, span.a_start, span.a_end), (&span.b, span.b_start, span.b_end)];
        let (ours, theirs) = match sides {
            [ours, theirs] if ours.0 == id => (ours, theirs),
            [theirs, ours] if ours.0 == id => (ours, theirs),
            _ => continue,
        };
        let Some(other) = texts.get(theirs.0) else { continue };
        let (start, end) = (byte(text, ours.1), byte(text, ours.2));
        let other = words(&other[byte(other, theirs.1)..byte(other, theirs.2)]);
        let within: Vec<usize> = (0..original.len())
            .filter(|&word| (start..end).contains(&(original.spans[word].start as usize)))
            .collect();
        let hashes: Vec<u32> = within.iter().map(|&word| original.hashes[word]).collect();
        for block in same_words(&hashes, &other.hashes) {
            for k in 0..block.len {
                let held = &mut holders[within[(block.a + k) as usize]];
                if !held.contains(&&**theirs.0) {
                    held.push(theirs.0);
                }
            }
        }
    }
    holders.iter().map(|held| held.len() as u32).collect()
}

/// The words of a rebuilt copy, and how many hold each.
fn rebuilt_words(copy: &Rebuilt) -> Vec<(u32, u32)> {
    let words = words(&copy.text);
    let support = |word: Span| {
        let held = copy.support.iter().find(|(stretch, _)| stretch.contains(word));
        held.map_or(0, |&(_, witnesses)| witnesses)
    };
    words.hashes.iter().zip(&words.spans).map(|(&hash, &span)| (hash, support(span))).collect()
}

#[test]
fn a_withheld_original_is_rebuilt_from_its_pickups() {
    let (originals, scanned) = withheld(2);
    let all = rows::<Record>(&corpus("stories.jsonl"));
    let texts: BTreeMap<String, String> = all
        .into_iter()
        .filter(|record| !originals.contains_key(&record.id))
        .map(|record| (record.id, record.text))
        .collect();
    let spans = rows::<GoldSpan>(&corpus("labels/spans.jsonl"));
    let rebuilt = &scanned.findings.attributed.rebuilt;
    let (mut said, mut right, mut wanted, mut found) = (0, 0, 0, 0);
    for copy in rebuilt {
        let witness = &scanned.articles[copy.witnesses[0].ix()].id;
        let story = witness.split('/').next().unwrap();
        let copied = rebuilt_words(copy);
        let hashes: Vec<u32> = copied.iter().map(|&(hash, _)| hash).collect();
        // The original that has most of it.
        let of_story = originals.iter().filter(|(id, _)| id.split('/').next() == Some(story));
        let (id, text, blocks) = of_story
            .map(|(id, text)| (id, text, same_words(&words(text).hashes, &hashes)))
            .max_by_key(|(id, _, blocks)| (blocks.iter().map(|b| b.len).sum::<u32>(), *id))
            .unwrap();
        let holders = holders(id, text, &spans, &texts);
        let mut matched = vec![false; copied.len()];
        let mut met = vec![false; holders.len()];
        for block in blocks {
            for k in 0..block.len {
                (matched[(block.b + k) as usize], met[(block.a + k) as usize]) = (true, true);
            }
        }
        let firm = (0..copied.len()).filter(|&word| copied[word].1 >= WITNESSES);
        let (firm_said, firm_right) = (firm.clone().count(), firm.filter(|&w| matched[w]).count());
        let held = (0..holders.len()).filter(|&word| holders[word] >= WITNESSES);
        let (held_wanted, held_found) = (held.clone().count(), held.filter(|&w| met[w]).count());
        println!(
            "{id}: {} words, {firm_right} of {firm_said} right, {held_found} of {held_wanted} found\n{}\n",
            copied.len(),
            copy.text
        );
        said += firm_said;
        right += firm_right;
        wanted += held_wanted;
        found += held_found;
    }
    // What was not rebuilt at all is missed as well.
    let (precision, recall) = (f64::from(right as u32) / said as f64, found as f64 / wanted as f64);
    let f1 = 2.0 * precision * recall / (precision + recall);
    println!("{} copies; precision {precision:.4}, recall {recall:.4}, F1 {f1:.4}", rebuilt.len());
    assert!(rebuilt.len() >= 6, "{}", rebuilt.len());
    assert!(f1 >= 0.95, "{f1}");
}

#[test]
fn what_is_rebuilt_does_not_depend_on_threads() {
    let rebuilt = |threads| withheld(threads).1.files().into_iter().find(|f| f.0 == "copies.jsonl");
    assert_eq!(rebuilt(1), rebuilt(5));
}

#[test]
fn a_rebuilt_copy_names_its_agency_and_its_witnesses() {
    let (_, scanned) = withheld(2);
    let name = |copy: &Rebuilt| copy.agency.map(|agency| scanned.scan.agencies().name(agency));
    let of = |story: &str| {
        let of_story =
            |copy: &&Rebuilt| scanned.articles[copy.witnesses[0].ix()].id.starts_with(story);
        scanned.findings.attributed.rebuilt.iter().find(of_story).unwrap()
    };
    assert_eq!(name(of("ferry/")), Some("Reuters"));
    assert_eq!(name(of("dam/")), Some("AFP"));
    let ids: Vec<&str> =
        of("ferry/").witnesses.iter().map(|ix| &*scanned.articles[ix.ix()].id).collect();
    assert!(ids.contains(&"ferry/lantern") && ids.contains(&"ferry/coralcoast"), "{ids:?}");
    for row in scanned.article_rows() {
        assert!(
            (row.shares.agency + row.shares.quote + row.shares.shared + row.shares.original - 1.0)
                .abs()
                < 1e-9
        );
        for source in row.sources.iter().filter(|source| source.article.is_none()) {
            assert!(source.copy.starts_with("copy-"));
        }
    }
}
