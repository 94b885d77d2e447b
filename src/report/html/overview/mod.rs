//! The first screen of a page: headline figures, and plots of all articles of the run.

mod plots;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::Timestamp;
use jiff::civil::Date;

use plots::{alike, copied, kept, lags};

use super::held::Held;
use super::place::Places;
use crate::report::filed::{ArticleRow, ClusterRow};
use crate::report::plot::figure;
use crate::report::visible;

/// What the first screen shows.
pub(super) struct Overview {
    pub(super) tiles: Vec<Tile>,
    pub(super) heat: Heat,
    pub(super) bars: Vec<Bar>,
    /// Outlets that have no bar.
    pub(super) more_bars: usize,
    pub(super) timelines: Vec<Timeline>,
    pub(super) plots: Vec<Plot>,
}

/// A figure in large type.
pub(super) struct Tile {
    pub(super) value: String,
    pub(super) label: &'static str,
    pub(super) note: String,
}

/// How much of each outlet's words is of each agency.
pub(super) struct Heat {
    pub(super) agencies: Vec<String>,
    pub(super) rows: Vec<(String, Vec<Cell>)>,
    pub(super) more_outlets: usize,
    pub(super) more_agencies: usize,
}

/// A share with the shade it has, 0 to 8.
pub(super) struct Cell {
    pub(super) percent: String,
    pub(super) shade: usize,
}

/// The articles of an outlet by derivation.
pub(super) struct Bar {
    pub(super) outlet: String,
    /// Articles: wholly derived, partially, not.
    pub(super) counts: [usize; 3],
    pub(super) svg: String,
}

/// When the articles of a story came.
pub(super) struct Timeline {
    /// Place of the story on the page.
    pub(super) story: usize,
    pub(super) headline: String,
    pub(super) articles: usize,
    pub(super) hours: String,
    pub(super) svg: String,
}

/// A plot with the same figures as a table.
pub(super) struct Plot {
    pub(super) name: &'static str,
    pub(super) title: &'static str,
    pub(super) note: String,
    pub(super) head: [&'static str; 2],
    pub(super) svg: String,
    pub(super) rows: Vec<(String, String)>,
}

impl Overview {
    pub(super) fn of(held: &Held<'_>, places: &Places) -> Self {
        // Versions of one article would count as many.
        let rows: Vec<&ArticleRow> =
            held.rows.iter().filter(|row| row.version_of.is_none()).collect();
        let by_outlet = by_outlet(&rows);
        let (bars, more_bars) = bars(&by_outlet);
        Self {
            tiles: tiles(held, &rows),
            heat: heat(&rows, &by_outlet),
            bars,
            more_bars,
            timelines: timelines(held, places),
            // What nothing is known of is not drawn.
            plots: [copied(held, &rows), alike(held), kept(held), lags(held)]
                .into_iter()
                .filter(|plot| plot.rows.iter().any(|row| row.1 != "0"))
                .collect(),
        }
    }
}

/// Articles by outlet, those with most articles first.
fn by_outlet<'a>(rows: &[&'a ArticleRow]) -> Vec<(&'a str, Vec<&'a ArticleRow>)> {
    let mut outlets: BTreeMap<&str, Vec<&ArticleRow>> = BTreeMap::new();
    for row in rows {
        outlets.entry(row.outlet.as_deref().unwrap_or("(no outlet)")).or_default().push(row);
    }
    let mut outlets: Vec<_> = outlets.into_iter().collect();
    outlets.sort_by(|x, y| y.1.len().cmp(&x.1.len()).then(x.0.cmp(y.0)));
    outlets
}

fn words(rows: &[&ArticleRow], share: impl Fn(&ArticleRow) -> f64) -> f64 {
    rows.iter().map(|row| row.words as f64 * share(row)).sum()
}

fn tiles(held: &Held<'_>, rows: &[&ArticleRow]) -> Vec<Tile> {
    let counts = &held.summary.counts;
    let all = words(rows, |_| 1.0).max(1.0);
    let percent = |share: f64| format!("{} %", figure(100.0 * share, 0));
    let (of_agencies, shared) =
        (words(rows, |r| r.shares.agency), words(rows, |r| r.shares.shared));
    let credited = rows.iter().filter(|row| row.agency.is_some() && row.credited).count();
    let uncredited = rows.iter().filter(|row| row.agency.is_some() && !row.credited).count();
    let skipped = held.summary.skipped.len();
    let versions = held.rows.len() - rows.len();
    let of_articles = (credited + uncredited).max(1) as f64;
    vec![
        Tile {
            value: grouped(counts.articles),
            label: "articles",
            note: format!(
                "{} skipped, {} later versions of another",
                grouped(skipped),
                grouped(versions)
            ),
        },
        Tile {
            value: grouped(counts.outlets),
            label: "outlets",
            note: format!("{} agencies found", counts.agencies),
        },
        Tile {
            value: grouped(counts.clusters),
            label: "stories",
            note: "told by more than one article".to_owned(),
        },
        Tile {
            value: percent(of_agencies / all),
            label: "of all words are agency copy",
            note: format!("and {} copy of unknown origin", percent(shared / all)),
        },
        Tile {
            value: grouped(credited),
            label: "articles credit the agency",
            note: format!("{} of those with agency copy", percent(credited as f64 / of_articles)),
        },
        Tile {
            value: grouped(uncredited),
            label: "articles leave it uncredited",
            note: format!("{} of those with agency copy", percent(uncredited as f64 / of_articles)),
        },
    ]
}

/// A number with its thousands apart.
pub(super) fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Rows and columns that a table can show at a glance.
const OUTLETS: usize = 25;
const AGENCIES: usize = 10;

fn heat(rows: &[&ArticleRow], by_outlet: &[(&str, Vec<&ArticleRow>)]) -> Heat {
    let of_agency = |rows: &[&ArticleRow], agency: &str| {
        let own: Vec<&ArticleRow> =
            rows.iter().copied().filter(|row| row.agency.as_deref() == Some(agency)).collect();
        words(&own, |row| row.shares.agency)
    };
    let mut agencies: Vec<&str> = rows.iter().filter_map(|row| row.agency.as_deref()).collect();
    agencies.sort_unstable();
    agencies.dedup();
    let mut agencies: Vec<(f64, &str)> =
        agencies.into_iter().map(|agency| (of_agency(rows, agency), agency)).collect();
    agencies.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(y.1)));
    let more_agencies = agencies.len().saturating_sub(AGENCIES);
    agencies.truncate(AGENCIES);
    let with_any: Vec<_> = by_outlet
        .iter()
        .filter(|(_, rows)| agencies.iter().any(|&(_, agency)| of_agency(rows, agency) > 0.0))
        .collect();
    let row = |(outlet, rows): &(&str, Vec<&ArticleRow>)| {
        let all = words(rows, |_| 1.0).max(1.0);
        let cell = |&(_, agency): &(f64, &str)| {
            let share = of_agency(rows, agency) / all;
            Cell {
                percent: match share {
                    0.0 => String::new(),
                    share if share < 0.005 => "<1".to_owned(),
                    share => figure(100.0 * share, 0),
                },
                shade: (share * 8.0).ceil() as usize,
            }
        };
        (visible(outlet), agencies.iter().map(cell).collect())
    };
    Heat {
        more_outlets: with_any.len().saturating_sub(OUTLETS),
        rows: with_any.into_iter().take(OUTLETS).map(row).collect(),
        agencies: agencies.iter().map(|(_, agency)| visible(agency)).collect(),
        more_agencies,
    }
}

fn bars(by_outlet: &[(&str, Vec<&ArticleRow>)]) -> (Vec<Bar>, usize) {
    const KINDS: [&str; 3] = ["wholly-derived", "partially-derived", "non-derived"];
    let bar = |(outlet, rows): &(&str, Vec<&ArticleRow>)| {
        let counts = KINDS.map(|kind| rows.iter().filter(|row| row.derivation == kind).count());
        let (mut svg, mut x) = (String::new(), 0.0);
        for (kind, count) in KINDS.iter().zip(counts) {
            let width = 1000.0 * count as f64 / rows.len() as f64;
            // Writing to a String cannot fail.
            let _ = write!(
                svg,
                "<rect class=\"{kind}\" x=\"{x:.1}\" width=\"{width:.1}\" height=\"16\">\
                 <title>{count} {}</title></rect>",
                kind.replace('-', " ")
            );
            x += width;
        }
        Bar { outlet: visible(outlet), counts, svg }
    };
    let shown = by_outlet.iter().take(OUTLETS).map(bar).collect();
    (shown, by_outlet.len().saturating_sub(OUTLETS))
}

/// Seconds of Unix time, where a date has been given.
fn seconds(published: &str) -> Option<i64> {
    let instant = published.parse::<Timestamp>().map(Timestamp::as_second);
    let day = || {
        let date: Date = published.parse().ok()?;
        Some(date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_second())
    };
    instant.ok().or_else(day)
}

fn timelines(held: &Held<'_>, places: &Places) -> Vec<Timeline> {
    const SHOWN: usize = 8;
    let on_page = held.stories.iter().filter(|story| {
        let mut members = story.articles.iter().filter_map(|id| held.number(id));
        members.any(|ix| places.of(ix).is_some())
    });
    let timeline = |(place, story)| timeline(held, place, story);
    on_page.enumerate().filter_map(timeline).take(SHOWN).collect()
}

/// The articles of a story over time, as steps; none if they have no dates.
fn timeline(held: &Held<'_>, place: usize, story: &ClusterRow) -> Option<Timeline> {
    let members: Vec<u32> = story.articles.iter().filter_map(|id| held.number(id)).collect();
    let row = |ix: &u32| &held.rows[*ix as usize];
    let mut times: Vec<i64> =
        members.iter().filter_map(|ix| seconds(row(ix).published.as_deref()?)).collect();
    times.sort_unstable();
    let (first, last) = (*times.first()?, *times.last()?);
    let span = (last - first).max(1) as f64;
    let mut path = String::from("M0 40");
    for (at, time) in times.iter().enumerate() {
        let x = 1000.0 * (time - first) as f64 / span;
        let y = 40.0 - 38.0 * (at + 1) as f64 / times.len() as f64;
        // Writing to a String cannot fail.
        let _ = write!(path, "H{x:.1}V{y:.1}");
    }
    let earliest = story.earliest.as_ref().and_then(|id| held.number(id));
    let title = earliest.as_ref().or(members.first()).map(row);
    let title = title.map_or("", |row| row.headline.as_deref().unwrap_or(&row.id));
    Some(Timeline {
        story: place,
        headline: visible(title),
        articles: story.articles.len(),
        hours: duration(last - first),
        svg: format!(
            "<path class=\"area\" d=\"{path}H1000V40Z\"/><path class=\"step\" d=\"{path}H1000\"/>"
        ),
    })
}

/// Seconds as a person says them.
fn duration(seconds: i64) -> String {
    match seconds {
        0..5_400 => format!("{} min", (seconds + 30) / 60),
        5_400..172_800 => format!("{} h", (seconds + 1_800) / 3_600),
        _ => format!("{} days", (seconds + 43_200) / 86_400),
    }
}

/// A number of the options in force.
pub(super) fn option(held: &Held<'_>, path: &str) -> Option<f64> {
    held.summary.options.pointer(path)?.as_f64()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!([0, 999, 1000, 1_234_567].map(grouped), ["0", "999", "1,000", "1,234,567"]);
    }

    #[test]
    fn a_day_is_its_first_second() {
        assert_eq!(seconds("1970-01-02"), Some(86_400));
        assert_eq!(seconds("1970-01-02T00:00:01Z"), Some(86_401));
        assert_eq!(seconds("yesterday"), None);
    }
}
