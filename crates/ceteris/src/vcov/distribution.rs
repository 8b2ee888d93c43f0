//! The tail that a statistic is compared with.

use crate::special::{normal, student};

/// The tail that a statistic is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "snake_case"))]
pub enum Distribution {
    /// t and F with these (denominator) degrees of freedom.
    T(f64),
    /// Normal and chi-squared.
    Normal,
}

impl Distribution {
    /// P(X > x)
    pub(crate) fn upper_tail(self, x: f64) -> f64 {
        match self {
            Distribution::T(dof) => student::upper_tail(x, dof),
            Distribution::Normal => normal::upper_tail(x),
        }
    }

    /// P(|X| > |x|)
    pub(crate) fn two_sided(self, x: f64) -> f64 {
        match self {
            Distribution::T(dof) => student::two_sided(x, dof),
            Distribution::Normal => normal::two_sided(x),
        }
    }

    /// The value below which X falls with probability `p`.
    pub(crate) fn quantile(self, p: f64) -> f64 {
        match self {
            Distribution::T(dof) => student::quantile(p, dof),
            Distribution::Normal => normal::quantile(p),
        }
    }
}
