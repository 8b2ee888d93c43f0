//! Which columns are estimated. This is the only place where columns are omitted.
//!
//! A column is omitted when what the effects and the earlier columns leave of it has a norm of at most
//! `COLLINEAR` times its norm before absorption: free of scale, and of two equal columns the later goes.
//! The Gram matrix decides where it can (every share well above its rounding); else orthogonalisation in
//! doubled precision does.

use super::name::CoefficientName;
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;
use crate::linalg::orthogonal::Orthogonal;

/// A column is stored with 16 digits; a combination of others is met to 15 of them, with sums over
/// many rows to 14. What remains beyond the 13th is data.
pub(crate) const COLLINEAR: f64 = 1e-13;
/// Shares of squared norms that the Gram matrix resolves for sure.
const SURELY_INDEPENDENT: f64 = 1e-8;
/// A coefficient below this share of the omitted column does not belong to the combination.
const TAKES_PART: f64 = 1e-8;

/// A regressor without an estimate.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Omitted {
    /// The regressor: its term and levels.
    #[cfg_attr(feature = "serde", serde(rename = "term"))]
    pub name: CoefficientName,
    /// Regressors and effects of which it is a combination.
    pub spanned_by: Vec<String>,
}

/// Columns to estimate, and for each of the others the earlier columns that span it (none: effects do).
#[derive(Debug)]
pub(crate) struct Judged {
    pub(crate) kept: Vec<usize>,
    pub(crate) spanned: Vec<(usize, Vec<usize>)>,
}

/// Judges absorbed columns with X~'WX~; `floors` are `COLLINEAR` times their norms before absorption.
pub(crate) fn judge(x: &Columns, normal: &Columns, weights: Option<&[f64]>, floors: &[f64]) -> Judged {
    let norms: Vec<f64> = normal.diagonal().iter().map(|square| square.sqrt()).collect();
    let (left, gone): (Vec<usize>, Vec<usize>) = (0..x.ncols()).partition(|&j| norms[j] > floors[j]);
    let mut spanned: Vec<(usize, Vec<usize>)> = gone.into_iter().map(|j| (j, Vec::new())).collect();
    let factor = Factor::new(&normal.principal(&left), 0.0);
    if factor.rank() == left.len() && factor.smallest_share() > SURELY_INDEPENDENT {
        return Judged { kept: left, spanned };
    }
    let floors: Vec<f64> = left.iter().map(|&j| floors[j]).collect();
    let orthogonal = Orthogonal::new(&x.select(&left), &[], weights, &floors);
    for j in (0..left.len()).filter(|j| !orthogonal.kept.contains(j)) {
        let shares = orthogonal.dependence(j);
        let takes_part =
            |p: &usize| shares[*p].abs() * norms[left[orthogonal.kept[*p]]] > TAKES_PART * norms[left[j]];
        let members = (0..shares.len()).filter(takes_part).map(|p| left[orthogonal.kept[p]]).collect();
        spanned.push((left[j], members));
    }
    spanned.sort_unstable();
    Judged { kept: orthogonal.kept.iter().map(|&j| left[j]).collect(), spanned }
}
