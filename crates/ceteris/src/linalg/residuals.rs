//! u = y - X b, each row summed in doubled precision and rounded once.
//!
//! Row by row, with s + l the sum so far and (p, e) the exact product of x_ij and the leading part of b_j:
//!   s, d = two-sum(s, -p);   l = l + (d - e - x_ij rest(b_j) - rest(x_ij) b_j).
//! Residuals are small differences of large numbers; in doubles they lose the digits that a step of
//! refinement is made of (Bjorck 1996, section 2.9; Ogita, Rump and Oishi 2005, algorithm 5.3).

use rayon::prelude::*;

use super::gram::weighted_dot;
use super::problem::Problem;
use super::vectorized::vectorized;
use crate::special::double_double::DoubleDouble;

/// Rows in a piece: sums, their low parts and one column (12 KiB) stay in the first-level cache.
const PIECE: usize = 512;
/// Rows of a partial sum; fixed, so that sums do not depend on the number of threads.
const BLOCK: usize = 8192;

/// u, and what is summed over its rows while they are in the cache.
#[derive(Debug, Clone)]
pub(crate) struct Residuals {
    pub(crate) values: Vec<f64>,
    /// X'Wu
    pub(crate) scores: Vec<f64>,
    /// u'Wu
    pub(crate) squares: f64,
}

/// The residuals of a problem, with the rests of columns that have one.
pub(crate) fn residuals(problem: &Problem<'_>, coefficients: &[DoubleDouble]) -> Residuals {
    let mut values = problem.y.to_vec();
    let blocks = values.par_chunks_mut(BLOCK).enumerate();
    let sums: Vec<Sums> = blocks
        .map(|(block, values)| {
            let mut sums = Sums::new(problem);
            for (piece, values) in values.chunks_mut(PIECE).enumerate() {
                let first = block * BLOCK + piece * PIECE;
                piece_residuals(problem, coefficients, first, values);
                sums.add(problem, first, values);
            }
            sums
        })
        .collect();
    let Sums { scores, squares } = Sums::total(problem, sums);
    Residuals { values, scores, squares }
}

/// X'Wu alone, of residuals that nobody else needs.
pub(crate) fn residual_scores(problem: &Problem<'_>, coefficients: &[DoubleDouble]) -> Vec<f64> {
    let nobs = problem.y.len();
    let of_block = |block: usize| {
        let mut sums = Sums::new(problem);
        let mut held = [0.0; PIECE];
        for first in (block * BLOCK..nobs.min((block + 1) * BLOCK)).step_by(PIECE) {
            let y = &problem.y[first..nobs.min(first + PIECE)];
            let values = &mut held[..y.len()];
            values.copy_from_slice(y);
            piece_residuals(problem, coefficients, first, values);
            sums.add(problem, first, values);
        }
        sums
    };
    let sums = (0..nobs.div_ceil(BLOCK)).into_par_iter().map(of_block).collect();
    Sums::total(problem, sums).scores
}

/// Sums over a block of rows.
struct Sums {
    scores: Vec<f64>,
    squares: f64,
}

impl Sums {
    fn new(problem: &Problem<'_>) -> Self {
        Self { scores: vec![0.0; problem.x.ncols()], squares: 0.0 }
    }

    fn add(&mut self, problem: &Problem<'_>, first: usize, u: &[f64]) {
        let rows = first..first + u.len();
        let weights = problem.weights.map(|weights| &weights[rows.clone()]);
        for (j, score) in self.scores.iter_mut().enumerate() {
            *score += weighted_dot(&problem.x.col(j)[rows.clone()], weights, u);
        }
        self.squares += weighted_dot(u, weights, u);
    }

    /// The sum of the blocks in their order.
    fn total(problem: &Problem<'_>, blocks: Vec<Self>) -> Self {
        let mut total = Self::new(problem);
        for block in blocks {
            total.scores.iter_mut().zip(&block.scores).for_each(|(sum, score)| *sum += score);
            total.squares += block.squares;
        }
        total
    }
}

/// Turns a piece of y, whose first row is `first`, into residuals.
fn piece_residuals(problem: &Problem<'_>, coefficients: &[DoubleDouble], first: usize, sums: &mut [f64]) {
    let rows = first..first + sums.len();
    let lows = &mut [0.0; PIECE][..sums.len()];
    for (j, b) in coefficients.iter().enumerate() {
        subtract(sums, lows, &problem.x.col(j)[rows.clone()], *b);
        if let Some(rest) = problem.rests.get(j).copied().flatten() {
            let b = b.to_f64();
            lows.iter_mut().zip(&rest[rows.clone()]).for_each(|(low, rest)| *low -= rest * b);
        }
    }
    sums.iter_mut().zip(lows).for_each(|(sum, low)| *sum += *low);
}

vectorized! {
    /// Takes one column times its coefficient from the sums.
    fn subtract(sums: &mut [f64], lows: &mut [f64], column: &[f64], b: DoubleDouble) {
        let (leading, rest) = (b.to_f64(), b.rest());
        for ((sum, low), x) in sums.iter_mut().zip(lows).zip(column) {
            let product = DoubleDouble::product_of_moderate(leading, *x);
            let next = DoubleDouble::sum(*sum, -product.to_f64());
            *sum = next.to_f64();
            *low += next.rest() - product.rest() - x * rest;
        }
    }
}
