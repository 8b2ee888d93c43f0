//! A standard normal variable in an interval.
//!
//! ```text
//! P = Phi(high) - Phi(low),  E(y | in) = (phi(low) - phi(high)) / P
//! E(y^2 | in) = 1 + (low phi(low) - high phi(high)) / P          (Tallis 1961, in one dimension)
//! y = Phi^-1(Phi(low) + w P),  w uniform
//! ```
//!
//! Right of zero everything is mirrored, so that tails keep their digits.

use crate::special::normal;

/// Wider apart than this in the tail, the densities at the two ends differ by a factor beyond the doubles'
/// digits; nearer, a probability below it times the width loses its digits to the subtraction.
const NARROW: f64 = 1e-6;

/// An interval; empty unless low < high.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Interval {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Interval {
    /// Both ends times `factor`, which may be negative.
    pub(super) fn scaled(self, factor: f64) -> Self {
        let (a, b) = (self.low * factor, self.high * factor);
        if factor < 0.0 { Self { low: b, high: a } } else { Self { low: a, high: b } }
    }

    /// P(low <= y <= high)
    pub(super) fn probability(self) -> f64 {
        let Self { low, high } = self.on_the_left();
        if low >= high {
            return 0.0;
        }
        normal::upper_tail(-high) - normal::upper_tail(-low)
    }

    /// E(y | in)
    pub(super) fn mean(self) -> f64 {
        let probability = self.probability();
        if self.high - self.low < NARROW || probability <= 0.0 {
            return self.nearest();
        }
        let mean = (normal::density(self.low) - normal::density(self.high)) / probability;
        mean.clamp(self.low, self.high)
    }

    /// E(y^2 | in)
    pub(super) fn mean_square(self) -> f64 {
        let probability = self.probability();
        if self.high - self.low < NARROW || probability <= 0.0 {
            return self.nearest().powi(2);
        }
        let end = |z: f64| if z.is_infinite() { 0.0 } else { z * normal::density(z) };
        (1.0 + (end(self.low) - end(self.high)) / probability).max(0.0)
    }

    /// The value below which the share `w` of P lies.
    pub(super) fn quantile(self, w: f64) -> f64 {
        let mirrored = self.low > 0.0;
        let Self { low, high } = self.on_the_left();
        let (below, above) = (normal::upper_tail(-low), normal::upper_tail(-high));
        let w = if mirrored { 1.0 - w } else { w };
        let y = normal::quantile(below + w * (above - below)).clamp(low, high);
        if mirrored { -y } else { y }
    }

    fn on_the_left(self) -> Self {
        if self.low > 0.0 { self.scaled(-1.0) } else { self }
    }

    /// The middle of a narrow interval; of one without probability, the end nearer to zero.
    fn nearest(self) -> f64 {
        if self.high - self.low < NARROW {
            0.5 * (self.low + self.high)
        } else {
            0.0_f64.clamp(self.low, self.high)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mirrored_intervals_are_equal() {
        let (left, right) = (Interval { low: -9.0, high: -8.0 }, Interval { low: 8.0, high: 9.0 });
        assert_eq!(left.probability(), right.probability());
        assert_eq!(left.mean(), -right.mean());
        assert!((left.quantile(0.3) + right.quantile(0.7)).abs() < 1e-12);
        assert!((right.probability() / 6.220_960_574_271_785e-16 - 1.0).abs() < 1e-3);
    }

    #[test]
    fn a_half_line_has_the_moments_of_the_half_normal() {
        let half = Interval { low: 0.0, high: f64::INFINITY };
        assert!((half.mean() - (2.0 / core::f64::consts::PI).sqrt()).abs() < 1e-15);
        assert!((half.mean_square() - 1.0).abs() < 1e-15);
        assert_eq!(half.probability(), 0.5);
    }
}
