//! Correct significant digits.

/// What a double holds.
pub const MOST_DIGITS: f64 = 15.0;

/// -log10 of the relative error, between 0 and [`MOST_DIGITS`]; for an expected zero, of the error relative to `scale`.
pub fn digits(found: f64, expected: f64, scale: f64) -> f64 {
    let scale = if expected == 0.0 { scale } else { expected };
    let error = ((found - expected) / scale).abs();
    // A NaN would compare as no error at all.
    if error.is_nan() { 0.0 } else { (-error.log10()).clamp(0.0, MOST_DIGITS) }
}
