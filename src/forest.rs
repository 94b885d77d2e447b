//! Numbers joined into groups (union-find).

/// Groups of numbers; the root of each is its lowest number, so the result knows no order of joining.
#[derive(Debug, Clone)]
pub struct Forest {
    parents: Vec<u32>,
}

impl Forest {
    /// Each of `0..len` by itself.
    pub fn new(len: usize) -> Self {
        Self { parents: (0..len as u32).collect() }
    }

    /// The lowest number of the group.
    pub fn root(&mut self, mut node: u32) -> u32 {
        while self.parents[node as usize] != node {
            let grandparent = self.parents[self.parents[node as usize] as usize];
            self.parents[node as usize] = grandparent;
            node = grandparent;
        }
        node
    }

    /// Makes the groups of two numbers one.
    pub fn join(&mut self, x: u32, y: u32) {
        let (x, y) = (self.root(x), self.root(y));
        self.parents[x.max(y) as usize] = x.min(y);
    }

    /// The groups of more than one number: members in order, groups by their first.
    pub fn groups(mut self) -> Vec<Vec<u32>> {
        let mut by_root: Vec<(u32, u32)> =
            (0..self.parents.len() as u32).map(|node| (self.root(node), node)).collect();
        by_root.sort_unstable();
        by_root
            .chunk_by(|x, y| x.0 == y.0)
            .filter(|group| group.len() > 1)
            .map(|group| group.iter().map(|&(_, node)| node).collect())
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joined_numbers_are_grouped_whatever_the_order() {
        for joins in [[(5, 4), (0, 4), (2, 3)], [(2, 3), (4, 0), (4, 5)]] {
            let mut forest = Forest::new(7);
            for (x, y) in joins {
                forest.join(x, y);
            }
            assert_eq!(forest.groups(), [vec![0, 4, 5], vec![2, 3]]);
        }
    }
}
