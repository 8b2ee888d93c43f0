//! One estimate with its standard error and the tail it is compared with.
//!
//! statistic = estimate / std_error;  p = P(|T| > |statistic|);  interval = estimate -+ q std_error,
//! with T Student's t (or normal) and q its quantile. Where a variance is zero but for rounding there is no
//! standard error, and none of the three: this file is the one place that divides by one.

use std::fmt;

use crate::error::{Error, NoStandardError, Result};
use crate::notice::Notice;
use crate::vcov::{Distribution, Floor};

/// An estimate and its uncertainty.
///
/// # Example
/// ```
/// use ceteris::{Coefficient, Distribution};
/// let effect = Coefficient {
///     name: "effect".to_string(),
///     estimate: 1.0,
///     std_error: Ok(0.5),
///     distribution: Distribution::T(10.0),
/// };
/// assert_eq!(effect.statistic()?, 2.0);
/// assert!((effect.p_value()? - 0.07339).abs() < 1e-5);
/// assert!(effect.confint(0.95)?.0 < 0.0 && effect.confint(95.0).is_err());
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Coefficient {
    /// The term or combination.
    pub name: String,
    /// The value.
    pub estimate: f64,
    /// Its standard error, or why there is none.
    pub std_error: Result<f64, NoStandardError>,
    /// What the statistic is compared with.
    pub distribution: Distribution,
}

impl Coefficient {
    /// An estimate and its variance, which is nothing where its root is not above the floor.
    pub(crate) fn of_variance(
        name: impl Into<String>,
        (estimate, variance): (f64, f64),
        floor: Floor,
        distribution: Distribution,
    ) -> Self {
        Self { name: name.into(), estimate, std_error: floor.root(variance), distribution }
    }

    /// The standard error, for what cannot go on without one.
    ///
    /// # Errors
    /// [`NoStandardError`](Error::NoStandardError).
    pub fn needed_std_error(&self) -> Result<f64> {
        self.std_error.map_err(|reason| Error::NoStandardError { name: self.name.clone(), reason })
    }

    /// estimate / std_error
    ///
    /// # Errors
    /// [`NoStandardError`](Error::NoStandardError).
    pub fn statistic(&self) -> Result<f64> {
        Ok(self.estimate / self.needed_std_error()?)
    }

    /// The two-sided p-value of "the true value is zero".
    ///
    /// # Errors
    /// [`NoStandardError`](Error::NoStandardError).
    pub fn p_value(&self) -> Result<f64> {
        Ok(self.distribution.two_sided(self.statistic()?))
    }

    /// The interval that covers the true value with probability `level` (such as 0.95): low and high.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) unless `level` is between 0 and 1;
    /// [`NoStandardError`](Error::NoStandardError).
    pub fn confint(&self, level: f64) -> Result<(f64, f64)> {
        share("level", level)?;
        let half = self.distribution.quantile(0.5 + 0.5 * level) * self.needed_std_error()?;
        Ok((self.estimate - half, self.estimate + half))
    }

    /// `(std. error 0.5, 95% [0.1, 2.1], p = 0.01)`, or why there is none.
    pub(crate) fn uncertainty(&self, level: f64, decimals: usize) -> String {
        let percent = (1e8 * level).round() / 1e6; // 0.55 is 55%, though a hundred times 0.55 is not quite 55
        let found = self.std_error.map(|error| (error, self.confint(level), self.p_value()));
        match found {
            Ok((error, Ok((low, high)), Ok(p))) => format!(
                "(std. error {error:.decimals$}, {percent}% [{low:.decimals$}, {high:.decimals$}], p = {p:.4e})"
            ),
            Err(reason) => format!("(no standard error: {reason})"),
            Ok((error, ..)) => format!("(std. error {error:.decimals$})"), // the level is refused where it was asked
        }
    }

    /// Standard error, t, p, and the ends of the 95 % interval in columns, or dashes.
    pub(crate) fn columns(&self) -> String {
        let found = self.std_error.ok().zip(self.confint(0.95).ok());
        match (found, self.statistic(), self.p_value()) {
            (Some((error, (low, high))), Ok(t), Ok(p)) => {
                format!("{error:>12.6} {t:>9.3} {p:>10.3e} {low:>12.6} {high:>12.6}")
            }
            _ => format!("{0:>12} {0:>9} {0:>10} {0:>12} {0:>12}", "-"),
        }
    }
}

/// A notice for each reason why some of these have no standard error; a perfect fit has one of its own.
pub(crate) fn without_std_error(coefs: &[Coefficient]) -> Vec<Notice> {
    let notice = |reason: NoStandardError| {
        let names = coefs.iter().filter(|coef| coef.std_error == Err(reason));
        let coefficients: Vec<String> = names.map(|coef| coef.name.clone()).collect();
        (!coefficients.is_empty()).then_some(Notice::NoStandardError { coefficients, reason })
    };
    [NoStandardError::NoVariance, NoStandardError::NotPositive].into_iter().filter_map(notice).collect()
}

/// Refuses what is not strictly between 0 and 1.
pub(crate) fn share(setting: &'static str, value: f64) -> Result<()> {
    if value > 0.0 && value < 1.0 {
        return Ok(());
    }
    Err(Error::InvalidSetting { setting, value: value.to_string(), must: "between 0 and 1" })
}

/// Name, estimate, `std_error`, `not_available` with the reason where the standard error is `null`, and the tail.
#[cfg(feature = "serde")]
impl serde::Serialize for Coefficient {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeMap;
        let mut object = serializer.serialize_map(None)?;
        object.serialize_entry("name", &self.name)?;
        object.serialize_entry("estimate", &self.estimate)?;
        object.serialize_entry("std_error", &self.std_error.ok())?;
        if let Err(reason) = self.std_error {
            object.serialize_entry("not_available", &reason.to_string())?;
        }
        object.serialize_entry("distribution", &self.distribution)?;
        object.end()
    }
}

impl fmt::Display for Coefficient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {:.6} {}", self.name, self.estimate, self.uncertainty(0.95, 6))
    }
}
