//! Puts articles in order and makes their ids unique, whatever order they were read in.

use std::cmp::Ordering;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::article::Article;
use crate::error::Note;
use crate::hash;

/// Articles in order, and what had to be done for that.
pub(super) struct Settled {
    pub(super) articles: Vec<Article>,
    /// Those with the id, the text and the outlet of another.
    pub(super) left_out: Vec<Note>,
    /// Those with the id of another, but a text or an outlet of their own.
    pub(super) renamed: Vec<Note>,
}

/// Sorts by id; of articles with one id the earliest keeps it, the others get a number.
pub(super) fn settle(mut articles: Vec<Article>) -> Settled {
    articles.par_sort_unstable_by(order);
    let (mut left_out, mut renamed) = (Vec::new(), Vec::new());
    if articles.windows(2).all(|pair| pair[0].id != pair[1].id) {
        return Settled { articles, left_out, renamed };
    }

    let mut taken: FxHashSet<String> = articles.iter().map(|article| article.id.clone()).collect();
    let mut kept: Vec<Article> = Vec::with_capacity(articles.len());
    let mut id = None;
    let (mut texts, mut prints) = (FxHashSet::default(), FxHashSet::default());
    let mut number = 1;
    for mut article in articles {
        if id.as_ref() != Some(&article.id) {
            id = Some(article.id.clone());
            texts.clear();
            prints.clear();
            number = 1;
        }
        let text = article.text.as_bytes();
        let text = (hash::bytes(text, 0), hash::bytes(text, 1));
        let is_new_text = texts.insert(text);
        let again = format!("id \"{}\" again", article.id);
        if !prints.insert((text, article.outlet.clone())) {
            left_out.push(Note { at: article.at, reason: again + ", same text" });
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
        kept.push(article);
    }
    kept.par_sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Settled { articles: kept, left_out, renamed }
}

fn order(a: &Article, b: &Article) -> Ordering {
    let content = |x: &Article, y: &Article| {
        (&x.published, &x.text, &x.outlet, &x.headline, &x.byline, &x.url).cmp(&(
            &y.published,
            &y.text,
            &y.outlet,
            &y.headline,
            &y.byline,
            &y.url,
        ))
    };
    a.id.cmp(&b.id).then_with(|| content(a, b)).then_with(|| a.at.cmp(&b.at))
}
