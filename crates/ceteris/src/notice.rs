//! Facts that did not stop an estimate but that its reader should know. They travel on the fit.

use std::fmt;

use crate::error::quoted;

/// A fact about a fit or an inference that a reader should know.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(tag = "kind", rename_all = "snake_case"))]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Notice {
    /// A regressor is a combination of others or of effects and has no coefficient.
    RegressorOmitted { column: String, spanned_by: Vec<String> },
    /// Rows that are alone in a level of an effect were dropped.
    SingletonsDropped { rows: usize },
    /// Rows alone in a level of an effect were kept on request; they fit themselves.
    SingletonsKept { rows: usize },
    /// Rows were dropped for another reason.
    RowsDropped { rule: String, rows: usize },
    /// Every level of an effect lies inside one cluster, so its levels cost no degrees of freedom.
    EffectNestedInCluster { effect: String, cluster: String },
    /// A covariance of several ways was not positive semi-definite; negative eigenvalues were set to zero.
    VcovRepaired { smallest_eigenvalue: f64 },
    /// So few clusters that cluster-robust inference is unreliable.
    FewClusters { column: String, clusters: usize },
    /// The number of redundant levels among three or more large effects is a lower bound.
    RankBounded { parameters: usize },
    /// Few digits of a coefficient can be trusted.
    FewTrustedDigits { coefficient: String, digits: f64 },
    /// A lagged outcome together with unit effects is biased over few periods (Nickell 1981).
    DynamicWithUnitEffects { periods: usize },
    /// Rows whose lag falls in a gap of the panel.
    LagGaps { rows: usize },
    /// Rows of units that were treated at the first time or before it.
    AlwaysTreated { rows: usize, earliest: i64, first_time: i64 },
    /// A synthetic control that fits perfectly with more control units than times: other weights fit as well.
    WeightsNotUnique { controls: usize, times: usize },
    /// No unit is never treated, so the cohort treated last is the comparison, before its own treatment.
    LastCohortCompared { first_treated: i64, rows: usize },
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Notice::RegressorOmitted { column, spanned_by } => {
                write!(f, "`{column}` is omitted: it is a combination of {}", quoted(spanned_by))
            }
            Notice::SingletonsDropped { rows } => {
                write!(f, "{rows} rows alone in a level of an effect were dropped")
            }
            Notice::SingletonsKept { rows } => {
                write!(f, "{rows} rows alone in a level of an effect were kept and fit themselves")
            }
            Notice::RowsDropped { rule, rows } => write!(f, "{rows} rows were dropped: {rule}"),
            Notice::EffectNestedInCluster { effect, cluster } => {
                write!(
                    f,
                    "effect `{effect}` is nested in cluster `{cluster}` and costs no degrees of freedom"
                )
            }
            Notice::VcovRepaired { smallest_eigenvalue } => write!(
                f,
                "the covariance was not positive semi-definite (smallest eigenvalue {smallest_eigenvalue:.2e}); negative eigenvalues were set to zero"
            ),
            Notice::FewClusters { column, clusters } => {
                write!(f, "only {clusters} clusters in `{column}`: cluster-robust inference is unreliable")
            }
            Notice::RankBounded { parameters } => {
                write!(
                    f,
                    "redundant levels among the effects are a lower bound; {parameters} parameters are counted"
                )
            }
            Notice::FewTrustedDigits { coefficient, digits } => {
                write!(f, "only {digits:.1} digits of `{coefficient}` can be trusted")
            }
            Notice::DynamicWithUnitEffects { periods } => {
                write!(f, "a lagged outcome with unit effects is biased by order 1/{periods} (Nickell 1981)")
            }
            Notice::AlwaysTreated { rows, earliest, first_time } => write!(
                f,
                "{rows} rows are of units first treated at {earliest} or later but not after the first time, {first_time}; if {earliest} stands for never, say so"
            ),
            Notice::WeightsNotUnique { controls, times } => write!(
                f,
                "the {controls} controls fit the {times} times before treatment perfectly, and so do other weights; the effect hangs on the choice"
            ),
            Notice::LastCohortCompared { first_treated, rows } => write!(
                f,
                "no unit is never treated: the cohort of {first_treated} is the comparison, and {rows} rows from then on were dropped"
            ),
            Notice::LagGaps { rows } => write!(f, "{rows} rows have no lag because of gaps in the panel"),
        }
    }
}
