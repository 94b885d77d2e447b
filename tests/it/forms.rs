//! A form that is filled in day after day is no copy of itself; the report of a day is copied that day.

use copytaster::agency::Agencies;
use copytaster::judge::Kind;
use copytaster::scan::Scan;
use copytaster::{Article, ArticleIx, Options, Published, standing};

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

fn article(day: u32, outlet: &str, text: String) -> Article {
    Article {
        outlet: Some(outlet.to_owned()),
        published: Some(Published::Day(format!("2025-04-{:02}", 10 + day).parse().unwrap())),
        ..Article::new(format!("{day}-{outlet}"), text)
    }
}

fn articles() -> Vec<Article> {
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

/// A telegram from one court to another, in English and in Spanish.
const TELEGRAMS: [&str; 2] = [
    "The regent of Ostrany sent word to RULER of STATE for the feast of FEAST. He wished RULER sturdy health and \
     a long reign, and STATE calm seas and brimming granaries. May FEAST find both courts at peace, he wrote, and \
     STATE our steadfast friend in every season.",
    "El regente de Ostrania mandó un pliego a RULER de STATE por la fiesta de FEAST. Deseó a RULER salud de hierro \
     y largo reinado, y a STATE mares mansos y graneros colmados. Que FEAST halle en paz a ambas cortes, escribió, \
     y a STATE como amiga leal en toda estación.",
];

/// To whom it goes, whose they are, and why.
const COURTS: [[&str; 3]; 8] = [
    ["Queen Ildiko", "Varmland Reach", "Saint Oswin"],
    ["Doge Prandello", "Terrafosca", "the Marriage of Salt"],
    ["King Ruaraidh", "Inverlusk", "the Herring Crown"],
    ["Prince Zbigniew", "Podgorzany", "Saint Kazimira"],
    ["Sultan Harith", "Qasr Yunan", "the Opened Well"],
    ["Duchess Leontine", "Grandmarais", "the Three Bells"],
    ["Emir Fadil", "Wadi Sarab", "the First Dates"],
    ["Khan Temur", "Altyn Kul", "the White Mares"],
];

/// Every telegram as it was sent, and in two papers that word it a little differently, all with the news of
/// the day.
fn telegrams(form: &str) -> Vec<Article> {
    (0..8)
        .flat_map(|day| {
            let (news, [ruler, state, feast]) = (NEWS[day as usize], COURTS[day as usize]);
            let sent = form.replace("RULER", ruler).replace("STATE", state).replace("FEAST", feast);
            let shorter = sent.replace(" he wrote,", "").replace(" escribió,", "");
            [
                article(day, "Echo", format!("{shorter} {news}")),
                article(day, "Gazette", format!("{news} {shorter}")),
                article(day, "Wire", format!("{sent} {news}")),
            ]
        })
        .collect()
}

#[test]
fn telegrams_to_two_courts_are_no_copy_of_each_other() {
    for form in TELEGRAMS {
        let articles = telegrams(form);
        let day = |ix: ArticleIx| articles[ix.ix()].published;
        // Only what forms say is looked at here.
        let links = |form_share: f64| {
            let only = standing::Options {
                form_share,
                form_share_old: form_share,
                particular: 0.0,
                particular_old: 0.0,
                fresh_bits: 0.0,
                form_days: usize::MAX,
                ..standing::Options::default()
            };
            let options = Options { standing: only, ..Options::default() };
            let findings =
                Scan::new(options, Agencies::shipped()).unwrap().run(&articles, &|_| ()).unwrap();
            let copies = findings.links.into_iter().filter(|link| link.relation == Kind::Copy);
            copies.partition::<Vec<_>, _>(|link| day(link.pair.a) == day(link.pair.b))
        };
        let (same_day, others) = links(0.6);
        assert_eq!((same_day.len(), others.len()), (24, 0), "{others:?}");
        let (same_day, others) = links(1.0);
        assert_eq!(same_day.len(), 24);
        assert!(others.len() > 24, "{}", others.len());
    }
}

#[test]
fn who_fills_in_an_agencys_form_is_that_agency() {
    const FIRST_DAY: usize = 3;
    let credited = |(ix, sent): (usize, Article)| match ix {
        0..FIRST_DAY => sent,
        _ => Article { text: format!("{}\n\n(Reuters)", &*sent.text).into(), ..sent },
    };
    let articles: Vec<_> = telegrams(TELEGRAMS[0]).into_iter().enumerate().map(credited).collect();
    let (scan, findings) = scan(&articles);
    let is_first = |ix: ArticleIx| ix.ix() < FIRST_DAY;
    for link in findings.links.iter().filter(|link| link.relation == Kind::Copy) {
        assert_eq!(is_first(link.pair.a), is_first(link.pair.b));
    }
    for attribution in &findings.attributed.attributions[..FIRST_DAY] {
        assert_eq!(attribution.agency.map(|agency| scan.agencies().name(agency)), Some("Reuters"));
        assert!(!attribution.credited);
    }
}
