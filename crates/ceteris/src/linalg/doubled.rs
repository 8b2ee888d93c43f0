//! Arithmetic in pairs of doubles: x = hi + lo with |lo| <= ulp(hi) / 2, about 106 bits.
//!
//! Sums by Knuth's two-sum, products by Dekker's splitting (Dekker 1971, Numer. Math. 18:224;
//! Joldes, Muller and Popescu 2017, ACM TOMS 44:15). Splitting needs |x| < 1e300. No fused
//! multiply-add: without the hardware instruction it is a slow library call.

use std::ops::{Add, Div, Mul, Neg, Sub};

/// An unevaluated sum of two doubles.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Doubled {
    hi: f64,
    lo: f64,
}

/// 2^27 + 1 splits 53 bits into 26 and 27.
const SPLITTER: f64 = 134_217_729.0;

fn two_sum(a: f64, b: f64) -> Doubled {
    let hi = a + b;
    let from_b = hi - a;
    Doubled { hi, lo: (a - (hi - from_b)) + (b - from_b) }
}

fn quick_two_sum(a: f64, b: f64) -> Doubled {
    let hi = a + b;
    Doubled { hi, lo: b - (hi - a) }
}

fn split(a: f64) -> (f64, f64) {
    let times = SPLITTER * a;
    let high = times - (times - a);
    (high, a - high)
}

impl Doubled {
    pub(crate) const ZERO: Self = Self { hi: 0.0, lo: 0.0 };

    /// a * b without error.
    pub(crate) fn product(a: f64, b: f64) -> Self {
        let hi = a * b;
        let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
        Self { hi, lo: ((a_high * b_high - hi) + a_high * b_low + a_low * b_high) + a_low * b_low }
    }

    /// The nearest double.
    pub(crate) fn value(self) -> f64 {
        self.hi
    }

    pub(crate) fn is_positive(self) -> bool {
        self.hi > 0.0
    }

    /// One Newton step from the square root in doubles (Karp and Markstein 1997).
    pub(crate) fn sqrt(self) -> Self {
        if self.hi <= 0.0 {
            return Self::ZERO;
        }
        let root = self.hi.sqrt();
        let rest = self - Self::product(root, root);
        quick_two_sum(root, rest.hi / (2.0 * root))
    }
}

impl From<f64> for Doubled {
    fn from(hi: f64) -> Self {
        Self { hi, lo: 0.0 }
    }
}

impl Add for Doubled {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let high = two_sum(self.hi, other.hi);
        let low = two_sum(self.lo, other.lo);
        let sum = quick_two_sum(high.hi, high.lo + low.hi);
        quick_two_sum(sum.hi, sum.lo + low.lo)
    }
}

impl Neg for Doubled {
    type Output = Self;

    fn neg(self) -> Self {
        Self { hi: -self.hi, lo: -self.lo }
    }
}

impl Sub for Doubled {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Mul for Doubled {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let product = Self::product(self.hi, other.hi);
        quick_two_sum(product.hi, product.lo + (self.hi * other.lo + self.lo * other.hi))
    }
}

impl Div for Doubled {
    type Output = Self;

    fn div(self, other: Self) -> Self {
        let first = self.hi / other.hi;
        let rest = self - other * Self::from(first);
        let second = rest.hi / other.hi;
        let rest = rest - other * Self::from(second);
        quick_two_sum(first, second) + Self::from(rest.hi / other.hi)
    }
}

/// y - X b, each row summed in doubled precision and rounded once.
pub(crate) fn residuals(x: &super::Columns, y: &[f64], coefficients: &[Doubled]) -> Vec<f64> {
    use rayon::prelude::*;
    let row = |i: usize| {
        let fitted = |sum: Doubled, (j, b): (usize, &Doubled)| sum - Doubled::from(x[(i, j)]) * *b;
        coefficients.iter().enumerate().fold(Doubled::from(y[i]), fitted).value()
    };
    (0..y.len()).into_par_iter().with_min_len(1024).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_third_times_three_is_one_to_106_bits() {
        let third = Doubled::from(1.0) / Doubled::from(3.0);
        let rest = third * Doubled::from(3.0) - Doubled::from(1.0);
        assert!(rest.hi.abs() < 1e-31, "{rest:?}");
        assert!(third.lo != 0.0);
    }

    #[test]
    fn what_cancels_in_doubles_is_kept() {
        let sum = Doubled::from(1e16) + Doubled::from(1.0) - Doubled::from(1e16);
        assert_eq!(sum.value(), 1.0);
        let root = Doubled::from(2.0).sqrt();
        assert!((root * root - Doubled::from(2.0)).hi.abs() < 1e-31);
    }
}
