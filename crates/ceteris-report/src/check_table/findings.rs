//! What a check says: which check, how bad, one sentence, and which slips would explain it.

use std::fmt;

use serde::Serialize;

use super::Range;
use super::slip::Repair;

/// A thing that is checked. Each has a table that passes and one that fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Check {
    /// Each number is possible: SE > 0, 0 <= p <= 1, low <= high, F >= 0, N whole.
    Possible,
    /// b lies in the middle of its interval.
    Centre,
    /// t = b / SE.
    Statistic,
    /// The interval's width follows from SE at a usual or the stated level.
    IntervalAndError,
    /// The same from |b| / |t|.
    IntervalAndStatistic,
    /// p follows from t, or from b / SE.
    PAndStatistic,
    /// p follows from b and the interval.
    PAndInterval,
    /// The stars follow from p.
    Stars,
    /// p follows from F and its degrees of freedom.
    F,
    /// One b, one SE and one number of degrees of freedom lie behind all numbers together.
    Joint,
    /// The degrees of freedom, stated or implied, are fewer than N.
    Nobs,
    /// Two printings of one estimate agree.
    AlsoPrinted,
    /// The estimate is the difference of the two numbers it is made of.
    Difference,
    /// The stated outcome of the test follows from p.
    Verdict,
    /// The stated number of significant coefficients is the number of intervals without zero.
    StatedCount,
}

impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Check::Possible => "possible values",
            Check::Centre => "centre of interval",
            Check::Statistic => "t = b / SE",
            Check::IntervalAndError => "interval and SE",
            Check::IntervalAndStatistic => "interval and t",
            Check::PAndStatistic => "p and t",
            Check::PAndInterval => "p and interval",
            Check::Stars => "stars",
            Check::F => "F and p",
            Check::Joint => "all together",
            Check::Nobs => "N",
            Check::AlsoPrinted => "two prints",
            Check::Difference => "difference",
            Check::Verdict => "verdict",
            Check::StatedCount => "stated count",
        })
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Some true values round to every printed number.
    Coherent,
    /// They do, but only under an unusual reading that the table does not state.
    Suspicious,
    /// No true values round to all of them.
    Incoherent,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Severity::Coherent => "coherent",
            Severity::Suspicious => "suspicious",
            Severity::Incoherent => "incoherent",
        })
    }
}

/// The outcome of one check of one row.
///
/// # Example
/// ```
/// use ceteris_report::check_table::{Check, CheckTable, Row, Severity};
///
/// let row = Row {
///     f: Some("9.4".parse()?),
///     dof_numerator: Some("1".parse()?),
///     dof_residual: Some("7667".parse()?),
///     p_value: Some("0.3316".parse()?),
///     ..Row::new("joint test")
/// };
/// let checked = CheckTable::of(&[row], None);
/// let finding = checked.rows[0].finding(Check::F).expect("F, df and p are there");
/// assert_eq!(finding.severity, Severity::Incoherent);
/// assert_eq!(finding.repairs[0].instead.to_string(), "0.94");
/// # Ok::<(), ceteris_report::check_table::NotANumber>(())
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// What was checked.
    pub check: Check,
    /// How bad it is.
    pub severity: Severity,
    /// What was printed and what follows from it, in one sentence.
    pub sentence: String,
    /// Single changes that would make the numbers cohere; candidates, not verdicts.
    pub repairs: Vec<Repair>,
}

impl Finding {
    pub(super) fn new(check: Check, severity: Severity, sentence: impl Into<String>) -> Self {
        Self { check, severity, sentence: sentence.into(), repairs: Vec::new() }
    }

    /// Coherent if the condition holds.
    pub(super) fn unless(check: Check, coherent: bool, sentence: impl Into<String>) -> Self {
        let severity = if coherent { Severity::Coherent } else { Severity::Incoherent };
        Self::new(check, severity, sentence)
    }

    /// Adds what would explain it, unless there is nothing to explain.
    pub(super) fn explained(self, repairs: impl FnOnce() -> Vec<Repair>) -> Self {
        match self.severity {
            Severity::Coherent => self,
            _ => Self { repairs: repairs(), ..self },
        }
    }

    /// The sentence, and the repairs if there are any.
    pub fn text(&self) -> String {
        let repairs: Vec<String> = self.repairs.iter().map(Repair::to_string).collect();
        match repairs.as_slice() {
            [] => self.sentence.clone(),
            _ => format!("{}; would cohere: {}", self.sentence, repairs.join(", or ")),
        }
    }
}

/// Digits of a number in a sentence.
const DIGITS: usize = 4;

/// `0.3310 to 0.3336`, `above 2.1`, or one number.
pub(super) fn shown(range: Range) -> String {
    let (low, high) = (digits(range.low), digits(range.high));
    match range.high.is_finite() {
        true if low == high => low,
        true => format!("{low} to {high}"),
        false => format!("{low} or more"),
    }
}

/// A number with so many digits that a reader can follow.
pub(super) fn digits(value: f64) -> String {
    let scientific = format!("{value:.*e}", DIGITS - 1);
    let exponent = scientific.rsplit('e').next().and_then(|e| e.parse::<i32>().ok()).unwrap_or(0);
    if value == 0.0 {
        return "0".to_owned();
    }
    if !(-5..=9).contains(&exponent) {
        return scientific;
    }
    let decimals = usize::try_from(DIGITS as i32 - 1 - exponent).unwrap_or(0);
    format!("{value:.decimals$}")
}

/// `95 %`
pub(super) fn percent(level: f64) -> String {
    let percent = format!("{:.6}", 100.0 * level);
    format!("{} %", percent.trim_end_matches('0').trim_end_matches('.'))
}

/// `1 degree of freedom`, `30 degrees of freedom`, `29.50 to 30.50 degrees of freedom`.
pub(super) fn dof_shown(dof: Range) -> String {
    let whole = dof.low == dof.high && dof.low.fract() == 0.0;
    let number = if whole { dof.low.to_string() } else { shown(dof) };
    format!("{number} degree{} of freedom", if number == "1" { "" } else { "s" })
}

/// `the normal or at least 41 degrees of freedom`, `3.1 to 3.4 degrees of freedom`.
pub(super) fn dof_words(dof: Range) -> String {
    let whole = |value: f64| if value >= 10.0 { format!("{value:.0}") } else { format!("{value:.1}") };
    match (dof.low <= super::LEAST_DOF, dof.high.is_infinite()) {
        (true, true) => "any degrees of freedom from 3 up, or the normal".to_owned(),
        (false, true) => format!("the normal or at least {} degrees of freedom", whole(dof.low)),
        (_, false) => format!("{} to {} degrees of freedom", whole(dof.low), whole(dof.high)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_sentences_have_four_digits() {
        for (value, text) in [(0.33163, "0.3316"), (-1980.4, "-1980"), (0.0, "0"), (1.3e-4, "0.0001300")] {
            assert_eq!(digits(value), text);
        }
        assert_eq!(digits(1.5e-30), "1.500e-30");
        assert_eq!(shown(Range { low: 1.0, high: f64::INFINITY }), "1.000 or more");
        assert_eq!((percent(0.95), percent(0.995)), ("95 %".to_owned(), "99.5 %".to_owned()));
    }

    #[test]
    fn one_degree_of_freedom_is_singular() {
        let exact = |dof| dof_shown(Range { low: dof, high: dof });
        assert_eq!([1.0, 7667.0].map(exact), ["1 degree of freedom", "7667 degrees of freedom"]);
        let rounded = Range { low: 29.5, high: 30.5 };
        assert_eq!(dof_shown(rounded), "29.50 to 30.50 degrees of freedom");
    }

    #[test]
    fn severities_are_ordered() {
        assert!(Severity::Coherent < Severity::Suspicious && Severity::Suspicious < Severity::Incoherent);
    }
}
