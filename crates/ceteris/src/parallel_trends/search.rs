//! Where a probability of a box meets a level: found on few points, and corrected once on many.
//!
//! ```text
//! x = x_0 - f(x_0) / f'(x_0),   f on many points, f' and x_0 on few: f(x_0) = 0 there
//! ```
//!
//! One Newton step: what is left is of second order in the error on few points.

use crate::error::Result;
use crate::special::multivariate_normal::{ACCURACY, Accuracy};

/// Error of the probability on few points, as a share of the tail that it bounds.
const SHARE: f64 = 4e-3;

/// Few points, for each replicate: a search asks some ten times.
const FEW: u32 = 1 << 11;

/// Few points, for a search in which the probability outside is about `tail`.
pub(super) fn few(tail: f64) -> Accuracy {
    Accuracy { wanted: SHARE * tail, allowed: ACCURACY.allowed.max(SHARE), points: FEW }
}

/// The root of `gap` on many points from its root on `few`; its slope is taken over two steps.
pub(super) fn corrected(
    near: f64,
    step: f64,
    few: Accuracy,
    gap: impl Fn(f64, Accuracy) -> Result<f64>,
) -> Result<f64> {
    let rise = gap(near + step, few)? - gap(near - step, few)?;
    Ok(near - gap(near, ACCURACY)? * 2.0 * step / rise)
}
