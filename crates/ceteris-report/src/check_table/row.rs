//! What a table prints about one coefficient or one test.

use std::fmt;

use serde::Serialize;

use super::{PrintedNumber, Range};

/// A row of a published table: any subset of its numbers, as printed.
///
/// In a row with an F statistic, `p_value`, `dof_numerator` and `dof_residual` belong to that F;
/// otherwise `p_value` and `dof_residual` belong to the coefficient.
///
/// # Example
/// ```
/// use ceteris_report::check_table::Row;
///
/// let row = Row {
///     estimate: Some("-0.327".parse()?),
///     low: Some("-0.662".parse()?),
///     high: Some("0.001".parse()?),
///     stars: Some(1),
///     ..Row::new("Model 2")
/// };
/// assert_eq!(row.name, "Model 2");
/// # Ok::<(), ceteris_report::check_table::NotANumber>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Row {
    /// The table it stands in; rows of one table follow one convention of stars.
    pub table: String,
    /// What the row is about.
    pub name: String,
    /// b.
    pub estimate: Option<PrintedNumber>,
    /// SE.
    pub std_error: Option<PrintedNumber>,
    /// t (or z) = b / SE.
    pub statistic: Option<PrintedNumber>,
    /// Two-sided p of the coefficient, or the p of F.
    pub p_value: Option<PrintedNumber>,
    /// Lower end of the confidence interval.
    pub low: Option<PrintedNumber>,
    /// Upper end.
    pub high: Option<PrintedNumber>,
    /// Level of that interval, 0.95 say; `None` if it is not stated.
    pub level: Option<f64>,
    /// Number of stars; `None` if the table has no stars at all.
    pub stars: Option<usize>,
    /// Number of observations.
    pub nobs: Option<PrintedNumber>,
    /// F statistic.
    pub f: Option<PrintedNumber>,
    /// Its numerator's degrees of freedom.
    pub dof_numerator: Option<PrintedNumber>,
    /// Its denominator's, or those of t.
    pub dof_residual: Option<PrintedNumber>,
    /// What the text says of the test, at 5 % or at one less `level`.
    pub verdict: Option<Verdict>,
    /// The estimate as it is printed elsewhere.
    pub also_printed: Option<PrintedNumber>,
    /// Two printed numbers whose difference the estimate is.
    pub difference: Option<Difference>,
}

/// A stated outcome of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The hypothesis is rejected.
    Reject,
    /// It is not.
    NotReject,
}

/// Two printed numbers, the second taken from the first.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Difference {
    pub minuend: PrintedNumber,
    pub subtrahend: PrintedNumber,
}

/// A number of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)] // as in `Row`
pub enum Quantity {
    Estimate,
    StdError,
    Statistic,
    PValue,
    Low,
    High,
    F,
    AlsoPrinted,
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Quantity::Estimate => "b",
            Quantity::StdError => "SE",
            Quantity::Statistic => "t",
            Quantity::PValue => "p",
            Quantity::Low => "lower end",
            Quantity::High => "upper end",
            Quantity::F => "F",
            Quantity::AlsoPrinted => "the other print",
        })
    }
}

impl Row {
    /// A row without numbers.
    pub fn new(name: impl Into<String>) -> Self {
        Self { name: name.into(), ..Self::default() }
    }
}

/// Numbers that are probabilities.
pub(super) const PROBABILITY: Range = Range { low: 0.0, high: 1.0 };
/// Numbers that cannot be negative.
pub(super) const POSITIVE: Range = Range { low: 0.0, high: f64::INFINITY };

/// The numbers of a row as ranges; one that is impossible is left out, and a check says so.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Ranges {
    pub(super) estimate: Option<Range>,
    pub(super) std_error: Option<Range>,
    pub(super) statistic: Option<Range>,
    /// p of the coefficient.
    pub(super) p_value: Option<Range>,
    /// Middle of the interval.
    pub(super) centre: Option<Range>,
    /// Half of its width.
    pub(super) half: Option<Range>,
    /// Stated degrees of freedom of t.
    pub(super) dof: Option<Range>,
}

impl Ranges {
    pub(super) fn of(row: &Row) -> Self {
        let range = |number: &Option<PrintedNumber>| number.as_ref().map(PrintedNumber::range);
        let of_coefficient = row.f.is_none();
        let (low, high) = (range(&row.low), range(&row.high));
        let ends = low.zip(high).filter(|(low, high)| low.low <= high.high);
        Self {
            estimate: range(&row.estimate),
            std_error: inside(&row.std_error, POSITIVE),
            statistic: range(&row.statistic),
            p_value: inside(&row.p_value, PROBABILITY).filter(|_| of_coefficient),
            centre: ends.map(|(low, high)| (low + high).times(0.5)),
            half: ends.map(|(low, high)| (high - low).times(0.5).clamp(POSITIVE)),
            dof: dof(&row.dof_residual).filter(|_| of_coefficient),
        }
    }

    /// |t|: what its print and b / SE share, and its print where they disagree.
    pub(super) fn size(&self) -> Option<Range> {
        let quotient = || Some(self.estimate?.over(self.std_error?).magnitude());
        let printed = self.statistic.map(Range::magnitude);
        match (printed, quotient()) {
            (Some(printed), Some(quotient)) => printed.shared(quotient).or(Some(printed)),
            (printed, quotient) => printed.or(quotient),
        }
    }
}

/// The part of a printed number's range that is possible, if the number itself is.
pub(super) fn inside(number: &Option<PrintedNumber>, possible: Range) -> Option<Range> {
    let number = number.as_ref().filter(|number| possible.contains(number.value()))?;
    Some(number.range().clamp(possible))
}

/// Degrees of freedom: whole ones are exact, printed fractions are rounded.
pub(super) fn dof(number: &Option<PrintedNumber>) -> Option<Range> {
    let number = number.as_ref().filter(|number| number.value() > 0.0)?;
    let exact = number.decimals() <= 0;
    Some(if exact { Range::point(number.value()) } else { number.range() })
}
