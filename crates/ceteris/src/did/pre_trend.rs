//! The joint test of pre-reform interactions.
//!
//! On the times before the reform, y ~ products of the groups, each alone and times i(time); the test
//! is that the coefficients of (full product of the groups) x i(time) are zero together: F(q, dof) on
//! their full covariance. The last time before the reform is the reference, since of collinear columns
//! the later is omitted. A large p-value is no proof that trends are parallel (Roth 2022).

use std::collections::BTreeSet;

use super::fitted::{DesignFit, forward_to_ols};
use super::post::Reform;
use super::saturated::{full_product, products};
use crate::error::{Error, Result};
use crate::frame::{Frame, whole_numbers};
use crate::model::{Ols, Term, Variable};

/// The reference and one to compare with it.
const FEWEST_TIMES: usize = 2;

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
    date: i64,
}

forward_to_ols!(PreTrend);

impl PreTrend {
    pub(super) fn new(base: Ols, groups: &[Variable], reform: Reform<'_>) -> Self {
        let covariates = base.terms().to_vec();
        let times = Variable::indicators(reform.time).into();
        let mut arms = groups.to_vec();
        arms.push(times);
        let base = base.replace_terms(products(&arms)).regress_on(covariates);
        Self { base: base.keep(reform.before()), leads: full_product(&arms), date: reform.date }
    }

    /// The regression that the test stands on.
    pub fn ols(&self) -> &Ols {
        &self.base
    }

    /// Fits the regression: the effects of the design are the leads, and [`DesignFit::joint`] is the test.
    ///
    /// # Errors
    /// Those of [`Ols::fit`]; [`NotWhole`](Error::NotWhole); [`TooFewTimes`](Error::TooFewTimes) with one time before
    /// the reform; [`NotIdentified`](Error::NotIdentified) if no lead can be estimated.
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        self.check_times(frame)?;
        let fit = self.base.fit(frame)?;
        let of_leads = fit.of_term(&self.leads)?;
        let leads: Vec<usize> = of_leads.estimated.iter().map(|(place, _)| *place).collect();
        match (leads.is_empty(), of_leads.omitted.first()) {
            (true, Some(omitted)) => Err(omitted.not_identified()),
            _ => Ok(DesignFit::at(fit, &leads)),
        }
    }

    /// A lead needs a time beside the last one before the reform.
    fn check_times(&self, frame: &Frame) -> Result<()> {
        let time = self.leads.variables().last().map_or("", Variable::column);
        let times = whole_numbers(frame, time)?;
        let sample = self.base.sample(frame)?;
        let distinct: BTreeSet<i64> = sample.rows().iter().filter_map(|&row| times[row as usize]).collect();
        if distinct.len() < FEWEST_TIMES {
            let found = distinct.len();
            return Err(Error::TooFewTimes { first_treated: self.date, found, needed: FEWEST_TIMES });
        }
        Ok(())
    }
}
