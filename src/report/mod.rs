//! What a scan found, as files for programs and as text for people.

mod at_hand;
mod bar;
mod columns;
mod copies;
mod draft;
mod duplicates;
pub mod export;
pub mod filed;
mod folder;
pub mod html;
pub(crate) mod plot;
mod rows;
mod summary;
mod terminal;

pub use bar::{ORIGINS, bar};
pub use columns::{side_by_side, visible};
pub use draft::Draft;
pub use duplicates::{DuplicatesCounts, DuplicatesRun};
pub use folder::{Folder, PAGE_FILE, RUN_FILE};
pub use summary::{Counts, Summary};
pub use terminal::Terminal;

use crate::agency::Agencies;
use crate::article::{Article, ArticleIx};
use crate::attribute::Origin;
use crate::scan::Findings;

/// A finished scan: everything a writer needs.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The articles, in order of id.
    pub articles: &'a [Article],
    /// What was found in them.
    pub findings: &'a Findings,
    /// The agencies that findings refer to.
    pub agencies: &'a Agencies,
}

impl<'a> Run<'a> {
    fn id(&self, article: ArticleIx) -> &'a str {
        &self.articles[article.ix()].id
    }

    /// Id of a copy, if any article took from it.
    fn copy_id(&self, origin: Origin) -> Option<String> {
        let copies = &self.findings.attributed.copies;
        let at = copies.binary_search_by_key(&origin, |copy| copy.origin).ok()?;
        Some(format!("copy-{}", at + 1))
    }
}
