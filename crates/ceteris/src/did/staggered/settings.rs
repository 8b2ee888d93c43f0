//! What every design for staggered adoption is told: outcome, panel, first treated times, covariates,
//! weights, and which rows it is about.

use crate::att::{Adoption, Cohorts};
use crate::error::{Error, Result};
use crate::frame::{Condition, Frame, Index, Interaction, Rule, Sample, SampleRules, WeightKind, Weights};
use crate::notice::Notice;

/// Names and settings, no data.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub(super) struct Settings {
    pub(super) outcome: String,
    pub(super) adoption: Adoption,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) covariates: Vec<String>,
    pub(super) weights: Option<Weights>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) conditions: Vec<Condition>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) required: Vec<Interaction>,
}

impl Settings {
    pub(super) fn new(outcome: &str, index: Index<'_>, first_treated: &str) -> Self {
        Self {
            outcome: outcome.to_string(),
            adoption: Adoption::new(index, first_treated),
            covariates: Vec::new(),
            weights: None,
            conditions: Vec::new(),
            required: Vec::new(),
        }
    }

    /// The columns that identify a unit.
    pub(super) fn unit(&self) -> &Interaction {
        &self.adoption.unit
    }

    /// The rows in use.
    ///
    /// # Errors
    /// Those of [`Sample::new`]; [`Error::Unsupported`] for frequency weights.
    pub(super) fn sample(&self, frame: &Frame) -> Result<Sample> {
        if self.weights.as_ref().is_some_and(|weights| weights.kind() == WeightKind::Frequency) {
            let with = "designs for staggered adoption, whose units are counted once (repeat the units)";
            return Err(Error::Unsupported { what: "frequency weights", with });
        }
        let mut reals = vec![self.outcome.as_str(), self.adoption.time.as_str()];
        reals.extend(self.covariates.iter().map(String::as_str));
        let required = self.required.iter().flat_map(Interaction::columns);
        let rules = SampleRules {
            conditions: &self.conditions,
            reals,
            present: self.unit().columns().iter().chain(required).map(String::as_str).collect(),
            weights: self.weights.as_ref(),
        };
        Sample::new(frame, &rules)
    }

    /// First treated times over the rows in use.
    pub(super) fn cohorts(&self, frame: &Frame, sample: &Sample) -> Result<Cohorts> {
        self.adoption.read(frame, sample.rows())
    }
}

/// Rows dropped for another reason than that they were not asked for.
pub(super) fn dropped_rows(sample: &Sample) -> Vec<Notice> {
    let asked = |rule: &Rule| matches!(rule, Rule::Condition { .. });
    let dropped = sample.dropped().into_iter().filter(|dropped| !asked(&dropped.rule));
    dropped
        .map(|dropped| Notice::RowsDropped { rule: dropped.rule.to_string(), rows: dropped.rows })
        .collect()
}

/// The settings that designs for staggered adoption share, written once.
macro_rules! staggered_settings {
    ($design:ty) => {
        impl $design {
            /// How the column of first treated times says "never" (default: by a time after the last).
            pub fn never(mut self, never: $crate::att::Never) -> Self {
                self.settings.adoption.never = never;
                self
            }

            /// What becomes of units treated from the first time on (default: they are refused); they can be dropped.
            pub fn always(mut self, always: $crate::att::Always) -> Self {
                self.settings.adoption.always = Some(always);
                self
            }

            /// Weights the units (default: equally).
            pub fn weights(mut self, weights: $crate::frame::Weights) -> Self {
                self.settings.weights = Some(weights);
                self
            }

            /// Keeps only rows that meet the condition; several conditions must all be met.
            pub fn keep(mut self, condition: $crate::frame::Condition) -> Self {
                self.settings.conditions.push(condition);
                self
            }

            /// Names further columns that the sample needs, such as cluster columns.
            pub fn require<I: Into<$crate::frame::Interaction>>(
                mut self,
                columns: impl IntoIterator<Item = I>,
            ) -> Self {
                self.settings.required.extend(columns.into_iter().map(Into::into));
                self
            }

            /// Adds covariates: real columns.
            pub fn adjust_for<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>) -> Self {
                self.settings.covariates.extend(columns.into_iter().map(Into::into));
                self
            }
        }
    };
}

pub(super) use staggered_settings;
