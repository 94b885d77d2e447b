//! Which setting to take, how sure that is, and how right it will be about articles that no label names.

use std::str::FromStr;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::trial::Tallies;
use crate::hash;
use crate::measure::{Figures, Of, Tally};

/// A figure that may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Figure {
    /// Share of what was found that is true.
    Precision,
    /// Share of what is true that was found.
    Recall,
    /// Both in one.
    F,
    /// That less for passages in pieces.
    Plagdet,
    /// Adjusted Rand index of clusters.
    Ari,
}

impl Figure {
    /// Its value, if it is one of labels like these.
    pub fn of(self, figures: &Figures) -> Option<f64> {
        match self {
            Self::Precision => Some(figures.precision),
            Self::Recall => Some(figures.recall),
            Self::F => Some(figures.f),
            Self::Plagdet => figures.plagdet,
            Self::Ari => figures.ari,
        }
    }
}

/// What the chosen setting is to be best at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goal {
    /// The highest value of a figure.
    Most(Figure),
    /// The highest recall of those with this precision, or the other way round.
    AtLeast(Figure, f64),
}

impl FromStr for Goal {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let forms = "it takes max-f1, max-plagdet, max-ari, precision>=0.98 or recall>=0.95";
        let text: String = text.to_lowercase().replace([' ', '"'], "");
        if let Some((figure, share)) = text.split_once(">=") {
            let share = share.parse().ok().filter(|share| (0.0..=1.0).contains(share));
            return match (figure, share) {
                ("precision", Some(share)) => Ok(Self::AtLeast(Figure::Precision, share)),
                ("recall", Some(share)) => Ok(Self::AtLeast(Figure::Recall, share)),
                _ => Err(forms.to_owned()),
            };
        }
        match text.as_str() {
            "max-f1" | "max-f" => Ok(Self::Most(Figure::F)),
            "max-precision" => Ok(Self::Most(Figure::Precision)),
            "max-recall" => Ok(Self::Most(Figure::Recall)),
            "max-plagdet" => Ok(Self::Most(Figure::Plagdet)),
            "max-ari" => Ok(Self::Most(Figure::Ari)),
            _ => Err(forms.to_owned()),
        }
    }
}

impl Goal {
    /// How good figures are by this goal: first whether they reach what is asked, then by how much or how
    /// little they fail.
    fn worth(self, figures: &Figures) -> (bool, f64) {
        match self {
            Self::Most(figure) => (true, figure.of(figures).unwrap_or_default()),
            Self::AtLeast(figure, share) => {
                let value = figure.of(figures).unwrap_or_default();
                let other = match figure {
                    Figure::Precision => figures.recall,
                    _ => figures.precision,
                };
                if value >= share { (true, other) } else { (false, value) }
            }
        }
    }

    /// Whether figures reach what is asked.
    pub fn is_met(self, figures: &Figures) -> bool {
        self.worth(figures).0
    }

    fn better(self, new: &Figures, old: &Figures) -> bool {
        let ((new_meets, new), (old_meets, old)) = (self.worth(new), self.worth(old));
        (new_meets, new) > (old_meets, old + f64::EPSILON * 8.0)
    }
}

/// From where to where a figure lies in 95 of 100 samples of the stories.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Interval {
    /// 2.5 in a hundred are below.
    pub low: f64,
    /// 2.5 in a hundred are above.
    pub high: f64,
}

/// The intervals of figures.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Intervals {
    /// Of the precision.
    pub precision: Interval,
    /// Of the recall.
    pub recall: Interval,
    /// Of the F measure.
    pub f: Interval,
    /// Of plagdet, for passages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plagdet: Option<Interval>,
    /// Of the adjusted Rand index, for clusters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ari: Option<Interval>,
}

/// Figures with their intervals.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// The figures.
    #[serde(flatten)]
    pub figures: Figures,
    /// How far they may be from those of other articles of this kind.
    pub interval: Intervals,
}

/// How figures are counted and compared.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    pub(super) of: Of,
    pub(super) beta: f64,
    pub(super) goal: Goal,
    pub(super) seed: u64,
}

/// Samples of the stories, with replacement (the bootstrap: Efron 1979).
const SAMPLES: u64 = 1_000;

/// A setting that is better than the one it would replace in fewer of the samples is not taken.
pub(super) const SURE: f64 = 0.9;

impl Choice {
    /// The figures of some stories.
    pub(super) fn figures(&self, tallies: &Tallies, stories: &[usize]) -> Figures {
        let mut all = Tally::default();
        for &story in stories {
            all += tallies[story];
        }
        all.figures(self.of, self.beta)
    }

    /// The figures of some stories with their intervals.
    pub(super) fn measure(&self, tallies: &Tallies, stories: &[usize]) -> Measured {
        let samples: Vec<Figures> =
            self.samples(stories).map(|s| self.figures(tallies, &s)).collect();
        let interval = |figure: Figure| {
            let values: Option<Vec<f64>> = samples.iter().map(|f| figure.of(f)).collect();
            values.map(|mut values| {
                values.sort_by(f64::total_cmp);
                let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
                // Samples of stories without an error have none either. If an error were in more than
                // 3 of n stories, 95 of 100 times one would have been seen (Hanley & Lippman-Hand 1983).
                let unseen = 1.0 - (3.0 / stories.len().max(1) as f64).min(1.0);
                let low = if values[0] >= 1.0 { unseen } else { at(0.025) };
                Interval { low, high: at(0.975) }
            })
        };
        let always = |figure| interval(figure).expect("labels of every kind have it");
        Measured {
            figures: self.figures(tallies, stories),
            interval: Intervals {
                precision: always(Figure::Precision),
                recall: always(Figure::Recall),
                f: always(Figure::F),
                plagdet: interval(Figure::Plagdet),
                ari: interval(Figure::Ari),
            },
        }
    }

    /// As many stories as there are, drawn with replacement, time after time.
    fn samples<'s>(&self, stories: &'s [usize]) -> impl ParallelIterator<Item = Vec<usize>> + 's {
        let seed = hash::mix(self.seed);
        (0..SAMPLES).into_par_iter().map(move |sample| {
            let stream = hash::mix(seed ^ hash::mix(sample));
            (0..stories.len() as u64)
                .map(|draw| stories[below(hash::mix(stream ^ draw), stories.len())])
                .collect()
        })
    }

    /// The setting that reaches the goal best in these stories; the first of equals.
    pub(super) fn best(&self, trials: &[Tallies], stories: &[usize]) -> usize {
        let figures: Vec<Figures> = trials.iter().map(|t| self.figures(t, stories)).collect();
        (1..trials.len()).fold(0, |best, at| {
            if self.goal.better(&figures[at], &figures[best]) { at } else { best }
        })
    }

    /// The setting to take: the best, if it is better than the first in enough samples of the stories;
    /// with that share of samples. What labels cannot tell apart stays as it is.
    pub(super) fn choose(&self, trials: &[Tallies], stories: &[usize]) -> (usize, f64) {
        let best = self.best(trials, stories);
        if best == 0 {
            return (0, 0.0);
        }
        let better = self
            .samples(stories)
            .filter(|sample| {
                let [new, old] = [best, 0].map(|at| self.figures(&trials[at], sample));
                self.goal.better(&new, &old)
            })
            .count();
        let share = better as f64 / SAMPLES as f64;
        let starts_short = !self.goal.is_met(&self.figures(&trials[0], stories));
        if share >= SURE || starts_short { (best, share) } else { (0, share) }
    }

    /// What each story adds if the setting was chosen by others: stories are dealt into folds, and those
    /// of one fold are judged by the setting that the rest would choose (Stone 1974).
    pub(super) fn held_out(&self, trials: &[Tallies], stories: &[usize], folds: usize) -> Tallies {
        let mut held_out = vec![Tally::default(); trials[0].len()];
        let dealt = self.deal(trials, stories, folds);
        for fold in 0..folds {
            let rest: Vec<usize> =
                stories.iter().zip(&dealt).filter(|(_, f)| **f != fold).map(|(s, _)| *s).collect();
            if rest.is_empty() {
                continue;
            }
            let (chosen, _) = self.choose(trials, &rest);
            for (&story, _) in stories.iter().zip(&dealt).filter(|(_, f)| **f == fold) {
                held_out[story] = trials[chosen][story];
            }
        }
        held_out
    }

    /// Deals stories into parts of about as much to find each: the largest first, each to the part that
    /// has least; stories of one size in an order of chance.
    pub(super) fn deal(&self, trials: &[Tallies], stories: &[usize], parts: usize) -> Vec<usize> {
        let weight = |story: usize| {
            let tally = &trials[0][story];
            tally.wanted + tally.recall.count + tally.articles + 1.0
        };
        let seed = hash::mix(self.seed ^ 0x464F_4C44);
        let mut order: Vec<usize> = (0..stories.len()).collect();
        order.sort_by(|&x, &y| {
            let chance = |at: usize| hash::mix(seed ^ stories[at] as u64);
            weight(stories[y]).total_cmp(&weight(stories[x])).then(chance(x).cmp(&chance(y)))
        });
        let (mut loads, mut dealt) = (vec![0.0; parts], vec![0; stories.len()]);
        for at in order {
            let least = (1..parts).fold(0, |l, part| if loads[part] < loads[l] { part } else { l });
            dealt[at] = least;
            loads[least] += weight(stories[at]);
        }
        dealt
    }
}

/// A number under `limit` from bits of chance.
pub(super) fn below(bits: u64, limit: usize) -> usize {
    (((bits >> 32) * limit as u64) >> 32) as usize
}

/// The settings of which none of the others has both more precision and more recall, by recall.
pub(super) fn frontier(figures: &[Figures]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..figures.len()).collect();
    order.sort_by(|&x, &y| {
        let (x_f, y_f) = (&figures[x], &figures[y]);
        (y_f.recall.total_cmp(&x_f.recall))
            .then(y_f.precision.total_cmp(&x_f.precision))
            .then(x.cmp(&y))
    });
    let mut kept: Vec<usize> = Vec::new();
    let mut most = f64::MIN;
    for at in order {
        if figures[at].precision > most {
            most = figures[at].precision;
            kept.push(at);
        }
    }
    kept.reverse();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(hits: f64, found: f64, wanted: f64) -> Tally {
        Tally { hits, found, wanted, ..Tally::default() }
    }

    const CHOICE: Choice =
        Choice { of: Of::Pairs, beta: 1.0, goal: Goal::Most(Figure::F), seed: 1 };

    #[test]
    fn goals_are_read() {
        assert_eq!("max-F1".parse(), Ok(Goal::Most(Figure::F)));
        assert_eq!("precision >= 0.98".parse(), Ok(Goal::AtLeast(Figure::Precision, 0.98)));
        assert!("precision>=98".parse::<Goal>().is_err() && "best".parse::<Goal>().is_err());
    }

    #[test]
    fn a_goal_prefers_what_reaches_it() {
        let sharp = vec![pairs(5.0, 5.0, 10.0)];
        let broad = vec![pairs(9.0, 12.0, 10.0)];
        let trials = [broad, sharp];
        let by = |goal: &str| Choice { goal: goal.parse().unwrap(), ..CHOICE }.best(&trials, &[0]);
        assert_eq!(by("max-f1"), 0);
        assert_eq!(by("precision>=0.9"), 1);
        assert_eq!(by("recall>=0.8"), 0);
    }

    #[test]
    fn what_labels_cannot_tell_apart_stays() {
        // Each is right about one story and wrong about another; the second about one more.
        let right = pairs(2.0, 2.0, 2.0);
        let wrong = pairs(1.0, 3.0, 2.0);
        let first = vec![right, wrong, right, wrong, wrong];
        let second = vec![wrong, right, wrong, right, right];
        let stories: Vec<usize> = (0..5).collect();
        let (chosen, share) = CHOICE.choose(&[first.clone(), second], &stories);
        assert!(chosen == 0 && (0.5..SURE).contains(&share), "{chosen} {share}");
        let (chosen, _) = CHOICE.choose(&[first, vec![right; 5]], &stories);
        assert_eq!(chosen, 1);
    }

    #[test]
    fn the_interval_narrows_with_the_stories() {
        let width = |stories: usize| {
            let tallies: Tallies = (0..stories).map(|n| pairs((n % 2) as f64, 1.0, 1.0)).collect();
            let all: Vec<usize> = (0..stories).collect();
            let measured = CHOICE.measure(&tallies, &all);
            assert!((measured.figures.f - 0.5).abs() < 1e-9);
            measured.interval.f.high - measured.interval.f.low
        };
        // Of n coins 95 of 100 samples lie within 1.96 / sqrt(n) of the half, all in all.
        let (few, many) = (width(40), width(1_000));
        assert!((few - 0.31).abs() < 0.05 && (many - 0.062).abs() < 0.01, "{few} {many}");
    }

    #[test]
    fn no_story_is_judged_by_a_setting_it_chose() {
        // The second setting is right in the one story that tells; who does not see it takes the first.
        let first = vec![pairs(1.0, 1.0, 1.0), pairs(0.0, 1.0, 1.0)];
        let second = vec![pairs(1.0, 1.0, 1.0), pairs(1.0, 1.0, 1.0)];
        let held_out = CHOICE.held_out(&[first.clone(), second], &[0, 1], 2);
        assert_eq!(held_out, first);
    }

    #[test]
    fn the_frontier_has_no_setting_that_is_worse_both_ways() {
        let of = |precision: f64, recall: f64| Figures {
            precision,
            recall,
            f: 0.0,
            granularity: None,
            plagdet: None,
            ari: None,
        };
        let figures = [of(0.9, 0.5), of(0.8, 0.7), of(0.7, 0.6), of(0.95, 0.2), of(0.8, 0.7)];
        assert_eq!(frontier(&figures), [3, 0, 1]);
    }
}
