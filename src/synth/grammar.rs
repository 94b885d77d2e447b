//! Sentences out of rules: `grammar.txt`, compiled once.

use super::dice::Dice;
use super::facts::Facts;
use super::lexicon::{Class, Lexicon, Token};

/// The rules, ready to be followed.
#[derive(Debug)]
pub(super) struct Grammar {
    names: Vec<String>,
    /// For each rule the numbers of its alternatives, the frequent ones several times.
    rules: Vec<Vec<u16>>,
    alternatives: Vec<Vec<Symbol>>,
}

/// A step of an alternative.
#[derive(Debug, Clone)]
enum Symbol {
    /// A word as it stands.
    Literal(String, Class),
    /// A word of a class, often one that the event favours.
    Word(Class),
    /// Something that the event knows.
    Fact(Fact),
    /// Another rule.
    Rule(u16),
    /// From here on it can go to the front.
    Bar,
}

/// What a slot takes from an event.
#[derive(Debug, Clone, Copy)]
enum Fact {
    Person,
    Surname,
    Org,
    City,
    Region,
    Country,
    Body,
    Year,
    Number,
    Percent,
    Money,
}

/// Tokens in the making, and where their tail begins.
#[derive(Debug, Default)]
pub(super) struct Phrase<'a> {
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) bar: Option<usize>,
}

impl Grammar {
    pub(super) fn shipped() -> Self {
        let source = include_str!("grammar.txt");
        let mut grammar = Self { names: Vec::new(), rules: Vec::new(), alternatives: Vec::new() };
        let heading = |line: &str| {
            line.strip_prefix('[').and_then(|line| line.strip_suffix(']')).map(str::to_owned)
        };
        grammar.names = source.lines().filter_map(heading).collect();
        for line in source.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
            if heading(line).is_some() {
                grammar.rules.push(Vec::new());
                continue;
            }
            let (weight, text) = match line.split_once('*') {
                Some((weight, text)) => (weight.parse().expect("a weight is a number"), text),
                None => (1, line),
            };
            let alternative = grammar.compile(text);
            let number = grammar.alternatives.len() as u16;
            grammar.alternatives.push(alternative);
            let rule = grammar.rules.last_mut().expect("an alternative stands below its rule");
            rule.extend(std::iter::repeat_n(number, weight));
        }
        grammar
    }

    /// The number of a rule, by which to follow it.
    pub(super) fn rule(&self, name: &str) -> usize {
        self.names.iter().position(|known| known == name).expect("rules are named in this module")
    }

    fn compile(&self, text: &str) -> Vec<Symbol> {
        let mut symbols = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (symbol, len) = match rest.as_bytes()[0] {
                b' ' => (None, 1),
                b'|' => (Some(Symbol::Bar), 1),
                b'{' => {
                    let end = rest.find('}').expect("braces are closed");
                    (Some(self.slot(&rest[1..end])), end + 1)
                }
                b',' => (Some(Symbol::Literal(",".to_owned(), Class::Joined)), 1),
                b'\'' => (Some(Symbol::Literal("'s".to_owned(), Class::Joined)), 2),
                _ => {
                    let end = rest.find([' ', ',', '|', '{', '\'']).unwrap_or(rest.len());
                    let class = if rest[..end].eq_ignore_ascii_case("a") {
                        Class::Article
                    } else {
                        Class::Fixed
                    };
                    (Some(Symbol::Literal(rest[..end].to_owned(), class)), end)
                }
            };
            symbols.extend(symbol);
            rest = &rest[len..];
        }
        symbols
    }

    fn slot(&self, name: &str) -> Symbol {
        Symbol::Word(match name {
            "noun" => Class::Noun,
            "nouns" => Class::Nouns,
            "base" => Class::Base,
            "past" => Class::Past,
            "part" => Class::Participle,
            "ing" => Class::Ing,
            "acted" => Class::Acted,
            "adj" => Class::Adjective,
            "adverb" => Class::Adverb,
            "role" => Class::Role,
            "day" => Class::Day,
            "month" => Class::Month,
            "unit" => Class::Unit,
            "few" => Class::Few,
            "many" => Class::Many,
            "cause" => Class::Cause,
            "person" => return Symbol::Fact(Fact::Person),
            "surname" => return Symbol::Fact(Fact::Surname),
            "org" => return Symbol::Fact(Fact::Org),
            "city" => return Symbol::Fact(Fact::City),
            "region" => return Symbol::Fact(Fact::Region),
            "country" => return Symbol::Fact(Fact::Country),
            "body" => return Symbol::Fact(Fact::Body),
            "year" => return Symbol::Fact(Fact::Year),
            "number" => return Symbol::Fact(Fact::Number),
            "percent" => return Symbol::Fact(Fact::Percent),
            "money" => return Symbol::Fact(Fact::Money),
            _ => return Symbol::Rule(self.rule(name) as u16),
        })
    }

    /// Adds what a rule makes of an event's facts.
    pub(super) fn follow<'a>(
        &'a self,
        rule: usize,
        lexicon: &'a Lexicon,
        facts: &'a Facts,
        dice: &mut Dice,
        phrase: &mut Phrase<'a>,
    ) {
        let alternative = *dice.pick(&self.rules[rule]);
        for symbol in &self.alternatives[usize::from(alternative)] {
            match symbol {
                Symbol::Literal(text, class) => phrase.tokens.push(Token::new(text, *class)),
                Symbol::Word(class) => phrase.tokens.push(facts.word(*class, lexicon, dice)),
                Symbol::Fact(fact) => add(*fact, lexicon, facts, dice, &mut phrase.tokens),
                Symbol::Rule(rule) => {
                    self.follow(usize::from(*rule), lexicon, facts, dice, phrase);
                }
                Symbol::Bar => phrase.bar = Some(phrase.tokens.len()),
            }
        }
    }
}

fn add<'a>(
    fact: Fact,
    lexicon: &'a Lexicon,
    facts: &'a Facts,
    dice: &mut Dice,
    tokens: &mut Vec<Token<'a>>,
) {
    let name = |text: &'a str| Token::new(text, Class::Name);
    match fact {
        Fact::Person => {
            let person = facts.person(dice);
            tokens.push(lexicon.word(Class::Title, person.title));
            tokens.push(name(lexicon.word(Class::FirstName, person.first).text));
            tokens.push(name(&person.surname));
        }
        Fact::Surname => {
            tokens.push(Token::new(&facts.person(dice).surname, Class::Surname));
        }
        Fact::Org => tokens.push(name(dice.pick::<String>(&facts.orgs))),
        Fact::City => tokens.push(name(&facts.cities[dice.zipf(2) - 1])),
        Fact::Region => tokens.push(name(&facts.region)),
        Fact::Country => tokens.push(name(&facts.country)),
        Fact::Body => tokens.push(name(lexicon.draw(Class::Body, dice).text)),
        Fact::Year => tokens.push(facts.year(lexicon, dice)),
        Fact::Number => tokens.push(facts.number(lexicon, dice)),
        Fact::Percent => {
            tokens.push(facts.number(lexicon, dice));
            tokens.push(lexicon.word(Class::PerCent, 0));
        }
        Fact::Money => {
            tokens.push(lexicon.number(dice.below(200)));
            tokens.push(Token::new(
                dice.pick::<&str>(&["million", "billion", "thousand"]),
                Class::Fixed,
            ));
            tokens.push(Token::new(&facts.currency, Class::Name));
        }
    }
}
