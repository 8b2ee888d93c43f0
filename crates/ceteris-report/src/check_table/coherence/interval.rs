//! The confidence interval: is b in its middle, and does its width follow from SE?
//!
//! ```text
//! centre   (low + high) / 2  meets  b
//! width    c = ((high - low) / 2) / SE  meets the (1 + level) / 2 quantile of t(df)
//! ```
//!
//! An interval on another scale (of an odds ratio, say) is not centred and need not be.

use crate::check_table::findings::{dof_shown, dof_words, percent, shown};
use crate::check_table::infer::{MANY_DOF, candidates, critical, dof_of_critical};
use crate::check_table::row::Ranges;
use crate::check_table::slip::repairs;
use crate::check_table::{Check, Finding, Level, PrintedNumber, Quantity, Range, Row, Severity};

/// Is b in the middle of its interval?
pub(super) fn centre(row: &Row, ranges: &Ranges) -> Option<Finding> {
    let (estimate, centre) = (ranges.estimate?, ranges.centre?);
    let (b, low, high) = (row.estimate.as_ref()?, row.low.as_ref()?, row.high.as_ref()?);
    let coherent = centre.meets(estimate);
    let middle = format!("the middle of [{low}, {high}] is {} and b = {b}", shown(centre));
    let sentence = if coherent {
        middle
    } else {
        let twice = estimate.times(2.0);
        let (for_low, for_high) = (twice - high.range(), twice - low.range());
        format!(
            "{middle}, which would need an upper end of {} or a lower end of {}",
            shown(for_high),
            shown(for_low)
        )
    };
    let numbers = [(Quantity::Estimate, b), (Quantity::Low, low), (Quantity::High, high)];
    let centred = |n: &[PrintedNumber]| {
        let ordered = n[1].value() <= n[2].value();
        ordered && (n[1].range() + n[2].range()).times(0.5).meets(n[0].range())
    };
    let finding = Finding::unless(Check::Centre, coherent, sentence);
    Some(finding.explained(|| repairs(&numbers, centred)))
}

/// Does the width follow from the printed SE?
pub(super) fn against_error(row: &Row, ranges: &Ranges) -> Option<Finding> {
    let (half, std_error) = (ranges.half?, ranges.std_error?);
    let printed = row.std_error.as_ref()?;
    let finding = width(Check::IntervalAndError, row, half.over(std_error), ranges.dof);
    let numbers = [(Quantity::StdError, printed)];
    let wide = |n: &[PrintedNumber]| {
        let error = Ranges::of(&Row { std_error: Some(n[0].clone()), ..row.clone() }).std_error;
        error.is_some_and(|error| fits(row, half.over(error), ranges.dof))
    };
    Some(finding.explained(|| repairs(&numbers, wide)))
}

/// Does it follow from the SE that b and t imply?
pub(super) fn against_statistic(row: &Row, ranges: &Ranges) -> Option<Finding> {
    let (half, estimate, statistic) = (ranges.half?, ranges.estimate?, ranges.statistic?);
    let printed = row.statistic.as_ref()?;
    let ratio = |statistic: Range| half.over(estimate.magnitude().over(statistic.magnitude()));
    let finding = width(Check::IntervalAndStatistic, row, ratio(statistic), ranges.dof);
    let numbers = [(Quantity::Statistic, printed)];
    let wide = |n: &[PrintedNumber]| fits(row, ratio(n[0].range()), ranges.dof);
    Some(finding.explained(|| repairs(&numbers, wide)))
}

/// Whether half width / SE is a quantile of the stated degrees of freedom, or of many.
fn fits(row: &Row, ratio: Range, stated: Option<Range>) -> bool {
    let levels = candidates(row.level);
    match stated {
        Some(dof) => levels.iter().any(|&level| critical(level, dof).meets(ratio)),
        None => levels.iter().any(|&level| many(ratio, level)),
    }
}

fn many(ratio: Range, level: f64) -> bool {
    dof_of_critical(ratio, level).is_some_and(|dof| dof.high >= MANY_DOF)
}

fn width(check: Check, row: &Row, ratio: Range, stated: Option<Range>) -> Finding {
    let about = format!("half the interval's width is {} SE", shown(ratio));
    let possible: Vec<Level> = candidates(row.level)
        .into_iter()
        .filter_map(|level| dof_of_critical(ratio, level).map(|dof| Level { level, dof }))
        .collect();
    let listed: Vec<String> =
        possible.iter().map(|fit| format!("{} with {}", percent(fit.level), dof_words(fit.dof))).collect();
    let listed = listed.join("; ");
    let (severity, reading) = match (stated, fits(row, ratio, stated)) {
        (Some(dof), true) => {
            let levels = candidates(row.level).into_iter().filter(|&level| critical(level, dof).meets(ratio));
            let levels: Vec<String> = levels.map(percent).collect();
            (Severity::Coherent, format!("level {} with {}", levels.join(", "), dof_shown(dof)))
        }
        (None, true) => (Severity::Coherent, format!("level {listed}")),
        (Some(dof), false) if possible.iter().any(|fit| fit.dof.high.is_infinite()) => {
            (Severity::Suspicious, format!("a quantile of the normal and not of t with {}", dof_shown(dof)))
        }
        (None, false) if !possible.is_empty() => {
            (Severity::Suspicious, format!("possible only with few degrees of freedom: level {listed}"))
        }
        (_, false) => {
            let levels: Vec<String> = candidates(row.level).into_iter().map(percent).collect();
            (Severity::Incoherent, format!("no quantile of t at level {}", levels.join(", ")))
        }
    };
    Finding::new(check, severity, format!("{about}: {reading}"))
}
