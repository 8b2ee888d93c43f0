//! Test statistics and their p-values.
//!
//! ```text
//! t = b / SE
//! p = 2 P(T > |t|; df)         the normal is df = infinity
//! p = P(F > f; df1, df2)
//! ```

use ceteris::special::fisher;

use crate::check_table::findings::{dof_shown, dof_words, percent, shown};
use crate::check_table::infer::{
    DEFAULT_LEVEL, LEAST_DOF, MANY_DOF, UNSTATED, candidates, dof_of_p, p_from_interval, p_value,
};
use crate::check_table::row::{POSITIVE, PROBABILITY, Ranges, dof, inside};
use crate::check_table::slip::{Repair, repairs};
use crate::check_table::{Check, Finding, PrintedNumber, Quantity, Range, Row, Severity};

/// t = b / SE?
pub(super) fn statistic(row: &Row, ranges: &Ranges) -> Option<Finding> {
    let (estimate, printed) = (ranges.estimate?, ranges.statistic?);
    let Some(std_error) = ranges.std_error else {
        return sign(row, estimate, printed);
    };
    let (b, error, t) = (row.estimate.as_ref()?, row.std_error.as_ref()?, row.statistic.as_ref()?);
    let quotient = estimate.over(std_error);
    let severity = if quotient.meets(printed) {
        Severity::Coherent
    } else if quotient.magnitude().meets(printed.magnitude()) {
        Severity::Suspicious // an absolute value, or a sign lost
    } else {
        Severity::Incoherent
    };
    let sentence = format!("b / SE = {b} / {error} is {} and t = {t}", shown(quotient));
    let numbers = [(Quantity::Estimate, b), (Quantity::StdError, error), (Quantity::Statistic, t)];
    let quotient_of = |n: &[PrintedNumber]| {
        let positive = n[1].value() > 0.0;
        positive && n[0].range().over(n[1].range().clamp(POSITIVE)).meets(n[2].range())
    };
    let finding = Finding::new(Check::Statistic, severity, sentence);
    Some(finding.explained(|| repairs(&numbers, quotient_of)))
}

/// The sign of t is that of b, where no SE is printed; a size printed for t is suspicious only.
fn sign(row: &Row, estimate: Range, statistic: Range) -> Option<Finding> {
    let (b, t) = (row.estimate.as_ref()?, row.statistic.as_ref()?);
    let (severity, what) = match () {
        () if estimate.low > 0.0 && statistic.high < 0.0 => (Severity::Incoherent, "which have two signs"),
        () if estimate.high < 0.0 && statistic.low > 0.0 => (Severity::Suspicious, "a size without its sign"),
        () => return None,
    };
    let finding = Finding::new(Check::Statistic, severity, format!("b = {b} and t = {t}, {what}"));
    let numbers = [(Quantity::Estimate, b), (Quantity::Statistic, t)];
    let agree = |n: &[PrintedNumber]| n[0].value() * n[1].value() > 0.0;
    Some(finding.explained(|| repairs(&numbers, agree)))
}

/// p from t, or from b / SE?
pub(super) fn p_and_statistic(row: &Row, ranges: &Ranges) -> Option<Finding> {
    let (size, p, printed) = (ranges.size()?, ranges.p_value?, row.p_value.as_ref()?);
    let possible = dof_of_p(size, p);
    let about = format!("|t| = {} and p = {printed}", shown(size));
    let (severity, sentence) = match (ranges.dof, possible) {
        (Some(dof), _) if p_value(size, dof).meets(p) => {
            (Severity::Coherent, format!("{about} as t with {} gives", dof_shown(dof)))
        }
        (Some(dof), Some(possible)) if possible.high.is_infinite() => {
            (Severity::Suspicious, format!("{about} as the normal gives, and not t with {}", dof_shown(dof)))
        }
        (None, Some(possible)) if possible.high >= MANY_DOF => {
            (Severity::Coherent, format!("{about}: {}", dof_words(possible)))
        }
        (None, Some(possible)) => {
            (Severity::Suspicious, format!("{about} only with {}, which are not stated", dof_words(possible)))
        }
        (stated, _) => {
            let follows = shown(p_value(size, stated.unwrap_or(UNSTATED)));
            (Severity::Incoherent, format!("{about}, but p is {follows}"))
        }
    };
    let finding = Finding::new(Check::PAndStatistic, severity, sentence);
    Some(finding.explained(|| slips_of_p(row, ranges)))
}

/// Slips in t (where it is printed) or p that reconcile them under the stated or many df.
fn slips_of_p(row: &Row, ranges: &Ranges) -> Vec<Repair> {
    let dof = ranges.dof.unwrap_or(UNSTATED);
    let (Some(size), Some(p)) = (ranges.size(), row.p_value.as_ref()) else {
        return Vec::new();
    };
    match row.statistic.as_ref() {
        Some(t) => repairs(&[(Quantity::Statistic, t), (Quantity::PValue, p)], |n| {
            follows(p_value(n[0].range().magnitude(), dof), &n[1])
        }),
        None => repairs(&[(Quantity::PValue, p)], |n| follows(p_value(size, dof), &n[0])),
    }
}

/// Whether a printed p meets the one that follows.
fn follows(p: Range, printed: &PrintedNumber) -> bool {
    inside(&Some(printed.clone()), PROBABILITY).is_some_and(|range| range.meets(p))
}

/// p from the interval, where neither t nor SE is printed?
pub(super) fn p_and_interval(row: &Row, ranges: &Ranges) -> Option<Finding> {
    if ranges.size().is_some() {
        return None;
    }
    let (estimate, half, p) = (ranges.estimate?, ranges.half?, ranges.p_value?);
    let printed = row.p_value.as_ref()?;
    let from = |level: f64, dof: Range| p_from_interval(estimate, half, level, dof);
    let dof = ranges.dof.unwrap_or(UNSTATED);
    let few = Range { low: LEAST_DOF, high: MANY_DOF };
    let level = row.level.unwrap_or(DEFAULT_LEVEL);
    let about = format!("b and its {} interval give p = {}", percent(level), shown(from(level, dof)));
    let other = candidates(row.level).into_iter().find(|&other| from(other, dof).meets(p));
    let (severity, reading) = if from(level, dof).meets(p) {
        (Severity::Coherent, format!("and p = {printed}"))
    } else if let Some(other) = other {
        (Severity::Suspicious, format!("and p = {printed}, as if the level were {}", percent(other)))
    } else if ranges.dof.is_none() && from(level, few).meets(p) {
        (Severity::Suspicious, format!("and p = {printed}, as with fewer than {MANY_DOF} degrees of freedom"))
    } else {
        (Severity::Incoherent, format!("but p = {printed} is printed"))
    };
    let finding = Finding::new(Check::PAndInterval, severity, format!("{about} {reading}"));
    let numbers = [(Quantity::PValue, printed)];
    Some(finding.explained(|| repairs(&numbers, |n| follows(from(level, dof), &n[0]))))
}

/// p from F?
pub(super) fn f(row: &Row) -> Option<Finding> {
    let (f, printed) = (row.f.as_ref()?, row.p_value.as_ref()?);
    let p = inside(&row.p_value, PROBABILITY)?;
    let from = tail(row)?;
    let follow = from(inside(&row.f, POSITIVE)?);
    let dof_residual = row.dof_residual.as_ref().map_or("unstated".to_owned(), ToString::to_string);
    let dof_numerator = row.dof_numerator.as_ref()?;
    let name = format!("F({dof_numerator}, {dof_residual}) = {f}");
    let coherent = follow.meets(p);
    let joint = if coherent { "and" } else { "but" };
    let sentence = format!("{name} gives p = {} {joint} p = {printed} is printed", shown(follow));
    let numbers = [(Quantity::F, f), (Quantity::PValue, printed)];
    let coheres = |n: &[PrintedNumber]| {
        let size = inside(&Some(n[0].clone()), POSITIVE);
        size.is_some_and(|size| follows(from(size), &n[1]))
    };
    let finding = Finding::unless(Check::F, coherent, sentence);
    Some(finding.explained(|| repairs(&numbers, coheres)))
}

/// P(F > f) over the row's degrees of freedom, as a function of the range of f.
pub(in crate::check_table) fn tail(row: &Row) -> Option<impl Fn(Range) -> Range + use<>> {
    let numerator = dof(&row.dof_numerator)?;
    let residual = dof(&row.dof_residual).unwrap_or(UNSTATED);
    Some(move |f: Range| {
        let corner = |f: f64| {
            let at = |df1: f64, df2: f64| Range::point(fisher::upper_tail(f, df1, df2));
            let across = |df1: f64| at(df1, residual.low).hull(at(df1, residual.high));
            across(numerator.low).hull(across(numerator.high))
        };
        corner(f.low).hull(corner(f.high))
    })
}
