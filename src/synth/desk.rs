//! An editor's desk: makes an article of copy, of an outlet's own, or of both.

use super::dice::{self, Dice};
use super::edit::rewrite;
use super::outlet::Outlet;
use super::plan::{CopyKind, CopyPlan, Task};
use super::text::{Entry, Home, Opens, Quoting, Texts, sentence_starts};
use super::{Level, Treatment};

/// An article before it is set.
#[derive(Debug, Clone)]
pub(super) struct Draft {
    pub(super) entries: Vec<Entry>,
    pub(super) treatment: Treatment,
    /// The copies it takes from, the main one first.
    pub(super) copies: Vec<usize>,
    /// Whether it takes a paragraph of background and no more.
    pub(super) is_background: bool,
}

/// Sentences of a report, the median: with some two dozen words each it has 2 KB.
const SENTENCES: usize = 14;

/// Words and marks of the shortest paragraph that is taken on its own.
const PARAGRAPH: usize = 26;

/// Writes the agencies' copies of an event.
pub(super) fn copies(plan: &[CopyPlan], texts: &mut Texts<'_>, dice: &mut Dice) -> Vec<Vec<Entry>> {
    let mut copies: Vec<Vec<Entry>> = Vec::new();
    for (number, copy) in plan.iter().enumerate() {
        let home = Home::Copy(number as u8);
        let length = dice::length(dice, SENTENCES).clamp(5, 80);
        let mut report = texts.report(length, home, Quoting::Common, dice);
        match copy.kind {
            CopyKind::Report => {}
            // The newest comes first, then what was sent before, without its end.
            CopyKind::Version => {
                let before = &copies[0];
                cut_to(&mut report, 2 + dice.below(3));
                let keep = nth_sentence(before, sentences(before) * (7 + dice.below(4)) / 10);
                report.extend(not_in(&report, before[..keep].to_vec()));
            }
            CopyKind::FollowUp => {
                let background = block(&copies[0], 1 + dice.below(2), texts, dice);
                insert(&mut report, background, dice);
            }
        }
        copies.push(report);
    }
    copies
}

/// Makes an article; `earlier` are those of the event that were made before.
pub(super) fn article(
    task: Task,
    copies: &[Vec<Entry>],
    earlier: &[Draft],
    outlets: &[Outlet],
    texts: &mut Texts<'_>,
    dice: &mut Dice,
) -> Draft {
    match task {
        Task::Copy { copy } => Draft {
            entries: copies[copy].clone(),
            treatment: Treatment::Original,
            copies: vec![copy],
            is_background: false,
        },
        Task::Independent { quotes, .. } => {
            let quoting = if quotes { Quoting::Common } else { Quoting::Nobody };
            let length = dice::length(dice, SENTENCES).clamp(5, 80);
            let entries = texts.report(length, Home::Own, quoting, dice);
            let quotes = entries.iter().any(|e| texts.parts[e.part as usize].home != Home::Own);
            let treatment = if quotes { Treatment::QuotationOnly } else { Treatment::Independent };
            Draft { entries, treatment, copies: Vec::new(), is_background: false }
        }
        Task::Update { of, .. } => update(&earlier[of], texts, dice),
        Task::Pickup { outlet, copy, second, treatment } => {
            let from = From { copy: &copies[copy], second: second.map(|second| &*copies[second]) };
            let entries = pickup(&from, treatment, &outlets[outlet], texts, dice);
            Draft {
                entries,
                treatment,
                copies: std::iter::once(copy).chain(second).collect(),
                is_background: treatment == Treatment::Background,
            }
        }
    }
}

struct From<'c> {
    copy: &'c [Entry],
    second: Option<&'c [Entry]>,
}

fn pickup(
    from: &From<'_>,
    treatment: Treatment,
    outlet: &Outlet,
    texts: &mut Texts<'_>,
    dice: &mut Dice,
) -> Vec<Entry> {
    let mut taken = from.copy.to_vec();
    match treatment {
        Treatment::Trimmed => trim(&mut taken, dice),
        Treatment::NewLede => {
            taken.drain(..nth_sentence(&taken, 1 + dice.below(2)));
            if dice.per_mille(250 * outlet.trims) {
                trim(&mut taken, dice);
            }
            rewrite(&mut taken, in_passing(dice), texts, dice);
            let lede = texts.own(1 + dice.below(3), dice);
            taken.splice(..0, lede);
        }
        Treatment::Rewritten => {
            if dice.per_mille(500) {
                trim(&mut taken, dice);
            }
            let level = [Level::Light, Level::Moderate, Level::Heavy][dice.which(&[4, 4, 3])];
            rewrite(&mut taken, level, texts, dice);
        }
        Treatment::Merged => merge(&mut taken, from.second, texts, dice),
        Treatment::Embedded | Treatment::Background => {
            return embed(&taken, treatment, texts, dice);
        }
        _ => {}
    }
    taken
}

/// Cuts the one copy and puts blocks of the other into it.
fn merge(taken: &mut Vec<Entry>, second: Option<&[Entry]>, texts: &mut Texts<'_>, dice: &mut Dice) {
    let Some(second) = second else { return };
    trim(taken, dice);
    rewrite(taken, in_passing(dice), texts, dice);
    for _ in 0..=dice.below(2) {
        let mut block = block(second, 2 + dice.below(3), texts, dice);
        rewrite(&mut block, in_passing(dice), texts, dice);
        insert(taken, block, dice);
    }
}

/// Puts blocks of copy into a report of the outlet's own; of background only one, of a sentence.
fn embed(
    copy: &[Entry],
    treatment: Treatment,
    texts: &mut Texts<'_>,
    dice: &mut Dice,
) -> Vec<Entry> {
    let mut own = texts.report(sentences(copy).max(8), Home::Own, Quoting::Nobody, dice);
    let (blocks, most) =
        if treatment == Treatment::Embedded { (1 + dice.below(3), 3) } else { (1, 1) };
    for _ in 0..blocks {
        let mut block = block(copy, 1 + dice.below(most), texts, dice);
        rewrite(&mut block, in_passing(dice), texts, dice);
        insert(&mut own, block, dice);
    }
    own
}

/// How far an outlet rewrites what it takes into something else.
fn in_passing(dice: &mut Dice) -> Level {
    [Level::Verbatim, Level::Light, Level::Moderate, Level::Heavy][dice.which(&[40, 30, 20, 10])]
}

/// A later version: something new in front or in between, and the end may go.
fn update(earlier: &Draft, texts: &mut Texts<'_>, dice: &mut Dice) -> Draft {
    let mut entries = earlier.entries.clone();
    if dice.per_mille(400) {
        trim(&mut entries, dice);
    }
    let new = texts.own(1 + dice.below(3), dice);
    if dice.per_mille(500) {
        entries.splice(..0, new);
    } else {
        insert(&mut entries, new, dice);
    }
    Draft { entries, treatment: Treatment::Update, ..earlier.clone() }
}

fn sentences(entries: &[Entry]) -> usize {
    sentence_starts(entries).count()
}

/// Where a sentence begins, or the end.
fn nth_sentence(entries: &[Entry], number: usize) -> usize {
    sentence_starts(entries).nth(number).unwrap_or(entries.len())
}

fn cut_to(entries: &mut Vec<Entry>, sentences: usize) {
    let end = nth_sentence(entries, sentences);
    entries.truncate(end);
}

/// Cuts from below, and now and then a sentence inside.
fn trim(entries: &mut Vec<Entry>, dice: &mut Dice) {
    let all = sentences(entries);
    cut_to(entries, (all * (3 + dice.below(6)) / 10).max(3));
    if dice.per_mille(300) {
        let at = 1 + dice.below(sentences(entries).max(2) - 1);
        let (start, end) = (nth_sentence(entries, at), nth_sentence(entries, at + 1));
        entries.drain(start..end);
    }
}

/// Some sentences in a row, not those at the very front, as a paragraph.
fn block(from: &[Entry], count: usize, texts: &Texts<'_>, dice: &mut Dice) -> Vec<Entry> {
    let all = sentences(from);
    let first = (1 + dice.below(all.max(2) - 1)).min(all - 1);
    let long = |entries: &[Entry]| -> usize {
        entries.iter().map(|entry| texts.tokens(entry.wording).len()).sum()
    };
    let start = nth_sentence(from, first);
    let mut end = nth_sentence(from, first + count);
    // A paragraph, and not half a line.
    while long(&from[start..end]) < PARAGRAPH && end < from.len() {
        end = (end + 1..=from.len())
            .find(|&at| at == from.len() || from[at].opens != Opens::Nothing)
            .unwrap_or(from.len());
    }
    let mut block = from[start..end].to_vec();
    if let Some(first) = block.first_mut() {
        first.opens = Opens::Paragraph;
    }
    block
}

/// The sentences of a block that are not in the article already, whole.
fn not_in(entries: &[Entry], mut block: Vec<Entry>) -> Vec<Entry> {
    let starts: Vec<usize> = sentence_starts(&block).chain([block.len()]).collect();
    for ends in starts.windows(2).rev() {
        let known = |new: &Entry| entries.iter().any(|old| old.part == new.part);
        if block[ends[0]..ends[1]].iter().any(known) {
            block.drain(ends[0]..ends[1]);
        }
    }
    block
}

/// Puts a block between two paragraphs.
fn insert(entries: &mut Vec<Entry>, block: Vec<Entry>, dice: &mut Dice) {
    let mut block = not_in(entries, block);
    if let Some(first) = block.first_mut() {
        first.opens = Opens::Paragraph;
    }
    let breaks: Vec<usize> =
        (1..entries.len()).filter(|&at| entries[at].opens == Opens::Paragraph).collect();
    let at = if breaks.is_empty() { entries.len() } else { *dice.pick(&breaks) };
    entries.splice(at..at, block);
}
