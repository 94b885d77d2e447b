//! Figures for passages against labelled ones, by character, as PAN's text alignment task has them
//! (Potthast et al. 2010).

use std::collections::BTreeMap;

/// A passage: the characters it takes in two articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Span {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
}

/// Passages by pair of ids.
pub(crate) type Spans = BTreeMap<(String, String), Vec<Span>>;

/// Adds a passage; a pair has no direction.
pub(crate) fn add(spans: &mut Spans, ids: (String, String), span: Span) {
    let (ids, span) =
        if ids.0 <= ids.1 { (ids, span) } else { ((ids.1, ids.0), Span { a: span.b, b: span.a }) };
    spans.entry(ids).or_default().push(span);
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Figures {
    pub(crate) precision: f64,
    pub(crate) recall: f64,
    /// Passages found for each that is labelled, of those found at all; at best 1.
    pub(crate) granularity: f64,
}

impl Figures {
    pub(crate) fn plagdet(self) -> f64 {
        let f1 = 2.0 * self.precision * self.recall / (self.precision + self.recall);
        f1 / (1.0 + self.granularity).log2()
    }
}

/// Means over passages, so that a short one counts as much as a long one.
pub(crate) fn of_spans(gold: &Spans, found: &Spans) -> Figures {
    let (mut precisions, mut recalls, mut hits) = (Vec::new(), Vec::new(), Vec::new());
    for ids in gold.keys().chain(found.keys().filter(|ids| !gold.contains_key(*ids))) {
        let of = |spans: &Spans| spans.get(ids).cloned().unwrap_or_default();
        let (cases, detections) = (of(gold), of(found));
        for &case in &cases {
            let cuts = cuts(case, &detections);
            recalls.push(size(&cuts) / size(&[case]));
            hits.extend((!cuts.is_empty()).then_some(cuts.len() as f64));
        }
        let precision = |&found: &Span| size(&cuts(found, &cases)) / size(&[found]);
        precisions.extend(detections.iter().map(precision));
    }
    Figures { precision: mean(&precisions), recall: mean(&recalls), granularity: mean(&hits) }
}

/// What a passage has in common with others, on both sides.
fn cuts(of: Span, others: &[Span]) -> Vec<Span> {
    let cut = |x: (usize, usize), y: (usize, usize)| (x.0.max(y.0), x.1.min(y.1));
    let both = others.iter().map(|other| Span { a: cut(of.a, other.a), b: cut(of.b, other.b) });
    both.filter(|cut| cut.a.0 < cut.a.1 && cut.b.0 < cut.b.1).collect()
}

/// Characters in any of the passages, on both sides.
fn size(spans: &[Span]) -> f64 {
    let covered = |side: fn(&Span) -> (usize, usize)| {
        let mut ranges: Vec<_> = spans.iter().map(side).collect();
        ranges.sort_unstable();
        let (mut total, mut reach) = (0, 0);
        for (start, end) in ranges {
            total += end.saturating_sub(start.max(reach));
            reach = reach.max(end);
        }
        total
    };
    (covered(|span| span.a) + covered(|span| span.b)) as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[test]
fn half_a_passage_is_half_the_recall() {
    let spans = |list: &[(usize, usize)]| {
        let mut spans = Spans::new();
        for &range in list {
            add(&mut spans, ("x".into(), "y".into()), Span { a: range, b: range });
        }
        spans
    };
    let figures = of_spans(&spans(&[(0, 100)]), &spans(&[(0, 25), (50, 75), (200, 250)]));
    assert!((figures.recall - 0.5).abs() < 1e-9);
    assert!((figures.precision - 2.0 / 3.0).abs() < 1e-9);
    assert!((figures.granularity - 2.0).abs() < 1e-9);
}
