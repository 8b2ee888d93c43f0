//! When an iteration ends, and what it vouches for then.
//!
//! An iteration ends when one more projection on any effect would take no more than `tolerance` of the column
//! out, counted on the rows. What all Q effects together still explain may be larger than that residual by
//!   sqrt(Q kappa),   (sqrt(kappa) - 1) / (sqrt(kappa) + 1) = rate,
//! with kappa the condition of the problem and `rate` what conjugate gradients or LSMR shrink a residual by in
//! an iteration (Golub and Van Loan 2013, theorem 11.3.3). Where weights spread far, an iteration can meet the
//! tolerance before it has seen the directions that only small weights hold; since
//!   min(w) D'D <= D'WD <= max(w) D'D,   the spread max(w) / min(w) multiplies kappa at most by itself.

use super::report::Outcome;
use crate::error::{Error, Result};

/// What every iteration can be asked for.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub(in crate::absorb) struct Stop {
    pub(in crate::absorb) tolerance: f64,
    pub(in crate::absorb) limit: usize,
}

impl Default for Stop {
    /// Tolerance 1e-11, so that coefficients keep about nine digits on hard graphs; limit 10,000.
    fn default() -> Self {
        Self { tolerance: 1e-11, limit: 10_000 }
    }
}

/// The smallest tolerance that doubles can resolve.
const FINEST: f64 = 1e-14;
/// The average rate flatters a hard graph, whose slowest directions come last.
const SAFETY: f64 = 10.0;
/// A rate closer to one than this says no more than "very slow".
pub(in crate::absorb) const SLOWEST: f64 = 1.0 - 1e-6;

impl Stop {
    /// Refuses a tolerance that doubles cannot resolve.
    pub(in crate::absorb) fn check(&self) -> Result<()> {
        if self.tolerance.is_finite() && self.tolerance >= FINEST {
            return Ok(());
        }
        Err(Error::InvalidSetting {
            setting: "tolerance",
            value: self.tolerance.to_string(),
            must: "at least 1e-14, what doubles can resolve",
        })
    }

    /// The end of a column, if this is it: `None` while it may go on. A residual that is no finite number is an end too.
    pub(in crate::absorb) fn judge(&self, name: &str, so_far: Outcome) -> Result<Option<Outcome>> {
        let Outcome { iterations, residual, .. } = so_far;
        if residual <= self.tolerance {
            return Ok(Some(so_far));
        }
        if iterations < self.limit && residual.is_finite() {
            return Ok(None);
        }
        Err(self.missed(name, so_far))
    }

    /// The error of a column that stays above the tolerance.
    pub(in crate::absorb) fn missed(&self, name: &str, so_far: Outcome) -> Error {
        let Outcome { iterations, residual, .. } = so_far;
        let (column, tolerance) = (name.to_string(), self.tolerance);
        Error::NotConverged { column, iterations, residual, tolerance }
    }
}

/// max(w) / min(w)
pub(in crate::absorb) fn spread(weights: Option<&[f64]>) -> f64 {
    let Some(weights) = weights else { return 1.0 };
    let (low, high) =
        weights.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), &w| (low.min(w), high.max(w)));
    if low > 0.0 { (high / low).max(1.0) } else { 1.0 }
}

/// By how much the residual may understate what `effects` effects still explain.
pub(in crate::absorb) fn amplification(rate: f64, effects: usize) -> f64 {
    let rate = rate.clamp(0.0, SLOWEST);
    SAFETY * (effects as f64).sqrt() * (1.0 + rate) / (1.0 - rate)
}

/// The builders of a newtype over [`Stop`].
macro_rules! iterative {
    ($settings:ident) => {
        impl $settings {
            /// The largest residual allowed, relative to the column as the settings say (default 1e-11).
            pub fn tolerance(mut self, tolerance: f64) -> Self {
                self.0.tolerance = tolerance;
                self
            }

            /// The largest number of iterations allowed for a column (default 10,000).
            pub fn limit(mut self, iterations: usize) -> Self {
                self.0.limit = iterations;
                self
            }
        }
    };
}
pub(in crate::absorb) use iterative;
