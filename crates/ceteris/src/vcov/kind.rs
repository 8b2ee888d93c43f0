//! A covariance as a value: what is assumed of the errors, and the small-sample correction.

use std::fmt;

use super::cluster::Cluster;
use super::hc::Hc;
use super::iid::{self, Iid};
use super::request::{Estimated, Request};
use super::small_sample::SmallSample;
use crate::error::Result;
use crate::frame::Interaction;

/// A covariance of coefficients and its small-sample correction.
///
/// Formulas and sources: [Standard errors of different programs](crate::methods::standard_errors).
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
