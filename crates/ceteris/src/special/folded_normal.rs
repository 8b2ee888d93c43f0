//! The folded normal distribution: |Z + t| for a standard normal Z.
//!
//! P(|Z + t| > x) = Q(x - t) + Q(x + t),   Q(z) = P(Z > z),   x >= 0
//!
//! The quantile lies between t + q(p) and t + q((1 + p) / 2), q the normal quantile: the first term alone is
//! at least half of the sum. Newton's step is taken where it stays inside the bracket, else the middle.

use super::normal;

/// Steps; each at least halves a bracket that is a few units wide.
const LIMIT: usize = 100;

/// Probability that |Z + `shift`| exceeds `x`.
///
/// # Domain
///
/// Any finite `shift`; 1 for `x` below zero; NaN for NaN.
///
/// # Example
///
/// ```
/// use ceteris::special::{folded_normal, normal};
///
/// assert_eq!(folded_normal::upper_tail(1.5, 0.0), normal::two_sided(1.5));
/// ```
#[must_use]
pub fn upper_tail(x: f64, shift: f64) -> f64 {
    if x < 0.0 {
        return 1.0;
    }
    let t = shift.abs();
    normal::upper_tail(x - t) + normal::upper_tail(x + t)
}

/// The value that |Z + `shift`| falls below with probability `p`.
///
/// # Domain
///
/// `0 <= p < 1` and a finite `shift`; infinity for `p = 1`; NaN otherwise.
///
/// # Example
///
/// ```
/// use ceteris::special::folded_normal;
///
/// assert!((folded_normal::quantile(0.95, 0.0) - 1.959_963_984_540_054).abs() < 1e-14);
/// ```
#[must_use]
pub fn quantile(p: f64, shift: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || !shift.is_finite() {
        return f64::NAN;
    }
    let t = shift.abs();
    let (mut low, mut high) = ((t + normal::quantile(p)).max(0.0), t + normal::quantile(0.5 + 0.5 * p));
    if !high.is_finite() {
        return high;
    }
    let mut x = high;
    for _ in 0..LIMIT {
        let excess = upper_tail(x, t) - (1.0 - p);
        if excess > 0.0 {
            low = x;
        } else {
            high = x;
        }
        let newton = x + excess / (normal::density(x - t) + normal::density(x + t));
        let next = if low <= newton && newton <= high { newton } else { 0.5 * (low + high) };
        if next == x {
            break;
        }
        x = next;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::{quantile, upper_tail};
    use crate::special::normal;

    #[test]
    fn the_quantile_undoes_the_tail() {
        for shift in [0.0, 0.01, 0.5, -1.0, 3.0, 40.0, 1e6] {
            for p in [0.0, 0.01, 0.5, 0.9, 0.95, 0.999] {
                let x = quantile(p, shift);
                // Near x = 0 and far from it, x itself has no more digits than these.
                let tolerance = 1e-13 + f64::EPSILON * x;
                assert!((upper_tail(x, shift) - (1.0 - p)).abs() < tolerance, "{p} {shift} {x}");
            }
        }
    }

    #[test]
    fn far_from_zero_only_one_side_counts() {
        assert!((quantile(0.95, 30.0) - (30.0 + normal::quantile(0.95))).abs() < 1e-13);
    }

    #[test]
    fn outside_the_domain_is_nan() {
        assert!(quantile(-0.1, 0.0).is_nan() && quantile(0.5, f64::INFINITY).is_nan());
        assert_eq!(quantile(1.0, 2.0), f64::INFINITY);
        assert_eq!(upper_tail(-1.0, 0.3), 1.0);
    }
}
