//! The words that news is made of, by class, each as frequent as its rank.

use super::dice::Dice;
use crate::hash;

/// What a token is: a class of words that can stand for each other, or one that gives way to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Noun,
    Nouns,
    Base,
    Past,
    Participle,
    Ing,
    Acted,
    Adjective,
    Adverb,
    Role,
    Title,
    Body,
    FirstName,
    Day,
    Month,
    Unit,
    Few,
    Many,
    Cause,
    PerCent,
    /// "a" or "an", as the next word wants it.
    Article,
    /// A word that grammar puts there.
    Fixed,
    /// A name.
    Name,
    /// A surname alone, which some outlets give a courtesy title.
    Surname,
    /// A number in digits.
    Number,
    /// A comma, a possessive: joined to the word before it.
    Joined,
    /// A word of somebody's article.
    Raw,
}

impl Class {
    /// Whether it has words to put in the place of one.
    pub(super) fn is_listed(self) -> bool {
        (self as usize) < CLASSES
    }
}

/// Classes with words of their own.
const CLASSES: usize = Class::PerCent as usize + 1;

/// A word of a text in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token<'a> {
    pub(super) text: &'a str,
    pub(super) class: Class,
    /// Its American spelling, from 1 among [`Lexicon::american`]; 0 if there is none.
    pub(super) spelling: u8,
}

impl<'a> Token<'a> {
    pub(super) fn new(text: &'a str, class: Class) -> Self {
        Self { text, class, spelling: 0 }
    }
}

/// All classes with their words.
#[derive(Debug)]
pub(super) struct Lexicon {
    classes: Vec<Words>,
    american: Vec<String>,
    numbers: Vec<String>,
}

#[derive(Debug, Default)]
struct Words {
    words: Vec<(Box<str>, u8)>,
    /// Slots that a word has by its frequency: a draw is a look.
    draws: Vec<u16>,
}

/// Classes whose words stand in the source as they are.
const LISTED: [(Class, &str); 13] = [
    (Class::Adjective, "adjective"),
    (Class::Adverb, "adverb"),
    (Class::Role, "role"),
    (Class::Title, "title"),
    (Class::Body, "body"),
    (Class::FirstName, "firstname"),
    (Class::Day, "day"),
    (Class::Month, "month"),
    (Class::Unit, "unit"),
    (Class::Few, "few"),
    (Class::Many, "many"),
    (Class::Cause, "cause"),
    (Class::PerCent, "percent"),
];

/// Slots of [`Words::draws`].
const DRAWS: usize = 4096;

impl Lexicon {
    pub(super) fn shipped() -> Self {
        let source = include_str!("lexicon.txt");
        let spelling: Vec<(&str, &str)> = section(source, "spelling")
            .map(|pair| pair.split_once('/').expect("spellings come in pairs"))
            .collect();
        let mut lexicon = Self {
            classes: (0..CLASSES).map(|_| Words::default()).collect(),
            american: spelling.iter().map(|(_, to)| to.replace('_', " ")).collect(),
            numbers: numbers(),
        };
        lexicon.add_forms(source, &spelling);
        for (class, name) in LISTED {
            section(source, name).for_each(|word| lexicon.add(class, word, &spelling));
        }
        for words in &mut lexicon.classes {
            words.draws = draws(words.words.len());
        }
        lexicon
    }

    fn add(&mut self, class: Class, word: &str, spelling: &[(&str, &str)]) {
        let american = spelling.iter().position(|(from, _)| *from == word);
        let spelling = american.map_or(0, |at| at as u8 + 1);
        self.classes[class as usize].words.push((word.replace('_', " ").into(), spelling));
    }

    /// Adds the classes whose words come in several forms, so that a number means the same word in all.
    fn add_forms(&mut self, source: &str, spelling: &[(&str, &str)]) {
        for noun in section(source, "noun") {
            let (one, many) = forms(noun, plural);
            self.add(Class::Noun, one, spelling);
            self.add(Class::Nouns, &many, spelling);
        }
        for verb in section(source, "verb") {
            let [base, past, ing] = verb_forms(verb);
            // Irregular verbs that have a third form of their own are left out of the passive.
            let is_participle = !verb.contains('/') || past.ends_with(['d', 't']);
            let participle = if is_participle { &past } else { "ignored" };
            self.add(Class::Participle, participle, spelling);
            self.add(Class::Base, &base, spelling);
            self.add(Class::Past, &past, spelling);
            self.add(Class::Ing, &ing, spelling);
        }
        for verb in section(source, "act") {
            let [_, past, _] = verb_forms(verb);
            self.add(Class::Acted, &past, spelling);
        }
    }

    /// How many words a class has.
    pub(super) fn len(&self, class: Class) -> usize {
        self.classes[class as usize].words.len()
    }

    /// A word by its number.
    pub(super) fn word(&self, class: Class, number: usize) -> Token<'_> {
        let words = &self.classes[class as usize].words;
        let (text, spelling) = &words[number % words.len()];
        Token { text, class, spelling: *spelling }
    }

    /// A word as chance and its frequency will have it.
    pub(super) fn draw(&self, class: Class, dice: &mut Dice) -> Token<'_> {
        let draw = self.classes[class as usize].draws[dice.below(DRAWS)];
        self.word(class, draw.into())
    }

    /// A number in digits; there are [`NUMBERS`].
    pub(super) fn number(&self, at: usize) -> Token<'_> {
        Token::new(&self.numbers[at % NUMBERS], Class::Number)
    }

    /// A year of the last thirty.
    pub(super) fn year(&self, at: usize) -> Token<'_> {
        Token::new(&self.numbers[NUMBERS + at % YEARS], Class::Number)
    }

    /// The American spelling of a token that has one.
    pub(super) fn american(&self, token: Token<'_>) -> Option<&str> {
        usize::from(token.spelling).checked_sub(1).map(|at| self.american[at].as_str())
    }
}

/// The words below a heading.
fn section<'a>(source: &'a str, name: &str) -> impl Iterator<Item = &'a str> {
    let heading = format!("\n[{name}]\n");
    let start = source.find(&heading).expect("every class has its section") + heading.len();
    let rest = &source[start..];
    let text = &rest[..rest.find("\n[").unwrap_or(rest.len())];
    text.split_whitespace()
}

fn forms(entry: &str, regular: impl Fn(&str) -> String) -> (&str, String) {
    match entry.split_once('/') {
        Some((one, other)) => (one, other.to_owned()),
        None => (entry, regular(entry)),
    }
}

fn plural(noun: &str) -> String {
    match noun {
        _ if noun.ends_with(['s', 'x']) || noun.ends_with("ch") || noun.ends_with("sh") => {
            format!("{noun}es")
        }
        _ => format!("{noun}s"),
    }
}

/// The base, the past and the -ing form of an entry.
fn verb_forms(entry: &str) -> [String; 3] {
    let mut forms = entry.split('/');
    let base = forms.next().unwrap_or(entry);
    let stem = base.strip_suffix('e').unwrap_or(base);
    let past = match base.strip_suffix('y') {
        Some(stem) if !stem.ends_with(['a', 'e', 'o']) => format!("{stem}ied"),
        _ => format!("{stem}ed"),
    };
    let past = forms.next().map_or(past, str::to_owned);
    let ing = forms.next().map_or_else(|| format!("{stem}ing"), str::to_owned);
    [base.to_owned(), past, ing]
}

/// By the law of Zipf and Mandelbrot: a word of rank `r` has `1 / (r + 12)` of the slots. Who has which
/// rank is by lot, for the lists are in order of fields.
fn draws(words: usize) -> Vec<u16> {
    const FLAT: usize = 12;
    let mut ranked: Vec<usize> = (0..words).collect();
    ranked.sort_by_key(|&word| hash::mix(word as u64));
    let weight = |rank: usize| (1 << 24) / (rank + FLAT);
    let total: usize = (0..words).map(weight).sum();
    let mut draws = Vec::with_capacity(DRAWS);
    let mut reach = 0;
    for (rank, word) in ranked.into_iter().enumerate() {
        reach += weight(rank);
        draws.resize((reach * DRAWS).div_ceil(total).min(DRAWS), word as u16);
    }
    draws
}

/// Numbers that are no years.
pub(super) const NUMBERS: usize = 2048;
const YEARS: usize = 30;

/// Small ones, round ones, and ones with a fraction; then years.
fn numbers() -> Vec<String> {
    let number = |at: usize| match at {
        0..200 => (13 + at).to_string(),
        200..300 => ((at - 199) * 50).to_string(),
        300..400 => format!("{},{}00", at - 299, at * 7 % 9 + 1),
        400..800 => format!("{}.{}", (at - 400) / 4 + 1, at * 3 % 9 + 1),
        _ => format!("{},{:03}", (at - 799) / 8 + 1, at * 37 % 1000),
    };
    (0..NUMBERS).map(number).chain((0..YEARS).map(|at| (1994 + at).to_string())).collect()
}

/// A name that nobody bears, made of syllables; another for every number under some ten million.
pub(super) fn invented(number: u64, syllables: usize) -> String {
    const ONSETS: [&str; 24] = [
        "b", "br", "d", "dr", "f", "g", "gr", "h", "k", "kr", "l", "m", "n", "p", "r", "s", "sk",
        "st", "t", "tr", "v", "w", "y", "z",
    ];
    const VOWELS: [&str; 9] = ["a", "e", "i", "o", "u", "a", "e", "o", "ai"];
    const CODAS: [&str; 10] = ["", "n", "r", "l", "s", "", "m", "nd", "rt", "k"];
    let mut bits = hash::mix(number ^ 0x6e61_6d65);
    let mut of = |list: &[&'static str]| {
        let at = bits % list.len() as u64;
        bits /= list.len() as u64;
        list[at as usize]
    };
    let mut name = String::with_capacity(12);
    for syllable in 0..syllables {
        name.push_str(of(&ONSETS));
        name.push_str(of(&VOWELS));
        if syllable + 1 == syllables {
            name.push_str(of(&CODAS));
        }
    }
    name[..1].make_ascii_uppercase();
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_their_forms() {
        let forms = |entry| verb_forms(entry).join(" ");
        assert_eq!(forms("approve"), "approve approved approving");
        assert_eq!(forms("carry"), "carry carried carrying");
        assert_eq!(forms("destroy"), "destroy destroyed destroying");
        assert_eq!(forms("steal/stole/stealing"), "steal stole stealing");

        let lexicon = Lexicon::shipped();
        assert_eq!(lexicon.len(Class::Noun), lexicon.len(Class::Nouns));
        assert_eq!(lexicon.len(Class::Base), lexicon.len(Class::Participle));
        let harbour = (0..lexicon.len(Class::Noun)).map(|at| lexicon.word(Class::Noun, at));
        let harbour = harbour.into_iter().find(|word| word.text == "harbour").unwrap();
        assert_eq!(lexicon.american(harbour), Some("harbor"));
    }
}
