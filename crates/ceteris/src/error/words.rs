//! Sentences that name a setting: the same under the library's names and under those of a program.

use std::borrow::Cow;

use super::names::counted;
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
pub(super) const MISSING_OR_NOT: [Change; 2] = [
    Change::Set { setting: "never", value: Cow::Borrowed("missing") },
    Change::Do { what: "keep only the rows where it is known" },
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

pub(super) fn first_treated_missing(column: &str, units: usize, names: Names<'_>) -> String {
    let units = counted(units, ["unit", "has", "have"]);
    let found = format!(
        "{units} no value of `{column}` (it is missing), and whether that stands for never treated is not guessed"
    );
    ended(found, Remedy::any_of(MISSING_OR_NOT), names)
}

pub(super) fn never_or_always(
    column: &str,
    value: i64,
    units: usize,
    first_time: i64,
    names: Names<'_>,
) -> String {
    let units = counted(units, ["unit", "has", "have"]);
    let found = format!(
        "{units} {value} in `{column}`, no later than the first time, {first_time}, and whether that stands for never treated or for treated from the start is not guessed"
    );
    ended(found, never_or_from_the_start(value), names)
}

pub(super) fn reference_absent(
    reference: i64,
    cohorts: &[i64],
    nearest: Option<i64>,
    names: Names<'_>,
) -> String {
    let dates: Vec<String> = cohorts.iter().map(i64::to_string).collect();
    let found = format!(
        "event time {reference} does not occur in rows first treated at {}, so it cannot be their reference",
        dates.join(", ")
    );
    ended(found, other_reference(nearest), names)
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

/// What to say of a value that may stand for never.
pub(super) fn never_or_from_the_start(value: i64) -> Remedy {
    let always = |value| Change::Set { setting: "always", value: Cow::Borrowed(value) };
    let never = Change::Set { setting: "never", value: value.to_string().into() };
    Remedy::any_of([never, always("drop"), always("keep")])
}

/// The last event time before treatment that all cohorts have, if there is one.
pub(super) fn other_reference(nearest: Option<i64>) -> Remedy {
    let what = "leave these rows out, since no event time occurs in all cohorts, or count time in steps that all share";
    Remedy::any_of([match nearest {
        Some(event_time) => Change::Set { setting: "reference", value: event_time.to_string().into() },
        None => Change::Do { what },
    }])
}

/// The one feature of this crate that a setting asks for.
const LAPACK: &str = "lapack";

/// Where a build leaves a feature out, another setting may do without it.
pub(super) fn rebuilt(feature: &str) -> Option<Remedy> {
    (feature == LAPACK).then(|| Remedy::any_of([OTHER_SOLVER]))
}
