//! The chi-squared distribution.
//!
//! ```text
//! P(X > x) = Q(df / 2, x / 2),   Q the regularised incomplete gamma function    (DLMF 8.2.4)
//! ```
//!
//! Assumed: nothing. Accuracy: relative error below 1e-13 for `df` from 0.01 to 1e12, while the
//! value is above 1e-300.

use super::double_double::DoubleDouble;
use super::gamma;

/// Beyond this many degrees of freedom the fraction near the mean grows longer than its limit.
pub(super) const MOST_DOF: f64 = 1e12;

/// Probability that a chi-squared variable with `df` degrees of freedom exceeds `x`.
///
/// `df` need not be whole.
///
/// # Domain
///
/// `x >= 0`, infinite too, and `0 < df <= 1e12` (not subnormal); NaN otherwise. Relative
/// error below 1e-13 for `df >= 0.01` while the value is above 1e-300.
///
/// # Example
///
/// ```
/// use ceteris::special::chi_squared;
///
/// // Two degrees of freedom: exp(-x / 2).
/// let p = chi_squared::upper_tail(6.0, 2.0);
/// assert!((p - (-3.0_f64).exp()).abs() < 1e-16);
/// ```
#[must_use]
pub fn upper_tail(x: f64, df: f64) -> f64 {
    let in_domain = x >= 0.0 && (f64::MIN_POSITIVE..=MOST_DOF).contains(&df);
    if !in_domain {
        return f64::NAN;
    }
    if x.is_infinite() {
        return 0.0;
    }
    gamma::upper(0.5 * df, DoubleDouble::from(0.5 * x)).unwrap_or(f64::NAN)
}
