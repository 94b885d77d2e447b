//! Puts articles in order and makes their ids unique, whatever order they were read in.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::batch::Taken;
use crate::article::Article;
use crate::error::Note;

/// Articles in order, and what had to be done for that.
pub(super) struct Settled<K> {
    pub(super) articles: Vec<Taken<K>>,
    /// Those with the id, the text and the outlet of another.
    pub(super) left_out: Vec<Note>,
    /// Those with the id of another, but a text or an outlet of their own.
    pub(super) renamed: Vec<Note>,
}

/// Sorts by id; of articles with one id the earliest keeps it, the others get a number.
pub(super) fn settle<K: Send>(mut articles: Vec<Taken<K>>) -> Settled<K> {
    sort(&mut articles);
    let (mut left_out, mut renamed) = (Vec::new(), Vec::new());
    if articles.windows(2).all(|pair| pair[0].article.id != pair[1].article.id) {
        return Settled { articles, left_out, renamed };
    }

    let mut taken: FxHashSet<String> =
        articles.iter().map(|taken| taken.article.id.clone()).collect();
    let mut kept: Vec<Taken<K>> = Vec::with_capacity(articles.len());
    let mut id = None;
    let (mut texts, mut prints) = (FxHashSet::default(), FxHashSet::default());
    let mut number = 1;
    for mut taken_up in articles {
        let article = &mut taken_up.article;
        if id.as_ref() != Some(&article.id) {
            id = Some(article.id.clone());
            texts.clear();
            prints.clear();
            number = 1;
        }
        let text = taken_up.print;
        let is_new_text = texts.insert(text);
        let again = format!("id \"{}\" again", article.id);
        if !prints.insert((text, article.outlet.clone())) {
            left_out.push(Note { at: article.at.clone(), reason: again + ", same text" });
            continue;
        }
        if prints.len() > 1 {
            let what = if is_new_text { "with another text" } else { "from another outlet" };
            let own = loop {
                number += 1;
                let own = format!("{}#{number}", article.id);
                if taken.insert(own.clone()) {
                    break own;
                }
            };
            let reason = format!("{again} {what}: kept as \"{own}\"");
            renamed.push(Note { at: article.at.clone(), reason });
            article.id = own;
        }
        kept.push(taken_up);
    }
    kept.par_sort_unstable_by(|a, b| a.article.id.cmp(&b.article.id));
    Settled { articles: kept, left_out, renamed }
}

/// Sorts by id, then by what else there is to tell articles apart. Articles are large, so that their
/// places are sorted and then they are swapped: a second copy of all would be the peak of memory.
fn sort<K: Send>(articles: &mut [Taken<K>]) {
    let first = |taken: &Taken<K>| {
        let mut bytes = [0; 8];
        let id = &taken.article.id.as_bytes();
        let len = id.len().min(8);
        bytes[..len].copy_from_slice(&id[..len]);
        u64::from_be_bytes(bytes)
    };
    let mut places: Vec<(u64, u32)> =
        articles.iter().zip(0..).map(|(taken, place)| (first(taken), place)).collect();
    let at = |place: u32| &articles[place as usize];
    if places.is_sorted_by(|x, y| x.0 < y.0) {
        return;
    }
    places.sort_unstable_by(|x, y| x.0.cmp(&y.0).then_with(|| order(at(x.1), at(y.1))));
    for (to, &(_, from)) in places.iter().enumerate() {
        // What stood there went, by the same swaps, to where that in turn came from.
        let mut from = from as usize;
        while from < to {
            from = places[from].1 as usize;
        }
        articles.swap(to, from);
    }
}

fn order<K>(a: &Taken<K>, b: &Taken<K>) -> Ordering {
    fn content<K>(taken: &Taken<K>) -> impl Ord {
        let Article { published, outlet, headline, byline, url, at, .. } = &taken.article;
        (published, taken.print, outlet, headline, byline, url, at)
    }
    a.article.id.cmp(&b.article.id).then_with(|| content(a).cmp(&content(b)))
}
