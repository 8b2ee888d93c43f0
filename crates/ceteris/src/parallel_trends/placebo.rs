//! A placebo in time: the effect that a design finds at a date without a reform.

use super::Answer;
use crate::error::Result;
use crate::inference::Coefficient;

/// The effect at a date without a reform.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Placebo {
    /// The date, or the periods before treatment as a negative number.
    pub date: i64,
    /// The effect, or why there is none.
    pub effect: Answer<Coefficient>,
}

impl Placebo {
    /// What a design says at a date.
    pub(crate) fn new(date: i64, effect: Result<Coefficient>) -> Self {
        Self { date, effect: effect.into() }
    }
}
