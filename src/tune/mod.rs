//! Which settings suit a corpus, by labels of some of its articles or by its own background.
//!
//! All settings are judged on one detection: see [`Scan::evidence`]. Labels are counted story by story,
//! so that samples of the stories say how sure a figure is and no story is judged by a setting that it
//! helped to choose.

mod background;
mod choice;
mod cost;
mod curve;
mod html;
mod labels;
mod pairs;
mod report;
mod review;
mod setting;
mod table;
mod trial;

use serde::Serialize;

pub use background::{Background, Class, Tail, Threshold};
use choice::Choice;
pub use choice::{Figure, Goal, Interval, Intervals, Measured};
pub use cost::{Cost, Sample, sample};
pub use curve::{Alike, Curve, Edited};
pub use labels::{Gold, LabelOptions, Labels, POSITIVE};
pub use pairs::{Shown, review};
pub use report::{FILES, Report};
pub use review::Review;
pub use setting::{Knob, Setting, sweep};
use trial::{Tallies, Trials};

use crate::article::Article;
use crate::error::Result;
use crate::measure::{Figures, Of};
use crate::scan::{Evidence, Scan};

/// What makes a pair one that is found, for labels of pairs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// A link of copy: what `links.jsonl` calls `copy`.
    #[default]
    Link,
    /// A link of copy that joins two articles into a story.
    Join,
    /// Being in one story, by whatever chain of links.
    Story,
    /// Being nearly equal.
    Near,
}

/// How to tune.
#[derive(Debug, Clone)]
pub struct Tuning {
    /// What makes a pair one that is found.
    pub by: By,
    /// How much more recall counts than precision in the F measure.
    pub beta: f64,
    /// What the chosen setting is to be best at; by default plagdet for passages, F for the rest.
    pub goal: Option<Goal>,
    /// Options to try, and values of each, in all combinations; by default those that matter for the
    /// labels.
    pub sweep: Vec<Knob>,
    /// Parts for cross-validation, 2 or more.
    pub folds: usize,
    /// Share of the stories that are kept from choosing and measured in the end, `0..1`.
    pub holdout: f64,
    /// Decides which stories fall together in samples and parts.
    pub seed: u64,
    /// Errors to show of either kind.
    pub errors: usize,
}

impl Default for Tuning {
    fn default() -> Self {
        Self {
            by: By::default(),
            beta: 1.0,
            goal: None,
            sweep: Vec::new(),
            folds: 5,
            holdout: 0.0,
            seed: 1,
            errors: 0,
        }
    }
}

/// What labels teach.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Lesson {
    /// What was counted.
    pub of: Of,
    /// What makes a pair one that is found.
    pub by: By,
    /// How much more recall counts than precision.
    pub beta: f64,
    /// Stories that the labels tell of: what depends on each other is counted together.
    pub stories: usize,
    /// Labelled things that should be found: pairs, passages; or articles.
    pub wanted: u64,
    /// Every setting tried, that of the start first.
    pub settings: Vec<Tried>,
    /// Those of which none other has both more precision and more recall, by recall.
    pub frontier: Vec<Point>,
    /// The setting of the start.
    pub start: Measured,
    /// Which setting was chosen.
    pub chosen: usize,
    /// Its figures on the labels that chose it: better than they will be elsewhere.
    pub measured: Measured,
    /// The best setting of all, and in what share of samples it beats that of the start.
    pub best: (usize, f64),
    /// Whether the chosen setting reaches the goal.
    pub goal_met: bool,
    /// Figures to expect of the choice on other articles: by cross-validation over stories.
    pub held_out: Measured,
    /// Figures on the stories that were kept from choosing, if any were.
    pub test: Option<Test>,
    /// What to keep in mind.
    pub warnings: Vec<String>,
}

/// A setting that was tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tried {
    /// The setting.
    #[serde(flatten)]
    pub setting: Setting,
    /// What it comes to.
    #[serde(flatten)]
    pub figures: Figures,
}

/// A point of the curve of precision over recall.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Point {
    /// Which setting.
    pub setting: usize,
    /// What it comes to.
    #[serde(flatten)]
    pub measured: Measured,
}

/// Figures of stories that had no say.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Test {
    /// How many stories.
    pub stories: usize,
    /// Of the setting of the start.
    pub start: Measured,
    /// Of the chosen one.
    pub chosen: Measured,
}

/// Points of the frontier that are measured with their intervals.
const POINTS: usize = 24;

/// Tries settings on labels; what it comes to, the chosen setting and the worst errors of it.
pub fn learn(
    scan: &Scan,
    articles: &[Article],
    evidence: &Evidence,
    labels: &Labels,
    tuning: &Tuning,
) -> Result<(Lesson, Setting, Vec<Shown>)> {
    let of = labels.gold.of();
    let settings = match &tuning.sweep[..] {
        [] => setting::settings(scan.options(), of, tuning.by)?,
        knobs => sweep(scan.options(), knobs)?,
    };
    let trials = Trials::new(scan, articles, evidence, &labels.gold, tuning.by);
    let tallies = trials.all(&settings);
    let usual = if of == Of::Passages { Figure::Plagdet } else { Figure::F };
    let goal = tuning.goal.unwrap_or(Goal::Most(usual));
    let choice = Choice { of, beta: tuning.beta, goal, seed: tuning.seed };
    let (mut stories, mut kept_back): (Vec<usize>, Vec<usize>) =
        ((0..trials.count).collect(), Vec::new());
    if tuning.holdout > 0.0 {
        (stories, kept_back) = apart(&choice, &tallies, &stories, tuning.holdout);
    }
    let (chosen, sure) = choice.choose(&tallies, &stories);
    let best = choice.best(&tallies, &stories);
    let figures: Vec<Figures> = tallies.iter().map(|t| choice.figures(t, &stories)).collect();
    let folds = tuning.folds.min(stories.len()).max(1);
    let held_out = choice.held_out(&tallies, &stories, folds);
    let measure = |at: usize| choice.measure(&tallies[at], &stories);
    let frontier = spread(&choice::frontier(&figures), POINTS);
    let mut lesson = Lesson {
        of,
        by: tuning.by,
        beta: tuning.beta,
        stories: stories.len(),
        wanted: wanted(&tallies[0], &stories, of),
        frontier: frontier
            .into_iter()
            .map(|at| Point { setting: at, measured: measure(at) })
            .collect(),
        start: measure(0),
        chosen,
        measured: measure(chosen),
        best: (best, sure),
        goal_met: goal.is_met(&figures[chosen]),
        held_out: choice.measure(&held_out, &stories),
        test: (!kept_back.is_empty()).then(|| Test {
            stories: kept_back.len(),
            start: choice.measure(&tallies[0], &kept_back),
            chosen: choice.measure(&tallies[chosen], &kept_back),
        }),
        settings: settings
            .iter()
            .zip(figures)
            .map(|(setting, figures)| Tried { setting: setting.clone(), figures })
            .collect(),
        warnings: Vec::new(),
    };
    lesson.warnings = warnings(&lesson);
    let errors = pairs::errors(&trials, &settings[chosen], tuning.errors);
    Ok((lesson, settings[chosen].clone(), errors))
}

/// The stories to choose by and those to keep back, of about as much to find as `share` says.
fn apart(
    choice: &Choice,
    tallies: &[Tallies],
    stories: &[usize],
    share: f64,
) -> (Vec<usize>, Vec<usize>) {
    const PARTS: usize = 20;
    let kept_back = (share * PARTS as f64).round() as usize;
    let dealt = choice.deal(tallies, stories, PARTS);
    let (mut front, mut back) = (Vec::new(), Vec::new());
    for (&story, part) in stories.iter().zip(dealt) {
        if part < kept_back { back.push(story) } else { front.push(story) }
    }
    (front, back)
}

/// At most so many, evenly.
fn spread(of: &[usize], most: usize) -> Vec<usize> {
    let step = |number: usize| of[number * (of.len() - 1) / (most - 1)];
    if of.len() <= most { of.to_vec() } else { (0..most).map(step).collect() }
}

fn wanted(tallies: &Tallies, stories: &[usize], of: Of) -> u64 {
    let sum: f64 = stories
        .iter()
        .map(|&story| match of {
            Of::Pairs | Of::Articles => tallies[story].wanted,
            Of::Clusters => tallies[story].articles,
            Of::Passages => tallies[story].recall.count,
        })
        .sum();
    sum as u64
}

fn warnings(lesson: &Lesson) -> Vec<String> {
    /// With fewer stories the samples of them say little.
    const STORIES: usize = 20;
    /// An interval wider than this leaves much open.
    const WIDE: f64 = 0.2;
    let mut warnings = Vec::new();
    let Interval { low, high } = lesson.held_out.interval.f;
    if lesson.stories < STORIES {
        warnings.push(format!(
            "the labels tell of {} stories only: too few to trust any figure here; label pairs of \
             {STORIES} or more",
            lesson.stories
        ));
    } else if high - low > WIDE {
        warnings.push(format!(
            "the labels are too few to tell: on other articles F may be {low:.2} or {high:.2}; label \
             more, --review picks those that help most"
        ));
    }
    let (best, sure) = lesson.best;
    if best != lesson.chosen {
        warnings.push(format!(
            "setting {best} is best by these labels, but beats that of the start in {:.0} of 100 samples \
             of them only: nothing is changed",
            100.0 * sure
        ));
    }
    for (option, chosen) in &lesson.settings[lesson.chosen].setting.changes {
        let values = lesson.settings.iter().filter_map(|tried| tried.setting.changes.get(option));
        let (below, above) = values.fold((false, false), |(below, above), value| {
            (below || value < chosen, above || value > chosen)
        });
        if below != above {
            warnings.push(format!(
                "{option} = {chosen} is the last value that was tried: further values may be better, as \
                 in --sweep {option}=V,V"
            ));
        }
    }
    if !lesson.goal_met {
        warnings.push("no setting that was tried reaches the goal: this one is nearest".to_owned());
    }
    warnings
}
