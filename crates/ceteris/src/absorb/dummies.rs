//! One dense column for each level of each effect, orthogonalised in doubled precision.
//!
//! x~ = x - Q Q'Wx with Q'WQ = I and the span of Q that of all dummies. Slow and obviously right:
//! the judge of the other methods.

use super::levels::Block;
use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::gram::norm;
use crate::linalg::orthogonal::Orthogonal;

/// Pairs of doubles held at most (1.6 GB).
const MOST_NUMBERS: usize = 100_000_000;
/// What remains of a column relative to its norm when it depends on earlier ones is rounding of the
/// input only (slopes), since the arithmetic has 106 bits.
const DEPENDENT: f64 = 1e-13;

/// The orthonormal basis of all effects.
pub(crate) struct Dummies {
    basis: Orthogonal,
}

impl Dummies {
    pub(crate) fn new(blocks: &[&Block], nobs: usize, weights: Option<&[f64]>) -> Result<Self> {
        let ncolumns: usize = blocks.iter().map(|block| block.ncolumns()).sum();
        if nobs.saturating_mul(ncolumns) > MOST_NUMBERS {
            return Err(Error::InvalidSetting {
                setting: "absorption",
                value: format!("dummies with {nobs} rows and {ncolumns} columns"),
                must: "another method when rows times levels exceed 100 million",
            });
        }
        let columns: Vec<Vec<f64>> = blocks.iter().flat_map(|block| columns_of(block)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
        let dense = Columns::from_columns(nobs, &columns);
        let floors: Vec<f64> = dense.cols().map(|column| DEPENDENT * norm(column, weights)).collect();
        Ok(Self { basis: Orthogonal::new(&dense, &[], weights, &floors) })
    }

    pub(crate) fn rank(&self) -> usize {
        self.basis.kept.len()
    }

    pub(crate) fn project(&self, x: &mut [f64], weights: Option<&[f64]>) {
        self.basis.project(x, weights);
    }

    pub(crate) fn leverage(&self, weights: Option<&[f64]>) -> Vec<f64> {
        self.basis.leverage(weights)
    }
}

/// The intercept and slope columns of every level.
fn columns_of(block: &Block) -> Vec<Vec<f64>> {
    let codes = block.factor.codes();
    let mut columns = Vec::new();
    for level in 0..block.factor.nlevels() as u32 {
        let inside = |i: usize| codes[i] == level;
        if block.intercept {
            columns.push((0..codes.len()).map(|i| f64::from(u8::from(inside(i)))).collect());
        }
        for slope in &block.slopes {
            columns.push((0..codes.len()).map(|i| if inside(i) { slope[i] } else { 0.0 }).collect());
        }
    }
    columns
}
