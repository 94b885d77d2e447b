//! What is tried: options of the stages after aligning, and values of each.

use std::collections::BTreeMap;

use serde::Serialize;

use super::By;
use crate::error::{Error, Result};
use crate::measure::Of;
use crate::options::Options;

/// An option as a file of options names it, with the values it is tried with.
#[derive(Debug, Clone, PartialEq)]
pub struct Knob {
    /// Such as `judge.min_bits`.
    pub option: String,
    /// In order.
    pub values: Vec<f64>,
}

impl Knob {
    fn new(option: &str, values: &[f64]) -> Self {
        Self { option: option.to_owned(), values: values.to_vec() }
    }
}

/// Options, and what in them is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Setting {
    /// The options.
    #[serde(skip)]
    pub options: Options,
    /// What was changed, by name; nothing for the setting that tuning starts from.
    pub changes: BTreeMap<String, f64>,
}

/// Options that are settled before anything is judged: trying others takes another scan.
const SETTLED: [&str; 5] = ["clean", "sketch", "collapse", "candidates", "align"];

impl Setting {
    /// The options that tuning starts from.
    pub fn start(options: &Options) -> Self {
        Self { options: options.clone(), changes: BTreeMap::new() }
    }

    /// The same with one option changed.
    pub fn with(&self, option: &str, value: f64) -> Result<Self> {
        let wrong = |reason: String, hint: &str| Error::Option {
            option: option.to_owned(),
            reason,
            hint: Some(hint.to_owned()),
        };
        let names = "copytaster scan --print-config prints every option";
        let stage = option.split('.').next().unwrap_or_default();
        if SETTLED.contains(&stage) && option != NEAR {
            let reason = "is settled before anything is judged";
            return Err(wrong(reason.to_owned(), "try it with --config, one run for each value"));
        }
        let mut table = toml::Value::try_from(&self.options).expect("options are TOML");
        let found = option.split('.').try_fold(&mut table, |table, name| table.get_mut(name));
        match found {
            Some(old @ toml::Value::Float(_)) => *old = toml::Value::Float(value),
            Some(old @ toml::Value::Integer(_)) if value.fract() == 0.0 => {
                *old = toml::Value::Integer(value as i64);
            }
            Some(toml::Value::Integer(_)) => {
                return Err(wrong(format!("{value} is no whole number"), names));
            }
            _ => return Err(wrong("is no option that has a number".to_owned(), names)),
        }
        let options: Options =
            table.try_into().map_err(|error: toml::de::Error| wrong(error.to_string(), names))?;
        options.check()?;
        let mut changes = self.changes.clone();
        changes.insert(option.to_owned(), value);
        if options == self.options {
            changes.remove(option);
        }
        Ok(Self { options, changes })
    }
}

/// The one option before judging that can be tried without another scan: equal and nearly equal articles are
/// told by words that are at hand.
const NEAR: &str = "collapse.near";

/// The settings to try for labels of one kind, the one to start from first: all combinations of the options
/// that matter most, and each of some others by itself.
pub(super) fn settings(start: &Options, of: Of, by: By) -> Result<Vec<Setting>> {
    let bits =
        Knob::new("judge.min_bits", &[25.0, 35.0, 45.0, 55.0, 65.0, 80.0, 100.0, 130.0, 170.0]);
    let few_bits = Knob::new("judge.min_bits", &[35.0, 55.0, 90.0, 140.0]);
    let judged = [
        Knob::new("judge.fragment_bits", &[20.0, 45.0]),
        Knob::new("judge.akin_bits", &[0.0, 10.0, 40.0]),
        Knob::new("judge.akin_share", &[0.05, 0.1, 0.4, 1.0]),
        Knob::new("standing.below_share", &[0.0, 0.15, 0.5]),
        Knob::new("standing.fresh_bits", &[0.0, 30.0, 90.0]),
    ];
    let kinds = [
        Knob::new("judge.narration_bits", &[30.0, 45.0, 90.0, 120.0]),
        Knob::new("judge.quoted_share", &[0.3, 0.7, 0.9]),
        Knob::new("judge.whole_share", &[0.4, 0.8, 1.0]),
    ];
    let identity = Knob::new("judge.min_identity", &[0.0, 0.5, 0.6, 0.7]);
    let words = Knob::new("judge.min_words", &[1.0, 8.0, 12.0, 16.0]);
    let (all, single): (Vec<Knob>, Vec<Knob>) = match (of, by) {
        (Of::Passages, _) => (vec![bits, words, identity], judged.to_vec()),
        (Of::Articles, _) => (
            vec![
                Knob::new("attribute.partially", &[0.02, 0.05, 0.08, 0.1, 0.15, 0.2, 0.25, 0.3]),
                Knob::new("attribute.wholly", &[0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9]),
            ],
            Vec::new(),
        ),
        (Of::Pairs, By::Near) => (
            vec![Knob::new(NEAR, &(8..=20).map(|n| f64::from(n) / 20.0).collect::<Vec<_>>())],
            vec![],
        ),
        (Of::Pairs, By::Link) => {
            let narrated = Knob::new("judge.narrated_share", &[0.0, 0.2, 0.4, 0.6]);
            let words = Knob::new("judge.min_words", &[1.0, 8.0, 16.0]);
            (vec![bits, words, narrated], [&judged[..], &kinds, &[identity]].concat())
        }
        (Of::Pairs, By::Join | By::Story) | (Of::Clusters, _) => {
            let shares = [0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
            let share = Knob::new("cluster.join_share", &shares);
            let words = Knob::new("cluster.join_words", &[10.0, 20.0, 30.0, 60.0]);
            (vec![few_bits, share, words], [&judged[..], &kinds, &[identity]].concat())
        }
    };
    let mut settings = sweep(start, &all)?;
    let first = settings[0].clone();
    for knob in single {
        for &value in &knob.values {
            settings.push(first.with(&knob.option, value)?);
        }
    }
    Ok(without_twins(settings))
}

/// All combinations of the values, after the setting to start from.
pub fn sweep(start: &Options, knobs: &[Knob]) -> Result<Vec<Setting>> {
    let first = Setting::start(start);
    let mut product = vec![first.clone()];
    for knob in knobs {
        let mut longer = Vec::with_capacity(product.len() * knob.values.len());
        for setting in &product {
            for &value in &knob.values {
                // Borders that pass each other are no setting.
                match setting.with(&knob.option, value) {
                    Ok(next) => longer.push(next),
                    Err(error) if product.len() == 1 => return Err(error),
                    Err(_) => {}
                }
            }
        }
        product = longer;
    }
    product.insert(0, first);
    Ok(without_twins(product))
}

fn without_twins(settings: Vec<Setting>) -> Vec<Setting> {
    let mut kept: Vec<Setting> = Vec::with_capacity(settings.len());
    for setting in settings {
        if kept.iter().all(|other| other.options != setting.options) {
            kept.push(setting);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_option_is_changed_by_its_name() {
        let start = Setting::start(&Options::default());
        let changed = start.with("judge.min_words", 8.0).unwrap();
        assert_eq!(changed.options.judge.min_words, 8);
        assert_eq!(changed.changes.len(), 1);
        let back = changed.with("judge.min_words", 1.0).unwrap();
        assert_eq!(back.options, start.options);
        for (option, value) in [
            ("judge.min_bitz", 1.0),
            ("judge.min_words", 1.5),
            ("judge", 1.0),
            ("judge.akin_share", 2.0),
            ("align.drop", 3.0),
        ] {
            assert!(start.with(option, value).is_err(), "{option}");
        }
    }

    #[test]
    fn the_first_setting_is_where_tuning_starts() {
        let start = Options::default();
        for of in [Of::Pairs, Of::Clusters, Of::Passages, Of::Articles] {
            let settings = settings(&start, of, By::Link).unwrap();
            assert_eq!(settings[0].options, start);
            assert!(settings[0].changes.is_empty());
            assert!((50..=220).contains(&settings.len()), "{of:?}: {}", settings.len());
        }
    }
}
