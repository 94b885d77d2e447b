//! What an article says of itself: the agencies it credits, and when it was published.

use crate::agency::{Agencies, AgencyIx};
use crate::article::{Article, Published};
use crate::clean::{Evidence, EvidenceKind};

/// What an article says of itself that bears on who wrote first.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Standing {
    /// The agency it credits with its text.
    pub agency: Option<AgencyIx>,
    /// The agency it credits with a part.
    pub contributor: Option<AgencyIx>,
    /// Whether its outlet is an agency.
    pub is_agency: bool,
    /// Whether its outlet is known.
    pub has_outlet: bool,
    /// Whether a dateline names an agency.
    pub has_dateline: bool,
    /// When it was published.
    pub published: Option<Published>,
}

impl Standing {
    /// What an article says of itself. Of several credits a dateline counts first, then the outlet, a
    /// byline and a credit line; of a relay (`BSS/AFP`) the last agency named is the origin, and
    /// "agencies" beside a name says nothing more.
    pub(super) fn of(article: &Article, evidence: &[Evidence], agencies: &Agencies) -> Self {
        let first = |kind: EvidenceKind| {
            let named = &evidence.iter().find(|evidence| evidence.kind == kind)?.agencies;
            let origin = named.iter().rfind(|&&agency| !agencies.is_generic(agency));
            origin.or(named.last()).copied()
        };
        let own = [
            EvidenceKind::Dateline,
            EvidenceKind::Outlet,
            EvidenceKind::Byline,
            EvidenceKind::Credit,
        ];
        let is_named = |agency: &AgencyIx| !agencies.is_generic(*agency);
        Self {
            agency: own.into_iter().find_map(first),
            contributor: first(EvidenceKind::Contribution),
            is_agency: first(EvidenceKind::Outlet).is_some(),
            has_outlet: article.outlet.is_some(),
            has_dateline: first(EvidenceKind::Dateline).as_ref().is_some_and(is_named),
            published: article.published,
        }
    }
}
