//! The article's own headline where its text begins with it.

use super::Rule;
use crate::article::Article;
use crate::span::Span;

/// Marks the first paragraph if it is the headline but for case and punctuation.
pub(super) fn mark(article: &Article, paragraphs: &[Span], rules: &mut [Option<Rule>]) {
    let (Some(headline), Some(&first)) = (&article.headline, paragraphs.first()) else { return };
    let first = first.of(&article.text);
    let longest = headline.len().saturating_mul(2) + 16;
    if first.len() <= longest && letters(headline).eq(letters(first)) && letters(first).count() > 0
    {
        rules[0] = Some(Rule::Headline);
    }
}

fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}
