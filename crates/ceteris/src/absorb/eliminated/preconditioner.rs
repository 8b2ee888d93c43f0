//! What conjugate gradients on S are preconditioned with: its diagonal, or a sparse Cholesky factor.
//!
//! Graphs on which the diagonal is slow are badly connected, and badly connected graphs have factors with
//! few entries: where S has, it is factored before any iteration; else after some, if those foretell that
//! many more would follow. The factor is of M = S + a little of its diagonal, since S has a null space: not
//! exact but close, and the iterations see to the rest. M^-1 would magnify what rounding leaves in that null
//! space: the part of it that is known, one constant for each effect, is taken out before and after.

use rayon::prelude::*;

use super::elimination::Elimination;
use super::reduced::Reduced;
use crate::absorb::levels::{OneWay, square};
use crate::absorb::report::PreconditionedBy;
use crate::error::Result;
use crate::linalg::faer_sparse::{Plan, SparseCholesky, UpperTriangle};

/// A diagonal entry of S that is this share of the one in U'WU, a difference, has lost digits.
const DOUBTFUL: f64 = 1e-6;
/// A diagonal entry of S up to this size belongs to a level that the largest effect spans.
const SPANNED: f64 = 1e-12;
/// Added to the diagonal of the scaled matrix, so that its null space does not stop the factorisation: far
/// below what tells most graphs that are connected from one that is not, and high enough that rounding in the null
/// space, which is magnified by the root of its inverse, stays a digit below the usual tolerance.
const SHIFT: f64 = 1e-6;
/// The share of entries up to which S is sparse.
const SPARSE: f64 = 0.1;
/// Columns of S of which the entries are counted to judge its size.
const SAMPLED: usize = 32;
/// Nanoseconds, roughly, on any machine of the decade: an entry of V in one iteration, an entry of S when
/// formed and ordered, a product of two entries of V, a multiplication in the factor.
const ITERATED: f64 = 2.5;
const ORDERED: f64 = 40.0;
const MULTIPLIED: f64 = 2.0;
const ELIMINATED: f64 = 0.15;

/// The scaling of S and, perhaps, a factor.
pub(crate) struct Preconditioner {
    /// 1 / sqrt(S_pp), or 0 for levels that the largest effect spans.
    scales: Vec<f64>,
    factor: Option<Factor>,
}

/// A factor of M, and what it would magnify to no end.
struct Factor {
    lower: SparseCholesky,
    /// For each plain effect, its place and the unit vector of the scaled matrix that stands for the same constant
    /// on every row. The largest effect spans that constant: the vector is in the null space.
    constants: Vec<(usize, Vec<f64>)>,
}

impl Factor {
    /// Takes the constants out of a right-hand side or a solution.
    fn project(&self, side: &mut [f64]) {
        for (start, constant) in &self.constants {
            let entries = &mut side[*start..start + constant.len()];
            let share: f64 = entries.iter().zip(constant).map(|(x, c)| x * c).sum();
            entries.iter_mut().zip(constant).for_each(|(x, c)| *x -= share * c);
        }
    }
}

/// The constants of the effects beside the largest in the scaled matrix: c_p = sqrt(W_p S_pp), made unit vectors.
fn constants(reduced: &Reduced<'_>, scales: &[f64]) -> Vec<(usize, Vec<f64>)> {
    let Elimination { largest, others, offsets, .. } = &reduced.elimination;
    if !largest.is_plain() || !others.iter().all(OneWay::is_plain) {
        return Vec::new();
    }
    let of = |(way, &start): (&OneWay, &usize)| {
        let entry =
            |p: usize| if scales[start + p] > 0.0 { 1.0 / (way.scale(p) * scales[start + p]) } else { 0.0 };
        let entries: Vec<f64> = (0..way.ncolumns()).map(entry).collect();
        let norm = square(&entries).sqrt();
        (norm > 0.0).then(|| (start, entries.iter().map(|entry| entry / norm).collect()))
    };
    others.iter().zip(offsets).filter_map(of).collect()
}

impl Preconditioner {
    pub(crate) fn diagonal(reduced: &Reduced<'_>) -> Self {
        let mut diagonal = reduced.diagonal();
        let Elimination { largest, others, .. } = &reduced.elimination;
        let plain = largest.is_plain() && others.iter().all(OneWay::is_plain);
        let doubtful = diagonal.iter().zip(&reduced.squares).any(|(d, square)| *d < DOUBTFUL * square);
        let spanned = if plain { 0.0 } else { SPANNED };
        if plain && doubtful {
            diagonal = positive_diagonal(reduced);
        }
        let scale = |d: f64| if d > spanned { 1.0 / d.sqrt() } else { 0.0 };
        Self { scales: diagonal.into_iter().map(scale).collect(), factor: None }
    }

    /// What it is.
    pub(crate) fn kind(&self) -> PreconditionedBy {
        match &self.factor {
            None => PreconditionedBy::Diagonal,
            Some(factor) => PreconditionedBy::SparseFactor { entries: factor.lower.len() },
        }
    }

    /// What it costs to form S and to order its columns.
    pub(crate) fn price(reduced: &Reduced<'_>) -> f64 {
        MULTIPLIED * products(reduced) + ORDERED * estimated_entries(reduced)
    }

    /// Whether few entries of S are there: where most are, the graph is well connected and the diagonal does.
    pub(crate) fn is_sparse(reduced: &Reduced<'_>) -> bool {
        let size = reduced.size() as f64;
        estimated_entries(reduced) <= SPARSE * size * size / 2.0
    }

    /// Factors S if that costs no more than `iterations` with the diagonal; `price` is known already.
    pub(crate) fn factored(
        &self,
        reduced: &Reduced<'_>,
        price: f64,
        iterations: f64,
    ) -> Result<Option<Self>> {
        let budget = iterations * ITERATED * reduced.table.len() as f64;
        if price > budget.max(LITTLE) {
            return Ok(None);
        }
        let matrix = form(reduced, &self.scales);
        let plan = Plan::new(&matrix)?;
        let per_column = plan.len() as f64 / reduced.size() as f64;
        if ELIMINATED * plan.len() as f64 * per_column > budget.max(LITTLE) {
            return Ok(None);
        }
        let factor =
            Some(Factor { lower: plan.factor(&matrix)?, constants: constants(reduced, &self.scales) });
        Ok(Some(Self { scales: self.scales.clone(), factor }))
    }

    /// M^-1 r for several vectors side by side.
    pub(crate) fn apply<const K: usize>(&self, r: &[[f64; K]]) -> Vec<[f64; K]> {
        let Some(factor) = &self.factor else {
            return r.iter().zip(&self.scales).map(|(r, s)| r.map(|r| s * s * r)).collect();
        };
        let size = r.len();
        let mut sides = vec![0.0; size * K];
        for (p, (r, scale)) in r.iter().zip(&self.scales).enumerate() {
            (0..K).for_each(|lane| sides[lane * size + p] = scale * r[lane]);
        }
        sides.chunks_mut(size.max(1)).for_each(|side| factor.project(side));
        factor.lower.solve(&mut sides, K);
        sides.chunks_mut(size.max(1)).for_each(|side| factor.project(side));
        let solution = |p: usize| std::array::from_fn(|lane| self.scales[p] * sides[lane * size + p]);
        (0..size).map(solution).collect()
    }
}

/// What is cheap enough not to think about: 2 milliseconds.
const LITTLE: f64 = 2e6;

/// The diagonal of S where all effects are plain, as a sum without differences, so that weights over many
/// orders of magnitude leave it its digits:
///   S_pp = sum_g v_gp sum_{o of the same effect, o != p} v_go s_p / s_o,
/// which is zero if and only if the largest effect spans level p.
fn positive_diagonal(reduced: &Reduced<'_>) -> Vec<f64> {
    let Elimination { others, offsets, .. } = &reduced.elimination;
    let norms: Vec<f64> =
        others.iter().flat_map(|way| (0..way.ncolumns()).map(|p| 1.0 / way.scale(p))).collect();
    let mut diagonal = vec![0.0; reduced.size()];
    let mut masses: Vec<(usize, f64)> = Vec::new();
    for g in 0..reduced.table.nrows() {
        let (columns, values) = reduced.table.row(g);
        for bounds in offsets.windows(2) {
            let inside = bounds[0]..bounds[1];
            masses.clear();
            let row = columns.iter().map(|&p| p as usize).zip(values).filter(|(p, _)| inside.contains(p));
            masses.extend(row.map(|(p, v)| (p, v * norms[p])));
            let total: f64 = masses.iter().map(|(_, mass)| mass).sum();
            for &(p, own) in &masses {
                // Of a level with most of the total, the difference would have no digits.
                let others = || masses.iter().filter(|(o, _)| *o != p).map(|(_, mass)| mass).sum();
                let rest: f64 = if own < total / 2.0 { total - own } else { others() };
                diagonal[p] += own * rest / (norms[p] * norms[p]);
            }
        }
    }
    diagonal
}

/// Half the products of pairs of entries in the rows of V.
fn products(reduced: &Reduced<'_>) -> f64 {
    let square = |g: usize| (reduced.table.row(g).0.len() as f64).powi(2);
    (0..reduced.table.nrows()).map(square).sum::<f64>() / 2.0
}

/// Entries of the upper triangle of S, from a few columns of it.
fn estimated_entries(reduced: &Reduced<'_>) -> f64 {
    let size = reduced.size();
    let step = size.div_ceil(SAMPLED).max(1);
    let count = size.div_ceil(step);
    let mut met = vec![vec![false; size]; count];
    let sample: Vec<Option<usize>> = (0..size).map(|q| q.is_multiple_of(step).then_some(q / step)).collect();
    for g in 0..reduced.table.nrows() {
        let columns = reduced.table.row(g).0;
        for place in columns.iter().filter_map(|&q| sample[q as usize]) {
            columns.iter().for_each(|&p| met[place][p as usize] = true);
        }
    }
    let entries: usize = met.iter().map(|column| column.iter().filter(|met| **met).count()).sum();
    entries as f64 / count as f64 * size as f64 / 2.0
}

/// The upper triangle of D^-1/2 S D^-1/2, column by column.
fn form(reduced: &Reduced<'_>, scales: &[f64]) -> UpperTriangle {
    let size = reduced.size();
    let transposed = reduced.table.transpose(size);
    let mut pairs: Vec<Vec<(usize, f64)>> = vec![Vec::new(); size];
    reduced.pair_entries().for_each(|(p, q, v)| pairs[q].push((p, v)));
    let columns: Vec<Vec<(usize, f64)>> = (0..size)
        .into_par_iter()
        .map_init(
            || SparseSums::new(size),
            |sums, q| {
                pairs[q].iter().for_each(|&(p, v)| sums.add(p, v));
                let (levels, values) = transposed.row(q);
                for (&g, v) in levels.iter().zip(values) {
                    let (others, entries) = reduced.table.row(g as usize);
                    others.iter().zip(entries).for_each(|(&p, u)| sums.add(p as usize, -u * v));
                }
                sums.add(q, reduced.squares[q]);
                let mut column = sums.take_up_to(q);
                column.iter_mut().for_each(|(p, value)| *value *= scales[*p] * scales[q]);
                if let Some((_, diagonal)) = column.last_mut() {
                    *diagonal = 1.0 + SHIFT;
                }
                column
            },
        )
        .collect();
    let mut matrix = UpperTriangle { starts: vec![0], rows: Vec::new(), values: Vec::new() };
    for column in columns {
        matrix.rows.extend(column.iter().map(|(p, _)| p));
        matrix.values.extend(column.iter().map(|(_, value)| value));
        matrix.starts.push(matrix.rows.len());
    }
    matrix
}

/// Sums of which few are not zero. Which ones is kept in bits, so that adding never has to decide anything.
struct SparseSums {
    sums: Vec<f64>,
    met: Vec<u64>,
}

impl SparseSums {
    fn new(size: usize) -> Self {
        Self { sums: vec![0.0; size], met: vec![0; size.div_ceil(64)] }
    }

    #[inline(always)]
    fn add(&mut self, p: usize, value: f64) {
        self.sums[p] += value;
        self.met[p / 64] |= 1 << (p % 64);
    }

    /// The sums met at places up to `last`, ascending; all are zero again.
    fn take_up_to(&mut self, last: usize) -> Vec<(usize, f64)> {
        let mut taken = Vec::new();
        for (word, bits) in self.met.iter_mut().enumerate() {
            let mut bits = std::mem::take(bits);
            while bits != 0 {
                let p = word * 64 + bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let sum = std::mem::take(&mut self.sums[p]);
                if p <= last {
                    taken.push((p, sum));
                }
            }
        }
        taken
    }
}
