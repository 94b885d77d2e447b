//! The recall contract: how likely a reworded passage is found by what sketches keep of it.

use super::PassageOptions;

/// Probability that two articles become a candidate pair by a sentence of `words` words that stands in
/// both, where each of its words was changed with probability `changed`; `values` is how many values the
/// sketches have to share.
///
/// A sentence of `w` words has `w` shingles of `s` words, of which the last `s - 1` reach into the next
/// sentence. Let `C` be how many of the others no change has touched, which is a Markov chain over the
/// words. Each side keeps its `k` smallest hashes ([`PassageOptions::kept`]). The `v`-th smallest of the `C` common hashes lies at
/// `h`, of density `Beta(v, C - v + 1)`; both sides keep it if on each at most `k - v` of the `w - C`
/// hashes of its own are smaller:
///
/// ```text
/// P = sum over C of P(C) * integral of Beta(h; v, C - v + 1) * P(Bin(w - C, h) <= k - v)^2 dh
/// ```
///
/// By this the defaults find .993 of sentences of 20 words with a tenth of them changed, .995 of 40
/// words with a fifth, .944 of 40 words with three in ten. A passage of several sentences has as many
/// chances; a passage that is part of a longer sentence has less of a share in the sample.
pub fn recall(words: usize, changed: f64, values: usize, options: &PassageOptions) -> f64 {
    let kept_in_both = |common: usize| {
        if common < values {
            return 0.0;
        }
        let most = options.kept(words).saturating_sub(values);
        let is_kept = |h: f64| at_most(most, words - common, h).powi(2);
        integral(|h| order_density(values, common, h) * is_kept(h))
    };
    let intact = intact(words, changed, options.shingle);
    // What is next to impossible adds nothing, and is most of them.
    let likely = intact.iter().enumerate().filter(|&(_, &p)| p > 1e-12);
    likely.map(|(common, p)| p * kept_in_both(common)).sum()
}

/// Probability of each number of runs of `shingle` words that no change touches, among `words`.
fn intact(words: usize, changed: f64, shingle: usize) -> Vec<f64> {
    // By the length of the run of unchanged words that ends here, and by the runs counted.
    let mut now = vec![vec![0.0; words + 1]; shingle + 1];
    now[0][0] = 1.0;
    for _ in 0..words {
        let mut next = vec![vec![0.0; words + 1]; shingle + 1];
        for (run, by_count) in now.iter().enumerate() {
            for (count, &p) in by_count.iter().enumerate().filter(|&(_, &p)| p > 0.0) {
                next[0][count] += p * changed;
                let longer = (run + 1).min(shingle);
                let more = count + usize::from(longer == shingle);
                next[longer][more] += p * (1.0 - changed);
            }
        }
        now = next;
    }
    (0..=words).map(|count| now.iter().map(|by_count| by_count[count]).sum()).collect()
}

/// Density at `h` of the `v`-th smallest of `of` numbers drawn evenly from 0 to 1.
fn order_density(v: usize, of: usize, h: f64) -> f64 {
    of as f64 * exactly(v - 1, of - 1, h)
}

/// Probability of `k` hits or fewer in `n` trials.
fn at_most(k: usize, n: usize, p: f64) -> f64 {
    (0..=k.min(n)).map(|k| exactly(k, n, p)).sum()
}

/// Probability of exactly `k` hits in `n` trials.
fn exactly(k: usize, n: usize, p: f64) -> f64 {
    let ways: f64 = (0..k).map(|i| (n - i) as f64 / (i + 1) as f64).product();
    ways * p.powi(k as i32) * (1.0 - p).powi((n - k) as i32)
}

/// Over 0 to 1, by Simpson's rule: what is integrated here is smooth.
fn integral(f: impl Fn(f64) -> f64) -> f64 {
    const STEPS: usize = 200;
    let weight = |step: usize| match step {
        0 | STEPS => 1.0,
        _ if step % 2 == 1 => 4.0,
        _ => 2.0,
    };
    let at = |step: usize| weight(step) * f(step as f64 / STEPS as f64);
    (0..=STEPS).map(at).sum::<f64>() / (3 * STEPS) as f64
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::hash;
    use crate::sketch::passage;
    use crate::span::WordRange;
    use crate::words::Background;

    /// Share of trials in which the sketches of a sentence and its reworded copy share enough values.
    fn simulated(words: usize, changed: f64, values: usize, options: &PassageOptions) -> f64 {
        const TRIALS: u64 = 2_000;
        let background = Background::shipped();
        let sketch = |words: &[u32], sentence: usize| -> BTreeSet<u64> {
            let sentences = [WordRange::new(0, sentence)];
            passage(words, &sentences, &background, options).iter().map(|s| s.key).collect()
        };
        let found = (0..TRIALS).filter(|&trial| {
            let random = |side: u64, at: usize| hash::mix(trial << 20 | side << 16 | at as u64);
            // Two more words, of the next sentence, are other words on each side.
            let word = |side: u64, at: usize| (random(side, at) >> 32) as u32;
            let is_changed = |at: usize| (random(3, at) as f64 / u64::MAX as f64) < changed;
            let text = |side: u64| -> Vec<u32> {
                let own = |at: usize| at >= words || side == 1 && is_changed(at);
                (0..words + 2).map(|at| word(if own(at) { side + 1 } else { 0 }, at)).collect()
            };
            sketch(&text(0), words).intersection(&sketch(&text(1), words)).count() >= values
        });
        found.count() as f64 / TRIALS as f64
    }

    #[test]
    fn the_contract_is_kept() {
        let options = PassageOptions::default();
        for (words, changed) in [(20, 0.1), (40, 0.2)] {
            let (promised, found) =
                (recall(words, changed, 2, &options), simulated(words, changed, 2, &options));
            assert!(promised >= 0.98 && found >= 0.98, "{words} {changed}: {promised} {found}");
        }
    }

    #[test]
    fn the_formula_is_what_sketches_do() {
        for per_sentence in [4, 10] {
            let options = PassageOptions { per_sentence, share: 0.2, ..PassageOptions::default() };
            for (words, changed) in [(8, 0.1), (20, 0.3), (30, 0.3), (40, 0.2), (60, 0.4)] {
                for values in [1, 2, 3] {
                    let promised = recall(words, changed, values, &options);
                    let found = simulated(words, changed, values, &options);
                    // Four standard errors of a share in 2,000 trials.
                    assert!(
                        (promised - found).abs() < 0.045,
                        "{per_sentence} {words} {changed} {values}: {promised:.3} {found:.3}"
                    );
                }
            }
        }
    }
}
