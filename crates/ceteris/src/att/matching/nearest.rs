//! Nearest neighbours on earlier outcomes, with replacement.
//!
//! ```text
//! effect = mean over treated i of (y_i - mean of y_j over j in J(i)),    att
//! J(i)   = controls with d(x_i, x_j) <= the M-th smallest distance      (ties count in full)
//! d^2    = (x_i - x_j)' S^-1 (x_i - x_j),   S = diag(variances) (Euclidean) or the covariance (Mahalanobis)
//! V      = sum_i a_i^2 s_i^2,   a_i = 1/N_tr for treated i,  -sum_{k: i in J(k)} 1/(N_tr #J(k)) for controls
//! s_i^2  = m/(m + 1) (y_i - mean of y over the m nearest of i's own group)^2,  m = 1 but for ties
//! ```
//!
//! V is the variance given the x and who is treated (Abadie and Imbens 2006, Econometrica 74: 235-267, eq. 14,
//! with the mean over ties in the place of M). S is computed over all units with divisor N - 1. No correction
//! is made for the bias from distant neighbours. Assumed: finite numbers, at least two units in each group.

use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;
use crate::linalg::gram::gram;

/// How far apart two units are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Distance {
    /// Each earlier outcome divided by its standard deviation.
    Euclidean,
    /// Earlier outcomes scaled by their covariance: what two of them share counts once.
    #[default]
    Mahalanobis,
}

/// Distances that differ by less than this share of the largest are a tie: rounding tells them apart.
const TIE: f64 = 1e-10;
/// A column that keeps no more than this share of its variance after the earlier ones is their combination.
const COLLINEAR: f64 = 1e-12;

/// What matching says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct MatchedMeans {
    pub(crate) effect: f64,
    pub(crate) variance: f64,
    /// For each treated unit, its neighbours among the controls.
    pub(crate) neighbours: Vec<Vec<usize>>,
}

/// Matches the rows of `x` after the first `ncontrols` to those rows.
///
/// # Errors
/// [`Error::Singular`] if the scale is: a constant column, or for Mahalanobis a combination of others.
pub(crate) fn match_nearest(
    x: &Columns,
    y: &[f64],
    ncontrols: usize,
    neighbours: usize,
    distance: Distance,
) -> Result<MatchedMeans> {
    let units = whitened(x, distance)?;
    let (all, treated) = (units.len(), units.len() - ncontrols);
    let mean = |set: &[usize]| set.iter().map(|&j| y[j]).sum::<f64>() / set.len() as f64;
    let sets: Vec<Vec<usize>> =
        (ncontrols..all).map(|i| nearest(&units, i, 0..ncontrols, neighbours)).collect();
    let mut shares = vec![0.0; ncontrols]; // -a_i
    shares.resize(all, 1.0 / treated as f64);
    for set in &sets {
        set.iter().for_each(|&j| shares[j] += 1.0 / (treated * set.len()) as f64);
    }
    let own_group = |i: usize| if i < ncontrols { 0..ncontrols } else { ncontrols..all };
    let spread = |i: usize| {
        let twins = nearest(&units, i, own_group(i), 1);
        let m = twins.len() as f64;
        m / (m + 1.0) * (y[i] - mean(&twins)).powi(2)
    };
    let gaps = sets.iter().zip(&y[ncontrols..]).map(|(set, y)| y - mean(set));
    let effect = gaps.sum::<f64>() / treated as f64;
    let variance = (0..all).filter(|&i| shares[i] > 0.0).map(|i| shares[i].powi(2) * spread(i)).sum();
    Ok(MatchedMeans { effect, variance, neighbours: sets })
}

/// The others of a group within the distance of the `count`-th nearest.
fn nearest(units: &[Vec<f64>], i: usize, group: std::ops::Range<usize>, count: usize) -> Vec<usize> {
    let apart = |j: usize| units[i].iter().zip(&units[j]).map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt();
    let distances: Vec<(f64, usize)> = group.filter(|j| *j != i).map(|j| (apart(j), j)).collect();
    let mut sorted: Vec<f64> = distances.iter().map(|(d, _)| *d).collect();
    sorted.sort_by(f64::total_cmp);
    let furthest = sorted.last().copied().unwrap_or(0.0);
    let limit = sorted[count.min(sorted.len()) - 1] + TIE * furthest;
    distances.into_iter().filter(|(d, _)| *d <= limit).map(|(_, j)| j).collect()
}

/// L^-1 x_i with S = L L', a vector for each unit: distances are Euclidean from here on.
fn whitened(x: &Columns, distance: Distance) -> Result<Vec<Vec<f64>>> {
    let n = x.nrows() as f64;
    let mut centred = x.clone();
    for j in 0..x.ncols() {
        let mean = x.col(j).iter().sum::<f64>() / n;
        centred.col_mut(j).iter_mut().for_each(|x| *x -= mean);
    }
    let mut scale = gram(&centred, None).scale(1.0 / (n - 1.0));
    if distance == Distance::Euclidean {
        let variances = scale.diagonal();
        scale = Columns::zeros(x.ncols(), x.ncols());
        variances.iter().enumerate().for_each(|(j, variance)| scale[(j, j)] = *variance);
    }
    let factor = Factor::new(&scale, COLLINEAR);
    if let Some(pivot) = (0..x.ncols()).find(|j| !factor.kept.contains(j)) {
        return Err(Error::Singular { matrix: "the covariance of the earlier outcomes", pivot });
    }
    let unit = |i: usize| {
        let mut row: Vec<f64> = centred.cols().map(|column| column[i]).collect();
        factor.forward(&mut row);
        row
    };
    Ok((0..x.nrows()).map(unit).collect())
}
