//! A pair of bounds, with names so that they cannot be swapped unnoticed.

use crate::Error;

/// Low and high end of an interval, such as a confidence interval.
///
/// An end may be infinite in a table (an unbounded confidence set); figures need finite ends.
///
/// # Example
/// ```
/// use ceteris_report::Interval;
///
/// let named = Interval { low: -1.036, high: -0.404 };
/// // What `confint` of a regression returns converts by itself.
/// assert_eq!(Interval::from((-1.036, -0.404)), named);
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// Low end.
    pub low: f64,
    /// High end, not below the low end.
    pub high: f64,
}

impl From<(f64, f64)> for Interval {
    fn from((low, high): (f64, f64)) -> Self {
        Self { low, high }
    }
}

impl Interval {
    /// Refuses ends that are not numbers or that are swapped; `name` and `row` say where.
    pub(crate) fn check(self, name: &str, row: usize) -> Result<(), Error> {
        if self.low <= self.high {
            return Ok(());
        }
        Err(Error::ReversedInterval { name: name.to_owned(), row, low: self.low, high: self.high })
    }

    /// As [`check`](Self::check), and refuses infinite ends too.
    pub(crate) fn check_finite(self, name: &str, row: usize) -> Result<(), Error> {
        check_finite(self.low, name, row)?;
        check_finite(self.high, name, row)?;
        self.check(name, row)
    }

    /// The smallest interval that holds this one and `value`.
    pub(crate) fn including(self, value: f64) -> Self {
        Self { low: self.low.min(value), high: self.high.max(value) }
    }

    /// The smallest interval that holds all `values`; `None` without values.
    pub(crate) fn around(values: impl IntoIterator<Item = f64>) -> Option<Self> {
        let mut values = values.into_iter();
        let first = values.next()?;
        Some(values.fold(Self { low: first, high: first }, Self::including))
    }
}

/// Refuses a value that is NaN or infinite; `name` and `row` (from 1) say where it was.
pub(crate) fn check_finite(value: f64, name: &str, row: usize) -> Result<(), Error> {
    if value.is_finite() {
        return Ok(());
    }
    Err(Error::NonFinite { name: name.to_owned(), row, value })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_or_missing_ends_are_refused() {
        let swapped = Interval { low: 1.0, high: 0.0 };
        assert!(matches!(swapped.check("b", 2), Err(Error::ReversedInterval { row: 2, .. })));
        let missing = Interval { low: f64::NAN, high: 0.0 };
        assert!(missing.check("b", 1).is_err());
    }

    #[test]
    fn infinite_ends_pass_in_tables_and_not_in_figures() {
        let open = Interval { low: f64::NEG_INFINITY, high: 0.0 };
        assert!(open.check("b", 1).is_ok());
        assert!(matches!(open.check_finite("b", 1), Err(Error::NonFinite { .. })));
    }

    #[test]
    fn around_nothing_is_nothing() {
        assert_eq!(Interval::around([]), None);
        assert_eq!(Interval::around([2.0, -1.0, 0.0]), Some(Interval { low: -1.0, high: 2.0 }));
    }
}
