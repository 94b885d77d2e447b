//! Shares as a bar of characters, told apart without colours.

/// What the parts of a bar are drawn with: agency copy, copy of unknown origin, quotation, original.
pub const ORIGINS: [char; 4] = ['█', '▓', '▒', '·'];

/// A bar of `cells` characters for shares of a whole: each part has as many as its share is worth, and
/// those left over go to the parts that lack most of one.
pub fn bar(parts: &[(f64, char)], cells: usize) -> String {
    let whole: f64 = parts.iter().map(|part| part.0).sum();
    let exact = |share: f64| if whole > 0.0 { share / whole * cells as f64 } else { 0.0 };
    let mut counts: Vec<usize> = parts.iter().map(|part| exact(part.0) as usize).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let lacks = |at: usize| exact(parts[at].0).fract();
    order.sort_by(|&x, &y| lacks(y).total_cmp(&lacks(x)).then(x.cmp(&y)));
    let given: usize = counts.iter().sum();
    for &at in order.iter().filter(|_| whole > 0.0).take(cells.saturating_sub(given)) {
        counts[at] += 1;
    }
    parts.iter().zip(counts).flat_map(|(part, count)| std::iter::repeat_n(part.1, count)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_is_as_long_as_it_should_be() {
        let thirds = [(1.0 / 3.0, 'a'), (1.0 / 3.0, 'b'), (1.0 / 3.0, 'c')];
        assert_eq!(bar(&thirds, 10), "aaaabbbccc");
        assert_eq!(bar(&[(0.93, '█'), (0.07, '·')], 10), "█████████·");
        assert_eq!(bar(&[(1.0, 'x'), (0.0, 'y')], 5), "xxxxx");
        assert_eq!(bar(&[(0.0, 'x')], 5), "");
    }
}
