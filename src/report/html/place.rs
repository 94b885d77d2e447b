//! Which articles and copies a page holds, and in what order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::held::Held;

/// Articles and copies by their places on the page.
pub(super) struct Places {
    /// The articles, story by story, largest first; then those of no story.
    pub(super) order: Vec<u32>,
    /// The copies that these articles are, or took from.
    pub(super) copies: Vec<u32>,
    of: Vec<Option<u32>>,
    copy_of: FxHashMap<String, u32>,
}

impl Places {
    /// At most `limit` articles: those of the largest stories, then the others in order of id.
    pub(super) fn of_run(held: &Held<'_>, limit: usize) -> Self {
        let mut of = vec![None; held.rows.len()];
        let mut order = Vec::new();
        let members = held.stories.iter().flat_map(|story| &story.articles);
        let members = members.filter_map(|id| held.number(id));
        for ix in members.chain(0..held.rows.len() as u32) {
            if order.len() < limit && of[ix as usize].is_none() {
                of[ix as usize] = Some(order.len() as u32);
                order.push(ix);
            }
        }
        let is_here = |id: &String| held.number(id).is_some_and(|ix| of[ix as usize].is_some());
        let wanted: FxHashSet<&str> = order
            .iter()
            .flat_map(|&ix| &held.rows[ix as usize].sources)
            .filter_map(|source| source.copy.as_deref())
            .collect();
        let mut copies = Vec::new();
        let mut copy_of = FxHashMap::default();
        for (ix, copy) in held.copies.iter().enumerate() {
            let Some(id) = &copy.id else { continue };
            if copy.article.as_ref().is_none_or(is_here) && wanted.contains(&**id) {
                copy_of.insert(id.clone(), copies.len() as u32);
                copies.push(ix as u32);
            }
        }
        Self { order, copies, of, copy_of }
    }

    /// Place of an article, if the page holds it.
    pub(super) fn of(&self, article: u32) -> Option<u32> {
        self.of[article as usize]
    }

    /// Place of a copy, if the page holds it.
    pub(super) fn copy(&self, id: &str) -> Option<u32> {
        self.copy_of.get(id).copied()
    }
}
