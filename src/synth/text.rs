//! The sentences of an event, each once, and what newsrooms make of them.

use super::dice::Dice;
use super::facts::Facts;
use super::grammar::{Grammar, Phrase};
use super::lexicon::{Lexicon, Token};
use super::raw::Raw;

/// What sentences are made from.
#[derive(Debug)]
pub(super) struct Material {
    pub(super) lexicon: Lexicon,
    pub(super) grammar: Grammar,
    pub(super) rules: Rules,
    /// Articles to take them from instead.
    pub(super) raw: Option<Raw>,
}

/// The rules of the grammar by which whole sentences are made.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) headline: usize,
    pub(super) lede: usize,
    sentence: usize,
    background: usize,
    attribution: usize,
    quotation: usize,
    second: usize,
}

impl Material {
    pub(super) fn new(raw: Option<Raw>) -> Self {
        let grammar = Grammar::shipped();
        let rules = Rules {
            headline: grammar.rule("headline"),
            lede: grammar.rule("lede"),
            sentence: grammar.rule("sentence"),
            background: grammar.rule("background"),
            attribution: grammar.rule("attribution"),
            quotation: grammar.rule("quotation"),
            second: grammar.rule("second"),
        };
        Self { lexicon: Lexicon::shipped(), grammar, rules, raw }
    }
}

/// What a part of a sentence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A sentence, or all of it but a quotation.
    Narrated,
    /// What stands within quotation marks.
    Quoted,
    /// Who said it.
    Said,
}

/// A stretch of words that newsrooms take or leave as one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    pub(super) first: Wording,
    /// Where a tail begins that can go to the front, within the tokens.
    pub(super) bar: Option<u32>,
    pub(super) role: Role,
    /// The report it was written for.
    pub(super) home: Home,
}

/// Who wrote a part first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Home {
    /// An agency, for the copy of this number.
    Copy(u8),
    /// An outlet.
    Own,
    /// Nobody: it was said, for all to report.
    Said,
}

/// Tokens in a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wording {
    start: u32,
    end: u32,
}

/// How a part is joined to what stands before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Opens {
    /// It goes on with the sentence.
    Nothing,
    /// It is a sentence.
    Sentence,
    /// It is a paragraph.
    Paragraph,
}

/// A part in its place, in some wording.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) part: u32,
    pub(super) wording: Wording,
    pub(super) opens: Opens,
    /// How far the wording is from the first one.
    pub(super) level: super::Level,
}

/// All that is said of one event.
#[derive(Debug)]
pub(super) struct Texts<'a> {
    pub(super) material: &'a Material,
    facts: &'a Facts,
    tokens: Vec<Token<'a>>,
    pub(super) parts: Vec<Part>,
    /// What somebody said, for all to quote.
    quotations: Vec<u32>,
    phrase: Phrase<'a>,
    /// The next article of the raw material.
    next_raw: usize,
}

impl<'a> Texts<'a> {
    pub(super) fn new(material: &'a Material, facts: &'a Facts, next_raw: usize) -> Self {
        Self {
            material,
            facts,
            tokens: Vec::with_capacity(2048),
            parts: Vec::with_capacity(128),
            quotations: Vec::new(),
            phrase: Phrase::default(),
            next_raw,
        }
    }

    pub(super) fn tokens(&self, wording: Wording) -> &[Token<'a>] {
        &self.tokens[wording.start as usize..wording.end as usize]
    }

    /// Keeps tokens as a new wording.
    pub(super) fn word(&mut self, tokens: &[Token<'a>]) -> Wording {
        let start = self.tokens.len() as u32;
        self.tokens.extend_from_slice(tokens);
        Wording { start, end: self.tokens.len() as u32 }
    }

    /// Makes a part by a rule of the grammar.
    fn part(&mut self, rule: usize, role: Role, home: Home, dice: &mut Dice) -> u32 {
        let material = self.material;
        let mut phrase = std::mem::take(&mut self.phrase);
        material.grammar.follow(rule, &material.lexicon, self.facts, dice, &mut phrase);
        let first = self.word(&phrase.tokens);
        let bar = phrase.bar.take().map(|bar| bar as u32);
        phrase.tokens.clear();
        self.phrase = phrase;
        self.push(Part { first, bar, role, home })
    }

    fn push(&mut self, part: Part) -> u32 {
        self.parts.push(part);
        self.parts.len() as u32 - 1
    }

    fn entry(&self, part: u32, opens: Opens) -> Entry {
        let wording = self.parts[part as usize].first;
        Entry { part, wording, opens, level: super::Level::Verbatim }
    }

    /// A report of so many sentences; with `quoting` it has what others quote too.
    pub(super) fn report(
        &mut self,
        sentences: usize,
        home: Home,
        quoting: Quoting,
        dice: &mut Dice,
    ) -> Vec<Entry> {
        if self.material.raw.is_some() {
            return self.raw_report(home, quoting, dice);
        }
        let rules = &self.material.rules;
        let lede = self.part(rules.lede, Role::Narrated, home, dice);
        let mut report = Vec::with_capacity(sentences * 2);
        report.push(self.entry(lede, Opens::Paragraph));
        let background_at = sentences * 2 / 3;
        for at in 1..sentences {
            let opens = if dice.per_mille(550) { Opens::Paragraph } else { Opens::Sentence };
            let quotes = dice.per_mille(180) || (quoting == Quoting::Common && at == 2);
            if quotes {
                self.quote(home, quoting, dice, &mut report);
            } else {
                let is_background = at == background_at && at > 3;
                let rule = if is_background { rules.background } else { rules.sentence };
                let opens = if is_background { Opens::Paragraph } else { opens };
                let part = self.part(rule, Role::Narrated, home, dice);
                report.push(self.entry(part, opens));
            }
        }
        report
    }

    fn quote(&mut self, home: Home, quoting: Quoting, dice: &mut Dice, report: &mut Vec<Entry>) {
        /// What is said so that all can report it.
        const COMMON: usize = 3;
        let rules = &self.material.rules;
        let common = quoting == Quoting::Common && dice.per_mille(700);
        let quotation = if common {
            if self.quotations.len() < COMMON {
                let part = self.part(rules.quotation, Role::Quoted, Home::Said, dice);
                self.quotations.push(part);
            }
            let unused = |part: &&u32| report.iter().all(|entry| entry.part != **part);
            self.quotations.iter().find(unused).copied()
        } else {
            None
        };
        let quotation =
            quotation.unwrap_or_else(|| self.part(rules.quotation, Role::Quoted, home, dice));
        let said = self.part(rules.attribution, Role::Said, home, dice);
        report.push(self.entry(quotation, Opens::Paragraph));
        report.push(self.entry(said, Opens::Nothing));
        if dice.per_mille(350) {
            let second = self.part(rules.second, Role::Quoted, home, dice);
            report.push(self.entry(second, Opens::Sentence));
        }
    }

    /// The next article of the raw material, sentence by sentence.
    fn raw_report(&mut self, home: Home, quoting: Quoting, dice: &mut Dice) -> Vec<Entry> {
        let raw = self.material.raw.as_ref().expect("looked at by the caller");
        let at = self.next_raw;
        self.next_raw += 1;
        let mut report = Vec::new();
        for sentence in raw.sentences(at) {
            let tokens: Vec<Token<'a>> = raw.tokens(at, sentence).collect();
            let first = self.word(&tokens);
            let role = if sentence.quoted { Role::Quoted } else { Role::Narrated };
            let part = self.push(Part { first, bar: None, role, home });
            report.push(self.entry(part, sentence.opens));
            if sentence.quoted && matches!(home, Home::Copy(_)) {
                self.quotations.push(part);
            }
        }
        if quoting == Quoting::Common && home == Home::Own && !self.quotations.is_empty() {
            let quotation = self.entry(*dice.pick(&self.quotations), Opens::Paragraph);
            report.insert(1 + dice.below(report.len()), quotation);
        }
        if let Some(first) = report.first_mut() {
            first.opens = Opens::Paragraph;
        }
        report
    }

    /// Any word of the raw material that the event was made of last.
    pub(super) fn raw_word(&self, dice: &mut Dice) -> Option<Token<'a>> {
        let raw = self.material.raw.as_ref()?;
        Some(raw.word(self.next_raw.checked_sub(1)?, dice.below(1 << 16)))
    }

    /// Some sentences of an outlet's own, to stand before or between others.
    pub(super) fn own(&mut self, sentences: usize, dice: &mut Dice) -> Vec<Entry> {
        let mut own = self.report(sentences + 1, Home::Own, Quoting::Nobody, dice);
        let keep = sentence_starts(&own).nth(sentences).unwrap_or(own.len());
        own.truncate(keep);
        own
    }

    /// A headline for the event.
    pub(super) fn headline(&mut self, dice: &mut Dice) -> Wording {
        let material = self.material;
        let mut phrase = std::mem::take(&mut self.phrase);
        let rule = material.rules.headline;
        material.grammar.follow(rule, &material.lexicon, self.facts, dice, &mut phrase);
        let wording = self.word(&phrase.tokens);
        phrase.tokens.clear();
        self.phrase = phrase;
        wording
    }
}

/// Whom a report quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Quoting {
    /// Those whom others quote too, mostly.
    Common,
    /// People of its own.
    Nobody,
}

/// Where in a report sentences begin.
pub(super) fn sentence_starts(report: &[Entry]) -> impl Iterator<Item = usize> + '_ {
    report.iter().enumerate().filter(|(_, e)| e.opens != Opens::Nothing).map(|(at, _)| at)
}
