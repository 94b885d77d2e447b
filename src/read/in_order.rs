//! Joins what the stretches of a file give, in its order, while others are still being read.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::batch::Batch;
use super::files::File;

/// Makes a batch of each stretch of a file, on all threads, and one of all of them in the order of the stretches.
/// `in_all` says of the first, and how many articles it gave, how many there may be in all.
pub(super) fn joined<S: Send, K: Send>(
    file: &File,
    stretches: impl Iterator<Item = S> + Send,
    batch: impl Fn(&S) -> Batch<K> + Sync,
    in_all: impl Fn(&S, usize) -> usize + Sync,
) -> Batch<K> {
    let joined = Mutex::new(InOrder::of(file));
    stretches.enumerate().par_bridge().for_each(|(number, stretch)| {
        let batch = batch(&stretch);
        let mut joined = joined.lock().unwrap_or_else(PoisonError::into_inner);
        if number == 0 {
            joined.whole.taken.reserve(in_all(&stretch, batch.taken.len()));
        }
        joined.add(number, batch);
    });
    let joined = joined.into_inner().unwrap_or_else(PoisonError::into_inner);
    debug_assert!(joined.waiting.is_empty());
    joined.whole
}

/// The batches of one file so far. Each is let go of as soon as those before it are there, so that its memory serves
/// for the next: were all held until the last has come, all articles would be there twice.
struct InOrder<K> {
    whole: Batch<K>,
    /// The batch that comes next.
    next: usize,
    /// Those that came before their turn.
    waiting: BTreeMap<usize, Batch<K>>,
}

impl<K> InOrder<K> {
    fn of(file: &File) -> Self {
        Self { whole: Batch::new(file), next: 0, waiting: BTreeMap::new() }
    }

    /// Takes the batch of this number.
    fn add(&mut self, number: usize, batch: Batch<K>) {
        self.waiting.insert(number, batch);
        while let Some(batch) = self.waiting.remove(&self.next) {
            self.whole.append(batch);
            self.next += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;
    use crate::read::files;

    #[test]
    fn batches_that_come_before_their_turn_wait_for_it() {
        let stored = tempfile::NamedTempFile::new().unwrap();
        let file = &files::find(&[stored.path().to_owned()]).unwrap().files[0];
        let batch = |ids: &[&str]| {
            let mut batch = Batch::new(file);
            for &id in ids {
                batch.push(Article::new(id, "text"), &|_| vec![]);
            }
            batch
        };
        let mut joined = InOrder::<()>::of(file);
        joined.add(2, batch(&["e"]));
        joined.add(1, batch(&[]));
        joined.add(0, batch(&["a", "b"]));
        joined.add(3, batch(&["f", "g"]));
        let ids: Vec<String> = joined.whole.taken.articles.into_iter().map(|a| a.id).collect();
        assert_eq!(ids, ["a", "b", "e", "f", "g"]);
    }
}
