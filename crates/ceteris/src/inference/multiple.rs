//! Many tests at once: adjusted p-values.
//!
//! With m p-values, sorted p_(1) <= ... <= p_(m), and every result at most 1:
//!
//! ```text
//! Bonferroni            m p_(i)
//! Holm                  max over j <= i of (m - j + 1) p_(j)
//! Benjamini-Hochberg    min over j >= i of m p_(j) / j
//! ```
//!
//! Bonferroni and Holm (1979, Scandinavian Journal of Statistics 6: 65-70) bound the probability of one
//! false rejection or more, whatever the dependence of the tests; Holm is never larger than Bonferroni.
//! Benjamini and Hochberg (1995, Journal of the Royal Statistical Society B 57: 289-300, theorem 1) bound
//! the expected share of false rejections among all, for independent tests; for positively dependent ones
//! see Benjamini and Yekutieli (2001, theorem 1.2).

use std::fmt;

use crate::error::{Error, Result};

/// A way to adjust p-values for how many they are.
///
/// # Example
/// ```
/// use ceteris::inference::MultipleTesting;
/// let adjusted = MultipleTesting::Holm.adjust(&[0.01, 0.04, 0.03])?;
/// assert_eq!(adjusted, [0.03, 0.06, 0.06]);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
#[cfg_attr(feature = "serde", serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum MultipleTesting {
    /// Every p-value times their number.
    Bonferroni,
    /// Holm's step-down method.
    Holm,
    /// Benjamini and Hochberg's step-up method.
    BenjaminiHochberg,
}

impl MultipleTesting {
    /// The adjusted p-values, in the order of the given ones. A hypothesis is rejected at level `a`
    /// where its adjusted p-value is at most `a`.
    ///
    /// # Errors
    /// [`Error::InvalidSetting`] for a p-value that is not a number from 0 to 1.
    ///
    /// # Example
    /// ```
    /// use ceteris::inference::MultipleTesting;
    /// let adjusted = MultipleTesting::BenjaminiHochberg.adjust(&[0.01, 0.04, 0.03, 0.5])?;
    /// assert_eq!(adjusted.iter().filter(|p| **p <= 0.05).count(), 1);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn adjust(self, p_values: &[f64]) -> Result<Vec<f64>> {
        if let Some(p) = p_values.iter().find(|p| !(0.0..=1.0).contains(*p)) {
            let (setting, must) = ("p_values", "numbers from 0 to 1");
            return Err(Error::InvalidSetting { setting, value: p.to_string(), must });
        }
        let m = p_values.len() as f64;
        let mut order: Vec<usize> = (0..p_values.len()).collect();
        order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
        let ranked = order.iter().zip(1..).map(|(&i, rank)| (p_values[i], f64::from(rank)));
        let sorted: Vec<f64> = match self {
            MultipleTesting::Bonferroni => ranked.map(|(p, _)| m * p).collect(),
            MultipleTesting::Holm => running(ranked.map(|(p, rank)| (m - rank + 1.0) * p), f64::max),
            MultipleTesting::BenjaminiHochberg => {
                let steps: Vec<f64> = ranked.map(|(p, rank)| m * p / rank).collect();
                let mut adjusted = running(steps.into_iter().rev(), f64::min);
                adjusted.reverse();
                adjusted
            }
        };
        let mut adjusted = vec![0.0; p_values.len()];
        order.into_iter().zip(sorted).for_each(|(i, p)| adjusted[i] = p.min(1.0));
        Ok(adjusted)
    }
}

/// The maximum or minimum of all values so far.
fn running(values: impl Iterator<Item = f64>, of: fn(f64, f64) -> f64) -> Vec<f64> {
    let next = |best: &mut Option<f64>, value: f64| {
        let value = best.map_or(value, |best| of(best, value));
        *best = Some(value);
        *best
    };
    values.scan(None, next).collect()
}

impl fmt::Display for MultipleTesting {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            MultipleTesting::Bonferroni => "Bonferroni",
            MultipleTesting::Holm => "Holm",
            MultipleTesting::BenjaminiHochberg => "Benjamini-Hochberg",
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [MultipleTesting; 3] =
        [MultipleTesting::Bonferroni, MultipleTesting::Holm, MultipleTesting::BenjaminiHochberg];
    /// Ties, a zero and a one among them.
    const P: [f64; 9] = [0.01, 0.04, 0.0005, 0.04, 0.3, 0.0121, 0.9, 1.0, 0.0];
    /// Products and quotients of numbers near one.
    const ROUNDING: f64 = 4.0 * f64::EPSILON;

    fn adjusted(adjustment: MultipleTesting, p_values: &[f64]) -> Vec<f64> {
        adjustment.adjust(p_values).unwrap()
    }

    #[test]
    fn adjusted_p_values_are_those_of_statsmodels() {
        // multipletests of statsmodels 0.15.0, methods bonferroni, holm and fdr_bh.
        let expected = [
            [0.09, 0.36, 0.0045, 0.36, 1.0, 0.1089, 1.0, 1.0, 0.0],
            [0.07, 0.2, 0.004, 0.2, 0.9, 0.0726, 1.0, 1.0, 0.0],
            [0.027225, 0.06, 0.00225, 0.06, 0.3857142857142857, 0.027225, 1.0, 1.0, 0.0],
        ];
        for (adjustment, expected) in ALL.into_iter().zip(expected) {
            for (found, expected) in adjusted(adjustment, &P).iter().zip(expected) {
                assert!((found - expected).abs() <= ROUNDING, "{adjustment}: {found} for {expected}");
            }
        }
    }

    #[test]
    fn one_test_needs_no_adjustment_and_none_has_nothing() {
        for adjustment in ALL {
            assert_eq!(adjusted(adjustment, &[0.03]), [0.03]);
            assert!(adjusted(adjustment, &[]).is_empty());
        }
    }

    #[test]
    fn what_is_no_probability_is_refused() {
        for p in [-0.1, 1.5, f64::NAN] {
            let error = MultipleTesting::Holm.adjust(&[0.5, p]).unwrap_err();
            assert!(error.to_string().contains("`p_values`"), "{error}");
        }
    }

    proptest! {
        #[test]
        fn each_method_is_at_most_the_stricter_one(p in prop::collection::vec(0.0..=1.0_f64, 0..40)) {
            let [bonferroni, holm, hochberg] = ALL.map(|adjustment| adjusted(adjustment, &p));
            for i in 0..p.len() {
                prop_assert!(p[i] <= hochberg[i] + ROUNDING && hochberg[i] <= holm[i] + ROUNDING);
                prop_assert!(holm[i] <= bonferroni[i] + ROUNDING);
            }
        }

        #[test]
        fn larger_p_values_stay_larger(p in prop::collection::vec(0.0..=1.0_f64, 2..40)) {
            for adjustment in ALL {
                let adjusted = adjusted(adjustment, &p);
                for i in 1..p.len() {
                    prop_assert!(p[i] < p[i - 1] || adjusted[i] >= adjusted[i - 1]);
                }
            }
        }
    }
}
