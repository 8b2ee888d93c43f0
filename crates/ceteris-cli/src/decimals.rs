//! How many decimals a reader needs of a number.

use ceteris::Coefficient;

/// The most decimals a table shows: below that a number is better read from the JSON.
const MOST: i32 = 20;

/// Digits of a standard error; the estimate and its interval have as many decimals.
const STD_ERROR_DIGITS: i32 = 4;

/// Digits of an estimate whose standard error says nothing about them.
const ESTIMATE_DIGITS: i32 = 7;

/// The decimals of a coefficient, its standard error and its interval.
pub(crate) fn decimals_of(coef: &Coefficient) -> u8 {
    match coef.std_error {
        Ok(error) if error.is_finite() => decimals(error, STD_ERROR_DIGITS),
        _ => decimals(coef.estimate, ESTIMATE_DIGITS),
    }
}

/// A level as a percentage, such as `95%`.
pub(crate) fn percent(level: f64) -> String {
    let percent = format!("{:.6}", 100.0 * level);
    format!("{}%", percent.trim_end_matches('0').trim_end_matches('.'))
}

/// The decimals that show `significant` digits of a number (none of 0, and as many of what is not
/// a number).
pub(crate) fn decimals(value: f64, significant: i32) -> u8 {
    let size = value.abs();
    if !size.is_finite() || size == 0.0 {
        return 0;
    }
    // `{:e}` rounds as `{:.n}` does: 9.996 to three digits is 1.00e1, and needs one decimal.
    let scientific = format!("{size:.*e}", usize::try_from(significant - 1).unwrap_or(0));
    let exponent = scientific.rsplit('e').next().and_then(|e| e.parse::<i32>().ok()).unwrap_or(0);
    u8::try_from((significant - 1 - exponent).clamp(0, MOST)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::{decimals, percent};

    #[test]
    fn a_level_is_a_short_percentage() {
        assert_eq!([percent(0.95), percent(0.55), percent(0.999)], ["95%", "55%", "99.9%"]);
    }

    #[test]
    fn the_digits_asked_for_are_shown() {
        for (value, digits, expected) in [
            (0.1234, 3, 3),
            (12.34, 3, 1),
            (1234.0, 3, 0),
            (-0.00123, 2, 4),
            (9.996, 3, 1),
            (0.0, 4, 0),
            (f64::NAN, 4, 0),
            (1e-300, 4, 20),
            (f64::MAX, 4, 0),
        ] {
            assert_eq!(decimals(value, digits), expected, "{value}");
        }
    }
}
