//! What the rows of a practice panel must be before anything is computed from them.
//!
//!   0 <= numerator <= denominator, whole numbers;   a practice is in one group in every row
//!
//! A missing value is no fault: its row is dropped later, and counted.

use std::collections::HashMap;

use ceteris::{Error, Frame, Result};

use super::columns::PanelColumns;

/// Refuses the first row that cannot be what it says.
///
/// # Errors
/// [`Error::OutOfRange`], [`Error::NotConstant`]; [`Error::UnknownColumn`], [`Error::ColumnKind`].
pub(super) fn check(frame: &Frame, columns: &PanelColumns) -> Result<()> {
    counts(frame, columns)?;
    groups(frame, columns)
}

fn counts(frame: &Frame, columns: &PanelColumns) -> Result<()> {
    let (numerators, denominators) = (frame.real(&columns.numerator)?, frame.real(&columns.denominator)?);
    let is_count = |value: f64| value.is_nan() || (value >= 0.0 && value.fract() == 0.0);
    for (row, (&numerator, &denominator)) in numerators.iter().zip(denominators.iter()).enumerate() {
        let refused = |column: &str, value, must| {
            Err(Error::OutOfRange { column: column.to_string(), row: row.into(), value, must })
        };
        if !is_count(denominator) {
            return refused(&columns.denominator, denominator, "a whole number from 0 on".to_string());
        }
        if !is_count(numerator) {
            return refused(&columns.numerator, numerator, "a whole number from 0 on".to_string());
        }
        if numerator > denominator {
            let must = format!("at most `{}`, {denominator}", columns.denominator);
            return refused(&columns.numerator, numerator, must);
        }
    }
    Ok(())
}

/// One local authority, two, or more: the groups that the study compares.
fn group(authorities: f64) -> u8 {
    1 + u8::from(authorities > 1.0) + u8::from(authorities > 2.0)
}

fn groups(frame: &Frame, columns: &PanelColumns) -> Result<()> {
    let authorities = frame.real(&columns.local_authorities)?;
    let practices = frame.column(&columns.practice)?;
    let mut first: HashMap<String, usize> = HashMap::new();
    for row in (0..frame.nrows()).filter(|&row| !authorities[row].is_nan()) {
        let Some(unit) = practices.label(row) else { continue };
        let known = *first.entry(unit.clone()).or_insert(row);
        if group(authorities[known]) != group(authorities[row]) {
            return Err(Error::NotConstant {
                column: columns.local_authorities.clone(),
                unit,
                values: Box::new((authorities[known].to_string(), authorities[row].to_string())),
                rows: (known.into(), row.into()),
            });
        }
    }
    Ok(())
}
