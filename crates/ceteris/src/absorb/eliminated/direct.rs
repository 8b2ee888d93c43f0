//! Exact absorption: one effect, or all effects but the largest with few levels together.
//!
//! S (see `reduced`) is dense and factored once. It is singular whenever effects share dummies, and which
//! columns to skip is judged by the share of each that the earlier ones leave. Weights do not change a rank
//! but can hide it: where they spread far or a share is neither clearly zero nor clearly above it, the
//! judge is S without weights. (Correia 2016 gives the counting.)
//! Sweeps repeat until another would change nothing: each takes out what rounding left behind, so that a
//! column of size 1e9 that varies by 1 keeps its digits.

use rayon::prelude::*;

use super::cross::CrossTable;
use super::elimination::{Elimination, GONE, Swept};
use super::margins::{Margins, merge};
use super::reduced::largest_and_others;
use super::schur::schur;
use crate::absorb::levels::Block;
use crate::absorb::report::Outcome;
use crate::linalg::cholesky::Factor;

/// An exactly dependent column of S keeps a share of about 1e-15, an independent one rarely below
/// 1 / nlevels.
const DEPENDENT: f64 = 1e-10;
/// A share below the first is zero and one above the second is not, whatever weights of moderate spread.
const CLEARLY: (f64, f64) = (1e-13, 1e-6);
/// The largest weight over the smallest, up to which S with weights may judge.
const MODERATE_SPREAD: f64 = 1e4;
/// More sweeps than these mean that the matrix of the small effects is close to singular.
const MOST_SWEEPS: usize = 6;
/// What another sweep would take out of a column, as a share of what is left, when it is rounding.
const SETTLED: f64 = 1e-13;

/// The factored problem.
pub(crate) struct Direct<'a> {
    elimination: Elimination<'a>,
    margins: Margins,
    factor: Factor,
    rank: usize,
}

/// The elimination of the largest effect beside the others, of which the small ones are merged.
fn eliminate<'a>(blocks: &[&Block], weights: Option<&'a [f64]>) -> (Elimination<'a>, Margins) {
    let (largest, others) = largest_and_others(blocks);
    let mut margins = Margins::default();
    let elimination = Elimination::new(largest, weights, |rows, weights| {
        let (parts, of_parts) = merge(&others, rows, weights);
        margins = of_parts;
        parts
    });
    (elimination, margins)
}

impl<'a> Direct<'a> {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&'a [f64]>) -> Self {
        let (elimination, margins) = eliminate(blocks, weights);
        let matrix = margins.sandwich(schur(&elimination));
        let of_largest = largest_and_others(blocks).0.rank();
        let factor = Factor::of_remainder(&matrix, DEPENDENT);
        let doubtful = |w: &[f64]| !clear(&factor) || !moderate(w);
        if !weights.is_some_and(doubtful) {
            let rank = of_largest + factor.rank();
            return Self { elimination, margins, factor, rank };
        }
        let (unweighted, of_unweighted) = eliminate(blocks, None);
        let judge = Factor::of_remainder(&of_unweighted.sandwich(schur(&unweighted)), DEPENDENT);
        let rank = of_largest + judge.rank();
        Self { elimination, margins, factor: Factor::on(&matrix, &judge.kept), rank }
    }

    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// Takes all effects out of a column.
    pub(crate) fn absorb(&self, x: &mut [f64]) -> Outcome {
        let elimination = &self.elimination;
        elimination.rows.enter(x);
        let mut swept = elimination.sweep(x, None);
        let before = swept.before.sqrt();
        let mut taken = f64::INFINITY;
        for _ in 1..MOST_SWEEPS {
            let (a, square) = self.solve(&swept);
            taken = square.sqrt();
            let left = swept.left.sqrt();
            if taken <= SETTLED * left || left <= GONE * before {
                break;
            }
            swept = elimination.sweep(x, Some(&a));
        }
        elimination.rows.leave(x);
        Outcome::direct(if before > 0.0 { taken / before } else { 0.0 })
    }

    /// What the others explain, as coefficients of C, and the squared norm that all effects would take out.
    fn solve(&self, swept: &Swept) -> (Vec<f64>, f64) {
        let side = self.margins.collect(&swept.scores);
        let mut a = side.clone();
        self.factor.solve(&mut a);
        let by_others: f64 = side.iter().zip(&a).map(|(r, a)| r * a).sum();
        (self.margins.expand(&a), swept.of_largest + by_others.max(0.0))
    }

    /// h_i = w_i (sum_c u_ci^2 + d_i' S^- d_i),  d_i = row i of (I - LL'W) U.
    pub(crate) fn leverage(&self) -> Vec<f64> {
        let elimination = &self.elimination;
        let weights = elimination.weights.as_deref();
        let table = CrossTable::new(&elimination.largest, &elimination.others, weights);
        let of_level = |level: usize| {
            let places = elimination.rows.places(level);
            places.map(|i| weights.map_or(1.0, |w| w[i]) * self.reduced_leverage(&table, i, level)).collect()
        };
        let of_levels: Vec<Vec<f64>> =
            (0..elimination.rows.nlevels()).into_par_iter().map(of_level).collect();
        let mut leverage = elimination.largest.leverage(weights);
        leverage.iter_mut().zip(of_levels.into_iter().flatten()).for_each(|(h, share)| *h += share);
        elimination.rows.leave(&mut leverage);
        leverage
    }

    /// d_i' S^- d_i
    fn reduced_leverage(&self, table: &CrossTable, i: usize, level: usize) -> f64 {
        let Elimination { largest, others, offsets, .. } = &self.elimination;
        let mut row = vec![0.0; offsets[others.len()]];
        for (way, offset) in others.iter().zip(offsets) {
            let first = offset + way.codes()[i] as usize * way.width();
            (0..way.width()).for_each(|c| row[first + c] = way.basis(c, i));
        }
        for c in 0..largest.width() {
            let u = largest.basis(c, i);
            let (columns, values) = table.row(level * largest.width() + c);
            columns.iter().zip(values).for_each(|(&p, v)| row[p as usize] -= u * v);
        }
        let mut row = self.margins.collect(&row);
        self.factor.forward(&mut row);
        row.iter().map(|x| x * x).sum()
    }
}

fn moderate(weights: &[f64]) -> bool {
    let first = weights.first().copied().unwrap_or(1.0);
    let (low, high) = weights.iter().fold((first, first), |(low, high), &w| {
        (if w < low { w } else { low }, if w > high { w } else { high })
    });
    high <= MODERATE_SPREAD * low
}

fn clear(factor: &Factor) -> bool {
    factor.shares.iter().all(|share| *share < CLEARLY.0 || *share > CLEARLY.1)
}
