//! What all stages after sketching stand on.

use rayon::prelude::*;

use super::sketched::{AT_ONCE, SHARED_OUT};
use crate::article::{ArticleIx, Pair};
use crate::candidates;
use crate::clean::Zones;
use crate::error::Result;
use crate::shelf::Room;
use crate::story::Story;
use crate::words::{Background, Counts, Weigher, Weights, Worth};

/// What is known of the articles one by one, and what they were compared by.
#[derive(Debug)]
pub(super) struct Ground {
    pub(super) zones: Vec<Zones>,
    pub(super) stories: Vec<Story>,
    pub(super) near: Vec<Option<ArticleIx>>,
    /// What the words of the stories are worth.
    pub(super) worth: Vec<Worth>,
    pub(super) counts: Counts,
    /// Words in all stories.
    pub(super) words: u64,
    pub(super) candidates: candidates::Stats,
}

impl Ground {
    /// What words are worth in these articles.
    pub(super) fn weights<'a>(&'a self, background: &'a Background) -> Weights<'a> {
        Weights::new(background, &self.counts)
    }

    /// What every word of each of these articles is worth, kept in a file of its own.
    pub(super) fn worths(&self, background: &Background, room: &Room) -> Result<Vec<Worth>> {
        let weights = self.weights(background);
        let room = room.apart()?;
        let worths = |weigher: &mut Weigher<'_>, stories: &[Story]| {
            let worth = |story: &Story| weigher.of_article(story.words());
            Worth::all_kept(&stories.iter().map(worth).collect::<Vec<_>>(), &room)
        };
        let chunks = self.stories.par_chunks(AT_ONCE).with_max_len(SHARED_OUT);
        let all: Vec<Vec<Worth>> =
            chunks.map_init(|| weights.weigher(), worths).collect::<Result<_>>()?;
        Ok(all.into_iter().flatten().collect())
    }

    /// Every article with the one it nearly equals, in order.
    pub(super) fn near_pairs(&self) -> Vec<Pair> {
        let near = self.near.iter().zip(0..);
        let mut pairs: Vec<Pair> = near
            .filter_map(|(first, ix)| first.map(|first| Pair::new(first, ArticleIx(ix))))
            .collect();
        pairs.sort_unstable();
        pairs
    }
}
