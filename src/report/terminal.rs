//! A run as a person reads it: plain text, with colours where the caller's stream shows them.

use std::io::{self, Write};

use anstyle::Style;

use super::bar::{ORIGINS, bar};
use super::columns::{one_line, shortened, side_by_side, width_of};
use super::{Counts, Run};
use crate::agency::AgencyIx;
use crate::article::{ArticleIx, Published};
use crate::attribute::{Derivation, Origin};
use crate::judge::{Kind, Passage};
use crate::span::Span;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

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
        let attribution = &run.findings.attributed.attributions[ix];
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
        let [agency, shared, quote, original] = ORIGINS;
        let bar = bar(
            &[
                (shares.agency, agency),
                (shares.shared, shared),
                (shares.quote, quote),
                (shares.original, original),
            ],
            10,
        );
        writeln!(out, "      {bar}  {}", parts.join(", "))?;
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
            let share = source.share * 100.0;
            let agency = source.agency.map_or("unknown", |agency| run.agencies.name(agency));
            let copy = match source.origin {
                Origin::Article(article) => run.id(article).to_owned(),
                Origin::Rebuilt(copy) => {
                    let witnesses = run.findings.attributed.rebuilt[copy.ix()].witnesses.len();
                    let copy = run.copy_id(source.origin).unwrap_or_default();
                    format!("{copy}, rebuilt from {witnesses} articles")
                }
            };
            writeln!(out, "      {DIM}traced{DIM:#} {share:.0} % to {copy} ({agency})")?;
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
    let attributions = &run.findings.attributed.attributions;
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
    let most = counted[0].0 as f64;
    for (articles, credited, name) in counted {
        const CELLS: f64 = 20.0;
        let cells = (CELLS * articles as f64 / most).ceil() as usize;
        let parts = [(credited as f64, ORIGINS[0]), ((articles - credited) as f64, '░')];
        let bar = format!("{:<20}", bar(&parts, cells));
        let gap = " ".repeat(widest - width_of(name));
        let noun = if articles == 1 { "article" } else { "articles" };
        let uncredited = articles - credited;
        writeln!(out, "  {name}{gap}  {bar} {articles:>6} {noun}, {uncredited} without credit")?;
    }
    Ok(())
}

fn counted_as(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}
