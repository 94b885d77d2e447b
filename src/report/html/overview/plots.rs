//! The plots of the first screen.

use super::{Plot, grouped, option};
use crate::report::filed::ArticleRow;
use crate::report::html::held::{Held, Kind};
use crate::report::plot::{Columns, figure};

/// Counts values of 0 to 1 in twenty classes.
fn histogram(values: impl Iterator<Item = f64>) -> Vec<(String, f64)> {
    let mut classes = vec![0.0; 20];
    for value in values {
        classes[((value * 20.0) as usize).min(19)] += 1.0;
    }
    classes.into_iter().enumerate().map(|(at, count)| (format!("{} %", at * 5), count)).collect()
}

fn plot(
    (name, title): (&'static str, &'static str),
    note: &str,
    head: [&'static str; 2],
    columns: &Columns,
) -> Plot {
    let rows = columns.classes.iter();
    Plot {
        name,
        title,
        note: note.to_owned(),
        head,
        svg: columns.svg(),
        rows: rows.map(|(label, value)| (label.clone(), figure(*value, 0))).collect(),
    }
}

pub(super) fn copied(held: &Held<'_>, rows: &[&ArticleRow]) -> Plot {
    let threshold = |path: &str, what: &str| Some((option(held, path)? * 20.0, what.to_owned()));
    let columns = Columns {
        title: "Articles by how much of their words is copied".to_owned(),
        classes: histogram(rows.iter().map(|row| row.shares.agency + row.shares.shared)),
        thresholds: [
            threshold("/attribute/partially", "partially derived from here"),
            threshold("/attribute/wholly", "wholly derived from here"),
        ]
        .into_iter()
        .flatten()
        .collect(),
        unit: "",
    };
    plot(
        ("copied", "How much of an article is copied"),
        "Articles by the share of their words that is copied, from an agency or from others.",
        ["copied, from", "articles"],
        &columns,
    )
}

pub(super) fn alike(held: &Held<'_>) -> Plot {
    let links = held.links.iter().filter(|link| Kind::of(&link.row.relation) == Kind::Copy);
    let columns = Columns {
        title: "Pairs of articles by how much of either they share".to_owned(),
        classes: histogram(links.map(|link| link.row.a_share.max(link.row.b_share))),
        thresholds: option(held, "/cluster/join_share")
            .map(|share| (share * 20.0, "one story from here".to_owned()))
            .into_iter()
            .collect(),
        unit: "",
    };
    plot(
        ("similarity", "How alike articles are that share copy"),
        "Pairs linked by copy, by how much of the words of one of them, the one with more, is in the \
         other.",
        ["alike, from", "pairs"],
        &columns,
    )
}

/// Parts of a copy that are told apart.
const PARTS: usize = 20;

/// Which parts of a copy are printed: the shape of cutting from the bottom.
pub(super) fn kept(held: &Held<'_>) -> Plot {
    let (mut kept, mut pickups) = ([0_usize; PARTS], 0_usize);
    for (ix, row) in held.rows.iter().enumerate() {
        let first = row.sources.first().and_then(|source| source.article.as_ref());
        let Some(source) = first.and_then(|id| held.number(id)) else { continue };
        let Some(link) = held.link(ix as u32, source) else { continue };
        let length = f64::from(held.lengths[source as usize].max(1));
        let mut parts = [false; PARTS];
        for shared in &held.passages[link.passages.clone()] {
            let (start, end) = if link.pair.0 == source { shared.a } else { shared.b };
            for (part, is_kept) in parts.iter_mut().enumerate() {
                let middle = (part as f64 + 0.5) / PARTS as f64 * length;
                *is_kept |= f64::from(start) <= middle && middle < f64::from(end);
            }
        }
        pickups += 1;
        for (count, is_kept) in kept.iter_mut().zip(parts) {
            *count += usize::from(is_kept);
        }
    }
    let share = |count: usize| (100.0 * count as f64 / pickups.max(1) as f64).round();
    let label = |part: usize| format!("{} %", part * 100 / PARTS);
    let columns = Columns {
        title: "How many pickups print each part of the copy, from its top to its end".to_owned(),
        classes: kept.iter().enumerate().map(|(part, &n)| (label(part), share(n))).collect(),
        thresholds: Vec::new(),
        unit: " %",
    };
    plot(
        ("cut", "How far down the copy is used"),
        &format!(
            "Of {} pickups whose source is at hand, how many print each part of it: its top is on the \
             left, its end on the right.",
            grouped(pickups)
        ),
        ["part of the copy, from", "pickups that print it, in hundred"],
        &columns,
    )
}

pub(super) fn lags(held: &Held<'_>) -> Plot {
    // Seconds up to which a lag is of a class.
    const CLASSES: [(&str, i64); 10] = [
        ("15 min", 900),
        ("30 min", 1_800),
        ("1 h", 3_600),
        ("2 h", 7_200),
        ("4 h", 14_400),
        ("8 h", 28_800),
        ("16 h", 57_600),
        ("1 day", 86_400),
        ("2 days", 172_800),
        ("7 days", 604_800),
    ];
    let mut counts = vec![0.0; CLASSES.len() + 1];
    let mut unknown = 0;
    for pickup in held.copies.iter().flat_map(|copy| &copy.pickups) {
        match pickup.lag_s {
            Some(lag) if lag >= 0 => {
                counts[CLASSES.iter().take_while(|class| lag > class.1).count()] += 1.0;
            }
            _ => unknown += 1,
        }
    }
    let labels = CLASSES.iter().map(|class| class.0.to_owned()).chain(["later".to_owned()]);
    let columns = Columns {
        title: "Pickups by how long after the copy they came".to_owned(),
        classes: labels.zip(counts).collect(),
        thresholds: Vec::new(),
        unit: "",
    };
    plot(
        ("lag", "How long copy takes into print"),
        &format!(
            "Pickups by the time from the copy to them, up to what stands below; of {} more the dates do \
             not tell.",
            grouped(unknown)
        ),
        ["up to", "pickups"],
        &columns,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_counted_in_twentieths() {
        let counts = histogram([0.0, 0.04, 0.05, 1.0].into_iter());
        let filled: Vec<_> = counts.iter().filter(|class| class.1 > 0.0).collect();
        assert_eq!(
            filled,
            [&("0 %".to_owned(), 2.0), &("5 %".to_owned(), 1.0), &("95 %".to_owned(), 1.0)]
        );
    }
}
