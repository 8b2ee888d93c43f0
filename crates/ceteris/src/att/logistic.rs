//! Logistic regression by maximum likelihood.
//!
//! l(b) = sum_i w_i [ d_i x_i'b - log(1 + exp(x_i'b)) ],  p_i = 1 / (1 + exp(-x_i'b))
//! b <- b + (X'VX)^-1 X'W(d - p),  V = diag(w_i p_i (1 - p_i))   (Newton; McCullagh and Nelder 1989, 2.5)
//!
//! A step that lowers l is halved. The iteration ends when the decrement s'(X'VX)^-1 s, s the score, is
//! below its tolerance. Where a combination of the columns separates the two outcomes there is no maximum:
//! the decrement falls by a constant factor and meets the limit first. Columns must be independent.

use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;
use crate::linalg::gram::{cross, gram};

/// Coefficients' inverse information and the fitted probabilities.
#[derive(Debug, Clone)]
pub(crate) struct Logistic {
    pub(crate) probabilities: Vec<f64>,
    /// (X'VX)^-1
    pub(crate) bread: Columns,
}

/// Newton doubles its digits; a regular maximum takes fewer than ten steps. Under separation the decrement
/// has fallen by no more than exp(-25), about 1e-11, after as many.
const LIMIT: usize = 25;
/// Relative to the sum of weights. The step after a decrement of 1e-20 would change b in the tenth digit of
/// its standard error squared, and that step has been taken.
const TOLERANCE: f64 = 1e-20;
/// A scaled pivot of the information below this is rounding: some direction has no information left.
const SINGULAR: f64 = 1e-13;
/// The likelihood is a sum of as many terms as rows; relative to it, a fall of this size is rounding.
const ROUNDING: f64 = 1e-12;
/// A step halved this often has met the rounding of the likelihood.
const MOST_HALVINGS: usize = 30;

impl Logistic {
    /// Fits `outcome` (true is 1) on the columns of `x`; `comparison` names the regression in errors.
    ///
    /// # Errors
    /// [`Error::Separation`] if the iteration does not end.
    pub(crate) fn new(x: &Columns, outcome: &[bool], weights: &[f64], comparison: &str) -> Result<Self> {
        let total: f64 = weights.iter().sum();
        let mut b = vec![0.0; x.ncols()];
        let mut likelihood = log_likelihood(&x.times(&b), outcome, weights);
        let mut residual = f64::INFINITY;
        for _ in 0..LIMIT {
            let probabilities = probabilities(&x.times(&b));
            let information = information(x, &probabilities, weights);
            let score = score(x, outcome, &probabilities, weights);
            let factor = Factor::new(&information, SINGULAR);
            if factor.rank() < x.ncols() {
                break;
            }
            let mut step = score.clone();
            factor.solve(&mut step);
            let decrement: f64 = step.iter().zip(&score).map(|(step, score)| step * score).sum();
            residual = decrement / total;
            (b, likelihood) = advance(x, outcome, weights, &b, &step, likelihood);
            if residual <= TOLERANCE {
                return Ok(Self::at(x, &b, weights));
            }
        }
        let comparison = comparison.to_string();
        Err(Error::Separation { comparison, iterations: LIMIT, residual, tolerance: TOLERANCE })
    }

    fn at(x: &Columns, b: &[f64], weights: &[f64]) -> Self {
        let probabilities = probabilities(&x.times(b));
        let factor = Factor::new(&information(x, &probabilities, weights), 0.0);
        let mut bread = Columns::zeros(x.ncols(), x.ncols());
        for j in 0..x.ncols() {
            bread[(j, j)] = 1.0;
            factor.solve(bread.col_mut(j));
        }
        bread.symmetrise();
        Self { probabilities, bread }
    }
}

/// b + step, with the step halved until the likelihood does not fall.
fn advance(
    x: &Columns,
    outcome: &[bool],
    weights: &[f64],
    b: &[f64],
    step: &[f64],
    likelihood: f64,
) -> (Vec<f64>, f64) {
    let mut length = 1.0;
    for _ in 0..MOST_HALVINGS {
        let next: Vec<f64> = b.iter().zip(step).map(|(b, step)| b + length * step).collect();
        let reached = log_likelihood(&x.times(&next), outcome, weights);
        if reached >= likelihood - ROUNDING * likelihood.abs() {
            return (next, reached);
        }
        length *= 0.5;
    }
    // No shorter step improves the likelihood by more than its rounding; the full step is within it.
    (b.iter().zip(step).map(|(b, step)| b + step).collect(), likelihood)
}

fn probabilities(index: &[f64]) -> Vec<f64> {
    index.iter().map(|z| 1.0 / (1.0 + (-z).exp())).collect()
}

/// sum_i w_i [ d_i z_i - log(1 + exp(z_i)) ], without overflow.
fn log_likelihood(index: &[f64], outcome: &[bool], weights: &[f64]) -> f64 {
    let term = |((z, d), w): ((&f64, &bool), &f64)| {
        let signed = if *d { *z } else { -z };
        w * (signed.min(0.0) - (-z.abs()).exp().ln_1p())
    };
    index.iter().zip(outcome).zip(weights).map(term).sum()
}

/// X'VX
fn information(x: &Columns, probabilities: &[f64], weights: &[f64]) -> Columns {
    let variances: Vec<f64> = probabilities.iter().zip(weights).map(|(p, w)| w * p * (1.0 - p)).collect();
    gram(x, Some(&variances))
}

/// X'W(d - p)
fn score(x: &Columns, outcome: &[bool], probabilities: &[f64], weights: &[f64]) -> Vec<f64> {
    let rest: Vec<f64> =
        outcome.iter().zip(probabilities).map(|(d, p)| f64::from(u8::from(*d)) - p).collect();
    cross(x, Some(weights), &rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn probabilities_of_an_indicator_are_the_shares_of_its_cells() {
        let x = Columns::from_columns(6, &[&[1.0; 6], &[0.0, 0.0, 0.0, 1.0, 1.0, 1.0]]);
        let outcome = [true, false, false, true, true, false];
        let fitted = Logistic::new(&x, &outcome, &[1.0; 6], "test").unwrap();
        assert!((fitted.probabilities[0] - 1.0 / 3.0).abs() < 1e-14);
        assert!((fitted.probabilities[5] - 2.0 / 3.0).abs() < 1e-14);
        // Var(b_0) = 1 / (n p (1 - p)) of the cell x = 0
        assert!((fitted.bread[(0, 0)] - 1.5).abs() < 1e-13);
    }

    #[test]
    fn separated_outcomes_have_no_maximum() {
        let x = Columns::from_columns(4, &[&[1.0; 4], &[1.0, 2.0, 3.0, 4.0]]);
        let outcome = [false, false, true, true];
        let refused = Logistic::new(&x, &outcome, &[1.0; 4], "test");
        assert!(matches!(refused, Err(Error::Separation { .. })));
    }
}
