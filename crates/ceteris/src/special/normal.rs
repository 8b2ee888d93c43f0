//! The standard normal distribution.
//!
//! ```text
//! phi(z) = exp(-z^2 / 2) / sqrt(2 pi)
//! Q(z) = P(Z > z) = erfc(z / sqrt 2) / 2                                        (DLMF 7.2.2, 7.18)
//! Q(z) = Q(x sqrt 2) - phi(z) (z - x sqrt 2) + ...,   x = fl(z / sqrt 2)
//! ```
//!
//! The third line repairs the rounding of z / sqrt 2, which at z = 37 alone costs three digits. The
//! quantile is algorithm AS 241 (Wichura 1988, PPND16), polished by one Newton step.
//!
//! Assumed: nothing. Accuracy: relative error below 1e-15 in density, tails and quantile, for tails
//! above 1e-300.

use core::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

/// 1 / sqrt(2 pi).
const FRAC_1_SQRT_TAU: f64 = 0.398_942_280_401_432_7;

/// sqrt(2) less its nearest double.
const SQRT_2_REST: f64 = -9.667_293_313_452_913e-17;

/// AS 241 changes from its central to its tail approximation at this distance of p from 1/2.
const CENTRAL_HALF_WIDTH: f64 = 0.425;

/// The square of [`CENTRAL_HALF_WIDTH`].
const CENTRAL_OFFSET: f64 = 0.180_625;

/// AS 241 changes to its far tail approximation when sqrt(-ln p) exceeds this, at p = 1.4e-11.
const FAR_TAIL: f64 = 5.0;

/// Height of the density at `z`.
///
/// # Domain
///
/// Any `z`; NaN for NaN.
///
/// # Example
///
/// ```
/// let peak = ceteris::special::normal::density(0.0);
/// assert!((peak - 0.398_942_280_401_432_7).abs() < 1e-16);
/// ```
#[must_use]
pub fn density(z: f64) -> f64 {
    if z.is_infinite() {
        return 0.0;
    }
    let square = z * z;
    if square.is_infinite() {
        return 0.0;
    }
    let rounding = z.mul_add(z, -square);
    let leading = libm::exp(-0.5 * square);
    FRAC_1_SQRT_TAU * (leading - leading * (0.5 * rounding))
}

/// Probability that a standard normal variable exceeds `z`.
///
/// # Domain
///
/// Any `z`, infinite too; NaN for NaN. Relative error below 1e-15 while the value is above 1e-300.
///
/// # Example
///
/// ```
/// use ceteris::special::normal;
///
/// assert_eq!(normal::upper_tail(0.0), 0.5);
/// assert!((normal::upper_tail(37.0) / 5.725_571_222_524_577e-300 - 1.0).abs() < 1e-15);
/// ```
#[must_use]
pub fn upper_tail(z: f64) -> f64 {
    let scaled = z * FRAC_1_SQRT_2;
    let tail = 0.5 * libm::erfc(scaled);
    if z.is_infinite() {
        return tail;
    }
    let rounding = scaled.mul_add(-SQRT_2, z) - scaled * SQRT_2_REST; // z - x sqrt 2
    tail - density(z) * rounding
}

/// Probability that a standard normal variable exceeds `z` in absolute value: the p-value of a
/// two-sided test.
///
/// # Domain
///
/// Any `z`, infinite too; NaN for NaN.
///
/// # Example
///
/// ```
/// let p = ceteris::special::normal::two_sided(-1.959_963_984_540_054);
/// assert!((p - 0.05).abs() < 1e-15);
/// ```
#[must_use]
pub fn two_sided(z: f64) -> f64 {
    2.0 * upper_tail(z.abs())
}

/// The value that a standard normal variable falls below with probability `p`.
///
/// # Domain
///
/// `0 <= p <= 1`, with infinities at the ends; NaN otherwise.
///
/// # Example
///
/// ```
/// use ceteris::special::normal;
///
/// assert!((normal::quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
/// assert_eq!(normal::quantile(0.5), 0.0);
/// ```
#[must_use]
pub fn quantile(p: f64) -> f64 {
    if !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    let from_half = p - 0.5;
    let tail = p.min(1.0 - p); // exact: 1 - p rounds only if p < 1/2
    if tail == 0.0 {
        return f64::INFINITY.copysign(from_half);
    }
    if from_half.abs() <= CENTRAL_HALF_WIDTH {
        let start = central(from_half);
        if from_half.abs() <= 0.25 {
            let below = 0.5 * libm::erf(start * FRAC_1_SQRT_2);
            return start - (below - from_half) / density(start);
        }
    }
    let start = upper_quantile(tail);
    // Subnormal tails carry too few digits to improve on the approximation.
    let polished = if tail < f64::MIN_POSITIVE {
        start
    } else {
        start + (upper_tail(start) - tail) / density(start)
    };
    polished.copysign(from_half)
}

/// AS 241: the value exceeded with probability `tail`, for 0 < `tail` <= 1/2.
fn upper_quantile(tail: f64) -> f64 {
    let from_half = 0.5 - tail;
    if from_half <= CENTRAL_HALF_WIDTH {
        return central(from_half);
    }
    let root = (-libm::log(tail)).sqrt();
    if root <= FAR_TAIL {
        let r = root - 1.6;
        polynomial(&NEAR_NUMERATOR, r) / polynomial(&NEAR_DENOMINATOR, r)
    } else {
        let r = root - 5.0;
        polynomial(&FAR_NUMERATOR, r) / polynomial(&FAR_DENOMINATOR, r)
    }
}

/// AS 241 in the centre, for |p - 1/2| <= 0.425.
fn central(from_half: f64) -> f64 {
    let r = CENTRAL_OFFSET - from_half * from_half;
    from_half * polynomial(&CENTRAL_NUMERATOR, r) / polynomial(&CENTRAL_DENOMINATOR, r)
}

/// Coefficients in rising order.
fn polynomial(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}

const CENTRAL_NUMERATOR: [f64; 8] = [
    3.3871328727963666080e0, 1.3314166789178437745e+2, 1.9715909503065514427e+3, 1.3731693765509461125e+4,
    4.5921953931549871457e+4, 6.7265770927008700853e+4, 3.3430575583588128105e+4, 2.5090809287301226727e+3,
];

const CENTRAL_DENOMINATOR: [f64; 8] = [
    1.0, 4.2313330701600911252e+1, 6.8718700749205790830e+2, 5.3941960214247511077e+3,
    2.1213794301586595867e+4, 3.9307895800092710610e+4, 2.8729085735721942674e+4, 5.2264952788528545610e+3,
];

const NEAR_NUMERATOR: [f64; 8] = [
    1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
    1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4,
];

const NEAR_DENOMINATOR: [f64; 8] = [
    1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
    1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
];

const FAR_NUMERATOR: [f64; 8] = [
    6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
    2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
];

const FAR_DENOMINATOR: [f64; 8] = [
    1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
    7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
];
