//! One estimate of the study: which it is, and how it is read off a fit.

use std::fmt;

use ceteris::did::DesignFit;
use ceteris::{Cluster, Coefficient, Index, Result, SmallSample, Vcov};
use ceteris_data::published::{Grouping, Model};

/// A regression of the study; `Display` prints what tables call it.
///
/// # Example
/// ```
/// use ceteris_data::published::Model;
/// use ceteris_report::screening::Regression;
/// assert_eq!(Regression::Table8(Model::AllYears).to_string(), "model 1");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Regression {
    /// A model of Table 8.
    Table8(Model),
    /// The triple difference on the rows of model 3.
    TripleDifference,
    /// The lagged outcome beside it.
    LaggedOutcome,
}

impl From<Model> for Regression {
    fn from(model: Model) -> Self {
        Regression::Table8(model)
    }
}

impl fmt::Display for Regression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Regression::Table8(model) => model.fmt(f),
            Regression::TripleDifference => f.write_str("triple difference"),
            Regression::LaggedOutcome => f.write_str("lagged outcome"),
        }
    }
}

impl serde::Serialize for Regression {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// An estimate of the study.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
#[non_exhaustive]
pub struct Estimate {
    /// Which regression it is of.
    pub model: Regression,
    /// `main` (one against several) or `sensitivity` (one or two against more).
    pub grouping: Grouping,
    /// The regression, as a formula.
    pub formula: String,
    /// Percentage points.
    pub estimate: f64,
    /// Percentage points.
    pub std_error: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Two-sided.
    pub p_value: f64,
    /// Rows used.
    pub nobs: usize,
    /// Practices.
    pub nclusters: usize,
}

/// Years before the reform that the LDV model uses as lags.
pub(super) const LAGS: u32 = 4;

/// Units and times of the panel.
pub(super) const INDEX: Index<'static> = Index { unit: "practice", time: "year" };

/// Clustered by practice, with the report's correction.
pub(super) fn clustered() -> Vcov {
    Cluster::by(["practice"]).small_sample(SmallSample::areg())
}

/// The 95 % interval.
pub(super) fn interval(effect: &Coefficient) -> ceteris::Result<(f64, f64)> {
    effect.confint(0.95)
}

/// Fits a design and reads off its effect.
pub(super) fn estimate(
    fitted: &DesignFit,
    model: impl Into<Regression>,
    grouping: Grouping,
) -> Result<Estimate> {
    let table = fitted.fit().inference(clustered())?;
    let effect: Coefficient = table.coef(fitted.term())?;
    let (low, high) = interval(&effect)?;
    Ok(Estimate {
        model: model.into(),
        grouping,
        formula: fitted.fit().ols().to_string(),
        estimate: effect.estimate,
        std_error: effect.needed_std_error()?,
        low,
        high,
        p_value: effect.p_value()?,
        nobs: fitted.fit().nobs(),
        nclusters: table.nclusters()[0],
    })
}
