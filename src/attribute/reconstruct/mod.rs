//! Rebuilds copy that is not among the articles from what its pickups share.
//!
//! Text is missing if three articles or more of two owners share it and none of them can be its
//! source. A source is an agency's own article, or an article that has the direction of its links on
//! its side, credits nobody, and is credited to nobody by those who share its text. So what is
//! explained by a source is set aside word by word, and the rest is rebuilt, story by story.

mod columns;
mod text;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::parts::{Parts, Role};
use super::{Case, Standing, joint_credit};
use crate::agency::AgencyIx;
use crate::align::Aligner;
use crate::article::ArticleIx;
use crate::judge::Kind;
use crate::span::{Span, WordRange};
use columns::{Columns, Kept, Take as Taken, take};

/// When copy is rebuilt.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// A rebuilt copy has at least this many words that three articles hold.
    pub words: usize,
}

impl Default for Options {
    fn default() -> Self {
        // A paragraph: what is shorter is a quotation, a stock sentence or a piece of another copy.
        Self { words: 30 }
    }
}

/// Articles it takes to rebuild what they share.
pub const WITNESSES: usize = 3;

/// Most articles of which words are laid side by side for one copy, the best connected first; of a
/// hundred that hold a word the first sixty-four tell it as well. What the others took is found by
/// comparing each with the copy.
const AT_MOST: usize = 64;

/// Most copies that are rebuilt, or tried, of one story.
const ROUNDS: usize = 8;

/// Number of a rebuilt copy within a scan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RebuiltIx(pub u32);

impl RebuiltIx {
    /// The same as an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// A copy that is not among the articles, as those who took it witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Its words in their order, as most witnesses print them; `[…]` stands where no witness tells
    /// what follows what.
    pub text: String,
    /// Stretches of the text, in order, with how many of the witnesses laid side by side (at most 64)
    /// hold each of its words.
    pub support: Vec<(Span, u32)>,
    /// The agency that those who took it agree on.
    pub agency: Option<AgencyIx>,
    /// Who took it, in order.
    pub witnesses: Vec<ArticleIx>,
}

/// What an article took of a rebuilt copy.
pub(super) struct Take {
    pub(super) copy: RebuiltIx,
    /// Its words: in order, apart.
    pub(super) ranges: Vec<WordRange>,
    /// How many of them are the copy's to the letter.
    pub(super) matches: usize,
    /// Share of the copy's words that it holds, `0..=1`.
    pub(super) of_copy: f64,
}

/// All that was rebuilt, and who took it.
#[derive(Default)]
pub(super) struct Rebuilding {
    pub(super) rebuilt: Vec<Rebuilt>,
    /// What was taken, by article.
    takes: Vec<(ArticleIx, Take)>,
}

impl Rebuilding {
    /// Rebuilds what is missing in every story.
    pub(super) fn of_all(
        case: &Case<'_>,
        standings: &[Standing],
        parts: &Parts<'_>,
        agencies: &[Option<AgencyIx>],
        options: &Options,
    ) -> Self {
        let story = |members: &Vec<ArticleIx>| {
            let mut story = Story::new(members, case, standings, parts, agencies);
            story.rebuild(options)
        };
        // The largest come first: shared out one by one, none of the threads is left with all of them.
        let clusters = case.clusters.par_iter().with_max_len(1);
        let found: Vec<_> = clusters.flat_map_iter(story).collect();
        let mut all = Self::default();
        for Found { rebuilt, words, taken } in found {
            let copy = RebuiltIx(all.rebuilt.len() as u32);
            let takes = rebuilt.witnesses.iter().zip(taken).map(|(&article, taken)| {
                let of_copy = taken.copy_words as f64 / words as f64;
                (article, Take { copy, ranges: taken.ranges, matches: taken.matches, of_copy })
            });
            all.takes.extend(takes);
            all.rebuilt.push(rebuilt);
        }
        all.takes.sort_by_key(|(article, take)| (*article, take.copy));
        all
    }

    /// What an article took.
    pub(super) fn of(&self, article: ArticleIx) -> impl Iterator<Item = &Take> {
        let start = self.takes.partition_point(|(taker, _)| *taker < article);
        let takes = self.takes[start..].iter().take_while(move |(taker, _)| *taker == article);
        takes.map(|(_, take)| take)
    }

    /// Whether two articles took from the same rebuilt copy.
    pub(super) fn both_take(&self, x: ArticleIx, y: ArticleIx) -> bool {
        !self.takes.is_empty() && self.of(x).any(|a| self.of(y).any(|b| a.copy == b.copy))
    }
}

/// Whether an article is an agency's own: its outlet is one; or no outlet is known, and it has the
/// agency's dateline.
pub(super) fn is_agencys_own(standing: &Standing) -> bool {
    standing.is_agency || standing.has_dateline && !standing.has_outlet
}

/// A copy that was rebuilt, how many words it has, and what each of its witnesses took of it.
struct Found {
    rebuilt: Rebuilt,
    words: usize,
    taken: Vec<Taken>,
}

/// One story while its copies are rebuilt; lists are by member.
struct Story<'a> {
    members: &'a [ArticleIx],
    case: &'a Case<'a>,
    standings: &'a [Standing],
    parts: &'a Parts<'a>,
    /// Who published each; without an outlet everybody is somebody else.
    owners: Vec<String>,
    /// The words that are shared and that nothing explains yet.
    orphans: Vec<Vec<bool>>,
}

impl<'a> Story<'a> {
    fn new(
        members: &'a [ArticleIx],
        case: &'a Case<'a>,
        standings: &'a [Standing],
        parts: &'a Parts<'a>,
        agencies: &[Option<AgencyIx>],
    ) -> Self {
        let owner = |&member: &ArticleIx| {
            let article = &case.articles[member.ix()];
            article.owner().unwrap_or_else(|| format!("\0{}", member.0))
        };
        let orphans = |&member: &ArticleIx| {
            let mut orphans = vec![false; case.stories[member.ix()].words().len()];
            if is_agencys_own(&standings[member.ix()]) {
                return orphans;
            }
            let parts = parts.of(member);
            let copied = || parts.iter().filter(|part| part.relation == Kind::Copy);
            for part in copied().filter(|part| part.kind != Kind::Boilerplate) {
                if members.binary_search(&part.other).is_ok() {
                    orphans[part.range.range()].fill(true);
                }
            }
            for part in copied().filter(|part| part.kind == Kind::Copy) {
                let other = part.other.ix();
                let first = matches!(part.role, Role::Source { .. }) && agencies[other].is_none();
                if first || is_agencys_own(&standings[other]) {
                    orphans[part.range.range()].fill(false);
                }
            }
            orphans
        };
        Self {
            members,
            case,
            standings,
            parts,
            owners: members.iter().map(owner).collect(),
            orphans: members.iter().map(orphans).collect(),
        }
    }

    fn rebuild(&mut self, options: &Options) -> Vec<Found> {
        let mut found = Vec::new();
        for _ in 0..ROUNDS {
            let witnesses: Vec<usize> =
                (0..self.members.len()).filter(|&m| self.left(m) >= options.words / 2).collect();
            if !self.are_enough(&witnesses) {
                break;
            }
            let center = self.center(&witnesses);
            match self.around(center, &witnesses, options) {
                Some((takers, copy)) => {
                    for (member, taken) in takers.into_iter().zip(&copy.taken) {
                        for range in &taken.ranges {
                            self.orphans[member][range.range()].fill(false);
                        }
                    }
                    found.push(copy);
                }
                None => self.orphans[center].fill(false),
            }
        }
        found
    }

    /// Words of a member that nothing explains yet.
    fn left(&self, member: usize) -> usize {
        self.orphans[member].iter().filter(|&&orphan| orphan).count()
    }

    fn are_enough(&self, members: &[usize]) -> bool {
        let first = members.first().map(|&member| &self.owners[member]);
        members.len() >= WITNESSES && members.iter().any(|&m| Some(&self.owners[m]) != first)
    }

    /// The member that shares most with most others and holds least besides: the others are aligned
    /// with it.
    fn center(&self, witnesses: &[usize]) -> usize {
        let worth = |member: usize| {
            let shared: usize = (self
                .shared(member)
                .filter(|&(other, _)| self.owners[other] != self.owners[member]))
            .map(|(_, words)| words)
            .sum();
            let words = self.orphans[member].len().max(1);
            shared as f64 * self.left(member) as f64 / words as f64
        };
        let ranked = witnesses.iter().map(|&member| (worth(member), member));
        // Of equals the first: members are in order.
        ranked
            .reduce(|best, next| if next.0 > best.0 { next } else { best })
            .map_or(0, |best| best.1)
    }

    /// The members that a member shares unexplained words with, and how many, passage by passage.
    fn shared(&self, member: usize) -> impl Iterator<Item = (usize, usize)> {
        let orphans = &self.orphans[member];
        let parts = self.parts.of(self.members[member]).into_iter();
        parts.filter(|part| part.relation == Kind::Copy).filter_map(move |part| {
            let other = self.members.binary_search(&part.other).ok()?;
            let words = orphans[part.range.range()].iter().filter(|&&orphan| orphan).count();
            Some((other, words))
        })
    }

    /// Rebuilds the copy that a member holds most of, and tells who took it.
    fn around(
        &self,
        center: usize,
        witnesses: &[usize],
        options: &Options,
    ) -> Option<(Vec<usize>, Found)> {
        let mut with_center = vec![0; self.members.len()];
        for (other, words) in self.shared(center) {
            with_center[other] += words;
        }
        let mut others: Vec<usize> =
            witnesses.iter().copied().filter(|&member| member != center).collect();
        others.sort_by_key(|&m| (usize::MAX - with_center[m], usize::MAX - self.left(m), m));
        others.truncate(AT_MOST - 1);

        let words = |member: usize| self.case.stories[self.members[member].ix()].words();
        let mut aligner = Aligner::default();
        let mut columns = Columns::of(center, words(center), &self.orphans[center]);
        let mut waiting = Vec::new();
        let mut laid = vec![false; self.members.len()];
        laid[center] = true;
        for member in others {
            laid[member] = true;
            // What an article shares with no one who is near the center is of another copy.
            let near = |other: usize| other == center || with_center[other] > 0;
            let mut insert = vec![false; self.orphans[member].len()];
            for part in self.parts.of(self.members[member]) {
                if self.members.binary_search(&part.other).is_ok_and(near) {
                    insert[part.range.range()].fill(true);
                }
            }
            if !columns.add(member, words(member), &self.orphans[member], &insert, &mut aligner) {
                waiting.push((member, insert));
            }
        }
        for (member, insert) in waiting {
            columns.add(member, words(member), &self.orphans[member], &insert, &mut aligner);
        }
        let kept = columns.kept(|member| &self.owners[member]);
        let firm = kept.iter().filter(|kept| kept.held.len() >= WITNESSES).count();
        if firm < options.words {
            return None;
        }
        let hashes: Vec<u32> = kept.iter().map(|kept| kept.hash).collect();
        let linked = |member: usize| laid[member] || self.shared(member).any(|(m, _)| laid[m]);
        let (takers, taken): (Vec<usize>, Vec<Taken>) = (0..self.members.len())
            .into_par_iter()
            .filter(|&member| self.left(member) > 0 && linked(member))
            .map_init(Aligner::default, |aligner, member| {
                let taken = take(&hashes, words(member), &self.orphans[member], aligner)?;
                (taken.matches * 3 >= options.words).then_some((member, taken))
            })
            .flatten_iter()
            .unzip();
        if !self.are_enough(&takers) {
            return None;
        }
        let rebuilt = self.told(&kept, &takers);
        Some((takers, Found { rebuilt, words: kept.len(), taken }))
    }

    fn told(&self, kept: &[Kept], takers: &[usize]) -> Rebuilt {
        let (text, support) = text::of(kept, |member| {
            let article = self.members[member].ix();
            (&self.case.articles[article].text[..], &self.case.zones[article])
        });
        let witnesses: Vec<ArticleIx> = takers.iter().map(|&m| self.members[m]).collect();
        let agency = self.agreed(&witnesses);
        Rebuilt { text, support, agency, witnesses }
    }

    /// The agency that articles credit, if they agree: twice as many as any other has, a credit for
    /// the whole text counting twice as much as one for a part.
    fn agreed(&self, witnesses: &[ArticleIx]) -> Option<AgencyIx> {
        let mut votes: Vec<(AgencyIx, u32)> = Vec::new();
        for witness in witnesses {
            let standing = &self.standings[witness.ix()];
            let joint = joint_credit(&self.case.zones[witness.ix()].evidence);
            let own = if joint.is_empty() { standing.agency.as_slice() } else { joint };
            let (named, weight) =
                if own.is_empty() { (standing.contributor.as_slice(), 1) } else { (own, 2) };
            for &agency in named.iter().filter(|&&a| !self.case.agencies.is_generic(a)) {
                match votes.iter_mut().find(|(known, _)| *known == agency) {
                    Some((_, votes)) => *votes += weight,
                    None => votes.push((agency, weight)),
                }
            }
        }
        votes.sort_by_key(|&(agency, votes)| (u32::MAX - votes, agency));
        match votes[..] {
            [(agency, _)] => Some(agency),
            [(agency, most), (_, next), ..] if most >= 2 * next => Some(agency),
            _ => None,
        }
    }
}
