//! Which of two samples lies lower: the distances of their distribution functions in both directions.
//!
//!   D+ = sup_y (F_1(y) - F_0(y)),   D- = sup_y (F_0(y) - F_1(y)),   p = exp(-2 D^2 n_1 n_0 / (n_1 + n_0))
//!
//! F_1 >= F_0 everywhere says that sample 1 is stochastically lower. A large D+ speaks for it being lower
//! somewhere, and a large D- against it being lower everywhere. p is the limit of the one-sided two-sample
//! statistic (Smirnov 1939; Barrett and Donald 2003, section 2, first order). With weights F is the weighted
//! share and n the effective number (sum w)^2 / sum w^2 (Kish 1965), an approximation (below sum w, that is cautious, where w counts
//! equal values).
//!
//! Assumed: the values of a sample are independent; with ties p is too large, never too small.

/// The largest distance in one direction.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SupDistance {
    /// Between 0 and 1.
    pub distance: f64,
    /// The probability of a larger one if the two distributions were equal.
    pub p_value: f64,
}

/// A value of a sample and its weight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WeightedValue {
    /// The value.
    pub value: f64,
    /// What it counts; above zero.
    pub weight: f64,
}

/// The distances of two distribution functions in both directions.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Dominance {
    /// D+: how much lower the first sample is where it is lowest against the second.
    pub lower: SupDistance,
    /// D-: how much higher it is where it is highest.
    pub higher: SupDistance,
}

impl Dominance {
    /// Compares a sample with another, neither empty.
    ///
    /// # Example
    /// ```
    /// use ceteris::bracket::{Dominance, WeightedValue};
    /// let plain = |values: [f64; 4]| values.map(|value| WeightedValue { value, weight: 1.0 });
    /// let found = Dominance::between(&plain([1.0, 2.0, 3.0, 4.0]), &plain([2.0, 3.0, 4.0, 5.0]));
    /// assert_eq!((found.lower.distance, found.higher.distance), (0.25, 0.0));
    /// assert!((found.lower.p_value - (-2.0_f64 * 0.0625 * 2.0).exp()).abs() < 1e-15);
    /// ```
    pub fn between(first: &[WeightedValue], second: &[WeightedValue]) -> Self {
        let (mass, other) = (total(first), total(second));
        // Steps of F_1 - F_0, in the order of their values.
        let steps = first.iter().map(|x| (x.value, x.weight / mass));
        let mut steps: Vec<(f64, f64)> =
            steps.chain(second.iter().map(|x| (x.value, -x.weight / other))).collect();
        steps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut gap, mut highest, mut lowest) = (0.0, 0.0f64, 0.0f64);
        for (i, (value, step)) in steps.iter().enumerate() {
            gap += step;
            // Equal values step together; after the last one both functions are one.
            if steps.get(i + 1).is_some_and(|(next, _)| next != value) {
                highest = highest.max(gap);
                lowest = lowest.min(gap);
            }
        }
        let (n, m) = (effective(first), effective(second));
        let tail = |distance: f64| SupDistance {
            distance,
            p_value: (-2.0 * distance * distance * n * m / (n + m)).exp(),
        };
        Self { lower: tail(highest), higher: tail(-lowest) }
    }
}

fn total(sample: &[WeightedValue]) -> f64 {
    sample.iter().map(|x| x.weight).sum()
}

/// (sum w)^2 / sum w^2
fn effective(sample: &[WeightedValue]) -> f64 {
    total(sample).powi(2) / sample.iter().map(|x| x.weight * x.weight).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(pairs: &[(f64, f64)]) -> Vec<WeightedValue> {
        pairs.iter().map(|&(value, weight)| WeightedValue { value, weight }).collect()
    }

    #[test]
    fn swapping_the_samples_swaps_the_directions() {
        let (a, b) = (sample(&[(1.0, 2.0), (3.0, 1.0)]), sample(&[(2.0, 1.0), (5.0, 1.0), (0.0, 1.0)]));
        let (there, back) = (Dominance::between(&a, &b), Dominance::between(&b, &a));
        assert_eq!((there.lower, there.higher), (back.higher, back.lower));
    }

    #[test]
    fn equal_samples_have_no_distance() {
        let a = sample(&[(1.0, 1.0), (1.0, 1.0), (4.0, 1.0)]);
        let same = Dominance::between(&a, &a);
        assert_eq!((same.lower.distance, same.higher.distance), (0.0, 0.0));
        assert_eq!(same.lower.p_value, 1.0);
    }

    #[test]
    fn a_weight_counts_in_the_shares() {
        let (a, b) = (sample(&[(1.0, 3.0), (2.0, 1.0)]), sample(&[(1.0, 1.0), (2.0, 1.0)]));
        assert_eq!(Dominance::between(&a, &b).lower.distance, 0.25); // 3/4 - 1/2
    }
}
