//! One lagged-outcome regression for each indicator; p-values of all coefficients together.
//!
//! ```text
//! y_ct = d_1 n_la_c + d_2 stability_c + b_1 y_c,2015 + b_2 y_c,2014 + g_t + e_ct,   t = 2016, 2017, 2018
//! ```
//!
//! Weighted by the denominator of y, patients excepted among them; standard errors clustered by CCG, every
//! parameter charged, as in the study of the report (`dose::models`).

use std::collections::BTreeSet;

use ceteris::{Cluster, Coefficient, Column, Frame, Index, LaggedOutcome, Result, SmallSample, Weights};
use ceteris_data::nhs::{Doses, Exceptions, QofIndicators};
use ceteris_data::published::Dose;

use super::super::models::Uncertainty;
use super::super::significance::{PValues, adjusted};

/// The calendar year in which the first financial year that is explained begins.
pub(super) const FROM: u16 = 2016;
/// Earlier years on the right-hand side: 2015/16 and 2014/15, all that the file has before.
pub(super) const LAGS: u16 = 2;

/// The doses with their columns in the frame of [`QofIndicators::dosed`].
pub(super) const DOSES: [(Dose, &str); 2] =
    [(Dose::LocalAuthorities, "n_la"), (Dose::PracticeStability, "practice_stability")];
/// The column of the weights.
const WEIGHTS: &str = "patients";

/// What a unit of a dose goes with, in percentage points of an indicator's rate.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct RealEstimate {
    /// Indicator, `CS002` say.
    pub indicator: String,
    /// The dose.
    pub dose: Dose,
    /// The regression, as a formula.
    pub formula: String,
    /// The coefficient.
    pub estimate: f64,
    /// Clustered by CCG.
    pub clustered: Uncertainty,
    /// The p-value as it is, and allowing for the number of all coefficients of the study.
    pub p_values: PValues,
    /// Rows used.
    pub nobs: usize,
    /// CCGs.
    pub nclusters: usize,
}

/// The regression of one indicator.
struct Fitted<'a> {
    indicator: &'a str,
    formula: String,
    /// One for each of [`DOSES`].
    coefficients: Vec<Coefficient>,
    nobs: usize,
    nclusters: usize,
}

impl Fitted<'_> {
    /// The coefficients of the doses, each with the next p-values.
    fn estimates(&self, p_values: &mut impl Iterator<Item = PValues>) -> Result<Vec<RealEstimate>> {
        let each = DOSES.iter().zip(&self.coefficients).zip(p_values);
        let estimate = |((&(dose, _), coefficient), p_values): ((&(Dose, &str), &Coefficient), PValues)| {
            Ok(RealEstimate {
                indicator: self.indicator.to_string(),
                dose,
                formula: self.formula.clone(),
                estimate: coefficient.estimate,
                clustered: Uncertainty::new(coefficient)?,
                p_values,
                nobs: self.nobs,
                nclusters: self.nclusters,
            })
        };
        each.map(estimate).collect()
    }
}

/// The coefficients of all indicators, indicator by indicator.
pub(super) fn estimates(
    qof: &QofIndicators,
    doses: &Doses,
    indicators: &BTreeSet<String>,
) -> ceteris_data::Result<Vec<RealEstimate>> {
    let mut all = Vec::new();
    for indicator in indicators {
        let dosed = qof.indicator(indicator)?.dosed(doses, Exceptions::In)?;
        all.push(fitted(indicator, &with_patients(dosed.frame)?)?);
    }
    let p_values = all.iter().flat_map(|fitted| &fitted.coefficients).map(Coefficient::p_value);
    let p_values = p_values.collect::<Result<Vec<f64>>>()?;
    let mut p_values = adjusted(&p_values)?.into_iter();
    let estimates = all.iter().map(|fitted| fitted.estimates(&mut p_values));
    Ok(estimates.collect::<Result<Vec<_>>>()?.concat())
}

/// Adds the denominator of a rate with exceptions in it.
fn with_patients(frame: Frame) -> Result<Frame> {
    let (counted, excepted) = (frame.real("denominator")?, frame.real("exceptions")?);
    let patients: Vec<f64> = counted.iter().zip(excepted).map(|(a, b)| a + b).collect();
    frame.add(WEIGHTS, Column::Real(patients.into()))
}

fn design() -> LaggedOutcome {
    let [(_, first), (_, second)] = DOSES;
    LaggedOutcome::new("rate", Index { unit: "ccg", time: "time" }, first)
        .doses([second])
        .reform(i64::from(FROM))
        .lags(u32::from(LAGS))
        .weights(Weights::analytic(WEIGHTS))
}

fn fitted<'a>(indicator: &'a str, frame: &Frame) -> Result<Fitted<'a>> {
    let design = design().fit(frame)?;
    let clustered = design.fit().inference(Cluster::by(["ccg"]).small_sample(SmallSample::areg()))?;
    let coefficients = DOSES.into_iter().map(|(_, column)| clustered.coef(column));
    Ok(Fitted {
        indicator,
        formula: design.fit().ols().to_string(),
        coefficients: coefficients.collect::<Result<_>>()?,
        nobs: design.fit().nobs(),
        nclusters: clustered.nclusters()[0],
    })
}
