//! Fisher's F distribution.
//!
//! ```text
//! P(F > f) = I_y(df2 / 2, df1 / 2),   y = df2 / (df1 f + df2)                    (DLMF 8.17.2)
//! P(F > f) -> Q(df1 / 2, df1 f / 2)   as df2 -> infinity: chi-squared over df1
//! ```
//!
//! `beta` is written for f <= 1; a larger f is the lower tail of 1 / f with the degrees of freedom
//! exchanged.
//!
//! Assumed: nothing. Accuracy: relative error below 1e-13 for degrees of freedom from 0.01 to 1e12
//! (`df2` to infinity), while the value is above 1e-300.

use super::beta::{Beta, Ratio};
use super::chi_squared::MOST_DOF;
use super::double_double::DoubleDouble;
use super::gamma;

/// With df2 this many times max(df1, 1), F and its limit differ by less than 1e-16: the logarithm
/// of a tail above 1e-300 moves by (a f - a)^2 / (2 b), at most 700^2 max(df1, 1) / df2.
const AS_GOOD_AS_INFINITE: f64 = 1e22;

/// Probability that an F variable with `df1` and `df2` degrees of freedom exceeds `f`.
///
/// Degrees of freedom need not be whole. `df2` may be infinite: `df1 f` is then chi-squared.
///
/// # Domain
///
/// `f >= 0`, infinite too, `0 < df1 <= 1e12` and `df2 > 0` (not subnormal); NaN
/// otherwise. Relative error below 1e-13 for `df1`, `df2 >= 0.01` while the value is above 1e-300.
///
/// # Example
///
/// ```
/// use ceteris::special::fisher;
///
/// // Two and n degrees of freedom: (1 + 2 f / n)^(-n / 2).
/// let p = fisher::upper_tail(3.0, 2.0, 4.0);
/// assert!((p - 0.16).abs() < 1e-16);
/// ```
#[must_use]
pub fn upper_tail(f: f64, df1: f64, df2: f64) -> f64 {
    let in_domain = f >= 0.0 && (f64::MIN_POSITIVE..=MOST_DOF).contains(&df1) && df2 >= f64::MIN_POSITIVE;
    if !in_domain {
        return f64::NAN;
    }
    if f == 0.0 {
        return 1.0;
    }
    if f.is_infinite() {
        return 0.0;
    }
    let (a, b) = (0.5 * df1, 0.5 * df2);
    let ratio = Ratio::of(f);
    let tail = if df2 >= AS_GOOD_AS_INFINITE * df1.max(1.0) {
        gamma::upper(a, DoubleDouble::product(a, f))
    } else if f >= 1.0 {
        Beta::new(b, a, ratio.inverted()).lower()
    } else {
        Beta::new(a, b, ratio).upper()
    };
    tail.unwrap_or(f64::NAN)
}
