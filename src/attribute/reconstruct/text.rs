//! Prints a rebuilt copy: every word as a witness has it, with what stands between words.

use std::collections::BTreeMap;

use super::columns::Kept;
use crate::clean::Zones;
use crate::span::Span;
use crate::words::Words;

/// Stands where something is missing: where no witness has both of two words that follow each other,
/// or those that have both have more than a few words between them.
const GAP: &str = " […] ";

/// As many words between two may be a change that no two witnesses agree on.
const FEW: u32 = 4;

/// The text of a copy, and its stretches with how many hold each of their words. `article` gives the
/// text of a witness and what in it is not the story.
pub(super) fn of<'a>(
    kept: &[Kept],
    article: impl Fn(usize) -> (&'a str, &'a Zones),
) -> (String, Vec<(Span, u32)>) {
    let mut printed = BTreeMap::new();
    for held in kept.iter().flat_map(|kept| &kept.held) {
        printed.entry(held.member).or_insert_with(|| Printed::of(article(held.member)));
    }
    let mut text = String::new();
    let mut support: Vec<(Span, u32)> = Vec::new();
    // The witness whose text is being followed, and its word that was printed last.
    let mut last: Option<(usize, u32)> = None;
    for (at, word) in kept.iter().enumerate() {
        let next = last.map(|last| follow(&kept[at - 1], word, last));
        let (member, place) = next.map_or_else(
            || (word.held[0].member, word.held[0].word),
            |next| (next.member, next.word),
        );
        let here = &printed[&member];
        match next {
            None => text.push_str(here.opening(place)),
            Some(Next { how: How::Adjacent, .. }) => text.push_str(here.between(place)),
            Some(Next { how: How::Later, .. }) => text.push(' '),
            Some(Next { how: How::Unknown, .. }) => {
                if let Some((member, place)) = last {
                    text.push_str(printed[&member].closing(place));
                }
                text.push_str(GAP);
                text.push_str(here.opening(place));
            }
        }
        let start = text.len();
        text.push_str(here.word(place));
        let (span, count) = (Span::new(start, text.len()), word.held.len() as u32);
        let gap = matches!(next, Some(Next { how: How::Unknown, .. }));
        match support.last_mut() {
            Some((stretch, same)) if *same == count && !gap => stretch.end = span.end,
            _ => support.push((span, count)),
        }
        last = Some((member, place));
    }
    if let Some((member, place)) = last {
        text.push_str(printed[&member].closing(place));
    }
    (text, support)
}

/// The witness to follow to the next word.
#[derive(Clone, Copy)]
struct Next {
    member: usize,
    word: u32,
    how: How,
}

#[derive(Clone, Copy)]
enum How {
    /// It has the word right after the last one.
    Adjacent,
    /// It has both, with a few other words between them.
    Later,
    /// Nobody has both so close.
    Unknown,
}

fn follow(before: &Kept, after: &Kept, last: (usize, u32)) -> Next {
    let place_before =
        |member: usize| before.held.iter().find(|held| held.member == member).map(|held| held.word);
    let adjacent = |held: &&super::columns::Held| {
        place_before(held.member).is_some_and(|place| place + 1 == held.word)
    };
    let same = after.held.iter().find(|held| (held.member, held.word) == (last.0, last.1 + 1));
    let next =
        |held: &super::columns::Held, how: How| Next { member: held.member, word: held.word, how };
    if let Some(held) = same.or_else(|| after.held.iter().find(adjacent)) {
        return next(held, How::Adjacent);
    }
    let later = after.held.iter().find(|held| {
        place_before(held.member)
            .is_some_and(|place| (place + 1..=place + 1 + FEW).contains(&held.word))
    });
    match later {
        Some(held) => next(held, How::Later),
        None => next(&after.held[0], How::Unknown),
    }
}

/// A witness with the places of its words.
struct Printed<'a> {
    text: &'a str,
    spans: Vec<Span>,
}

impl<'a> Printed<'a> {
    fn of((text, zones): (&'a str, &Zones)) -> Self {
        Self { text, spans: Words::of(text, &zones.story(text)).spans }
    }

    fn word(&self, place: u32) -> &'a str {
        &self.text[self.spans[place as usize]]
    }

    /// What stands before a word, after the one before it: a blank if that is something set aside.
    fn between(&self, place: u32) -> &'a str {
        let (before, word) = (self.spans[place as usize - 1], self.spans[place as usize]);
        let between = &self.text[before.end as usize..word.start as usize];
        if between.contains(char::is_alphanumeric) { " " } else { between }
    }

    /// The marks right before a word.
    fn opening(&self, place: u32) -> &'a str {
        let before = &self.text[..self.spans[place as usize].start as usize];
        let marks = before.trim_end_matches(['“', '"', '«', '„', '‘', '(', '「', '『']);
        &before[marks.len()..]
    }

    /// The marks right after a word.
    fn closing(&self, place: u32) -> &'a str {
        let after = &self.text[self.spans[place as usize].end as usize..];
        let mark = |c: char| !c.is_alphanumeric() && !c.is_whitespace() && !"([{“„«".contains(c);
        &after[..after.find(|c| !mark(c)).unwrap_or(after.len())]
    }
}
