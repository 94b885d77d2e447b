//! What a run found of what is true.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Position, Result};
use crate::measure::{Mean, Sides, cuts, f_measure, size};
use crate::synth::{Derivation, Event, Synth, Ticket, Told, Treatment};

/// How right a run is about invented articles; shares are 0 to 1.
///
/// Passages are scored by character, as those of PAN's text alignment task (Potthast et al. 2010), and
/// count alike whether long or short, but in [`Self::text_by_level`]. Only events whose pairs are all known
/// are looked at, see [`crate::synth::COMPLETE`].
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
// A report of an older version lacks what it did not measure.
#[serde(default)]
pub struct Accuracy {
    /// Articles of the run.
    pub articles: u64,
    /// Those of them that were looked at: all, or the first of many.
    pub looked_at: u64,
    /// Share of what was found that is true.
    pub precision: f64,
    /// Share of what is true that was found.
    pub recall: f64,
    /// Passages found for each true one that was found; at best 1.
    pub granularity: f64,
    /// Their F1, less for a granularity above 1.
    pub plagdet: f64,
    /// Recall by how far the sides differ.
    pub recall_by_level: BTreeMap<String, f64>,
    /// The same of text instead of passages: a long passage counts for as many characters as it has.
    ///
    /// What is lost is short: of two passages changed by a third, of 15 words and of 150, the shorter is
    /// worth too little to be told from chance. So this is above [`Self::recall_by_level`], and only one
    /// of the two can be held against a figure from elsewhere: that which was counted in the same way.
    pub text_by_level: BTreeMap<String, f64>,
    /// Recall by how the articles come to share it.
    pub recall_by_relation: BTreeMap<String, f64>,
    /// Recall by what was done to the article that took it from the other.
    pub recall_by_treatment: BTreeMap<String, f64>,
    /// Share of articles whose agency was found, or that there is none.
    pub agency: f64,
    /// Share of articles known as wholly, partially or not derived.
    pub derivation: f64,
    /// Share of articles known to credit an agency or not.
    pub credited: f64,
    /// Share of outlets' first versions whose treatment was told; background counts as embedded.
    pub treatment: f64,
    /// The share of right agencies by what was done to the article.
    pub agency_by_treatment: BTreeMap<String, f64>,
    /// The share of right derivations.
    pub derivation_by_treatment: BTreeMap<String, f64>,
}

/// Articles that are looked at: enough for figures that do not move, few enough to be held.
const LOOKED_AT: u64 = 20_000;

impl Accuracy {
    /// Compares the folder of a run of so many articles with what is true of those that are
    /// [`looked_at`].
    pub fn of_run(events: &[Event], articles: u64, run: &Path) -> Result<Self> {
        let places = places(events);
        let is_known = |id: &str| places.contains_key(id);
        let mut score = Score::new(events, &places);
        for row in rows::<PassageRow>(run.join("passages.jsonl"), is_known)? {
            score.found(&row?);
        }
        let mut accuracy = score.passages();
        (accuracy.articles, accuracy.looked_at) = (articles, places.len() as u64);
        let mut kinds = Kinds::default();
        for row in rows::<ArticleRow>(run.join("articles.jsonl"), is_known)? {
            let row = row?;
            if let Some(told) = score.told(&row.id) {
                kinds.add(told, &row);
            }
        }
        kinds.finish(&mut accuracy);
        Ok(accuracy)
    }
}

/// The first of so many invented articles, as far as they are looked at, in the rayon pool it is called
/// in.
pub fn looked_at(synth: &Synth, articles: u64) -> Result<Vec<Event>> {
    let tickets: Vec<Ticket> = synth.events(articles.min(LOOKED_AT))?.collect();
    Ok(tickets.par_iter().map(|ticket| synth.event(ticket)).collect())
}

/// Where articles are, by id: number of the event, and of the article in it.
type Places<'e> = FxHashMap<&'e str, (usize, usize)>;

fn places(events: &[Event]) -> Places<'_> {
    let places = events.iter().enumerate().flat_map(|(at, event)| {
        let ids = event.articles.iter().map(|told| told.article.id.as_str()).enumerate();
        ids.map(move |(ix, id)| (id, (at, ix)))
    });
    places.collect()
}

#[derive(Deserialize)]
struct PassageRow {
    a: String,
    b: String,
    a_start: u32,
    a_end: u32,
    b_start: u32,
    b_end: u32,
    kind: String,
}

#[derive(Deserialize)]
struct ArticleRow {
    id: String,
    agency: Option<String>,
    derivation: String,
    credited: bool,
    treatment: Option<String>,
}

/// The rows of a file of a run, but for those whose first field is an id that is not wanted: of a large
/// run few are, and a row is mostly text.
pub(super) fn rows<Row: for<'de> Deserialize<'de>>(
    path: PathBuf,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<impl Iterator<Item = Result<Row>>> {
    const BUFFER: usize = 1 << 18;
    let file = File::open(&path).map_err(Error::io(&path))?;
    let mut file = BufReader::with_capacity(BUFFER, file);
    let (mut line, mut number) = (Vec::new(), 0);
    Ok(std::iter::from_fn(move || {
        loop {
            line.clear();
            match file.read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(_) => number += 1,
                Err(error) => return Some(Err(Error::io(&path)(error))),
            }
            if first_id(&line).is_some_and(|id| !is_wanted(id)) {
                continue;
            }
            return Some(serde_json::from_slice(&line).map_err(|error| Error::Malformed {
                at: Position::file(&path).line(number),
                reason: error.to_string(),
                hint: None,
            }));
        }
    }))
}

/// The first value of a row, if it is a string without escapes.
fn first_id(line: &[u8]) -> Option<&str> {
    let mut parts = std::str::from_utf8(line.get(..MOST_OF_ID.min(line.len()))?).ok()?.split('"');
    let (_, _, _) = (parts.next()?, parts.next()?, parts.next().filter(|colon| *colon == ":")?);
    let id = parts.next().filter(|id| !id.contains('\\'))?;
    parts.next().map(|_| id)
}

/// Ids of invented articles are shorter, with the name of the field.
const MOST_OF_ID: usize = 40;

/// Passages found and true, pair by pair.
struct Score<'e> {
    /// The articles, by id.
    articles: &'e Places<'e>,
    events: &'e [Event],
    /// By event and pair within it.
    found: FxHashMap<(usize, usize, usize), Vec<Sides>>,
    /// Precision of the passages found in pairs that share nothing: none.
    false_pairs: u64,
}

impl<'e> Score<'e> {
    fn new(events: &'e [Event], articles: &'e Places<'e>) -> Self {
        Self { articles, events, found: FxHashMap::default(), false_pairs: 0 }
    }

    fn told(&self, id: &str) -> Option<&'e Told> {
        self.articles.get(id).map(|&(event, ix)| &self.events[event].articles[ix])
    }

    fn found(&mut self, row: &PassageRow) {
        let place = |id: &str| self.articles.get(id).copied();
        let (Some(a), Some(b)) = (place(&row.a), place(&row.b)) else { return };
        let complete = |(event, _): (usize, usize)| self.events[event].is_complete();
        if row.kind == "boilerplate" || !complete(a) || !complete(b) {
            return;
        }
        if a.0 != b.0 {
            self.false_pairs += 1;
            return;
        }
        let mut sides = [(row.a_start, row.a_end), (row.b_start, row.b_end)];
        if a.1 > b.1 {
            sides.swap(0, 1);
        }
        self.found.entry((a.0, a.1.min(b.1), a.1.max(b.1))).or_default().push(sides);
    }

    fn passages(&self) -> Accuracy {
        let (mut precision, mut granularity) = (Mean::default(), Mean::default());
        let mut recall = Mean::default();
        let [mut levels, mut texts, mut relations, mut treatments] = [const { BTreeMap::new() }; 4];
        for (at, event) in self.events.iter().enumerate().filter(|(_, event)| event.is_complete()) {
            for pair in &event.pairs {
                let found = self.found.get(&(at, pair.a, pair.b)).map_or(&[][..], Vec::as_slice);
                let sides = |p: &crate::synth::Passage| [p.a_points, p.b_points];
                let truth: Vec<Sides> = pair.passages.iter().map(sides).collect();
                for passage in found {
                    precision.add(size(&cuts(passage, &truth)) / size(&[*passage]));
                }
                for (passage, sides) in pair.passages.iter().zip(&truth) {
                    let cuts = cuts(sides, found);
                    let share = size(&cuts) / size(&[*sides]);
                    recall.add(share);
                    if !cuts.is_empty() {
                        granularity.add(cuts.len() as f64);
                    }
                    by(&mut levels, &passage.level).add(share);
                    by(&mut texts, &passage.level).weigh(share, size(&[*sides]));
                    by(&mut relations, &passage.relation).add(share);
                    if let Some(source) = pair.source {
                        let taker = if source == pair.a { pair.b } else { pair.a };
                        by(&mut treatments, &event.articles[taker].treatment).add(share);
                    }
                }
            }
        }
        precision.count += self.false_pairs as f64;
        let (p, r, g) = (precision.mean(), recall.mean(), granularity.mean().max(1.0));
        Accuracy {
            precision: p,
            recall: r,
            granularity: g,
            plagdet: f_measure(p, r, 1.0) / (1.0 + g).log2(),
            recall_by_level: means(levels),
            text_by_level: means(texts),
            recall_by_relation: means(relations),
            recall_by_treatment: means(treatments),
            ..Accuracy::default()
        }
    }
}

/// Whose articles were known for what they are.
#[derive(Default)]
struct Kinds {
    agency: Mean,
    derivation: Mean,
    credited: Mean,
    treatment: Mean,
    agencies: BTreeMap<String, Mean>,
    derivations: BTreeMap<String, Mean>,
}

impl Kinds {
    fn add(&mut self, told: &Told, row: &ArticleRow) {
        let agency = f64::from(u8::from(row.agency.as_deref() == told.agency));
        let is = match told.derivation {
            Derivation::WhollyDerived => "wholly-derived",
            Derivation::PartiallyDerived => "partially-derived",
            Derivation::NonDerived => "non-derived",
        };
        let derivation = f64::from(u8::from(row.derivation == is));
        self.agency.add(agency);
        self.derivation.add(derivation);
        self.credited.add(f64::from(u8::from(row.credited == told.credited)));
        if let Some(is) = treatment(told.treatment) {
            let said = row.treatment.as_deref().unwrap_or_default();
            self.treatment.add(f64::from(u8::from(said == is)));
        }
        by(&mut self.agencies, &told.treatment).add(agency);
        by(&mut self.derivations, &told.treatment).add(derivation);
    }

    fn finish(self, accuracy: &mut Accuracy) {
        accuracy.agency = self.agency.mean();
        accuracy.derivation = self.derivation.mean();
        accuracy.credited = self.credited.mean();
        accuracy.treatment = self.treatment.mean();
        accuracy.agency_by_treatment = means(self.agencies);
        accuracy.derivation_by_treatment = means(self.derivations);
    }
}

/// What a run should call it, where it has a name for it; nothing if the article took nothing.
fn treatment(is: Treatment) -> Option<&'static str> {
    Some(match is {
        Treatment::Original | Treatment::Update => return None,
        Treatment::Verbatim => "verbatim",
        Treatment::Trimmed => "trimmed",
        Treatment::NewHeadline => "new-headline",
        Treatment::NewLede => "new-lede",
        Treatment::Rewritten => "rewritten",
        Treatment::Merged => "merged",
        Treatment::Embedded | Treatment::Background => "embedded",
        Treatment::QuotationOnly => "quotation-only",
        Treatment::Independent => "",
    })
}

/// The mean of what a value of an enum is called in files.
fn by<'m>(means: &'m mut BTreeMap<String, Mean>, name: &impl Serialize) -> &'m mut Mean {
    let name = serde_json::to_string(name).expect("names have no keys");
    means.entry(name.trim_matches('"').to_owned()).or_default()
}

fn means(means: BTreeMap<String, Mean>) -> BTreeMap<String, f64> {
    means.into_iter().map(|(name, mean)| (name, mean.mean())).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_run_that_found_all_is_right_and_one_that_found_nothing_is_not() {
        let synth = Synth::new(4);
        let folder = tempfile::tempdir().unwrap();
        let (mut passages, mut articles) = (Vec::new(), Vec::new());
        for event in synth.events(300).unwrap().map(|ticket| synth.event(&ticket)) {
            let id = |ix: usize| &event.articles[ix].article.id;
            for pair in &event.pairs {
                for p in &pair.passages {
                    // A pair has no direction.
                    let row = serde_json::json!({
                        "a": id(pair.b), "a_start": p.b_points.0, "a_end": p.b_points.1,
                        "b": id(pair.a), "b_start": p.a_points.0, "b_end": p.a_points.1,
                        "kind": "copy",
                    });
                    passages.push(row.to_string() + "\n");
                }
            }
            for told in &event.articles {
                let row = serde_json::json!({
                    "id": told.article.id, "agency": told.agency,
                    "derivation": told.derivation, "credited": told.credited,
                });
                articles.push(row.to_string() + "\n");
            }
        }
        fs::write(folder.path().join("passages.jsonl"), passages.concat()).unwrap();
        fs::write(folder.path().join("articles.jsonl"), articles.concat()).unwrap();
        let events = looked_at(&synth, 300).unwrap();
        let right = Accuracy::of_run(&events, 300, folder.path()).unwrap();
        for figure in [right.precision, right.recall, right.plagdet, right.agency, right.derivation]
        {
            assert!((figure - 1.0).abs() < 1e-9, "{right:?}");
        }
        assert_eq!(right.recall_by_level.len(), 4);

        fs::write(folder.path().join("passages.jsonl"), "").unwrap();
        let nothing = Accuracy::of_run(&events, 300, folder.path()).unwrap();
        assert_eq!((nothing.recall, nothing.plagdet, nothing.agency), (0.0, 0.0, 1.0));
    }

    #[test]
    fn rows_are_known_by_their_first_field() {
        assert_eq!(first_id(br#"{"a":"00ff","b":"0101","a_text":"so it goes"}"#), Some("00ff"));
        assert_eq!(first_id(br#"{"id":"00ff"}"#), Some("00ff"));
        // Better to look at a row in vain than to leave one out.
        for row in [
            r#"{"id":"0\"1","b":""}"#,
            r#"{"id":7,"b":"x"}"#,
            r#"{"id":"a-long-and-unusual-id-of-40-characters"}"#,
            "{}",
        ] {
            assert_eq!(first_id(row.as_bytes()), None, "{row}");
        }
    }
}
