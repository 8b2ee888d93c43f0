//! Numbers as text: rounded for people, exact for programs.

use crate::Interval;

/// Below this a p-value is shown as a bound, as journals ask; CSV has the exact value.
const SMALLEST_SHOWN_P: f64 = 0.001;
/// Decimals of a p-value.
const P_DECIMALS: u8 = 3;

/// Rounds to `decimals`; a value that rounds to zero has no sign. Infinite values are `inf` and
/// `-inf`.
pub(crate) fn fixed(value: f64, decimals: u8) -> String {
    let shown = format!("{value:.*}", usize::from(decimals));
    let is_zero = shown.chars().all(|c| matches!(c, '-' | '0' | '.'));
    match shown.strip_prefix('-') {
        Some(unsigned) if is_zero => unsigned.to_owned(),
        _ => shown,
    }
}

/// The shortest decimal number that reads back to the same bits.
pub(crate) fn exact(value: f64) -> String {
    format!("{value:?}")
}

/// `[low, high]`.
pub(crate) fn bracketed(interval: Interval, decimals: u8) -> String {
    format!("[{}, {}]", fixed(interval.low, decimals), fixed(interval.high, decimals))
}

/// A p-value: three decimals, or `<0.001`.
pub(crate) fn probability(value: f64) -> String {
    if value < SMALLEST_SHOWN_P {
        return format!("<{}", fixed(SMALLEST_SHOWN_P, P_DECIMALS));
    }
    fixed(value, P_DECIMALS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn rounding_to_zero_loses_the_sign() {
        assert_eq!(fixed(-0.0004, 3), "0.000");
        assert_eq!(fixed(-0.0, 0), "0");
        assert_eq!(fixed(-0.0006, 3), "-0.001");
        assert_eq!(fixed(f64::NEG_INFINITY, 3), "-inf");
    }

    #[test]
    fn any_number_of_decimals_can_be_asked_for() {
        assert_eq!(fixed(0.5, 255).len(), 257);
        assert_eq!(fixed(70.0, 0), "70");
    }

    #[test]
    fn small_p_values_are_bounds() {
        assert_eq!(probability(0.0), "<0.001");
        assert_eq!(probability(0.000_999), "<0.001");
        assert_eq!(probability(0.001), "0.001");
        assert_eq!(probability(1.0), "1.000");
    }

    proptest! {
        #[test]
        fn exact_numbers_read_back_to_the_same_bits(bits: u64) {
            let value = f64::from_bits(bits);
            prop_assume!(!value.is_nan());
            let back: f64 = exact(value).parse().expect("a printed number");
            prop_assert_eq!(back.to_bits(), value.to_bits());
        }
    }
}
