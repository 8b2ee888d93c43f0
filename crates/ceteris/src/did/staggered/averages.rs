//! Effects averaged within each cohort or at each time, and over all.

use crate::att::Influence;
use crate::error::Result;
use crate::frame::Factor;
use crate::inference::Coefficient;
use crate::parallel_trends::EventPath;

/// Effects averaged within each cohort or at each time, and over all.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Averages {
    /// The first treated time of the cohort, or the time, and the average effect.
    pub parts: Vec<(i64, Coefficient)>,
    /// The average over the parts.
    pub overall: Coefficient,
}

/// Estimates by event time with their clustered covariance.
pub(super) fn path_of(influence: &Influence, times: &[i64], clusters: &Factor) -> Result<EventPath> {
    let names = times.iter().map(ToString::to_string).collect();
    EventPath::of(times, influence.with_covariance(names, clusters))
}
