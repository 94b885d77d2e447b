//! Invented corpora: the same for the same seed, true to what they say of themselves, and as hard to
//! scan as they should be.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use copytaster::synth::{
    Beside, COMPLETE, Derivation, Event, Files, Label, Level, MIN_WORDS, Relation, Synth, Treatment,
};
use copytaster::words::Words;
use copytaster::{Article, Span, hash};

use crate::run;
use crate::score::{self, Spans, add, of_spans};

/// So many articles, in the order of their ids.
pub(crate) fn articles(count: u64, seed: u64) -> Vec<Article> {
    Synth::new(seed).articles(count).unwrap()
}

/// The lines of a file of a corpus, made by so many threads.
pub(crate) fn lines(synth: &Synth, count: u64, file: Beside, threads: usize) -> String {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let mut lines = Vec::new();
    let take = |rows: &copytaster::synth::Rows| {
        lines.extend_from_slice(rows.of(file));
        Ok(())
    };
    pool.install(|| synth.rows(count, take)).unwrap();
    String::from_utf8(lines).unwrap()
}

fn events(count: u64, seed: u64) -> Vec<Event> {
    let synth = Synth::new(seed);
    synth.events(count).unwrap().map(|ticket| synth.event(&ticket)).collect()
}

#[test]
fn the_same_seed_gives_the_same_bytes_on_every_machine() {
    let synth = Synth::new(42);
    let hashes = Beside::ALL.map(|file| {
        let one = lines(&synth, 3_000, file, 1);
        assert!(one == lines(&synth, 3_000, file, 2), "{file:?} depends on the threads");
        format!("{file:?} {:016x}", hash::bytes(one.as_bytes(), 0))
    });
    // A change of any word, rule or rate shows here: give the new values with it.
    assert_eq!(
        hashes,
        [
            "Articles fd4e6f54a5620c76",
            "Pairs 2163a73a6b0276ef",
            "Spans 760479d617d84e3c",
            "Stars 3b26c064f79c6189",
            "Clusters cc148205bd05eaf9",
            "Corpus 838a7c7f5428a061",
        ]
    );
    assert_ne!(lines(&synth, 10, Beside::Corpus, 1), lines(&Synth::new(43), 10, Beside::Corpus, 1));
}

#[test]
fn a_longer_corpus_begins_with_the_shorter_one() {
    let synth = Synth::new(3);
    let (short, long) =
        (lines(&synth, 500, Beside::Corpus, 2), lines(&synth, 900, Beside::Corpus, 2));
    assert_eq!(short.lines().count(), 500);
    assert!(long.starts_with(&short));
}

#[test]
fn what_is_written_is_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("news.jsonl");
    let synth = Synth::new(5);
    let mut files = Files::beside(&path, false).unwrap();
    files.write(&synth, 300, &|_| ()).unwrap();
    files.finish().unwrap();
    let reading = copytaster::read::all(
        std::slice::from_ref(&path),
        &copytaster::read::Options::default(),
        &|_| (),
    )
    .unwrap();
    assert_eq!((&reading.skipped[..], &reading.notes[..]), (&[][..], &[][..]));
    let plain = |article: &Article| {
        let mut article = article.clone();
        article.at = copytaster::Position { file: Arc::from(""), line: None };
        article
    };
    let read: Vec<Article> = reading.articles.iter().map(plain).collect();
    assert_eq!(read, articles(300, 5).iter().map(plain).collect::<Vec<_>>());
    assert!(Files::beside(&path, false).is_err());
    assert!(Files::beside(&path, true).is_ok());
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 6);
}

/// The words of a stretch of text, as a scan compares them.
fn words(text: &str, span: Span) -> Vec<u32> {
    Words::of(text, &[span]).hashes
}

/// How many words two stretches have in common, in order.
fn common(a: &[u32], b: &[u32]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let longest = if x == y { diagonal + 1 } else { row[j].max(row[j + 1]) };
            diagonal = std::mem::replace(&mut row[j + 1], longest);
        }
    }
    row[b.len()]
}

#[test]
fn every_passage_is_shared_as_far_as_it_says() {
    let mut same: BTreeMap<(Relation, Level), (usize, usize)> = BTreeMap::new();
    for event in events(2_500, 8) {
        for pair in &event.pairs {
            let text = |ix: usize| event.articles[ix].article.text.as_str();
            let mut reached = 0;
            for passage in &pair.passages {
                let (a, b) = (words(text(pair.a), passage.a), words(text(pair.b), passage.b));
                assert!(a.len().min(b.len()) >= MIN_WORDS as usize);
                assert!(reached <= passage.a.start, "passages overlap");
                reached = passage.a.end;
                if passage.level == Level::Verbatim {
                    assert_eq!(a, b, "{}\n{}", &text(pair.a)[passage.a], &text(pair.b)[passage.b]);
                }
                if event.is_complete() {
                    let sum = same.entry((passage.relation, passage.level)).or_default();
                    *sum = (sum.0 + common(&a, &b), sum.1 + a.len().max(b.len()));
                }
            }
        }
    }
    // Words with an equal, in order: about as in pairs of real articles that were reworded.
    for (relation, level, from, to) in [
        (Relation::Wire, Level::Light, 0.94, 0.99),
        (Relation::Wire, Level::Moderate, 0.84, 0.93),
        (Relation::Wire, Level::Heavy, 0.65, 0.82),
        (Relation::Sibling, Level::Light, 0.93, 0.99),
        (Relation::Sibling, Level::Heavy, 0.60, 0.82),
    ] {
        let (equal, all) = same[&(relation, level)];
        let share = equal as f64 / all as f64;
        println!("{relation:?} {level:?}: {share:.3} of {all} words");
        assert!((from..to).contains(&share), "{relation:?} {level:?}: {share:.3}");
    }
}

#[test]
fn what_is_not_told_is_not_shared() {
    const RUN: usize = 16;
    let mut found = 0;
    for event in events(1_500, 9).iter().filter(|event| event.is_complete()) {
        for pair in &event.pairs {
            let sides = [(pair.a, 0), (pair.b, 1)].map(|(ix, side)| {
                let text = event.articles[ix].article.text.as_str();
                let words = Words::of(text, &[Span::whole(text)]);
                let told = pair.passages.iter().map(|p| if side == 0 { p.a } else { p.b });
                let told: Vec<Span> = told.collect();
                let free = |at: usize| {
                    let inside = |told: &Span| {
                        let word = words.spans[at];
                        told.start <= word.start && word.end <= told.end
                    };
                    !told.iter().any(inside)
                };
                let runs = (0..words.hashes.len().saturating_sub(RUN))
                    .filter(|&at| (at..at + RUN).all(free))
                    .map(|at| hash::shingle(&words.hashes[at..at + RUN]));
                runs.collect::<Vec<u64>>()
            });
            found += usize::from(sides[0].iter().any(|run| sides[1].contains(run)));
        }
    }
    // Two stories of one outlet share its furniture, which is nobody's copy.
    assert!(found < 30, "{found} pairs share {RUN} words in a row that no passage tells of");
}

#[test]
fn articles_are_of_every_kind_and_agree_with_their_pairs() {
    let mut kinds: BTreeMap<Treatment, usize> = BTreeMap::new();
    let mut largest = 0;
    for event in events(4_000, 10) {
        largest = largest.max(event.articles.len());
        for told in &event.articles {
            *kinds.entry(told.treatment).or_default() += 1;
            assert_eq!(told.agency.is_none(), told.derivation == Derivation::NonDerived);
            assert!(!told.credited || told.agency.is_some());
            if let Some(source) = told.source {
                assert_eq!(event.articles[source].treatment, Treatment::Original);
            }
        }
        if event.is_complete() {
            let count = event.articles.len();
            assert_eq!(event.pairs.len(), count * (count - 1) / 2);
        }
        for pair in &event.pairs {
            assert_eq!(pair.label == Label::None, pair.passages.is_empty());
            let quotes = pair.passages.iter().all(|p| p.relation == Relation::Quote);
            assert_eq!(pair.label == Label::Copy, !quotes);
        }
    }
    println!("{kinds:?}, largest {largest}");
    assert_eq!(kinds.len(), 12, "{kinds:?}");
    assert!(kinds.values().all(|&count| count >= 40), "{kinds:?}");
    assert!(largest > 2 * COMPLETE, "{largest}");
}

#[test]
fn a_scan_finds_what_is_true() {
    let synth = Synth::new(11);
    let events: Vec<Event> =
        synth.events(2_000).unwrap().map(|ticket| synth.event(&ticket)).collect();
    let articles = synth.articles(2_000).unwrap();
    let (scan, findings) = run::scan(&articles);
    let complete: BTreeMap<&str, &Event> = events
        .iter()
        .filter(|event| event.is_complete())
        .flat_map(|event| event.articles.iter().map(move |told| (&*told.article.id, event)))
        .collect();
    let mut gold: BTreeMap<Level, Spans> = BTreeMap::new();
    let mut all = Spans::new();
    for event in complete.values() {
        for pair in &event.pairs {
            let id = |ix: usize| event.articles[ix].article.id.clone();
            for passage in &pair.passages {
                let range = |span: Span| (span.start as usize, span.end as usize);
                let span = score::Span { a: range(passage.a), b: range(passage.b) };
                let spans = [&mut all, gold.entry(passage.level).or_default()];
                for spans in spans {
                    add(spans, (id(pair.a), id(pair.b)), span);
                }
            }
        }
    }
    for spans in gold.values_mut().chain([&mut all]) {
        // Every event was looked at once for each of its articles.
        for list in spans.values_mut() {
            list.sort_unstable();
            list.dedup();
        }
    }
    let mut found = Spans::new();
    for passage in &findings.passages {
        let ids = [passage.pair.a, passage.pair.b].map(|article| articles[article.ix()].id.clone());
        if ids.iter().all(|id| complete.contains_key(&**id)) {
            let range = |span: Span| (span.start as usize, span.end as usize);
            let span = score::Span { a: range(passage.a_span), b: range(passage.b_span) };
            let [a, b] = ids;
            add(&mut found, (a, b), span);
        }
    }
    let figures = of_spans(&all, &found);
    println!("all: {figures:?}, plagdet {:.4}", figures.plagdet());
    assert!(figures.plagdet() >= 0.93, "plagdet {:.4}", figures.plagdet());
    for (level, floor) in [
        (Level::Verbatim, 0.98),
        (Level::Light, 0.97),
        (Level::Moderate, 0.94),
        (Level::Heavy, 0.88),
    ] {
        let recall = of_spans(&gold[&level], &found).recall;
        println!("{level:?}: recall {recall:.4}");
        assert!(recall >= floor, "{level:?}: recall {recall:.4}");
    }
    let truth: BTreeMap<&str, _> = events
        .iter()
        .flat_map(|event| &event.articles)
        .map(|told| (&*told.article.id, told.agency))
        .collect();
    let named =
        |ix: usize| findings.attributed.attributions[ix].agency.map(|it| scan.agencies().name(it));
    let right = (0..articles.len()).filter(|&ix| named(ix) == truth[&*articles[ix].id]).count();
    println!("agency: {right} of 2000");
    assert!(right >= 1_700, "agency right in {right} of 2000");
}
