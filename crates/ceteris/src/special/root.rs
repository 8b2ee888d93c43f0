//! A root in a bracket, by Chandrupatla's method.
//!
//! ```text
//! f(a) and f(b) differ in sign; xi = (a - b) / (c - b), phi = (f(a) - f(b)) / (f(c) - f(b)), c the point before
//! inverse quadratic interpolation where phi^2 < xi and (1 - phi)^2 < 1 - xi, else bisection
//! ```
//!
//! Chandrupatla 1997, Advances in Engineering Software 28:145. Assumed: f is continuous; its values may
//! carry errors, the bracket then closes on a change of sign.

use crate::error::{Error, Result};

/// Bisection alone halves a bracket of any two doubles to neighbours within about this many steps.
const MOST_STEPS: usize = 1100;

/// A root of `f` between `low` and `high`, to within `tolerance` times its size.
///
/// # Errors
/// `Inaccurate` if `f` does not change sign, or after too many steps; what `f` returns.
pub(crate) fn root(
    quantity: &'static str,
    (low, high): (f64, f64),
    tolerance: f64,
    mut f: impl FnMut(f64) -> Result<f64>,
) -> Result<f64> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a)?, f(b)?);
    if fa == 0.0 {
        return Ok(a);
    }
    if fb == 0.0 {
        return Ok(b);
    }
    let missed = |error: f64| Error::Inaccurate { quantity, error, tolerance };
    if (fa > 0.0) == (fb > 0.0) || !(fa * fb).is_finite() {
        return Err(missed(high - low));
    }
    let mut share = 0.5;
    for _ in 0..MOST_STEPS {
        let x = a + share * (b - a);
        let fx = f(x)?;
        let (c, fc);
        if (fx > 0.0) == (fa > 0.0) {
            (c, fc) = (a, fa);
        } else {
            (c, fc) = (b, fb);
            (b, fb) = (a, fa);
        }
        (a, fa) = (x, fx);
        let best = if fa.abs() < fb.abs() { a } else { b };
        let closest = (2.0 * f64::EPSILON * best.abs() + 0.5 * tolerance * best.abs()) / (b - a).abs();
        if closest > 0.5 || fa == 0.0 {
            return Ok(best);
        }
        let (xi, phi) = ((a - b) / (c - b), (fa - fb) / (fc - fb));
        share = if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
            fa / (fb - fa) * fc / (fb - fc) + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
        } else {
            0.5
        };
        share = share.clamp(closest, 1.0 - closest);
    }
    Err(missed((b - a).abs()))
}

/// The root of an increasing `f` above zero, when nothing is known but a scale to start from.
///
/// # Errors
/// As [`root`]; `Inaccurate` if `f` is still negative at the largest doubles, or if the scale is not positive.
pub(crate) fn root_above_zero(
    quantity: &'static str,
    scale: f64,
    tolerance: f64,
    mut f: impl FnMut(f64) -> Result<f64>,
) -> Result<f64> {
    let (mut low, mut high) = (0.0, scale);
    while f(high)? < 0.0 {
        low = high;
        high *= 2.0;
        if !(high.is_finite() && high > 0.0) {
            return Err(Error::Inaccurate { quantity, error: f64::INFINITY, tolerance });
        }
    }
    root(quantity, (low, high), tolerance, f)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_of_elementary_functions_are_found() {
        let found = root("cosine", (0.0, 3.0), 1e-15, |x| Ok(x.cos())).unwrap();
        assert!((found - core::f64::consts::FRAC_PI_2).abs() < 1e-15);
        let found = root_above_zero("cube", 1e-3, 1e-14, |x| Ok(x * x * x - 1e6)).unwrap();
        assert!((found - 100.0).abs() < 1e-12);
        let flat = root("flat", (-1.0, 2.0), 1e-12, |x| Ok(x.powi(9) - 1e-9)).unwrap();
        assert!((flat - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_bracket_without_a_root_is_refused() {
        assert!(matches!(root("one", (0.0, 1.0), 1e-9, |_| Ok(1.0)), Err(Error::Inaccurate { .. })));
        assert!(matches!(root_above_zero("-1", 1.0, 1e-9, |_| Ok(-1.0)), Err(Error::Inaccurate { .. })));
        assert!(matches!(root_above_zero("at zero", 0.0, 1e-9, |_| Ok(-1.0)), Err(Error::Inaccurate { .. })));
    }
}
