//! What becomes of an event: who reports it, who takes whose copy, and how.

use super::Treatment;
use super::dice::Dice;
use super::outlet::{OUTLETS, Outlet, SHARES};

/// The articles about one event, before a word of them is written.
#[derive(Debug)]
pub(super) struct Plan {
    /// The agencies whose copy there is: first reports of one or two, then a later story of the first.
    pub(super) copies: Vec<CopyPlan>,
    /// The articles, in order of time but for lag.
    pub(super) tasks: Vec<Task>,
}

/// Agency copy.
#[derive(Debug, Clone, Copy)]
pub(super) struct CopyPlan {
    pub(super) agency: usize,
    pub(super) kind: CopyKind,
}

/// How copy stands to the event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CopyKind {
    /// The agency's report.
    Report,
    /// The same, brought up to date: with new paragraphs.
    Version,
    /// A story of a later day, with a paragraph of background from the first.
    FollowUp,
}

/// An article to be written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Task {
    /// An agency's copy as it was sent.
    Copy { copy: usize },
    /// What an outlet makes of copy; `from` one or, merged, two.
    Pickup { outlet: usize, copy: usize, second: Option<usize>, treatment: Treatment },
    /// An outlet's own report, quoting those whom others quote or not.
    Independent { outlet: usize, quotes: bool },
    /// A later version of an outlet's earlier article.
    Update { outlet: usize, of: usize },
}

/// Most outlets that take up an event.
const MOST: usize = 300;

impl Plan {
    pub(super) fn new(seed: u64, event: u64, outlets: &[Outlet]) -> Self {
        let mut dice = Dice::new(seed, 0x706c_616e, event);
        let size = size(&mut dice);
        let mut plan = Self { copies: Vec::new(), tasks: Vec::new() };
        if size == 1 && dice.per_mille(620) {
            let outlet = dice.zipf(9) % OUTLETS;
            plan.tasks.push(Task::Independent { outlet, quotes: false });
            plan.update(outlet, outlets, &mut dice);
            return plan;
        }
        plan.add_copies(size, &mut dice);
        let mut taken = [false; OUTLETS];
        for _ in 0..size {
            // Some outlets print much and most little; nobody prints an event twice, but for updates.
            let mut outlet = dice.zipf(9) % OUTLETS;
            while std::mem::replace(&mut taken[outlet], true) {
                outlet = (outlet + 1) % OUTLETS;
            }
            let task = if size > 1 && dice.per_mille(140) {
                Task::Independent { outlet, quotes: dice.per_mille(600) }
            } else {
                plan.pickup(outlet, &outlets[outlet], &mut dice)
            };
            plan.tasks.push(task);
            plan.update(outlet, outlets, &mut dice);
        }
        plan
    }

    fn add_copies(&mut self, size: usize, dice: &mut Dice) {
        let agency = dice.which(&SHARES);
        let mut kinds = vec![(agency, CopyKind::Report)];
        if size >= 3 {
            let other = (agency + 1 + dice.below(SHARES.len() - 1)) % SHARES.len();
            kinds.extend(dice.per_mille(350).then_some((other, CopyKind::Report)));
            kinds.extend(dice.per_mille(200).then_some((agency, CopyKind::Version)));
            kinds.extend(dice.per_mille(250).then_some((agency, CopyKind::FollowUp)));
        }
        for (agency, kind) in kinds {
            // What few outlets take is not always among the articles.
            if dice.per_mille(800) || size > 20 {
                self.tasks.push(Task::Copy { copy: self.copies.len() });
            }
            self.copies.push(CopyPlan { agency, kind });
        }
    }

    fn pickup(&self, number: usize, outlet: &Outlet, dice: &mut Dice) -> Task {
        let copy = dice.below(self.copies.len()).min(dice.below(self.copies.len()));
        let of = self.copies[copy].agency;
        let second = self.copies.iter().position(|other| other.agency != of);
        let merges = if second.is_some() { 16 } else { 0 };
        let treatments = [
            (Treatment::Verbatim, 12),
            (Treatment::Trimmed, 14 * outlet.trims),
            (Treatment::NewHeadline, 8),
            (Treatment::NewLede, 12),
            (Treatment::Rewritten, 12 * outlet.rewrites),
            (Treatment::Merged, merges),
            (Treatment::Embedded, 14),
            (Treatment::Background, 6),
        ];
        let treatment = treatments[dice.which(&treatments.map(|(_, weight)| weight))].0;
        let second = second.filter(|_| treatment == Treatment::Merged);
        Task::Pickup { outlet: number, copy, second, treatment }
    }

    /// Some outlets bring a story up to date, up to three times.
    fn update(&mut self, outlet: usize, outlets: &[Outlet], dice: &mut Dice) {
        for _ in 0..3 {
            if !dice.per_mille(outlets[outlet].updates) {
                break;
            }
            self.tasks.push(Task::Update { outlet, of: self.tasks.len() - 1 });
        }
    }

    /// How many texts of somebody's own have to be written for the first so many articles.
    pub(super) fn own_texts(&self, articles: usize) -> usize {
        let own = |task: &Task| match task {
            Task::Copy { .. } => false,
            Task::Pickup { treatment, .. } => treatment.adds(),
            Task::Independent { .. } | Task::Update { .. } => true,
        };
        self.copies.len() + self.tasks.iter().take(articles).filter(|task| own(task)).count()
    }
}

/// How many outlets take up an event: `k` or more do in one of `k^1.5` cases, up to [`MOST`].
fn size(dice: &mut Dice) -> usize {
    // The share of a draw under 2^32 that `k` outlets or more get, in whole numbers.
    let at_least = |k: u64| (1_u64 << 48) / (k.pow(3) << 32).isqrt();
    let draw = dice.bits() >> 32;
    (1..=MOST as u64).take_while(|&k| draw < at_least(k)).last().unwrap_or(1) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_events_are_one_outlets_and_few_are_everybodys() {
        let mut dice = Dice::new(1, 1, 1);
        let sizes: Vec<usize> = (0..100_000).map(|_| size(&mut dice)).collect();
        let share = |from: usize| sizes.iter().filter(|&&size| size >= from).count();
        assert_eq!(share(1), 100_000);
        assert!((34_000..37_000).contains(&share(2)), "{}", share(2));
        assert!((70..140).contains(&share(100)), "{}", share(100));
        assert!(sizes.iter().all(|&size| size <= MOST));
    }
}
