//! One effect over the rows of a sample: an intercept for each level, slopes for each level, or both.

use super::rows_by_level::RowsByLevel;
use crate::frame::Factor;

/// An effect with its columns resolved.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Block {
    /// As the formula names it.
    pub(crate) name: String,
    /// The level of each row.
    pub(crate) factor: Factor,
    /// Whether each level has an intercept.
    pub(crate) intercept: bool,
    /// Variables that have a slope in each level.
    pub(crate) slopes: Vec<Vec<f64>>,
}

impl Block {
    /// Whether there are intercepts and nothing else.
    pub(crate) fn is_plain(&self) -> bool {
        self.intercept && self.slopes.is_empty()
    }

    /// The same effect with its rows in the order of some levels.
    pub(crate) fn reordered(&self, rows: &RowsByLevel) -> Self {
        Self {
            name: self.name.clone(),
            factor: rows.factor(&self.factor),
            intercept: self.intercept,
            slopes: self.slopes.iter().map(|slope| rows.values(slope).into_owned()).collect(),
        }
    }

    /// Parameters of each level.
    pub(crate) fn width(&self) -> usize {
        usize::from(self.intercept) + self.slopes.len()
    }

    /// Columns that the effect would need as dummies.
    pub(crate) fn ncolumns(&self) -> usize {
        self.factor.nlevels() * self.width()
    }
}
