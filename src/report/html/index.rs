//! The block that the page opens with: every article and story in short, column by column.

use serde::Serialize;

use super::held::Held;
use super::place::Places;

/// The articles and stories of a page. Names are numbers of a list, -1 for none.
#[derive(Serialize)]
pub(super) struct Index<'a> {
    outlets: Vec<&'a str>,
    agencies: Vec<&'a str>,
    derivations: [&'static str; 3],
    treatments: Vec<&'a str>,
    articles: Columns<'a>,
    stories: Vec<StoryEntry<'a>>,
    /// The first article, and the first copy, of each block.
    article_blocks: &'a [usize],
    copy_blocks: &'a [usize],
}

#[derive(Serialize, Default)]
struct Columns<'a> {
    id: Vec<&'a str>,
    outlet: Vec<i32>,
    agency: Vec<i32>,
    published: Vec<Option<&'a str>>,
    headline: Vec<Option<&'a str>>,
    words: Vec<usize>,
    derivation: Vec<usize>,
    treatment: Vec<i32>,
    credited: Vec<u8>,
    /// Thousandths of the words: agency, shared, quote.
    shares: Vec<[u16; 3]>,
    story: Vec<i32>,
    near: Vec<i32>,
    version: Vec<i32>,
}

#[derive(Serialize)]
struct StoryEntry<'a> {
    id: &'a str,
    /// Its articles on the page.
    articles: Vec<u32>,
    /// All of its articles.
    size: usize,
    agency: i32,
    copy: i32,
    earliest: i32,
    outlets: usize,
    origins: usize,
}

const DERIVATIONS: [&str; 3] = ["non-derived", "partially-derived", "wholly-derived"];

impl<'a> Index<'a> {
    pub(super) fn of(
        held: &'a Held<'_>,
        places: &'a Places,
        article_blocks: &'a [usize],
        copy_blocks: &'a [usize],
    ) -> Self {
        let rows = || places.order.iter().map(|&ix| &held.rows[ix as usize]);
        let outlets = Names::of(rows().filter_map(|row| row.outlet.as_deref()));
        let agencies = Names::of(
            rows()
                .filter_map(|row| row.agency.as_deref())
                .chain(held.stories.iter().filter_map(|story| story.agency.as_deref())),
        );
        let treatments = Names::of(rows().filter_map(|row| row.treatment.as_deref()));
        let on_page = |id: Option<&String>| {
            let place = id.and_then(|id| held.number(id)).and_then(|ix| places.of(ix));
            place.map_or(-1, |place| place as i32)
        };
        let mut articles = Columns::default();
        let mut story_of = vec![-1; places.order.len()];
        let mut stories = Vec::new();
        for story in &held.stories {
            let members: Vec<u32> =
                story.articles.iter().filter_map(|id| places.of(held.number(id)?)).collect();
            if members.is_empty() {
                continue;
            }
            for &member in &members {
                story_of[member as usize] = stories.len() as i32;
            }
            stories.push(StoryEntry {
                id: &story.id,
                articles: members,
                size: story.articles.len(),
                agency: agencies.number(story.agency.as_deref()),
                copy: story
                    .copy
                    .as_ref()
                    .and_then(|copy| places.copy(copy))
                    .map_or(-1, |copy| copy as i32),
                earliest: on_page(story.earliest.as_ref()),
                outlets: story.outlets,
                origins: story.origins,
            });
        }
        for row in rows() {
            let thousandths = |share: f64| (share * 1000.0).round() as u16;
            let derivation = DERIVATIONS.iter().position(|name| *name == row.derivation);
            articles.id.push(&row.id);
            articles.outlet.push(outlets.number(row.outlet.as_deref()));
            articles.agency.push(agencies.number(row.agency.as_deref()));
            articles.published.push(row.published.as_deref());
            articles.headline.push(row.headline.as_deref());
            articles.words.push(row.words);
            articles.derivation.push(derivation.unwrap_or(0));
            articles.treatment.push(treatments.number(row.treatment.as_deref()));
            articles.credited.push(row.credited.into());
            articles.shares.push([
                thousandths(row.shares.agency),
                thousandths(row.shares.shared),
                thousandths(row.shares.quote),
            ]);
            articles.near.push(on_page(row.near_duplicate_of.as_ref()));
            articles.version.push(on_page(row.version_of.as_ref()));
        }
        articles.story = story_of;
        Self {
            outlets: outlets.0,
            agencies: agencies.0,
            derivations: DERIVATIONS,
            treatments: treatments.0,
            articles,
            stories,
            article_blocks,
            copy_blocks,
        }
    }
}

/// Names in order, each once.
struct Names<'a>(Vec<&'a str>);

impl<'a> Names<'a> {
    fn of(names: impl Iterator<Item = &'a str>) -> Self {
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        Self(names)
    }

    fn number(&self, name: Option<&str>) -> i32 {
        let at = name.and_then(|name| self.0.binary_search(&name).ok());
        at.map_or(-1, |at| at as i32)
    }
}
