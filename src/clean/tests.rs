//! Tables of invented texts: what is marked in them, and which agencies they name in what role.

use proptest::prelude::*;

use super::*;

pub(super) fn article(text: &str) -> Article {
    Article::new("a", text)
}

fn clean(article: &Article) -> Zones {
    Cleaner::new(&Agencies::shipped()).clean(article, &Boilerplate::none())
}

/// The marks of a text as `rule: words`.
fn marks(text: &str) -> Vec<(Rule, &str)> {
    clean(&article(text)).marks.iter().map(|mark| (mark.rule, mark.span.of(text).trim())).collect()
}

/// The evidence of a text that attributes it, as `kind: names`.
fn evidence(text: &str) -> Vec<(EvidenceKind, String)> {
    let agencies = Agencies::shipped();
    let cleaner = Cleaner::new(&agencies);
    let zones = cleaner.clean(&article(text), &Boilerplate::none());
    let names = |evidence: Evidence| {
        let names: Vec<&str> = evidence.agencies.iter().map(|&ix| agencies.name(ix)).collect();
        (evidence.kind, names.join("/"))
    };
    zones.evidence.into_iter().filter(|e| e.kind.attributes()).map(names).collect()
}

const STORY: &str =
    "The harbour board said on Monday that the eastern quay would close for nine weeks.";

#[test]
fn datelines_are_marked_and_name_their_agencies() {
    for (dateline, agencies) in [
        ("PORT ELLERY, March 3, 2031 (BSS/AFP) - ", "BSS/AFP"),
        ("LONDON (Reuters) — ", "Reuters"),
        ("(Reuters) - ", "Reuters"),
        ("FRANKFURT AM MAIN, Germany (AP) — ", "AP"),
        ("LONDON (AP) ", "AP"),
        ("PARIS, 3 mars (AFP) - ", "AFP"),
        ("Wien/Graz (APA/dpa) – ", "APA/dpa"),
        ("Berlin (dpa/bb) - ", "dpa"),
        ("(ANSA) - ROMA, 25 APR - ", "ANSA"),
        ("Kiev, Apr 25 (EFE).- ", "EFE"),
        ("NEW DELHI, Apr 25 (PTI) ", "PTI"),
        ("SEOUL, April 25 (Yonhap) -- ", "Yonhap"),
        ("МОСКВА, 25 апр - РИА Новости. ", "RIA"),
        ("MOSCOW, April 25. /TASS/. ", "TASS"),
        ("МОСКВА, 25 апреля. /ТАСС/. ", "TASS"),
        ("[東京 １８日 ロイター] ", "Reuters"),
        ("（新华社北京4月25日电）", "Xinhua"),
        ("新华社北京4月25日电 ", "Xinhua"),
        ("(서울=연합뉴스) ", "Yonhap"),
        ("القاهرة (رويترز) - ", "Reuters"),
        ("الرياض - واس: ", "SPA"),
        ("واس - جدة: ", "SPA"),
        ("واس-جدة: ", "SPA"),
        ("Paris – AFP – ", "AFP"),
    ] {
        let text = format!("{dateline}{STORY}\nMore of it follows here, and it is long enough.");
        assert_eq!(marks(&text), [(Rule::Dateline, dateline.trim())], "{dateline}");
        assert_eq!(evidence(&text), [(EvidenceKind::Dateline, agencies.to_owned())], "{dateline}");
    }
}

#[test]
fn datelines_without_an_agency_are_marked_too() {
    for dateline in
        ["PORT ELLERY — ", "BEIRUT, Lebanon — ", "Port Ellery (ENN) — ", "KYIV, April 25 – "]
    {
        let text = format!("{dateline}{STORY}");
        assert_eq!(marks(&text), [(Rule::Dateline, dateline.trim())]);
        assert_eq!(evidence(&text), []);
    }
}

#[test]
fn running_text_is_no_dateline() {
    for text in [
        "Senator Roe (R-Wis.) told the AP that the quay would stay open.",
        "The harbour board (HB) - which runs the quay - said it would close.",
        "Reuters – which keeps a bureau there – reported that the quay was shut.",
        "The Quay Workers' Union said: Reuters was told of it on Monday.",
        "International Harbour Fund (IHF) officials said so.",
        "He sold it to Bloomberg (LP) - a firm he knew - and to nobody else.",
    ] {
        assert_eq!(marks(text), [], "{text}");
        assert_eq!(evidence(text), [], "{text}");
    }
}

#[test]
fn a_dateline_stands_behind_furniture_and_byline() {
    let text =
        format!("Facebook Twitter WhatsApp Email Print\nBy Jane Roe\nLIMA (Reuters) - {STORY}");
    let found = [
        (Rule::Furniture, "Facebook Twitter WhatsApp Email Print"),
        (Rule::Byline, "By Jane Roe"),
        (Rule::Dateline, "LIMA (Reuters) -"),
    ];
    assert_eq!(marks(&text), found);
}

#[test]
fn bylines() {
    for (byline, agency) in [
        ("By Jane Roe", None),
        ("By JANE ROE, Associated Press", Some("AP")),
        ("By AP", Some("AP")),
        ("Jane Roe | AP", Some("AP")),
        ("Reuters Staff", Some("Reuters")),
        ("Von Hanna Muster, dpa", Some("dpa")),
        ("AFP", Some("AFP")),
    ] {
        let text = format!("{byline}\n\n{STORY}");
        assert_eq!(marks(&text), [(Rule::Byline, byline)]);
        let wanted: Vec<_> =
            agency.map(|name| (EvidenceKind::Byline, name.to_owned())).into_iter().collect();
        assert_eq!(evidence(&text), wanted);
    }
}

#[test]
fn fields_are_evidence() {
    let mut article = article(STORY);
    article.byline = Some("Jane Roe, Associated Press".to_owned());
    article.outlet = Some("apnews.com".to_owned());
    let kinds: Vec<_> = clean(&article).evidence.iter().map(|e| (e.kind, e.span)).collect();
    assert_eq!(kinds, [(EvidenceKind::Outlet, None), (EvidenceKind::Byline, None)]);
}

#[test]
fn credit_lines_and_sign_offs() {
    use EvidenceKind::{Contribution, Credit};
    for (credit, kind, agencies) in [
        ("– Agencies", Credit, "agencies"),
        ("—AFP", Credit, "AFP"),
        ("(AFP)", Credit, "AFP"),
        ("AFP/Reuters", Credit, "AFP/Reuters"),
        ("dpa abc xy", Credit, "dpa"),
        ("dpa", Credit, "dpa"),
        ("/TASS/", Credit, "TASS"),
        ("Source: Xinhua", Credit, "Xinhua"),
        ("© AFP", Credit, "AFP"),
        ("وكالات", Credit, "agencies"),
        ("- أ ف ب", Credit, "AFP"),
        ("(رويترز)", Credit, "Reuters"),
        ("Copyright 2031 The Associated Press. All rights reserved.", Credit, "AP"),
        ("(Reporting by Jane Roe for Reuters; Editing by John Doe)", Credit, "Reuters"),
        ("The Associated Press contributed to this report.", Contribution, "AP"),
        ("With files from The Canadian Press", Contribution, "CP"),
        ("(with inputs from ANI)", Contribution, "ANI"),
        ("(avec AFP)", Contribution, "AFP"),
    ] {
        let lines = format!("{STORY}\n\n{STORY}\n\n{STORY}\n\n{STORY}\n\n{credit}");
        assert_eq!(marks(&lines), [(Rule::Credit, credit)]);
        assert_eq!(evidence(&lines), [(kind, agencies.to_owned())], "{credit}");
    }
    let last = "He posted a photo of a fire that raged on some decks of the ferry.";
    let text = format!("{STORY}\n\n{last} – Agencies");
    assert_eq!(marks(&text), [(Rule::Credit, "– Agencies")]);
    for sign_off in ["– Agencies", "— AFP", "(AFP)", "«رويترز»", "AFP"] {
        let text = format!("{STORY}\n\n{STORY} {sign_off}");
        assert_eq!(marks(&text), [(Rule::Credit, sign_off)]);
    }
}

#[test]
fn reporters_alone_are_a_credit_but_no_agency() {
    let credit = "– Reporting by Ann Roe in Oslo and Bo Doe in Bergen for Fjord News.";
    let text = format!("{STORY}\n{STORY}\n{credit}");
    assert_eq!(marks(&text), [(Rule::Credit, credit)]);
    assert_eq!(evidence(&text), []);
}

#[test]
fn what_a_story_mentions_attributes_nothing() {
    for last in [
        "Two officials told the AP.",
        "He said so to Reuters.",
        "“It will stay open,” she told AFP.",
        "The quay was built by workers with information from divers.",
        "He asked readers to sign up for the regatta, said the board.",
    ] {
        let text = format!("{STORY}\n\n{STORY}\n\n{last}");
        assert_eq!(marks(&text), [], "{last}");
        assert_eq!(evidence(&text), [], "{last}");
    }
}

#[test]
fn a_list_of_links_ends_where_the_story_goes_on() {
    let list = "READ MORE\nQuay to close for nine weeks\n‘Never again’: divers speak of cracks\nWhy ferries sank";
    let text = format!("{STORY}\n{STORY}\n{list}\n{STORY}\n{STORY}");
    let zones = clean(&article(&text));
    assert!(zones.marks.iter().all(|mark| mark.rule == Rule::Furniture));
    let marked: Vec<&str> = zones.marks.iter().map(|mark| mark.span.of(&text)).collect();
    assert_eq!(marked, list.lines().collect::<Vec<_>>());
}

#[test]
fn furniture_in_many_languages() {
    for line in [
        "ADVERTISEMENT",
        "SHARE Tweet Post Email Save",
        "Share on Facebook Share on Twitter Share via Email",
        "READ MORE: Quay to close for nine weeks",
        "Lire aussi : Le quai fermera neuf semaines",
        "Читайте также: Причал закроют на девять недель",
        "اقرأ أيضا: إغلاق الرصيف تسعة أسابيع",
        "Sign up for our harbour newsletter, delivered to your inbox every Monday.",
        "Click here to read more.",
        "Suscríbete a nuestro boletín",
        "Follow us on Twitter and like us on Facebook.",
        "© 2031 Ellery Media Group. All rights reserved.",
        "Last updated 3 March 2031 14:30 GMT",
        "7 years ago",
        "***",
        "https://www.ellery.example/news/2031/03/quay",
        "http : / / www . ellery . example / news / 2031 / quay - closes",
    ] {
        let text = format!("{STORY}\n\n{line}\n\n{STORY}");
        assert_eq!(marks(&text), [(Rule::Furniture, line)]);
    }
}

#[test]
fn pictures_attribute_nothing() {
    let text = format!("{STORY}\n\n(Jane Roe/Reuters)\n\n{STORY}\n\nPhoto: AFP\n\n{STORY}");
    assert_eq!(
        marks(&text),
        [(Rule::Caption, "(Jane Roe/Reuters)"), (Rule::Caption, "Photo: AFP")]
    );
    assert_eq!(evidence(&text), []);
}

#[test]
fn the_headline_is_marked_where_the_text_repeats_it() {
    let mut article = article(&format!("Quay to close\n\n{STORY}"));
    article.headline = Some("QUAY TO CLOSE".to_owned());
    let zones = clean(&article);
    assert_eq!(zones.marks[0].rule, Rule::Headline);
    let story: Vec<&str> = zones.story(&article.text).iter().map(|s| s.of(&article.text)).collect();
    assert_eq!(story, [STORY]);
}

#[test]
fn time_grows_with_the_length_of_the_text_only() {
    for text in [
        "(".repeat(1 << 20),
        "AFP ".repeat(1 << 18),
        "-\n".repeat(1 << 18),
        "Read more\n".repeat(1 << 16),
    ] {
        clean(&article(&text));
    }
}

proptest! {
    #[test]
    fn marks_are_in_order_apart_and_on_character_boundaries(
        text in "(\\PC|\n|\0|[(\\[（/«\"—–.:] ?|AFP|واس|新华社|电|Reuters|Read more|©|Photo|By |Sign up for|[A-Z]{2,5}|, 3 |[a-z]{1,6} ){0,60}"
    ) {
        let zones = clean(&article(&text));
        let mut end = 0;
        for mark in &zones.marks {
            prop_assert!(end <= mark.span.start && mark.span.start < mark.span.end);
            end = mark.span.end;
            prop_assert!(text.get(mark.span.range()).is_some());
        }
        for evidence in &zones.evidence {
            prop_assert_eq!(evidence.span.map(|span| span.of(&text).to_owned()), Some(evidence.text.clone()));
        }
        for span in zones.story(&text) {
            prop_assert!(!span.is_empty());
        }
    }
}
