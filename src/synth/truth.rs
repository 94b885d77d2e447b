//! What is true of an event's articles: which passages they share, who took them from whom.

use serde::Serialize;

use super::Level;
use super::page::Place;
use super::text::{Home, Part, Role};
use crate::span::Span;

/// What two articles of an event share.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shared {
    /// Number of an article within its event; `a` is before `b`.
    pub a: usize,
    /// The other.
    pub b: usize,
    /// The strongest thing they share.
    pub label: Label,
    /// Which of the two the other took it from, if one did: else both took it from a third, or shared
    /// nothing.
    pub source: Option<usize>,
    /// The passages, in order of the text of `a`.
    pub passages: Vec<Passage>,
}

/// The strongest thing two articles share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Label {
    /// Nothing but the facts of an event.
    None,
    /// A quotation.
    Quote,
    /// Copy.
    Copy,
}

/// How two articles come to share a passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Relation {
    /// One is the agency's copy.
    Wire,
    /// Neither is: both took it from the same copy, or one is a later version of the other.
    Sibling,
    /// A paragraph of background that stands outside of its story.
    Background,
    /// Somebody said it, and both report that; of the words around it they share fewer than
    /// [`MIN_WORDS`].
    Quote,
}

/// A passage that two articles share, at least [`MIN_WORDS`] words on either side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the text of `a`, in bytes, without marks around it.
    pub a: Span,
    /// And of `b`.
    pub b: Span,
    /// The first in Unicode code points.
    pub a_points: (u32, u32),
    /// The second.
    pub b_points: (u32, u32),
    /// Words of it in `a`.
    pub words: u32,
    /// How far the two sides differ.
    pub level: Level,
    /// How they come to share it.
    pub relation: Relation,
}

/// A shared passage has this many words on either side: fewer prove nothing.
pub const MIN_WORDS: u32 = 8;

/// An article as the search for shared passages sees it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side<'a> {
    pub(super) places: &'a [Place],
    /// The story whose copy it takes, by its first copy, and that of a second.
    pub(super) stories: [Option<u8>; 2],
    /// Whether it is an agency's copy itself.
    pub(super) is_copy: bool,
    /// Whether it only takes background.
    pub(super) is_background: bool,
}

impl Side<'_> {
    /// Whether it takes up a story, and not only a paragraph of its background.
    pub(super) fn is_of(&self, story: u8) -> bool {
        !self.is_background && self.stories.contains(&Some(story))
    }
}

/// Finds all passages that two articles share.
#[derive(Debug)]
pub(super) struct Matcher<'a> {
    parts: &'a [Part],
    /// Which story the copy of a number belongs to.
    stories: &'a [u8],
    /// For each part where it stands in the article that is held, counted from 1; 0 where it does not.
    held: Vec<u32>,
}

impl<'a> Matcher<'a> {
    pub(super) fn new(parts: &'a [Part], stories: &'a [u8]) -> Self {
        Self { parts, stories, held: vec![0; parts.len()] }
    }

    /// Holds an article against which others are looked at.
    pub(super) fn hold(&mut self, side: Side<'_>) {
        for (place, number) in side.places.iter().zip(1..) {
            self.held[place.part as usize] = number;
        }
    }

    pub(super) fn release(&mut self, side: Side<'_>) {
        for place in side.places {
            self.held[place.part as usize] = 0;
        }
    }

    /// The passages that `a` shares with the article that is held, in order of `a`.
    ///
    /// Parts that follow each other in both articles make one passage; two that changed places do
    /// too.
    pub(super) fn against(&self, a: Side<'_>, held: Side<'_>) -> Vec<Passage> {
        let (x, y) = (a.places, held.places);
        let stands = |i: usize| {
            x.get(i).and_then(|place| (self.held[place.part as usize] as usize).checked_sub(1))
        };
        let follows = |i: usize| x[i].at == x[i - 1].at + 1;
        let follow = |from: usize, to: usize| y[to].at - y[from].at == (to - from) as u32;
        let mut passages = Vec::new();
        let mut i = 0;
        while i < x.len() {
            let Some(start) = stands(i) else {
                i += 1;
                continue;
            };
            let (first, mut lo, mut hi) = (i, start, start);
            i += 1;
            if start > 0 && stands(i) == Some(start - 1) && follows(i) && follow(start - 1, start) {
                (lo, i) = (start - 1, i + 1);
            }
            while let Some(next) = stands(i).filter(|_| follows(i)) {
                if next == hi + 1 && follow(hi, next) {
                    (hi, i) = (next, i + 1);
                } else if next == hi + 2
                    && stands(i + 1) == Some(hi + 1)
                    && follows(i + 1)
                    && follow(hi, next)
                {
                    (hi, i) = (next, i + 2);
                } else {
                    break;
                }
            }
            passages.extend(self.passage(&x[first..i], &y[lo..=hi], a, held));
        }
        passages
    }

    fn passage(&self, x: &[Place], y: &[Place], a: Side<'_>, b: Side<'_>) -> Option<Passage> {
        let words = |places: &[Place]| places.iter().map(|place| place.words).sum::<u32>();
        if words(x).min(words(y)) < MIN_WORDS {
            return None;
        }
        let level = |x: &Place| {
            let y = y.iter().find(|y| y.part == x.part).expect("the two sides have the same parts");
            if x.print == y.print { Level::Verbatim } else { x.level.max(y.level) }
        };
        let mut level = x.iter().map(level).max().unwrap_or(Level::Verbatim);
        if x.iter().zip(y).any(|(x, y)| x.part != y.part) {
            // What changed places was rewritten by somebody.
            level = level.max(Level::Moderate);
        }
        let whole = |places: &[Place]| places[0].span.hull(places[places.len() - 1].span);
        let points = |places: &[Place]| (places[0].points.0, places[places.len() - 1].points.1);
        Some(Passage {
            a: whole(x),
            b: whole(y),
            a_points: points(x),
            b_points: points(y),
            words: words(x),
            level,
            relation: self.relation(x, a, b),
        })
    }

    fn relation(&self, x: &[Place], a: Side<'_>, b: Side<'_>) -> Relation {
        let quoted = |place: &&Place| place.role == Role::Quoted;
        let said: u32 = x.iter().filter(quoted).map(|place| place.words).sum();
        let around = x.iter().map(|place| place.words).sum::<u32>() - said;
        let home = x
            .iter()
            .map(|place| self.parts[place.part as usize].home)
            .find(|home| *home != Home::Said)
            .unwrap_or(Home::Said);
        if said > 0 && around < MIN_WORDS {
            return Relation::Quote;
        }
        let Home::Copy(copy) = home else { return Relation::Sibling };
        let story = self.stories[usize::from(copy)];
        if !a.is_of(story) || !b.is_of(story) {
            return Relation::Background;
        }
        let is_wire = |side: Side<'_>| side.is_copy && side.stories[0] == Some(story);
        if is_wire(a) || is_wire(b) { Relation::Wire } else { Relation::Sibling }
    }
}
