//! The program from outside.
//!
//! `tests/cli/*.md`, README.md and GUIDE.md are run as they stand, each in a folder of its own that
//! holds `corpus/`; the rest is what a page cannot show.

use std::ffi::OsStr;
use std::fs;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Arc, LazyLock};
use std::thread::sleep;
use std::time::{Duration, Instant};

use arrow_array::{ArrayRef, RecordBatch, StringArray};
use copytaster::synth::{Beside, Synth};
use copytaster::{Article, read};
use parquet::arrow::ArrowWriter;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::run::corpus;
use crate::synth;

#[test]
fn pages() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut pages: Vec<PathBuf> = fs::read_dir(root.join("tests/cli"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .chain(["README.md", "GUIDE.md"].map(|name| root.join(name)))
        .filter(|path| path.is_file())
        .collect();
    pages.sort();
    for page in pages {
        let place = Place::new();
        symlink(corpus(""), place.path("corpus")).unwrap();
        // A page is run where the test is. All other tests name their files in full.
        std::env::set_current_dir(place.0.path()).unwrap();
        trycmd::TestCases::new().case(page).run();
        std::env::set_current_dir(root).unwrap();
    }
}

/// A folder to run the program in.
struct Place(TempDir);

/// What a run of the program left behind.
struct Ran {
    code: Option<i32>,
    stdout: String,
    stderr: String,
}

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn with(files: &[(&str, &[u8])]) -> Self {
        let place = Self::new();
        for (name, bytes) in files {
            let path = place.path(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_copytaster"));
        command.args(args).current_dir(self.0.path()).env("RUST_BACKTRACE", "0");
        command
    }

    fn run(&self, args: &[&str]) -> Ran {
        Ran::of(self.command(args).stdin(Stdio::null()).output().unwrap())
    }

    fn json(&self, name: &str) -> Value {
        serde_json::from_slice(&fs::read(self.path(name)).unwrap()).unwrap()
    }

    /// What is in the folder, hidden or not.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<_> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }
}

impl Ran {
    fn of(output: Output) -> Self {
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.stdout, self.stderr);
        self
    }
}

const STORM: &str = "ROME, March 3 (AP) - A storm tore the roofs off forty houses in the harbour \
    quarter of Anzio early on Monday and left nine thousand people without power, firemen said.";

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_is_bad_is_listed_and_what_is_good_is_taken() {
    let page = "<p>storm</p>".repeat(50 << 20 >> 3);
    let long = json!({ "id": "long", "html": page, "text": STORM }).to_string();
    let packed = gz(json!({ "id": "packed", "text": STORM }).to_string().as_bytes());
    let lines = [
        json!({ "id": "one", "text": STORM }).to_string(),
        "{\"id\": \"broken\", \"text\": ".to_owned(),
        json!({ "id": "textless", "lede": STORM }).to_string(),
        json!({ "id": "twice", "text": STORM, "source": "The Post" }).to_string(),
        json!({ "id": "twice", "text": STORM, "source": "The Post" }).to_string(),
        json!({ "id": "twice", "text": STORM, "source": "The Mail" }).to_string(),
        json!({ "id": "day", "text": STORM, "date": "03/04/2025" }).to_string(),
    ];
    let place = Place::with(&[
        ("in/lines.jsonl", lines.join("\n").as_bytes()),
        ("in/long.jsonl", long.as_bytes()),
        ("in/cut.jsonl.gz", &packed[..packed.len() - 9]),
        ("in/empty.txt", b""),
        ("in/page.html", b"<!doctype html><p>Storm"),
        ("in/picture.txt", b"\x89PNG\r\n\x1a\n\0\0"),
        ("in/latin.txt", b"Un caf\xe9 ferm\xe9 \xe0 No\xebl, d\xe9j\xe0."),
        ("in/mended.txt", b"Un caf\xc3\xa9 ferm\xc3\xa9 \xc3\xa0 No\xc3\xabl.\xff"),
        ("in/good.txt", STORM.as_bytes()),
    ]);
    let ran = place.run(&["scan", "in", "--out", "run"]).expect(1);
    let told: Vec<_> = ran.stderr.lines().collect();
    assert_eq!(
        told,
        [
            "skipped: in/cut.jsonl.gz:1: cut off or damaged from here on: incomplete deflate stream",
            "skipped: in/empty.txt: empty file",
            "skipped: in/lines.jsonl:2: not valid JSON: EOF while parsing a value at column 24",
            "skipped: in/lines.jsonl:3: \"text\" is missing among \"id\", \"lede\" (--map text=NAME \
             tells which it is)",
            "skipped: in/lines.jsonl:5: id \"twice\" again, same text",
            "skipped: in/page.html: HTML or XML: save the text of the article instead",
            "skipped: in/picture.txt: not text (PNG image)",
            "note: in/lines.jsonl:4: id \"twice\" again from another outlet: kept as \"twice#2\"",
            "note: in/lines.jsonl:7: date \"03/04/2025\" not understood",
            "note: in/mended.txt: some bytes are not valid UTF-8: each taken as the character U+FFFD",
        ]
    );
    let run = place.json("run/run.json");
    for (kind, key) in [("skipped", "skipped"), ("note", "notes")] {
        let listed: Vec<_> = run[key]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                format!(
                    "{kind}: {}: {}",
                    row["at"].as_str().unwrap(),
                    row["reason"].as_str().unwrap()
                )
            })
            .collect();
        assert!(told.iter().filter(|line| line.starts_with(kind)).eq(&listed), "{listed:?}");
    }
    let articles = fs::read_to_string(place.path("run/articles.jsonl")).unwrap();
    let ids: Vec<_> = articles
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(
        ids,
        ["day", "good", "latin", "long", "mended", "one", "packed", "twice", "twice#2"]
    );

    // Without what is bad there is nothing to tell, and the status says so.
    place.run(&["scan", "in/good.txt", "in/long.jsonl", "--out", "good", "-q"]).expect(0);
}

#[test]
fn memory_does_not_change_a_byte_and_leaves_no_file_behind() {
    let place = Place::new();
    fs::create_dir(place.path("tmp")).unwrap();
    place.run(&["synth", "--articles", "600", "--out", "news.jsonl"]).expect(0);
    place.run(&["scan", "news.jsonl", "--out", "whole", "-q"]).expect(0);
    let little = ["--memory", "80M", "--tmp", "tmp"];
    place.run(&[&["scan", "news.jsonl", "--out", "little", "-q"][..], &little].concat()).expect(0);
    let same = |table: &str, runs: [&str; 2]| {
        let [x, y] = runs.map(|run| fs::read(place.path(&format!("{run}/{table}.jsonl"))).unwrap());
        assert!(x == y, "{table} of {runs:?}");
    };
    // A megabyte has no room for the program itself.
    let told = ["scan", "news.jsonl", "--out", "least", "--memory", "1M", "--tmp", "tmp"];
    let told = place.run(&told).expect(0);
    for table in ["articles", "passages", "links", "clusters", "copies"] {
        same(table, ["whole", "little"]);
        same(table, ["whole", "least"]);
    }
    let duplicates = ["scan", "news.jsonl", "-q", "--level", "article", "--out"];
    place.run(&[&duplicates[..], &["all"]].concat()).expect(0);
    place.run(&[&duplicates[..], &["few"], &little].concat()).expect(0);
    for table in ["articles", "clusters"] {
        same(table, ["all", "few"]);
    }
    assert_eq!(fs::read_dir(place.path("tmp")).unwrap().count(), 0);

    if cfg!(target_os = "linux") {
        // All that the program holds can wait in a file.
        let peak = |run: &str| place.json(&format!("{run}/run.json"))["peak_memory_bytes"].as_u64();
        let (whole, little) = (peak("whole").unwrap(), peak("little").unwrap());
        assert!(little < whole && little < 80_000_000 / 6 * 7, "{little} of {whole} bytes");
        assert!(told.stderr.contains("with --memory 1.0 MB"), "{}", told.stderr);
        assert!(told.stderr.contains("hint: "), "{}", told.stderr);
    }
}

#[test]
fn what_cannot_be_done_ends_with_2_and_a_way_out() {
    let place = Place::with(&[
        ("good.txt", STORM.as_bytes()),
        ("empty/empty.txt", b""),
        ("file", b"x"),
        ("key.toml", b"# mine\n\n[align]\nmin_bitz = 3\n"),
        ("value.toml", b"[align]\nmin_bits = -1.0\n"),
        ("type.toml", b"\n[cluster]\njoin_share = \"a\"\n"),
        ("agencies.toml", b"[[agency]]\nname = \"XPA\"\ncode = [\"X\"]\n"),
    ]);
    for (args, error, hint) in [
        (&["scan", "nowhere"][..], "error: nowhere: No such file", "is the path right?"),
        (&["scan", "empty"], "error: no article could be read", "--map"),
        (
            &["scan", "good.txt", "--bits"],
            "error: unexpected argument '--bits' found",
            "try '--help'",
        ),
        (&["scan"], "error: the following required arguments", "try '--help'"),
        (&["scam"], "error: unrecognized subcommand 'scam'", "try '--help'"),
        (&["scan", "good.txt", "--map", "text"], "error: invalid value 'text'", "try '--help'"),
        (&["scan", "good.txt", "--map", "txt=a"], "error: invalid value 'txt=a'", "try '--help'"),
        (&["scan", "good.txt", "--min-bits", "-3"], "error: invalid value '-3'", "try '--help'"),
        (&["scan", "good.txt", "--min-bits", "nan"], "error: invalid value 'nan'", "try '--help'"),
        (
            &["scan", "good.txt", "--threads", "99999"],
            "error: invalid value '99999'",
            "try '--help'",
        ),
        (
            &["scan", "good.txt", "--config", "key.toml"],
            "error: key.toml:4: unknown field `min_bitz`",
            "--print-config",
        ),
        (
            &["scan", "good.txt", "--config", "type.toml"],
            "error: type.toml:3: invalid type",
            "--print-config",
        ),
        (&["scan", "good.txt", "--config", "value.toml"], "min_bits: out of range", "0 bits"),
        (
            &["scan", "good.txt", "--config", "none.toml"],
            "error: none.toml: No such file",
            "is the path right?",
        ),
        (
            &["scan", "good.txt", "--agencies", "agencies.toml"],
            "error: agencies.toml:3: unknown field `code`",
            "[[agency]]",
        ),
        (&["scan", "good.txt", "--out", "file"], "error: file: already exists", "--force"),
        (&["scan", "good.txt", "--out", "file", "--force"], "error: file: already exists", "--out"),
        (
            &["scan", "good.txt", "--out", "."],
            "error: --out: . cannot be replaced",
            "not there yet",
        ),
        (&["scan", "good.txt", "--out", "file/run"], "error: file", ""),
        (&["scan", "good.txt", "--memory", "much"], "error: invalid value 'much'", "try '--help'"),
        (
            &["scan", "good.txt", "--tmp", "nowhere"],
            "error: temporary file in nowhere: No such file",
            "--tmp names another folder",
        ),
        (
            &["compare", "good.txt", "nowhere.txt"],
            "error: nowhere.txt: No such file",
            "is the path right?",
        ),
        (
            &["compare", "a", "b", "--run", "empty"],
            "error: --run: empty is not a run",
            "copytaster scan",
        ),
        (&["show", "empty/empty.txt"], "error: empty/empty.txt: empty file", ""),
        (&["show", "good.txt", "--stage", "soup"], "error: invalid value 'soup'", "try '--help'"),
        (&["completions", "tcsh"], "error: invalid value 'tcsh'", "try '--help'"),
    ] {
        let ran = place.run(args).expect(2);
        assert_eq!(ran.stdout, "", "{args:?}");
        assert!(ran.stderr.contains(error), "{args:?}\n{}", ran.stderr);
        let hinted = ran.stderr.lines().any(|line| {
            line.starts_with("hint: ") && line.contains(hint.trim_start_matches("hint: "))
        });
        assert!(hinted || hint.is_empty(), "{args:?}\n{}", ran.stderr);
        assert!(!ran.stderr.contains("panicked"), "{args:?}\n{}", ran.stderr);
    }
    let names =
        ["agencies.toml", "empty", "file", "good.txt", "key.toml", "type.toml", "value.toml"];
    assert_eq!(place.names(), names);
}

#[test]
fn only_a_run_is_replaced_and_only_by_force() {
    let place = Place::with(&[("good.txt", STORM.as_bytes()), ("mine/notes.txt", b"n")]);
    place.run(&["scan", "good.txt", "--out", "run", "-q"]).expect(0);
    let first = fs::read(place.path("run/run.json")).unwrap();

    let ran = place.run(&["scan", "good.txt", "--out", "run"]).expect(2);
    assert!(ran.stderr.contains("hint: ") && ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(fs::read(place.path("run/run.json")).unwrap(), first);

    place.run(&["scan", "good.txt", "--out", "run", "--force", "-q", "--min-bits", "51"]).expect(0);
    assert_ne!(fs::read(place.path("run/run.json")).unwrap(), first);

    place.run(&["scan", "good.txt", "--out", "mine", "--force"]).expect(2);
    assert_eq!(fs::read(place.path("mine/notes.txt")).unwrap(), b"n");

    fs::write(place.path("run/notes.txt"), "n").unwrap();
    let ran = place.run(&["scan", "good.txt", "--out", "run", "--force"]).expect(2);
    assert!(
        ran.stderr.contains("run: holds notes.txt, which is no part of a run"),
        "{}",
        ran.stderr
    );
    assert!(place.path("run/notes.txt").exists());

    // An empty folder is as good as none, and so is what a link leads to.
    fs::create_dir(place.path("empty")).unwrap();
    symlink(place.path("empty"), place.path("link")).unwrap();
    place.run(&["scan", "good.txt", "--out", "link", "-q"]).expect(0);
    assert!(place.path("empty/run.json").is_file() && place.path("link").is_symlink());
    assert_eq!(place.names(), ["empty", "good.txt", "link", "mine", "run"]);
}

#[test]
fn without_out_a_run_takes_the_first_free_name() {
    let place = Place::with(&[("good.txt", STORM.as_bytes())]);
    let first = place.run(&["scan", "."]).expect(0);
    assert!(first.stdout.ends_with("All of it is in copytaster-run\n"));
    // What the first wrote is not read as articles.
    let second = place.run(&["scan", "."]).expect(0);
    assert!(second.stdout.starts_with("1 article,"), "{}", second.stdout);
    assert_eq!(second.stderr, "note: ./copytaster-run: a run of copytaster, passed over\n");
    assert!(second.stdout.ends_with("All of it is in copytaster-run-2\n"));
}

#[test]
fn a_dash_is_standard_input() {
    let place = Place::new();
    let mut child = place
        .command(&["scan", "-", "--map", "text=content", "--out", "run"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let line = json!({ "content": STORM }).to_string() + "\n";
    child.stdin.take().unwrap().write_all(line.repeat(2).as_bytes()).unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap()).expect(0);
    assert!(ran.stdout.contains("stdin:1  AP, wholly derived"), "{}", ran.stdout);
    assert_eq!(place.json("run/run.json")["inputs"][0]["path"], "-");
}

/// The corpus as a program that works with data frames would store it.
fn stories_in_parquet() -> Vec<u8> {
    let stories = read::all(&[corpus("stories.jsonl")], &read::Options::default(), &|_| ());
    let stories = stories.unwrap().articles;
    let column = |name, of: &dyn Fn(&Article) -> Option<String>| {
        let column: ArrayRef = Arc::new(stories.iter().map(of).collect::<StringArray>());
        (name, column, true)
    };
    let rows = RecordBatch::try_from_iter_with_nullable([
        column("key", &|a| Some(a.id.clone())),
        column("title", &|a| a.headline.clone()),
        column("date", &|a| a.published.map(|date| date.to_string())),
        column("source", &|a| a.outlet.clone()),
        column("authors", &|a| a.byline.clone()),
        column("language", &|a| a.language.clone()),
        column("url", &|a| a.url.clone()),
        column("text", &|a| Some(a.text.as_str().to_owned())),
    ]);
    let rows = rows.unwrap();
    let mut writer = ArrowWriter::try_new(Vec::new(), rows.schema(), None).unwrap();
    writer.write(&rows).unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn a_table_in_parquet_gives_the_run_that_lines_give() {
    let table = stories_in_parquet();
    let place = Place::with(&[("in/stories.pq", &table)]);
    symlink(corpus(""), place.path("corpus")).unwrap();
    place.run(&["scan", "corpus/stories.jsonl", "--out", "lines"]).expect(0);
    place.run(&["scan", "in", "--map", "id=key", "--out", "table"]).expect(0);
    let mut child = place
        .command(&["scan", "-", "--map", "id=key", "--out", "piped"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&table).unwrap();
    assert!(child.wait().unwrap().success());
    for name in ["passages", "links", "clusters", "copies"] {
        let of = |run: &str| fs::read(place.path(&format!("{run}/{name}.jsonl"))).unwrap();
        assert!(of("table") == of("lines") && of("piped") == of("lines"), "{name}");
    }
    assert_eq!(place.json("table/run.json")["inputs"][0]["format"], "parquet");
}

#[test]
fn a_reader_that_has_seen_enough_is_no_error() {
    let place = Place::new();
    let corpus = corpus("stories.jsonl");
    let corpus = corpus.to_str().unwrap();
    for args in [
        &["scan", corpus, "--show", "300"][..],
        &["scan", corpus, "--print-config"],
        &["show", corpus, "--stage", "words"],
        &["completions", "bash"],
        &["scan", "--help"],
    ] {
        let mut child =
            place.command(args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let mut stderr = String::new();
        child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
        assert_eq!((child.wait().unwrap().code(), &*stderr), (Some(0), ""), "{args:?}");
    }
}

#[test]
fn colours_are_for_terminals() {
    let place = Place::with(&[("good.txt", STORM.as_bytes())]);
    let corpus = corpus("stories.jsonl");
    for args in [&["scan", corpus.to_str().unwrap()][..], &["scan", "none"], &["scan", "--help"]] {
        let ran = place.run(args);
        assert!(!ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'), "{args:?}");
    }
}

#[test]
fn quiet_says_nothing_but_what_went_wrong() {
    let place = Place::with(&[("in/good.txt", STORM.as_bytes()), ("in/empty.txt", b"")]);
    let ran = place.run(&["scan", "in", "--quiet", "--out", "run"]).expect(1);
    assert_eq!((&*ran.stdout, &*ran.stderr), ("", "skipped: in/empty.txt: empty file\n"));
}

#[test]
fn a_full_disk_leaves_nothing_half_written() {
    let place = Place::new();
    let corpus = corpus("stories.jsonl");
    let scan = format!("scan '{}' --out run", corpus.display());
    let synth = "synth -n 3000 --out news.jsonl";
    for (args, what) in [(scan.as_str(), "temporary file in .: "), (synth, ".jsonl: ")] {
        // No file may grow beyond 8 blocks: as a full disk, but for the number of the error.
        let program = env!("CARGO_BIN_EXE_copytaster");
        let script = format!("trap '' XFSZ; ulimit -f 8; exec '{program}' {args}");
        let output = Command::new("sh").args(["-c", &script]).current_dir(place.0.path()).output();
        let ran = Ran::of(output.unwrap()).expect(2);
        let said = &ran.stderr;
        assert!(said.starts_with("error: ") && said.contains(what), "{said}");
        assert_eq!(place.names(), [""; 0]);
    }
}

/// Starts a scan that takes seconds and waits until `ready`, or until it is over.
fn interrupt(signal: &str, ready: impl Fn(&Place, Instant) -> bool) -> (Place, Ran) {
    static ARTICLES: LazyLock<String> =
        LazyLock::new(|| synth::lines(&Synth::new(5), 3_000, Beside::Corpus, 2));
    let place = Place::with(&[("news.jsonl", ARTICLES.as_bytes())]);
    let mut child = place
        .command(&["scan", "news.jsonl", "--out", "run"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let started = Instant::now();
    while !ready(&place, started) && child.try_wait().unwrap().is_none() {
        sleep(Duration::from_millis(1));
    }
    // It may be over by now.
    let _ = Command::new("kill").args([signal, &child.id().to_string()]).output().unwrap();
    let ran = Ran::of(child.wait_with_output().unwrap());
    fs::remove_file(place.path("news.jsonl")).unwrap();
    (place, ran)
}

/// Whether the files of a run are being written.
fn writes(place: &Place, _: Instant) -> bool {
    let hidden = |name: &String| name.starts_with(".copytaster-");
    place
        .names()
        .iter()
        .filter(|name| hidden(name))
        .any(|name| place.path(name).join("run/articles.jsonl").exists())
}

fn is_whole(run: &Path) -> bool {
    let lines = |name: &str| fs::read_to_string(run.join(name)).unwrap();
    let whole =
        |name: &str| lines(name).lines().all(|line| serde_json::from_str::<Value>(line).is_ok());
    fs::read_dir(run).unwrap().count() == 6
        && ["articles.jsonl", "copies.jsonl"].into_iter().all(whole)
}

#[test]
fn a_stopped_scan_leaves_nothing() {
    // It has its folder as soon as it can be stopped.
    let at_work = |place: &Place, _: Instant| {
        let has_folder = place.names().iter().any(|name| name.starts_with(".copytaster-"));
        has_folder && {
            sleep(Duration::from_millis(100));
            true
        }
    };
    for (signal, ready) in [
        ("-INT", &at_work as &dyn Fn(&Place, Instant) -> bool),
        ("-TERM", &at_work),
        ("-INT", &writes),
        ("-HUP", &writes),
    ] {
        let (place, ran) = interrupt(signal, ready);
        if place.path("run").exists() {
            // It was quicker than the signal.
            assert!(is_whole(&place.path("run")));
        } else {
            assert_eq!(ran.code, Some(2), "{signal} {}", ran.stderr);
            assert_eq!(ran.stderr, "error: stopped; nothing was written\n");
            assert_eq!(place.names(), [""; 0], "{signal}");
        }
    }
}

#[test]
fn a_stopped_synth_or_bench_leaves_nothing() {
    for (args, left) in [
        (&["synth", "--articles", "5e5", "--out", "news.jsonl"][..], &[][..]),
        // The folder for the report is made, and empty.
        (&["bench", "--sizes", "4000", "--out", "bench"], &["bench"]),
    ] {
        let place = Place::new();
        let child = place.command(args).stderr(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_millis(1_500));
        Command::new("kill").args(["-INT", &child.id().to_string()]).output().unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap()).expect(2);
        assert_eq!(ran.stderr, "error: stopped; nothing was written\n");
        assert_eq!(place.names(), left);
        if let [folder] = left {
            assert_eq!(fs::read_dir(place.path(folder)).unwrap().count(), 0);
        }
    }
}

#[test]
fn a_killed_scan_leaves_no_half_a_run() {
    let (place, _) = interrupt("-KILL", writes);
    assert!(!place.path("run").exists() || is_whole(&place.path("run")));
    // The next scan of the folder does not read what was left behind.
    fs::write(place.path("good.txt"), STORM).unwrap();
    let ran = place.run(&["scan", ".", "--out", "again"]).expect(0);
    assert!(ran.stdout.starts_with("1 article,"), "{}", ran.stdout);
}

#[test]
fn two_articles_are_compared_from_files_and_from_a_run() {
    let place = Place::new();
    let stories = corpus("stories.jsonl");
    place.run(&["scan", stories.to_str().unwrap(), "--out", "run", "-q"]).expect(0);
    let ran = place.run(&["compare", "--run", "run", "ferry/reuters", "ferry/lantern"]).expect(0);
    assert!(ran.stdout.starts_with("copy, ") && ran.stdout.contains("ferry/lantern"));
    let turned =
        place.run(&["compare", "--run", "run", "ferry/lantern", "ferry/reuters"]).expect(0);
    assert_eq!(turned.stdout.lines().next(), ran.stdout.lines().next());
    let none = place.run(&["compare", "--run", "run", "ferry/reuters", "kujira/afp"]).expect(0);
    assert_eq!(none.stdout, "ferry/reuters and kujira/afp share no passage.\n");
    let ran = place.run(&["compare", "--run", "run", "ferry/reuters", "ferry/nobody"]).expect(2);
    assert!(ran.stderr.contains("error: ferry/nobody: no article"), "{}", ran.stderr);

    let files = ["stories/ferry/reuters.txt", "stories/ferry/lantern.txt"].map(corpus);
    let files: Vec<&str> = files.iter().map(|path| path.to_str().unwrap()).collect();
    let ran = place.run(&["compare", files[0], files[1]]).expect(0);
    assert!(ran.stdout.starts_with("copy, "), "{}", ran.stdout);
    let same = place.run(&["compare", files[0], files[0]]).expect(0);
    assert!(same.stdout.contains("100 % the same"), "{}", same.stdout);
}

#[test]
fn every_stage_of_an_article_is_shown() {
    let place = Place::with(&[("storm.txt", STORM.as_bytes())]);
    for (stage, start) in [
        ("zones", "dateline 0-21: \"ROME, March 3 (AP) - \""),
        ("words", "A:"),
        ("shingles", ""),
        ("sketch", ""),
    ] {
        let ran = place.run(&["show", "storm.txt", "--stage", stage]).expect(0);
        assert!(ran.stdout.starts_with(start) && ran.stdout.lines().count() > 0, "{}", ran.stdout);
    }
}

#[test]
fn shells_and_man_take_what_is_made_for_them() {
    let place = Place::new();
    for shell in ["bash", "zsh", "fish"] {
        let script = place.run(&["completions", shell]).expect(0).stdout;
        assert!(script.contains("copytaster") && script.contains("completions"), "{shell}");
        let path = place.path(shell);
        fs::write(&path, script).unwrap();
        // Where the shell is there, it finds no fault.
        if let Ok(checked) = Command::new(shell).args([OsStr::new("-n"), path.as_os_str()]).output()
        {
            assert!(checked.status.success(), "{shell}");
        }
    }
    place.run(&["man", "pages"]).expect(0);
    for page in ["copytaster.1", "copytaster-scan.1", "copytaster-explain.1", "copytaster-show.1"] {
        assert!(
            fs::read_to_string(place.path("pages").join(page)).unwrap().contains(".TH"),
            "{page}"
        );
    }
}

#[test]
fn what_articles_are_invented_from_may_be_skipped() {
    let from: String = (0..40)
        .map(|n| {
            let sentences: Vec<String> =
                (0..9).map(|at| format!("The {n} of {at} was {n}{at}.")).collect();
            let text = sentences.join(" ");
            json!({ "id": n, "text": text }).to_string() + "\n"
        })
        .chain(["{\"id\": 1".to_owned()])
        .collect();
    let place = Place::with(&[("from.jsonl", from.as_bytes())]);
    let ran =
        place.run(&["bench", "--from", "from.jsonl", "--sizes", "9", "--repeat", "1"]).expect(1);
    assert!(ran.stderr.contains("skipped: from.jsonl:41: "), "{}", ran.stderr);
    assert!(ran.stdout.contains("Right about 9 of 9 articles"), "{}", ran.stdout);
}

#[test]
#[cfg(unix)]
fn others_are_measured_on_the_same_articles() {
    let script = "echo 'so it goes' >&2; ids=$(grep -o '\"id\":\"[^\"]*' \"$1\" | cut -c7- | head -2)\n\
        set -- $ids \"$2\"; printf '%s\\t%s\\n' \"$1\" \"$2\" > \"$3\"";
    let place = Place::with(&[("peer.sh", script.as_bytes())]);
    let ran = place
        .run(&[
            "bench",
            "--sizes=40",
            "--repeat=1",
            "--against=one=sh peer.sh {file} {out}",
            "--against=none=sh -c exit {file} {out}",
            "--against=datasketch",
        ])
        .expect(0);
    let report = place.json("bench/bench.json");
    let contest = &report["contests"][0];
    let entry = |at: usize| &contest["entries"][at];
    assert!(entry(0)["name"].as_str().unwrap().starts_with("copytaster "), "{contest}");
    assert!(entry(0)["found"]["recall"].as_f64().unwrap() > 0.8, "{contest}");
    assert!(entry(1)["name"].as_str().unwrap().ends_with("whole articles"), "{contest}");
    assert_eq!(entry(1)["found"]["joined"], json!(1.0), "{contest}");
    assert!(entry(2)["name"].as_str().unwrap().starts_with("floor"), "{contest}");
    assert_eq!((&entry(3)["name"], &entry(3)["found"]["pairs"]), (&json!("one"), &json!(1)));
    assert_eq!(contest["absent"][0][0], "none");
    // On whatever machine this is, it is there or the line that installs it is.
    let installs = ran.stdout.contains("datasketch: not here; `pip install datasketch`");
    assert!(installs != entry(4)["name"].as_str().is_some(), "{}", ran.stdout);
}

#[test]
fn corpora_that_are_no_news_are_measured_beside_news() {
    let place = Place::new();
    let args = ["bench", "--sizes", "20", "--repeat", "1", "--slow"];
    let ran = place.run(&args).expect(0);
    assert!(ran.stdout.contains("one story, reworded everywhere"), "{}", ran.stdout);
    let runs = place.json("bench/bench.json")["strain"]["runs"].as_array().unwrap().len();
    assert_eq!(runs, 10);
}
