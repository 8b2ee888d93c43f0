//! Effects averaged within each cohort or at each time, and over all.

use crate::inference::Coefficient;

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
