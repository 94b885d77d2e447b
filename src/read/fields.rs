//! The names people give to the fields of an article, and how a record becomes one.

use std::borrow::Cow;
use std::str::FromStr;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Options, date};
use crate::article::Article;
use crate::error::{Error, Position, Result};

/// A field of an article, as `--map` names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Field {
    /// What the article is called by; else its file and line.
    Id,
    /// The text; a record without it is no article.
    Text,
    /// The headline.
    #[serde(alias = "title")]
    Headline,
    /// When it was published.
    Date,
    /// Who published it; else the host of its address.
    #[serde(alias = "source")]
    Outlet,
    /// Who wrote it.
    Byline,
    /// Its language.
    Language,
    /// Its address on the web.
    Url,
}

/// The usual names, the first that has a value counts: newspapers' APIs, crawlers, corpora, ninjs.
const USUAL: [(Field, &[&str]); FIELDS] = [
    (Field::Id, &["id", "uri", "guid", "url", "link"]),
    (
        Field::Text,
        &[
            "text",
            "body",
            "content",
            "maintext",
            "plain_text",
            "body_text",
            "text_content",
            "article_body",
        ],
    ),
    (Field::Headline, &["title", "headline"]),
    (
        Field::Date,
        &[
            "date",
            "published",
            "published_at",
            "publish_date",
            "date_publish",
            "versioncreated",
            "publication_date",
            "pubdate",
        ],
    ),
    (
        Field::Outlet,
        &["source", "outlet", "publisher", "domain", "source_domain", "media_name", "site"],
    ),
    (Field::Byline, &["authors", "author", "byline", "byline_text"]),
    (Field::Language, &["language", "lang"]),
    (Field::Url, &["url", "link", "uri"]),
];

const FIELDS: usize = 8;

impl FromStr for Field {
    type Err = Error;

    fn from_str(name: &str) -> Result<Self> {
        Ok(match name.trim().to_ascii_lowercase().as_str() {
            "id" => Self::Id,
            "text" => Self::Text,
            "headline" | "title" => Self::Headline,
            "date" => Self::Date,
            "outlet" | "source" => Self::Outlet,
            "byline" => Self::Byline,
            "language" => Self::Language,
            "url" => Self::Url,
            _ => {
                return Err(Error::Option {
                    option: "--map".to_owned(),
                    reason: format!("an article has no field \"{name}\""),
                    hint: Some(
                        "the fields are id, text, headline, date, outlet, byline, language and url"
                            .to_owned(),
                    ),
                });
            }
        })
    }
}

/// A use for a value: the field, and how far down the name stands in its list.
pub(super) type Slot = (Field, u8);

/// What each name in a record is good for.
#[derive(Debug)]
pub(super) struct Names {
    slots: FxHashMap<String, Vec<Slot>>,
    /// What the text is called, for those who miss it.
    text: String,
}

impl Names {
    /// The usual names, but for the fields that the user has named.
    pub(super) fn new(options: &Options) -> Result<Self> {
        let mut slots = FxHashMap::<String, Vec<Slot>>::default();
        for (field, usual) in USUAL {
            let mapped = options.map.get(&field).map(|name| [name.as_str()]);
            for (rank, name) in mapped.as_ref().map_or(usual, |name| name).iter().enumerate() {
                if name.trim().is_empty() {
                    return Err(Error::Option {
                        option: "--map".to_owned(),
                        reason: format!("no name is given for {field:?}").to_lowercase(),
                        hint: Some("write it as --map text=COLUMN".to_owned()),
                    });
                }
                slots.entry(name.trim().to_lowercase()).or_default().push((field, rank as u8));
            }
        }
        let text = options.map.get(&Field::Text).map_or("text", |name| name.trim()).to_owned();
        Ok(Self { slots, text })
    }

    /// What a name is good for; case does not matter.
    pub(super) fn slots(&self, name: &str) -> &[Slot] {
        let found = if name.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
            self.slots.get(name)
        } else {
            self.slots.get(&name.trim().to_lowercase())
        };
        found.map_or(&[], Vec::as_slice)
    }
}

/// Whether a name is one of those of the text.
pub(super) fn hold_text(slots: &[Slot]) -> bool {
    slots.iter().any(|(field, _)| *field == Field::Text)
}

/// What stands between the parts of a text, or the names of authors, given as a list.
pub(super) fn separator(slots: &[Slot]) -> &'static str {
    if hold_text(slots) { "\n\n" } else { ", " }
}

/// What a value that has parts of its own is called by, the first of these that says anything: news APIs give a
/// source as `{"id": null, "name": "CNN"}`.
pub(super) const CALLED_BY: [&str; 3] = ["name", "title", "domain"];

/// The best value so far for each field of an article.
#[derive(Debug, Default)]
pub(super) struct Record<'a> {
    best: [Option<(u8, Cow<'a, str>)>; FIELDS],
    has_blank_text: bool,
}

/// Why a record is no article.
#[derive(Debug)]
pub(super) enum Unfit {
    Missing,
    Blank,
    TooLong,
}

impl<'a> Record<'a> {
    /// Takes a value for those uses for which there is no better one.
    pub(super) fn offer(&mut self, slots: &[Slot], value: Cow<'a, str>) {
        let Some((&last, others)) = slots.split_last() else { return };
        for &slot in others {
            self.put(slot, value.clone());
        }
        self.put(last, value);
    }

    fn put(&mut self, (field, rank): Slot, value: Cow<'a, str>) {
        let best = &mut self.best[field as usize];
        if is_blank(&value) {
            self.has_blank_text |= field == Field::Text;
        } else if best.as_ref().is_none_or(|(best, _)| rank <= *best)
            && (field != Field::Url || host(&value).is_some())
        {
            *best = Some((rank, value));
        }
    }

    /// The article, with its date if that cannot be read; `name` and the line are its id if it has
    /// none.
    pub(super) fn article(
        mut self,
        at: Position,
        name: &str,
    ) -> std::result::Result<(Article, Option<String>), (Position, Unfit)> {
        let text = match self.take(Field::Text) {
            Some(text) if text.len() > u32::MAX as usize => return Err((at, Unfit::TooLong)),
            Some(text) => text.into_owned(),
            None if self.has_blank_text => return Err((at, Unfit::Blank)),
            None => return Err((at, Unfit::Missing)),
        };
        let id = self.take(Field::Id).map(Cow::into_owned);
        let date = self.take(Field::Date);
        let published = date.as_deref().map(str::trim).and_then(date::parse);
        let mut text_of = |field| self.take(field).map(trimmed);
        let url = text_of(Field::Url);
        let of_url = || url.as_deref().and_then(host).map(str::to_lowercase);
        let article = Article {
            id: id.unwrap_or_else(|| format!("{name}:{}", at.line.unwrap_or(1))),
            outlet: text_of(Field::Outlet).or_else(of_url),
            published,
            headline: text_of(Field::Headline),
            byline: text_of(Field::Byline),
            language: text_of(Field::Language),
            url,
            text: text.into(),
            at,
        };
        Ok((article, date.filter(|_| published.is_none()).map(trimmed)))
    }

    fn take(&mut self, field: Field) -> Option<Cow<'a, str>> {
        self.best[field as usize].take().map(|(_, value)| value)
    }
}

/// A value without the space around it, in its own memory if it has some.
fn trimmed(value: Cow<'_, str>) -> String {
    match value {
        Cow::Owned(value) if value.trim().len() == value.len() => value,
        value => value.trim().to_owned(),
    }
}

/// Whether a value says nothing, be it in the words of the language that wrote the file.
fn is_blank(value: &str) -> bool {
    let value = value.trim();
    value.is_empty()
        || (value.len() <= 4
            && ["none", "null", "nan", "nat"].iter().any(|no| value.eq_ignore_ascii_case(no)))
}

/// The host of a web address, without `www.`, as it is written.
fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.trim().split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let (first, rest) = host.split_at_checked("www.".len()).unwrap_or_default();
    let host = if first.eq_ignore_ascii_case("www.") { rest } else { host };
    (!host.is_empty()).then_some(host)
}

impl Unfit {
    /// The reason as it is listed; `fields` are those the record has.
    pub(super) fn reason(&self, names: &Names, fields: &[String]) -> String {
        match self {
            Self::Missing => missing(names, fields),
            Self::Blank => "text is empty".to_owned(),
            Self::TooLong => "text of 4 GiB or more".to_owned(),
        }
    }
}

/// Says that there is no text among `fields`, and the way out.
pub(super) fn missing(names: &Names, fields: &[String]) -> String {
    // A table may have hundreds of columns.
    const SHOWN: usize = 12;
    let mut shown: Vec<_> = fields.iter().take(SHOWN).map(|name| format!("\"{name}\"")).collect();
    if fields.len() > SHOWN {
        shown.push(format!("{} more", fields.len() - SHOWN));
    }
    let text = &names.text;
    if shown.is_empty() {
        return format!("\"{text}\" is missing, as is all else");
    }
    format!("\"{text}\" is missing among {} (--map text=NAME tells which it is)", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(pairs: &[(&str, &str)]) -> Article {
        let names = Names::new(&Options::default()).unwrap();
        let mut record = Record::default();
        for (name, value) in pairs {
            record.offer(names.slots(name), Cow::Borrowed(value));
        }
        record.article(Position::file("a.csv".as_ref()).line(7), "a").unwrap().0
    }

    #[test]
    fn the_first_name_with_a_value_counts() {
        let a = article(&[("body", "B"), ("TEXT", " "), ("Content", "C"), ("title", "None")]);
        assert_eq!((a.text.as_str(), a.id.as_str(), a.headline), ("B", "a:7", None));
        let a = article(&[("text", "T"), ("link", "https://u@www.BBC.co.uk:80/x"), ("uri", "u1")]);
        assert_eq!(a.id, "u1");
        assert_eq!(a.outlet.as_deref(), Some("bbc.co.uk"));
        assert_eq!(a.url.as_deref(), Some("https://u@www.BBC.co.uk:80/x"));
    }

    #[test]
    fn text_and_id_stay_as_they_are() {
        let a = article(&[("text", "\r\n T\0 \n"), ("id", " 1 "), ("source", " AP ")]);
        assert_eq!((a.text.as_str(), a.id.as_str()), ("\r\n T\0 \n", " 1 "));
        assert_eq!(a.outlet.as_deref(), Some("AP"));
    }

    #[test]
    fn a_field_has_an_alias_and_a_hint() {
        assert_eq!("Title".parse::<Field>().unwrap(), Field::Headline);
        assert_eq!("source".parse::<Field>().unwrap(), Field::Outlet);
        let error = "txt".parse::<Field>().unwrap_err();
        assert_eq!(error.to_string(), "--map: an article has no field \"txt\"");
        assert!(error.hint().unwrap().contains("headline"));
    }
}
