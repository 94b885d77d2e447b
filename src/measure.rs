//! Figures of what was found against what is true, from sums that add up: over pairs, stories, samples.

use std::ops::AddAssign;

use rustc_hash::FxHashMap;
use serde::Serialize;

/// A passage by the code points it takes on either side.
pub type Sides = [(u32, u32); 2];

/// What a passage has in common with others, on both sides.
pub fn cuts(of: &Sides, others: &[Sides]) -> Vec<Sides> {
    let cut = |x: (u32, u32), y: (u32, u32)| (x.0.max(y.0), x.1.min(y.1));
    let both = others.iter().map(|other| [cut(of[0], other[0]), cut(of[1], other[1])]);
    both.filter(|cut| cut.iter().all(|side| side.0 < side.1)).collect()
}

/// Characters in any of the passages, on both sides.
pub fn size(passages: &[Sides]) -> f64 {
    let covered = |side: usize| {
        let mut ranges: Vec<(u32, u32)> = passages.iter().map(|sides| sides[side]).collect();
        ranges.sort_unstable();
        let (mut total, mut reach) = (0, 0);
        for (start, end) in ranges {
            total += end.saturating_sub(start.max(reach));
            reach = reach.max(end);
        }
        f64::from(total)
    };
    covered(0) + covered(1)
}

/// A mean in the making.
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Mean {
    /// Of the values.
    pub sum: f64,
    /// How many there are.
    pub count: f64,
}

impl Mean {
    /// Takes a value.
    pub fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1.0;
    }

    /// Takes a value that counts for so many.
    pub fn weigh(&mut self, value: f64, weight: f64) {
        self.sum += value * weight;
        self.count += weight;
    }

    /// What they come to; 0 of none.
    pub fn mean(self) -> f64 {
        ratio(self.sum, self.count)
    }
}

/// What a part of the articles adds to the figures of all.
///
/// Pairs are counted for pairs and clusters. The means are those over passages (as PAN's text alignment
/// task has them: Potthast et al. 2010) or over articles (B-cubed: Bagga & Baldwin 1998).
#[derive(Debug, Default, Clone, Copy, PartialEq)]
pub struct Tally {
    /// Pairs that are true and were found.
    pub hits: f64,
    /// Pairs found.
    pub found: f64,
    /// Pairs that are true.
    pub wanted: f64,
    /// Articles that were put into clusters, or asked for.
    pub articles: f64,
    /// What of each thing found is true.
    pub precision: Mean,
    /// What of each true thing was found.
    pub recall: Mean,
    /// Passages found for each true one that was found at all.
    pub granularity: Mean,
}

impl Tally {
    /// The same so many times.
    #[must_use]
    pub fn times(self, times: f64) -> Self {
        let mean = |mean: Mean| Mean { sum: mean.sum * times, count: mean.count * times };
        Self {
            hits: self.hits * times,
            found: self.found * times,
            wanted: self.wanted * times,
            articles: self.articles * times,
            precision: mean(self.precision),
            recall: mean(self.recall),
            granularity: mean(self.granularity),
        }
    }

    /// Adjusted Rand index of clusters (Hubert & Arabie 1985): 1 if they are the true ones, 0 if no more
    /// alike than chance makes them.
    pub fn ari(&self) -> f64 {
        let pairs = self.articles * (self.articles - 1.0) / 2.0;
        let chance = ratio(self.found * self.wanted, pairs);
        let most = f64::midpoint(self.found, self.wanted);
        // Both are one cluster, or both are none.
        if most - chance == 0.0 { 1.0 } else { (self.hits - chance) / (most - chance) }
    }

    /// The figures; recall counts `beta` times as much as precision in the F measure.
    pub fn figures(&self, of: Of, beta: f64) -> Figures {
        let (precision, recall) = match of {
            Of::Pairs | Of::Articles => {
                (ratio(self.hits, self.found), ratio(self.hits, self.wanted))
            }
            Of::Clusters | Of::Passages => (self.precision.mean(), self.recall.mean()),
        };
        let granularity = self.granularity.mean().max(1.0);
        Figures {
            precision,
            recall,
            f: f_measure(precision, recall, beta),
            granularity: (of == Of::Passages).then_some(granularity),
            plagdet: (of == Of::Passages)
                .then(|| f_measure(precision, recall, 1.0) / (1.0 + granularity).log2()),
            ari: (of == Of::Clusters).then(|| self.ari()),
        }
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        let add = |mean: &mut Mean, other: Mean| {
            mean.sum += other.sum;
            mean.count += other.count;
        };
        self.hits += other.hits;
        self.found += other.found;
        self.wanted += other.wanted;
        self.articles += other.articles;
        add(&mut self.precision, other.precision);
        add(&mut self.recall, other.recall);
        add(&mut self.granularity, other.granularity);
    }
}

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Pairs of articles.
    Pairs,
    /// Clusters of articles: precision and recall are B-cubed.
    Clusters,
    /// Passages: precision and recall are by character, of each passage alike.
    Passages,
    /// Articles put into classes: precision, recall and F are all the share of right ones.
    Articles,
}

/// Figures, `0..=1` but for the granularity, which is 1 or more, and the adjusted Rand index.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Figures {
    /// Share of what was found that is true.
    pub precision: f64,
    /// Share of what is true that was found.
    pub recall: f64,
    /// Both in one: F1, or F-beta.
    pub f: f64,
    /// Passages found for each true one that was found at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub granularity: Option<f64>,
    /// F1 less for a granularity above 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plagdet: Option<f64>,
    /// Adjusted Rand index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ari: Option<f64>,
}

/// Weighted harmonic mean of precision and recall (van Rijsbergen 1979).
pub fn f_measure(precision: f64, recall: f64, beta: f64) -> f64 {
    let square = beta * beta;
    ratio((1.0 + square) * precision * recall, square * precision + recall)
}

fn ratio(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// What each of `parts` adds to the figures of two clusterings of the same things: of each thing its true
/// cluster, the one it was found in, and its part. A cluster that spans parts counts for that of its first
/// thing.
pub fn compare_clusters(things: &[(u32, u32, usize)], parts: usize) -> Vec<Tally> {
    /// How many things there are of a group, and the part of the first.
    type Groups = FxHashMap<(u32, u32), (f64, usize)>;
    let groups = |key: fn(u32, u32) -> (u32, u32)| {
        let mut groups = Groups::default();
        for &(is, found, part) in things {
            groups.entry(key(is, found)).or_insert((0.0, part)).0 += 1.0;
        }
        groups
    };
    let of_truth = groups(|is, _| (is, 0));
    let of_found = groups(|_, found| (found, 0));
    let of_both = groups(|is, found| (is, found));
    let mut tallies = vec![Tally::default(); parts];
    #[allow(clippy::iter_over_hash_type, reason = "sums of whole numbers know no order")]
    let mut pairs = |groups: &Groups, of: fn(&mut Tally) -> &mut f64| {
        for &(n, part) in groups.values() {
            *of(&mut tallies[part]) += n * (n - 1.0) / 2.0;
        }
    };
    pairs(&of_truth, |tally| &mut tally.wanted);
    pairs(&of_found, |tally| &mut tally.found);
    pairs(&of_both, |tally| &mut tally.hits);
    for &(is, found, part) in things {
        let tally = &mut tallies[part];
        let both = of_both[&(is, found)].0;
        tally.articles += 1.0;
        tally.precision.add(both / of_found[&(found, 0)].0);
        tally.recall.add(both / of_truth[&(is, 0)].0);
    }
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Random clusterings; the adjusted Rand index by scikit-learn 1.x, B-cubed precision and recall by
    /// the Python package bcubed 1.5.
    #[test]
    fn clusters_agree_with_published_programs() {
        for (is, found, ari, precision, recall) in [
            (
                &[
                    1, 2, 3, 1, 4, 0, 4, 2, 4, 1, 0, 4, 4, 1, 2, 0, 4, 0, 4, 0, 4, 1, 3, 4, 3, 2,
                    3, 4, 3, 2,
                ][..],
                &[
                    1, 1, 3, 1, 4, 0, 4, 0, 4, 1, 1, 3, 4, 4, 2, 2, 4, 0, 4, 0, 2, 1, 0, 2, 3, 2,
                    3, 0, 2, 2,
                ][..],
                0.237_835_024_720,
                0.497_619_047_619,
                0.473_333_333_333,
            ),
            (
                &[
                    1, 7, 0, 3, 4, 2, 3, 6, 6, 7, 1, 2, 7, 6, 4, 2, 6, 4, 6, 5, 6, 3, 2, 1, 2, 2,
                    3, 3, 0, 7,
                ],
                &[
                    0, 7, 0, 3, 4, 2, 2, 2, 2, 7, 2, 1, 7, 6, 4, 2, 6, 1, 6, 5, 6, 3, 2, 1, 2, 2,
                    2, 3, 1, 1,
                ],
                0.315_499_606_609,
                0.613_333_333_333,
                0.581_111_111_111,
            ),
            (
                &[0, 0, 1, 1, 1, 1, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 1, 0, 0, 1],
                &[13, 0, 8, 1, 1, 8, 1, 0, 9, 12, 12, 1, 1, 3, 0, 0, 1, 0, 0, 1],
                0.413_043_478_261,
                0.95,
                0.47,
            ),
            (&[1, 0, 1, 2, 0, 0], &[1, 0, 1, 2, 0, 0], 1.0, 1.0, 1.0),
        ] {
            // In parts it comes to the same.
            let things: Vec<(u32, u32, usize)> = is
                .iter()
                .zip(found)
                .enumerate()
                .map(|(at, (&is, &found))| (is, found, at % 3))
                .collect();
            let mut all = Tally::default();
            for tally in compare_clusters(&things, 3) {
                all += tally;
            }
            let figures = all.figures(Of::Clusters, 1.0);
            for (ours, theirs) in
                [(all.ari(), ari), (figures.precision, precision), (figures.recall, recall)]
            {
                assert!((ours - theirs).abs() < 1e-11, "{ours} {theirs}");
            }
        }
    }

    #[test]
    fn f_leans_to_recall_by_beta() {
        assert!((f_measure(0.5, 1.0, 1.0) - 2.0 / 3.0).abs() < 1e-12);
        assert!((f_measure(0.5, 1.0, 2.0) - 5.0 / 6.0).abs() < 1e-12);
        assert!(f_measure(0.0, 0.0, 1.0) == 0.0);
    }

    #[test]
    fn sums_of_parts_are_the_sum() {
        let mut part = Tally { hits: 3.0, found: 4.0, wanted: 6.0, ..Tally::default() };
        part.recall.add(0.5);
        let mut twice = part;
        twice += part;
        assert_eq!(twice, part.times(2.0));
        assert!((twice.figures(Of::Pairs, 1.0).precision - 0.75).abs() < 1e-12);
    }
}
