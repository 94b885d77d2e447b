//! A form that is filled in day after day is no copy of itself; the report of a day is copied that day.

use copytaster::judge::Kind;
use copytaster::{Article, Published};

use super::run::scan;

/// What a harbour office puts out every morning.
fn report(day: u32, wind: &str) -> String {
    format!(
        "The harbour office at Tressilian counted {} trawlers and {} coasters at the morning tide, and \
         {} tonnes of mackerel went under the hammer at {} crowns a crate, {} more than the day before. \
         {wind}",
        17 + day * 3,
        4 + day * 7,
        120 + day * 11,
        31 + day * 2,
        2 + day,
    )
}

/// News of the day that goes with it.
const NEWS: [&str; 8] = [
    "A crane driver found a bronze bell in the mud below the eastern mole and rang it until noon.",
    "Two pilots rowed out to a barque whose anchor had fouled the telegraph cable to the islands.",
    "The lamp in the old lighthouse failed for an hour because a heron had nested in the lens.",
    "Customs officers opened eleven barrels of pickled lemons and counted parrots in the twelfth.",
    "Painters began to tar the granary after the guild of coopers had paid for half of the ladders.",
    "A choir from the convent sang on the ferry while its engine was taken apart on the car deck.",
    "Schoolchildren measured the sandbank with broomsticks and found it longer than the parish.",
    "The night watchman caught a seal in the ice house and marched it back to the slipway.",
];

fn articles() -> Vec<Article> {
    let article = |day: u32, outlet: &str, text: String| Article {
        outlet: Some(outlet.to_owned()),
        published: Some(Published::Day(format!("2025-04-{:02}", 10 + day).parse().unwrap())),
        ..Article::new(format!("{day}-{outlet}"), text)
    };
    (0..8)
        .flat_map(|day| {
            let wire = report(day, NEWS[day as usize]);
            // The paper has the news of the day in front.
            let paper = format!("{} {}", NEWS[day as usize], report(day, ""));
            [article(day, "Courier", paper), article(day, "Wire", wire)]
        })
        .collect()
}

#[test]
fn a_form_is_no_copy_of_yesterdays() {
    let articles = articles();
    let (_, findings) = scan(&articles);
    let day = |id: &str| id.split('-').next().unwrap().to_owned();
    let mut same_day = 0;
    for link in &findings.links {
        let (a, b) = (&articles[link.pair.a.ix()].id, &articles[link.pair.b.ix()].id);
        if day(a) == day(b) {
            assert_eq!(link.relation, Kind::Copy, "{a} {b}");
            same_day += 1;
        } else {
            assert_eq!(link.relation, Kind::Boilerplate, "{a} {b}");
        }
    }
    assert_eq!(same_day, 8);
    assert_eq!(findings.clusters.len(), 8);
}
