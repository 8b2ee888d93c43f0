//! Exact absorption when all effects but the largest have few levels together.
//!
//! S (see `reduced`) is dense and factored once. It is singular whenever effects share dummies, and which
//! columns to skip is judged by the share of each that the earlier ones leave. Weights do not change a rank
//! but can hide it: where they spread far or a share is neither clearly zero nor clearly above it, the
//! judge is S without weights. (Correia 2016 gives the counting.)

use rayon::prelude::*;

use super::Block;
use super::basis::square;
use super::cross::RowsByLevel;
use super::one_way::OneWay;
use super::reduced::Reduced;
use crate::linalg::cholesky::Factor;

/// An exactly dependent column of S keeps a share of about 1e-15, an independent one rarely below
/// 1 / nlevels.
const DEPENDENT: f64 = 1e-10;
/// A share below the first is zero and one above the second is not, whatever weights of moderate spread.
const CLEARLY: (f64, f64) = (1e-13, 1e-6);
/// The largest weight over the smallest, up to which S with weights may judge.
const MODERATE_SPREAD: f64 = 1e4;

/// The factored problem.
pub(crate) struct Direct {
    pub(crate) reduced: Reduced,
    factor: Factor,
    rank: usize,
}

impl Direct {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&[f64]>) -> Self {
        let reduced = Reduced::new(blocks, weights);
        let matrix = reduced.dense();
        let mut factor = Factor::of_remainder(&matrix, DEPENDENT);
        if weights.is_some_and(|w| !moderate(w)) || (weights.is_some() && !clear(&factor)) {
            let judge = Factor::of_remainder(&Reduced::new(blocks, None).dense(), DEPENDENT);
            factor = Factor::on(&matrix, &judge.kept);
            let rank = OneWay::rank_of(largest(blocks)) + judge.rank();
            return Self { reduced, factor, rank };
        }
        let rank = OneWay::rank_of(largest(blocks)) + factor.rank();
        Self { reduced, factor, rank }
    }

    pub(crate) fn rank(&self) -> usize {
        self.rank
    }

    /// The coefficients of the others that take all effects out, and the norm of what that takes.
    pub(crate) fn solve(&self, scores: &[f64]) -> (Vec<f64>, f64) {
        let side = self.reduced.right_hand_side(scores);
        let mut a = side.clone();
        self.factor.solve(&mut a);
        let by_others: f64 = side.iter().zip(&a).map(|(r, a)| r * a).sum();
        let by_largest = square(&scores[..self.reduced.basis.nlargest()]);
        (a, (by_largest + by_others.max(0.0)).sqrt())
    }

    /// h_i = w_i (sum_c u_ci^2 + d_i' S^- d_i),  d_i = row i of (I - LL'W) U.
    pub(crate) fn leverage(&self, weights: Option<&[f64]>) -> Vec<f64> {
        let first = &self.reduced.basis.ways[0];
        let order = RowsByLevel::new(first);
        let by_level: Vec<Vec<(usize, f64)>> = (0..first.nlevels)
            .into_par_iter()
            .map(|level| order.rows(level).map(|i| (i, self.reduced_leverage(i, level))).collect())
            .collect();
        let mut leverage = first.leverage(weights);
        for (i, share) in by_level.into_iter().flatten() {
            leverage[i] += weights.map_or(1.0, |w| w[i]) * share;
        }
        leverage
    }

    /// d_i' S^- d_i
    fn reduced_leverage(&self, i: usize, level: usize) -> f64 {
        let basis = &self.reduced.basis;
        let mut row = vec![0.0; self.reduced.size()];
        for (way, offset) in basis.ways.iter().zip(&basis.offsets).skip(1) {
            let first = offset - basis.nlargest() + way.codes()[i] as usize * way.width();
            (0..way.width()).for_each(|c| row[first + c] = way.basis(c, i));
        }
        for c in 0..basis.ways[0].width() {
            let u = basis.ways[0].basis(c, i);
            let (columns, values) = self.reduced.table.row(level * basis.ways[0].width() + c);
            columns.iter().zip(values).for_each(|(&p, v)| row[p as usize] -= u * v);
        }
        self.factor.forward(&mut row);
        square(&row)
    }
}

fn largest<'a>(blocks: &[&'a Block]) -> &'a Block {
    blocks.iter().max_by_key(|block| block.ncolumns()).expect("there is an effect")
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
