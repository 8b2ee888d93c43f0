//! Student's t distribution.
//!
//! ```text
//! P(|T| > t) = I_y(dof / 2, 1/2),   y = dof / (dof + t^2)                        (DLMF 8.17.2)
//! t density(t) = x^(1/2) y^(dof/2) / B(1/2, dof/2),   x = 1 - y
//! ```
//!
//! T^2 is an F variable with 1 and `dof` degrees of freedom, so `beta` does the work. The quantile
//! solves P(|T| > t) = 2 (1 - p), or P(|T| < t) = 2 p - 1 nearer the centre, by Newton steps in
//! (ln t, ln P). Both ln P are concave in ln t (the logarithm of an F variable is log-concave), so
//! from the right of the root, or from the left in the centre, every step lands on that same side
//! and the steps converge; from the other side the first step crosses over.
//!
//! Assumed: nothing. Accuracy: relative error below 1e-13 for `dof` from 0.01 to infinity, in the
//! tails while they are above 1e-300 and in the quantile for p in the same range.

use super::beta::{Beta, Ratio};
use super::normal;

/// From here on t and normal tails differ by less than 1e-16: by t^4 / (4 dof) with t < 38.
const AS_GOOD_AS_NORMAL: f64 = 1e22;

/// Below this the quantile grows like p to the power -100 or worse, and its digits with it.
const LEAST_QUANTILE_DOF: f64 = 0.01;

/// Newton stops at a step of ln t this small: the next one would be about its square.
const LAST_STEP: f64 = 1e-9;

/// Newton steps at most. The starting point is within a few per cent, or on the side from which
/// convergence is monotone: 12 steps were the most in 60 000 random cases over the domain.
const MOST_STEPS: u32 = 60;

/// Below this the power law of the far tail is the better start; above, Peizer and Pratt's formula.
const FEW_DOF: f64 = 10.0;

/// Where the far tail is a pure power: dof / t^2 is below the rounding error, and t^-10 does not
/// underflow.
const FAR_OUT: f64 = 1e25;

/// Where the density is its value at zero.
const CLOSE_IN: f64 = 1e-100;

/// Factor on t where the tail has underflowed, on the way back to a root where it has not.
const BACK_OFF: f64 = 0.75;

/// The largest step of ln t, against overflow far from the root.
const LONGEST_STEP: f64 = 500.0;

/// Probability that a t variable with `dof` degrees of freedom exceeds `t`.
///
/// `dof` need not be whole; infinite means normal.
///
/// # Domain
///
/// Any `t`, infinite too, and `dof > 0` (not subnormal); NaN otherwise. Relative error
/// below 1e-13 for `dof >= 0.01` while the value is above 1e-300.
///
/// # Example
///
/// ```
/// use ceteris::special::student;
///
/// // One degree of freedom is the Cauchy distribution.
/// assert!((student::upper_tail(1.0, 1.0) - 0.25).abs() < 1e-16);
/// ```
#[must_use]
pub fn upper_tail(t: f64, dof: f64) -> f64 {
    let half = 0.5 * two_sided(t, dof);
    if t < 0.0 { 1.0 - half } else { half }
}

/// Probability that a t variable with `dof` degrees of freedom exceeds `t` in absolute value: the
/// p-value of a two-sided test.
///
/// # Domain
///
/// As [`upper_tail`].
///
/// # Example
///
/// ```
/// use ceteris::special::student;
///
/// // Two degrees of freedom: 1 - t / sqrt(2 + t^2).
/// let p = student::two_sided(-4.0, 2.0);
/// assert!((p - (1.0 - 4.0 / 18.0_f64.sqrt())).abs() < 1e-15);
/// ```
#[must_use]
pub fn two_sided(t: f64, dof: f64) -> f64 {
    if t.is_nan() || !(f64::MIN_POSITIVE..=f64::INFINITY).contains(&dof) {
        return f64::NAN;
    }
    if dof >= AS_GOOD_AS_NORMAL {
        return normal::two_sided(t);
    }
    let t = t.abs();
    if t == 0.0 {
        return 1.0;
    }
    if t.is_infinite() {
        return 0.0;
    }
    Side::Outer.probability(t, dof)
}

/// The value that a t variable with `dof` degrees of freedom falls below with probability `p`.
///
/// The half-width of a 95% confidence interval is `quantile(0.975, dof)` standard errors.
///
/// # Domain
///
/// `0 <= p <= 1` and `dof >= 0.01`, infinite too; NaN otherwise. Infinite where the quantile is
/// above the largest double, as at the ends. Relative error below 1e-13 for `p` above 1e-300.
///
/// # Example
///
/// ```
/// use ceteris::special::student;
///
/// assert!((student::quantile(0.975, 49.0) - 2.009_575_237_129_24).abs() < 1e-13);
/// assert_eq!(student::quantile(0.5, 49.0), 0.0);
/// ```
#[must_use]
pub fn quantile(p: f64, dof: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) || !(LEAST_QUANTILE_DOF..=f64::INFINITY).contains(&dof) {
        return f64::NAN;
    }
    if dof >= AS_GOOD_AS_NORMAL {
        return normal::quantile(p);
    }
    let from_half = p - 0.5;
    if from_half == 0.0 {
        return 0.0;
    }
    let tail = p.min(1.0 - p); // exact: 1 - p rounds only if p < 1/2
    let size = if tail == 0.0 {
        f64::INFINITY
    } else if tail < 0.25 {
        solve(Side::Outer, 2.0 * tail, dof, tail_start(tail, dof))
    } else {
        let central = 2.0 * from_half.abs();
        solve(Side::Inner, central, dof, central / (2.0 * peak(dof)))
    };
    size.copysign(from_half)
}

/// Which part of the distribution of |T| is meant.
#[derive(Clone, Copy, Debug)]
enum Side {
    /// P(|T| > t)
    Outer,
    /// P(|T| < t)
    Inner,
}

impl Side {
    /// The probability of this side, for 0 < `t` finite.
    fn probability(self, t: f64, dof: f64) -> f64 {
        let beta = square(t, dof);
        let probability = match (self, t >= 1.0) {
            (Self::Outer, true) | (Self::Inner, false) => beta.lower(),
            (Self::Outer, false) | (Self::Inner, true) => beta.upper(),
        };
        probability.unwrap_or(f64::NAN)
    }

    /// Sign of its slope in t.
    fn slope(self) -> f64 {
        match self {
            Self::Outer => -1.0,
            Self::Inner => 1.0,
        }
    }
}

/// The distribution of T^2 at `t`^2, turned so that the ratio is at most one.
fn square(t: f64, dof: f64) -> Beta {
    let ratio = Ratio::of_square(t);
    if t >= 1.0 { Beta::new(0.5 * dof, 0.5, ratio.inverted()) } else { Beta::new(0.5, 0.5 * dof, ratio) }
}

/// Newton's method for P(t) = `target` in logarithms of both.
fn solve(side: Side, target: f64, dof: f64, start: f64) -> f64 {
    let mut t = start;
    for _ in 0..MOST_STEPS {
        if t == 0.0 || !t.is_finite() {
            return t;
        }
        let probability = side.probability(t, dof);
        if probability == 0.0 {
            t *= BACK_OFF;
            continue;
        }
        // d ln P / d ln t = +-2 t density(t) / P
        let slope = side.slope() * 2.0 * square(t, dof).density() / probability;
        let gap = libm::log1p((target - probability) / probability);
        let step = (gap / slope).clamp(-LONGEST_STEP, LONGEST_STEP);
        t *= libm::exp(step);
        if step.abs() <= LAST_STEP {
            return t;
        }
    }
    f64::NAN
}

/// A starting point for the value exceeded with probability `tail` < 1/4.
fn tail_start(tail: f64, dof: f64) -> f64 {
    if dof < FEW_DOF {
        // P(|T| > t) = 2 t density(t) / dof as t grows, and both are powers -dof of t.
        let at_far = 2.0 * square(FAR_OUT, dof).density() / dof;
        let log_ratio = libm::log(at_far) - libm::log(2.0 * tail);
        FAR_OUT * libm::exp(log_ratio / dof)
    } else {
        // Peizer and Pratt 1968, inverted: good to a few per cent.
        let z = normal::quantile(tail);
        let adjusted = dof - 2.0 / 3.0 + 0.1 / dof;
        let exponent = z * z * (dof - 5.0 / 6.0) / (adjusted * adjusted);
        (dof * libm::expm1(exponent)).sqrt()
    }
}

/// Height of the density at zero, by its limit.
fn peak(dof: f64) -> f64 {
    square(CLOSE_IN, dof).density() / CLOSE_IN
}
