//! Which module may use which. A module uses what stands in lower rows; within a row nobody uses
//! anybody. A new module is given its place here by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// `bits` and `runs` look at bytes, `layout`, `phrases` and `quote` at plain text, and none of them knows
/// of articles; `synth` invents articles and knows nothing of how they are scanned. `story` is what the
/// stages after it compare; `standing` looks once more at what `judge` took for copy; `scan` is the
/// stages in order, `report` shows what it found, and `bench` reads that.
const LAYERS: &[&[&str]] = &[
    &["error", "bits"],
    &["span", "hash", "forest", "phrases", "measure", "shelf", "processor"],
    &["article", "agency", "layout", "runs"],
    &["read", "clean", "quote", "words", "synth"],
    &["story", "sketch", "align"],
    &["candidates", "collapse", "duplicates", "judge"],
    &["cluster", "attribute", "standing"],
    &["options"],
    &["scan"],
    &["report"],
    &["bench", "tune"],
];

#[test]
fn a_module_uses_only_what_stands_below_it() {
    let layer: BTreeMap<&str, usize> =
        LAYERS.iter().enumerate().flat_map(|(at, row)| row.iter().map(move |m| (*m, at))).collect();
    let mut met = Vec::new();
    for (module, path) in modules() {
        let own = *layer.get(&*module).unwrap_or_else(|| panic!("`{module}` has no layer yet"));
        met.push(module.clone());
        for used in used_by(&fs::read_to_string(&path).unwrap()) {
            let Some(&other) = layer.get(&*used) else { panic!("`{used}` has no layer yet") };
            let path = path.display();
            assert!(
                used == module || other < own,
                "{path}: `{module}` (layer {own}) uses `{used}` (layer {other})"
            );
        }
    }
    for module in layer.keys() {
        assert!(met.iter().any(|name| name == module), "`{module}` is placed but is no more");
    }
}

#[test]
fn the_program_uses_the_public_library_only() {
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/bin");
    for path in sources(&program) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(!text.contains("#[path"), "{} takes a file of the library", path.display());
    }
}

/// The files with unsafe code: loops for instruction sets, the allocator, files used as memory.
const UNSAFE: [&str; 7] = [
    "processor.rs",
    "bin/copytaster/heap.rs",
    "shelf/by_page.rs",
    "shelf/disk.rs",
    "shelf/kept.rs",
    "shelf/mapped.rs",
    "shelf/memory.rs",
];

#[test]
fn unsafe_code_stands_in_few_files() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let allows = |path: &PathBuf| fs::read_to_string(path).unwrap().contains("allow(unsafe_code");
    let found: Vec<PathBuf> = sources(&src).into_iter().filter(allows).collect();
    assert_eq!(found, UNSAFE.map(|file| src.join(file)));
}

/// Every file of the library with the module it belongs to.
fn modules() -> Vec<(String, PathBuf)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let module = |path: &Path| {
        let first = path.strip_prefix(&src).unwrap().components().next().unwrap();
        let first = first.as_os_str().to_str().unwrap();
        first.strip_suffix(".rs").unwrap_or(first).to_owned()
    };
    let files = sources(&src).into_iter().map(|path| (module(&path), path));
    files.filter(|(module, _)| module != "lib" && module != "bin").collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let is_source = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    let (folders, files): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.is_dir());
    let below = folders.iter().filter(|path| !path.ends_with("tests")).flat_map(|p| sources(p));
    files.into_iter().filter(is_source).chain(below).collect()
}

/// The modules of the crate that a file names, but for its tests.
fn used_by(text: &str) -> Vec<String> {
    let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .fold(String::new(), |code, line| code + line + "\n");
    let mut used = Vec::new();
    for (at, start) in code.match_indices("crate::") {
        let rest = &code[at + start.len()..];
        if let Some(group) = rest.strip_prefix('{') {
            used.extend(first_names(group));
        } else {
            used.push(name(rest));
        }
    }
    // Types that the crate's root exports stand for the modules that define them.
    let module = |name: String| match name.as_str() {
        "Article" | "ArticleIx" | "Pair" | "Published" => "article".to_owned(),
        "Error" | "Note" | "Position" | "Result" => "error".to_owned(),
        "Options" => "options".to_owned(),
        "Span" | "WordRange" => "span".to_owned(),
        _ => name,
    };
    used.into_iter().map(module).collect()
}

/// The first name of each path in the group of a `use`.
fn first_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut at_start) = (0, Vec::new(), true);
    for (at, char) in group.char_indices() {
        match char {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => at_start = true,
            _ if at_start && !char.is_whitespace() => {
                names.push(name(&group[at..]));
                at_start = false;
            }
            _ => {}
        }
    }
    names
}

fn name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn names_are_found_in_every_form_of_use() {
    let text = "use crate::{align, clean::{self, Zones}};\nuse crate::hash::mix;\n// crate::no\n\
        fn f(a: crate::ArticleIx) {}\n#[cfg(test)]\nmod tests {\nuse crate::scan;\n}";
    assert_eq!(used_by(text), ["align", "clean", "hash", "article"]);
}
