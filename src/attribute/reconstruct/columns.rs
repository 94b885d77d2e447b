//! Lays the words of several articles side by side: a column for every word of the copy behind them
//! (a star alignment: each is aligned with what the ones before it have come to).

use crate::align::{Aligner, Alignment, Side};
use crate::span::WordRange;
use crate::words::Sixteenths;

/// What every word is worth in these alignments: the articles are known to share copy, so that common
/// words may count as much as rare ones. Six bits make seven equal words a passage.
const WORTH: Sixteenths = Sixteenths(6 * 16);

/// Equal words that tie an article to the columns.
const TIED: usize = 10;

/// As many words in place of as many others are those words changed.
const CHANGED: u32 = 4;

/// Words between equal ones that belong to what is taken.
const WITHIN: usize = 6;

/// Of the witnesses whose text passes by a column at least one in so many holds its word.
const ONE_IN: usize = 3;

/// A word of one witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) member: usize,
    /// Its place among the words of the witness.
    pub(super) word: u32,
    hash: u32,
}

/// A word of the copy, with those who hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) hash: u32,
    /// In the order in which the articles were laid down.
    pub(super) held: Vec<Held>,
}

/// What an article took of a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Take {
    /// Its words: in order, apart.
    pub(super) ranges: Vec<WordRange>,
    /// How many of them are the copy's.
    pub(super) matches: usize,
    /// How many words of the copy they are.
    pub(super) copy_words: usize,
}

/// The columns so far.
pub(super) struct Columns {
    /// Who holds each, in the order in which they were made.
    made: Vec<Vec<Held>>,
    /// Their numbers in the order of the copy.
    order: Vec<u32>,
    /// The first and the last column of each stretch of a witness.
    passed: Vec<(u32, u32)>,
}

impl Columns {
    /// A column for each of the words of the first article that are asked for.
    pub(super) fn of(member: usize, words: &[u32], wanted: &[bool]) -> Self {
        let mut columns = Self { made: Vec::new(), order: Vec::new(), passed: Vec::new() };
        let mut last = None;
        for word in (0..words.len()).filter(|&word| wanted[word]) {
            let column = columns.column(Held { member, word: word as u32, hash: words[word] });
            match last {
                Some(before) if before + 1 == word => {
                    let at = columns.passed.len() - 1;
                    columns.passed[at].1 = column;
                }
                _ => columns.passed.push((column, column)),
            }
            last = Some(word);
            columns.order.push(column);
        }
        columns
    }

    fn column(&mut self, held: Held) -> u32 {
        self.made.push(vec![held]);
        self.made.len() as u32 - 1
    }

    /// Lays the words of another article beside them: equal words into their columns, changed ones
    /// too, and those of `wanted` and `insert` that have none into new ones. `false` if the article
    /// shares too little with what is there.
    pub(super) fn add(
        &mut self,
        member: usize,
        words: &[u32],
        wanted: &[bool],
        insert: &[bool],
        aligner: &mut Aligner,
    ) -> bool {
        let backbone: Vec<u32> =
            self.order.iter().map(|&column| word_of(&self.made[column as usize]).0).collect();
        let alignments = aligned(&backbone, words, aligner);
        let mut places = Places::new(&alignments, backbone.len(), wanted);
        if places.matches < TIED {
            return false;
        }
        places.change(&alignments, wanted);
        let mut within = insert.to_vec();
        for alignment in &alignments {
            within[alignment.b.range()].fill(true);
            let columns = alignment.b.range().filter_map(|word| places.of_word[word]);
            let columns: Vec<u32> = columns.map(|at| self.order[at as usize]).collect();
            if let (Some(&first), Some(&last)) = (columns.first(), columns.last()) {
                self.passed.push((first, last));
            }
        }
        let first = places.of_word.iter().flatten().next().copied().unwrap_or(0);
        let mut after = None;
        let mut inserted: Vec<(u32, u32)> = Vec::new();
        for word in 0..words.len() {
            let held = Held { member, word: word as u32, hash: words[word] };
            match places.of_word[word] {
                Some(at) => {
                    self.made[self.order[at as usize] as usize].push(held);
                    after = Some(at);
                }
                None if wanted[word] && within[word] => {
                    let before = after.map_or(first, |at| at + 1);
                    let column = self.column(held);
                    inserted.push((before, column));
                }
                None => {}
            }
        }
        self.insert(inserted);
        true
    }

    /// Puts new columns before the places named.
    fn insert(&mut self, mut inserted: Vec<(u32, u32)>) {
        inserted.sort_by_key(|&(before, _)| before);
        let mut order = Vec::with_capacity(self.order.len() + inserted.len());
        let mut inserted = inserted.into_iter().peekable();
        for (at, &column) in self.order.iter().enumerate() {
            while let Some((_, new)) = inserted.next_if(|&(before, _)| before as usize <= at) {
                order.push(new);
            }
            order.push(column);
        }
        order.extend(inserted.map(|(_, new)| new));
        self.order = order;
    }

    /// The words of the copy: of every column what most hold, if those are two owners at least and
    /// enough of the witnesses that pass by.
    pub(super) fn kept<'o>(&self, owner: impl Fn(usize) -> &'o String) -> Vec<Kept> {
        let mut place = vec![0; self.made.len()];
        for (at, &column) in self.order.iter().enumerate() {
            place[column as usize] = at;
        }
        let mut passing = vec![0_isize; self.order.len() + 1];
        for &(first, last) in &self.passed {
            let (first, last) = (place[first as usize], place[last as usize]);
            passing[first.min(last)] += 1;
            passing[first.max(last) + 1] -= 1;
        }
        let mut pass = 0;
        let mut kept = Vec::new();
        for (at, &column) in self.order.iter().enumerate() {
            pass += passing[at];
            let column = &self.made[column as usize];
            let (hash, votes) = word_of(column);
            let held: Vec<Held> = column.iter().filter(|held| held.hash == hash).copied().collect();
            let owners = held.iter().any(|h| owner(h.member) != owner(held[0].member));
            let passing = column.len().max(pass.max(0) as usize);
            if owners && votes * ONE_IN >= passing {
                kept.push(Kept { hash, held });
            }
        }
        kept
    }
}

/// The word that most witnesses have in a column, of equals the one that was there first, and how many.
fn word_of(column: &[Held]) -> (u32, usize) {
    let votes = |hash: u32| column.iter().filter(|held| held.hash == hash).count();
    let ranked = column.iter().map(|held| (held.hash, votes(held.hash)));
    ranked.reduce(|best, next| if next.1 > best.1 { next } else { best }).unwrap_or_default()
}

/// Where the words of an article stand among columns.
struct Places {
    of_word: Vec<Option<u32>>,
    taken: Vec<bool>,
    /// Words that are the same.
    matches: usize,
}

impl Places {
    fn new(alignments: &[Alignment], columns: usize, wanted: &[bool]) -> Self {
        let mut places =
            Self { of_word: vec![None; wanted.len()], taken: vec![false; columns], matches: 0 };
        for block in alignments.iter().flat_map(|alignment| &alignment.blocks) {
            for k in 0..block.len {
                let placed = places.place(block.a + k, block.b + k, wanted);
                places.matches += usize::from(placed);
            }
        }
        places
    }

    fn place(&mut self, column: u32, word: u32, wanted: &[bool]) -> bool {
        let (column_ix, word) = (column as usize, word as usize);
        let free = wanted[word] && !self.taken[column_ix] && self.of_word[word].is_none();
        if free {
            self.of_word[word] = Some(column);
            self.taken[column_ix] = true;
        }
        free
    }

    /// Words that stand in place of as many others.
    fn change(&mut self, alignments: &[Alignment], wanted: &[bool]) {
        for blocks in alignments.iter().flat_map(|alignment| alignment.blocks.windows(2)) {
            let (a, b) = (blocks[0].a + blocks[0].len, blocks[0].b + blocks[0].len);
            let in_order = blocks[1].a >= a && blocks[1].b >= b;
            if in_order && blocks[1].a - a == blocks[1].b - b && blocks[1].a - a <= CHANGED {
                for k in 0..blocks[1].a - a {
                    self.place(a + k, b + k, wanted);
                }
            }
        }
    }
}

/// The passages of two runs of words, best first.
fn aligned(a: &[u32], b: &[u32], aligner: &mut Aligner) -> Vec<Alignment> {
    let (a_bits, b_bits) = (vec![WORTH; a.len()], vec![WORTH; b.len()]);
    let a = Side { words: a, bits: &a_bits, breaks: &[] };
    let b = Side { words: b, bits: &b_bits, breaks: &[] };
    aligner.hold(a);
    let mut found = aligner.against(a, b);
    found.sort_by(|x, y| y.bits.total_cmp(&x.bits).then_with(|| x.blocks.cmp(&y.blocks)));
    found
}

/// What an article took of a copy, of the words that are asked for; `None` if nothing.
pub(super) fn take(
    copy: &[u32],
    words: &[u32],
    wanted: &[bool],
    aligner: &mut Aligner,
) -> Option<Take> {
    let alignments = aligned(copy, words, aligner);
    let places = Places::new(&alignments, copy.len(), wanted);
    let mut ranges: Vec<WordRange> = Vec::new();
    for word in (0..words.len()).filter(|&word| places.of_word[word].is_some()) {
        match ranges.last_mut() {
            Some(last) if last.end as usize + WITHIN >= word => last.end = word as u32 + 1,
            _ => ranges.push(WordRange::new(word, word + 1)),
        }
    }
    let copy_words = places.taken.iter().filter(|&&taken| taken).count();
    (!ranges.is_empty()).then_some(Take { ranges, matches: places.matches, copy_words })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::hash_of_word;

    fn words(text: &str) -> Vec<u32> {
        text.split_whitespace().map(hash_of_word).collect()
    }

    fn rebuilt(texts: &[&str]) -> (String, Vec<usize>) {
        let owners: Vec<String> = (0..texts.len()).map(|at| at.to_string()).collect();
        let mut aligner = Aligner::default();
        let all: Vec<Vec<u32>> = texts.iter().map(|text| words(text)).collect();
        let wanted: Vec<Vec<bool>> = all.iter().map(|words| vec![true; words.len()]).collect();
        let mut columns = Columns::of(0, &all[0], &wanted[0]);
        for at in 1..texts.len() {
            assert!(columns.add(at, &all[at], &wanted[at], &wanted[at], &mut aligner));
        }
        let kept = columns.kept(|member| &owners[member]);
        let printed = |kept: &Kept| {
            let Held { member, word, .. } = kept.held[0];
            texts[member].split_whitespace().nth(word as usize).unwrap()
        };
        let text: Vec<&str> = kept.iter().map(printed).collect();
        (text.join(" "), kept.iter().map(|kept| kept.held.len()).collect())
    }

    const COPY: &str = "the harbour board of port ellery said on monday that it would close the \
        eastern quay for nine weeks after divers found cracks in the old concrete piles below it";

    #[test]
    fn the_majority_tells_the_word() {
        let changed = COPY.replace("weeks", "months");
        let more = COPY.replace("eastern", "western");
        let (text, support) = rebuilt(&[&changed, &more, COPY]);
        assert_eq!(text, COPY);
        assert_eq!(support.iter().filter(|&&support| support == 2).count(), 2);
    }

    #[test]
    fn what_is_trimmed_by_one_is_told_by_the_others() {
        let words: Vec<&str> = COPY.split(' ').collect();
        let (head, tail) = (words[..20].join(" "), words[8..].join(" "));
        let added = format!("{tail} and nobody else said a word of it");
        assert_eq!(rebuilt(&[&head, &tail, COPY]).0, COPY);
        assert_eq!(rebuilt(&[&head, &added, COPY]).0, COPY);
    }
}
