//! Sentences that name a setting: the same under the library's names and under those of a program.

use super::remedy::{Change, Names, Remedy};

pub(super) const MORE_ITERATIONS: [Change; 2] =
    [Change::Raise { setting: "limit" }, Change::Use { setting: "absorption", value: "Absorption::Direct" }];
pub(super) const OTHER_CONTROLS: [Change; 2] = [
    Change::Use { setting: "controls", value: "Controls::NotYetTreated" },
    Change::Say { setting: "never", what: "how the column codes them" },
];
pub(super) const NO_PROPENSITY: [Change; 2] = [
    Change::Use { setting: "adjustment", value: "Adjustment::OutcomeRegression" },
    Change::Shorten { setting: "adjust_for" },
];
const OTHER_SOLVER: Change = Change::Use { setting: "least_squares", value: "LeastSquares::Faer" };

/// What was asked and found, and what to do.
fn ended(found: String, remedy: Remedy, names: Names<'_>) -> String {
    format!("{found}; {}", remedy.named(names))
}

pub(super) fn invalid_setting(setting: &str, value: &str, must: &str, names: Names<'_>) -> String {
    format!("{} must be {must}, but it is {value}", names(setting, None))
}

pub(super) fn no_never_treated(column: &str, names: Names<'_>) -> String {
    let found = format!("the comparison needs units that are never treated, but `{column}` has none");
    ended(found, Remedy::any_of(OTHER_CONTROLS), names)
}

pub(super) fn overlap(comparison: &str, propensity: f64, names: Names<'_>) -> String {
    let found = format!(
        "treated and comparison units must overlap, but the {comparison} has a propensity of {propensity:.4}"
    );
    ended(found, Remedy::any_of(NO_PROPENSITY), names)
}

pub(super) fn not_converged(
    column: &str,
    iterations: usize,
    [residual, tolerance]: [f64; 2],
    names: Names<'_>,
) -> String {
    let found = format!(
        "absorption of the effects from `{column}` stopped after {iterations} iterations with residual {residual:.1e} (tolerance {tolerance:.1e})"
    );
    ended(found, Remedy::any_of(MORE_ITERATIONS), names)
}

pub(super) fn separation(
    comparison: &str,
    iterations: usize,
    [residual, tolerance]: [f64; 2],
    names: Names<'_>,
) -> String {
    let found = format!(
        "the propensity of the {comparison} has no maximum of its likelihood, because the covariates separate treated from comparison units: after {iterations} iterations the decrement is {residual:.1e} (tolerance {tolerance:.1e})"
    );
    ended(found, Remedy::any_of(NO_PROPENSITY), names)
}

pub(super) fn feature_disabled(feature: &str, wanted_by: &str, names: Names<'_>) -> String {
    let wanted_by = match feature {
        LAPACK => names("least_squares", Some(wanted_by)),
        _ => wanted_by.to_string(),
    };
    let found = format!("{wanted_by} needs the feature `{feature}`, which this build leaves out");
    match rebuilt(feature) {
        None => format!("{found}; rebuild with `--features {feature}`"),
        Some(remedy) => {
            format!("{found}; rebuild with `--features {feature}` or {}", remedy.named(names))
        }
    }
}

pub(super) fn in_model(number: usize, model: &str, reason: &str) -> String {
    format!("model {number}, `{model}`: {reason}")
}

/// The one feature of this crate that a setting asks for.
const LAPACK: &str = "lapack";

/// Where a build leaves a feature out, another setting may do without it.
pub(super) fn rebuilt(feature: &str) -> Option<Remedy> {
    (feature == LAPACK).then(|| Remedy::any_of([OTHER_SOLVER]))
}
