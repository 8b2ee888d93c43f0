//! Small-sample corrections: what K counts, and what a covariance is multiplied with.
//!
//! | file | what |
//! |---|---|
//! | `fields` | what programs do differently, one enum for each choice |
//! | `presets` | the table of programs |
//! | `parameters` | K |
//! | `stored` | a correction as text: the name of a preset, or the fields |
//!
//! ```text
//! K    = regressors + effects - free          (iid, HC: nothing is free)
//! iid  sum w u^2 / (n - K);  HC1  n/(n - K);  HC2, HC3  1 or n/(n - K)
//! CR1  (n - 1)/(n - K) or n/(n - K) or 1, times G/(G - 1) of the fewest clusters, of each term, or 1
//! ```
//! Sources: the programs' documentation; `docs/matching_other_software.md`.

mod fields;
mod parameters;
mod presets;
mod stored;
#[cfg(test)]
mod tests;

pub use fields::{ClusterFactor, Counting, Free, LeverageFactor, Nested, RowFactor, Tail};
pub(crate) use presets::PRESETS;

use super::Distribution;
use super::ledger::Ledger;

/// A small-sample correction: a choice in each of seven fields. Presets bear a program's name where a reference
/// case proves the match; a field can be set apart.
///
/// Formulas and sources: [Standard errors of different programs](crate::methods::standard_errors).
///
/// # Example
/// ```
/// use ceteris::SmallSample;
/// use ceteris::vcov::ClusterFactor;
/// assert_eq!(SmallSample::default(), SmallSample::exact());
/// assert_eq!("areg".parse::<SmallSample>()?, SmallSample::areg());
/// let conventional = SmallSample::fixest().clusters(ClusterFactor::EachTerm);
/// assert_eq!(conventional.preset(), None);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(remote = "Self"))]
pub struct SmallSample {
    pub(crate) counting: Counting,
    pub(crate) nested: Nested,
    pub(crate) free: Free,
    pub(crate) rows: RowFactor,
    pub(crate) clusters: ClusterFactor,
    pub(crate) tail: Tail,
    pub(crate) leverage: LeverageFactor,
}

impl Default for SmallSample {
    fn default() -> Self {
        Self::exact()
    }
}

impl SmallSample {
    /// How K counts the columns of effects.
    pub fn counting(self, counting: Counting) -> Self {
        Self { counting, ..self }
    }

    /// Which effects count as nested in clusters.
    pub fn nested(self, nested: Nested) -> Self {
        Self { nested, ..self }
    }

    /// What a nested effect does not add to K.
    pub fn free(self, free: Free) -> Self {
        Self { free, ..self }
    }

    /// How many rows the covariance is scaled by under clustering.
    pub fn rows(self, rows: RowFactor) -> Self {
        Self { rows, ..self }
    }

    /// Of which clusters G/(G-1) is taken under clustering.
    pub fn clusters(self, clusters: ClusterFactor) -> Self {
        Self { clusters, ..self }
    }

    /// What statistics are compared with.
    pub fn tail(self, tail: Tail) -> Self {
        Self { tail, ..self }
    }

    /// What HC2 and HC3 are multiplied with.
    pub fn leverage(self, leverage: LeverageFactor) -> Self {
        Self { leverage, ..self }
    }

    /// What HC2 and HC3 are multiplied with, for `dof` = n - K.
    pub(crate) fn leverage_factor(self, nobs: usize, dof: f64) -> f64 {
        match self.leverage {
            LeverageFactor::None => 1.0,
            LeverageFactor::Rows => nobs as f64 / dof,
        }
    }

    /// What all terms of a cluster-robust covariance share, for `dof` = n - K.
    pub(crate) fn cluster_factor(self, nobs: usize, dof: f64) -> f64 {
        match self.rows {
            RowFactor::None => 1.0,
            RowFactor::RowsLessOne => (nobs as f64 - 1.0) / dof,
            RowFactor::Rows => nobs as f64 / dof,
        }
    }

    /// a_S for a term with this many clusters, where the smallest variable has `smallest`.
    pub(crate) fn term_factor(self, clusters: usize, smallest: usize) -> f64 {
        let ratio = |clusters: usize| clusters as f64 / (clusters as f64 - 1.0);
        match self.clusters {
            ClusterFactor::None => 1.0,
            ClusterFactor::Smallest => ratio(smallest),
            ClusterFactor::EachTerm => ratio(clusters),
        }
    }

    /// The tail of HC statistics, for `dof` = n - K.
    pub(crate) fn robust_tail(self, dof: f64) -> Distribution {
        match self.tail {
            Tail::Normal => Distribution::Normal,
            _ => Distribution::T(dof),
        }
    }

    /// The tail of clustered statistics, for `dof` = n - K under clustering.
    pub(crate) fn clustered_tail(self, smallest: usize, dof: f64, ledger: &Ledger) -> Distribution {
        let between = smallest as f64 - 1.0;
        match self.tail {
            Tail::Clusters => Distribution::T(between),
            Tail::ClustersOrRows => Distribution::T(between.min(dof)),
            Tail::Rows => Distribution::T(dof),
            Tail::Rank => Distribution::T((ledger.nobs - ledger.rank) as f64), // a fit has more rows than its rank
            Tail::Normal => Distribution::Normal,
        }
    }
}
