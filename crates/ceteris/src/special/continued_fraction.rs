//! The value of a continued fraction whose elements are given by a function.
//!
//! ```text
//!            1        alpha_1   alpha_2
//! f =  ------------- --------- --------- ...                       (DLMF 1.12.1)
//!        beta_0  +    beta_1 +  beta_2 +
//!
//! D_n = 1 / (beta_n + alpha_n D_(n-1)),     D_0 = delta_0 = 1 / beta_0
//! delta_n = -alpha_n D_n D_(n-1) delta_(n-1),   f_n = f_(n-1) + delta_n    (Steed; Barnett 1974)
//! ```
//!
//! Two passes. Forwards, the differences `delta_n` of successive convergents say how many elements
//! are needed; they are products, so they can be followed far below the rounding error of `f`.
//! Backwards, `f` is evaluated from the last element to the first. Lentz's forward product
//! (Lentz 1976) needs one pass, but multiplies one rounding error into the value per element, and
//! thousands of elements would cost two digits. Backwards each step damps the errors
//! of the steps before it.
//!
//! Assumed: denominators of the convergents do not vanish, which holds for the fractions of
//! `gamma` and `beta` on their domains. Accuracy: truncation below 1e-17, a few rounding errors.

/// Partial numerator and denominator of one level of the fraction.
#[derive(Clone, Copy, Debug)]
pub(super) struct Element {
    /// `alpha_n`.
    pub(super) numerator: f64,
    /// `beta_n`.
    pub(super) denominator: f64,
}

/// The last difference relative to the value. What is left out after it can be some hundred times
/// larger where the fraction converges slowly, so this is far below the rounding error.
const LAST_DIFFERENCE: f64 = 1e-20;

/// Most elements ever taken.
///
/// For a small argument x the fractions converge like exp(-4 sqrt(n x)), and `gamma` and `beta`
/// take them only for x above 0.1: fewer than 2000 elements. For a large parameter a the worst
/// place is the mean, where they converge like exp(-(4/3) n^(3/2) / sqrt(a)): 10.8 a^(1/3)
/// elements, which is 86 000 at the end of the documented domain, a = 1e12 / 2.
const MOST_ELEMENTS: u32 = 200_000;

/// The value of the fraction with `first` = `beta_0` and `element(n)` for n = 1, 2, ..., or `None`
/// if it has not settled after [`MOST_ELEMENTS`] of them.
pub(super) fn evaluate(first: f64, element: impl Fn(f64) -> Element) -> Option<f64> {
    let length = length_needed(first, &element)?;
    let mut tail = 0.0;
    for level in (1..=length).rev() {
        let Element { numerator, denominator } = element(f64::from(level));
        tail = numerator / (denominator + tail);
    }
    Some(1.0 / (first + tail))
}

/// Levels after which the convergents no longer change.
fn length_needed(first: f64, element: impl Fn(f64) -> Element) -> Option<u32> {
    let mut inverse = 1.0 / first;
    let mut difference = inverse;
    let mut value = inverse;
    for level in 1..=MOST_ELEMENTS {
        let Element { numerator, denominator } = element(f64::from(level));
        let next = 1.0 / (denominator + numerator * inverse);
        difference *= -(numerator * inverse) * next;
        value += difference;
        inverse = next;
        if difference.abs() <= LAST_DIFFERENCE * value.abs() {
            return Some(level);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::{Element, evaluate};

    #[test]
    fn all_ones_is_the_golden_ratio() {
        let golden = evaluate(1.0, |_| Element { numerator: 1.0, denominator: 1.0 });
        let expected = 0.5 * (5.0_f64.sqrt() - 1.0);
        assert!(golden.is_some_and(|value| (value - expected).abs() < 1e-15));
    }

    #[test]
    fn a_fraction_that_does_not_settle_says_so() {
        // Period two: the convergents of 1/(1 - 1/(1 - ...)) go round and round.
        let divergent = evaluate(1.0, |_| Element { numerator: -1.0, denominator: 1.0 + 1e-9 });
        assert!(divergent.is_none());
    }
}
