//! Where values stand that several articles share: runs that pair all with all, and stars.

use std::ops::Range;

use bytemuck::{Pod, Zeroable};

use super::Options;
use super::posting::{Beside, Bits, Posting};
use crate::article::ArticleIx;
use crate::error::Result;
use crate::shelf::{Kept, Room};

/// Those postings of one part whose value stands in several articles.
#[derive(Debug)]
pub(super) struct Shared {
    /// Runs of a few places with one value, each of two articles at least, in order of articles: for every slice
    /// those that have a partner for one of its articles, from the first of these on.
    short: Vec<Kept<Place>>,
    /// The same runs of more places.
    long: Kept<Place>,
    /// For every slice where among these the places of its articles start that have a partner.
    starts: Vec<Kept<u32>>,
    /// Places of stars, star by star, each in order of articles.
    starred: Kept<Place>,
    /// The stars, in the same order.
    stars: Vec<Star>,
    /// Values, shared or not.
    pub(super) values: u64,
    /// Values that were in too many articles to pair them all.
    pub(super) hot_values: u64,
    /// Places where they stand.
    pub(super) hot_places: u64,
}

/// The same in the making.
#[derive(Debug, Default)]
struct Sorted {
    /// Articles of a slice.
    slice: u32,
    short: Vec<Vec<Place>>,
    long: Vec<Place>,
    starts: Vec<Vec<u32>>,
    starred: Vec<Place>,
    stars: Vec<Star>,
    hot_values: u64,
    hot_places: u64,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Place {
    pub(super) article: ArticleIx,
    /// Its word, and one bit that says whether the place is the first of its run.
    word: u32,
    pub(super) beside: Beside,
    pub(super) bits: Bits,
}

impl Place {
    const FIRST: u32 = 1 << 31;

    fn new(posting: Posting) -> Self {
        let Posting { article, word, beside, bits, .. } = posting;
        Self { article, word, beside, bits }
    }

    pub(super) fn word(self) -> u32 {
        self.word & !Self::FIRST
    }

    fn is_first(self) -> bool {
        self.word & Self::FIRST > 0
    }
}

/// Places of one value of which a few pair with all others.
#[derive(Debug)]
struct Star {
    /// One past its last place.
    end: u32,
    /// The few, in order.
    centre: [u32; STAR],
}

/// Articles of lowest rank that a large group is compared with.
pub(super) const STAR: usize = 4;

impl Shared {
    /// Sorts the postings of one part, drops what stands in one article only, and keeps the rest.
    pub(super) fn of(
        mut postings: Vec<Posting>,
        rank: &[u32],
        slice: u32,
        options: &Options,
        room: &Room,
    ) -> Result<Self> {
        Posting::sort(&mut postings);
        let slices = rank.len().div_ceil(slice as usize);
        let (short, starts) = (vec![Vec::new(); slices], vec![Vec::new(); slices]);
        let mut sorted = Sorted { slice, short, starts, ..Sorted::default() };
        let runs = postings.chunk_by(|x, y| x.key == y.key);
        for run in runs.filter(is_shared) {
            if run.len() <= options.hot_above {
                sorted.run(run);
            } else {
                sorted.hot_values += 1;
                sorted.hot_places += run.len() as u64;
                sorted.split(run, rank, options.hot_above);
            }
        }
        Ok(Self {
            short: room.keep_all(&sorted.short)?,
            long: room.keep(&sorted.long)?,
            starts: room.keep_all(&sorted.starts)?,
            starred: room.keep(&sorted.starred)?,
            stars: sorted.stars,
            values: postings.len() as u64,
            hot_values: sorted.hot_values,
            hot_places: sorted.hot_places,
        })
    }

    /// Calls `pair` with each place of the articles of a slice, which are these, and each of its partners in
    /// articles of higher numbers: first those of runs, then those of stars.
    pub(super) fn pair_up(
        &self,
        slice: usize,
        of: &Range<u32>,
        mut pair: impl FnMut(Place, Place),
    ) {
        let mut pair_with = |place: Place, others: &[Place]| {
            let others = others.iter().filter(|other| other.article > place.article);
            others.for_each(|&other| pair(place, other));
        };
        let is_run = |_: &Place, next: &Place| !next.is_first();
        let (long, starts) = (&*self.long, &*self.starts[slice]);
        let long = starts.iter().filter_map(|&at| long[at as usize..].chunk_by(is_run).next());
        // Each from its first place of the slice's articles on.
        for run in self.short[slice].chunk_by(is_run).chain(long) {
            let of_slice = run.iter().take_while(|place| place.article.0 < of.end);
            of_slice.enumerate().for_each(|(at, &place)| pair_with(place, &run[at + 1..]));
        }
        let mut start = 0;
        for &Star { end, centre } in &self.stars {
            let star = &self.starred[start as usize..end as usize];
            let before = |article: u32| star.partition_point(|place| place.article.0 < article);
            for at in before(of.start)..before(of.end) {
                if centre.contains(&(start + at as u32)) {
                    pair_with(star[at], &star[at + 1..]);
                } else {
                    pair_with(star[at], &centre.map(|place| star[(place - start) as usize]));
                }
            }
            start = end;
        }
    }
}

/// Whether postings of one value, in order of articles, are of several.
fn is_shared(run: &&[Posting]) -> bool {
    run[0].article != run[run.len() - 1].article
}

/// Runs of so many places are written once for each slice that they have a partner for: on average 1.2 times. With
/// longer ones, a quarter of all places, it would be three times and more.
const SHORT: usize = 8;

/// Adds a run of places.
fn add_run(to: &mut Vec<Place>, run: &[Posting]) {
    let first = to.len();
    to.extend(run.iter().map(|&posting| Place::new(posting)));
    to[first].word |= Place::FIRST;
}

impl Sorted {
    /// Adds a run of places of several articles, in order.
    fn run(&mut self, run: &[Posting]) {
        let is_short = run.len() <= SHORT;
        let start = self.long.len();
        if !is_short {
            add_run(&mut self.long, run);
        }
        let slice_of = |posting: &Posting| (posting.article.0 / self.slice) as usize;
        let mut at = 0;
        // The last has no partner behind it.
        for of_slice in run[..run.len() - 1].chunk_by(|x, y| slice_of(x) == slice_of(y)) {
            let slice = slice_of(&of_slice[0]);
            if is_short {
                add_run(&mut self.short[slice], &run[at..]);
            } else {
                self.starts[slice].push((start + at) as u32);
            }
            at += of_slice.len();
        }
    }

    /// Takes the postings of a hot value apart by the words beside it.
    fn split(&mut self, run: &[Posting], rank: &[u32], hot_above: usize) {
        let mut in_context = run.to_vec();
        in_context.sort_unstable_by_key(|posting| (posting.beside, posting.place()));
        for group in in_context.chunk_by(|x, y| x.beside == y.beside).filter(is_shared) {
            if group.len() <= hot_above {
                self.run(group);
            } else {
                self.star(group, rank);
            }
        }
    }

    /// Adds a star of places, in order.
    fn star(&mut self, group: &[Posting], rank: &[u32]) {
        let start = self.starred.len() as u32;
        let mut by_rank: Vec<(u32, u32)> =
            group.iter().zip(start..).map(|(p, at)| (rank[p.article.ix()], at)).collect();
        by_rank.select_nth_unstable(STAR - 1);
        let mut centre = [0; STAR];
        centre.iter_mut().zip(&by_rank).for_each(|(place, &(_, at))| *place = at);
        centre.sort_unstable();
        self.starred.extend(group.iter().map(|&posting| Place::new(posting)));
        self.stars.push(Star { end: self.starred.len() as u32, centre });
    }
}
