//! A weighted least-squares problem: b = argmin sum_i w_i (y_i - x_i'b)^2.

use super::Columns;
use super::gram::gram;

/// A problem whose columns are known to be independent.
pub(crate) struct Problem<'a> {
    pub(crate) x: &'a Columns,
    /// X'WX
    pub(crate) normal: Columns,
    /// The digits that the doubles of a column left out, where they are known (none: empty).
    pub(crate) rests: Vec<Option<&'a [f64]>>,
    pub(crate) y: &'a [f64],
    pub(crate) weights: Option<&'a [f64]>,
}

impl<'a> Problem<'a> {
    /// Columns as their doubles are.
    pub(crate) fn new(x: &'a Columns, y: &'a [f64], weights: Option<&'a [f64]>) -> Self {
        Self { x, normal: gram(x, weights), rests: Vec::new(), y, weights }
    }
}
