//! Which mean of slopes a linear dose effect is.
//!
//! With distinct doses l_0 < l_1 < ... < l_J, the slope between neighbours weighs
//!   w_j = (E[D | D >= l_j] - E[D]) P(D >= l_j) (l_j - l_{j-1}) / Var(D),   sum_j w_j = 1, w_j >= 0
//! in the coefficient of dose x post (Callaway, Goodman-Bacon and Sant'Anna 2024, theorem 3 b, for a discrete
//! dose; the identity is that of Yitzhaki 1996, proposition 2). Doses near the mean weigh most, however few units have them.

use crate::error::{Error, Result};
use crate::model::Fit;

/// The slopes between neighbouring doses with their weights in a linear dose effect.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SlopeWeights {
    /// The dose.
    pub dose: String,
    /// One for each pair of neighbouring doses, ascending; they sum to one.
    pub weights: Vec<SlopeWeight>,
}

/// The slope between two neighbouring doses.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct SlopeWeight {
    /// The smaller dose.
    pub from: f64,
    /// The larger dose.
    pub to: f64,
    /// The weight of the slope between them.
    pub weight: f64,
    /// The share of the rows that have the larger dose.
    pub share: f64,
}

impl SlopeWeights {
    /// What mean of slopes the effect of a dose is, from its distribution over the rows in use of a fit.
    ///
    /// # Errors
    /// [`UnknownColumn`](Error::UnknownColumn), [`ColumnKind`](Error::ColumnKind);
    /// [`NoVariation`](Error::NoVariation) if all rows have one dose.
    pub fn of(fit: &Fit, dose: &str) -> Result<Self> {
        let values = fit.frame().real(dose)?;
        let rows = fit.sample().rows().iter().enumerate();
        let weighted = rows.map(|(i, &row)| (values[row as usize], fit.ingredients().weight(i)));
        Self::new(dose, weighted.collect())
    }

    /// From doses and the weights of their rows.
    fn new(dose: &str, mut rows: Vec<(f64, f64)>) -> Result<Self> {
        rows.sort_by(|a, b| a.0.total_cmp(&b.0));
        let whole: f64 = rows.iter().map(|(_, weight)| weight).sum();
        let mean = rows.iter().map(|(dose, weight)| dose * weight).sum::<f64>() / whole;
        let squares = |(dose, weight): &(f64, f64)| weight * (dose - mean) * (dose - mean);
        let variance = rows.iter().map(squares).sum::<f64>() / whole;
        let mut levels: Vec<(f64, f64)> = Vec::new(); // distinct doses and their share of the rows
        for (dose, weight) in rows.iter() {
            match levels.last_mut() {
                Some((held, share)) if held == dose => *share += weight / whole,
                _ => levels.push((*dose, weight / whole)),
            }
        }
        if levels.len() < 2 {
            return Err(Error::NoVariation { column: dose.to_string(), nobs: rows.len() });
        }
        // (E[D | D >= l] - E[D]) P(D >= l) is the sum of the deviations from l upwards.
        let mut above = 0.0;
        let mut weights = Vec::with_capacity(levels.len() - 1);
        for pair in levels.windows(2).rev() {
            let ((from, _), (to, share)) = (pair[0], pair[1]);
            above += share * (to - mean);
            weights.push(SlopeWeight { from, to, weight: above * (to - from) / variance, share });
        }
        weights.reverse();
        Ok(Self { dose: dose.to_string(), weights })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_positive_and_sum_to_one() {
        let rows = vec![(0.0, 3.0), (1.0, 1.0), (1.0, 2.0), (4.0, 1.0), (9.0, 0.5)];
        let weights = SlopeWeights::new("dose", rows).unwrap().weights;
        assert_eq!(weights.len(), 3);
        assert!(weights.iter().all(|slope| slope.weight > 0.0));
        assert!((weights.iter().map(|slope| slope.weight).sum::<f64>() - 1.0).abs() < 1e-14);
    }

    #[test]
    fn the_weighted_mean_of_slopes_is_the_least_squares_slope() {
        // y = D^2 at D = 0, 1, 3: slopes 1 and 4; the least-squares slope is 22/7.
        let rows = vec![(0.0, 1.0), (1.0, 1.0), (3.0, 1.0)];
        let weights = SlopeWeights::new("dose", rows).unwrap().weights;
        let slope = weights[0].weight + 4.0 * weights[1].weight;
        assert!((slope - 22.0 / 7.0).abs() < 1e-14);
    }

    #[test]
    fn one_dose_has_no_slope() {
        assert!(matches!(SlopeWeights::new("dose", vec![(2.0, 1.0); 3]), Err(Error::NoVariation { .. })));
    }
}
