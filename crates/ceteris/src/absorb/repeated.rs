//! An exact projection, applied until applying it again would change nothing.
//!
//! x <- x - U a(U'Wx): each pass takes out what rounding left behind, so that a column of size 1e9 that varies
//! by 1 keeps its digits (iterative refinement; Higham 2002, section 12.1).

use super::basis::Basis;
use super::norm;
use super::report::Outcome;

/// More passes than two mean that the matrix of the small effects is close to singular.
const MOST_PASSES: usize = 5;
/// What another pass would take out of a column, as a share of what is left, when it is rounding.
const SETTLED: f64 = 1e-13;
/// A column of which no more than this is left is spanned by the effects: the rest is rounding.
const GONE: f64 = 1e-14;

/// Takes the effects out of `x`. `solve` turns scores into a solution and the norm of what it takes out,
/// `coefficients` the solution into coefficients.
pub(super) fn repeated(
    x: &mut [f64],
    weights: Option<&[f64]>,
    basis: &Basis,
    solve: impl Fn(&[f64]) -> (Vec<f64>, f64),
    coefficients: impl Fn(&[f64], &[f64]) -> Vec<f64>,
) -> Outcome {
    let before = norm(x, weights);
    let mut scores = basis.scores(x, weights);
    let (mut solution, mut taken) = solve(&scores);
    for _ in 0..MOST_PASSES {
        let (rescored, square) = basis.subtract(&coefficients(&scores, &solution), x, weights);
        let left = square.sqrt();
        scores = rescored;
        (solution, taken) = solve(&scores);
        if taken <= SETTLED * left || left <= GONE * before {
            break;
        }
    }
    Outcome::direct(if before > 0.0 { taken / before } else { 0.0 })
}
