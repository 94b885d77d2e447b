//! Whose copy an article is: by what it says of itself, and by the copy it shares.

mod direction;
mod parts;
mod reconstruct;
mod shares;
mod standing;
mod treatment;
mod versions;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::agency::{Agencies, AgencyIx};
use crate::article::{Article, ArticleIx};
use crate::clean::{Evidence, Zones};
use crate::judge::{Link, Passage};
use crate::span::Span;
use crate::story::Story;

pub use direction::{Direction, Ledger, Why};
use parts::{Part, Parts};
pub use reconstruct::{Options as ReconstructOptions, Rebuilt, RebuiltIx, WITNESSES};
use reconstruct::{Rebuilding, is_agencys_own};
use shares::{Explained, explain};
pub use shares::{Shares, Source, Whose};
pub use standing::Standing;
pub use treatment::Treatment;
use treatment::{MERGED, Use};
pub use versions::Versions;
use versions::same_headline;

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
    /// What is rebuilt of copy that is not among the articles.
    pub reconstruct: ReconstructOptions,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            agency_share: 0.3,
            wholly: 0.7,
            partially: 0.1,
            min_words: 10,
            reconstruct: ReconstructOptions::default(),
        }
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

/// Where copied words come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// From an article of the scan.
    Article(ArticleIx),
    /// From copy that was rebuilt.
    Rebuilt(RebuiltIx),
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
    /// The copies that explain its copied words, most words first; each word counts for one.
    pub sources: Vec<Source>,
    /// Its words by origin.
    pub shares: Shares,
    /// What was done with the copy that it took most of; of one that took none whether it has at
    /// least a quotation in common with others.
    pub treatment: Option<Treatment>,
    /// The stretches of its text that are not the outlet's own, in order.
    pub stretches: Vec<Stretch>,
}

/// A stretch of an article's text of one origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// From the first word to the last.
    pub span: Span,
    /// Whose it is.
    pub whose: Whose,
    /// Which of the article's sources explains it.
    pub source: Option<u16>,
}

/// A copy that articles took from.
#[derive(Debug, Clone, PartialEq)]
pub struct Copy {
    /// The article that is the copy, or the copy as it was rebuilt.
    pub origin: Origin,
    /// Whose copy it is, if that is known.
    pub agency: Option<AgencyIx>,
    /// Who took it, in order.
    pub pickups: Vec<Pickup>,
}

/// What an article took of a copy.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pickup {
    /// The article.
    pub article: ArticleIx,
    /// Share of its words that the copy explains, `0..=1`.
    pub share: f64,
    /// What was done with the copy.
    pub treatment: Treatment,
}

/// All that attribution looks at; lists are by article, passages and links in order of pairs.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The articles.
    pub articles: &'a [Article],
    /// Their stories.
    pub stories: &'a [Story],
    /// What in them is not the story, and the agencies they name.
    pub zones: &'a [Zones],
    /// What they share.
    pub passages: &'a [Passage],
    /// What links them.
    pub links: &'a [Link],
    /// The stories that several of them tell, members in order.
    pub clusters: &'a [Vec<ArticleIx>],
    /// The table of agencies.
    pub agencies: &'a Agencies,
}

/// All that attribution finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Attributed {
    /// The votes on every link, in order of links.
    pub ledgers: Vec<Ledger>,
    /// Whose copy each article is, by article.
    pub attributions: Vec<Attribution>,
    /// Copy that is not among the articles.
    pub rebuilt: Vec<Rebuilt>,
    /// Which articles are versions of one.
    pub versions: Versions,
    /// The copies others took from, in order of their origin.
    pub copies: Vec<Copy>,
}

/// A thread takes at most so many articles at a time, or one would be left with many when the others are done.
const SHARED_OUT: usize = 256;

/// Attributes every article, rebuilds the copy that is missing, and lists the copies that others took
/// from.
pub fn attribute(case: &Case<'_>, options: &Options) -> Attributed {
    let standings: Vec<Standing> = (0..case.articles.len())
        .into_par_iter()
        .map(|ix| Standing::of(&case.articles[ix], &case.zones[ix].evidence, case.agencies))
        .collect();
    let ledgers = Ledger::of_all(case, &standings);
    let parts = Parts::new(case, &ledgers);
    let articles = (0..case.articles.len()).into_par_iter().with_max_len(SHARED_OUT);
    let agency_of = |ix| agency(ix, case, &standings, &parts, options);
    let mut agencies: Vec<Option<AgencyIx>> = articles.clone().map(agency_of).collect();
    let rebuilding = Rebuilding::of_all(case, &standings, &parts, &agencies, &options.reconstruct);
    for (ix, agency) in agencies.iter_mut().enumerate() {
        let words = case.stories[ix].words().len() as f64;
        let mut takes = rebuilding.of(ArticleIx(ix as u32));
        let enough = |words_taken: usize| words_taken as f64 >= words * options.agency_share;
        *agency = agency.or_else(|| {
            takes.find_map(|take| {
                let known = rebuilding.rebuilt[take.copy.ix()].agency;
                known.filter(|_| enough(take.matches))
            })
        });
    }
    let versions = Versions::of(case);
    let inquiry = Inquiry {
        case,
        standings: &standings,
        parts: &parts,
        agencies: &agencies,
        rebuilding: &rebuilding,
        versions: &versions,
        options,
    };
    let attributions: Vec<Attribution> = articles.map(|ix| inquiry.one(ix)).collect();
    let copies = copies(&attributions, &rebuilding.rebuilt);
    Attributed { ledgers, attributions, rebuilt: rebuilding.rebuilt, versions, copies }
}

/// The agency of one article: the one it names; else the one that most of its copied words are
/// credited to elsewhere, whichever of the articles was first; else what it says in general.
fn agency(
    ix: usize,
    case: &Case<'_>,
    standings: &[Standing],
    parts: &Parts<'_>,
    options: &Options,
) -> Option<AgencyIx> {
    let standing = &standings[ix];
    let named = |agency: &AgencyIx| !case.agencies.is_generic(*agency);
    let credits = || parts.credits(ArticleIx(ix as u32), standings).into_iter();
    let credited_elsewhere = || {
        let enough = credits().filter(|&(_, share)| share >= options.agency_share);
        enough.map(|(agency, _)| agency).find(named)
    };
    let joint = joint_credit(&case.zones[ix].evidence);
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

/// All that is known before single articles are looked at.
struct Inquiry<'a> {
    case: &'a Case<'a>,
    standings: &'a [Standing],
    parts: &'a Parts<'a>,
    agencies: &'a [Option<AgencyIx>],
    rebuilding: &'a Rebuilding,
    versions: &'a Versions,
    options: &'a Options,
}

impl Inquiry<'_> {
    fn one(&self, ix: usize) -> Attribution {
        let Self { case, standings, agencies, rebuilding, options, .. } = *self;
        let (article, standing, agency) = (ArticleIx(ix as u32), &standings[ix], agencies[ix]);
        let parts = self.parts.of(article);
        let mut explained = explain(article, case, &parts, agencies, rebuilding, options);
        let names_it = |evidence: &Evidence| {
            let named = |&a: &AgencyIx| Some(a) == agency || case.agencies.is_generic(a);
            evidence.kind.attributes() && evidence.agencies.iter().any(named)
        };
        // With no source at hand the credit stands for the whole text, for what was rebuilt need not
        // be all of it; an agency's own copy is its own.
        let at_hand = explained.sources.iter().any(|source| match source.origin {
            Origin::Article(article) => is_agencys_own(&standings[article.ix()]),
            Origin::Rebuilt(_) => false,
        });
        if standing.is_agency || standing.agency.is_some() && !at_hand {
            explained.claim();
        }
        let shares = explained.shares();
        self.treat(article, &parts, &mut explained.sources);
        let quotes = explained.words.iter().any(|&(whose, _)| whose == Whose::Quote);
        let treatment = match explained.sources.first() {
            Some(source) => Some(source.treatment),
            None => Some(Treatment::QuotationOnly).filter(|_| quotes),
        };
        Attribution {
            treatment,
            agency,
            credited: agency.is_some() && case.zones[ix].evidence.iter().any(names_it),
            derivation: shares.derivation(options),
            stretches: stretches(&case.stories[ix], &explained),
            sources: explained.sources,
            shares,
        }
    }

    /// Says of every source what the article did with it.
    fn treat(&self, article: ArticleIx, parts: &[Part], sources: &mut [Source]) {
        let Self { case, rebuilding, versions, .. } = *self;
        let words = |ix: ArticleIx| case.stories[ix.ix()].words().len();
        for at in 0..sources.len() {
            let Source { origin, .. } = sources[at];
            let merged = sources.iter().any(|other| {
                let same = match (origin, other.origin) {
                    (Origin::Article(x), Origin::Article(y)) => versions.are_one(x, y),
                    (x, y) => x == y,
                };
                !same && other.share >= MERGED && sources[at].share >= MERGED
            });
            let (used, new_headline) = match origin {
                Origin::Article(copy) => {
                    let shared = parts.iter().filter(|part| part.other == copy);
                    let shared: Vec<_> = shared.collect();
                    let used = Use::of_article(&shared, words(article), words(copy));
                    let (copy, pickup) = (&case.articles[copy.ix()], &case.articles[article.ix()]);
                    (used, same_headline(copy, pickup) == Some(false))
                }
                Origin::Rebuilt(copy) => {
                    let Some(take) = rebuilding.of(article).find(|take| take.copy == copy) else {
                        continue;
                    };
                    (Use::of_rebuilt(take, words(article)), false)
                }
            };
            sources[at].treatment = used.treatment(merged, new_headline);
        }
    }
}

impl Shares {
    /// How far an article of these shares is derived.
    pub fn derivation(&self, options: &Options) -> Derivation {
        match self.agency + self.shared {
            copied if copied >= options.wholly => Derivation::WhollyDerived,
            copied if copied >= options.partially => Derivation::PartiallyDerived,
            _ => Derivation::NonDerived,
        }
    }
}

/// The places of words that are not the outlet's own.
fn stretches(story: &Story, explained: &Explained) -> Vec<Stretch> {
    if explained.words.iter().all(|&(whose, _)| whose == Whose::Original) {
        return Vec::new();
    }
    let mut breaks = story.breaks().iter().peekable();
    let mut stretches: Vec<Stretch> = Vec::new();
    for ((word, span), &(whose, source)) in (0..).zip(story.spans()).zip(&explained.words) {
        // What was left out between two words parts them.
        let is_apart = breaks.next_if_eq(&&word).is_some();
        match stretches.last_mut() {
            Some(stretch) if !is_apart && (stretch.whose, stretch.source) == (whose, source) => {
                stretch.span.end = span.end;
            }
            _ => stretches.push(Stretch { span, whose, source }),
        }
    }
    stretches.retain(|stretch| stretch.whose != Whose::Original);
    stretches
}

fn copies(attributions: &[Attribution], rebuilt: &[Rebuilt]) -> Vec<Copy> {
    let mut taken: Vec<(Origin, Pickup)> = attributions
        .iter()
        .enumerate()
        .flat_map(|(pickup, attribution)| {
            let article = ArticleIx(pickup as u32);
            attribution.sources.iter().map(move |&Source { origin, share, treatment, .. }| {
                (origin, Pickup { article, share, treatment })
            })
        })
        .collect();
    taken.sort_by_key(|(origin, pickup)| (*origin, pickup.article));
    taken
        .chunk_by(|x, y| x.0 == y.0)
        .map(|taken| Copy {
            origin: taken[0].0,
            agency: match taken[0].0 {
                Origin::Article(article) => attributions[article.ix()].agency,
                Origin::Rebuilt(copy) => rebuilt[copy.ix()].agency,
            },
            pickups: taken.iter().map(|&(_, pickup)| pickup).collect(),
        })
        .collect()
}
