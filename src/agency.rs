//! The table of news agencies: what they are called, and how a text names them.

use std::collections::BTreeMap;
use std::{fmt, iter};

use serde::Deserialize;

use crate::error::{Error, Position, Result};
use crate::phrases::Phrases;
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
    forms: Forms,
    /// Their sites.
    domains: BTreeMap<String, AgencyIx>,
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

impl Entry {
    /// Gives up the forms and domains that another agency claims.
    fn cede(&mut self, to: &Self) {
        let claimed =
            |form: &String| *form == to.name || to.names.contains(form) || to.codes.contains(form);
        self.names.retain(|form| !claimed(form));
        self.codes.retain(|form| !claimed(form));
        self.domains.retain(|domain| !to.domains.contains(domain));
    }
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
    /// One that is known by its `name` gains the forms and domains given; a form that another agency
    /// had means the one that was added.
    pub fn extended(self, toml: &str, at: &Position) -> Result<Self> {
        let added = parse(toml).map_err(|error| {
            let line = error.span().map_or(1, |span| 1 + toml[..span.start].matches('\n').count());
            Error::Malformed {
                at: at.line(line as u64),
                reason: with_key(toml, &error),
                hint: Some("an entry reads [[agency]] name = \"AFP\", and as needed: names, codes, domains".to_owned()),
            }
        })?;
        let mut table = self.table;
        for entry in added {
            for other in table.iter_mut().filter(|other| other.name != entry.name) {
                other.cede(&entry);
            }
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
        let mut domains = iter::successors(Some(host), |&domain| Some(domain.split_once('.')?.1));
        domains.find_map(|domain| self.domains.get(domain).copied())
    }

    /// The names that mean an agency wherever they stand, in every case they are printed in.
    pub fn names(&self) -> impl Iterator<Item = (String, AgencyIx)> + '_ {
        self.table.iter().zip(0..).flat_map(|(entry, ix)| {
            entry
                .names
                .iter()
                .flat_map(|name| in_every_case(name))
                .map(move |name| (name, AgencyIx(ix)))
        })
    }

    /// The agencies named where a source is expected, in order: by names and by codes.
    pub fn named<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Named> + 'a {
        self.forms.find(text)
    }

    /// Whether what may name an agency stands in a text. Where it does not, [`Agencies::named`] finds nothing in
    /// any part of the text either.
    pub(crate) fn may_be_named(&self, text: &str) -> bool {
        self.forms.phrases.find(text).next().is_some()
    }

    /// The agencies of a text that names agencies and nothing else: `BSS/AFP`, `AP and Reuters`.
    pub fn credit(&self, text: &str) -> Option<Vec<AgencyIx>> {
        let mut agencies = Vec::new();
        let mut end = 0;
        for named in self.named(text) {
            if !is_beside(&text[end..named.span.start as usize], end > 0) {
                return None;
            }
            end = named.span.end as usize;
            agencies.push(named.agency);
        }
        agencies.dedup();
        (!agencies.is_empty() && is_beside(&text[end..], true)).then_some(agencies)
    }

    fn compile(table: Vec<Entry>) -> Self {
        let forms = Forms::new(&table);
        let sites = |(entry, ix): (&Entry, u16)| {
            entry.domains.clone().into_iter().map(move |domain| (domain, AgencyIx(ix)))
        };
        let domains = table.iter().zip(0..).flat_map(sites).collect();
        Self { table, forms, domains }
    }
}

impl fmt::Debug for Agencies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.table.iter().map(|entry| &entry.name)).finish()
    }
}

/// What is wrong, with the key it is wrong with where the message does not name one.
fn with_key(toml: &str, error: &toml::de::Error) -> String {
    let message = error.message();
    let line = error.span().map_or("", |span| {
        let start = toml[..span.start].rfind('\n').map_or(0, |at| at + 1);
        toml[start..].lines().next().unwrap_or("")
    });
    match line.split_once('=') {
        Some((key, _)) if !message.contains("field") => format!("`{}`: {message}", key.trim()),
        _ => message.to_owned(),
    }
}

fn parse(toml: &str) -> std::result::Result<Vec<Entry>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        #[serde(default)]
        agency: Vec<Entry>,
    }
    let mut entries = toml::from_str::<File>(toml)?.agency;
    for entry in &mut entries {
        if !entry.names.contains(&entry.name) && !entry.codes.contains(&entry.name) {
            entry.codes.push(entry.name.clone());
        }
    }
    Ok(entries)
}

/// Words that stand beside agencies' names without saying more.
const GLUE: &str = "the and with from via by news agency agencies staff writer writers correspondent newswire \
    newswires wire wires service services und mit von et avec y con e com en og och i и agence \
    agencia agência agenzia agentur агентство و وكالة عن nach l dell redaktion redacción redazione \
    redação rédaction redactie redaksjonen producties gmbh 据";

fn is_glue(word: &str) -> bool {
    let word = word.to_lowercase();
    GLUE.split(' ').any(|glue| glue == word)
}

/// Whether a text beside agencies' names says no more; after one its desk may stand: `dpa/lby`.
fn is_beside(text: &str, after: bool) -> bool {
    let desk = |rest: &str| {
        let letters = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if letters <= 4 { letters } else { 0 }
    };
    let skip = text.strip_prefix('/').filter(|_| after).map_or(0, |rest| 1 + desk(rest));
    text[skip..].split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).all(is_glue)
}

/// Forms of agencies' names compiled for search.
#[derive(Clone)]
struct Forms {
    phrases: Phrases,
    /// What each phrase can stand for.
    of: Vec<Vec<Form>>,
}

#[derive(Clone)]
struct Form {
    agency: AgencyIx,
    /// The form to be met to the letter; `None` if its case does not matter.
    code: Option<String>,
}

impl Forms {
    fn new(table: &[Entry]) -> Self {
        let mut patterns: BTreeMap<String, Vec<Form>> = BTreeMap::new();
        for (entry, ix) in table.iter().zip(0..) {
            let agency = AgencyIx(ix);
            for name in &entry.names {
                for form in in_every_case(name) {
                    let form = patterns.entry(form.to_ascii_lowercase()).or_default();
                    form.push(Form { agency, code: None });
                }
            }
            for code in &entry.codes {
                let form = patterns.entry(code.to_ascii_lowercase()).or_default();
                form.push(Form { agency, code: Some(code.clone()) });
            }
        }
        let (forms, of): (Vec<String>, _) = patterns.into_iter().unzip();
        Self { phrases: Phrases::new(&forms), of }
    }

    fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Named> + 'a {
        self.phrases.find(text).filter_map(|(phrase, range)| {
            let printed = &text[range.clone()];
            let is_first_name = is_first_name(printed, &text[range.end..]);
            let as_printed = |form: &&Form| {
                form.code.as_ref().is_none_or(|code| code == printed && !is_first_name)
            };
            let form = self.of[phrase].iter().find(as_printed)?;
            Some(Named { span: Span::new(range.start, range.end), agency: form.agency })
        })
    }
}

/// Whether what is printed like a name has a surname after it: Petra is also somebody's first name.
fn is_first_name(printed: &str, rest: &str) -> bool {
    let mut letters = printed.chars();
    let is_name = letters.next().is_some_and(char::is_uppercase)
        && letters.clone().next().is_some()
        && letters.all(char::is_lowercase);
    let next =
        rest.strip_prefix(' ').and_then(|rest| rest.split(|c: char| !c.is_alphanumeric()).next());
    is_name && next.is_some_and(|next| next.starts_with(char::is_uppercase) && !is_glue(next))
}

/// A phrase as printed, small and in capitals: phrases fold the case of ASCII only.
pub(crate) fn in_every_case(phrase: &str) -> [String; 3] {
    [phrase.to_owned(), phrase.to_lowercase(), phrase.to_uppercase()]
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn outlets_that_are_agencies() {
        let agencies = Agencies::shipped();
        let name = |outlet| agencies.of_outlet(outlet).map(|ix| agencies.name(ix));
        for (outlet, agency) in [
            ("AP News", "AP"),
            ("apnews.com", "AP"),
            ("https://www.reuters.com/world", "Reuters"),
            ("Reuters", "Reuters"),
            ("واس", "SPA"),
            ("The Associated Press", "AP"),
            ("dpa", "dpa"),
        ] {
            assert_eq!(name(outlet), Some(agency), "{outlet}");
        }
        for outlet in
            ["Japan Times", "notreuters.com", "The Map", "Daily Express", "TT Racing Weekly"]
        {
            assert_eq!(name(outlet), None, "{outlet}");
        }
    }

    #[test]
    fn a_credit_names_agencies_and_nothing_else() {
        let agencies = Agencies::shipped();
        let names = |text| {
            let credit = agencies.credit(text)?;
            Some(credit.into_iter().map(|ix| agencies.name(ix)).collect::<Vec<_>>())
        };
        assert_eq!(names("BSS/AFP"), Some(vec!["BSS", "AFP"]));
        assert_eq!(names("Petra News Agency"), Some(vec!["Petra"]));
        assert_eq!(names("Petra"), Some(vec!["Petra"]));
        assert_eq!(names("The Associated Press and Reuters"), Some(vec!["AP", "Reuters"]));
        assert_eq!(names("dpa/lby"), Some(vec!["dpa"]));
        assert_eq!(names("رويترز وأ ف ب"), Some(vec!["Reuters", "AFP"]));
        assert_eq!(names("R-Wis."), None);
        assert_eq!(names("told Reuters"), None);
        assert_eq!(names(""), None);
    }

    #[test]
    fn a_file_adds_agencies_and_says_where_it_is_wrong() {
        let at = Position::file(Path::new("mine.toml"));
        let added = "[[agency]]\nname = \"XPA\"\n[[agency]]\nname = \"AFP\"\ncodes = [\"afp!\"]\n";
        let agencies = Agencies::shipped().extended(added, &at).unwrap();
        let xpa = agencies.by_name("xpa").unwrap();
        assert_eq!(agencies.name(xpa), "XPA");
        assert_eq!(agencies.by_name("AFP"), Agencies::shipped().by_name("afp"));
        let mehr = Agencies::shipped().credit("MNA").unwrap();
        assert_eq!(agencies.credit("MNA").unwrap(), mehr);
        let other = "[[agency]]\nname = \"Meridian\"\ncodes = [\"MNA\"]\n";
        let agencies = agencies.extended(other, &at).unwrap();
        assert_eq!(agencies.name(agencies.credit("MNA").unwrap()[0]), "Meridian");
        let wrong = Agencies::shipped().extended("[[agency]]\nnmae = \"X\"\n", &at).unwrap_err();
        assert!(wrong.to_string().starts_with("mine.toml:2: unknown field `nmae`"), "{wrong}");
        let wrong = "[[agency]]\nname = \"X\"\nnames = 3\n";
        let wrong = Agencies::shipped().extended(wrong, &at).unwrap_err();
        assert!(wrong.to_string().starts_with("mine.toml:3: `names`: invalid type"), "{wrong}");
    }
}
