//! Sets an article in type and notes where each part of it stands.

use super::Level;
use super::lexicon::{Class, Lexicon, Token};
use super::outlet::{Breaks, Marks, Names, Spelling, Style};
use super::text::{Entry, Opens, Role, Texts, Wording};
use crate::span::{CodePoints, Span};

/// An article in type.
#[derive(Debug, Default)]
pub(super) struct Page {
    pub(super) text: String,
    /// In order of the text.
    pub(super) places: Vec<Place>,
}

/// Where a part stands, without the marks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    pub(super) part: u32,
    pub(super) role: Role,
    pub(super) print: Print,
    pub(super) level: Level,
    pub(super) span: Span,
    /// The same in code points.
    pub(super) points: (u32, u32),
    pub(super) words: u32,
    /// Counts parts and what is put between them: two parts follow each other if this does.
    pub(super) at: u32,
}

/// A wording as it was printed: equal ones are equal word by word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Print {
    wording: Wording,
    /// Whether the house spells some of it its own way, and which.
    pub(super) restyled: u8,
}

/// What stands around a story.
#[derive(Debug, Default)]
pub(super) struct Around {
    pub(super) top: Vec<String>,
    pub(super) dateline: String,
    pub(super) middle: Option<String>,
    pub(super) end: Vec<String>,
}

impl Page {
    pub(super) fn set(entries: &[Entry], around: &Around, style: Style, texts: &Texts<'_>) -> Self {
        let mut setter = Setter::new(style, texts);
        setter.page.text.reserve(4096);
        setter.page.places.reserve(entries.len());
        around.top.iter().for_each(|line| setter.line(line));
        let paragraphs = entries.iter().filter(|entry| entry.opens == Opens::Paragraph).count();
        let mut paragraph = 0;
        for (ix, entry) in entries.iter().enumerate() {
            if entry.opens == Opens::Paragraph {
                if let Some(line) = around.middle.as_ref().filter(|_| paragraph == paragraphs / 2) {
                    setter.line(line);
                }
                setter.break_paragraph();
                if paragraph == 0 {
                    setter.page.text.push_str(&around.dateline);
                }
                paragraph += 1;
            }
            setter.part(*entry, entries.get(ix + 1), texts);
        }
        around.end.iter().for_each(|line| setter.line(line));
        setter.finish()
    }
}

impl Page {
    /// A headline, which has no full stop.
    pub(super) fn headline(wording: Wording, style: Style, texts: &Texts<'_>) -> String {
        let mut setter = Setter::new(style, texts);
        setter.words(texts.tokens(wording), true);
        setter.page.text
    }
}

struct Setter<'a> {
    page: Page,
    lexicon: &'a Lexicon,
    style: Style,
    at: u32,
    restyled: u8,
}

impl<'a> Setter<'a> {
    fn new(style: Style, texts: &Texts<'a>) -> Self {
        let lexicon = &texts.material.lexicon;
        Self { page: Page::default(), lexicon, style, at: 0, restyled: 0 }
    }

    fn break_paragraph(&mut self) {
        if !self.page.text.is_empty() {
            self.page.text.push_str(if self.style.breaks == Breaks::Line { "\n" } else { "\n\n" });
        }
    }

    /// A line that is none of the story.
    fn line(&mut self, line: &str) {
        self.break_paragraph();
        self.page.text.push_str(line);
        self.at += 1;
    }

    fn part(&mut self, entry: Entry, next: Option<&Entry>, texts: &Texts<'_>) {
        let role = texts.parts[entry.part as usize].role;
        let (opening, closing) =
            if self.style.marks == Marks::Curly { ("“", "”") } else { ("\"", "\"") };
        let joined = next.is_some_and(|next| next.opens == Opens::Nothing);
        if entry.opens != Opens::Paragraph {
            self.page.text.push(' ');
        }
        let capital = entry.opens != Opens::Nothing || role == Role::Quoted;
        if role == Role::Quoted {
            self.page.text.push_str(opening);
        }
        let start = self.page.text.len();
        self.restyled = 0;
        let words = self.words(texts.tokens(entry.wording), capital);
        let span = Span::new(start, self.page.text.len());
        let ended = self.page.text.ends_with(|c: char| !c.is_alphanumeric());
        self.page.text.push_str(match (role, joined) {
            _ if ended => "",
            (Role::Quoted, true) => ",",
            (Role::Said, true) => ":",
            _ => ".",
        });
        if role == Role::Quoted {
            self.page.text.push_str(closing);
        }
        self.page.places.push(Place {
            part: entry.part,
            role,
            print: Print { wording: entry.wording, restyled: self.restyled },
            level: if self.restyled == 0 { entry.level } else { entry.level.max(Level::Light) },
            span,
            points: (0, 0),
            words,
            at: self.at,
        });
        self.at += 1;
    }

    /// Sets tokens with spaces between them; how many words they are.
    fn words(&mut self, tokens: &[Token<'_>], capital: bool) -> u32 {
        let start = self.page.text.len();
        let mut words = 0;
        for (ix, token) in tokens.iter().enumerate() {
            if token.class != Class::Joined {
                if self.page.text.len() > start {
                    self.page.text.push(' ');
                }
                words += 1;
            }
            self.token(*token, tokens.get(ix + 1));
        }
        let text = &mut self.page.text;
        if capital && text[start..].starts_with(|c: char| c.is_ascii_lowercase()) {
            text[start..=start].make_ascii_uppercase();
        }
        words
    }

    fn token(&mut self, token: Token<'_>, next: Option<&Token<'_>>) {
        let text = &mut self.page.text;
        if self.style.spelling == Spelling::American && token.spelling != 0 {
            self.restyled |= 1;
            text.push_str(self.lexicon.american(token).unwrap_or(token.text));
            return;
        }
        if self.style.names == Names::Courtesy && token.class == Class::Surname {
            self.restyled |= 2;
            text.push_str(if token.text.len().is_multiple_of(2) { "Mr " } else { "Ms " });
        }
        text.push_str(token.text);
        let vowel = |next: &Token<'_>| next.text.starts_with(['a', 'e', 'i', 'o', 'u']);
        if token.class == Class::Article && next.is_some_and(vowel) {
            text.push('n');
        }
    }

    fn finish(mut self) -> Page {
        if self.style.breaks == Breaks::Wrapped {
            wrap(&mut self.page.text);
        }
        let mut points = CodePoints::new(&self.page.text);
        for place in &mut self.page.places {
            let point = |at| points.at(at) as u32;
            let mut point = point;
            place.points = (point(place.span.start), point(place.span.end));
        }
        self.page
    }
}

/// Breaks lines at some columns; a space gives way to a break, so that nothing moves.
fn wrap(text: &mut String) {
    const COLUMNS: usize = 72;
    let mut bytes = std::mem::take(text).into_bytes();
    let (mut start, mut space) = (0, None);
    for at in 0..bytes.len() {
        match bytes[at] {
            b'\n' => (start, space) = (at + 1, None),
            b' ' => space = Some(at),
            _ => {}
        }
        if at >= start + COLUMNS
            && let Some(place) = space.take()
        {
            bytes[place] = b'\n';
            start = place + 1;
        }
    }
    *text = String::from_utf8(bytes).expect("a space for a break leaves UTF-8 as it was");
}
