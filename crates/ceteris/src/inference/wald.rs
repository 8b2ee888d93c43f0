//! F = b'V^-1 b / q for q coefficients on their full covariance; F(q, dof) or chi-squared(q) / q.

use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;
use crate::special::{chi_squared, fisher};
use crate::vcov::Distribution;

/// A joint test that coefficients are zero.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct WaldTest {
    /// The coefficients tested.
    pub names: Vec<String>,
    /// b'V^-1 b / q
    pub statistic: f64,
    /// q
    pub dof: usize,
    /// Denominator degrees of freedom; `None` for the chi-squared form.
    pub dof_residual: Option<f64>,
    /// The upper tail.
    pub p_value: f64,
}

impl WaldTest {
    /// b'V^-1 b
    pub fn chi_squared(&self) -> f64 {
        self.statistic * self.dof as f64
    }
}

/// A covariance whose scaled pivot falls below this has fewer dimensions than coefficients.
const SINGULAR: f64 = 1e-12;

/// The test that all estimates are zero together.
pub(super) fn wald_of(
    names: Vec<String>,
    estimates: &[f64],
    matrix: &Columns,
    distribution: Distribution,
) -> Result<WaldTest> {
    let factor = Factor::new(matrix, SINGULAR);
    let dof = estimates.len();
    if factor.rank() < dof || dof == 0 {
        let pivot = (0..dof).find(|j| !factor.kept.contains(j)).unwrap_or(0);
        return Err(Error::Singular { matrix: "the covariance of the tested coefficients", pivot });
    }
    let mut whitened = estimates.to_vec();
    factor.forward(&mut whitened);
    let statistic = whitened.iter().map(|z| z * z).sum::<f64>() / dof as f64;
    let (dof_residual, p_value) = match distribution {
        Distribution::T(residual) => (Some(residual), fisher::upper_tail(statistic, dof as f64, residual)),
        Distribution::Normal => (None, chi_squared::upper_tail(statistic * dof as f64, dof as f64)),
    };
    Ok(WaldTest { names, statistic, dof, dof_residual, p_value })
}
