//! What one file, or a stretch of it, gives: articles, and what is to be said about the rest.

use std::sync::Arc;

use super::fields::{Names, Record};
use super::files::File;
use crate::article::Article;
use crate::error::{Note, Position};
use crate::hash;

/// Where records stand and what their fields are called.
pub(super) struct Context<'a, K> {
    pub(super) file: &'a File,
    pub(super) names: &'a Names,
    pub(super) keep: Keep<'a, K>,
}

impl<K> Clone for Context<'_, K> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<K> Copy for Context<'_, K> {}

/// What is to be kept of some articles beside them, one by one; it may take their texts away.
pub(super) type Keep<'a, K> = &'a (dyn Fn(&mut [Article]) -> Vec<K> + Sync);

/// Articles of which it is asked at once: few, for until then their texts are in memory.
const AT_ONCE: usize = 32;

/// Bytes of a text that does not wait for others.
const LONG: usize = 1 << 18;

/// Articles with what is kept beside them: lists by article, so that none has to be moved to be parted.
#[derive(Debug)]
pub(super) struct Taken<K> {
    pub(super) articles: Vec<Article>,
    /// Hashes of their texts.
    pub(super) prints: Vec<u128>,
    pub(super) kept: Vec<K>,
}

impl<K> Taken<K> {
    /// None yet, and room for so many.
    pub(super) fn with_room(articles: usize) -> Self {
        Self {
            articles: Vec::with_capacity(articles),
            prints: Vec::with_capacity(articles),
            kept: Vec::with_capacity(articles),
        }
    }

    /// Makes room for so many more, if there is as much memory.
    pub(super) fn reserve(&mut self, articles: usize) {
        // If not, room is made when it is needed.
        let _ = self.articles.try_reserve_exact(articles);
        let _ = self.prints.try_reserve_exact(articles);
        let _ = self.kept.try_reserve_exact(articles);
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.articles.len()
    }

    /// Adds others behind them.
    pub(super) fn append(&mut self, mut later: Self) {
        if self.articles.capacity() == 0 {
            // Most often there is one file with all of them.
            *self = later;
            return;
        }
        self.articles.append(&mut later.articles);
        self.prints.append(&mut later.prints);
        self.kept.append(&mut later.kept);
    }

    /// Lets two change places.
    pub(super) fn swap(&mut self, x: usize, y: usize) {
        self.articles.swap(x, y);
        self.prints.swap(x, y);
        self.kept.swap(x, y);
    }

    /// Keeps those of which it is true.
    pub(super) fn retain(&mut self, stays: &[bool]) {
        fn retain<T>(list: &mut Vec<T>, stays: &[bool]) {
            let mut stays = stays.iter();
            list.retain(|_| stays.next().copied().unwrap_or(true));
        }
        retain(&mut self.articles, stays);
        retain(&mut self.prints, stays);
        retain(&mut self.kept, stays);
    }
}

/// Articles of one file in its order, what was left out, and notes on what was taken.
#[derive(Debug)]
pub(super) struct Batch<K> {
    pub(super) file: Arc<str>,
    pub(super) taken: Taken<K>,
    pub(super) skipped: Vec<Note>,
    /// Articles whose date could not be read.
    undated: Tally,
    /// Articles some bytes of which could not be decoded.
    mended: Tally,
}

impl<K> Batch<K> {
    pub(super) fn new(file: &File) -> Self {
        Self::with_room(file, 0)
    }

    /// The same with room for so many articles.
    pub(super) fn with_room(file: &File, articles: usize) -> Self {
        Self {
            file: Arc::clone(&file.at.file),
            taken: Taken::with_room(articles),
            skipped: Vec::new(),
            undated: Tally::default(),
            mended: Tally::default(),
        }
    }

    /// Takes a record, or lists why it is no article; `fields` names those it has.
    pub(super) fn take(
        &mut self,
        record: Record<'_>,
        at: Position,
        context: Context<'_, K>,
        fields: impl FnOnce() -> Vec<String>,
    ) {
        match record.article(at, &context.file.name) {
            Ok((article, None)) => self.push(article, context.keep),
            Ok((article, Some(date))) => {
                self.undated.add(article.at.clone(), || format!("date \"{date}\" not understood"));
                self.push(article, context.keep);
            }
            Err((at, unfit)) => self.skip(at, unfit.reason(context.names, &fields())),
        }
    }

    pub(super) fn push(&mut self, article: Article, keep: Keep<'_, K>) {
        let is_long = article.text.len() >= LONG;
        self.taken.prints.push(hash::text(article.text.as_bytes()));
        self.taken.articles.push(article);
        if is_long || self.taken.articles.len() - self.taken.kept.len() == AT_ONCE {
            self.keep(keep);
        }
    }

    /// Keeps what is to be kept of articles of which that has not been done: after the last one.
    pub(super) fn keep(&mut self, keep: Keep<'_, K>) {
        let Taken { articles, kept, .. } = &mut self.taken;
        kept.append(&mut keep(&mut articles[kept.len()..]));
    }

    pub(super) fn skip(&mut self, at: Position, reason: impl Into<String>) {
        self.skipped.push(Note { at, reason: reason.into() });
    }

    /// Notes that bytes of a text were replaced.
    pub(super) fn mended(&mut self, at: Position) {
        self.mended.add(at, || {
            "some bytes are not valid UTF-8: each taken as the character U+FFFD".to_owned()
        });
    }

    /// Adds what a later stretch of the same file gave.
    pub(super) fn append(&mut self, mut later: Self) {
        self.taken.append(later.taken);
        self.skipped.append(&mut later.skipped);
        self.undated.append(later.undated);
        self.mended.append(later.mended);
    }

    /// Batches of one file in its order as one.
    pub(super) fn joined(batches: Vec<Self>, file: &File) -> Self {
        let articles = batches.iter().map(|batch| batch.taken.len()).sum();
        let mut whole = Self::with_room(file, articles);
        for batch in batches {
            whole.append(batch);
        }
        whole
    }

    /// What is to be told of articles that were taken.
    pub(super) fn notes(&mut self) -> impl Iterator<Item = Note> {
        let tallies = [&mut self.undated, &mut self.mended].map(std::mem::take);
        tallies.into_iter().filter_map(Tally::into_note)
    }
}

/// A note that is told once a file: where it is true first, and how often it is.
#[derive(Debug, Default)]
struct Tally {
    first: Option<Note>,
    more: u64,
}

impl Tally {
    fn add(&mut self, at: Position, reason: impl FnOnce() -> String) {
        match self.first {
            Some(_) => self.more += 1,
            None => self.first = Some(Note { at, reason: reason() }),
        }
    }

    fn append(&mut self, later: Self) {
        if self.first.is_some() {
            self.more += u64::from(later.first.is_some()) + later.more;
        } else {
            *self = later;
        }
    }

    fn into_note(self) -> Option<Note> {
        let Note { at, mut reason } = self.first?;
        if self.more > 0 {
            reason = format!("{reason} (and {} more in this file)", self.more);
        }
        Some(Note { at, reason })
    }
}
