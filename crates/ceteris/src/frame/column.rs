//! A column: real numbers or a category.

use std::sync::Arc;

use super::category::Category;
use super::reals::Reals;

/// Values of one variable, shared and immutable.
#[derive(Debug, Clone)]
pub enum Column {
    /// Real numbers; `NaN` marks a missing value.
    Real(Reals),
    /// Labels with dense codes.
    Category(Arc<Category>),
}

impl Column {
    /// Number of rows.
    pub fn len(&self) -> usize {
        match self {
            Column::Real(values) => values.len(),
            Column::Category(category) => category.len(),
        }
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether the value of this row is missing.
    pub fn is_missing(&self, row: usize) -> bool {
        match self {
            Column::Real(values) => values[row].is_nan(),
            Column::Category(category) => category.code(row).is_none(),
        }
    }

    /// Whether a look in one go finds every value present: `true` is certain, `false` is not.
    pub(crate) fn is_whole(&self) -> bool {
        match self {
            Column::Real(values) => super::sample::all_finite(values),
            Column::Category(_) => false,
        }
    }

    /// The value of this row as text; `None` if it is missing.
    pub fn label(&self, row: usize) -> Option<String> {
        match self {
            Column::Real(values) => values.label(row),
            Column::Category(category) => category.label(row).map(String::from),
        }
    }
}
