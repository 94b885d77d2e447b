//! `copytaster explain`: one article of a run, with what is whose, and why.

use std::fmt::Write as _;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use clap::Args;
use console::measure_text_width;
use copytaster::report::{ORIGINS, bar, visible};
use copytaster::{Error, read};
use serde::Deserialize;

use crate::Done;
use crate::folder::{ArticleRow, LinkRow, RunFolder, SourceRow, StretchRow};
use crate::scan::width;

/// Show one article of a run with what in it is whose copy, and why
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  copytaster explain copytaster-run ferry/eastgate
  copytaster explain copytaster-run ferry/eastgate --input moved/stories.jsonl

Passages are numbered by source: [1: ...]. Those without a source at hand have a letter:
a for agency copy, s for copy of unknown origin, q for what somebody said.")]
pub(crate) struct ExplainArgs {
    /// The folder of a run
    run: PathBuf,
    /// The id of an article
    id: String,
    /// File or folder that holds the article now, if it is no longer where the scan read it
    #[arg(long, value_name = "FILE")]
    input: Option<PathBuf>,
}

pub(crate) fn run(args: &ExplainArgs) -> anyhow::Result<Done> {
    let folder = RunFolder::open(&args.run, "RUN")?;
    let row: ArticleRow = folder.article(&args.id)?;
    let text = text(args, &folder, &row)?;
    let stdout = anstream::stdout();
    let colours = !matches!(stdout.current_choice(), ColorChoice::Never);
    let mut out = BufWriter::new(stdout);
    head(&row, &mut out)?;
    writeln!(out, "\n{}\n", wrapped(&marked(&text, &row.stretches, colours), width()))?;
    sources(&row.sources, &mut out)?;
    evidence(&row, &mut out)?;
    ledger(&folder, &row.id, &mut out)?;
    out.flush()?;
    Ok(Done::Whole)
}

/// The article's text, read again from where the scan found it.
fn text(args: &ExplainArgs, folder: &RunFolder, row: &ArticleRow) -> anyhow::Result<String> {
    #[derive(Deserialize)]
    struct Summary {
        reading: read::Options,
    }
    let options = folder.summary::<Summary>()?.reading;
    let lost = |reason: String| Error::Option {
        option: args.id.clone(),
        reason,
        hint: Some("--input FILE names where its text is now".to_owned()),
    };
    let file = &*row.file;
    let input = match &args.input {
        Some(input) => input.clone(),
        None if file == "-" => {
            return Err(lost("its text came from standard input".to_owned()).into());
        }
        None => PathBuf::from(file),
    };
    if !input.exists() {
        return Err(lost(format!("its text is no longer in {}", input.display())).into());
    }
    let articles = read::all(std::slice::from_ref(&input), &options, &|_| ())?.articles;
    // Where the scan met an id twice, the later article had a number put to its id.
    let first = row.id.rsplit_once('#').map_or(&*row.id, |(id, _)| id);
    let by_id = |id: &str| articles.iter().find(|article| article.id == id);
    let found = by_id(&row.id).or_else(|| by_id(first));
    let end = row.stretches.iter().map(|stretch| stretch.end).max().unwrap_or(0);
    match found {
        Some(article) if article.text.chars().count() >= end => Ok(article.text.to_string()),
        Some(_) => {
            Err(lost(format!("its text in {} is not what was scanned", input.display())).into())
        }
        None => Err(lost(format!("its text is not in {}", input.display())).into()),
    }
}

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

fn head(row: &ArticleRow, out: &mut impl Write) -> anyhow::Result<()> {
    let of = [row.outlet.as_deref(), row.published.as_deref(), row.headline.as_deref()];
    let of: Vec<&str> = of.into_iter().flatten().collect();
    writeln!(out, "{BOLD}{}{BOLD:#}  {}", row.id, shown(&of.join(", ")))?;
    let agency = row.agency.as_deref().unwrap_or("no agency");
    let credit = if row.agency.is_some() && !row.credited { ", uncredited" } else { "" };
    let treatment = row.treatment.as_deref().map_or(String::new(), |what| format!(", {what}"));
    writeln!(out, "{agency}{credit}, {}{treatment}", row.derivation)?;
    let shares = [
        (row.shares.agency, "agency copy"),
        (row.shares.shared, "shared copy"),
        (row.shares.quote, "shared quotation"),
        (row.shares.original, "original"),
    ];
    let drawn: Vec<(f64, char)> = shares.iter().map(|part| part.0).zip(ORIGINS).collect();
    let shares: Vec<String> = shares
        .into_iter()
        .filter(|&(share, _)| share >= 0.005)
        .map(|(share, what)| format!("{:.0} % {what}", share * 100.0))
        .collect();
    writeln!(out, "{}  {} of {} words", bar(&drawn, 20), shares.join(", "), row.words)?;
    for (what, other) in
        [("near duplicate of", &row.near_duplicate_of), ("a later version of", &row.version_of)]
    {
        if let Some(other) = other {
            writeln!(out, "{what} {other}")?;
        }
    }
    Ok(())
}

/// What marks a stretch: the number of its source, or a letter.
fn label(stretch: &StretchRow) -> String {
    match stretch.source {
        Some(source) => (source + 1).to_string(),
        None => stretch.whose.chars().take(1).collect(),
    }
}

fn colour(stretch: &StretchRow) -> Style {
    const COLOURS: [AnsiColor; 5] =
        [AnsiColor::Green, AnsiColor::Cyan, AnsiColor::Yellow, AnsiColor::Magenta, AnsiColor::Blue];
    match (stretch.source, &*stretch.whose) {
        (Some(source), _) => COLOURS[source % COLOURS.len()].on_default(),
        (None, "quote") => Style::new().italic(),
        (None, _) => AnsiColor::Red.on_default(),
    }
}

/// The text with its stretches in brackets, or in colours where there are any.
fn marked(text: &str, stretches: &[StretchRow], colours: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let printed = |start: usize, end: usize| {
        shown(&chars[start.min(chars.len())..end.min(chars.len())].iter().collect::<String>())
    };
    let (mut marked, mut at) = (String::new(), 0);
    for stretch in stretches {
        let (label, inside) = (label(stretch), printed(stretch.start, stretch.end));
        marked.push_str(&printed(at, stretch.start));
        let style = colour(stretch);
        // Writing to a String cannot fail.
        let _ = if colours {
            write!(marked, "{DIM}{label}{DIM:#} {style}{inside}{style:#}")
        } else {
            write!(marked, "[{label}: {inside}]")
        };
        at = stretch.end;
    }
    marked + &printed(at, chars.len())
}

/// Lines no wider than the terminal, where words allow; what colours them has no width.
fn wrapped(text: &str, width: usize) -> String {
    let wrap = |line: &str| {
        let (mut lines, mut used) = (String::new(), 0);
        for (at, word) in line.split(' ').enumerate() {
            let wide = measure_text_width(word);
            if used > 0 && used + 1 + wide > width {
                lines.push('\n');
                used = 0;
            } else if at > 0 {
                lines.push(' ');
                used += 1;
            }
            lines.push_str(word);
            used += wide;
        }
        lines
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}

/// Text without what would steer a terminal, but for its lines.
fn shown(text: &str) -> String {
    let lines: Vec<String> = text.replace("\r\n", "\n").split('\n').map(visible).collect();
    lines.join("\n")
}

fn sources(sources: &[SourceRow], out: &mut impl Write) -> anyhow::Result<()> {
    if sources.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}Sources{BOLD:#}")?;
    for (at, source) in sources.iter().enumerate() {
        let agency = source.agency.as_deref().unwrap_or("unknown");
        let what = match (&source.article, &source.copy) {
            (Some(article), _) => article.clone(),
            (None, copy) => format!("{}, rebuilt", copy.as_deref().unwrap_or("copy")),
        };
        writeln!(
            out,
            "  {}  {what} ({agency}): {:.0} %, {}, confidence {:.2}",
            at + 1,
            source.share * 100.0,
            source.treatment,
            source.confidence
        )?;
    }
    Ok(())
}

fn evidence(row: &ArticleRow, out: &mut impl Write) -> anyhow::Result<()> {
    if row.evidence.is_empty() {
        return Ok(());
    }
    writeln!(out, "{BOLD}Evidence{BOLD:#}")?;
    for evidence in &row.evidence {
        let names = evidence.relays.iter().chain(&evidence.agency);
        let names: Vec<&str> = names.map(String::as_str).collect();
        let place = match (evidence.start, evidence.end) {
            (Some(start), Some(end)) => format!("characters {start}-{end}"),
            _ => "a field".to_owned(),
        };
        let text = evidence.text.split_whitespace().collect::<Vec<_>>().join(" ");
        writeln!(
            out,
            "  {} {}: {} {DIM}({place}){DIM:#}",
            evidence.kind,
            names.join("/"),
            shown(&text)
        )?;
    }
    Ok(())
}

/// Every link of the article, with the votes on who wrote first.
fn ledger(folder: &RunFolder, id: &str, out: &mut impl Write) -> anyhow::Result<()> {
    let mut links = Vec::new();
    for link in folder.rows::<LinkRow>("links.jsonl")? {
        let link = link?;
        if link.a == id || link.b == id {
            links.push(link);
        }
    }
    if links.is_empty() {
        return Ok(writeln!(out, "No other article shares a passage with it.")?);
    }
    writeln!(out, "{BOLD}Links{BOLD:#}, with what speaks for either as the source")?;
    let others = links.iter().map(|link| if link.a == id { &link.b } else { &link.a });
    let widest = others.map(|other| measure_text_width(other)).max().unwrap_or(0);
    for link in &links {
        let (ours, other, share) =
            if link.a == id { ("a", &link.b, link.a_share) } else { ("b", &link.a, link.b_share) };
        let decided = match &link.source {
            _ if link.version => "another version".to_owned(),
            Some(source) if source == ours => format!("took from this ({:.2})", link.confidence),
            Some(_) => format!("source of this ({:.2})", link.confidence),
            None => "undecided".to_owned(),
        };
        let votes = |this: bool| {
            let cast = link.votes.iter().filter(|vote| (vote.r#for == ours) == this);
            let cast: Vec<String> =
                cast.map(|vote| format!("{} {}", vote.why, vote.weight)).collect();
            if cast.is_empty() { "nothing".to_owned() } else { cast.join(", ") }
        };
        let gap = " ".repeat(widest - measure_text_width(other));
        let (relation, percent) = (&link.relation, share * 100.0);
        writeln!(out, "  {other}{gap}  {relation:<5}  {percent:>3.0} % of this  {decided}")?;
        writeln!(
            out,
            "      {DIM}for it{DIM:#} {}; {DIM}for this{DIM:#} {}",
            votes(false),
            votes(true)
        )?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_wide_as_the_terminal_and_no_word_is_lost() {
        let text = "one two three four\n\n  five \u{1b}[32msix\u{1b}[0m seven";
        assert_eq!(
            wrapped(text, 9),
            "one two\nthree\nfour\n\n  five\n\u{1b}[32msix\u{1b}[0m seven"
        );
        assert_eq!(wrapped(text, 80), text);
    }
}
