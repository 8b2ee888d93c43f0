//! The regularised incomplete beta function, in the terms of an F ratio.
//!
//! ```text
//! x = a f / (a f + b),   y = 1 - x = b / (a f + b),   f = (x / a) / (y / b)
//! I_x(a, b) = P(F < f),  I_y(b, a) = P(F > f),  F an F ratio with 2a and 2b degrees of freedom
//!
//! x^a y^b / B(a, b) = sqrt(ab / (2 pi (a+b))) exp(L + Delta(a+b) - Delta(a) - Delta(b))
//! L = a ln f - (a+b) ln[1 + (f - 1) a / (a+b)]
//!
//! I_x(a, b) = x^a y^b / B(a, b) * 1/(beta_0 + alpha_1/(beta_1 + ...))  (DLMF 8.17.22, even part,
//!     alpha_n = (a+n-1)(a+b+n-1) n (b-n) x^2 / (a+2n-1)^2              as DiDonato, Morris 1992)
//!     beta_n  = n + n (b-n) x / (a+2n-1) + (a+n)/(a+2n+1) [lambda + 1 + n (1+y)]
//!     lambda  = a - (a+b) x = a y (1 - f)
//! ```
//!
//! Everything is a function of f, so nothing is lost when x rounds to 1 or y to 0: `lambda` comes
//! from f - 1, which is exact, and L is 32 digits wide. Swapping (a, x) with (b, y) and f with 1/f
//! gives the other tail; this file is written for f <= 1, and callers swap.
//!
//! Assumed: a, b > 0 finite, 0 <= f <= 1. The fraction settles if the smaller of a, b is at most
//! 1e12. Accuracy: relative error of the wanted tail below 1e-14 for a, b >= 1/2; below 1e-13 down
//! to 0.005.

use super::continued_fraction::{self, Element};
use super::double_double::DoubleDouble;
use super::stirling;

/// A tail with a shape below 1/2 hugs zero, and its fraction is slow for arguments below this; the
/// other tail's is then fast, and the complement loses at most a factor 110 (for a shape of 0.005).
const SMALL_ARGUMENT: f64 = 0.1;

/// An F ratio with its inverse and logarithm, each kept to 32 digits where it can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ratio {
    value: DoubleDouble,
    /// Not used when it overflows.
    inverse: DoubleDouble,
    ln: DoubleDouble,
}

impl Ratio {
    /// f, for f > 0.
    pub(super) fn of(f: f64) -> Self {
        let value = DoubleDouble::from(f);
        Self { value, inverse: DoubleDouble::from(1.0) / value, ln: value.ln() }
    }

    /// t^2, for t > 0; the square itself may overflow or underflow.
    pub(super) fn of_square(t: f64) -> Self {
        let Self { value, inverse, ln } = Self::of(t);
        Self { value: value * value, inverse: inverse * inverse, ln: ln * 2.0 }
    }

    /// 1 / f.
    pub(super) fn inverted(self) -> Self {
        Self { value: self.inverse, inverse: self.value, ln: -self.ln }
    }
}

/// The distribution of the F ratio with shapes `a` and `b`, at one ratio f <= 1.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beta {
    a: f64,
    b: f64,
    x: f64,
    y: f64,
    lambda: f64,
    ratio: Ratio,
}

impl Beta {
    /// Shapes and ratio, for `ratio` <= 1.
    pub(super) fn new(a: f64, b: f64, ratio: Ratio) -> Self {
        let scaled = a * ratio.value.to_f64();
        let x = scaled / (scaled + b);
        let y = b / (scaled + b);
        let lambda = a * y * -(ratio.value - 1.0).to_f64();
        Self { a, b, x, y, lambda, ratio }
    }

    /// I_x(a, b), the probability of a smaller ratio. `None` if a and b are too large.
    pub(super) fn lower(&self) -> Option<f64> {
        if self.lower_is_slow() { Some(1.0 - self.upper_fraction()?) } else { self.lower_fraction() }
    }

    /// I_y(b, a), the probability of a larger ratio. `None` if a and b are too large.
    pub(super) fn upper(&self) -> Option<f64> {
        if self.lower_is_slow() { self.upper_fraction() } else { Some(1.0 - self.lower_fraction()?) }
    }

    /// Whether I_x(a, b) should be had from its complement.
    fn lower_is_slow(&self) -> bool {
        self.b < 0.5 && self.y * self.a.max(1.0) < SMALL_ARGUMENT
    }

    /// I_x(a, b) by its own fraction.
    fn lower_fraction(&self) -> Option<f64> {
        let fraction = fraction(self.a, self.b, self.x, self.y, self.lambda)?;
        Some(at_most_one(self.times_density(fraction)))
    }

    /// I_y(b, a) by its own fraction.
    fn upper_fraction(&self) -> Option<f64> {
        let fraction = fraction(self.b, self.a, self.y, self.x, -self.lambda)?;
        Some(at_most_one(self.times_density(fraction)))
    }

    /// x^a y^b / B(a, b), which is the density of the ratio times the ratio.
    pub(super) fn density(&self) -> f64 {
        self.times_density(1.0)
    }

    /// factor * x^a y^b / B(a, b).
    fn times_density(&self, factor: f64) -> f64 {
        let Self { a, b, .. } = *self;
        let total = DoubleDouble::sum(a, b);
        let exponent = self.log_kernel(total) + stirling::correction(total.to_f64())
            - stirling::correction(a)
            - stirling::correction(b);
        let scale = (a * (b / total.to_f64()) / core::f64::consts::TAU).sqrt();
        let root = exponent.half().exp(); // its square alone might underflow
        root * (scale * factor) * root
    }

    /// L, with the smaller shape in front so that the logarithm of 1 + ... does not cancel.
    fn log_kernel(&self, total: DoubleDouble) -> DoubleDouble {
        let Self { a, b, ratio, .. } = *self;
        if a > b && ratio.inverse.to_f64().is_finite() {
            let share = DoubleDouble::from(b) / total;
            return -(ratio.ln * b) - total * (share * (ratio.inverse - 1.0)).ln_1p();
        }
        let share = DoubleDouble::from(a) / total;
        let shift = share * (ratio.value - 1.0);
        let log = if shift.to_f64() > -0.5 { shift.ln_1p() } else { ((ratio.value * a + b) / total).ln() };
        ratio.ln * a - total * log
    }
}

/// A probability next to one, put right if rounding has carried it over.
fn at_most_one(probability: f64) -> f64 {
    if probability > 1.0 { 1.0 } else { probability }
}

/// I_x(a, b) B(a, b) / (x^a y^b).
fn fraction(a: f64, b: f64, x: f64, y: f64, lambda: f64) -> Option<f64> {
    let first = a / (a + 1.0) * (lambda + 1.0);
    continued_fraction::evaluate(first, |n| {
        let below = a + 2.0 * n - 1.0;
        let ratio = x / below;
        let alpha = (a + n - 1.0) * ratio * ((a + b + n - 1.0) * ratio) * (n * (b - n));
        let beta = n + n * (b - n) * ratio + (a + n) / (below + 2.0) * (lambda + 1.0 + n * (1.0 + y));
        Element { numerator: alpha, denominator: beta }
    })
}
