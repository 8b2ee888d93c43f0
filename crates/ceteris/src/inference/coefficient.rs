//! One estimate with its standard error and the tail it is compared with.
//!
//! statistic = estimate / std_error;  p = P(|T| > |statistic|);  interval = estimate -+ q std_error,
//! with T Student's t (or normal) and q its quantile.

use std::fmt;

use crate::vcov::Distribution;

/// An estimate and its uncertainty.
///
/// # Example
/// ```
/// use ceteris::{Coefficient, Distribution};
/// let effect = Coefficient {
///     name: "effect".to_string(),
///     estimate: 1.0,
///     std_error: 0.5,
///     distribution: Distribution::T(10.0),
/// };
/// assert_eq!(effect.statistic(), 2.0);
/// assert!((effect.p_value() - 0.07339).abs() < 1e-5);
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Coefficient {
    /// The term or combination.
    pub name: String,
    /// The value.
    pub estimate: f64,
    /// Its standard error.
    pub std_error: f64,
    /// What the statistic is compared with.
    pub distribution: Distribution,
}

impl Coefficient {
    /// estimate / std_error
    pub fn statistic(&self) -> f64 {
        self.estimate / self.std_error
    }

    /// The two-sided p-value of "the true value is zero".
    pub fn p_value(&self) -> f64 {
        self.distribution.two_sided(self.statistic())
    }

    /// The interval that covers the true value with probability `level` (such as 0.95): low and high.
    ///
    /// # Panics
    /// If `level` is not between 0 and 1.
    pub fn confint(&self, level: f64) -> (f64, f64) {
        assert!(0.0 < level && level < 1.0, "a confidence level lies between 0 and 1");
        let quantile = self.distribution.quantile(0.5 + 0.5 * level);
        (self.estimate - quantile * self.std_error, self.estimate + quantile * self.std_error)
    }
}

impl fmt::Display for Coefficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (low, high) = self.confint(0.95);
        let Self { name, estimate, std_error, .. } = self;
        write!(
            f,
            "{name}: {estimate:.6} (std. error {std_error:.6}, 95% [{low:.6}, {high:.6}], p = {:.4e})",
            self.p_value()
        )
    }
}
