//! Columns that must be one value for each unit.

use super::{Column, Frame, Interaction};
use crate::error::{Error, Result};

/// Refuses a column with two values in one unit; a missing value is one too. Each row comes after the number of its unit,
/// which `unit` names.
///
/// # Errors
/// [`Error::UnknownColumn`]; [`Error::NotConstant`].
pub(crate) fn check_constant(
    frame: &Frame,
    unit: &Interaction,
    column: &str,
    rows: impl Iterator<Item = (usize, usize)>,
) -> Result<()> {
    let values = frame.column(column)?;
    let mut first: Vec<Option<usize>> = Vec::new();
    for (number, row) in rows {
        if number >= first.len() {
            first.resize(number + 1, None);
        }
        let held = *first[number].get_or_insert(row);
        if !same(values, held, row) {
            let value = |row| values.label(row).unwrap_or_else(|| "a missing value".to_string());
            return Err(Error::NotConstant {
                column: column.to_string(),
                unit: unit.in_frame(frame)?.label(held),
                values: Box::new((value(held), value(row))),
                rows: (held.into(), row.into()),
            });
        }
    }
    Ok(())
}

fn same(column: &Column, a: usize, b: usize) -> bool {
    match column {
        Column::Real(values) => values[a] == values[b] || (values[a].is_nan() && values[b].is_nan()),
        Column::Category(category) => category.code(a) == category.code(b),
    }
}
