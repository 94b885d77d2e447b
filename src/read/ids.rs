//! Puts articles in order and makes their ids unique, whatever order they were read in.

use std::cmp::Ordering;

use rustc_hash::FxHashSet;

use super::batch::Taken;
use crate::article::Article;
use crate::error::Note;

/// Articles in order, and what had to be done for that.
pub(super) struct Settled<K> {
    pub(super) taken: Taken<K>,
    /// Those with the id, the text and the outlet of another.
    pub(super) left_out: Vec<Note>,
    /// Those with the id of another, but a text or an outlet of their own.
    pub(super) renamed: Vec<Note>,
}

/// Sorts by id; of articles with one id the earliest keeps it, the others get a number.
pub(super) fn settle<K>(mut taken: Taken<K>) -> Settled<K> {
    sort(&mut taken);
    let (mut left_out, mut renamed) = (Vec::new(), Vec::new());
    if taken.articles.array_windows().all(|[a, b]| a.id != b.id) {
        return Settled { taken, left_out, renamed };
    }

    let mut ids: FxHashSet<String> =
        taken.articles.iter().map(|article| article.id.clone()).collect();
    let mut stays = vec![true; taken.len()];
    let mut first = None;
    let (mut texts, mut prints) = (FxHashSet::default(), FxHashSet::default());
    let mut number = 1;
    for (place, article) in taken.articles.iter_mut().enumerate() {
        if first.as_ref() != Some(&article.id) {
            first = Some(article.id.clone());
            texts.clear();
            prints.clear();
            number = 1;
        }
        let text = taken.prints[place];
        let is_new_text = texts.insert(text);
        let again = format!("id \"{}\" again", article.id);
        if !prints.insert((text, article.outlet.clone())) {
            left_out.push(Note { at: article.at.clone(), reason: again + ", same text" });
            stays[place] = false;
            continue;
        }
        if prints.len() > 1 {
            let what = if is_new_text { "with another text" } else { "from another outlet" };
            let own = loop {
                number += 1;
                let own = format!("{}#{number}", article.id);
                if ids.insert(own.clone()) {
                    break own;
                }
            };
            let reason = format!("{again} {what}: kept as \"{own}\"");
            renamed.push(Note { at: article.at.clone(), reason });
            article.id = own;
        }
    }
    taken.retain(&stays);
    sort(&mut taken);
    Settled { taken, left_out, renamed }
}

/// Sorts by id, then by what else there is to tell articles apart. Articles are large, so that their
/// places are sorted and then they are swapped: a second copy of all would be the peak of memory.
fn sort<K>(taken: &mut Taken<K>) {
    let first = |article: &Article| {
        let mut bytes = [0; 8];
        let id = article.id.as_bytes();
        let len = id.len().min(8);
        bytes[..len].copy_from_slice(&id[..len]);
        u64::from_be_bytes(bytes)
    };
    let mut places: Vec<(u64, u32)> =
        taken.articles.iter().zip(0..).map(|(article, place)| (first(article), place)).collect();
    if places.is_sorted_by(|x, y| x.0 < y.0) {
        return;
    }
    places.sort_unstable_by(|x, y| x.0.cmp(&y.0).then_with(|| order(taken, x.1, y.1)));
    for start in 0..places.len() {
        // What stands at the start is handed along its cycle until it is where it belongs.
        let mut to = start;
        loop {
            let from = std::mem::replace(&mut places[to].1, to as u32) as usize;
            if from == start {
                break;
            }
            taken.swap(to, from);
            to = from;
        }
    }
}

fn order<K>(taken: &Taken<K>, x: u32, y: u32) -> Ordering {
    let [x, y] = [x as usize, y as usize];
    let content = |ix: usize| {
        let Article { published, outlet, headline, byline, url, at, .. } = &taken.articles[ix];
        (published, taken.prints[ix], outlet, headline, byline, url, at)
    };
    taken.articles[x].id.cmp(&taken.articles[y].id).then_with(|| content(x).cmp(&content(y)))
}
