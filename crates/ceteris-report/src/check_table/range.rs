//! Intervals of real numbers, and the little arithmetic that rounding needs.
//!
//! ```text
//! [a, b] + [c, d] = [a + c, b + d]        [a, b] - [c, d] = [a - d, b - c]
//! [a, b] / [c, d] = hull of the quotients of the ends, for 0 <= c
//! ```
//!
//! The ends are real numbers; only a quotient by an interval that reaches zero is unbounded.

use std::ops::{Add, Sub};

use serde::Serialize;

/// Two intervals that share less than this part of the narrower one only touch: -0.78 and -0.79 are
/// both roundings of -0.785 and of nothing else.
const TOUCH: f64 = 1e-6;

/// All numbers from `low` to `high`.
///
/// # Example
/// ```
/// use ceteris_report::check_table::Range;
///
/// let estimate = Range { low: 0.45, high: 0.55 };
/// let std_error = Range { low: 0.15, high: 0.25 };
/// let statistic = estimate.over(std_error);
/// assert!(statistic.low < 1.81 && statistic.high > 3.66);
/// assert!(!statistic.meets(Range { low: 3.95, high: 4.05 }));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Range {
    /// Low end.
    pub low: f64,
    /// High end, not below the low end; infinite (`null` in JSON) if there is none.
    pub high: f64,
}

impl Range {
    /// One number.
    pub fn point(value: f64) -> Self {
        Self { low: value, high: value }
    }

    /// Whether a number lies in the range, ends included.
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Whether the two share more than an end; a single number meets what contains it.
    pub fn meets(self, other: Self) -> bool {
        let shared = self.high.min(other.high) - self.low.max(other.low);
        let narrower = (self.high - self.low).min(other.high - other.low);
        shared >= 0.0 && shared >= TOUCH * narrower
    }

    /// What the two share, if they meet.
    pub fn shared(self, other: Self) -> Option<Self> {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        self.meets(other).then_some(Self { low, high })
    }

    /// The smallest range that holds both.
    pub fn hull(self, other: Self) -> Self {
        Self { low: self.low.min(other.low), high: self.high.max(other.high) }
    }

    /// The absolute values of its numbers.
    pub fn magnitude(self) -> Self {
        let high = self.low.abs().max(self.high.abs());
        let low = if self.contains(0.0) { 0.0 } else { self.low.abs().min(self.high.abs()) };
        Self { low, high }
    }

    /// All multiples by a factor that is not negative.
    pub fn times(self, factor: f64) -> Self {
        Self { low: self.low * factor, high: self.high * factor }
    }

    /// All quotients by the numbers of a range without negative ones.
    pub fn over(self, divisor: Self) -> Self {
        let (for_low, for_high) = (
            if self.low < 0.0 { divisor.low } else { divisor.high },
            if self.high < 0.0 { divisor.high } else { divisor.low },
        );
        Self { low: quotient(self.low, for_low), high: quotient(self.high, for_high) }
    }

    /// The part of it inside another range; the nearest end of that if there is none.
    pub fn clamp(self, to: Self) -> Self {
        let clamp = |value: f64| value.max(to.low).min(to.high);
        Self { low: clamp(self.low), high: clamp(self.high) }
    }
}

/// Zero stays zero, whatever it is divided by.
fn quotient(value: f64, divisor: f64) -> f64 {
    if value == 0.0 { 0.0 } else { value / divisor }
}

impl Add for Range {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self { low: self.low + other.low, high: self.high + other.high }
    }
}

impl Sub for Range {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self { low: self.low - other.high, high: self.high - other.low }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn range(a: f64, b: f64) -> Range {
        Range { low: a.min(b), high: a.max(b) }
    }

    #[test]
    fn ranges_that_only_touch_do_not_meet() {
        let (first, second) = (range(-0.785, -0.775), range(-0.795, -0.785));
        assert!(!first.meets(second));
        assert!(first.meets(range(-0.795, -0.784)));
        assert!(Range::point(1.0).meets(range(1.0, 2.0)) && !Range::point(0.9).meets(range(1.0, 2.0)));
    }

    #[test]
    fn division_by_a_range_that_reaches_zero_is_unbounded() {
        assert_eq!(range(1.0, 2.0).over(range(0.0, 1.0)).high, f64::INFINITY);
        assert_eq!(range(0.0, 0.0).over(range(0.0, 1.0)), Range::point(0.0));
    }

    proptest! {
        #[test]
        fn results_hold_the_results_of_the_members(
            a in -9.0..9.0_f64, b in -9.0..9.0_f64, c in 0.1..9.0_f64, d in 0.1..9.0_f64,
            s in 0.0..1.0_f64, u in 0.0..1.0_f64,
        ) {
            let (first, second) = (range(a, b), range(c, d));
            let (x, y) = (a + s * (b - a), c + u * (d - c));
            let near = |r: Range, value: f64| r.low - 1e-9 <= value && value <= r.high + 1e-9;
            prop_assert!(near(first + second, x + y) && near(first - second, x - y));
            prop_assert!(near(first.over(second), x / y) && near(first.magnitude(), x.abs()));
        }
    }
}
