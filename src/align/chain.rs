//! Chains: seeds that follow one another on both sides, as a copy with changes leaves them.

use super::{Block, Options, Side, block_bits};

/// Seeds looked back at for a forerunner. Seeds are in order of place, so a forerunner is near.
const LOOK_BACK: usize = 64;

/// The best chains of `seeds` (in order of `b`, then `a`), those that are worth most first; each seed is in
/// one chain, shortened where it would overlap its forerunner.
///
/// Collinear chaining with a price for gaps, as genome aligners do it (Abouelhoda & Ohlebusch 2005).
pub(super) fn chains(
    seeds: &[Block],
    a: Side<'_>,
    b: Side<'_>,
    options: &Options,
) -> Vec<Vec<Block>> {
    let bits: Vec<f32> = seeds.iter().map(|&seed| block_bits(seed, a, b)).collect();
    let mut scores = bits.clone();
    let mut before: Vec<Option<usize>> = vec![None; seeds.len()];
    for at in 0..seeds.len() {
        for from in (at.saturating_sub(LOOK_BACK)..at).rev() {
            let Some(link) = link(seeds[from], seeds[at], options) else { continue };
            let lost = if link.trim == 0 {
                0.0
            } else {
                block_bits(Block { len: link.trim, ..seeds[at] }, a, b)
            };
            let score = scores[from] + bits[at] - lost - link.price;
            if score > scores[at] {
                scores[at] = score;
                before[at] = Some(from);
            }
        }
    }
    let mut best: Vec<usize> = (0..seeds.len()).collect();
    best.sort_by(|&x, &y| scores[y].total_cmp(&scores[x]).then(x.cmp(&y)));
    let mut used = vec![false; seeds.len()];
    let mut chains = Vec::new();
    for end in best {
        let mut chain = Vec::new();
        let mut next = Some(end);
        while let Some(at) = next.filter(|&at| !used[at]) {
            used[at] = true;
            chain.push(seeds[at]);
            next = before[at];
        }
        chain.reverse();
        trim_overlaps(&mut chain);
        let worth: f32 = chain.iter().map(|&seed| block_bits(seed, a, b)).sum();
        if !chain.is_empty() && worth >= options.min_seed_bits {
            chains.push((worth, chain));
        }
    }
    // What a chain has lost to better ones it is not worth.
    chains.sort_by(|x, y| y.0.total_cmp(&x.0));
    chains.into_iter().map(|(_, chain)| chain).collect()
}

struct Link {
    /// Words that the later seed loses at its start.
    trim: u32,
    /// Price of the words between the two.
    price: f32,
}

/// Whether `to` may follow `from`.
fn link(from: Block, to: Block, options: &Options) -> Option<Link> {
    let trim = from.a_end().saturating_sub(to.a).max(from.b_end().saturating_sub(to.b));
    if trim >= to.len || to.a < from.a || to.b < from.b {
        return None;
    }
    let a_gap = to.a + trim - from.a_end();
    let b_gap = to.b + trim - from.b_end();
    let near = (a_gap.max(b_gap) as usize) <= options.max_gap;
    near.then(|| Link { trim, price: (a_gap + b_gap) as f32 * options.unmatched })
}

fn trim_overlaps(chain: &mut [Block]) {
    for at in 1..chain.len() {
        let (from, to) = (chain[at - 1], &mut chain[at]);
        let trim = from.a_end().saturating_sub(to.a).max(from.b_end().saturating_sub(to.b));
        *to = Block { a: to.a + trim, b: to.b + trim, len: to.len - trim };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Sixteenths;

    fn block(a: u32, b: u32, len: u32) -> Block {
        Block { a, b, len }
    }

    fn chain(seeds: &[Block]) -> Vec<Vec<Block>> {
        let (words, bits) = (vec![0; 500], vec![Sixteenths(128); 500]);
        let side = Side { words: &words, bits: &bits, breaks: &[] };
        chains(seeds, side, side, &Options::default())
    }

    #[test]
    fn seeds_in_order_are_one_chain_and_moved_ones_another() {
        let chains = chain(&[block(100, 0, 10), block(0, 20, 6), block(9, 29, 6)]);
        assert_eq!(chains, [vec![block(0, 20, 6), block(9, 29, 6)], vec![block(100, 0, 10)],]);
    }

    #[test]
    fn what_is_left_of_a_chain_comes_after_what_is_worth_more() {
        // The stray one follows the long chain, whose other end is worth more than it.
        let (long, end) = (block(0, 0, 40), block(45, 45, 20));
        let (stray, moved) = (block(50, 42, 3), block(300, 200, 9));
        let chains = chain(&[long, stray, end, moved]);
        assert_eq!(chains, [vec![long, end], vec![moved], vec![stray]]);
    }

    #[test]
    fn an_overlap_is_cut_from_the_later_seed() {
        assert_eq!(
            chain(&[block(0, 0, 5), block(4, 6, 5)]),
            [vec![block(0, 0, 5), block(5, 7, 4)]]
        );
    }

    #[test]
    fn far_apart_is_no_chain() {
        assert_eq!(chain(&[block(0, 0, 5), block(300, 10, 5)]).len(), 2);
    }
}
