//! What house style does to copy, and what languages do, leaves a passage whole.

use copytaster::Article;
use copytaster::judge::{Kind, Passage};
use copytaster::scan::Findings;

use super::run::scan;

/// A report of a wire, 60 words.
const WIRE: &str = "Divers recovered the flight recorder of the seaplane on Tuesday from forty metres of \
    water off Cape Tressilian, the coastguard said. The organisation had searched 1500 square \
    kilometres of seabed for 11 days with two sonar boats and a borrowed minesweeper. Doctor Maud \
    Penhallow, who leads the inquiry, expects to read out its memory before the harvest festival.";

fn articles(texts: &[&str]) -> Vec<Article> {
    let article = |(ix, text): (usize, &&str)| Article::new(ix.to_string(), *text);
    texts.iter().enumerate().map(article).collect()
}

fn passages(a: &str, b: &str) -> Vec<Passage> {
    let (_, Findings { passages, .. }) = scan(&articles(&[a, b]));
    passages
}

/// Asserts that both texts are one passage of copy, but for a few words at its ends.
fn assert_whole(what: &str, a: &str, b: &str) {
    let found = passages(a, b);
    let [passage] = &found[..] else { panic!("{what}: {} passages", found.len()) };
    assert_eq!(passage.kind, Kind::Copy, "{what}");
    for (text, span) in [(a, passage.a_span), (b, passage.b_span)] {
        let share = span.len() as f64 / text.len() as f64;
        assert!(share > 0.85, "{what}: {share:.2} of {text:?}");
    }
}

#[test]
fn house_style_leaves_a_passage_whole() {
    let words: Vec<&str> = WIRE.split(' ').collect();
    let lines: Vec<String> = words.chunks(9).map(|line| line.join(" ")).collect();
    let wrapped = lines.join("\n");
    let sentences: Vec<&str> = WIRE.split_inclusive(". ").collect();
    let paragraphs = sentences.join("\n\n");
    let furniture = sentences.join("\n\nADVERTISEMENT\n\nREAD MORE: Ferry timetable changes\n\n");
    let change = |pairs: &[(&str, &str)]| {
        pairs.iter().fold(WIRE.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old}");
            text.replace(old, new)
        })
    };
    for (what, text) in [
        ("hard-wrapped lines", wrapped),
        ("new paragraphs", paragraphs),
        ("furniture in the midst", furniture),
        (
            "attribution in front",
            change(&[
                ("Divers recovered", "The coastguard said divers recovered"),
                (", the coastguard said", ""),
            ]),
        ),
        ("honorifics", change(&[("Doctor Maud Penhallow", "Dr. Penhallow")])),
        (
            "American spelling",
            change(&[
                ("organisation", "organization"),
                ("metres", "meters"),
                ("harvest festival", "harvest festival"),
            ]),
        ),
        (
            "numbers",
            change(&[("forty", "40"), ("1500", "1,500"), ("11 days", "eleven days"), ("two", "2")]),
        ),
        ("dashes", change(&[(", who leads the inquiry,", " — who leads the inquiry —")])),
        ("capitals", change(&[("Cape Tressilian", "CAPE TRESSILIAN")])),
    ] {
        assert_whole(what, WIRE, &text);
    }
}

/// A report, how a paper changed it, and a report of something else, in each language.
const LANGUAGES: [(&str, &str, &str, &str); 9] = [
    (
        "English",
        "Beekeepers in the valley lost a third of their hives to the late frost, and the dairy \
         cooperative has offered sugar and barns until the lime trees flower again.",
        "Beekeepers in the upper valley lost about a third of their hives to the frost, so the \
         dairy cooperative offered sugar and barns until the lime trees flower.",
        "The mayor told reporters on Tuesday that the tram line would open in spring.",
    ),
    (
        "French",
        "Les apiculteurs de la vallée ont perdu un tiers de leurs ruches à cause du gel tardif, et \
         la coopérative laitière leur prête du sucre et des granges jusqu’à la floraison des tilleuls.",
        "Les apiculteurs de la haute vallée ont perdu près d’un tiers de leurs ruches à cause du gel, \
         et la coopérative laitière prête sucre et granges jusqu’à la floraison des tilleuls.",
        "Le maire a déclaré mardi à la presse que la ligne de tramway ouvrirait au printemps.",
    ),
    (
        "German",
        "Die Imker im Tal haben durch den späten Frost ein Drittel ihrer Völker verloren, die \
         Molkerei stellt ihnen Zucker und Scheunen bereit, bis die Linden wieder blühen.",
        "Die Imker im oberen Tal haben durch den Frost fast ein Drittel ihrer Völker verloren; die \
         Molkerei stellt Zucker und Scheunen bereit, bis die Linden blühen.",
        "Der Bürgermeister sagte am Dienstag vor Journalisten, die Straßenbahn fahre ab Frühjahr.",
    ),
    (
        "Spanish",
        "Los apicultores del valle perdieron un tercio de sus colmenas por la helada tardía y la \
         cooperativa lechera les ofrece azúcar y graneros hasta que florezcan los tilos.",
        "Los apicultores del alto valle perdieron casi un tercio de sus colmenas por la helada, y la \
         cooperativa lechera ofrece azúcar y graneros hasta que florezcan los tilos.",
        "El alcalde dijo el martes a los periodistas que el tranvía abrirá en primavera.",
    ),
    (
        "Portuguese",
        "Os apicultores do vale perderam um terço das colmeias por causa da geada tardia, e a \
         cooperativa leiteira oferece açúcar e celeiros até que as tílias voltem a florir.",
        "Os apicultores do alto vale perderam quase um terço das colmeias com a geada tardia, e a \
         cooperativa leiteira oferece açúcar e celeiros até que as tílias floresçam.",
        "O prefeito disse na terça-feira aos jornalistas que o bonde abrirá na primavera.",
    ),
    (
        "Arabic",
        "خسر مربو النحل في الوادي ثلث خلاياهم بسبب الصقيع المتأخر، وعرضت تعاونية الألبان عليهم السكر \
         والحظائر حتى تزهر أشجار الزيزفون من جديد.",
        "خسر مربّو النحل في أعلى الوادي نحو ثلث خلاياهم بسبب الصقيع، وعرضت تعاونية الالبان السكر \
         والحظائر حتى تزهر اشجار الزيزفون.",
        "وقال رئيس البلدية للصحفيين يوم الثلاثاء إن خط الترام سيفتتح في الربيع.",
    ),
    (
        "Russian",
        "Пчеловоды долины потеряли из-за поздних заморозков треть ульев, и молочный кооператив \
         предложил им сахар и амбары, пока снова не зацветут липы.",
        "Пчеловоды верхней долины потеряли из-за заморозков почти треть ульёв, а молочный кооператив \
         предложил сахар и амбары, пока не зацветут липы.",
        "Мэр сообщил журналистам во вторник, что трамвайная линия откроется весной.",
    ),
    (
        "Japanese",
        "谷の養蜂家は遅霜で巣箱の三分の一を失い、酪農協同組合はシナノキの花が再び咲くまで砂糖と納屋を貸し出している。",
        "上流の谷の養蜂家は霜で巣箱のほぼ三分の一を失い、酪農協同組合はシナノキの花が咲くまで砂糖と納屋を貸す。",
        "市長は火曜日、路面電車が春に開業すると記者団に述べた。",
    ),
    (
        "Chinese",
        "山谷里的养蜂人因晚霜失去三分之一的蜂箱，乳品合作社向他们提供白糖和谷仓，直到椴树再次开花。",
        "上游山谷的养蜂人因霜冻失去近三分之一的蜂箱，乳品合作社提供白糖和谷仓，直到椴树开花。",
        "市长星期二对记者表示，电车线路将于春天开通。",
    ),
];

#[test]
fn reworded_copy_is_found_in_every_language() {
    for (language, wire, paper, other) in LANGUAGES {
        assert_whole(language, wire, paper);
        assert!(passages(wire, other).is_empty(), "{language}: {other}");
    }
}
