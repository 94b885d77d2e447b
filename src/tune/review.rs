//! Pairs to label: a page that needs no program but a browser, and a table.

use std::fmt::Write as _;

use super::html::head;
use super::{FILES, Shown};
use crate::error::Result;
use crate::report::Folder;
use crate::report::plot::escaped;

/// Pairs to label.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The pairs, those that help most first.
    pub pairs: Vec<Shown>,
}

/// What the keys 1 to 4 label a pair: what [`Labels::read`] knows as positive comes first.
///
/// [`Labels::read`]: super::Labels::read
const LABELS: [&str; 4] = ["copy", "quote", "boilerplate", "none"];

const STYLE: &str = "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:1rem auto;padding:0 1rem;\
    color:#222;background:#fff}header{position:sticky;top:0;background:inherit;padding:.5rem 0;\
    border-bottom:1px solid #ddd}section{border-left:4px solid #ddd;margin:1.5rem 0;padding-left:1rem}\
    section:focus{outline:none;border-color:#1965b0}.sides{display:grid;grid-template-columns:1fr 1fr;\
    gap:0 1.5rem}.sides p{white-space:pre-wrap;overflow-wrap:anywhere;margin:.4rem 0}.what{color:#777}\
    button{font:inherit;margin-right:.5rem}button[aria-pressed=true]{background:#1965b0;color:#fff}\
    @media(prefers-color-scheme:dark){body{color:#ddd;background:#161616}}";

const SCRIPT: &str = include_str!("review.js");

impl Review {
    /// Writes both files.
    pub fn write(&self, folder: &Folder) -> Result<()> {
        folder.put(FILES[3], self.html().as_bytes())?;
        folder.put(FILES[4], &self.csv())
    }

    /// The page: nothing leaves it but the table that its user saves.
    pub fn html(&self) -> String {
        let mut page = head("copytaster: pairs to label", STYLE, "script-src 'unsafe-inline'; ");
        page += "<header>What do the two share? <b>1</b> copy, <b>2</b> only a quotation, <b>3</b> \
            boilerplate, <b>4</b> nothing; <b>j</b> and <b>k</b> move. <button id=save>Save \
            labels.csv</button> <span id=count></span></header>\n";
        for pair in &self.pairs {
            let (a, b) = (escaped(&pair.a), escaped(&pair.b));
            let _ = writeln!(
                page,
                "<section tabindex=0 data-a=\"{a}\" data-b=\"{b}\"><div class=sides><b>{a}</b><b>{b}</b>"
            );
            pair.texts(&mut page);
            let _ = writeln!(
                page,
                "</div><p class=what>{}; {:.0} bits, {:.0} % of the shorter</p><p>",
                escaped(&pair.what),
                pair.bits,
                100.0 * pair.share
            );
            for (number, label) in LABELS.iter().enumerate() {
                let key = number + 1;
                let _ = write!(page, "<button value={label}>{key} {label}</button>");
            }
            page += "</p></section>\n";
        }
        let _ = writeln!(page, "<script>{SCRIPT}</script>");
        page
    }

    /// The table, with an empty column for the label.
    pub fn csv(&self) -> Vec<u8> {
        let mut table = csv::Writer::from_writer(Vec::new());
        let rows = self.pairs.iter().map(|pair| {
            let (a_text, b_text) = pair.texts.first().cloned().unwrap_or_default();
            [pair.a.clone(), pair.b.clone(), String::new(), pair.what.clone(), a_text, b_text]
        });
        let head = ["a", "b", "label", "why", "a_text", "b_text"].map(str::to_owned);
        for row in std::iter::once(head).chain(rows) {
            table.write_record(&row).expect("a table in memory takes every row");
        }
        table.into_inner().expect("a table in memory is written at once")
    }
}
