//! The table of news agencies: what they are called, and how a text names them.

use std::fmt;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind};
use serde::Deserialize;

use crate::error::{Error, Position, Result};
use crate::span::Span;

/// Number of an agency within the table: dense, from 0, in the order of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AgencyIx(pub u16);

impl AgencyIx {
    /// The same as an index.
    pub fn ix(self) -> usize {
        self.0 as usize
    }
}

/// The agencies known to a scan, compiled for search.
#[derive(Clone)]
pub struct Agencies {
    table: Vec<Entry>,
    names: Forms,
    forms: Forms,
}

/// One agency as the TOML file describes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    /// What it is called in all that is reported.
    name: String,
    /// Forms that mean the agency wherever they stand and in any case.
    #[serde(default)]
    names: Vec<String>,
    /// Forms that mean it only where a source is named, as they are printed.
    #[serde(default)]
    codes: Vec<String>,
    /// Its sites.
    #[serde(default)]
    domains: Vec<String>,
}

/// An agency named in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Named {
    /// Where.
    pub span: Span,
    /// Which.
    pub agency: AgencyIx,
}

impl Agencies {
    /// The table that comes with the program.
    pub fn shipped() -> Self {
        Self::compile(
            parse(include_str!("agencies.toml")).expect("the shipped table is valid: tested"),
        )
    }

    /// Adds the agencies of a TOML file of the same form as the shipped one, `src/agencies.toml`.
    /// One that is known by its `name` gains the forms and domains given.
    pub fn extended(self, toml: &str, at: &Position) -> Result<Self> {
        let added = parse(toml).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + toml[..span.start].matches('\n').count());
            Error::Malformed {
                at: at.line(line as u64),
                reason: error.message().to_owned(),
                hint: Some("an entry reads [[agency]] name = \"AFP\", and as needed: names, codes, domains".to_owned()),
            }
        })?;
        let mut table = self.table;
        for entry in added {
            match table.iter_mut().find(|known| known.name == entry.name) {
                Some(known) => {
                    known.names.extend(entry.names);
                    known.codes.extend(entry.codes);
                    known.domains.extend(entry.domains);
                }
                None => table.push(entry),
            }
        }
        Ok(Self::compile(table))
    }

    /// What an agency is called in reports: `AFP`, `Reuters`, `dpa`.
    pub fn name(&self, agency: AgencyIx) -> &str {
        &self.table[agency.ix()].name
    }

    /// Whether it stands for agencies that are not named: "Agencies", "with wires".
    pub fn is_generic(&self, agency: AgencyIx) -> bool {
        self.name(agency) == "agencies"
    }

    /// The agency that goes by a name or code, in any case.
    pub fn by_name(&self, name: &str) -> Option<AgencyIx> {
        let name = name.trim();
        let same = |form: &String| form.to_lowercase() == name.to_lowercase();
        let is = |found: &dyn Fn(&Entry) -> bool| {
            self.table.iter().position(found).map(|ix| AgencyIx(ix as u16))
        };
        is(&|entry| same(&entry.name))
            .or_else(|| is(&|entry| entry.names.iter().any(same)))
            .or_else(|| is(&|entry| entry.codes.iter().any(same)))
    }

    /// The agency that an outlet is, told by its name (`AP News`) or its address (`apnews.com`).
    pub fn of_outlet(&self, outlet: &str) -> Option<AgencyIx> {
        self.of_domain(outlet).or_else(|| match self.credit(outlet)?[..] {
            [agency] => Some(agency),
            _ => None,
        })
    }

    fn of_domain(&self, outlet: &str) -> Option<AgencyIx> {
        let address = outlet.trim().to_lowercase();
        let host = address.split_once("://").map_or(&address[..], |(_, rest)| rest);
        let host = host.split('/').next()?;
        let is_at = |domain: &String| {
            host.strip_suffix(&domain[..]).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'))
        };
        let ix = self.table.iter().position(|entry| entry.domains.iter().any(is_at))?;
        Some(AgencyIx(ix as u16))
    }

    /// The agencies named in running text, in order: by unmistakable names only.
    pub fn mentioned<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Named> + 'a {
        self.names.find(text, 0..text.len())
    }

    /// The agencies named where a source is expected, in order: by names and by codes.
    pub fn named<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Named> + 'a {
        self.forms.find(text, 0..text.len())
    }

    /// The agencies of a text that names agencies and nothing else: `BSS/AFP`, `AP and Reuters`.
    pub fn credit(&self, text: &str) -> Option<Vec<AgencyIx>> {
        let mut agencies = Vec::new();
        let mut end = 0;
        for named in self.named(text) {
            if !is_glue(&text[end..named.span.start as usize]) {
                return None;
            }
            end = named.span.end as usize;
            agencies.push(named.agency);
        }
        agencies.dedup();
        (!agencies.is_empty() && is_glue(&text[end..])).then_some(agencies)
    }

    fn compile(mut table: Vec<Entry>) -> Self {
        for entry in &mut table {
            if !entry.names.contains(&entry.name) && !entry.codes.contains(&entry.name) {
                entry.codes.push(entry.name.clone());
            }
        }
        let names = Forms::new(&table, false);
        let forms = Forms::new(&table, true);
        Self { table, names, forms }
    }
}

impl fmt::Debug for Agencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.table.iter().map(|entry| &entry.name)).finish()
    }
}

fn parse(toml: &str) -> std::result::Result<Vec<Entry>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        agency: Vec<Entry>,
    }
    Ok(toml::from_str::<File>(toml)?.agency)
}

/// Words that stand beside agencies' names without saying more.
const GLUE: &[&str] = &[
    "the",
    "and",
    "with",
    "from",
    "via",
    "by",
    "news",
    "agency",
    "agencies",
    "staff",
    "writer",
    "writers",
    "correspondent",
    "newswire",
    "newswires",
    "wire",
    "wires",
    "service",
    "services",
    "und",
    "mit",
    "von",
    "et",
    "avec",
    "y",
    "con",
    "e",
    "com",
    "en",
    "og",
    "och",
    "i",
    "и",
    "agence",
    "agencia",
    "agência",
    "agenzia",
    "agentur",
    "агентство",
    "و",
    "وكالة",
    "عن",
];

fn is_glue(text: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| GLUE.contains(&word.to_lowercase().as_str()))
}

/// Forms of agencies' names as one automaton.
#[derive(Clone)]
struct Forms {
    automaton: AhoCorasick,
    /// For each pattern its agency, and the code to be met to the letter.
    of: Vec<(AgencyIx, Option<String>)>,
}

impl Forms {
    fn new(table: &[Entry], with_codes: bool) -> Self {
        let mut patterns: Vec<String> = Vec::new();
        let mut of = Vec::new();
        for (ix, entry) in table.iter().enumerate() {
            let agency = AgencyIx(ix as u16);
            for name in &entry.names {
                // The automaton folds case in ASCII only.
                for form in [name.clone(), name.to_lowercase(), name.to_uppercase()] {
                    if !patterns.contains(&form) {
                        patterns.push(form);
                        of.push((agency, None));
                    }
                }
            }
            for code in entry.codes.iter().filter(|_| with_codes) {
                patterns.push(code.clone());
                of.push((agency, Some(code.clone())));
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .kind(Some(AhoCorasickKind::DFA))
            .build(&patterns)
            .expect("a table of names is small");
        Self { automaton, of }
    }

    fn find<'a>(&'a self, text: &'a str, range: Range<usize>) -> impl Iterator<Item = Named> + 'a {
        self.automaton.find_iter(Input::new(text).range(range)).filter_map(move |found| {
            let (agency, code) = &self.of[found.pattern()];
            let as_printed = code.as_ref().is_none_or(|code| code == &text[found.range()]);
            (as_printed && is_word(text, found.range()))
                .then(|| Named { span: Span::new(found.start(), found.end()), agency: *agency })
        })
    }
}

/// Whether a stretch of text is not part of a longer word.
pub(crate) fn is_word(text: &str, range: Range<usize>) -> bool {
    let joins = |inside: Option<char>, outside: Option<char>| {
        let spaced = |c: char| c.is_alphanumeric() && c < '\u{0E00}';
        inside.is_some_and(spaced) && outside.is_some_and(spaced)
    };
    let word = &text[range.clone()];
    // In Arabic "and" is written together with the next word.
    let before = text[..range.start].strip_suffix('و').unwrap_or(&text[..range.start]);
    !joins(word.chars().next(), before.chars().next_back())
        && !joins(word.chars().next_back(), text[range.end..].chars().next())
}
