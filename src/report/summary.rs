//! `run.json`: what was read, with which options, and how much came of it.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::Run;
use crate::agency::AgencyIx;
use crate::error::Note;
use crate::judge::Kind;
use crate::options::Options;
use crate::read::{self, Input};
use crate::scan::{Stage, Stats};

/// The contents of `run.json`.
#[derive(Debug, Serialize)]
pub struct Summary<'a> {
    /// Version of the program.
    pub version: &'static str,
    /// What it was called with, without the program's own name.
    pub command: &'a [String],
    /// The inputs as the user named them, from which they can be read again.
    pub named: &'a [PathBuf],
    /// The options in force.
    pub options: &'a Options,
    /// How they were read.
    pub reading: &'a read::Options,
    /// The files read.
    pub inputs: &'a [Input],
    /// What was left out, and why.
    pub skipped: &'a [Note],
    /// What is to be told of articles that were taken.
    pub notes: &'a [Note],
    /// How much there is.
    pub counts: Counts,
    /// How much work it was.
    pub work: &'a Stats,
    /// Wall time of each stage, in seconds, in order.
    pub seconds: Vec<(Stage, f64)>,
    /// Most memory the process held, in bytes, where the system tells.
    pub peak_memory_bytes: Option<u64>,
}

/// The sizes of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Articles taken.
    pub articles: usize,
    /// Outlets that are named.
    pub outlets: usize,
    /// Articles that equal or nearly equal another.
    pub near_duplicates: usize,
    /// Shared passages.
    pub passages: usize,
    /// Pairs linked by copy.
    pub copy_links: usize,
    /// Pairs linked by no more than a quotation.
    pub quote_links: usize,
    /// Pairs linked by boilerplate alone.
    pub boilerplate_links: usize,
    /// Stories told by more than one article.
    pub clusters: usize,
    /// Articles that others took from.
    pub copies: usize,
    /// Articles that trace to an agency.
    pub agency_articles: usize,
    /// Agencies found.
    pub agencies: usize,
}

impl Counts {
    /// Counts what a run holds.
    pub fn of(run: &Run<'_>) -> Self {
        let findings = run.findings;
        let distinct = |mut names: Vec<&str>| {
            names.sort_unstable();
            names.dedup();
            names.len()
        };
        let links = |kind: Kind| findings.links.iter().filter(|link| link.relation == kind).count();
        let mut agencies: Vec<AgencyIx> =
            findings.attributed.attributions.iter().filter_map(|a| a.agency).collect();
        let agency_articles = agencies.len();
        agencies.sort_unstable();
        agencies.dedup();
        Self {
            articles: run.articles.len(),
            outlets: distinct(run.articles.iter().filter_map(|a| a.outlet.as_deref()).collect()),
            near_duplicates: findings.near.iter().flatten().count(),
            passages: findings.passages.len(),
            copy_links: links(Kind::Copy),
            quote_links: links(Kind::Quote),
            boilerplate_links: links(Kind::Boilerplate),
            clusters: findings.clusters.len(),
            copies: findings.attributed.copies.len(),
            agency_articles,
            agencies: agencies.len(),
        }
    }
}
