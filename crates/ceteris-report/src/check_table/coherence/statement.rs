//! Statements: what a text says, against what its tables print.

use crate::check_table::findings::{percent, shown};
use crate::check_table::infer::{DEFAULT_LEVEL, Implied, p_with_any_dof};
use crate::check_table::row::{POSITIVE, PROBABILITY, Ranges, inside};
use crate::check_table::slip::repairs;
use crate::check_table::{
    Check, Difference, Finding, PrintedNumber, Quantity, Range, Row, Severity, Verdict,
};

/// Do two printings of the estimate agree to their decimals?
pub(super) fn also_printed(row: &Row) -> Option<Finding> {
    let (estimate, also) = (row.estimate.as_ref()?, row.also_printed.as_ref()?);
    let coherent = estimate.range().meets(also.range());
    let numbers = [(Quantity::Estimate, estimate), (Quantity::AlsoPrinted, also)];
    let sentence = if coherent {
        format!("{estimate} and {also} can be one number")
    } else {
        let apart = apart(estimate, also);
        let explained = row.difference.as_ref().filter(|parts| is_rounded_difference(parts, also));
        let because = explained.map_or(String::new(), |parts| {
            let Difference { minuend, subtrahend } = parts;
            format!(": {also} is the difference of the rounded {minuend} and {subtrahend}, not the rounded difference")
        });
        format!("{estimate} and {also} {apart}{because}")
    };
    let finding = Finding::unless(Check::AlsoPrinted, coherent, sentence);
    Some(finding.explained(|| repairs(&numbers, |n| n[0].range().meets(n[1].range()))))
}

/// How far two printings are from each other, in units of the coarser one's last digit.
fn apart(first: &PrintedNumber, second: &PrintedNumber) -> String {
    let (a, b) = (first.value(), second.value());
    let units =
        |distance: f64| format!("{:.0} apart in the last digit", distance / first.unit().max(second.unit()));
    match a * b < 0.0 {
        true => format!("differ in sign and are {}", units((a.abs() - b.abs()).abs())),
        false => format!("are {}", units((a - b).abs())),
    }
}

/// Whether a number is what two printed ones give, taken as exact.
fn is_rounded_difference(parts: &Difference, also: &PrintedNumber) -> bool {
    let exact = parts.minuend.value() - parts.subtrahend.value();
    also.range().meets(Range::point(exact))
}

/// Is the estimate the difference of its parts?
pub(super) fn difference(row: &Row) -> Option<Finding> {
    let (estimate, parts) = (row.estimate.as_ref()?, row.difference.as_ref()?);
    let Difference { minuend, subtrahend } = parts;
    let follows = minuend.range() - subtrahend.range();
    let sentence = format!("{minuend} less {subtrahend} is {} and {estimate} is printed", shown(follows));
    Some(Finding::unless(Check::Difference, follows.meets(estimate.range()), sentence))
}

/// Does the stated outcome follow from p, printed or else implied?
pub(super) fn verdict(row: &Row, ranges: &Ranges, implied: &Implied) -> Option<Finding> {
    let verdict = row.verdict?;
    let p = inside(&row.p_value, PROBABILITY).or_else(|| p_of_test(row, implied))?;
    let size = 1.0 - row.level.unwrap_or(DEFAULT_LEVEL);
    let holds = |p: Range| match verdict {
        Verdict::Reject => p.low < size,
        Verdict::NotReject => p.high > size,
    };
    let coherent = holds(p);
    let is_implied = row.p_value.is_none() && row.f.is_none();
    let with_few = is_implied && p_with_any_dof(row, ranges).is_some_and(holds);
    let p = row.p_value.as_ref().map_or_else(|| shown(p), ToString::to_string);
    let stated = match verdict {
        Verdict::Reject => "rejects",
        Verdict::NotReject => "does not reject",
    };
    let joint = match coherent {
        true => "and so",
        false => "and yet",
    };
    let sentence = format!("p = {p} {joint} the text {stated} at {}", percent(size));
    if !coherent && with_few {
        let sentence = format!("{sentence}, as only with few degrees of freedom");
        return Some(Finding::new(Check::Verdict, Severity::Suspicious, sentence));
    }
    Some(Finding::unless(Check::Verdict, coherent, sentence))
}

/// p of the F test, or of the coefficient.
fn p_of_test(row: &Row, implied: &Implied) -> Option<Range> {
    match inside(&row.f, POSITIVE) {
        Some(f) => super::tests_of_p::tail(row).map(|tail| tail(f)),
        None => implied.p_value,
    }
}
