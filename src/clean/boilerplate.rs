//! Learns what an outlet prints under many of its articles.

use serde::{Deserialize, Serialize};

use crate::article::Article;

/// What makes a recurring paragraph boilerplate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// In how many different stories of an outlet it must recur.
    pub stories: u32,
    /// On how many days, where days are known.
    pub days: u32,
}

impl Default for Options {
    fn default() -> Self {
        Self { stories: 4, days: 2 }
    }
}

/// Paragraphs learned to be boilerplate, as hashes.
#[derive(Debug, Clone, Default)]
pub struct Boilerplate {}

impl Boilerplate {
    /// Nothing learned.
    pub fn none() -> Self {
        Self::default()
    }

    /// Learns from a whole collection: paragraphs that recur within one outlet in stories that are
    /// not versions of each other.
    pub fn learn(_articles: &[Article], _options: &Options) -> Self {
        Self::default()
    }
}
