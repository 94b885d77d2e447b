//! Joins what the stretches of a file give, in its order, while others are still being read.

use std::collections::BTreeMap;

use super::batch::Batch;
use super::files::File;

/// The batches of one file so far. Each is let go of as soon as those before it are there, so that its memory serves
/// for the next: were all held until the last has come, all articles would be there twice.
pub(super) struct InOrder<'a, K> {
    file: &'a File,
    whole: Batch<K>,
    /// The batch that comes next.
    next: usize,
    /// Those that came before their turn.
    waiting: BTreeMap<usize, Batch<K>>,
}

impl<'a, K> InOrder<'a, K> {
    pub(super) fn of(file: &'a File) -> Self {
        Self { file, whole: Batch::new(file), next: 0, waiting: BTreeMap::new() }
    }

    /// Takes the batch of this number, which was made of so many bytes of the file.
    pub(super) fn add(&mut self, number: usize, bytes: usize, batch: Batch<K>) {
        if number == 0 {
            // What follows is like it, more or less; room that is not used costs nothing.
            let records = batch.taken.len() as u64 * self.file.bytes.unwrap_or(0);
            self.whole.taken.reserve((records / bytes.max(1) as u64 / 4 * 5) as usize);
        }
        self.waiting.insert(number, batch);
        while let Some(batch) = self.waiting.remove(&self.next) {
            self.whole.append(batch);
            self.next += 1;
        }
    }

    /// All of them, once none is missing.
    pub(super) fn whole(self) -> Batch<K> {
        debug_assert!(self.waiting.is_empty());
        self.whole
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
        joined.add(2, 10, batch(&["e"]));
        joined.add(1, 10, batch(&[]));
        joined.add(0, 10, batch(&["a", "b"]));
        joined.add(3, 10, batch(&["f", "g"]));
        let ids: Vec<String> = joined.whole().taken.articles.into_iter().map(|a| a.id).collect();
        assert_eq!(ids, ["a", "b", "e", "f", "g"]);
    }
}
