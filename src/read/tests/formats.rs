//! Records of every format, sound and broken.

use std::fmt::Write as _;

use super::*;

const SIX: [(&str, &str); 6] = [
    ("a", "Storm hits coast\n\nROME (AP) - A storm hit the coast."),
    ("b", "Two lines,\nwith \"quotes\"; and\ttabs"),
    ("c", "Où est-ce ? \u{2014} Là-bas."),
    ("d", "首相は水曜日、国会で説明した。"),
    ("e", "أعلن الرئيس اليوم"),
    ("f", "\r\n trailing and leading space \r\n\r\n"),
];

fn table(delimiter: char) -> String {
    SIX.iter().fold(format!("id{delimiter}text\n"), |mut table, (id, text)| {
        writeln!(table, "{id}{delimiter}\"{}\"", text.replace('"', "\"\"")).unwrap();
        table
    })
}

fn objects() -> Vec<String> {
    let object = |(id, text)| serde_json::json!({ "id": id, "text": text }).to_string();
    SIX.map(object).to_vec()
}

#[test]
fn the_same_six_articles_from_every_format_are_equal() {
    let lines = objects().join("\n");
    let array = format!("[{}]", objects().join(",\n"));
    let pretty: Vec<_> = objects().iter().map(|o| o.replacen('{', "{\n  ", 1)).collect();
    let utf16: Vec<u8> = "\u{feff}"
        .chars()
        .chain(lines.chars())
        .collect::<String>()
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let utf16_be: Vec<u8> =
        format!("\u{feff}{}", table(',')).encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (name, bytes) in [
        ("a.jsonl", lines.clone().into_bytes()),
        ("a.ndjson", format!("\u{feff}{}\r\n\r\n", lines.replace('\n', "\r\n")).into_bytes()),
        ("a.json", lines.clone().into_bytes()),
        ("a.json", array.clone().into_bytes()),
        ("a.json", pretty.join("\n").into_bytes()),
        ("a.unknown", lines.clone().into_bytes()),
        ("a.csv", table(',').into_bytes()),
        ("a.csv", table(';').into_bytes()),
        ("a.csv", format!("\u{feff}{}", table('\t')).into_bytes()),
        ("a.tsv", table('\t').into_bytes()),
        ("a.jsonl.gz", gz(lines.as_bytes())),
        ("a.jsonl.zst", zst(lines.as_bytes())),
        ("a.jsonl", gz(lines.as_bytes())),
        ("a.csv.gz", zst(table(',').as_bytes())),
        ("a.json.gz", gz(array.as_bytes())),
        ("a.jsonl.gz", [gz(&lines.as_bytes()[..99]), gz(&lines.as_bytes()[99..])].concat()),
        ("a.jsonl.zst", [zst(&lines.as_bytes()[..99]), zst(&lines.as_bytes()[99..])].concat()),
        ("a.jsonl", utf16.clone()),
        ("a.jsonl.gz", gz(&utf16)),
        ("a.csv", utf16_be),
    ] {
        let (articles, reasons) = read(name, &bytes);
        let found: Vec<_> = articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
        assert_eq!(found, SIX, "{name}");
        assert!(reasons.is_empty(), "{name} {reasons:?}");
    }

    let files = SIX.map(|(id, text)| (format!("in/{id}.txt"), gz(text.as_bytes())));
    let files: Vec<_> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let reading = Folder::with(&files).read(&["in"]);
    let found: Vec<_> = reading.articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
    assert_eq!(found, SIX);
    assert_eq!(reading.articles[0].headline.as_deref(), Some("Storm hits coast"));
}

#[test]
fn every_field_is_taken() {
    let line =
        r#"{"ID": 17, "Title": " T ", "body": ["One.", "", "Two."], "ignored": {"text": [1]},
        "authors": ["A. B.", {"name": "C. D."}], "source": {"id": null, "name": "CNN"},
        "date": 1437447092, "lang": "en", "url": "https://edition.cnn.com/x"}"#
            .replace('\n', " ");
    let (articles, reasons) = read("a.jsonl", line.as_bytes());
    assert!(reasons.is_empty(), "{reasons:?}");
    let expected = Article {
        id: "17".to_owned(),
        outlet: Some("CNN".to_owned()),
        published: Some(crate::Published::Instant("2015-07-21T02:51:32Z".parse().unwrap())),
        headline: Some("T".to_owned()),
        byline: Some("A. B., C. D.".to_owned()),
        language: Some("en".to_owned()),
        url: Some("https://edition.cnn.com/x".to_owned()),
        text: "One.\n\nTwo.".into(),
        at: articles[0].at.clone(),
    };
    assert_eq!(articles, [expected]);

    let csv = "ID;Title;Body;Authors;Source;Date;Lang;URL\n17;T;\"One.\n\nTwo.\";\"A. B., C. D.\";CNN;\
        2015-07-21T02:51:32Z;en;https://edition.cnn.com/x\n";
    let (rows, _) = read("a.csv", csv.as_bytes());
    assert_eq!(Article { at: articles[0].at.clone(), ..rows[0].clone() }, articles[0]);
}

#[test]
fn a_bad_line_does_not_stop_the_others() {
    let bytes = b"{\"id\": 1, \"text\": \"one\"}\n\
        \n\
        {\"id\": 2, \"text\": \n\
        [1]\n\
        {\"id\": 4, \"text\": \" \"}\n\
        {\"id\": 5, \"abstract\": \"x\", \"text\": null}\n\
        {\"id\": 6, \"text\": \"six\"} {}\n\
        {\"id\": 7, \"text\": \"caf\xe9 d\xe9j\xe0 ferm\xe9 \xe0 No\xebl\"}\n\
        {\"id\": 8, \"text\": \"\xc2\xabd\xc3\xa9j\xc3\xa0\xc2\xbb\xe9\"}\n\
        {}\n\
        {\"id\": 9, \"text\": \"a\\u0000b\"}";
    let (articles, reasons) = read("a.jsonl", bytes);
    assert_eq!(texts(&articles), ["one", "café déjà fermé à Noël", "«déjà»\u{fffd}", "a\0b"]);
    assert_eq!(articles[3].at.line, Some(11));
    assert_eq!(
        reasons,
        [
            "a.jsonl:3: not valid JSON: EOF while parsing a value at column 17",
            "a.jsonl:4: not a JSON object",
            "a.jsonl:5: text is empty",
            "a.jsonl:6: \"text\" is missing among \"id\", \"abstract\" (--map text=NAME tells which \
             it is)",
            "a.jsonl:7: not valid JSON: trailing characters at column 26",
            "note: a.jsonl:9: some bytes are not valid UTF-8: each taken as the character U+FFFD",
            "a.jsonl:10: \"text\" is missing, as is all else",
        ]
    );
}

#[test]
fn a_document_is_read_up_to_its_break() {
    let (articles, reasons) =
        read("a.json", b"[{\"text\": \"one\"},\n3,\n{\"text\": \"two\"},\n{\"text\": x}, {}]");
    assert_eq!(texts(&articles), ["one", "two"]);
    assert_eq!(articles[1].id, "a:3");
    let reason = "not valid JSON: expected value at column 10; nothing is read from here on";
    assert_eq!(reasons, ["a.json:2: not a JSON object".to_owned(), format!("a.json:4: {reason}")]);

    let (articles, reasons) = read("a.json", b"[\n{\"text\": \"one\"},\n");
    assert_eq!(texts(&articles), ["one"]);
    assert_eq!(reasons, ["a.json:3: not valid JSON: the array is not closed"]);
}

#[test]
fn rows_are_counted_from_where_they_start() {
    for end in ["\n", "\r\n"] {
        let rows = ["id,text", "1,\"one", "", "more\"", "2", "", "3,three,", "4,", "5,five"];
        let (articles, reasons) = read("a.csv", rows.join(end).as_bytes());
        assert_eq!(texts(&articles), [&format!("one{end}{end}more"), "five"]);
        assert_eq!(articles.iter().map(|a| a.at.line.unwrap()).collect::<Vec<_>>(), [2, 9]);
        assert_eq!(
            reasons,
            [
                "a.csv:5: 1 fields, but the header has 2",
                "a.csv:7: 3 fields, but the header has 2",
                "a.csv:8: text is empty",
            ]
        );
    }
}

#[test]
fn a_table_without_text_is_left_out_once() {
    let (articles, reasons) = read("a.csv", b"id,lede\n1,a\n2,b\n");
    assert!(articles.is_empty());
    let reason = "\"text\" is missing among \"id\", \"lede\" (--map text=NAME tells which it is)";
    assert_eq!(reasons, [format!("a.csv:1: {reason}")]);

    let folder = Folder::with(&[("a.csv", b"id,Lede,text\n1,a,b\n")]);
    let options = Options { map: BTreeMap::from([(Field::Text, "lede".to_owned())]) };
    assert_eq!(one(&folder.path("a.csv"), &options).unwrap().text, "a");
    let options = Options { map: BTreeMap::from([(Field::Text, String::new())]) };
    assert!(one(&folder.path("a.csv"), &options).is_err());
}

#[test]
fn a_table_in_a_legacy_encoding_is_decoded() {
    let table = "id;text\n1;Президент России заявил об этом\n2;в среду на встрече с журналистами\n";
    let (articles, reasons) = read("a.csv", &encoding_rs::WINDOWS_1251.encode(table).0);
    assert_eq!(articles[0].text, "Президент России заявил об этом");
    assert_eq!(articles[1].text, "в среду на встрече с журналистами");
    assert!(reasons.is_empty());
}

#[test]
fn a_cut_file_gives_what_stands_before_the_cut() {
    let line = |id| serde_json::json!({ "id": id, "text": noise(100) }).to_string();
    let lines: Vec<_> = (1..200).map(line).collect();
    let csv =
        (1..200).fold("id,text\n".to_owned(), |csv, id| csv + &format!("{id},{}\n", noise(100)));
    for (name, whole) in [
        ("a.jsonl", lines.join("\n")),
        ("a.json", format!("[{}]", lines.join(", "))),
        ("a.csv", csv),
    ] {
        for packed in [gz(whole.as_bytes()), zst(whole.as_bytes())] {
            let (articles, reasons) = read(name, &packed[..packed.len() - 9]);
            assert!((50..200).contains(&articles.len()), "{name} {}", articles.len());
            assert!(articles.iter().all(|article| article.text.len() == noise(100).len()
                || article.text.len() == noise(100).trim().len()));
            assert_eq!(reasons.len(), 1);
            assert!(reasons[0].contains(": cut off or damaged from here on: "), "{reasons:?}");
        }
    }
    for (name, bytes) in [("a.txt", &gz(noise(100).as_bytes())[..500]), ("a", b"\x1f\x8b\x08")] {
        let (articles, reasons) = read(name, bytes);
        assert!(articles.is_empty());
        assert!(reasons[0].starts_with(&format!("{name}: cut off or damaged: ")), "{reasons:?}");
    }
}

#[test]
fn a_date_that_cannot_be_read_is_told_once() {
    let lines = ["2024-01-01", "01/02/2024", "None", "02/02/2024", "x"];
    let lines = lines.map(|date| format!("{{\"text\": \"{date}\", \"date\": \"{date}\"}}"));
    let (articles, reasons) = read("a.jsonl", lines.join("\n").as_bytes());
    assert_eq!(articles.len(), 4);
    assert_eq!(articles.iter().filter(|article| article.published.is_some()).count(), 1);
    let date = "date \"01/02/2024\" not understood (and 2 more in this file)";
    assert_eq!(
        reasons,
        [format!("note: a.jsonl:2: {date}"), "a.jsonl:3: text is empty".to_owned()]
    );
}

#[test]
fn blocks_of_any_size_give_the_same() {
    let mut lines: Vec<_> =
        (0..40).map(|i| format!("{{\"text\": \"{}\", \"date\": \"?\"}}", noise(i))).collect();
    lines.insert(7, String::new());
    lines.insert(9, "broken".to_owned());
    let folder = Folder::with(&[("a.jsonl", lines.join("\n").as_bytes())]);
    let files = files::find(&[folder.path("a.jsonl")]).unwrap().files;
    let names = Names::new(&Options::default()).unwrap();
    let meter = Meter::new(&files, &|_| ());
    let read = |block| {
        let tap = meter.file();
        let source = open::open(&files[0], &tap).unwrap();
        let mut batch =
            json::lines(source, Context { file: &files[0], names: &names, keep: &nothing }, block);
        let notes: Vec<_> = batch.notes().collect();
        (batch.taken.articles, batch.taken.prints, batch.skipped, notes)
    };
    let whole = read(json::BLOCK);
    assert_eq!(whole.0.len(), 39);
    for block in [1, 2, 7, 100, 1000] {
        assert_eq!(read(block), whole, "{block}");
    }
}

#[test]
fn a_line_longer_than_a_block_is_read() {
    let text = "wort ".repeat(8 << 20);
    let lines = format!("{{\"text\": \"{text}\"}}\n{{\"text\": \"short\"}}\n");
    let (articles, reasons) = read("a.jsonl", lines.as_bytes());
    assert_eq!(
        articles.iter().map(|article| article.text.len()).collect::<Vec<_>>(),
        [text.len(), 5]
    );
    assert!(reasons.is_empty());
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_table_that_needs_the_feature_names_it() {
    let (articles, reasons) = read("a.parquet", b"PAR1\x15\0\0PAR1");
    assert!(articles.is_empty());
    assert!(reasons[0].ends_with("built with the feature \"parquet\")"), "{reasons:?}");
}
