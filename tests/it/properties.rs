//! Laws that hold for every input.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::slice;

use copytaster::agency::Agencies;
use copytaster::align::{self, Aligner, Alignment, Block, Side};
use copytaster::candidates::{self, Candidates};
use copytaster::scan::Scan;
use copytaster::shelf::Room;
use copytaster::sketch::PassageOptions;
use copytaster::story::{Story, Told};
use copytaster::synth::{Beside, Synth};
use copytaster::words::{Background, Counts, Sixteenths, Weights, Worth};
use copytaster::{Article, ArticleIx, Options, WordRange, hash};
use proptest::prelude::*;

use crate::run::{PassageRow, Scanned, corpus, of_corpus, of_files, scan};
use crate::synth;

/// A mix of the corpus and of invented articles, as one file of lines.
fn mixed(folder: &Path) -> PathBuf {
    let path = folder.join("mixed.jsonl");
    let lines = fs::read_to_string(corpus("stories.jsonl")).unwrap();
    fs::write(&path, lines + &synth::lines(&Synth::new(7), 400, Beside::Corpus, 2)).unwrap();
    path
}

#[test]
fn threads_do_not_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = mixed(folder.path());
    let one = of_files(slice::from_ref(&path), 1).files();
    assert_eq!(one.len(), 6);
    for threads in [2, 4] {
        assert!(of_files(slice::from_ref(&path), threads).files() == one, "{threads} threads");
    }
}

#[test]
fn the_order_of_lines_does_not_change_a_byte() {
    let folder = tempfile::tempdir().unwrap();
    let path = mixed(folder.path());
    let given = of_files(slice::from_ref(&path), 2).files();
    let text = fs::read_to_string(&path).unwrap();
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_by_key(|line| hash::bytes(line.as_bytes(), 1));
    fs::write(&path, lines.join("\n") + "\n").unwrap();
    assert!(of_files(&[path], 2).files() == given);
}

#[test]
fn text_files_and_lines_give_the_same_passages() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("bare.jsonl");
    let lines = of_corpus().articles.iter().map(|article| {
        serde_json::json!({ "id": article.id, "text": &*article.text }).to_string() + "\n"
    });
    fs::write(&path, lines.collect::<String>()).unwrap();
    let rows = |scanned: Scanned| -> Vec<String> {
        scanned.passage_rows().iter().map(|row| format!("{row:?}")).collect()
    };
    assert_eq!(rows(of_files(&[corpus("stories")], 2)), rows(of_files(&[path], 2)));
}

#[test]
fn every_offset_slices_to_the_text_reported() {
    let folder = tempfile::tempdir().unwrap();
    let scanned = of_files(&[mixed(folder.path())], 2);
    let chars: BTreeMap<&str, Vec<char>> = scanned
        .articles
        .iter()
        .map(|article| (article.id.as_str(), article.text.chars().collect()))
        .collect();
    let slice =
        |id: &str, start: usize, end: usize| -> String { chars[id][start..end].iter().collect() };
    for PassageRow { a, b, a_start, a_end, b_start, b_end, a_text, b_text, .. } in
        scanned.passage_rows()
    {
        assert_eq!(slice(&a, a_start, a_end), a_text);
        assert_eq!(slice(&b, b_start, b_end), b_text);
        assert_eq!((a_text.trim(), b_text.trim()), (&*a_text, &*b_text));
    }
    for row in scanned.article_rows() {
        for evidence in row.evidence {
            if let (Some(start), Some(end)) = (evidence.start, evidence.end) {
                assert_eq!(slice(&row.id, start, end), evidence.text);
            }
        }
        let mut reached = 0;
        for mark in row.marks {
            assert!(reached <= mark.start && mark.start < mark.end, "{}", row.id);
            assert!(mark.end <= chars[&*row.id].len());
            reached = mark.end;
        }
        let shares = row.shares;
        let sum = shares.agency + shares.quote + shares.shared + shares.original;
        assert!((sum - 1.0).abs() < 1e-9, "{}: {sum}", row.id);
    }
    for (article, zones) in scanned.articles.iter().zip(&scanned.findings.zones) {
        let on_characters = |byte: u32| article.text.is_char_boundary(byte as usize);
        let spans = zones.marks.iter().map(|mark| mark.span).chain(zones.story(&article.text));
        assert!(spans.into_iter().all(|span| on_characters(span.start) && on_characters(span.end)));
    }
}

#[test]
fn an_unrelated_article_unlinks_nobody() {
    let pairs = |articles: &[Article]| -> Vec<(String, String)> {
        let id = |article: ArticleIx| articles[article.ix()].id.clone();
        let links = scan(articles).1.links;
        links.iter().map(|link| (id(link.pair.a), id(link.pair.b))).collect()
    };
    let mut articles = of_corpus().articles.clone();
    let before = pairs(&articles);
    let mut stranger = synth::articles(1, 3).remove(0);
    stranger.id = "zzz".to_owned();
    articles.push(stranger);
    assert_eq!(pairs(&articles), before);
}

/// Every option at every odd value: refused with a way out, or good for a scan.
#[test]
fn no_option_breaks_a_scan() {
    let is_ferry = |article: &&Article| article.id.starts_with("ferry/");
    let articles: Vec<Article> = of_corpus().articles.iter().filter(is_ferry).cloned().collect();
    let default = toml::Table::try_from(Options::default()).unwrap();
    let odd = [0.0, 1.0, -1.0, 1e9, f64::NAN];
    for (stage, values) in &default {
        for (name, value) in values.as_table().unwrap() {
            for odd in odd {
                let odd = match value {
                    toml::Value::Integer(_) => toml::Value::Integer(odd as i64),
                    _ => toml::Value::Float(odd),
                };
                let mut options = default.clone();
                options[stage].as_table_mut().unwrap().insert(name.clone(), odd.clone());
                let Ok(options) = options.try_into::<Options>() else { continue };
                match Scan::new(options, Agencies::shipped()) {
                    Ok(scan) => {
                        scan.run(&articles, &|_| ()).unwrap();
                    }
                    Err(error) => assert!(error.hint().is_some(), "{error}"),
                }
            }
        }
    }
}

/// Twelve words that stand nowhere else, in some of the stories, as a sentence.
#[test]
fn stories_that_share_a_sentence_are_candidates() {
    let sentence =
        |start: u32, len: u32| (start..start + len).map(|word| hash::mix(word.into()) as u32);
    let mut planted = Vec::new();
    let stories: Vec<Story> = (0..300_u32)
        .map(|number| {
            let shared = number % 40;
            let at = (number / 40) as usize;
            let mut sentences: Vec<Vec<u32>> = (0..9)
                .map(|s| sentence(1_000_000 + number * 1_000 + s * 30, 12 + s).collect())
                .collect();
            if shared < 30 {
                sentences.insert(at, sentence(shared * 100, 12).collect());
                planted.push((shared, number));
            }
            let ends: Vec<usize> = sentences
                .iter()
                .scan(0, |end, sentence| {
                    *end += sentence.len();
                    Some(*end)
                })
                .collect();
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let ranges = starts.zip(&ends).map(|(from, &to)| WordRange::new(from, to));
            let (words, sentences) = (&sentences.concat(), &ranges.collect::<Vec<_>>());
            Story::new(&Told { words, sentences, ..Told::default() })
        })
        .collect();

    let background = Background::shipped();
    let room = Room::in_memory();
    let rank: Vec<u32> = (0..300).collect();
    let options = candidates::Options::default();
    let counts = Counts::default();
    let weights = Weights::new(&background, &counts);
    let mut weigher = weights.weigher();
    let worth: Vec<Worth> = stories.iter().map(|s| weigher.of_article(s.words())).collect();
    let corpus = candidates::Corpus {
        stories: &stories,
        worth: &worth,
        background: &background,
        rank: &rank,
        sketch: &PassageOptions::default(),
    };
    let mut candidates = Candidates::new(&[false; 300], corpus, &options, &room).unwrap();
    let (found, _) = candidates.next_slice().unwrap();

    planted.sort_unstable();
    let wanted: usize =
        planted.chunk_by(|x, y| x.0 == y.0).map(|group| group.len() * (group.len() - 1) / 2).sum();
    let same = |a: ArticleIx, b: ArticleIx| a.0 % 40 == b.0 % 40 && a.0 % 40 < 30;
    assert!(found.iter().all(|pair| same(pair.a, pair.b)));
    assert_eq!(found.len(), wanted);
}

/// The best score of any alignment: every cell of the table (Smith & Waterman 1981).
fn best_score(a: Side<'_>, b: Side<'_>, unmatched: f32) -> f32 {
    let mut row = vec![0.0_f32; b.words.len() + 1];
    let mut best = 0.0_f32;
    for i in 0..a.words.len() {
        let mut diagonal = 0.0;
        for j in 0..b.words.len() {
            let skip = row[j].max(row[j + 1]) - unmatched;
            let matched = if a.words[i] == b.words[j] {
                diagonal + a.bits[i].min(b.bits[j]).bits()
            } else {
                0.0
            };
            diagonal = row[j + 1];
            row[j + 1] = skip.max(matched).max(0.0);
            best = best.max(row[j + 1]);
        }
    }
    best
}

/// The score of blocks that follow one another; `None` if they do not.
fn score(blocks: &[Block], a: Side<'_>, b: Side<'_>, unmatched: f32) -> Option<f32> {
    let bits = |block: &Block| -> f32 {
        let places = (block.a as usize..).zip(block.b as usize..).take(block.len as usize);
        places.map(|(i, j)| a.bits[i].min(b.bits[j]).bits()).sum()
    };
    let gaps = blocks.windows(2).map(|pair| {
        let a = pair[1].a.checked_sub(pair[0].a + pair[0].len)?;
        let b = pair[1].b.checked_sub(pair[0].b + pair[0].len)?;
        Some((a + b) as f32 * unmatched)
    });
    Some(blocks.iter().map(bits).sum::<f32>() - gaps.sum::<Option<f32>>()?)
}

/// The alignments of two stories, each with whether it was merged of parts; and the best score.
fn aligned(a: &[u32], b: &[u32], options: &align::Options) -> (Vec<(Alignment, bool)>, f32) {
    let bits_of = |words: &[u32]| -> Vec<Sixteenths> {
        words.iter().map(|word| Sixteenths(40 + (word * 37 % 120) as u8)).collect()
    };
    let (a_bits, b_bits) = (bits_of(a), bits_of(b));
    let a = Side { words: a, bits: &a_bits, breaks: &[] };
    let b = Side { words: b, bits: &b_bits, breaks: &[] };
    let mut aligner = Aligner::new(options);
    aligner.hold(a);
    let with_score = |alignment: Alignment| {
        for block in &alignment.blocks {
            let (i, j, len) = (block.a as usize, block.b as usize, block.len as usize);
            assert_eq!(a.words[i..i + len], b.words[j..j + len]);
        }
        let score = score(&alignment.blocks, a, b, options.unmatched).unwrap_or(0.0);
        assert!(alignment.bits >= score - 0.01);
        let merged = alignment.bits > score + 0.01;
        (alignment, merged)
    };
    let found = aligner.against(a, b).into_iter().map(with_score).collect();
    (found, best_score(a, b, options.unmatched))
}

proptest! {
    #[test]
    fn no_alignment_is_worth_more_than_the_best(
        a in proptest::collection::vec(0_u32..30, 0..80),
        b in proptest::collection::vec(0_u32..30, 0..80),
    ) {
        let options = align::Options { min_bits: 12.0, ..align::Options::default() };
        let (found, best) = aligned(&a, &b, &options);
        // Parts that were merged are worth together what they are worth apart.
        for alone in found.iter().filter(|(_, merged)| !merged) {
            prop_assert!(alone.0.bits <= best + 0.01);
        }
    }

    #[test]
    fn a_copy_with_few_changes_is_aligned_as_well_as_can_be(
        changes in proptest::collection::vec((0_usize..4, 6_usize..14), 4..12),
        before in 0_usize..40,
        after in 0_usize..40,
    ) {
        // Words that stand once, so that there is one best alignment; a change leaves six or more alone.
        let mut fresh = 10_000_u32..;
        let mut new = |len: usize| -> Vec<u32> { fresh.by_ref().take(len).collect() };
        let (mut a, mut b) = (new(before), new(after));
        for (at, &(change, len)) in changes.iter().enumerate() {
            let same = new(len);
            a.extend(&same);
            b.extend(&same);
            if at + 1 < changes.len() {
                match change {
                    0 => {}
                    1 => a.extend(new(1)),
                    2 => b.extend(new(2)),
                    _ => {
                        a.extend(new(1));
                        b.extend(new(1));
                    }
                }
            }
        }
        a.extend(new(after));
        b.extend(new(before));
        let (found, best) = aligned(&a, &b, &align::Options::default());
        prop_assert_eq!(found.len(), 1);
        let bits = found[0].0.bits;
        prop_assert!((bits - best).abs() < 0.01, "{bits} of {best}");
    }
}
