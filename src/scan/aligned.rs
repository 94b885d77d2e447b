//! Aligning: what pairs of articles share, and where it stands in their texts.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::clock::Steps;
use super::{Ground, Scan};
use crate::align::{Aligner, Side, Work};
use crate::article::{ArticleIx, Pair};
use crate::judge::{Passage, Said};
use crate::story::Story;
use crate::words::Worth;

/// One story is held against at most this many others at a time, so that a star is shared out.
const AT_ONCE: usize = 256;

/// A thread takes at most so many of these at a time: see `sketched::SHARED_OUT`.
const SHARED_OUT: usize = 64;

impl Scan {
    /// Aligns all pairs and has it judged what they share; passages come by pair, then by place;
    /// and how much work that was.
    pub(super) fn aligned(
        &self,
        pairs: &[Pair],
        ground: &Ground,
        accept: impl Fn(&mut Vec<Passage>, usize) + Sync,
        steps: &Steps<'_>,
    ) -> (Vec<Passage>, Work) {
        let (work, Ground { stories, worth, .. }) = (Mutex::new(Work::default()), ground);
        let look = |article: ArticleIx| Look {
            story: &stories[article.ix()],
            worth: &worth[article.ix()],
        };
        let by_first = pairs.chunk_by(|x, y| x.a == y.a);
        let stars: Vec<&[Pair]> = by_first.flat_map(|pairs| pairs.chunks(AT_ONCE)).collect();
        let passages = stars
            .par_iter()
            .with_max_len(SHARED_OUT)
            .map_init(
                || Aligner::new(&self.options.align),
                |aligner, &pairs| {
                    let a = look(pairs[0].a);
                    let a_marks = Marks::of(a.story);
                    aligner.hold(a.side());
                    let mut found = Vec::new();
                    for &pair in pairs {
                        let b = look(pair.b);
                        let alignments = aligner.against(a.side(), b.side());
                        if alignments.is_empty() {
                            continue;
                        }
                        let b_marks = Marks::of(b.story);
                        let (a_said, b_said) = (a.said(&a_marks), b.said(&b_marks));
                        let passage = |found| Passage::of(pair, found, a_said, b_said);
                        let mut shared: Vec<Passage> = alignments.iter().map(passage).collect();
                        accept(&mut shared, a.story.words().len().min(b.story.words().len()));
                        shared.sort_by_key(|passage| (passage.a, passage.b));
                        for passage in &mut shared {
                            passage.a_span = a.story.span(passage.a);
                            passage.b_span = b.story.span(passage.b);
                        }
                        found.append(&mut shared);
                    }
                    *work.lock().unwrap_or_else(PoisonError::into_inner) += aligner.take_work();
                    steps.add(pairs.len());
                    found
                },
            )
            .flatten_iter()
            .collect();
        (passages, work.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What aligning needs to know of a story.
#[derive(Clone, Copy)]
struct Look<'a> {
    story: &'a Story,
    worth: &'a Worth,
}

impl<'a> Look<'a> {
    fn side(self) -> Side<'a> {
        Side { words: self.story.words(), bits: self.worth.alone(), breaks: self.story.breaks() }
    }

    fn said(self, marks: &'a Marks) -> Said<'a> {
        Said {
            bits: self.worth.alone(),
            after_two: self.worth.after_two(),
            quoted: &marks.quoted,
            figures: &marks.figures,
        }
    }
}

/// For every word of a story whether it is quoted, and whether it is a figure.
struct Marks {
    quoted: Vec<bool>,
    figures: Vec<bool>,
}

impl Marks {
    fn of(story: &Story) -> Self {
        Self { quoted: story.quoted(), figures: story.is_figure() }
    }
}
