//! Disjoint sets of numbers, joined two at a time (Tarjan 1975): which nodes of a graph hang together.

/// The sets of 0..len. The smallest member of a set represents it.
#[derive(Debug, Clone)]
pub(crate) struct UnionFind {
    parent: Vec<u32>,
    sets: usize,
}

impl UnionFind {
    /// Every number in a set of its own.
    pub(crate) fn new(len: usize) -> Self {
        let end = u32::try_from(len).expect("rows, and with them levels, are numbered by 32 bits");
        Self { parent: (0..end).collect(), sets: len }
    }

    /// How many sets are left.
    pub(crate) fn sets(&self) -> usize {
        self.sets
    }

    /// Makes one set of those of `a` and `b`; whether they were two.
    #[inline]
    pub(crate) fn join(&mut self, a: usize, b: usize) -> bool {
        if self.parent[a] == self.parent[b] {
            return false;
        }
        let (a, b) = (self.root(a), self.root(b));
        if a == b {
            return false;
        }
        self.parent[a.max(b)] = a.min(b) as u32;
        self.sets -= 1;
        true
    }

    /// The representative of a number's set, halving the path on the way.
    pub(crate) fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] as usize != node {
            self.parent[node] = self.parent[self.parent[node] as usize];
            node = self.parent[node] as usize;
        }
        node
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_joined_through_others_are_in_one_set() {
        let mut sets = UnionFind::new(6);
        assert!(sets.join(4, 2) && sets.join(5, 4) && sets.join(0, 1));
        assert!(!sets.join(2, 5));
        assert_eq!((sets.root(5), sets.root(1), sets.root(3)), (2, 0, 3));
        assert_eq!(sets.sets(), 3);
    }
}
