//! u = y - X b, each row summed in doubled precision and rounded once.
//!
//! Row by row, with s + l the sum so far and (p, e) the exact product of x_ij and the leading part of b_j:
//!   s, d = two-sum(s, -p);   l = l + (d - e - x_ij rest(b_j) - rest(x_ij) b_j).
//! Residuals are small differences of large numbers; in doubles they lose the digits that a step of
//! refinement is made of (Bjorck 1996, section 2.9; Ogita, Rump and Oishi 2005, algorithm 5.3).

use rayon::prelude::*;

use super::Columns;
use super::vectorized::vectorized;
use crate::special::double_double::DoubleDouble;

/// Rows in a block: sums, their low parts and one column (12 KiB) stay in the first-level cache.
const BLOCK: usize = 512;

/// The residuals of `y` on the columns of `x`, plus the rests of columns that have one.
pub(crate) fn residuals(
    x: &Columns,
    rests: &[Option<&[f64]>],
    y: &[f64],
    coefficients: &[DoubleDouble],
) -> Vec<f64> {
    let mut sums = y.to_vec();
    sums.par_chunks_mut(BLOCK).enumerate().for_each(|(block, sums)| {
        let rows = block * BLOCK..block * BLOCK + sums.len();
        let lows = &mut [0.0; BLOCK][..sums.len()];
        for (j, b) in coefficients.iter().enumerate() {
            subtract(&mut *sums, &mut *lows, &x.col(j)[rows.clone()], *b);
            if let Some(rest) = rests.get(j).copied().flatten() {
                let b = b.to_f64();
                lows.iter_mut().zip(&rest[rows.clone()]).for_each(|(low, rest)| *low -= rest * b);
            }
        }
        sums.iter_mut().zip(lows).for_each(|(sum, low)| *sum += *low);
    });
    sums
}

vectorized! {
    /// Takes one column times its coefficient from the sums.
    fn subtract(sums: &mut [f64], lows: &mut [f64], column: &[f64], b: DoubleDouble) {
        let (leading, rest) = (b.to_f64(), b.rest());
        for ((sum, low), x) in sums.iter_mut().zip(lows).zip(column) {
            let product = DoubleDouble::product_of_moderate(leading, *x);
            let next = DoubleDouble::sum(*sum, -product.to_f64());
            *sum = next.to_f64();
            *low += next.rest() - product.rest() - x * rest;
        }
    }
}
