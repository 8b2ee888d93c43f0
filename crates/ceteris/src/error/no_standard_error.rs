//! Why an estimate has no standard error.

use std::fmt;

/// Why an estimate has no standard error, and so no statistic, p-value or interval.
///
/// # Example
/// ```
/// use ceteris::{Frame, Hc, Ols, error::NoStandardError};
/// let frame = Frame::new()
///     .add_category("group", ["a", "a", "b", "b", "c"].map(Some))?
///     .add_real("y", vec![1.0, 2.0, 4.0, 7.0, 5.0])?;
/// let table = "y ~ group - 1".parse::<Ols>()?.fit(&frame)?.inference(Hc::Hc1)?;
/// assert!(table.coef("group::a")?.std_error.is_ok());
/// // One row alone fits itself: its residual is zero, and nothing tells how it would vary.
/// assert_eq!(table.coef("group::c")?.std_error, Err(NoStandardError::NoVariance));
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum NoStandardError {
    /// The model fits the outcome perfectly: its residuals are rounding, and so is all that is made of them.
    PerfectFit,
    /// The sum that the variance is, over rows, clusters, units or draws, is zero but for rounding.
    NoVariance,
    /// The variance over several ways of clustering is a difference, and it is not above zero.
    NotPositive,
}

impl fmt::Display for NoStandardError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PerfectFit => {
                "the model fits the outcome perfectly, and residuals that are rounding tell nothing"
            }
            Self::NoVariance => "what the variance is made of is zero but for rounding",
            Self::NotPositive => "the variance over several ways of clustering is not above zero",
        })
    }
}
