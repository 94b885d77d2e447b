//! What the whole corpus will take, from a sample of it.

use serde::Serialize;

use crate::article::Article;
use crate::hash;
use crate::scan::{Evidence, Stage};

/// What more articles will take.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Cost {
    /// Articles that were looked at.
    pub sample: u64,
    /// Articles there are.
    pub articles: u64,
    /// Values that sketches will hold.
    pub values: u64,
    /// Pairs that will be aligned.
    pub candidates: u64,
    /// Pairs of the sample that were.
    pub candidates_of_sample: u64,
    /// Wall time of each stage on this machine with these threads, in seconds.
    pub seconds: Vec<(Stage, f64)>,
    /// Memory in bytes, where the system tells what the sample took.
    pub memory_bytes: Option<u64>,
}

/// What was measured of a sample.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Articles there are in all.
    pub articles: usize,
    /// Bytes of all texts, which were in memory too.
    pub text_bytes: u64,
    /// Most memory that the process held.
    pub peak_bytes: Option<u64>,
}

impl Cost {
    /// Each pair of articles is in a sample of the share `s` with probability `s²`, each article with `s`. So
    /// what is done for each article grows by `1/s`, and pairs by `1/s²` but for those of hot values, which
    /// grow less: candidates and their time are told too high rather than too low.
    pub fn predict(evidence: &Evidence, sample: Sample) -> Self {
        /// A pair of equal values while candidates are found.
        const HIT_BYTES: f64 = 16.0;
        let looked_at = evidence.stories().len();
        let times = sample.articles as f64 / looked_at.max(1) as f64;
        let stats = evidence.candidates();
        let grown = |count: u64, by: f64| (count as f64 * by).round() as u64;
        let of_pairs = stats.hits as f64 * HIT_BYTES + size_of_val(evidence.passages()) as f64;
        let memory_bytes = sample.peak_bytes.map(|peak| {
            let of_articles = (peak.saturating_sub(sample.text_bytes) as f64 - of_pairs).max(0.0);
            (sample.text_bytes as f64 + of_articles * times + of_pairs * times * times) as u64
        });
        let seconds = evidence.seconds().iter().map(|&(stage, seconds)| match stage {
            Stage::Learn | Stage::Sketch | Stage::Attribute => (stage, seconds * times),
            Stage::Candidates | Stage::Align => (stage, seconds * times * times),
        });
        Self {
            sample: looked_at as u64,
            articles: sample.articles as u64,
            values: grown(stats.values, times),
            candidates: grown(stats.candidates, times * times),
            candidates_of_sample: stats.candidates,
            seconds: seconds.collect(),
            memory_bytes,
        }
    }
}

/// So many of the articles, drawn by their ids: in order, and the same whatever else is among them.
pub fn sample(articles: Vec<Article>, count: usize) -> Vec<Article> {
    if articles.len() <= count {
        return articles;
    }
    let mut drawn: Vec<(u64, Article)> = articles
        .into_iter()
        .map(|article| (hash::bytes(article.id.as_bytes(), 1), article))
        .collect();
    drawn.sort_by(|x, y| x.0.cmp(&y.0).then_with(|| x.1.id.cmp(&y.1.id)));
    drawn.truncate(count);
    let mut sample: Vec<Article> = drawn.into_iter().map(|(_, article)| article).collect();
    sample.sort_by(|x, y| x.id.cmp(&y.id));
    sample
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sample_is_drawn_by_ids_and_in_order() {
        let articles = |count: u32| {
            let mut ids: Vec<String> = (0..count).map(|n| n.to_string()).collect();
            ids.sort();
            ids.into_iter().map(|id| Article::new(id, "text")).collect::<Vec<_>>()
        };
        let ids = |articles: Vec<Article>| articles.into_iter().map(|a| a.id).collect::<Vec<_>>();
        let few = ids(sample(articles(100), 10));
        assert!(few.len() == 10 && few.is_sorted());
        let more = ids(sample(articles(100), 20));
        assert!(few.iter().all(|id| more.contains(id)));
        assert_eq!(sample(articles(5), 10).len(), 5);
    }
}
