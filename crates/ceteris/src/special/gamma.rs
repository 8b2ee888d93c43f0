//! The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 - P(a, x).
//!
//! ```text
//! x^a e^-x / Gamma(a) = sqrt(a / 2 pi) exp(a ln(x / a) - (x - a) - Delta(a))
//!
//! Q(a, x) = x^a e^-x / Gamma(a) * 1/(beta_0 + alpha_1/(beta_1 + ...))   (DLMF 8.9.2, even part)
//!     alpha_n = n (a - n),   beta_n = lambda + 1 + 2n,   lambda = x - a
//!
//! P(a, x) = x^a e^-x / Gamma(a) * 1/(beta_0 + alpha_1/(beta_1 + ...))   (`beta`'s, b -> infinity)
//!     alpha_n = n (a + n - 1) x^2 / (a + 2n - 1)^2
//!     beta_n = n + n x / (a + 2n - 1) + (a + n) (1 + 2n - lambda) / (a + 2n + 1)
//! ```
//!
//! `lambda` is formed before rounding: near x = a it is what the fraction is sensitive to.
//!
//! Assumed: a > 0 finite, x >= 0. The fractions settle for a up to 1e12. Accuracy: relative error
//! below 1e-14 in Q for a >= 1/2; below 1e-13 down to a = 0.005.

use super::continued_fraction::{self, Element};
use super::double_double::DoubleDouble;
use super::stirling;

/// For a below 1/2 the mean is so close to zero that Q's own fraction would be slow there. Above
/// this argument it needs fewer than 2000 elements; below it Q = 1 - P loses at most a factor 110
/// (for a = 0.005).
const SMALL_ARGUMENT: f64 = 0.1;

/// Q(a, x) < exp(-x / 2) < 1e-2000 beyond this multiple of 1 + a.
const FAR_BEYOND_THE_MEAN: f64 = 1e4;

/// Q(a, x), the probability that a gamma variable of shape a exceeds x. `None` if a is too large.
pub(super) fn upper(a: f64, x: DoubleDouble) -> Option<f64> {
    let argument = x.to_f64();
    if argument <= 0.0 {
        return Some(1.0);
    }
    if argument > FAR_BEYOND_THE_MEAN * (1.0 + a) {
        return Some(0.0);
    }
    let direct = if a < 0.5 { argument >= SMALL_ARGUMENT } else { argument >= a };
    let excess = (x - a).to_f64();
    let probability = if direct {
        let fraction = continued_fraction::evaluate(excess + 1.0, |n| upper_element(a, excess, n))?;
        times_density(a, x, fraction)
    } else {
        let first = a / (a + 1.0) * (1.0 - excess);
        let fraction = continued_fraction::evaluate(first, |n| lower_element(a, argument, excess, n))?;
        1.0 - times_density(a, x, fraction)
    };
    Some(probability.clamp(0.0, 1.0)) // rounding can carry a value next to 0 or 1 over
}

/// alpha_n and beta_n of Q, n >= 1.
fn upper_element(a: f64, lambda: f64, n: f64) -> Element {
    Element { numerator: n * (a - n), denominator: lambda + 1.0 + 2.0 * n }
}

/// alpha_n and beta_n of P, n >= 1.
fn lower_element(a: f64, x: f64, lambda: f64, n: f64) -> Element {
    let below = a + 2.0 * n - 1.0;
    let ratio = x / below;
    Element {
        numerator: n * ratio * ((a + n - 1.0) * ratio),
        denominator: n + n * ratio + (a + n) / (below + 2.0) * (1.0 + 2.0 * n - lambda),
    }
}

/// fraction * x^a e^-x / Gamma(a).
fn times_density(a: f64, x: DoubleDouble, fraction: f64) -> f64 {
    let excess = x - a;
    let log_ratio = if 0.5 * a < x.to_f64() && x.to_f64() < 2.0 * a {
        (excess / DoubleDouble::from(a)).ln_1p()
    } else {
        x.ln() - DoubleDouble::from(a).ln()
    };
    let exponent = log_ratio * a - excess - stirling::correction(a);
    let root = exponent.half().exp(); // its square alone might underflow
    root * ((a / core::f64::consts::TAU).sqrt() * fraction) * root
}

#[cfg(test)]
mod tests {
    use super::upper;
    use crate::special::double_double::DoubleDouble;

    #[test]
    fn shape_one_is_the_exponential() {
        for x in [1e-12, 0.3, 0.99, 1.0, 2.5, 40.0, 650.0] {
            let found = upper(1.0, DoubleDouble::from(x)).unwrap_or(f64::NAN);
            assert!((found / libm::exp(-x) - 1.0).abs() < 1e-15, "x = {x}");
        }
    }

    #[test]
    fn a_shape_too_large_says_so() {
        assert!(upper(1e18, DoubleDouble::from(1e18)).is_none());
    }
}
