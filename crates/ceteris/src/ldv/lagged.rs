//! The lagged-dependent-variable (LDV) estimator and its triple form.
//!
//! With a reform at T, on the times t >= T only:
//!   y_it = d_t + rho treated_i + b_1 y_{i,T-1} + ... + b_L y_{i,T-L} + e_it,
//! and where a second indicator p in {0, 1} tells affected from unaffected outcomes of the unit:
//!   y_ipt = d_tp + phi treated_i + rho treated_i p + sum_l (b_l + a_l p) y_{ip,T-l} + e_ipt.
//! rho is the effect (O'Neill, Kreif, Grieve, Sutton and Sekhon 2016, eq. 6). Without a reform date the
//! lags are the ordinary ones, y_{i,t-1} ... y_{i,t-L}, over all times.

use crate::did::{DesignFit, Reform, check_indicator, forward_to_ols};
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, Index, Panel};
use crate::inference::WaldTest;
use crate::model::{Ols, Term, Variable, fe};
use crate::vcov::{SmallSample, Vcov};

/// A regression of the outcome on treatment and earlier outcomes.
///
/// # Example
/// ```
/// use ceteris::{Index, LaggedOutcome, Reform};
/// let index = Index { unit: "practice", time: "year" };
/// let design = LaggedOutcome::new("rate", index, "multi_la")
///     .reform(2013)
///     .lags(2)
///     .affected("screening");
/// assert_eq!(
///     design.ols().to_string(),
///     "rate ~ multi_la + screening + multi_la:screening + rate_2012 + rate_2011 \
///      + rate_2012:screening + rate_2011:screening | year^screening"
/// );
/// assert_eq!(design.term(), "multi_la:screening");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct LaggedOutcome {
    base: Ols,
    outcome: String,
    unit: String,
    time: String,
    treatment: String,
    affected: Option<String>,
    reform: Option<i64>,
    lags: u32,
}

forward_to_ols!(LaggedOutcome);

impl LaggedOutcome {
    /// The effect of `treatment` on `outcome` given one lag.
    pub fn new(outcome: &str, index: Index<'_>, treatment: &str) -> Self {
        Self {
            base: Ols::new(outcome),
            outcome: outcome.to_string(),
            unit: index.unit.to_string(),
            time: index.time.to_string(),
            treatment: treatment.to_string(),
            affected: None,
            reform: None,
            lags: 1,
        }
    }

    /// Number of earlier outcomes (default 1).
    pub fn lags(mut self, lags: u32) -> Self {
        self.lags = lags;
        self
    }

    /// Uses times from `date` on, with the outcomes of the times before it as lags.
    pub fn reform(mut self, date: i64) -> Self {
        self.reform = Some(date);
        self
    }

    /// The triple form: a 0/1 column that tells affected from unaffected outcomes of a unit.
    pub fn affected(mut self, column: &str) -> Self {
        self.affected = Some(column.to_string());
        self
    }

    /// The names of the earlier outcomes, the latest first.
    fn lag_names(&self) -> Vec<String> {
        let name = |lag: i64| match self.reform {
            Some(date) => format!("{}_{}", self.outcome, date - lag),
            None => format!("{}_lag{lag}", self.outcome),
        };
        (1..=i64::from(self.lags)).map(name).collect()
    }

    /// The regression that the design stands for, on a frame that holds the earlier outcomes.
    pub fn ols(&self) -> Ols {
        self.regression(vec![Term::from(self.treatment.as_str())])
    }

    /// The regression with the treatment entering by these terms (alone, and times affected).
    fn regression(&self, treatment: Vec<Term>) -> Ols {
        let lags = || self.lag_names().into_iter().map(Term::from);
        let mut terms = treatment.clone();
        let mut times = fe(self.time.as_str());
        if let Some(affected) = &self.affected {
            terms.push(Term::from(affected.as_str()));
            terms.extend(treatment.into_iter().map(|term| term.by(affected.as_str())));
            terms.extend(lags());
            terms.extend(lags().map(|lag| lag.by(affected.as_str())));
            times = times.by(affected.as_str());
        } else {
            terms.extend(lags());
        }
        let covariates = self.base.terms().to_vec();
        let ols = self.base.clone().replace_terms(terms).regress_on(covariates).absorb([times]);
        match self.reform {
            Some(date) => ols.keep(Condition::at_least(self.time.as_str(), date as f64)),
            None => ols,
        }
    }

    /// The coefficient that is the effect.
    pub fn term(&self) -> String {
        let treatment = Term::from(self.treatment.as_str());
        match &self.affected {
            Some(affected) => treatment.by(affected.as_str()).to_string(),
            None => treatment.to_string(),
        }
    }

    /// The frame with the earlier outcomes as columns.
    ///
    /// # Errors
    /// Those of [`Panel::new`]; [`ColumnKind`](Error::ColumnKind) if `affected` is not 0/1.
    pub fn with_lags(&self, frame: &Frame) -> Result<Frame> {
        let mut unit = self.unit.clone();
        if let Some(affected) = &self.affected {
            check_indicator(affected, frame.real(affected)?)?;
            unit = format!("{unit}^{affected}");
        }
        let panel = Panel::new(frame, Index { unit: &unit, time: &self.time })?;
        let values = frame.real(&self.outcome)?;
        let mut extended = frame.clone();
        for (name, lag) in self.lag_names().into_iter().zip(1i64..) {
            let lagged = match self.reform {
                Some(date) => panel.at(values, date - lag),
                None => panel.shift(values, lag),
            };
            extended = extended.replace(&name, Column::Real(lagged.into()))?;
        }
        Ok(extended)
    }

    /// Fits the design.
    ///
    /// # Errors
    /// Those of [`LaggedOutcome::with_lags`] and [`Ols::fit`];
    /// [`NotIdentified`](Error::NotIdentified); [`InvalidSetting`](Error::InvalidSetting) without lags.
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        self.check()?;
        let extended = self.with_lags(frame)?;
        DesignFit::new(self.ols().fit(&extended)?, self.term())
    }

    fn check(&self) -> Result<()> {
        if self.lags > 0 {
            return Ok(());
        }
        Err(Error::InvalidSetting { setting: "lags", value: "0".to_string(), must: "at least 1" })
    }

    /// The same design on the times before `reform`, as if the reform had come at `date`, with as many
    /// lags as `lags`.
    pub fn placebo(&self, reform: Reform<'_>, date: i64, lags: u32) -> Self {
        self.clone().reform(date).lags(lags).keep(Condition::below(reform.time, reform.date))
    }

    /// On the design's own times: the joint test that the effect is zero at each time. On a placebo
    /// this is the test of pre-reform interactions given the earlier outcomes.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`] and [`PreTrendFit::test`](crate::PreTrendFit::test).
    pub fn joint_test(
        &self,
        frame: &Frame,
        vcov: impl Into<Vcov>,
        small_sample: SmallSample,
    ) -> Result<WaldTest> {
        self.check()?;
        let by_time = Term::from(Variable::indicators(self.time.as_str())).by(self.treatment.as_str());
        let fit = self.regression(vec![by_time]).fit(&self.with_lags(frame)?)?;
        let ending = match &self.affected {
            Some(affected) => format!(":{}:{affected}", self.treatment),
            None => format!(":{}", self.treatment),
        };
        let names: Vec<&str> =
            fit.names().iter().map(String::as_str).filter(|name| name.ends_with(&ending)).collect();
        fit.inference_under(vcov, small_sample)?.wald(&names)
    }
}
