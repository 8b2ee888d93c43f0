//! F = b'V^-1 b / q for q coefficients on their full covariance; F(q, dof) or chi-squared(q) / q.

use super::Inference;
use crate::error::{Error, Result};
use crate::linalg::cholesky::Factor;
use crate::special::{chi_squared, fisher};
use crate::vcov::Distribution;

/// A joint test that coefficients are zero.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
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

impl Inference {
    /// Tests that all these coefficients are zero together.
    ///
    /// # Errors
    /// [`Error::UnknownCoefficient`], [`Error::OmittedCoefficient`]; [`Error::Singular`] if their
    /// covariance is singular (as with fewer clusters than coefficients).
    pub fn wald(&self, names: &[&str]) -> Result<WaldTest> {
        let places = names.iter().map(|name| self.fit().place(name)).collect::<Result<Vec<_>>>()?;
        let vcov = self.vcov().principal(&places);
        let factor = Factor::new(&vcov, SINGULAR);
        if factor.rank() < places.len() || places.is_empty() {
            let pivot = (0..places.len()).find(|j| !factor.kept.contains(j)).unwrap_or(0);
            return Err(Error::Singular { matrix: "the covariance of the tested coefficients", pivot });
        }
        let mut whitened: Vec<f64> = places.iter().map(|&j| self.fit().coefficients()[j]).collect();
        factor.forward(&mut whitened);
        let dof = places.len();
        let statistic = whitened.iter().map(|z| z * z).sum::<f64>() / dof as f64;
        let (dof_residual, p_value) = match self.distribution() {
            Distribution::T(residual) => {
                (Some(residual), fisher::upper_tail(statistic, dof as f64, residual))
            }
            Distribution::Normal => (None, chi_squared::upper_tail(statistic * dof as f64, dof as f64)),
        };
        let names = names.iter().map(ToString::to_string).collect();
        Ok(WaldTest { names, statistic, dof, dof_residual, p_value })
    }
}
