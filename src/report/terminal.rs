//! A run as a person reads it: plain text, with colours where the caller's stream shows them.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::{Counts, Run};
use crate::agency::AgencyIx;
use crate::align::same_words;
use crate::article::{ArticleIx, Published};
use crate::attribute::Derivation;
use crate::judge::{Kind, Passage};
use crate::span::Span;
use crate::words::Words;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const CHANGED: Style = AnsiColor::Yellow.on_default();

/// Shows a run on a terminal.
#[derive(Debug, Clone, Copy)]
pub struct Terminal {
    /// Columns to use.
    pub width: usize,
    /// How many articles to list with their agency and evidence.
    pub articles: usize,
    /// How many shared passages to show side by side, those of most bits first.
    pub passages: usize,
}

impl Terminal {
    /// Writes the whole report.
    pub fn write(&self, run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
        overview(run, out)?;
        agencies(run, out)?;
        self.articles(run, out)?;
        self.stories(run, out)?;
        self.passages(run, out)
    }

    fn articles(&self, run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
        if self.articles == 0 {
            return Ok(());
        }
        writeln!(out, "\n{BOLD}Articles{BOLD:#}")?;
        for ix in 0..run.articles.len().min(self.articles) {
            self.article(run, ix, out)?;
        }
        let more = run.articles.len().saturating_sub(self.articles);
        if more > 0 {
            writeln!(out, "  {DIM}and {more} more in articles.jsonl{DIM:#}")?;
        }
        Ok(())
    }

    fn article(&self, run: &Run<'_>, ix: usize, out: &mut impl Write) -> io::Result<()> {
        let attribution = &run.findings.attributions[ix];
        let agency = attribution.agency.map_or("no agency", |agency| run.agencies.name(agency));
        let credit = match (attribution.agency, attribution.credited) {
            (Some(_), false) => ", uncredited",
            _ => "",
        };
        let derivation = match attribution.derivation {
            Derivation::WhollyDerived => "wholly derived",
            Derivation::PartiallyDerived => "partially derived",
            Derivation::NonDerived => "non-derived",
        };
        let id = shortened(&run.articles[ix].id, self.width.saturating_sub(40).max(20));
        writeln!(out, "  {BOLD}{id}{BOLD:#}  {agency}{credit}, {derivation}")?;
        let shares = attribution.shares;
        let parts = [
            (shares.agency, "agency copy"),
            (shares.shared, "shared copy"),
            (shares.quote, "shared quotation"),
            (shares.original, "original"),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|&(share, _)| share >= 0.005)
            .map(|(share, what)| format!("{:.0} % {what}", share * 100.0))
            .collect();
        writeln!(out, "      {}", parts.join(", "))?;
        for evidence in &run.findings.zones[ix].evidence {
            if evidence.kind.attributes() {
                let names: Vec<&str> =
                    evidence.agencies.iter().map(|&agency| run.agencies.name(agency)).collect();
                let kind = format!("{:?}", evidence.kind).to_lowercase();
                let text = shortened(&one_line(&evidence.text), self.width.saturating_sub(30));
                writeln!(out, "      {DIM}{kind}{DIM:#} {}: {text}", names.join("/"))?;
            }
        }
        for source in attribution.sources.iter().take(3) {
            let (share, id) = (source.share * 100.0, run.id(source.article));
            let agency = source.agency.map_or("unknown", |agency| run.agencies.name(agency));
            writeln!(out, "      {DIM}traced{DIM:#} {share:.0} % to {id} ({agency})")?;
        }
        Ok(())
    }

    fn stories(&self, run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
        const SHOWN: usize = 10;
        let clusters = &run.findings.clusters;
        if clusters.is_empty() {
            return Ok(());
        }
        writeln!(out, "\n{BOLD}Stories{BOLD:#} told by more than one article")?;
        for (number, members) in clusters.iter().enumerate().take(SHOWN) {
            let article = |ix: &ArticleIx| &run.articles[ix.ix()];
            let first = members.iter().min_by_key(|ix| {
                (article(ix).published.map_or(i64::MAX, Published::earliest_s), **ix)
            });
            let title = first.map_or("", |ix| {
                let article = article(ix);
                article.headline.as_deref().unwrap_or(&article.id)
            });
            let (number, count) = (number + 1, members.len());
            let title = shortened(&one_line(title), self.width.saturating_sub(34).max(20));
            writeln!(out, "  story-{number:<5} {count:>5} articles  {title}")?;
        }
        if clusters.len() > SHOWN {
            let more = clusters.len() - SHOWN;
            writeln!(out, "  {DIM}and {more} more in clusters.jsonl{DIM:#}")?;
        }
        Ok(())
    }

    fn passages(&self, run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
        if self.passages == 0 || run.findings.passages.is_empty() {
            return Ok(());
        }
        let mut passages: Vec<&Passage> = run.findings.passages.iter().collect();
        passages.sort_by(|x, y| y.bits.total_cmp(&x.bits));
        writeln!(out, "\n{BOLD}Passages{BOLD:#}, most telling first; [words in brackets] differ")?;
        for passage in passages.iter().take(self.passages) {
            self.passage(run, passage, out)?;
        }
        let more = passages.len().saturating_sub(self.passages);
        if more > 0 {
            writeln!(out, "\n  {DIM}and {more} more in passages.jsonl (--show N){DIM:#}")?;
        }
        Ok(())
    }

    fn passage(&self, run: &Run<'_>, passage: &Passage, out: &mut impl Write) -> io::Result<()> {
        let kind = match passage.kind {
            Kind::Copy => "copy",
            Kind::Quote => "quotation",
            Kind::Boilerplate => "boilerplate",
        };
        let (words, bits) = (passage.matches, passage.bits);
        let same = passage.identity() * 100.0;
        writeln!(
            out,
            "\n  {BOLD}{kind}{BOLD:#}, {words} words, {same:.0} % the same, {bits:.0} bits"
        )?;
        let text = |ix: ArticleIx, span: Span| (run.id(ix), &run.articles[ix.ix()].text[span]);
        let (a, b) = (text(passage.pair.a, passage.a_span), text(passage.pair.b, passage.b_span));
        side_by_side(a, b, self.width, out)
    }
}

fn overview(run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let counts = Counts::of(run);
    let words = run.findings.stats.words;
    let articles = counted_as(counts.articles, "article", "articles");
    let outlets = match counts.outlets {
        0 => "no outlets named".to_owned(),
        outlets => counted_as(outlets, "outlet", "outlets"),
    };
    writeln!(out, "{BOLD}{articles}{BOLD:#}, {outlets}, {words} words")?;
    writeln!(
        out,
        "{}, {} linked by copy and {} by quotation only; {} told more than once",
        counted_as(counts.passages, "shared passage", "shared passages"),
        counted_as(counts.copy_links, "pair", "pairs"),
        counts.quote_links,
        counted_as(counts.clusters, "story", "stories"),
    )?;
    writeln!(
        out,
        "{} with agency copy, of {}; {}",
        counted_as(counts.agency_articles, "article", "articles"),
        counted_as(counts.agencies, "agency", "agencies"),
        counted_as(counts.near_duplicates, "near duplicate", "near duplicates"),
    )
}

fn agencies(run: &Run<'_>, out: &mut impl Write) -> io::Result<()> {
    let attributions = &run.findings.attributions;
    let mut agencies: Vec<AgencyIx> = attributions.iter().filter_map(|a| a.agency).collect();
    agencies.sort_unstable();
    let mut counted: Vec<(usize, usize, &str)> = agencies
        .chunk_by(|x, y| x == y)
        .map(|same| {
            let credited = attributions.iter().filter(|a| a.agency == Some(same[0]) && a.credited);
            (same.len(), credited.count(), run.agencies.name(same[0]))
        })
        .collect();
    counted.sort_by(|x, y| y.0.cmp(&x.0).then(x.2.cmp(y.2)));
    if counted.is_empty() {
        return writeln!(out, "\nNo article traces to an agency.");
    }
    writeln!(out, "\n{BOLD}Agencies{BOLD:#}")?;
    let widest = counted.iter().map(|&(.., name)| width_of(name)).max().unwrap_or(0);
    for (articles, credited, name) in counted {
        let gap = " ".repeat(widest - width_of(name));
        let noun = if articles == 1 { "article" } else { "articles" };
        let uncredited = articles - credited;
        writeln!(out, "  {name}{gap} {articles:>7} {noun}, {uncredited} without credit")?;
    }
    Ok(())
}

fn counted_as(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

/// Writes two texts `(name, text)` in two columns, with the words that differ in brackets.
pub fn side_by_side(
    a: (&str, &str),
    b: (&str, &str),
    width: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    let column = (width.saturating_sub(7) / 2).max(20);
    let (a_words, b_words) = (words_of(a.1), words_of(b.1));
    let (mut a_same, mut b_same) = (vec![false; a_words.len()], vec![false; b_words.len()]);
    for block in same_words(&a_words.hashes, &b_words.hashes) {
        for k in 0..block.len {
            a_same[(block.a + k) as usize] = true;
            b_same[(block.b + k) as usize] = true;
        }
    }
    let left = column_of(a, &a_words, &a_same, column);
    let right = column_of(b, &b_words, &b_same, column);
    for line in 0..left.len().max(right.len()) {
        let cell = |lines: &[Cell]| lines.get(line).cloned().unwrap_or_default();
        let (left, right) = (cell(&left), cell(&right));
        let gap = " ".repeat(column.saturating_sub(left.width));
        writeln!(out, "  {}{gap} | {}", left.text, right.text)?;
    }
    Ok(())
}

/// Words shown of a passage.
const SHOWN: usize = 150;

/// The words that are compared: more than are shown, so that the last of these find their partners,
/// but not all, since the time that takes grows with the square of their number.
fn words_of(text: &str) -> Words {
    let text = beginning(text);
    let mut words = Words::of(text, &[Span::whole(text)]);
    words.spans.truncate(2 * SHOWN);
    words.hashes.truncate(2 * SHOWN);
    words
}

/// What of a text is looked at, however few words it has.
fn beginning(text: &str) -> &str {
    text.char_indices().nth(SHOWN * 32).map_or(text, |(byte, _)| &text[..byte])
}

/// One line of a column, with its width on the screen.
#[derive(Debug, Clone, Default)]
struct Cell {
    text: String,
    width: usize,
}

fn column_of((name, text): (&str, &str), words: &Words, same: &[bool], column: usize) -> Vec<Cell> {
    let name = shortened(name, column);
    let mut cells = vec![Cell { text: format!("{DIM}{name}{DIM:#}"), width: width_of(&name) }];
    let mut line = Cell::default();
    let mut add = |piece: &str, is_changed: bool, line: &mut Cell| {
        let width = width_of(piece);
        if line.width > 0 && line.width + 1 + width > column {
            cells.push(std::mem::take(line));
        }
        if line.width > 0 {
            line.text.push(' ');
            line.width += 1;
        }
        let style = if is_changed { CHANGED } else { Style::new() };
        // Writing to a String cannot fail.
        let _ = write!(line.text, "{style}{piece}{style:#}");
        line.width += width;
    };
    for (piece, changed) in pieces(text, words, same) {
        for part in fitting(&piece, column) {
            add(&part, changed, &mut line);
        }
    }
    if line.width > 0 {
        cells.push(line);
    }
    cells
}

/// What stands between white space, with whether a word in it differs; runs that do are bracketed.
fn pieces(text: &str, words: &Words, same: &[bool]) -> Vec<(String, bool)> {
    let looked_at = beginning(text);
    let shown = words.spans.get(SHOWN).map_or(looked_at, |next| &text[..next.start as usize]);
    let mut pieces = Vec::new();
    let mut next = 0;
    let mut offset = 0;
    for piece in shown.split_whitespace() {
        // `split_whitespace` gives pieces in order: each stands at or after the last one's end.
        let start = offset + text[offset..].find(piece).unwrap_or(0);
        let end = start + piece.len();
        offset = end;
        let mut changed = false;
        while next < words.len() && (words.spans[next].start as usize) < end {
            changed |= !same[next];
            next += 1;
        }
        pieces.push((visible(piece), changed));
    }
    for at in 0..pieces.len() {
        let differs = |at: usize| pieces.get(at).is_some_and(|&(_, changed)| changed);
        let (before, here, after) = (at > 0 && differs(at - 1), differs(at), differs(at + 1));
        if here && !before {
            pieces[at].0.insert(0, '[');
        }
        if here && !after {
            pieces[at].0.push(']');
        }
    }
    if shown.len() < text.len() {
        pieces.push(("…".to_owned(), false));
    }
    pieces
}

/// A piece cut to parts that fit a column: scripts without spaces have no shorter pieces.
fn fitting(piece: &str, column: usize) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut width = 0;
    for char in piece.chars() {
        let wide = width_of_char(char);
        if width + wide > column {
            parts.push(String::new());
            width = 0;
        }
        width += wide;
        let last = parts.len() - 1;
        parts[last].push(char);
    }
    parts
}

/// Text without what would steer the terminal or turn the reading direction of what follows.
fn visible(text: &str) -> String {
    let steers = |char: char| {
        char.is_control()
            || ('\u{202a}'..='\u{202e}').contains(&char)
            || ('\u{2066}'..='\u{2069}').contains(&char)
    };
    text.chars().map(|char| if steers(char) { '\u{fffd}' } else { char }).collect()
}

fn one_line(text: &str) -> String {
    visible(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

fn shortened(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut short = String::new();
    let mut used = 1;
    for char in text.chars() {
        used += width_of_char(char);
        if used > width {
            break;
        }
        short.push(char);
    }
    short + "…"
}

fn width_of(text: &str) -> usize {
    text.chars().map(width_of_char).sum()
}

fn width_of_char(char: char) -> usize {
    unicode_width::UnicodeWidthChar::width(char).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(a: &str, b: &str, width: usize) -> String {
        let mut out = Vec::new();
        side_by_side(("one", a), ("two", b), width, &mut out).unwrap();
        let text = String::from_utf8(out).unwrap();
        text.replace("\u{1b}[2m", "").replace("\u{1b}[33m", "").replace("\u{1b}[0m", "")
    }

    #[test]
    fn words_that_differ_are_bracketed_even_without_colours() {
        let text = shown("The ferry left at 8.", "The ferry sailed at eight.", 80);
        assert!(text.contains("The ferry [left] at [8.]"), "{text}");
        assert!(text.contains("The ferry [sailed] at [eight.]"), "{text}");
    }

    #[test]
    fn of_a_long_passage_the_beginning_is_shown() {
        for text in ["word ".repeat(1 << 20), "語".repeat(1 << 20), "x".repeat(1 << 22)] {
            let shown = shown(&text, &text, 80);
            assert!(shown.len() < 50_000 && shown.contains('…') && !shown.contains('['));
        }
    }

    #[test]
    fn words_that_differ_together_stand_in_one_pair_of_brackets() {
        let text = shown("Two men were hurt in Oslo.", "Five women were hurt in Oslo.", 80);
        assert!(text.contains("[Two men] were hurt"), "{text}");
        assert!(text.contains("[Five women] were hurt"), "{text}");
    }

    #[test]
    fn columns_hold_wide_characters_and_nothing_steers_the_terminal() {
        let text = shown(&"東京".repeat(20), "a\u{1b}[31mb \u{202e}c", 60);
        assert!(text.lines().all(|line| width_of(line) <= 60), "{text}");
        assert!(!text.contains('\u{202e}') && !text.contains("\u{1b}[31m"));
    }
}
