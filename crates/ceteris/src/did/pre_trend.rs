//! The joint test of pre-reform interactions.
//!
//! On the times before the reform, y ~ products of the groups, each alone and times i(time); the test
//! is that the coefficients of (full product of the groups) x i(time) are zero together: F(q, dof) on
//! their full covariance. The last time before the reform is the reference, since of collinear columns
//! the later is omitted. A large p-value is no proof that trends are parallel (Roth 2022).

use super::fitted::{DesignFit, forward_to_ols};
use super::post::Reform;
use super::saturated::{full_product, products};
use crate::error::{Error, Result};
use crate::frame::{Frame, whole_numbers};
use crate::model::{Ols, Term, Variable};

/// A specification of the joint test.
///
/// # Example
/// ```
/// use ceteris::{DifferenceInDifferences, Reform};
/// let design = DifferenceInDifferences::new("y", "treated", Reform { time: "year", date: 2013 });
/// assert_eq!(design.pre_trend()?.ols().to_string(), "y ~ treated + i(year) + treated:i(year)");
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct PreTrend {
    base: Ols,
    leads: Term,
}

forward_to_ols!(PreTrend);

impl PreTrend {
    pub(super) fn new(base: Ols, groups: &[Variable], reform: Reform<'_>) -> Self {
        let covariates = base.terms().to_vec();
        let times = Variable::indicators(reform.time).into();
        let mut arms = groups.to_vec();
        arms.push(times);
        let base = base.replace_terms(products(&arms)).regress_on(covariates);
        Self { base: base.keep(reform.before()), leads: full_product(&arms) }
    }

    /// The regression that the test stands on.
    pub fn ols(&self) -> &Ols {
        &self.base
    }

    /// Fits the regression: the effects of the design are the leads, and [`DesignFit::joint`] is the test.
    ///
    /// # Errors
    /// Those of [`Ols::fit`]; [`NotWhole`](Error::NotWhole); [`NotIdentified`](Error::NotIdentified) if no lead
    /// can be estimated, as with one time before the reform.
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        if let Some(time) = self.leads.variables().last() {
            whole_numbers(frame, time.column())?;
        }
        let fit = self.base.fit(frame)?;
        let leads: Vec<usize> = fit.of_term(&self.leads)?.estimated.iter().map(|(place, _)| *place).collect();
        if leads.is_empty() {
            return Err(Error::NotIdentified {
                term: self.leads.to_string(),
                spanned_by: vec!["effects".to_string()],
            });
        }
        Ok(DesignFit::at(fit, &leads))
    }
}
