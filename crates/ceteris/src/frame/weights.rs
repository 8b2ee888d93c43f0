//! Weights carry their kind, because the kind decides what an observation is.
//!
//! | kind | w_i says | nobs | after scaling by a constant |
//! |---|---|---|---|
//! | analytic | row i is a mean over w_i units | rows with w > 0 | nothing changes |
//! | frequency | row i stands for w_i equal rows | sum of w | another sample |
//! | probability | row i stands for w_i units of the population | rows with w > 0 | nothing changes; robust only |

use std::fmt;

use super::Frame;
use crate::error::{Error, Result};
use crate::linalg::vectorized::vectorized;

/// What a weight says about its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum WeightKind {
    /// Inverse variance: the row is a mean over that many units (a denominator, a population).
    Analytic,
    /// The row stands for that many identical rows.
    Frequency,
    /// Inverse probability of being sampled; only robust covariances are defined.
    Probability,
}

impl fmt::Display for WeightKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            WeightKind::Analytic => "analytic",
            WeightKind::Frequency => "frequency",
            WeightKind::Probability => "probability",
        })
    }
}

/// A weight column and its kind.
///
/// # Example
/// ```
/// use ceteris::frame::WeightKind;
/// use ceteris::Weights;
/// let weights = Weights::analytic("eligible");
/// assert_eq!((weights.kind(), weights.column()), (WeightKind::Analytic, "eligible"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Weights {
    kind: WeightKind,
    column: String,
}

impl Weights {
    /// Inverse-variance weights.
    pub fn analytic(column: impl Into<String>) -> Self {
        Self { kind: WeightKind::Analytic, column: column.into() }
    }

    /// Counts of identical rows.
    pub fn frequency(column: impl Into<String>) -> Self {
        Self { kind: WeightKind::Frequency, column: column.into() }
    }

    /// Inverse sampling probabilities.
    pub fn probability(column: impl Into<String>) -> Self {
        Self { kind: WeightKind::Probability, column: column.into() }
    }

    /// The kind.
    pub fn kind(&self) -> WeightKind {
        self.kind
    }

    /// The column.
    pub fn column(&self) -> &str {
        &self.column
    }

    /// Whether every row has a weight above zero, in one look; `false` also where that takes more than one.
    pub(crate) fn count_everywhere(&self, frame: &Frame) -> Result<bool> {
        Ok(self.kind != WeightKind::Frequency && all_positive(frame.real(&self.column)?))
    }

    /// The weight column after a check of its values (missing ones pass: the sample drops them).
    pub(crate) fn checked<'a>(&self, frame: &'a Frame) -> Result<&'a [f64]> {
        let values = frame.real(&self.column)?;
        let whole = self.kind == WeightKind::Frequency;
        let must = if whole { "whole numbers of at least 0" } else { "finite and at least 0" };
        let wrong = |w: f64| w < 0.0 || w.is_infinite() || (whole && w.fract() != 0.0);
        match values.iter().position(|&w| !w.is_nan() && wrong(w)) {
            None => Ok(values),
            Some(row) => Err(Error::InvalidWeight {
                column: self.column.clone(),
                row: row.into(),
                value: values[row],
                must,
            }),
        }
    }
}

vectorized! {
    /// Whether every value is finite and above 0.
    fn all_positive(values: &[f64]) -> bool {
        values.iter().fold(true, |so_far, w| so_far & (*w > 0.0) & (*w < f64::INFINITY))
    }
}
