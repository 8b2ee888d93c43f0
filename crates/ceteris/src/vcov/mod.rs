//! Covariances of coefficients: a value chosen after the fit, computed from the fit's ingredients.
//!
//! | value | meat | file |
//! |---|---|---|
//! | [`Iid`] | sigma^2 X~'WX~ | `iid` |
//! | [`Hc`] | sum_i a_i s_i s_i' | `hc` |
//! | [`Cluster`] | sum_g s_g s_g', several ways by inclusion and exclusion | `cluster` |
//!
//! Each carries a small-sample correction, [`SmallSample`]: `Cluster::by(["g"]).small_sample(SmallSample::areg())`.
//! Nothing here sees a frame: clusters arrive as factors over the rows of the fit.

mod cluster;
mod distribution;
mod hc;
mod iid;
mod ingredients;
mod ledger;
mod sandwich;
mod small_sample;

use std::fmt;

pub use cluster::{Cluster, ClusterType};
pub use distribution::Distribution;
pub use hc::Hc;
pub use iid::Iid;
pub use ingredients::Ingredients;
pub use ledger::{EffectCost, Ledger};
pub use sandwich::{sandwich, sum_by_cluster};
pub(crate) use small_sample::PRESETS;
pub use small_sample::{ClusterFactor, Counting, Free, LeverageFactor, Nested, RowFactor, SmallSample, Tail};

use crate::error::Result;
use crate::frame::{Factor, Interaction};
use crate::linalg::{Columns, LeastSquares};
use crate::notice::Notice;

/// A covariance of coefficients and its small-sample correction.
///
/// # Example
/// ```
/// use ceteris::{Cluster, Hc, Iid, SmallSample, Vcov};
/// assert_eq!(Vcov::from(Iid).to_string(), "iid");
/// assert_eq!(Vcov::from(Hc::Hc3).to_string(), "HC3");
/// let clustered = Cluster::by(["region", "year"]).small_sample(SmallSample::fixest());
/// assert_eq!(clustered.to_string(), "CR1 by region and year");
/// assert_eq!(clustered.correction(), SmallSample::fixest());
/// assert_eq!(Vcov::from(Iid).correction(), SmallSample::exact());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Vcov {
    kind: VcovKind,
    small_sample: SmallSample,
}

/// What is assumed of the errors.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum VcovKind {
    /// Errors independent with equal variance.
    Iid,
    /// Errors independent, each with its own variance.
    Hc(Hc),
    /// Errors independent between clusters.
    Cluster(Cluster),
}

impl Vcov {
    /// The same covariance under another small-sample correction.
    pub fn small_sample(self, small_sample: SmallSample) -> Self {
        Self { small_sample, ..self }
    }

    /// The small-sample correction; [`SmallSample::exact`] unless another was set.
    pub fn correction(&self) -> SmallSample {
        self.small_sample
    }

    /// What is assumed of the errors.
    pub fn kind(&self) -> &VcovKind {
        &self.kind
    }

    /// Cluster columns (or interactions `a^b`); none for other covariances.
    pub fn cluster_columns(&self) -> &[Interaction] {
        match &self.kind {
            VcovKind::Cluster(cluster) => cluster.columns(),
            _ => &[],
        }
    }

    /// Whether leverages are needed.
    pub(crate) fn needs_leverage(&self) -> bool {
        matches!(self.kind, VcovKind::Hc(Hc::Hc2 | Hc::Hc3))
    }
}

impl From<VcovKind> for Vcov {
    fn from(kind: VcovKind) -> Self {
        Self { kind, small_sample: SmallSample::default() }
    }
}

/// What each of the three is made from, and the setter that makes it a [`Vcov`].
macro_rules! into_vcov {
    ($($from:ty, $name:ident => $kind:expr;)*) => {$(
        impl From<$from> for Vcov {
            fn from($name: $from) -> Self {
                $kind.into()
            }
        }

        impl $from {
            /// This covariance under a small-sample correction.
            pub fn small_sample(self, small_sample: SmallSample) -> Vcov {
                Vcov::from(self).small_sample(small_sample)
            }
        }
    )*};
}

into_vcov! {
    Iid, _iid => VcovKind::Iid;
    Hc, hc => VcovKind::Hc(hc);
    Cluster, cluster => VcovKind::Cluster(cluster);
}

impl fmt::Display for Vcov {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            VcovKind::Iid => write!(f, "iid"),
            VcovKind::Hc(hc) => write!(f, "{}", hc.name()),
            VcovKind::Cluster(cluster) => {
                let columns: Vec<String> = cluster.columns().iter().map(Interaction::to_string).collect();
                write!(f, "{} by {}", cluster.name(), columns.join(" and "))
            }
        }
    }
}

/// A covariance, what it counted, and what its reader should know.
#[derive(Debug, Clone)]
pub struct Estimated {
    /// k by k, in the order of the coefficients.
    pub matrix: Columns,
    /// K of the small-sample factor.
    pub parameters: usize,
    /// What the sandwich was multiplied with; with a factor per term, the factor they share.
    pub factor: f64,
    /// Degrees of freedom and tail of t and F statistics.
    pub distribution: Distribution,
    /// Clusters of each cluster variable.
    pub nclusters: Vec<usize>,
    /// Facts about this covariance.
    pub notices: Vec<Notice>,
}

/// Everything a covariance is computed from.
pub(crate) struct Request<'a> {
    pub(crate) ingredients: &'a Ingredients,
    pub(crate) ledger: &'a Ledger,
    /// One factor for each cluster column, over the rows of the fit.
    pub(crate) clusters: &'a [Factor],
    /// Leverages including the effects, where needed.
    pub(crate) leverage: Option<&'a [f64]>,
    pub(crate) small_sample: SmallSample,
    pub(crate) backend: LeastSquares,
}

impl Vcov {
    /// Computes the covariance.
    pub(crate) fn estimate(&self, request: &Request<'_>) -> Result<Estimated> {
        match &self.kind {
            VcovKind::Iid => iid::estimate(request),
            VcovKind::Hc(hc) => hc.estimate(request),
            VcovKind::Cluster(cluster) => cluster.estimate(request),
        }
    }
}
