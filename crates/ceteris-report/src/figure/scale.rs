//! From numbers to pixels: an axis that begins and ends at round numbers.
//!
//! The step between ticks is 1, 2 or 5 times a power of ten, the smallest that needs no more than
//! the wanted number of ticks. Everything is exact decimal arithmetic or one rounding, so that an
//! axis is the same on any machine.

use crate::interval::Interval;
use crate::number::fixed;

/// A span below this part of the largest value is rounding, not variation.
const LEAST_SPAN: f64 = 1e-12;

/// A numeric axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    /// First and last tick, in steps from zero.
    first: f64,
    last: f64,
    step: f64,
    decimals: u8,
}

impl Scale {
    /// An axis that holds `range`, with about `ticks` ticks.
    pub(super) fn new(range: Interval, ticks: usize) -> Self {
        let range = widened(range);
        let ticks = ticks as f64;
        let (step, decimals) = round_step(range.high / ticks - range.low / ticks);
        Self { first: (range.low / step).floor(), last: (range.high / step).ceil(), step, decimals }
    }

    /// The ticks: value and label.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
        let count = (self.last - self.first) as usize; // a handful, by construction
        let value = |k: usize| (self.first + k as f64) * self.step;
        (0..=count).map(|k| (value(k), fixed(value(k), self.decimals))).collect()
    }

    /// Where `value` stands between the first tick (0) and the last (1).
    pub(super) fn fraction(&self, value: f64) -> f64 {
        (value / self.step - self.first) / (self.last - self.first)
    }
}

/// A range without width, or with one that is lost beside its values, gets some.
fn widened(range: Interval) -> Interval {
    let largest = range.low.abs().max(range.high.abs());
    if range.high - range.low > LEAST_SPAN * largest {
        return range;
    }
    let margin = if largest == 0.0 { 1.0 } else { largest / 10.0 };
    Interval { low: range.low - margin, high: range.high + margin }
}

/// The smallest 1, 2 or 5 times a power of ten not below `least`, and the decimals it needs.
fn round_step(least: f64) -> (f64, u8) {
    let written = format!("{least:e}");
    let (mantissa, exponent) = written.split_once('e').expect("scientific notation has an e");
    let mantissa: f64 = mantissa.parse().expect("the digits before the e");
    let exponent: i32 = exponent.parse().expect("the exponent after the e");
    let (digit, exponent) = match mantissa {
        m if m <= 1.0 => (1, exponent),
        m if m <= 2.0 => (2, exponent),
        m if m <= 5.0 => (5, exponent),
        _ => (1, exponent + 1),
    };
    let step = format!("{digit}e{exponent}").parse().expect("a decimal number");
    (step, u8::try_from(-exponent.min(0)).unwrap_or(u8::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn labels(low: f64, high: f64, ticks: usize) -> Vec<String> {
        let scale = Scale::new(Interval { low, high }, ticks);
        scale.ticks().into_iter().map(|(_, label)| label).collect()
    }

    #[test]
    fn ticks_are_round_numbers_around_the_range() {
        assert_eq!(labels(61.3, 79.2, 5), ["60", "65", "70", "75", "80"]);
        assert_eq!(labels(-1.036, 0.2, 5), ["-1.5", "-1.0", "-0.5", "0.0", "0.5"]);
        assert_eq!(labels(0.0, 0.01, 5), ["0.000", "0.002", "0.004", "0.006", "0.008", "0.010"]);
    }

    #[test]
    fn a_single_value_gets_an_axis_around_it() {
        assert_eq!(labels(0.0, 0.0, 4), ["-1.0", "-0.5", "0.0", "0.5", "1.0"]);
        assert!(labels(70.0, 70.0, 4).contains(&"70".to_owned()));
    }

    #[test]
    fn rounding_errors_are_not_blown_up_to_an_axis() {
        assert_eq!(labels(0.1 + 0.2, 0.3, 4), labels(0.3, 0.3, 4));
    }

    #[test]
    fn the_largest_and_smallest_numbers_have_an_axis() {
        assert!(labels(f64::MIN, f64::MAX, 6).len() <= 8);
        assert!(labels(0.0, f64::from_bits(1), 6).len() <= 8);
        assert!(labels(1e300, 1e300_f64.next_up(), 6).len() <= 8);
    }

    proptest! {
        #[test]
        fn every_value_of_the_range_is_on_the_axis(low in -1e9..1e9_f64, span in 1e-6..1e9_f64) {
            let range = Interval { low, high: low + span };
            let scale = Scale::new(range, 6);
            let (from, to) = (scale.fraction(range.low), scale.fraction(range.high));
            prop_assert!((-1e-9..=1.0).contains(&from) && (0.0..=1.0 + 1e-9).contains(&to));
            prop_assert!(scale.ticks().len() <= 8);
        }
    }
}
