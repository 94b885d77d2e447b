//! A run as one page for a browser that needs nothing else: no server, no network, no other file.
//!
//! The overview and the methods are there as HTML; stories and articles are shown by a script from
//! blocks of data that are unpacked when they are looked at. Texts of articles reach the page only as
//! packed data and are shown as text, never as markup; the page's own policy forbids every request,
//! and every script and style but its own.

mod block;
mod detail;
mod held;
mod index;
mod methods;
mod overview;
mod place;
mod units;

use std::io::{self, Write};

use askama::Template;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};

use self::block::packed;
use self::detail::{ArticleDetail, CopyDetail};
use self::held::Held;
use self::index::Index;
use self::methods::Methods;
use self::overview::{Overview, grouped};
use self::place::Places;
use super::filed::Filed;
use super::visible;
use crate::article::Article;
use crate::error::Result;

const STYLE: &str = include_str!("page.css");
/// One script in parts: data, what views share, views, and what connects them.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("data.js"),
    include_str!("parts.js"),
    include_str!("list.js"),
    include_str!("story.js"),
    include_str!("article.js"),
    include_str!("page.js"),
    "})();\n"
);

/// Articles whose texts a page holds if nothing else is said.
pub const LIMIT: usize = 100_000;

/// A page about a run.
#[derive(Debug)]
pub struct Page {
    /// All up to the index.
    head: String,
    index: String,
    articles: Vec<String>,
    copies: Vec<String>,
    left_out: usize,
}

impl Page {
    /// Makes a page of a run and of its articles, which are to be what was scanned.
    ///
    /// Of more than `limit` articles the page holds those of the largest stories and counts the others.
    pub fn of(filed: &Filed, articles: &[Article], limit: usize) -> Result<Self> {
        let held = Held::of(filed, articles)?;
        let places = Places::of_run(&held, limit);
        let mut links: Vec<Vec<u32>> = vec![Vec::new(); held.rows.len()];
        for (at, link) in held.links.iter().enumerate() {
            for ix in [link.pair.0, link.pair.1] {
                links[ix as usize].push(at as u32);
            }
        }
        let article_blocks =
            blocks(places.order.iter().map(|&ix| 500 + held.articles[ix as usize].text.len()));
        let copy_blocks = blocks(places.copies.iter().map(|&ix| {
            let copy = &held.copies[ix as usize];
            200 + copy.text.len() + 60 * copy.pickups.len()
        }));
        let article_block = |own: &[u32]| {
            let detail = |&ix: &u32| ArticleDetail::of(&held, &places, ix, &links[ix as usize]);
            packed(&own.iter().map(detail).collect::<Vec<_>>())
        };
        let copy_block = |own: &[u32]| {
            let detail = |&ix: &u32| CopyDetail::of(&held, &places, ix);
            packed(&own.iter().map(detail).collect::<Vec<_>>())
        };
        let index = packed(&Index::of(&held, &places, &article_blocks, &copy_blocks));
        Ok(Self {
            head: head(&held, &places),
            index,
            articles: each_block(&article_blocks, &places.order, article_block),
            copies: each_block(&copy_blocks, &places.copies, copy_block),
            left_out: held.rows.len() - places.order.len(),
        })
    }

    /// How many articles of the run the page does not hold.
    pub fn left_out(&self) -> usize {
        self.left_out
    }

    /// Writes the page.
    pub fn write(&self, out: &mut impl Write) -> io::Result<()> {
        out.write_all(self.head.as_bytes())?;
        block(out, "index", 0, &self.index)?;
        // It starts before the rest is read.
        writeln!(out, "<script>{SCRIPT}</script>")?;
        for (name, blocks) in [("copies", &self.copies), ("articles", &self.articles)] {
            for (at, data) in blocks.iter().enumerate() {
                block(out, name, at, data)?;
            }
        }
        out.write_all(b"</body>\n</html>\n")
    }
}

fn block(out: &mut impl Write, name: &str, at: usize, data: &str) -> io::Result<()> {
    writeln!(out, "<script type=\"text/plain\" id=\"{name}-{at}\">{data}</script>")
}

/// Packs what is in `order`, split where blocks start.
fn each_block(
    starts: &[usize],
    order: &[u32],
    pack: impl Fn(&[u32]) -> String + Sync,
) -> Vec<String> {
    let end = |at: usize| starts.get(at + 1).copied().unwrap_or(order.len());
    (0..starts.len()).into_par_iter().map(|at| pack(&order[starts[at]..end(at)])).collect()
}

/// Shares out so many bytes of JSON to blocks: the first of each.
fn blocks(bytes: impl Iterator<Item = usize>) -> Vec<usize> {
    // Unpacked in a few milliseconds, and still packed well.
    const BLOCK: usize = 256 << 10;
    let (mut starts, mut full) = (Vec::new(), BLOCK);
    for (at, bytes) in bytes.enumerate() {
        if full >= BLOCK {
            starts.push(at);
            full = 0;
        }
        full += bytes;
    }
    starts
}

/// What the template shows. Its text is escaped by the template; `safe` is what was drawn here.
#[derive(Template)]
#[template(path = "page.html")]
struct View<'a> {
    style: &'a str,
    style_hash: String,
    script_hash: String,
    title: String,
    version: &'a str,
    overview: Overview,
    methods: Methods,
    inputs: Vec<Input<'a>>,
    more_inputs: usize,
    skipped: Vec<(String, String)>,
    more_skipped: usize,
    left_out: Option<LeftOut>,
}

/// A file that was read.
struct Input<'a> {
    path: String,
    format: &'a str,
    bytes: String,
    records: String,
    skipped: String,
}

/// What a page does not hold.
struct LeftOut {
    held: String,
    of: String,
    limit: usize,
}

/// All of the page that is there without a script.
fn head(held: &Held<'_>, places: &Places) -> String {
    const LISTED: usize = 20;
    let summary = &held.summary;
    let number = |number: u64| grouped(number as usize);
    let inputs = summary.inputs.iter().take(LISTED).map(|input| Input {
        path: visible(&input.path.to_string_lossy()),
        format: &input.format,
        bytes: number(input.bytes),
        records: number(input.records),
        skipped: number(input.skipped),
    });
    let skipped = summary.skipped.iter().take(LISTED);
    let (shown, all) = (places.order.len(), held.rows.len());
    let view = View {
        style: STYLE,
        style_hash: policy_hash(STYLE),
        script_hash: policy_hash(SCRIPT),
        title: format!("{} articles", grouped(all)),
        version: &summary.version,
        overview: Overview::of(held, places),
        methods: Methods::of(held),
        inputs: inputs.collect(),
        more_inputs: summary.inputs.len().saturating_sub(LISTED),
        skipped: skipped.map(|note| (visible(&note.at), visible(&note.reason))).collect(),
        more_skipped: summary.skipped.len().saturating_sub(LISTED),
        left_out: (shown < all).then(|| LeftOut {
            held: grouped(shown),
            of: grouped(all),
            limit: all,
        }),
    };
    view.render().expect("what the template shows can be shown")
}

/// A script or style as a Content-Security-Policy names it.
fn policy_hash(text: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(text)))
}
