//! Rows of the frame become lines of the file that it came from.

use super::Error;
use super::row::Row;

impl Error {
    /// The same error with rows of the frame as lines of its file, where `line` knows them.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Ols, Weights};
    /// let frame = Frame::new().add_real("y", vec![1.0, 2.0, 4.0])?.add_real("w", vec![1.0, -3.0, 1.0])?;
    /// let refused = "y ~ 1".parse::<Ols>()?.weights(Weights::analytic("w")).fit(&frame).unwrap_err();
    /// assert!(refused.to_string().contains("row 2 of the data holds -3"));
    /// let header = 1;
    /// let refused = refused.at_lines(&|row| Some(row as u64 + 1 + header));
    /// assert!(refused.to_string().contains("line 3 holds -3"));
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn at_lines(self, line: &dyn Fn(usize) -> Option<u64>) -> Self {
        use Error::*;
        let at = |row: Row| match row {
            Row::Frame(index) => line(index).map_or(row, Row::Line),
            Row::Line(_) => row,
        };
        match self {
            NonFinite { column, row, value } => NonFinite { column, row: at(row), value },
            NotWhole { column, row, value } => NotWhole { column, row: at(row), value },
            OutOfRange { column, row, value, must } => OutOfRange { column, row: at(row), value, must },
            InvalidWeight { column, row, value, must } => InvalidWeight { column, row: at(row), value, must },
            MissingCluster { column, row } => MissingCluster { column, row: at(row) },
            FullLeverage { vcov, row } => FullLeverage { vcov, row: at(row) },
            DuplicateObservation { unit, time, rows } => {
                DuplicateObservation { unit, time, rows: (at(rows.0), at(rows.1)) }
            }
            NotConstant { column, unit, values, rows } => {
                NotConstant { column, unit, values, rows: (at(rows.0), at(rows.1)) }
            }
            InModel { number, model, reason } => {
                InModel { number, model, reason: Box::new(reason.at_lines(line)) }
            }
            other => other,
        }
    }
}
