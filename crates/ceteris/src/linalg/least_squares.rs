//! Coefficients and bread of a weighted least-squares problem with independent columns.
//!
//! b = argmin sum_i w_i (y_i - x_i'b)^2,  bread = (X'WX)^-1.
//!
//! Well-conditioned problems: Cholesky factor of the scaled Gram matrix D^-1 X'WX D^-1,
//! D = diag(||x_j||), and one step of refinement with residuals in doubled precision (corrected
//! normal equations, Bjorck 1996, section 2.9). Where a column keeps too small a share of itself
//! after the earlier ones, orthogonalisation in doubled precision instead.

use super::gram::cross;
use super::orthogonal::Orthogonal;
use super::problem::Problem;
use super::residuals::{Residuals, residual_scores, residuals};
use super::{Columns, cholesky, faer, lapack};
use crate::error::Result;
use crate::special::double_double::DoubleDouble;

/// The dense backend that factors what absorption leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum LeastSquares {
    /// Pure Rust, always there.
    #[default]
    Faer,
    /// LAPACK through `ndarray-linalg`; needs the feature `lapack`.
    Lapack,
}

/// The Cholesky road loses about 1e-16 / share digits of the bread: at this share, 1e-12.
const SMALLEST_SHARE: f64 = 1e-4;

/// Coefficients, bread and residuals.
#[derive(Debug, Clone)]
pub(crate) struct Solution {
    pub(crate) coefficients: Vec<f64>,
    pub(crate) bread: Columns,
    pub(crate) residuals: Residuals,
}

impl LeastSquares {
    /// The name as the command line knows it.
    pub fn name(self) -> &'static str {
        match self {
            LeastSquares::Faer => "faer",
            LeastSquares::Lapack => "lapack",
        }
    }

    /// Solves a problem.
    ///
    /// # Errors
    /// Those of the backend.
    pub(crate) fn solve(self, problem: &Problem<'_>) -> Result<Solution> {
        self.check_available()?;
        let Problem { x, normal, y, weights, .. } = problem;
        let scales: Vec<f64> = normal.diagonal().iter().map(|d| 1.0 / d.sqrt()).collect();
        let scaled = rescale(normal, &scales);
        let factor = cholesky::Factor::new(&scaled, 0.0);
        if factor.rank() < x.ncols() || factor.smallest_share() < SMALLEST_SHARE {
            return Ok(solve_doubled(problem));
        }
        let inverse = rescale(&self.inverse(&scaled)?, &scales);
        let first = inverse.times(&cross(x, *weights, y));
        let first: Vec<DoubleDouble> = first.into_iter().map(DoubleDouble::from).collect();
        let step = inverse.times(&residual_scores(problem, &first));
        let refined: Vec<DoubleDouble> = first.iter().zip(&step).map(|(b, d)| *b + *d).collect();
        Ok(Solution {
            residuals: residuals(problem, &refined),
            coefficients: refined.into_iter().map(DoubleDouble::to_f64).collect(),
            bread: inverse,
        })
    }

    /// Refuses a backend that this build leaves out, even where the problem would not need it.
    fn check_available(self) -> Result<()> {
        match self {
            LeastSquares::Lapack if !cfg!(feature = "lapack") => {
                lapack::inverse(&Columns::zeros(0, 0)).map(|_| ())
            }
            _ => Ok(()),
        }
    }

    /// The inverse of a positive definite matrix.
    fn inverse(self, matrix: &Columns) -> Result<Columns> {
        match self {
            LeastSquares::Faer => faer::inverse(matrix),
            LeastSquares::Lapack => lapack::inverse(matrix),
        }
    }

    /// Eigenvalues, ascending, and eigenvectors of a symmetric matrix.
    pub(crate) fn eigen(self, matrix: &Columns) -> Result<(Vec<f64>, Columns)> {
        match self {
            LeastSquares::Faer => faer::eigen(matrix),
            LeastSquares::Lapack => lapack::eigen(matrix),
        }
    }
}

fn solve_doubled(problem: &Problem<'_>) -> Solution {
    let Problem { x, rests, y, weights, .. } = problem;
    let orthogonal = Orthogonal::new(x, rests, *weights, &vec![0.0; x.ncols()]);
    let coefficients = orthogonal.coefficients(y, *weights);
    Solution {
        residuals: residuals(problem, &coefficients),
        coefficients: coefficients.into_iter().map(DoubleDouble::to_f64).collect(),
        bread: orthogonal.bread(),
    }
}

/// diag(scales) A diag(scales)
fn rescale(matrix: &Columns, scales: &[f64]) -> Columns {
    let mut scaled = matrix.clone();
    for j in 0..matrix.ncols() {
        let column = scaled.col_mut(j).iter_mut();
        column.zip(scales).for_each(|(x, scale)| *x *= scale * scales[j]);
    }
    scaled
}
