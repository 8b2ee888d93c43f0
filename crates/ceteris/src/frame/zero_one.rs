//! A column of 0 and 1 read as no and yes.

use super::Frame;
use crate::error::{Error, Result};

/// A 0/1 column as booleans; missing values count as no, since the sample drops their rows.
///
/// # Errors
/// [`Error::UnknownColumn`]; [`Error::ColumnKind`] for a category or another value.
pub(crate) fn indicator(frame: &Frame, name: &str) -> Result<Vec<bool>> {
    let values = frame.real(name)?;
    match values.iter().find(|x| !x.is_nan() && **x != 0.0 && **x != 1.0) {
        None => Ok(values.iter().map(|x| *x == 1.0).collect()),
        Some(other) => Err(Error::ColumnKind {
            column: name.to_string(),
            expected: "an indicator of 0 and 1",
            found: format!("a real column holding {other}"),
        }),
    }
}
