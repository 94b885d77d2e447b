//! Whose copy an article is: by what it says of itself, and by the copy it shares.

mod direction;
mod shares;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agency::{Agencies, AgencyIx};
use crate::article::{Article, ArticleIx};
use crate::clean::{Evidence, EvidenceKind};
use crate::judge::{Link, Passage};
use crate::story::Story;

pub use direction::{Direction, Standing, direction};
use shares::Parts;
pub use shares::{Shares, Source};

/// How much evidence it takes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// An article without a credit is an agency's if at least this share of its words stands in
    /// articles that credit it, `0..=1`.
    pub agency_share: f64,
    /// An article with at least this share of copied words is wholly derived, `0..=1`.
    pub wholly: f64,
    /// And with at least this share partially, `0..=1`.
    pub partially: f64,
    /// A source explains at least this many words that no other does.
    pub min_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { agency_share: 0.3, wholly: 0.7, partially: 0.1, min_words: 10 }
    }
}

/// How an article stands to agency copy, or to the copy of others: the three classes of METER
/// (Gaizauskas et al. 2001).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Derivation {
    /// All but a little of it is copied.
    WhollyDerived,
    /// Some of it is.
    PartiallyDerived,
    /// It is the outlet's own.
    NonDerived,
}

/// What is known of one article's origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The agency whose copy it is, or holds most of.
    pub agency: Option<AgencyIx>,
    /// Whether the article itself names that agency as its source.
    pub credited: bool,
    /// How much of it is copied, in words.
    pub derivation: Derivation,
    /// The articles that explain its copied words, most words first; each word counts for one.
    pub sources: Vec<Source>,
    /// Its words by origin.
    pub shares: Shares,
}

/// An article that others took copy from.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// The article.
    pub article: ArticleIx,
    /// Whose copy it is, if that is known.
    pub agency: Option<AgencyIx>,
    /// Who took it, in order, with the share of the pickup's words it explains.
    pub pickups: Vec<(ArticleIx, f64)>,
}

/// All that attribution looks at; lists are by article, passages and links in order of pairs.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The articles.
    pub articles: &'a [Article],
    /// Their stories.
    pub stories: &'a [Story],
    /// The agencies they name.
    pub evidence: &'a [Vec<Evidence>],
    /// What they share.
    pub passages: &'a [Passage],
    /// What links them.
    pub links: &'a [Link],
    /// The table of agencies.
    pub agencies: &'a Agencies,
}

/// Attributes every article, and lists the copies that others took from.
pub fn attribute(case: &Case<'_>, options: &Options) -> (Vec<Attribution>, Vec<Copy>) {
    let standings: Vec<Standing> = (0..case.articles.len())
        .map(|ix| Standing::of(&case.articles[ix], &case.evidence[ix], case.agencies))
        .collect();
    let parts = Parts::new(case, &standings);
    let agencies: Vec<Option<AgencyIx>> = (0..case.articles.len())
        .into_par_iter()
        .map(|ix| agency(ix, case, &standings, &parts, options))
        .collect();
    let attributions: Vec<Attribution> = (0..case.articles.len())
        .into_par_iter()
        .map(|ix| one(ix, case, &standings, &parts, &agencies, options))
        .collect();
    let copies = copies(&attributions);
    (attributions, copies)
}

/// The agency of one article: the one it names; else the one that most of its copied words are
/// credited to elsewhere, whichever of the articles was first; else what it says in general.
fn agency(
    ix: usize,
    case: &Case<'_>,
    standings: &[Standing],
    parts: &Parts,
    options: &Options,
) -> Option<AgencyIx> {
    let standing = &standings[ix];
    let named = |agency: &AgencyIx| !case.agencies.is_generic(*agency);
    let credits = || parts.credits(ArticleIx(ix as u32), case, standings).into_iter();
    let credited_elsewhere = || {
        let enough = credits().filter(|&(_, share)| share >= options.agency_share);
        enough.map(|(agency, _)| agency).find(named)
    };
    let joint = joint_credit(&case.evidence[ix]);
    let largest = || credits().map(|(agency, _)| agency).find(|agency| joint.contains(agency));
    let own = if joint.is_empty() { None } else { largest() };
    own.or(standing.agency)
        .filter(named)
        .or_else(credited_elsewhere)
        .or(standing.agency)
        .or(standing.contributor)
}

/// The agencies of a credit to several, as "Reuters and Xinhua": not one that the other passed on, as
/// in `BSS/AFP`.
fn joint_credit(evidence: &[Evidence]) -> &[AgencyIx] {
    let is_joint = |evidence: &&Evidence| {
        evidence.kind.attributes()
            && evidence.agencies.len() > 1
            && !evidence.text.contains(['/', '=', '＝'])
    };
    evidence.iter().find(is_joint).map_or(&[], |evidence| &evidence.agencies)
}

fn one(
    ix: usize,
    case: &Case<'_>,
    standings: &[Standing],
    parts: &Parts,
    agencies: &[Option<AgencyIx>],
    options: &Options,
) -> Attribution {
    let (standing, agency) = (&standings[ix], agencies[ix]);
    let explained = parts.explain(ArticleIx(ix as u32), case, agencies, options);
    let names_it = |evidence: &Evidence| {
        evidence.kind.attributes()
            && evidence.agencies.iter().any(|&a| Some(a) == agency || case.agencies.is_generic(a))
    };
    // With no source at hand the credit stands for the whole text; an agency's own copy is its own.
    let is_unexplained = standing.agency.is_some() && explained.sources.is_empty();
    let claimed = standing.is_agency || is_unexplained;
    let shares = if claimed { Shares::all_agency() } else { explained.shares };
    Attribution {
        agency,
        credited: agency.is_some() && case.evidence[ix].iter().any(names_it),
        derivation: derivation(shares, options),
        sources: explained.sources,
        shares,
    }
}

fn derivation(shares: Shares, options: &Options) -> Derivation {
    match shares.agency + shares.shared {
        copied if copied >= options.wholly => Derivation::WhollyDerived,
        copied if copied >= options.partially => Derivation::PartiallyDerived,
        _ => Derivation::NonDerived,
    }
}

fn copies(attributions: &[Attribution]) -> Vec<Copy> {
    let mut taken: Vec<(ArticleIx, ArticleIx, f64)> = attributions
        .iter()
        .enumerate()
        .flat_map(|(pickup, attribution)| {
            let pickup = ArticleIx(pickup as u32);
            attribution.sources.iter().map(move |source| (source.article, pickup, source.share))
        })
        .collect();
    taken.sort_by_key(|&(article, pickup, _)| (article, pickup));
    taken
        .chunk_by(|x, y| x.0 == y.0)
        .map(|taken| Copy {
            article: taken[0].0,
            agency: attributions[taken[0].0.ix()].agency,
            pickups: taken.iter().map(|&(_, pickup, share)| (pickup, share)).collect(),
        })
        .collect()
}

impl Standing {
    /// What an article says of itself. Of several credits a dateline counts first, then the outlet, a
    /// byline and a credit line; of a relay (`BSS/AFP`) the last agency named is the origin, and
    /// "agencies" beside a name says nothing more.
    fn of(article: &Article, evidence: &[Evidence], agencies: &Agencies) -> Self {
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
        Self {
            agency: own.into_iter().find_map(first),
            contributor: first(EvidenceKind::Contribution),
            is_agency: first(EvidenceKind::Outlet).is_some(),
            published: article.published,
        }
    }
}
