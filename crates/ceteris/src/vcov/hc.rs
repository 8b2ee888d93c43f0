//! V = B [ sum_i a_i s_i s_i' ] B = sum_i a_i (B s_i)(B s_i)',  s_i = w_i u_i x~_i
//!
//! Computed in the second form: the bread then meets each score before it is squared, and what is lost
//! to rounding is the condition of X~ and not its square.
//!
//! | | a_i | source |
//! |---|---|---|
//! | HC0 | 1 | White 1980 |
//! | HC1 | n / (n - K) | Hinkley 1977 |
//! | HC2 | 1 / (1 - h_i) | Horn, Horn and Duncan 1975 |
//! | HC3 | 1 / (1 - h_i)^2 | Davidson and MacKinnon 1993; MacKinnon and White 1985 |
//!
//! h_i = w_i x_i'(X'WX)^-1 x_i over regressors and effects. A row with frequency w stands for w rows,
//! each with leverage h_i / w and score s_i / w.

use super::floor::Floor;
use super::request::{Estimated, Request};
use crate::error::{Error, Result};
use crate::linalg::gram::gram;

/// Heteroskedasticity-consistent covariances.
///
/// Formulas and sources: [Standard errors of different programs](crate::methods::standard_errors).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Hc {
    /// No correction.
    Hc0,
    /// n / (n - K).
    Hc1,
    /// Unbiased under equal variances.
    Hc2,
    /// Close to the jackknife.
    Hc3,
}

/// A leverage this close to one divides by rounding error.
const FULL: f64 = 1e-10;

impl Hc {
    /// `HC0` to `HC3`.
    pub fn name(self) -> &'static str {
        match self {
            Hc::Hc0 => "HC0",
            Hc::Hc1 => "HC1",
            Hc::Hc2 => "HC2",
            Hc::Hc3 => "HC3",
        }
    }

    pub(super) fn estimate(self, request: &Request<'_>) -> Result<Estimated> {
        let parameters = request.small_sample.parameters(request.ledger, &[]);
        let dof = request.ledger.dof(parameters)?;
        let factor = match self {
            Hc::Hc0 => 1.0,
            Hc::Hc1 => request.ledger.nobs as f64 / dof,
            Hc::Hc2 | Hc::Hc3 => request.small_sample.leverage_factor(request.ledger.nobs, dof),
        };
        let row_factors = self.row_factors(request)?;
        let influence = request.ingredients.scores().matmul(&request.ingredients.bread);
        Ok(Estimated {
            matrix: gram(&influence, row_factors.as_deref()).scale(factor),
            floors: Floor::of_fit(request.ingredients, factor),
            unrepaired: None,
            parameters,
            factor,
            distribution: request.small_sample.robust_tail(dof),
            nclusters: Vec::new(),
            notices: Vec::new(),
        })
    }

    /// a_i (divided by w_i for frequencies), or `None` where it is 1 throughout.
    fn row_factors(self, request: &Request<'_>) -> Result<Option<Vec<f64>>> {
        let ingredients = request.ingredients;
        let frequency = |i: usize| if ingredients.has_frequencies() { ingredients.weight(i) } else { 1.0 };
        let power = match self {
            Hc::Hc0 | Hc::Hc1 => 0,
            Hc::Hc2 => 1,
            Hc::Hc3 => 2,
        };
        if power == 0 && !ingredients.has_frequencies() {
            return Ok(None);
        }
        let mut factors = Vec::with_capacity(ingredients.residuals.len());
        for i in 0..ingredients.residuals.len() {
            let leverage = request.leverage.map_or(0.0, |h| h[i]) / frequency(i);
            if power > 0 && 1.0 - leverage < FULL {
                return Err(Error::FullLeverage { vcov: self.name(), row: i.into() });
            }
            factors.push(1.0 / ((1.0 - leverage).powi(power) * frequency(i)));
        }
        Ok(Some(factors))
    }
}
