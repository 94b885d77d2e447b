//! What is so in an event, whoever reports it: persons, places, numbers and the words of its field.

use super::dice::Dice;
use super::lexicon::{Class, Lexicon, NUMBERS, Token, invented};

/// The facts of one event.
#[derive(Debug)]
pub(super) struct Facts {
    /// Where the words begin that the event favours, in classes that come in several forms one for all.
    fields: [usize; FIELDS.len()],
    people: Vec<Person>,
    pub(super) orgs: Vec<String>,
    /// The first is where it happened.
    pub(super) cities: Vec<String>,
    pub(super) region: String,
    pub(super) country: String,
    pub(super) currency: String,
    numbers: [usize; 6],
    years: [usize; 3],
}

/// Somebody who has a say.
#[derive(Debug)]
pub(super) struct Person {
    pub(super) title: usize,
    pub(super) first: usize,
    pub(super) surname: String,
}

/// Classes of which an event has favourites: those in one row share them. Then how many.
const FIELDS: [(&[Class], usize); 5] = [
    (&[Class::Noun, Class::Nouns], 48),
    (&[Class::Base, Class::Past, Class::Participle, Class::Ing], 40),
    (&[Class::Acted], 16),
    (&[Class::Adjective], 30),
    (&[Class::Role], 14),
];

/// How many people have a say in an event.
const PEOPLE: usize = 12;

/// Octaves of what everybody knows: sixteen thousand public figures, four thousand towns, …
const FIGURES: usize = 10;
const TOWNS: usize = 12;
const REGIONS: usize = 9;
const COUNTRIES: usize = 6;

impl Facts {
    pub(super) fn new(lexicon: &Lexicon, dice: &mut Dice) -> Self {
        let country = dice.zipf(COUNTRIES) as u64;
        let known = |kind: u64, number: u64, syllables| invented(kind << 40 | number, syllables);
        let city = |dice: &mut Dice| known(1, dice.zipf(TOWNS) as u64 * 64 + country, 2);
        let cities: Vec<String> = (0..3).map(|_| city(dice)).collect();
        let mut people: Vec<Person> = (0..PEOPLE)
            .map(|at| {
                // Two are known to everybody, the others are met in this event only.
                let number = if at < 2 {
                    (dice.zipf(FIGURES) * 16 + dice.below(16)) as u64
                } else {
                    dice.bits() >> 24
                };
                Person::new(number, lexicon)
            })
            .collect();
        people.rotate_left(dice.below(PEOPLE / 2));
        let orgs = (0..4)
            .map(|at| {
                let body = lexicon.draw(Class::Body, dice).text;
                if at < 2 {
                    format!("{} {body}", cities[at])
                } else {
                    format!("{} {body}", known(2, dice.bits() >> 26, 2))
                }
            })
            .collect();
        Self {
            fields: FIELDS.map(|(classes, _)| dice.below(lexicon.len(classes[0]))),
            people,
            orgs,
            cities,
            region: known(3, dice.zipf(REGIONS) as u64 * 64 + country, 3),
            country: known(4, country, 3),
            currency: known(5, country, 1).to_lowercase() + "s",
            numbers: [0; 6].map(|_| dice.below(NUMBERS)),
            years: [0; 3].map(|_| dice.below(30)),
        }
    }

    /// A word of a class: every other time one that the event favours.
    pub(super) fn word<'a>(
        &self,
        class: Class,
        lexicon: &'a Lexicon,
        dice: &mut Dice,
    ) -> Token<'a> {
        let field = FIELDS.iter().position(|(classes, _)| classes.contains(&class));
        match field {
            Some(field) if dice.per_mille(450) => {
                lexicon.word(class, self.fields[field] + dice.below(FIELDS[field].1))
            }
            _ => lexicon.draw(class, dice),
        }
    }

    /// One of the people, the first ones more often.
    pub(super) fn person(&self, dice: &mut Dice) -> &Person {
        &self.people[dice.below(PEOPLE).min(dice.below(PEOPLE))]
    }

    pub(super) fn number<'a>(&self, lexicon: &'a Lexicon, dice: &mut Dice) -> Token<'a> {
        let number =
            if dice.per_mille(400) { *dice.pick(&self.numbers) } else { dice.below(NUMBERS) };
        lexicon.number(number)
    }

    pub(super) fn year<'a>(&self, lexicon: &'a Lexicon, dice: &mut Dice) -> Token<'a> {
        lexicon.year(if dice.per_mille(600) { *dice.pick(&self.years) } else { dice.below(30) })
    }
}

impl Person {
    /// The same number is the same person in every event.
    fn new(number: u64, lexicon: &Lexicon) -> Self {
        let mut dice = Dice::new(0, 0x0070_6572_736f_6e73, number);
        Self {
            title: dice.below(lexicon.len(Class::Title)),
            first: dice.below(lexicon.len(Class::FirstName)),
            surname: invented(dice.bits() >> 30, 2 + dice.below(2)),
        }
    }
}
