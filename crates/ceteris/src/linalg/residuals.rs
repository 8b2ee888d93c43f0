//! u = y - X b, each row summed in doubled precision and rounded once.
//!
//! Residuals are small differences of large numbers; in doubles they lose the digits that a step of
//! refinement is made of (Bjorck 1996, section 2.9).

use rayon::prelude::*;

use super::Columns;
use crate::special::double_double::DoubleDouble;

/// Rows that a thread takes at least.
const ROWS: usize = 1024;

/// The residuals of `y` on the columns of `x`, plus the rests of columns that have one.
pub(crate) fn residuals(
    x: &Columns,
    rests: &[Option<&[f64]>],
    y: &[f64],
    coefficients: &[DoubleDouble],
) -> Vec<f64> {
    let row = |i: usize| {
        let value = |j: usize| match rests.get(j).copied().flatten() {
            None => DoubleDouble::from(x[(i, j)]),
            Some(rest) => DoubleDouble::from_parts(x[(i, j)], rest[i]),
        };
        let fitted = |sum: DoubleDouble, (j, b): (usize, &DoubleDouble)| sum - *b * value(j);
        coefficients.iter().enumerate().fold(DoubleDouble::from(y[i]), fitted).to_f64()
    };
    (0..y.len()).into_par_iter().with_min_len(ROWS).map(row).collect()
}
