//! What a fit hands to a covariance: enough to build any sandwich, and no standard error.

use std::sync::Arc;

use crate::frame::{Factor, WeightKind};
use crate::linalg::Columns;
use crate::linalg::orthogonal::Orthogonal;

/// Rows of which the products of weights and residuals (4 KiB) are kept at a time.
const PIECE: usize = 512;
/// e of the floor of variances: residuals and sums of them carry a few roundings of each row, of random signs.
pub(crate) const ROUNDING: f64 = 64.0 * f64::EPSILON;

/// Design, weights, residuals and bread of a fit, all over the rows in use.
///
/// Enough to build a covariance that this crate does not have: make a meat, hand it to
/// [`sandwich`](super::sandwich).
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Ingredients {
    /// X~: the estimated regressors after absorption, n by k.
    pub design: Columns,
    /// w and its kind; `None` if every row counts the same.
    pub weights: Option<(WeightKind, Arc<Vec<f64>>)>,
    /// u = y~ - X~ b.
    pub residuals: Vec<f64>,
    /// (X~'WX~)^-1, k by k.
    pub bread: Columns,
    /// ||y|| + sum_j |b_j| ||x_j||, before absorption and in w: the size of what the residuals are a difference of.
    pub size: f64,
    /// The share of a column that absorption may have left over.
    pub left_over: f64,
}

impl Ingredients {
    /// w_i, or 1.
    pub fn weight(&self, i: usize) -> f64 {
        self.weights.as_ref().map_or(1.0, |(_, weights)| weights[i])
    }

    /// Whether row i stands for w_i equal rows.
    pub fn has_frequencies(&self) -> bool {
        matches!(self.weights, Some((WeightKind::Frequency, _)))
    }

    /// The scores s_i = w_i u_i x~_i, n by k.
    pub fn scores(&self) -> Columns {
        let mut scores = self.design.clone();
        let factors: Vec<f64> = self.residuals.iter().enumerate().map(|(i, u)| self.weight(i) * u).collect();
        for j in 0..scores.ncols() {
            scores.col_mut(j).iter_mut().zip(&factors).for_each(|(x, wu)| *x *= wu);
        }
        scores
    }

    /// s_g = sum of the scores in cluster g, one row per cluster, without forming the scores.
    pub(super) fn scores_by(&self, clusters: &Factor) -> Columns {
        let mut sums = Columns::zeros(clusters.nlevels(), self.design.ncols());
        let mut factors = Vec::with_capacity(PIECE);
        for (piece, codes) in clusters.codes().chunks(PIECE).enumerate() {
            let rows = piece * PIECE..piece * PIECE + codes.len();
            factors.clear();
            factors.extend(rows.clone().map(|i| self.weight(i) * self.residuals[i]));
            for j in 0..self.design.ncols() {
                let column = sums.col_mut(j);
                let scores = self.design.col(j)[rows.clone()].iter().zip(&factors);
                scores.zip(codes).for_each(|((x, wu), &g)| column[g as usize] += x * wu);
            }
        }
        sums
    }

    /// sum_i w_i u_i^2
    pub fn weighted_rss(&self) -> f64 {
        let weights = self.weights.as_ref().map(|(_, weights)| weights.as_slice());
        crate::linalg::gram::weighted_dot(&self.residuals, weights, &self.residuals)
    }

    /// The size of a single outcome: none is larger than ||y|| / sqrt(w) in its row.
    pub(crate) fn largest(&self) -> f64 {
        let least =
            |weights: &Vec<f64>| weights.iter().copied().filter(|w| *w > 0.0).fold(f64::INFINITY, f64::min);
        self.size / self.weights.as_ref().map_or(1.0, |(_, weights)| least(weights).sqrt())
    }

    /// Whether the residuals are rounding, or what absorption left over: ||u|| <= max(64 eps, left over) size.
    pub fn fits_perfectly(&self) -> bool {
        self.weighted_rss().sqrt() <= ROUNDING.max(self.left_over) * self.size
    }

    /// w_i x~_i'(X~'WX~)^-1 x~_i: the part of each leverage that comes from the regressors, as sum_p w_i q_ip^2
    /// over an orthonormal basis in doubled precision, so that it keeps its digits in an ill-conditioned design.
    pub fn regressor_leverage(&self) -> Vec<f64> {
        let weights = self.weights.as_ref().map(|(_, weights)| weights.as_slice());
        let floors = vec![0.0; self.design.ncols()];
        Orthogonal::new(&self.design, &[], weights, &floors).leverage(weights)
    }
}
