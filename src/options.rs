//! The options of a scan: one struct of each stage, as a TOML file holds them.

use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::sketch::PassageOptions;
use crate::{align, attribute, candidates, clean, cluster, collapse, duplicates, judge, standing};

/// The options of every stage; each says how its default was found.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// What is learned as an outlet's boilerplate.
    pub clean: clean::Options,
    /// How sentences are sampled.
    pub sketch: PassageOptions,
    /// What counts as a near duplicate.
    pub collapse: collapse::Options,
    /// What counts as a duplicate where articles are compared as a whole.
    pub duplicates: duplicates::Options,
    /// Which pairs are aligned.
    pub candidates: candidates::Options,
    /// How passages are aligned and scored.
    pub align: align::Options,
    /// What is copy and what a quotation.
    pub judge: judge::Options,
    /// What is boilerplate among shared passages.
    pub standing: standing::Options,
    /// Which links join stories.
    pub cluster: cluster::Options,
    /// How much evidence attribution takes.
    pub attribute: attribute::Options,
}

impl Options {
    /// Checks every value once, so that nothing can be wrong with them later.
    pub fn check(&self) -> Result<()> {
        let Self {
            clean,
            sketch,
            collapse,
            duplicates,
            candidates,
            align,
            judge,
            standing,
            cluster,
            attribute,
        } = self;
        let share = |value: f64| (0.0..=1.0).contains(&value);
        let bits = |value: f32| value.is_finite() && value >= 0.0;
        let checks = [
            ("clean.stories", clean.stories >= 2, "2 or more"),
            ("clean.stories_inside", clean.stories_inside >= 2, "2 or more"),
            ("clean.days", clean.days >= 1, "1 or more"),
            ("sketch.shingle", (1..=16).contains(&sketch.shingle), "1 to 16 words"),
            ("sketch.per_sentence", sketch.per_sentence >= 1, "1 or more"),
            ("sketch.share", share(sketch.share), "0 to 1"),
            ("sketch.min_bits", bits(sketch.min_bits), "0 bits or more"),
            ("collapse.near", share(collapse.near), "0 to 1"),
            ("collapse.star_above", collapse.star_above >= 4, "4 or more"),
            ("duplicates.resemblance", share(duplicates.resemblance), "0 to 1"),
            ("duplicates.near", share(duplicates.near), "0 to 1"),
            ("candidates.values", candidates.values >= 1, "1 or more"),
            ("candidates.near_bits", bits(candidates.near_bits), "0 bits or more"),
            ("candidates.lone_bits", bits(candidates.lone_bits), "0 bits or more"),
            ("candidates.hot_above", candidates.hot_above >= 4, "4 or more"),
            ("align.min_bits", bits(align.min_bits), "0 bits or more"),
            ("align.min_seed_bits", bits(align.min_seed_bits), "0 bits or more"),
            ("align.unmatched", align.unmatched > 0.0 && bits(align.unmatched), "above 0 bits"),
            ("align.drop", bits(align.drop), "0 bits or more"),
            ("align.max_gap", (1..=1000).contains(&align.max_gap), "1 to 1000 words"),
            ("judge.min_bits", bits(judge.min_bits), "0 bits or more"),
            ("judge.fragment_bits", bits(judge.fragment_bits), "0 bits or more"),
            ("judge.akin_bits", bits(judge.akin_bits), "0 bits or more"),
            ("judge.akin_share", share(judge.akin_share), "0 to 1"),
            ("judge.min_identity", share(judge.min_identity), "0 to 1"),
            ("judge.narration_bits", bits(judge.narration_bits), "0 bits or more"),
            ("judge.quoted_share", (0.0..=1.0).contains(&judge.quoted_share), "0 to 1"),
            ("judge.narrated_share", (0.0..=1.0).contains(&judge.narrated_share), "0 to 1"),
            ("judge.whole_share", share(judge.whole_share), "0 to 1"),
            ("standing.below_share", share(standing.below_share), "0 to 1"),
            ("standing.identity", share(standing.identity), "0 to 1"),
            ("standing.articles", standing.articles >= 2, "2 or more"),
            ("standing.unrelated", share(standing.unrelated), "0 to 1"),
            ("standing.particular", bits(standing.particular), "0 or more"),
            ("standing.particular_old", bits(standing.particular_old), "0 or more"),
            ("standing.form_share", share(standing.form_share), "0 to 1"),
            ("standing.form_share_old", share(standing.form_share_old), "0 to 1"),
            ("standing.form_days", standing.form_days >= 2, "2 or more"),
            ("standing.news_days", standing.news_days >= 0, "0 or more"),
            ("cluster.join_share", share(cluster.join_share), "0 to 1"),
            ("attribute.agency_share", share(attribute.agency_share), "0 to 1"),
            ("attribute.partially", share(attribute.partially), "0 to 1"),
            ("attribute.wholly", share(attribute.wholly), "0 to 1"),
            ("attribute.wholly", attribute.wholly >= attribute.partially, "at least `partially`"),
            ("attribute.min_words", attribute.min_words >= 1, "1 or more"),
            ("attribute.reconstruct.words", attribute.reconstruct.words >= 1, "1 or more"),
        ];
        match checks.into_iter().find(|(_, right, _)| !right) {
            Some((option, _, range)) => Err(Error::Option {
                option: option.to_owned(),
                reason: "out of range".to_owned(),
                hint: Some(format!("it takes {range}")),
            }),
            None => Ok(()),
        }
    }
}
