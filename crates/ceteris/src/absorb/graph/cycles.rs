//! The rank of three and more large effects, from the cycles of the graph of two of them.
//!
//! Let the two largest effects be the sides of a bipartite graph with one edge for each row, and let f give a
//! value to each of the m levels of all other effects. The first two effects explain f, that is
//!   a(row) + b(row) + f(row) = 0 on every row for some a and b,
//! if and only if the alternating sum of f is zero along every cycle. With C components of the graph and
//! one row of Z for each edge outside a spanning forest, the signed count of levels along the cycle that
//! it closes, therefore
//!   rank [D_1 ... D_Q] = m_1 + m_2 - C + rank Z     (for Q = 2: Abowd, Creecy and Kramarz 2002).
//! All f that pass the cycles met so far are spanned by a basis N. A mixture of N is spread over the forest;
//! the first row that it fails closes a cycle outside the span of those before, which costs N one vector.
//! The arithmetic is exact, in integers modulo p = 2^61 - 1: what is counted never exceeds the rank. If it
//! meets the bound that pairs of effects give, that is proved to be the rank. If the rows end before, the
//! count is the rank unless p divides an invariant factor of Z, or every vector of N that fails a row cancels
//! in the mixture: chances of the order n / 2^61, for data made to deceive it only.
//! Weights do not change a rank, and slopes are left to the bound.

use super::components::joining_rows;
use crate::frame::Factor;
use crate::linalg::prime::{P, add, inverse, negate, times};

/// Sums and products of integers, a second's tenth or two: beyond it the bound has to do.
const BUDGET: usize = 50_000_000;
/// What shares of the levels of the largest effect to look at, one after the other: cycles of a part of the graph
/// are cycles of the graph, and as a rule a small part has as many independent ones as the bound allows.
const SHARES: [usize; 3] = [256, 16, 1];
/// Powers of it are the coefficients of the mixtures.
const SPREAD: u64 = 1_234_567_890_123_457;

/// The rank of three and more plain effects, of which `bound` is an upper bound; `None` where counting is too dear.
pub(super) fn rank(mut factors: Vec<&Factor>, bound: usize) -> Option<usize> {
    factors.sort_by_key(|factor| std::cmp::Reverse(factor.nlevels()));
    let (pair, others) = factors.split_at(2);
    let size: usize = others.iter().map(|factor| factor.nlevels()).sum();
    let nodes = pair[0].nlevels() + pair[1].nlevels();
    if size.saturating_mul(nodes + size.saturating_mul(size)) > BUDGET {
        return None;
    }
    let joined = joining_rows(pair[0], pair[1]).len();
    let most = bound - joined;
    SHARES.into_iter().find_map(|share| {
        let levels = pair[0].nlevels() / share;
        let rows: Vec<usize> =
            (0..pair[0].codes().len()).filter(|&row| (pair[0].codes()[row] as usize) < levels).collect();
        let part = |factor: &&Factor| factor.at(rows.iter().copied());
        let [first, second] = [pair[0], pair[1]].map(|factor| part(&factor).without_empty_levels());
        let others: Vec<Factor> = others.iter().map(part).collect();
        let cycles = independent_cycles(&Forest::new(&first, &second), &others, size, most);
        (cycles == most || share == 1).then_some(joined + cycles)
    })
}

/// rank Z, counted until `most` is reached or the rows end.
fn independent_cycles(forest: &Forest<'_>, others: &[Factor], size: usize, most: usize) -> usize {
    let levels = Levels::new(others);
    let mut explained: Vec<Vec<u64>> =
        (0..size).map(|p| (0..size).map(|q| u64::from(p == q)).collect()).collect();
    let mut coefficient = SPREAD;
    let mut row = 0;
    while size - explained.len() < most {
        let mut mixture = vec![0; size];
        for f in &explained {
            coefficient = times(coefficient, SPREAD);
            mixture.iter_mut().zip(f).for_each(|(sum, f)| *sum = add(*sum, times(coefficient, *f)));
        }
        let potentials = forest.potentials(|row| levels.sum(&mixture, row));
        let fails = |row: &usize| {
            let (a, b) = forest.ends(*row);
            add(add(potentials[a], potentials[b]), levels.sum(&mixture, *row)) != 0
        };
        let Some(failed) = (row..forest.first.codes().len()).find(fails) else { break };
        row = failed + 1;
        let cycle = levels.along(&forest.cycle(failed));
        remove_one(&mut explained, &cycle);
    }
    size - explained.len()
}

/// Leaves what of the span of `basis` is orthogonal to a sparse row: one vector less, as some is not.
fn remove_one(basis: &mut Vec<Vec<u64>>, row: &[(usize, u64)]) {
    let product = |f: &Vec<u64>| row.iter().fold(0, |sum, &(p, z)| add(sum, times(z, f[p])));
    let Some(place) = basis.iter().position(|f| product(f) != 0) else { return };
    let removed = basis.swap_remove(place);
    let scale = negate(inverse(product(&removed)));
    for f in basis.iter_mut() {
        let share = times(product(f), scale);
        if share != 0 {
            f.iter_mut().zip(&removed).for_each(|(f, r)| *f = add(*f, times(share, *r)));
        }
    }
}

/// The levels of the effects beside the pair, side by side.
struct Levels<'a> {
    factors: &'a [Factor],
    offsets: Vec<usize>,
}

impl<'a> Levels<'a> {
    fn new(factors: &'a [Factor]) -> Self {
        let mut offsets = vec![0];
        factors.iter().for_each(|factor| offsets.push(offsets[offsets.len() - 1] + factor.nlevels()));
        Self { factors, offsets }
    }

    fn of(&self, row: usize) -> impl Iterator<Item = usize> + '_ {
        self.factors
            .iter()
            .zip(&self.offsets)
            .map(move |(factor, offset)| offset + factor.codes()[row] as usize)
    }

    /// f(row)
    fn sum(&self, f: &[u64], row: usize) -> u64 {
        self.of(row).fold(0, |sum, p| add(sum, f[p]))
    }

    /// The signed count of levels along a cycle.
    fn along(&self, cycle: &[(usize, u64)]) -> Vec<(usize, u64)> {
        let mut counts = std::collections::BTreeMap::new();
        for &(row, sign) in cycle {
            for p in self.of(row) {
                let count = counts.entry(p).or_insert(0);
                *count = add(*count, sign);
            }
        }
        counts.into_iter().filter(|(_, count)| *count != 0).collect()
    }
}

/// A spanning forest of the graph of two effects, the levels of the second after those of the first.
struct Forest<'a> {
    first: &'a Factor,
    second: &'a Factor,
    /// Nodes from the roots outwards.
    order: Vec<usize>,
    /// The node before each and the row that joins them; `None` for roots.
    before: Vec<Option<(usize, usize)>>,
    depths: Vec<usize>,
}

impl<'a> Forest<'a> {
    fn new(first: &'a Factor, second: &'a Factor) -> Self {
        let nodes = first.nlevels() + second.nlevels();
        let joining = joining_rows(first, second);
        let mut forest = Self {
            first,
            second,
            order: Vec::with_capacity(nodes),
            before: vec![None; nodes],
            depths: vec![0; nodes],
        };
        let mut edges: Vec<Vec<u32>> = vec![Vec::new(); nodes];
        for row in joining {
            let (a, b) = forest.ends(row);
            edges[a].push(row as u32);
            edges[b].push(row as u32);
        }
        let mut met = vec![false; nodes];
        for root in 0..nodes {
            if std::mem::replace(&mut met[root], true) {
                continue;
            }
            let mut next = forest.order.len();
            forest.order.push(root);
            while next < forest.order.len() {
                let node = forest.order[next];
                next += 1;
                for &row in &edges[node] {
                    let (a, b) = forest.ends(row as usize);
                    let other = if a == node { b } else { a };
                    if !std::mem::replace(&mut met[other], true) {
                        forest.before[other] = Some((node, row as usize));
                        forest.depths[other] = forest.depths[node] + 1;
                        forest.order.push(other);
                    }
                }
            }
        }
        forest
    }

    /// The two nodes that a row joins.
    fn ends(&self, row: usize) -> (usize, usize) {
        (self.first.codes()[row] as usize, self.first.nlevels() + self.second.codes()[row] as usize)
    }

    /// Values of the nodes, zero at the roots, for which a + b + f = 0 on every row of the forest.
    fn potentials(&self, f: impl Fn(usize) -> u64) -> Vec<u64> {
        let mut potentials = vec![0; self.order.len()];
        for &node in &self.order {
            if let Some((before, row)) = self.before[node] {
                potentials[node] = negate(add(potentials[before], f(row)));
            }
        }
        potentials
    }

    /// The rows of the cycle that a row closes, with alternating signs.
    fn cycle(&self, row: usize) -> Vec<(usize, u64)> {
        let (a, b) = self.ends(row);
        let mut rows = vec![(row, 1)];
        let mut tips = [(a, P - 1), (b, P - 1)]; // -1
        while tips[0].0 != tips[1].0 {
            let deeper = usize::from(self.depths[tips[1].0] > self.depths[tips[0].0]);
            let (node, sign) = tips[deeper];
            let (before, row) = self.before[node].expect("both ends of a row are in one tree");
            rows.push((row, sign));
            tips[deeper] = (before, negate(sign));
        }
        rows
    }
}
