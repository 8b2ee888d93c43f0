//! The mean effect on the treated from two periods of a panel.
//!
//! With dy_i = y_i,later - y_i,earlier, d_i = 1 for treated units, weights w_i and covariates x_i (first 1):
//!   m_i = x_i'b, b from dy on x among d = 0;    p_i = P(d_i = 1 | x_i), logistic;    e_i = dy_i - m_i
//!   a_i = w_i d_i,    c_i = w_i (1 - d_i) p_i / (1 - p_i),    eta_v(e) = sum_i v_i e_i / sum_i v_i
//!   outcome regression   ATT = eta_a(e)
//!   inverse probability  ATT = eta_a(dy) - eta_c(dy)   (weights that sum to one, Hajek 1971)
//!   doubly robust        ATT = eta_a(e) - eta_c(e)
//! (Sant'Anna and Zhao 2020, section 2, with the first steps they call traditional.) Influence functions (ibid.,
//! section 3), with means over the n units:
//!   psi_v = [ v_i (e_i - eta_v) - r_i' mean(v x) ] / mean(v),    r_i = n w_i (1 - d_i) e_i x_i'(X'W_0 X)^-1
//!   psi_c + q_i' mean(c (e - eta_c) x) / mean(c),                q_i = n w_i (d_i - p_i) x_i'(X'VX)^-1
//! where r carries the estimation of b and q that of p; a method without a step has no such part.

use super::influence::Influenced;
use super::logistic::Logistic;
use crate::error::{Error, Result};
use crate::linalg::cholesky::Factor;
use crate::linalg::gram::{cross, gram};
use crate::linalg::problem::Problem;
use crate::linalg::{Columns, LeastSquares};
use crate::vcov::ROUNDING;

/// How covariates enter a comparison of two periods. Without covariates all three are one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Adjustment {
    /// Both of the others; consistent if either is right.
    #[default]
    DoublyRobust,
    /// Predict the change of the treated units from a regression among the comparison units.
    OutcomeRegression,
    /// Weight the comparison units to the covariates of the treated ones.
    InverseProbability,
}

/// Treated and comparison units in two periods.
#[derive(Debug)]
pub(crate) struct TwoPeriods<'a> {
    /// dy_i
    pub(crate) change: Vec<f64>,
    /// The largest outcome that a change is a difference of.
    pub(crate) size: f64,
    /// d_i
    pub(crate) treated: Vec<bool>,
    /// w_i
    pub(crate) weights: Vec<f64>,
    /// The covariates without the constant.
    pub(crate) covariates: Vec<Vec<f64>>,
    /// Their names.
    pub(crate) names: &'a [String],
    /// What is compared, for errors.
    pub(crate) comparison: &'a str,
}

/// A comparison unit at this propensity would count 199 times; so does a treated unit without a likeness.
const HIGHEST_PROPENSITY: f64 = 0.995;
/// A covariate of which the earlier ones leave no larger share of squares than this is a combination of them.
const COLLINEAR: f64 = 1e-12;

/// The regression of the change on covariates among comparison units.
struct Regression {
    residuals: Vec<f64>,
    /// (X'W_0 X)^-1
    bread: Columns,
}

impl TwoPeriods<'_> {
    /// The mean effect on the treated.
    ///
    /// # Errors
    /// [`Error::NotIdentified`] for collinear covariates, [`Error::TooFewObservations`],
    /// [`Error::Separation`], [`Error::Overlap`].
    pub(crate) fn effect(&self, adjustment: Adjustment) -> Result<Influenced> {
        let x = self.design();
        let adjustment = if self.names.is_empty() { Adjustment::OutcomeRegression } else { adjustment };
        let regression = match adjustment {
            Adjustment::InverseProbability => None,
            _ => Some(self.regression(&x)?),
        };
        let propensity = match adjustment {
            Adjustment::OutcomeRegression => None,
            _ => Some(self.propensity(&x)?),
        };
        let treated: Vec<f64> = self.weights_where(true);
        let mut effect = self.mean_of(&treated, &x, regression.as_ref(), None);
        if let Some(propensity) = &propensity {
            let odds = self.weights_where(false).into_iter().zip(&propensity.probabilities);
            let controls: Vec<f64> = odds.map(|(w, p)| w * p / (1.0 - p)).collect();
            let compared = self.mean_of(&controls, &x, regression.as_ref(), Some(propensity));
            effect.estimate -= compared.estimate;
            effect.rounding += compared.rounding;
            effect.function.iter_mut().zip(compared.function).for_each(|(psi, other)| *psi -= other);
        }
        Ok(effect)
    }

    /// eta_v and psi_v
    fn mean_of(
        &self,
        v: &[f64],
        x: &Columns,
        regression: Option<&Regression>,
        propensity: Option<&Logistic>,
    ) -> Influenced {
        let n = v.len() as f64;
        let e = regression.map_or(&self.change, |regression| &regression.residuals);
        let total: f64 = v.iter().sum();
        let eta = v.iter().zip(e).map(|(v, e)| v * e).sum::<f64>() / total;
        let mut psi: Vec<f64> = v.iter().zip(e).map(|(v, e)| v * (e - eta) * n / total).collect();
        let mut reach: f64 = v.iter().map(|v| v.abs()).sum();
        if let Some(regression) = regression {
            let slope = x.times(&regression.bread.times(&cross(x, None, v)));
            let controls = self.weights_where(false);
            for (i, psi) in psi.iter_mut().enumerate() {
                *psi -= n / total * controls[i] * e[i] * slope[i];
                reach += (controls[i] * slope[i]).abs();
            }
        }
        if let Some(Logistic { probabilities, bread }) = propensity {
            let moved: Vec<f64> = v.iter().zip(e).map(|(v, e)| v * (e - eta)).collect();
            let slope = x.times(&bread.times(&cross(x, None, &moved)));
            for (i, psi) in psi.iter_mut().enumerate() {
                let d = f64::from(u8::from(self.treated[i]));
                *psi += n / total * self.weights[i] * (d - probabilities[i]) * slope[i];
            }
        }
        // Each e_i is known to a few roundings of the outcomes it is a difference of.
        Influenced { estimate: eta, function: psi, rounding: ROUNDING * self.size * reach / total }
    }

    /// w_i where d_i is as asked, else 0.
    fn weights_where(&self, treated: bool) -> Vec<f64> {
        let mine = |(w, d): (&f64, &bool)| if *d == treated { *w } else { 0.0 };
        self.weights.iter().zip(&self.treated).map(mine).collect()
    }

    /// (1, covariates)
    fn design(&self) -> Columns {
        let ones = vec![1.0; self.change.len()];
        let mut columns: Vec<&[f64]> = vec![&ones];
        columns.extend(self.covariates.iter().map(Vec::as_slice));
        Columns::from_columns(self.change.len(), &columns)
    }

    fn regression(&self, x: &Columns) -> Result<Regression> {
        let controls: Vec<usize> = (0..self.treated.len()).filter(|&i| !self.treated[i]).collect();
        if controls.len() < x.ncols() {
            return Err(Error::TooFewObservations { nobs: controls.len(), parameters: x.ncols() });
        }
        let gather = |column: &[f64]| controls.iter().map(|&i| column[i]).collect::<Vec<f64>>();
        let columns: Vec<Vec<f64>> = x.cols().map(gather).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let (among, weights) = (Columns::from_columns(controls.len(), &columns), gather(&self.weights));
        self.check_independent(&among, &weights)?;
        let solved =
            LeastSquares::default().solve(&Problem::new(&among, &gather(&self.change), Some(&weights)))?;
        let fitted = x.times(&solved.coefficients);
        let residuals = self.change.iter().zip(fitted).map(|(change, fitted)| change - fitted).collect();
        Ok(Regression { residuals, bread: solved.bread })
    }

    fn propensity(&self, x: &Columns) -> Result<Logistic> {
        self.check_independent(x, &self.weights)?;
        let fitted = Logistic::new(x, &self.treated, &self.weights, self.comparison)?;
        let highest = fitted.probabilities.iter().copied().fold(0.0, f64::max);
        if highest >= HIGHEST_PROPENSITY {
            let comparison = self.comparison.to_string();
            return Err(Error::Overlap { comparison, propensity: highest });
        }
        Ok(fitted)
    }

    fn check_independent(&self, x: &Columns, weights: &[f64]) -> Result<()> {
        let kept = Factor::new(&gram(x, Some(weights)), COLLINEAR).kept;
        match (1..x.ncols()).find(|j| !kept.contains(j)) {
            None => Ok(()),
            Some(j) => {
                let mut spanned_by = vec![format!("the constant, in the {}", self.comparison)];
                spanned_by.extend(self.names[..j - 1].iter().cloned());
                Err(Error::NotIdentified { term: self.names[j - 1].clone(), spanned_by })
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparison<'a>(names: &'a [String], covariates: Vec<Vec<f64>>) -> TwoPeriods<'a> {
        TwoPeriods {
            change: vec![3.0, 5.0, 1.0, 2.0, 1.5, 3.5],
            size: 5.0,
            treated: vec![true, true, false, false, false, false],
            weights: vec![1.0; 6],
            covariates,
            names,
            comparison: "comparison",
        }
    }

    #[test]
    fn without_covariates_the_effect_is_the_difference_of_mean_changes_however_adjusted() {
        for adjustment in [Adjustment::DoublyRobust, Adjustment::InverseProbability] {
            let found = comparison(&[], vec![]).effect(adjustment).unwrap();
            assert!((found.estimate - 2.0).abs() < 1e-15);
            assert!(found.function.iter().sum::<f64>().abs() < 1e-13);
        }
    }

    #[test]
    fn an_indicator_makes_all_adjustments_the_difference_within_its_cells() {
        let names = ["x".to_string()];
        let x = vec![0.0, 1.0, 0.0, 0.0, 1.0, 1.0];
        // x = 0: 3 - 1.5; x = 1: 5 - 2.5; one treated unit in each
        for adjustment in
            [Adjustment::DoublyRobust, Adjustment::OutcomeRegression, Adjustment::InverseProbability]
        {
            let found = comparison(&names, vec![x.clone()]).effect(adjustment).unwrap();
            assert!((found.estimate - 2.0).abs() < 1e-13, "{adjustment:?}: {}", found.estimate);
        }
    }

    #[test]
    fn covariates_that_are_no_guide_are_refused() {
        let names = ["x".to_string()];
        let constant = comparison(&names, vec![vec![2.0; 6]]).effect(Adjustment::DoublyRobust);
        assert!(matches!(constant, Err(Error::NotIdentified { .. })));
        let separating = vec![9.0, 8.0, 1.0, 2.0, 3.0, 2.5];
        let separated = comparison(&names, vec![separating]).effect(Adjustment::InverseProbability);
        assert!(matches!(separated, Err(Error::Separation { .. } | Error::Overlap { .. })));
    }
}
