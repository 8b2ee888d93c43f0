//! Covariances of coefficients: a value chosen after the fit, computed from the fit's ingredients.
//!
//! | value | meat | file |
//! |---|---|---|
//! | [`Iid`] | sigma^2 X~'WX~ | `iid` |
//! | [`Hc`] | sum_i a_i s_i s_i' | `hc` |
//! | [`Cluster`] | sum_g s_g s_g', several ways by inclusion and exclusion | `cluster` |
//!
//! What a covariance multiplies with for small samples is a second, orthogonal value: [`SmallSample`].
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

/// A covariance of coefficients.
///
/// # Example
/// ```
/// use ceteris::{Cluster, Hc, Iid, Vcov};
/// assert_eq!(Vcov::from(Iid).to_string(), "iid");
/// assert_eq!(Vcov::from(Hc::Hc3).to_string(), "HC3");
/// assert_eq!(Vcov::from(Cluster::by(["region", "year"])).to_string(), "CR1 by region and year");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Vcov {
    /// Errors independent with equal variance.
    Iid(Iid),
    /// Errors independent, each with its own variance.
    Hc(Hc),
    /// Errors independent between clusters.
    Cluster(Cluster),
}

impl Vcov {
    /// Cluster columns (or interactions `a^b`); none for other covariances.
    pub fn cluster_columns(&self) -> &[Interaction] {
        match self {
            Vcov::Cluster(cluster) => cluster.columns(),
            _ => &[],
        }
    }

    /// Whether leverages are needed.
    pub(crate) fn needs_leverage(&self) -> bool {
        matches!(self, Vcov::Hc(Hc::Hc2 | Hc::Hc3))
    }
}

impl From<Iid> for Vcov {
    fn from(iid: Iid) -> Self {
        Vcov::Iid(iid)
    }
}

impl From<Hc> for Vcov {
    fn from(hc: Hc) -> Self {
        Vcov::Hc(hc)
    }
}

impl From<Cluster> for Vcov {
    fn from(cluster: Cluster) -> Self {
        Vcov::Cluster(cluster)
    }
}

impl fmt::Display for Vcov {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Vcov::Iid(_) => write!(f, "iid"),
            Vcov::Hc(hc) => write!(f, "{}", hc.name()),
            Vcov::Cluster(cluster) => {
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
        match self {
            Vcov::Iid(_) => iid::estimate(request),
            Vcov::Hc(hc) => hc.estimate(request),
            Vcov::Cluster(cluster) => cluster.estimate(request),
        }
    }
}
