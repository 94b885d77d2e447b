//! Text that is filled in day after day: the form of a daily report, the title of an office, a
//! paragraph of background.

use rayon::prelude::*;

use super::{Corpus, Options, share};
use crate::article::{ArticleIx, Pair};
use crate::judge::{Kind, Passage};
use crate::span::WordRange;

/// Marks the copy (in order of pairs) that is no more than a form: where nothing that two articles share is
/// particular to a story (see [`Options::particular`]); where they share less than half to the word, and all
/// of it is said in forms (see [`Options::form_share`]); and where they share little to the word, and
///
/// - a form says part of it, and what it does not say is worth less than [`Options::fresh_bits`];
/// - or most of the figures in it differ;
/// - or on [`Options::form_days`] days another article shares most of the bits of this text.
pub(super) fn mark(passages: &mut [Passage], corpus: &Corpus<'_>, options: &Options) {
    let (mut forms, thin) = alone(passages, corpus, options);
    let places = places(passages, corpus);
    let recurring = places.par_chunk_by(|x, y| x.article == y.article).flat_map_iter(|places| {
        let recurs =
            |place: &&Place| days_of(place, places, passages, options) >= options.form_days;
        let thin = places.iter().filter(|place| thin[place.passage as usize]);
        thin.filter(recurs).map(|place| place.passage as usize)
    });
    forms.par_extend(recurring);
    for form in forms {
        let kind = &mut passages[form].kind;
        *kind = if *kind == Kind::Copy { Kind::Boilerplate } else { *kind };
    }
}

/// The passages that are forms by themselves, and which are of articles that share little to the word.
fn alone(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> (Vec<usize>, Vec<bool>) {
    let pairs = passages.par_chunk_by(|x, y| x.pair == y.pair);
    let found: Vec<(bool, bool)> = pairs
        .flat_map_iter(|of_pair| {
            let is_thin = share(of_pair, corpus, |p| p.verbatim) < options.verbatim_share;
            let is_plain =
                is_plain(of_pair, corpus, options) || is_formal(of_pair, corpus, options);
            of_pair.iter().map(move |passage| {
                let is_form = is_filled_in(passage, options) || has_other_figures(passage);
                (is_plain || is_thin && is_form, is_thin)
            })
        })
        .collect();
    let forms = (0..found.len()).filter(|&passage| found[passage].0).collect();
    (forms, found.into_iter().map(|(_, is_thin)| is_thin).collect())
}

/// Whether a form says part of what two articles share, and all of it is said in words that stand in the
/// news of every day: the titles of an office, a telegram to another president.
fn is_plain(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> bool {
    const PART: f32 = 0.2;
    let bits = |of: fn(&Passage) -> f32| passages.iter().map(of).sum::<f32>();
    if bits(|passage| passage.fresh_bits) > bits(|passage| passage.bits) * (1.0 - PART) {
        return false;
    }
    let is_old = corpus.is_old(passages[0].pair, options);
    let enough = if is_old { options.particular_old } else { options.particular };
    let words =
        |article: ArticleIx, range: WordRange| &corpus.stories[article.ix()].words()[range.range()];
    let (mut sum, mut known) = (0.0, Vec::new());
    for passage in passages {
        let (a, b) = (words(passage.pair.a, passage.a), words(passage.pair.b, passage.b));
        known.clear();
        for word in a {
            let particular = corpus.weights.particular(*word);
            if particular > 0.0 && !known.contains(word) && b.contains(word) {
                known.push(*word);
                sum += particular;
                if sum >= enough {
                    return false;
                }
            }
        }
    }
    true
}

/// Whether all that two articles share is said in forms, and they are not the same text: telegrams to two
/// presidents, the weather of two days.
fn is_formal(passages: &[Passage], corpus: &Corpus<'_>, options: &Options) -> bool {
    // One in twenty of the forms that were read shares more; so do all papers that print one telegram.
    const SAME_TEXT: f64 = 0.5;
    let is_old = corpus.is_old(passages[0].pair, options);
    let enough = if is_old { options.form_share_old } else { options.form_share };
    let of_forms = |p: &Passage| f64::from(p.formal) >= f64::from(p.matches) * enough;
    passages.iter().all(of_forms) && share(passages, corpus, |p| p.verbatim) < SAME_TEXT
}

/// Whether forms say much of it, and little is left without them.
fn is_filled_in(passage: &Passage, options: &Options) -> bool {
    const MUCH: f32 = 0.1;
    let Passage { bits, fresh_bits, .. } = *passage;
    fresh_bits < options.fresh_bits && fresh_bits < bits * (1.0 - MUCH)
}

/// Whether the words are the same and the figures are not: two earthquakes, the market on two days. An
/// update of a story changes one or two of its figures.
fn has_other_figures(passage: &Passage) -> bool {
    const FEWEST: u32 = 3;
    passage.figures >= FEWEST && passage.same_figures * 3 <= passage.figures
}

/// One side of a passage.
struct Place {
    article: ArticleIx,
    range: WordRange,
    /// When the other article was published.
    day: i32,
    passage: u32,
}

/// Both sides of all passages whose articles are dated, by article.
fn places(passages: &[Passage], corpus: &Corpus<'_>) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::with_capacity(passages.len() * 2);
    for (passage, number) in passages.iter().zip(0..) {
        let Pair { a, b } = passage.pair;
        if let Some((a_day, b_day)) = corpus.days(passage.pair) {
            let place = |article, range, day| Place { article, range, day, passage: number };
            places.push(place(a, passage.a, b_day as i32));
            places.push(place(b, passage.b, a_day as i32));
        }
    }
    places.par_sort_unstable_by_key(|place| (place.article, place.range, place.passage));
    places
}

/// On how many days others share most of what is at this place; `places` are those of its article.
fn days_of(place: &Place, places: &[Place], passages: &[Passage], options: &Options) -> usize {
    let bits = passages[place.passage as usize].bits * options.form_bits;
    let mut days: Vec<i32> = places
        .iter()
        .take_while(|other| other.range.start < place.range.end)
        .filter(|other| passages[other.passage as usize].bits >= bits)
        .filter(|other| other.range.shared(place.range) * 2 >= place.range.len())
        .map(|other| other.day)
        .collect();
    days.sort_unstable();
    days.dedup();
    days.len()
}
