//! Facts that did not stop an estimate but that its reader should know. They travel on the fit.

use std::fmt;

use crate::error::{NoStandardError, counted, quoted, spanning};

/// A fact about a fit or an inference that a reader should know.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Notice {
    /// Regressors, each a combination of these others or effects, have no coefficient.
    RegressorsOmitted { columns: Vec<String>, spanned_by: Vec<String> },
    /// Rows that are alone in a level of an effect were dropped.
    SingletonsDropped { rows: usize },
    /// Rows alone in a level of an effect were kept on request; they fit themselves.
    SingletonsKept { rows: usize },
    /// Rows were dropped for another reason.
    RowsDropped { rule: String, rows: usize },
    /// Every level of an effect lies inside one cluster, so its levels cost no degrees of freedom.
    EffectNestedInCluster { effect: String, cluster: String },
    /// A covariance of several ways was not positive semi-definite; negative eigenvalues of it, each coefficient
    /// in units of sqrt((X'WX)^-1_jj), were set to zero. The smallest was this, as a share of the largest.
    VcovRepaired { smallest_eigenvalue: f64 },
    /// The model fits the outcome perfectly: its residuals are rounding.
    PerfectFit,
    /// Estimates whose standard error does not exist, and why.
    NoStandardError { coefficients: Vec<String>, reason: NoStandardError },
    /// So few clusters that cluster-robust inference is unreliable.
    FewClusters { column: String, clusters: usize },
    /// The number of redundant levels among three or more large effects is a lower bound.
    RankBounded { parameters: usize },
    /// Slopes of an effect do not vary in their level beyond the other columns of the effect, and are left out.
    SlopesOmitted { effect: String, slopes: usize, columns: usize },
    /// Few digits of a coefficient can be trusted.
    FewTrustedDigits { coefficient: String, digits: f64 },
    /// A lagged outcome together with unit effects is biased over few periods (Nickell 1981). `implied` is
    /// the coefficient at which the estimator tends to `estimate`, and `bias` what lies between; absent with
    /// several lags, and where no stationary process implies the estimate.
    DynamicWithUnitEffects {
        periods: usize,
        lag: String,
        estimate: Option<f64>,
        bias: Option<f64>,
        implied: Option<f64>,
    },
    /// Rows whose lag falls in a gap of the panel.
    LagGaps { rows: usize },
    /// Rows of units that were treated at the first time or before it, kept as asked.
    AlwaysTreated { rows: usize, earliest: i64, first_time: i64 },
    /// The effect of a dose of several levels is one slope only if it is the same at every level.
    LinearDose { dose: String, levels: usize },
    /// Cells of group and time without a unit to compare with; they have no estimate.
    CellsWithoutControls { cells: usize },
    /// Units left out of comparisons because they miss one of the two times.
    UnitsMissingInComparisons { comparisons: usize, units: usize },
    /// A group of so few units that its standard errors are unreliable.
    SmallGroup { group: i64, units: usize },
    /// Treated rows without an effect, because no untreated row shows their unit or time effect.
    NotImputed { rows: usize },
    /// A synthetic control that fits perfectly with more control units than times: other weights fit as well.
    WeightsNotUnique { controls: usize, times: usize },
    /// No unit is never treated, so the cohort treated last is the comparison, before its own treatment.
    LastCohortCompared { first_treated: i64, rows: usize },
}

/// "1 row was" or "2 rows were".
fn rows_were(rows: usize) -> String {
    counted(rows, ["row", "was", "were"])
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::RegressorsOmitted { columns, spanned_by } => {
                let (are, what) = if columns.len() == 1 { ("is", "it") } else { ("are", "each") };
                write!(f, "{} {are} omitted: {what} {}", quoted(columns), spanning(columns, spanned_by))
            }
            Notice::SingletonsDropped { rows } => {
                write!(f, "{} dropped: alone in a level of an effect", rows_were(*rows))
            }
            Notice::SingletonsKept { rows } => {
                write!(
                    f,
                    "{} kept though alone in a level of an effect: such rows fit themselves",
                    rows_were(*rows)
                )
            }
            Notice::RowsDropped { rule, rows } => write!(f, "{} dropped: {rule}", rows_were(*rows)),
            Notice::EffectNestedInCluster { effect, cluster } => {
                write!(
                    f,
                    "effect `{effect}` is nested in cluster `{cluster}` and costs no degrees of freedom"
                )
            }
            Notice::VcovRepaired { smallest_eigenvalue } => write!(
                f,
                "the covariance was not positive semi-definite (smallest eigenvalue {smallest_eigenvalue:.2e} of the largest, free of units); negative eigenvalues were set to zero"
            ),
            Notice::PerfectFit => write!(
                f,
                "the model fits the outcome perfectly: its residuals are rounding, and there are no standard errors"
            ),
            Notice::NoStandardError { coefficients, reason } => {
                let have = if coefficients.len() == 1 { "has" } else { "have" };
                write!(f, "{} {have} no standard error: {reason}", quoted(coefficients))
            }
            Notice::FewClusters { column, clusters } => {
                write!(f, "only {clusters} clusters in `{column}`: cluster-robust inference is unreliable")
            }
            Notice::RankBounded { parameters } => {
                write!(
                    f,
                    "redundant levels among the effects are a lower bound; {parameters} parameters are counted"
                )
            }
            Notice::SlopesOmitted { effect, slopes, columns } => write!(
                f,
                "{slopes} of the {columns} columns of effect `{effect}` are omitted: slopes that do not vary in their level beyond its other columns"
            ),
            Notice::FewTrustedDigits { coefficient, digits } => {
                write!(f, "only {digits:.1} digits of `{coefficient}` can be trusted")
            }
            Notice::DynamicWithUnitEffects { periods, lag, estimate, bias, implied } => {
                write!(f, "`{lag}` with unit effects is biased by order 1/{periods} (Nickell 1981)")?;
                match (estimate, bias, implied) {
                    (Some(estimate), Some(bias), Some(implied)) => {
                        write!(f, ": {estimate:.4} is about {implied:.4} with a bias of {bias:.4}")
                    }
                    _ => Ok(()),
                }
            }
            Notice::AlwaysTreated { rows, earliest, first_time } => write!(
                f,
                "{} of units treated from the first time, {first_time}, or before it (from {earliest}): nothing shows what they were without treatment",
                counted(*rows, ["row", "is", "are"])
            ),
            Notice::LinearDose { dose, levels } => write!(
                f,
                "the effect of `{dose}` is a mean of slopes between its {levels} levels, and the response to a larger dose only if trends are parallel at every level (Callaway, Goodman-Bacon and Sant'Anna 2024)"
            ),
            Notice::WeightsNotUnique { controls, times } => write!(
                f,
                "the {controls} controls fit the {times} times before treatment perfectly, and so do other weights; the effect hangs on the choice"
            ),
            Notice::LastCohortCompared { first_treated, rows } => write!(
                f,
                "no unit is never treated: the cohort of {first_treated} is the comparison, and {} dropped from then on",
                rows_were(*rows)
            ),
            Notice::CellsWithoutControls { cells } => {
                let have = counted(*cells, ["cell", "of group and time has", "of group and time have"]);
                write!(f, "{have} no unit to compare with and no estimate")
            }
            Notice::UnitsMissingInComparisons { comparisons, units } => write!(
                f,
                "in {} units miss one of the two times; such units are left out, {units} in all",
                counted(*comparisons, ["comparison", "some", "some"])
            ),
            Notice::SmallGroup { group, units } => {
                let units = counted(*units, ["unit", "alone", "in all"]);
                write!(f, "group {group} has {units}: its standard errors are unreliable")
            }
            Notice::NotImputed { rows } => write!(
                f,
                "{} no effect: no untreated row shows the unit or time effect",
                counted(*rows, ["treated row", "has", "have"])
            ),
            Notice::LagGaps { rows } => {
                write!(f, "{} no lag because of gaps in the panel", counted(*rows, ["row", "has", "have"]))
            }
        }
    }
}
