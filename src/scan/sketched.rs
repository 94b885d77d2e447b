//! Sketching: what is known of each article by itself.

use rayon::prelude::*;

use super::Scan;
use super::clock::Clock;
use crate::article::{Article, Published};
use crate::clean::{Boilerplate, Cleaner, Zones};
use crate::collapse::BANDS;
use crate::error::Result;
use crate::sketch::Sketch;
use crate::story::Story;
use crate::words::{Counting, Counts};

/// Text in which words are counted: of a larger corpus a sample of the articles has about this much.
const COUNTED_BYTES: usize = 128 << 20;

/// About as long is a word with the space after it, in most scripts.
const BYTES_A_WORD: usize = 6;

/// Articles that are sketched, or weighed, and put away in one go: few, for until then what is known of them is in
/// memory, and they may be long.
pub(super) const AT_ONCE: usize = 32;

/// A thread takes at most so many of these at a time: else one is left with many when the others are done.
pub(super) const SHARED_OUT: usize = 8;

/// What is known of the articles one by one.
pub(super) struct Sketched {
    pub(super) zones: Vec<Zones>,
    pub(super) stories: Vec<Story>,
    pub(super) band_keys: Vec<u64>,
    pub(super) counts: Counts,
}

/// The same of the articles that are sketched in one go.
#[derive(Default)]
struct Chunk {
    zones: Vec<Zones>,
    stories: Vec<Story>,
    band_keys: Vec<u64>,
}

impl Scan {
    /// Marks, splits and sketches every article.
    pub(super) fn sketched(
        &self,
        articles: &[Article],
        boilerplate: &Boilerplate,
        clock: &Clock<'_>,
    ) -> Result<Sketched> {
        let cleaner = Cleaner::new(&self.agencies);
        let bytes: usize = articles.iter().map(|article| article.text.len()).sum();
        let words = bytes.min(COUNTED_BYTES) / BYTES_A_WORD;
        self.room.make_way(Counting::bytes(words));
        let counting = Counting::new(words);
        let words_room = self.room.apart()?;
        let stride = 1 + bytes / COUNTED_BYTES;
        let sketch = |chunk: &mut Chunk, ix: usize| {
            let article = &articles[ix];
            let mut zones = cleaner.clean(article, boilerplate);
            zones.marks.shrink_to_fit();
            zones.evidence.shrink_to_fit();
            let story = Story::of(&article.text, &zones.story(&article.text));
            let words = story.words();
            if ix.is_multiple_of(stride) {
                counting.add(words, article.published.map(Published::day));
            }
            let keys: [u64; BANDS] = Sketch::of_words(words).band_keys();
            chunk.band_keys.extend(keys);
            chunk.zones.push(zones);
            chunk.stories.push(story);
        };
        let chunks: Vec<Chunk> = (0..articles.len())
            .into_par_iter()
            .step_by(AT_ONCE)
            .with_max_len(SHARED_OUT)
            .map(|first| {
                let mut chunk = Chunk::default();
                let last = articles.len().min(first + AT_ONCE);
                (first..last).for_each(|ix| sketch(&mut chunk, ix));
                chunk.stories = Story::all_kept(&chunk.stories, &words_room, &self.room)?;
                clock.step(last - first);
                Ok(chunk)
            })
            .collect::<Result<_>>()?;
        let (zones, stories, band_keys) = (Vec::new(), Vec::new(), Vec::new());
        let mut sketched = Sketched { zones, stories, band_keys, counts: counting.counts() };
        sketched.zones.reserve_exact(articles.len());
        sketched.stories.reserve_exact(articles.len());
        sketched.band_keys.reserve_exact(articles.len() * BANDS);
        for Chunk { zones, stories, band_keys } in chunks {
            sketched.zones.extend(zones);
            sketched.stories.extend(stories);
            sketched.band_keys.extend(band_keys);
        }
        Ok(sketched)
    }
}
