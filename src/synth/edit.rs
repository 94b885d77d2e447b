//! What a newsroom does to sentences that it takes: words changed, put in and left out, clauses and
//! attributions moved.

use super::Level;
use super::dice::Dice;
use super::lexicon::{Class, Lexicon, Token};
use super::text::{Entry, Opens, Role, Texts, Wording};

/// How often which change is made, in thousandths.
#[derive(Debug, Clone, Copy)]
struct Rates {
    /// Of words: changed, put in or left out.
    words: u32,
    /// Of sentences with a tail: it goes to the front.
    clauses: u32,
    /// Of quotations: who said it comes first.
    attributions: u32,
    /// Of sentences: it changes places with the next one.
    sentences: u32,
    /// Of sentences: it is left out.
    cuts: u32,
}

/// The rates are set by what comes out of them, as [`Level`] says.
fn rates(level: Level) -> Rates {
    let of = |words, clauses, attributions, sentences, cuts| Rates {
        words,
        clauses,
        attributions,
        sentences,
        cuts,
    };
    match level {
        Level::Verbatim => of(0, 0, 0, 0, 0),
        Level::Light => of(60, 0, 0, 0, 20),
        Level::Moderate => of(130, 60, 80, 10, 40),
        Level::Heavy => of(280, 200, 250, 80, 60),
    }
}

/// Rewrites a run of entries in place.
pub(super) fn rewrite(
    entries: &mut Vec<Entry>,
    level: Level,
    texts: &mut Texts<'_>,
    dice: &mut Dice,
) {
    let rates = rates(level);
    if rates.words == 0 {
        return;
    }
    cut(entries, rates.cuts, dice);
    for entry in entries.iter_mut() {
        if let Some(wording) = reword(*entry, rates, texts, dice) {
            (entry.wording, entry.level) = (wording, entry.level.max(level));
        }
    }
    move_attributions(entries, rates.attributions, dice);
    swap_sentences(entries, rates.sentences, texts, dice);
}

/// Leaves out sentences, but not the first.
fn cut(entries: &mut Vec<Entry>, rate: u32, dice: &mut Dice) {
    let (mut at, mut leave) = (0, false);
    entries.retain(|entry| {
        if entry.opens != Opens::Nothing {
            leave = at > 0 && dice.per_mille(rate);
        }
        at += 1;
        !leave
    });
}

fn reword(entry: Entry, rates: Rates, texts: &mut Texts<'_>, dice: &mut Dice) -> Option<Wording> {
    let mut tokens = texts.tokens(entry.wording).to_vec();
    let part = texts.parts[entry.part as usize];
    let first = entry.wording == part.first;
    let mut changed = false;
    if let Some(bar) = part.bar.filter(|_| first && dice.per_mille(rates.clauses)) {
        changed = tail_first(&mut tokens, bar as usize);
    }
    // What was said is not to be changed; now and then it is.
    let rate = if part.role == Role::Quoted { rates.words / 4 } else { rates.words * 6 / 5 };
    // A figure is a fact: where real articles were reworded, figures have no equal half as often as
    // other words do, be they rounded, left out or brought up to date.
    let rate_of = |token: Token<'_>| if token.class == Class::Number { rate / 2 } else { rate };
    let mut edited = Vec::with_capacity(tokens.len() + 4);
    for &token in &tokens {
        // Names stay; other words make up for them.
        let open =
            !matches!(token.class, Class::Name | Class::Surname | Class::Joined | Class::Title);
        if open && dice.per_mille(rate_of(token)) {
            change(token, texts, dice, &mut edited);
            changed = true;
        } else {
            edited.push(token);
        }
    }
    let enough = edited.iter().filter(|token| token.class != Class::Joined).count() >= 3;
    (changed && enough).then(|| texts.word(&edited))
}

/// Puts the tail in front: "It rained, Tuesday said" is no sentence, so a short one stays.
fn tail_first(tokens: &mut Vec<Token<'_>>, bar: usize) -> bool {
    let tail = tokens.len() - bar.min(tokens.len());
    if tail < 2 || bar < 3 {
        return false;
    }
    tokens.rotate_left(bar);
    if tokens[0].class == Class::Joined {
        tokens.remove(0);
        tokens.insert(tail - 1, Token::new(",", Class::Joined));
    } else {
        tokens.insert(tail, Token::new(",", Class::Joined));
    }
    true
}

/// Six of ten changes put another word, two leave the word out, and two put one before it.
fn change<'a>(token: Token<'a>, texts: &Texts<'a>, dice: &mut Dice, edited: &mut Vec<Token<'a>>) {
    let lexicon: &'a Lexicon = &texts.material.lexicon;
    match dice.below(10) {
        0..6 => edited.push(other(token, texts, dice)),
        6..8 => {}
        _ => {
            let added = match token.class {
                Class::Raw => other(token, texts, dice),
                Class::Noun | Class::Nouns | Class::Role => lexicon.draw(Class::Adjective, dice),
                _ => lexicon.draw(Class::Adverb, dice),
            };
            edited.extend([added, token]);
        }
    }
}

/// Words that grammar puts, and what can stand for them.
const FIXED: [(&str, &[&str]); 24] = [
    ("the", &["this", "that", "a", "its", "their"]),
    ("had", &["has", "did"]),
    ("would", &["will", "could", "might"]),
    ("was", &["is", "had been"]),
    ("were", &["are", "had been"]),
    ("has", &["had", "also"]),
    ("of", &["for", "from", "in"]),
    ("in", &["at", "near", "around"]),
    ("on", &["late on", "early on", "by"]),
    ("by", &["through", "with"]),
    ("to", &["and", "towards"]),
    ("and", &["but", "or", "as well as"]),
    ("after", &["once", "following", "since"]),
    ("before", &["until", "ahead of"]),
    ("as", &["while", "because", "since"]),
    ("when", &["as", "once", "after"]),
    ("said", &["added", "stressed", "explained", "told the press"]),
    ("told", &["informed", "assured"]),
    ("that", &["which", "how"]),
    ("who", &["that", "and"]),
    ("with", &["and", "plus", "alongside"]),
    ("its", &["the", "their", "his"]),
    ("their", &["the", "its"]),
    ("for", &["over", "of", "about"]),
];

/// A word that can stand in the place of another.
fn other<'a>(token: Token<'a>, texts: &Texts<'a>, dice: &mut Dice) -> Token<'a> {
    let lexicon: &'a Lexicon = &texts.material.lexicon;
    if token.class.is_listed() {
        let drawn = lexicon.draw(token.class, dice);
        if drawn.text != token.text {
            return drawn;
        }
    }
    match token.class {
        Class::Number => lexicon.number(dice.below(super::lexicon::NUMBERS)),
        Class::Raw => texts.raw_word(dice).unwrap_or(token),
        _ => {
            let known = FIXED.iter().find(|(word, _)| word.eq_ignore_ascii_case(token.text));
            match known {
                Some((_, others)) => Token::new(dice.pick::<&str>(others), Class::Fixed),
                None => lexicon.draw(Class::Adverb, dice),
            }
        }
    }
}

/// "…," said the mayor. The mayor said: "…"
fn move_attributions(entries: &mut [Entry], rate: u32, dice: &mut Dice) {
    for at in 1..entries.len() {
        let (quoted, said) = (entries[at - 1], entries[at]);
        if said.opens == Opens::Nothing && quoted.opens != Opens::Nothing && dice.per_mille(rate) {
            entries[at - 1] = Entry { opens: quoted.opens, ..said };
            entries[at] = Entry { opens: Opens::Nothing, ..quoted };
        }
    }
}

/// Only narration that stands side by side changes places.
fn swap_sentences(entries: &mut [Entry], rate: u32, texts: &Texts<'_>, dice: &mut Dice) {
    let narrated = |entry: &Entry| texts.parts[entry.part as usize].role == Role::Narrated;
    let mut at = 1;
    while at + 1 < entries.len() {
        let (x, y) = (entries[at], entries[at + 1]);
        if narrated(&x) && narrated(&y) && dice.per_mille(rate) {
            entries[at] = Entry { opens: x.opens, ..y };
            entries[at + 1] = Entry { opens: y.opens, ..x };
            at += 1;
        }
        at += 1;
    }
}
