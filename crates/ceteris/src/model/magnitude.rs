//! Numbers too large or too small to be squared.
//!
//! A covariance holds products of two columns over products of two others; with every column within 1e-75 to 1e75
//! in size none of them leaves the range of doubles, which is 1e-308 to 1e308.

use crate::error::{Error, Result};

/// The size that a column's largest number may have.
const LARGEST: f64 = 1e75;
/// The size that a column's largest number must have, unless all are zero.
const SMALLEST: f64 = 1e-75;

/// Refuses a column whose squares leave the range of doubles.
///
/// # Errors
/// [`Error::Magnitude`] with the largest number.
pub(crate) fn check(column: &str, values: &[f64]) -> Result<()> {
    let largest = values.iter().fold(0.0_f64, |largest, x| if x.abs() > largest { x.abs() } else { largest });
    match largest == 0.0 || (SMALLEST..=LARGEST).contains(&largest) {
        true => Ok(()),
        false => Err(Error::Magnitude { column: column.to_string(), largest }),
    }
}

/// The same, given the norm of the column: only one that is itself out of the way makes the column worth a look.
///
/// # Errors
/// [`Error::Magnitude`].
pub(super) fn check_with_norm(column: &str, values: &[f64], norm: f64) -> Result<()> {
    let usual = norm < LARGEST.sqrt() && norm > SMALLEST.sqrt();
    if usual { Ok(()) } else { check(column, values) }
}
