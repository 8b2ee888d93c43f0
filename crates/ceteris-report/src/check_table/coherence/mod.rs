//! The checks of one row. Each returns nothing where the row lacks what it needs.
//!
//! ```text
//! interval   b in the middle; width against SE and against b / t
//! tests      t = b / SE; p from t or from the interval; p from F
//! joint      all numbers at once, where no two of them disagree already
//! statement  two printings, a difference, a stated verdict
//! ```

mod interval;
mod joint;
mod statement;
mod tests_of_p;

use super::findings::{Check, Finding, Severity};
use super::infer::Implied;
use super::row::{PROBABILITY, Ranges};
use super::{PrintedNumber, Row};

/// Every check that the row's numbers allow, except that of its stars, which needs its table.
pub(super) fn findings(row: &Row, ranges: &Ranges, implied: &Implied) -> Vec<Finding> {
    let found = [
        possible(row),
        interval::centre(row, ranges),
        tests_of_p::statistic(row, ranges),
        interval::against_error(row, ranges),
        interval::against_statistic(row, ranges),
        tests_of_p::p_and_statistic(row, ranges),
        tests_of_p::p_and_interval(row, ranges),
        tests_of_p::f(row),
        nobs(row, ranges, implied),
        statement::also_printed(row),
        statement::difference(row),
        statement::verdict(row, ranges, implied),
    ];
    let mut found: Vec<Finding> = found.into_iter().flatten().collect();
    if found.iter().all(|finding| finding.severity != Severity::Incoherent) {
        found.extend(joint::findings(row, ranges));
    }
    found
}

/// Numbers that no estimation can give.
fn possible(row: &Row) -> Option<Finding> {
    let positive = |number: &PrintedNumber| number.range().high > 0.0 && number.value() >= 0.0;
    let whole = |number: &PrintedNumber| number.value() >= 1.0 && number.value().fract() == 0.0;
    let probability = |number: &PrintedNumber| PROBABILITY.contains(number.value());
    let reversed = row.low.as_ref().zip(row.high.as_ref());
    let checked = [
        row.std_error.as_ref().map(|n| (positive(n), format!("SE = {n} is not positive"))),
        row.p_value.as_ref().map(|n| (probability(n), format!("p = {n} is not in [0, 1]"))),
        row.f.as_ref().map(|n| (positive(n), format!("F = {n} is negative"))),
        row.nobs.as_ref().map(|n| (whole(n), format!("N = {n} is not a count"))),
        reversed.map(|(low, high)| {
            (low.value() <= high.value(), format!("the interval runs from {low} down to {high}"))
        }),
    ];
    let checked: Vec<(bool, String)> = checked.into_iter().flatten().collect();
    if checked.is_empty() {
        return None;
    }
    let wrong: Vec<String> = checked.into_iter().filter(|(sound, _)| !sound).map(|(_, why)| why).collect();
    let sentence = if wrong.is_empty() { "every number is possible".to_owned() } else { wrong.join("; ") };
    Some(Finding::unless(Check::Possible, wrong.is_empty(), sentence))
}

/// Degrees of freedom cannot reach N.
fn nobs(row: &Row, ranges: &Ranges, implied: &Implied) -> Option<Finding> {
    let nobs = row.nobs.as_ref()?;
    if let Some(dof) = &row.dof_residual {
        let sentence =
            format!("N = {nobs} and {dof} degree{} of freedom", if dof.value() == 1.0 { "" } else { "s" });
        return Some(Finding::unless(Check::Nobs, dof.value() < nobs.value(), sentence));
    }
    let dof = implied.dof.filter(|_| ranges.dof.is_none())?;
    let enough = dof.low < nobs.value() || dof.high.is_infinite(); // the normal
    let severity = if enough { Severity::Coherent } else { Severity::Suspicious };
    let words = super::findings::dof_words(dof);
    Some(Finding::new(Check::Nobs, severity, format!("N = {nobs}, and p follows from t with {words}")))
}
