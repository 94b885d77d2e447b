//! Which files are read, and what their articles are called.

use std::sync::Mutex;

use super::*;

#[test]
fn a_folder_is_read_once_in_a_fixed_order() {
    let folder = Folder::with(&[
        ("in/2024/b.txt", b"B"),
        ("in/2024/a.txt.gz", &gz(b"A")),
        ("in/.hidden/x.txt", b"X"),
        ("in/.x.txt", b"X"),
        ("in/empty.txt", b""),
        ("in/picture.txt", b"\x89PNG\r\n\x1a\n\0"),
        ("in/blank.txt", b" \r\n"),
        ("in/late.txt", &[vec![b'a'; 100_000], vec![0]].concat()),
        ("in/wire.jsonl", b"{\"text\": \"W\"}"),
        ("in/run/run.json", b"{}"),
        ("in/run/passages.jsonl", b""),
        ("in/run/copies.jsonl", b"{\"text\": \"C\"}"),
    ]);
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        symlink(folder.path("in"), folder.path("in/2024/loop")).unwrap();
        symlink(folder.path("in/2024/b.txt"), folder.path("in/linked.txt")).unwrap();
        symlink(folder.path("nowhere"), folder.path("in/dangling.txt")).unwrap();
    }
    let reading = folder.read(&["in", "in/2024/b.txt", "in/2024", "in/wire.jsonl"]);
    let ids: Vec<_> = reading.articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids, ["2024/a", "2024/b", "wire:1"]);
    let reasons = folder.reasons(&reading);
    assert_eq!(reasons[0], "in/blank.txt: text is empty");
    assert!(reasons[1].starts_with("in/dangling.txt: cannot be read: "), "{reasons:?}");
    assert_eq!(
        reasons[2..],
        [
            "in/empty.txt: empty file",
            "in/late.txt: binary file",
            "in/picture.txt: not text (PNG image)",
            "note: in/run: a run of copytaster, passed over",
        ]
    );
    assert_eq!(reading.inputs.len(), 3);
    assert_eq!(reading.inputs[2].format, Format::Jsonl);

    let turned = folder.read(&["in/wire.jsonl", "in/2024", "in/2024/b.txt", "in"]);
    assert_eq!(turned.articles, reading.articles);
    assert_eq!(turned.inputs, reading.inputs);
    assert_eq!((turned.skipped, turned.notes), (reading.skipped, reading.notes));
}

#[test]
fn files_of_one_name_get_longer_ones() {
    let files = ["x/a.txt", "x/a.md", "y/a.txt", "y/b.txt"];
    let folder = Folder::with(&files.map(|name| (name, name.as_bytes())));
    let ids =
        |names: &[&str]| folder.read(names).articles.into_iter().map(|a| a.id).collect::<Vec<_>>();
    assert_eq!(ids(&["x", "y"]), ["a.md", "b", "x/a.txt", "y/a.txt"]);
    assert_eq!(ids(&["y/a.txt", "x/a.txt", "y/b.txt"]), ["b", "x/a.txt", "y/a.txt"]);
    assert_eq!(ids(&["x/a.txt"]), ["a"]);
}

#[test]
fn ids_are_unique_whatever_the_order() {
    let lines = [
        r#"{"id": "x", "text": "one", "date": "2024-01-01"}"#,
        r#"{"id": "x", "text": "two", "date": "2024-01-02"}"#,
        r#"{"id": "x", "text": "one", "date": "2024-01-03"}"#,
        r#"{"id": "x", "text": "three", "date": "2024-01-04"}"#,
        r#"{"id": "x#2", "text": "four"}"#,
        r#"{"id": "x", "text": "one", "date": "2024-01-05", "source": "Post"}"#,
        r#"{"id": "a", "text": "one"}"#,
    ];
    let expected = [
        ("a", "one"),
        ("x", "one"),
        ("x#2", "four"),
        ("x#3", "two"),
        ("x#4", "three"),
        ("x#5", "one"),
    ];
    for turn in 0..lines.len() {
        let mut lines = lines;
        lines.rotate_left(turn);
        let (articles, reasons) = read("a.jsonl", lines.join("\n").as_bytes());
        let found: Vec<_> = articles.iter().map(|a| (a.id.as_str(), a.text.as_str())).collect();
        assert_eq!(found, expected);
        assert_eq!(reasons.len(), 4);
        let told = |start: &str, end: &str| {
            reasons.iter().any(|reason| reason.starts_with(start) && reason.ends_with(end))
        };
        assert!(told("a.jsonl", "id \"x\" again, same text"), "{reasons:?}");
        assert!(told("note: ", "id \"x\" again with another text: kept as \"x#4\""));
        assert!(told("note: ", "id \"x\" again from another outlet: kept as \"x#5\""));
    }
}

#[test]
fn a_named_file_has_to_be_there() {
    let folder = Folder::with(&[("a.jsonl", b"{}"), ("b.txt", b"B")]);
    let error = all(&[folder.path("x.txt")], &Options::default(), &|_| ()).unwrap_err();
    assert!(matches!(error, Error::Io { .. }), "{error}");
    let error = one(&folder.path("a.jsonl"), &Options::default()).unwrap_err();
    assert!(error.to_string().ends_with("a.jsonl:1: \"text\" is missing, as is all else"));
    assert_eq!(one(&folder.path("b.txt"), &Options::default()).unwrap().text, "B");
}

#[test]
fn progress_ends_at_the_total() {
    let folder = Folder::with(&[("a.txt", noise(200_000).as_bytes()), ("b.png", b"\x89PNG\r\n")]);
    let told = Mutex::new(Vec::new());
    all(&[folder.0.path().to_owned()], &Options::default(), &|p| told.lock().unwrap().push(p))
        .unwrap();
    let told = told.into_inner().unwrap();
    let last = told.last().unwrap();
    assert!(told.len() > 2);
    assert_eq!(Some(last.bytes_read), last.bytes_total);
}

#[test]
fn what_is_kept_beside_an_article_stays_with_it() {
    let text = |n: usize| format!("text {n} {}", "of words ".repeat(n % 50 * 1000));
    let lines = |part: usize| {
        let line = |n| format!("{{\"id\": \"{}\", \"text\": \"{}\"}}\n", 1000 - n, text(n));
        (part..300).step_by(3).map(line).collect::<String>()
    };
    let table = (2..300).step_by(3).map(|n| format!("{},{}\n", 1000 - n, text(n)));
    let folder = Folder::with(&[
        ("a.jsonl", lines(0).as_bytes()),
        ("b.jsonl", lines(1).as_bytes()),
        ("c.csv", ["id,text\n".to_owned()].into_iter().chain(table).collect::<String>().as_bytes()),
        ("1001.txt", text(1001).as_bytes()),
    ]);
    let most = std::sync::atomic::AtomicUsize::new(0);
    let keep = |articles: &mut [Article]| {
        most.fetch_max(articles.len(), std::sync::atomic::Ordering::Relaxed);
        articles.iter_mut().map(|article| std::mem::take(&mut article.text)).collect()
    };
    let reading = each(&[folder.path("")], &Options::default(), &|_| (), &keep).unwrap();
    assert_eq!(reading.articles.len(), 301);
    for (article, kept) in reading.articles.iter().zip(&reading.kept) {
        let number = kept.split(' ').nth(1).unwrap().parse::<usize>().unwrap();
        assert_eq!(article.id, if number > 1000 { number } else { 1000 - number }.to_string());
        assert!(article.text.is_empty());
    }
    assert!((2..=32).contains(&most.into_inner()));
}
