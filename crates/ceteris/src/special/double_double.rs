//! A number held as the unevaluated sum of two doubles, about 32 significant digits.
//!
//! ```text
//! x = hi + lo,   |lo| <= ulp(hi) / 2
//! a + b = s + e  exactly,  s = fl(a + b)         (Knuth 1969, two-sum)
//! a * b = p + e  exactly,  e by splitting a and b into halves of 26 bits (Dekker 1971, two-product)
//! sqrt x = r + (x - r^2) / (2 r),  r = fl(sqrt x)     (Karp and Markstein 1997)
//! ln x  = k ln 2 + 2 artanh(s),  s = (m - 1) / (m + 1),  x = m 2^k,  sqrt(1/2) <= m < sqrt(2)
//! artanh(s) = s (1 + s^2/3 + s^4/5 + ...)        (DLMF 4.38.5)
//! ```
//!
//! What the logarithm of a density needs (the four operations, two logarithms, and the exponential
//! back to a double: with it a tail probability of 1e-300 keeps all its digits), and the root that
//! `linalg::orthogonal` needs. No fused multiply-add where splitting cannot overflow: without the
//! hardware instruction it is a slow library call.
//!
//! Assumed: operands finite, no intermediate overflow; `ln` of a positive number. Callers keep
//! infinities away. Accuracy: relative error below 1e-30 in each operation and in `ln`, `ln_1p`;
//! below one unit in the last place of a double in `exp`.

use core::ops::{Add, Div, Mul, Neg, Sub};

/// Terms of the artanh series: |s| < 0.1716, so the first one left out is below 0.0295^21 < 1e-32.
const SERIES_TERMS: i32 = 21;

/// From this term on s^(2k) is below 0.0295^11 < 1e-16, and a double is enough for the rest.
const SERIES_TERMS_IN_PAIRS: i32 = 11;

/// ln 2 to 32 digits.
const LN_2: DoubleDouble = DoubleDouble { hi: core::f64::consts::LN_2, lo: 2.319_046_813_846_299_6e-17 };

/// 2^27 + 1 splits 53 bits into 26 and 27.
const SPLITTER: f64 = 134_217_729.0;

/// Splitting multiplies by `SPLITTER`; above this it could overflow.
const LARGEST_SPLIT: f64 = 1e290;

/// The upper and the lower half of the bits.
fn split(a: f64) -> (f64, f64) {
    let times = SPLITTER * a;
    let high = times - (times - a);
    (high, a - high)
}

/// The unevaluated sum `hi + lo`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DoubleDouble {
    hi: f64,
    lo: f64,
}

impl DoubleDouble {
    /// Nothing.
    pub(crate) const ZERO: Self = Self { hi: 0.0, lo: 0.0 };

    /// `a + b` without error.
    pub(crate) fn sum(a: f64, b: f64) -> Self {
        let hi = a + b;
        let from_b = hi - a;
        let lo = (a - (hi - from_b)) + (b - from_b);
        Self { hi, lo }
    }

    /// `a * b` without error.
    pub(crate) fn product(a: f64, b: f64) -> Self {
        if a.abs().max(b.abs()) > LARGEST_SPLIT {
            let hi = a * b;
            return Self { hi, lo: a.mul_add(b, -hi) };
        }
        Self::product_of_moderate(a, b)
    }

    /// `a * b` without error and without a branch, for factors of at most 1e290.
    pub(crate) fn product_of_moderate(a: f64, b: f64) -> Self {
        let hi = a * b;
        let ((a_high, a_low), (b_high, b_low)) = (split(a), split(b));
        let lo = ((a_high * b_high - hi) + a_high * b_low + a_low * b_high) + a_low * b_low;
        Self { hi, lo }
    }

    /// The square root of a number that is not negative.
    pub(crate) fn sqrt(self) -> Self {
        if self.hi <= 0.0 {
            return Self::ZERO;
        }
        let root = self.hi.sqrt();
        let rest = self - Self::product(root, root);
        Self::canonical(root, rest.hi / (2.0 * root))
    }

    /// `hi + lo` made canonical, for `|lo| <= |hi|`.
    fn canonical(hi: f64, lo: f64) -> Self {
        let sum = hi + lo;
        Self { hi: sum, lo: lo - (sum - hi) }
    }

    /// The nearest double.
    pub(crate) fn to_f64(self) -> f64 {
        self.hi
    }

    /// What the nearest double leaves out.
    pub(crate) fn rest(self) -> f64 {
        self.lo
    }

    /// hi + lo, for `|lo| <= ulp(hi) / 2`.
    pub(crate) fn from_parts(hi: f64, lo: f64) -> Self {
        Self { hi, lo }
    }

    /// Half of it, exactly.
    pub(crate) fn half(self) -> Self {
        Self { hi: 0.5 * self.hi, lo: 0.5 * self.lo }
    }

    /// ln x, for x > 0.
    pub(crate) fn ln(self) -> Self {
        let (mut mantissa, mut exponent) = libm::frexp(self.hi);
        if mantissa < core::f64::consts::FRAC_1_SQRT_2 {
            mantissa *= 2.0;
            exponent -= 1;
        }
        let reduced = Self { hi: mantissa, lo: libm::ldexp(self.lo, -exponent) };
        let of_mantissa = twice_artanh((reduced - 1.0) / (reduced + 1.0));
        LN_2 * f64::from(exponent) + of_mantissa
    }

    /// ln(1 + x), for x > -1, with the relative accuracy of x however small it is.
    pub(crate) fn ln_1p(self) -> Self {
        // Inside, s = x / (2 + x) is as small as in `ln`: |s| <= 0.1716 for -0.29 <= x <= 0.41.
        if (-0.29..=0.41).contains(&self.hi) { twice_artanh(self / (self + 2.0)) } else { (self + 1.0).ln() }
    }

    /// e^x as a double; zero once x is below the logarithm of the smallest double.
    pub(crate) fn exp(self) -> f64 {
        let leading = libm::exp(self.hi);
        leading + leading * self.lo
    }
}

/// 2 artanh(s), for |s| < 0.1716.
fn twice_artanh(s: DoubleDouble) -> DoubleDouble {
    let square = s * s;
    let mut tail = 0.0;
    for k in (SERIES_TERMS_IN_PAIRS..SERIES_TERMS).rev() {
        tail = tail * square.hi + 1.0 / f64::from(2 * k + 1);
    }
    let mut sum = DoubleDouble::from(tail);
    for k in (0..SERIES_TERMS_IN_PAIRS).rev() {
        sum = sum * square + DoubleDouble::from(1.0) / DoubleDouble::from(f64::from(2 * k + 1));
    }
    s * sum * 2.0
}

impl From<f64> for DoubleDouble {
    fn from(value: f64) -> Self {
        Self { hi: value, lo: 0.0 }
    }
}

impl Neg for DoubleDouble {
    type Output = Self;

    fn neg(self) -> Self {
        Self { hi: -self.hi, lo: -self.lo }
    }
}

impl Add for DoubleDouble {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        let high = Self::sum(self.hi, other.hi);
        let low = Self::sum(self.lo, other.lo);
        let folded = Self::canonical(high.hi, high.lo + low.hi);
        Self::canonical(folded.hi, folded.lo + low.lo)
    }
}

impl Add<f64> for DoubleDouble {
    type Output = Self;

    fn add(self, other: f64) -> Self {
        self + Self::from(other)
    }
}

impl Sub for DoubleDouble {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        self + -other
    }
}

impl Sub<f64> for DoubleDouble {
    type Output = Self;

    fn sub(self, other: f64) -> Self {
        self + Self::from(-other)
    }
}

impl Mul for DoubleDouble {
    type Output = Self;

    fn mul(self, other: Self) -> Self {
        let leading = Self::product(self.hi, other.hi);
        let cross = self.hi * other.lo + self.lo * other.hi;
        Self::canonical(leading.hi, leading.lo + cross)
    }
}

impl Mul<f64> for DoubleDouble {
    type Output = Self;

    fn mul(self, other: f64) -> Self {
        self * Self::from(other)
    }
}

impl Div for DoubleDouble {
    type Output = Self;

    /// Long division, three digits of 53 bits.
    fn div(self, other: Self) -> Self {
        let first = self.hi / other.hi;
        let remainder = self - other * first;
        let second = remainder.hi / other.hi;
        let remainder = remainder - other * second;
        let third = remainder.hi / other.hi;
        Self::canonical(first, second) + third
    }
}

#[cfg(test)]
mod tests {
    use super::DoubleDouble;

    /// Both logarithms are good to well beyond a double.
    const TOLERANCE: f64 = 1e-29;

    fn distance(found: DoubleDouble, hi: f64, lo: f64) -> f64 {
        ((found - hi - lo).to_f64() / hi).abs()
    }

    #[test]
    fn logarithms_have_thirty_digits() {
        // mpmath 1.4.1, 50 digits, split into two doubles.
        let ln_10 = DoubleDouble::from(10.0).ln();
        assert!(distance(ln_10, core::f64::consts::LN_10, -2.1707562233822494e-16) < TOLERANCE);
        let ln_tiny = DoubleDouble::from(1.5e-300).ln();
        assert!(distance(ln_tiny, -690.3700627901055, -1.939886951410381e-14) < TOLERANCE);
        let small = DoubleDouble::from(2.0_f64.powi(-40)).ln_1p();
        assert!(distance(small, 9.094947017725146e-13, 2.5077212817525026e-37) < TOLERANCE);
    }

    #[test]
    fn a_root_squared_is_the_number() {
        let root = DoubleDouble::from(2.0).sqrt();
        assert!((root * root - 2.0).to_f64().abs() < 1e-31);
    }

    #[test]
    fn splitting_and_the_fused_product_agree() {
        let (a, b) = (1.0_f64 / 3.0, 1e7_f64 / 7.0);
        let fused = a.mul_add(b, -(a * b));
        assert_eq!((DoubleDouble::product(a, b) - a * b).to_f64(), fused);
    }

    #[test]
    fn a_quotient_times_its_divisor_is_the_dividend() {
        let third = DoubleDouble::from(1.0) / DoubleDouble::from(3.0);
        assert!((third * 3.0 - 1.0).to_f64().abs() < 1e-31);
        assert!((DoubleDouble::from(third.to_f64()) * 3.0 - 1.0).to_f64().abs() > 1e-18);
    }
}
