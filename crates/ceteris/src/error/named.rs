//! The remedy of an error, and its sentence under other names for settings.

use super::remedy::{Names, Remedy};
use super::{Error, words};

impl Error {
    /// What to do about it, where that is to change a setting.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Error::NotConverged { .. } => Some(Remedy::any_of(words::MORE_ITERATIONS)),
            Error::NoNeverTreated { .. } => Some(Remedy::any_of(words::OTHER_CONTROLS)),
            Error::FirstTreatedMissing { .. } => Some(Remedy::any_of(words::MISSING_OR_NOT)),
            Error::NeverOrAlways { value, .. } => Some(words::never_or_from_the_start(*value)),
            Error::ReferenceAbsent { nearest, .. } => Some(words::other_reference(*nearest)),
            Error::Overlap { .. } | Error::Separation { .. } => Some(Remedy::any_of(words::NO_PROPENSITY)),
            Error::FeatureDisabled { feature, .. } => words::rebuilt(feature),
            Error::InModel { reason, .. } => reason.remedy(),
            _ => None,
        }
    }

    /// The sentence with settings under other names, such as the flags of a command line.
    ///
    /// # Example
    /// ```
    /// let error = ceteris::Error::InvalidSetting { setting: "lags", value: "0".to_string(), must: "at least 1" };
    /// assert_eq!(error.to_string(), "`lags` must be at least 1, but it is 0");
    /// let flags = |setting: &str, _: Option<&str>| format!("`--{setting}`");
    /// assert_eq!(error.named(&flags), "`--lags` must be at least 1, but it is 0");
    /// ```
    pub fn named(&self, names: Names<'_>) -> String {
        match self {
            Error::InvalidSetting { setting, value, must } => {
                words::invalid_setting(setting, value, must, names)
            }
            Error::NoNeverTreated { column } => words::no_never_treated(column, names),
            Error::FirstTreatedMissing { column, units } => {
                words::first_treated_missing(column, *units, names)
            }
            Error::NeverOrAlways { column, value, units, first_time } => {
                words::never_or_always(column, *value, *units, *first_time, names)
            }
            Error::ReferenceAbsent { reference, cohorts, nearest } => {
                words::reference_absent(*reference, cohorts, *nearest, names)
            }
            Error::Overlap { comparison, propensity } => words::overlap(comparison, *propensity, names),
            Error::NotConverged { column, iterations, residual, tolerance } => {
                words::not_converged(column, *iterations, [*residual, *tolerance], names)
            }
            Error::Separation { comparison, iterations, residual, tolerance } => {
                words::separation(comparison, *iterations, [*residual, *tolerance], names)
            }
            Error::FeatureDisabled { feature, wanted_by } => {
                words::feature_disabled(feature, wanted_by, names)
            }
            Error::InModel { number, model, reason } => words::in_model(*number, model, &reason.named(names)),
            other => other.to_string(),
        }
    }
}
