//! Tables 12 to 18: the lagged-dependent-variable regressions.
//!
//! ```text
//! y_it = d_1 x_i1 + d_2 x_i2 + d_3 x_i3 + b_0 y_i0 + b_1 y_i1 + b_2 y_i2 + g_t + e_it,   t > 2
//! ```
//!
//! Checkland et al. (2018), section 6.5.2, after O'Neill, Kreif, Grieve, Sutton and Sekhon (2016). x are
//! the doses, y_i0 to y_i2 the outcomes of the three years before the reform, g_t years. Weighted by
//! denominator. Standard errors are clustered by CCG; for outcomes of CCGs the plain ones stand beside
//! them, since the report says "clustered" of practices only. Every parameter is charged, years too, as
//! Stata's `areg` does.

use ceteris::{
    Cluster, Coefficient, Column, Condition, Fit, Frame, Iid, Index, Ols, Panel, Result, Singletons,
    SmallSample, Weights, fe,
};
use ceteris_data::published::{self, Dose};
use ceteris_data::twin::Level;

use super::StudyOutcome;
use super::descriptive::weighted;

/// Level of all intervals.
const LEVEL: f64 = 0.95;

/// A standard error and what follows from it.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Uncertainty {
    /// In the outcome's unit.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Two-sided.
    pub p_value: f64,
}

impl Uncertainty {
    pub(super) fn new(coefficient: &Coefficient) -> ceteris::Result<Self> {
        let (low, high) = coefficient.confint(LEVEL)?;
        Ok(Self { std_error: coefficient.needed_std_error()?, low, high, p_value: coefficient.p_value()? })
    }
}

/// A coefficient of Tables 12 to 18: the effect of one unit of a dose, in the outcome's unit.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// The outcome.
    pub outcome: String,
    /// The dose.
    pub dose: Dose,
    /// The regression, as a formula.
    pub formula: String,
    /// The coefficient.
    pub estimate: f64,
    /// Clustered by CCG.
    pub clustered: Uncertainty,
    /// With plain errors; only for outcomes of CCGs.
    pub plain: Option<Uncertainty>,
    /// sd(dose) / sd(outcome) over the rows used: times this, a coefficient says how many standard
    /// deviations of the outcome a standard deviation of the dose is worth. `None` if the outcome is
    /// constant.
    pub scale: Option<f64>,
    /// Rows used.
    pub nobs: usize,
    /// CCGs.
    pub nclusters: usize,
}

impl Estimate {
    /// The printed coefficient; `None` if the report has none.
    pub fn published(&self) -> Option<&'static published::Coefficient> {
        let mut rows = published::coefficients().iter();
        rows.find(|row| row.outcome == self.outcome && row.dose == self.dose)
    }
}

/// The coefficients of an outcome, one for each dose.
pub(super) fn estimates(outcome: &StudyOutcome) -> Result<Vec<Estimate>> {
    let fit = ols(outcome).fit(&with_earlier_outcomes(outcome)?)?;
    let clustered = fit.inference(Cluster::by(["ccg"]).small_sample(SmallSample::areg()))?;
    let plain = match outcome.level {
        Level::Ccg => Some(fit.inference(Iid.small_sample(SmallSample::areg()))?),
        _ => None,
    };
    let estimate = |&dose: &Dose| {
        let coefficient = clustered.coef(dose.name())?;
        let plain = plain.as_ref().map(|table| table.coef(dose.name())).transpose()?;
        Ok(Estimate {
            outcome: outcome.name.clone(),
            dose,
            formula: fit.ols().to_string(),
            estimate: coefficient.estimate,
            clustered: Uncertainty::new(&coefficient)?,
            plain: plain.as_ref().map(Uncertainty::new).transpose()?,
            scale: scale(&fit, dose)?,
            nobs: fit.nobs(),
            nclusters: clustered.nclusters()[0],
        })
    };
    outcome.doses.iter().map(estimate).collect()
}

fn earlier(year: i32) -> String {
    format!("value_{year}")
}

/// The regression of an outcome.
fn ols(outcome: &StudyOutcome) -> Ols {
    let model = Ols::new("value")
        .regress_on(outcome.doses.iter().map(|dose| dose.name()))
        .regress_on(outcome.before.iter().map(|&year| earlier(year)))
        .absorb([fe("year")])
        .weights(Weights::analytic("denominator"))
        .singletons(Singletons::Keep)
        .keep(Condition::at_least("year", f64::from(outcome.from)));
    if outcome.frame.contains("counted") { model.keep(Condition::at_least("counted", 1.0)) } else { model }
}

/// The frame with the outcomes of the years before the reform as columns.
fn with_earlier_outcomes(outcome: &StudyOutcome) -> Result<Frame> {
    let panel = Panel::new(&outcome.frame, Index { unit: "unit", time: "year" })?;
    let values = outcome.frame.real("value")?;
    outcome.before.iter().try_fold(outcome.frame.clone(), |frame, &year| {
        frame.add(earlier(year), Column::Real(panel.at(values, year.into()).into()))
    })
}

/// sd(dose) / sd(outcome), weighted, over the rows used.
fn scale(fit: &Fit, dose: Dose) -> Result<Option<f64>> {
    let weights = fit.frame().real("denominator")?;
    let sd = |column: &str| -> Result<Option<f64>> {
        let values = fit.frame().real(column)?;
        let rows = fit.sample().rows().iter().map(|&i| (values[i as usize], weights[i as usize]));
        Ok(weighted(&rows.collect::<Vec<_>>()).1)
    };
    let outcome = sd("value")?.filter(|sd| *sd > 0.0);
    Ok(sd(dose.name())?.zip(outcome).map(|(dose, outcome)| dose / outcome))
}
