//! An event path as leads and lags around its reference, and linear combinations of them.
//!
//! b = (b_{-1}, ..., b_{-T}; b_1, ..., b_L): the lead k times before the reference and the lag s times after
//! it, both nearest first; b_0 = 0 is the reference. V is their covariance in that order.
//!
//! Assumed of the path and checked here: at least one lead and one lag, no gap, the reference between them,
//! finite numbers, V symmetric positive semi-definite.

use super::restriction::LagWeights;
use crate::error::{Error, Result};
use crate::linalg::{Columns, LeastSquares};
use crate::parallel_trends::EventPath;

/// Halves of a covariance may differ by this share of its largest entry, and an eigenvalue may fall below
/// zero by this share of the largest: rounding of a clustered covariance with few clusters.
const ROUNDING: f64 = 1e-10;

/// Leads and lags, nearest first.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// b_{-k}, k = 1..T
    pub(super) leads: Vec<f64>,
    /// b_s, s = 1..L
    pub(super) lags: Vec<f64>,
    /// The event times of the lags.
    pub(super) lag_times: Vec<i64>,
    /// l_s, the combination of lags that is asked for
    pub(super) weights: Vec<f64>,
    /// V, leads before lags
    vcov: Columns,
    /// R with V = R'R
    root: Columns,
}

impl Split {
    pub(super) fn new(path: &EventPath, weights: &LagWeights) -> Result<Self> {
        let nleads = path.leads().len();
        check_times(path)?;
        let order: Vec<usize> = (0..nleads).rev().chain(nleads..path.times().len()).collect();
        let estimates: Vec<f64> = order.iter().map(|&place| path.estimates()[place]).collect();
        let vcov = path.matrix().principal(&order);
        let root = root(&vcov, &estimates)?;
        let weights = weights.over(path.lags().len())?;
        let (leads, lags) = estimates.split_at(nleads);
        Ok(Self { leads: leads.to_vec(), lags: lags.to_vec(), lag_times: path.lags(), weights, vcov, root })
    }

    /// l'b, the combination of lags that is asked for.
    pub(super) fn estimate(&self) -> f64 {
        dot(&self.weights, &self.lags)
    }

    /// R, whose columns are leads before lags.
    pub(super) fn root(&self) -> &Columns {
        &self.root
    }

    /// The combination of leads and lags with these factors.
    pub(super) fn combination(&self, leads: &[f64], lags: &[f64]) -> Vec<f64> {
        [leads, lags].concat()
    }

    /// a'Vc
    pub(super) fn covariance(&self, a: &[f64], c: &[f64]) -> f64 {
        dot(a, &self.vcov.times(c))
    }

    /// (a'Va)^(1/2) = ||R a||
    pub(super) fn std_error(&self, a: &[f64]) -> f64 {
        let image = self.root.times(a);
        dot(&image, &image).sqrt()
    }
}

/// a'b
pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn wrong(setting: &'static str, must: &'static str, value: String) -> Error {
    Error::InvalidSetting { setting, value, must }
}

/// Leads, the reference and lags must follow one another at steps of one.
fn check_times(path: &EventPath) -> Result<()> {
    let (leads, lags) = (path.leads(), path.lags());
    let refuse = |must, value| Err(wrong("event path", must, value));
    let Some(reference) = path.reference_time() else {
        return refuse(
            "compared with one event time: name it with `reference(-1)`",
            "without one".to_string(),
        );
    };
    let (Some(last), Some(&first)) = (leads.last(), lags.first()) else {
        let missing = if leads.is_empty() { "without leads" } else { "without lags" };
        return refuse("made of leads and lags; widen the window of the event study", missing.to_string());
    };
    if !(*last < reference && reference < first) {
        let value = format!("{reference}, with leads up to {last} and lags from {first}");
        return refuse("compared with the time between its leads and its lags", value);
    }
    let whole: Vec<i64> = leads.iter().copied().chain([reference]).chain(lags).collect();
    match whole.windows(2).find(|pair| pair[1] != pair[0] + 1) {
        Some(gap) => {
            let value = format!("without a time between {} and {}", gap[0], gap[1]);
            refuse("without gaps: differences of neighbouring times are compared", value)
        }
        None => Ok(()),
    }
}

/// R with V = R'R, from the eigenvalues of V.
fn root(vcov: &Columns, estimates: &[f64]) -> Result<Columns> {
    let must = "finite, symmetric and positive semi-definite";
    let refuse = |value| Err(wrong("covariance of the event path", must, value));
    if let Some(value) = estimates.iter().chain(vcov.data()).find(|value| !value.is_finite()) {
        return refuse(format!("in part {value}, or an estimate is"));
    }
    let n = vcov.ncols();
    let largest = vcov.data().iter().fold(0.0_f64, |largest, value| largest.max(value.abs()));
    let uneven = |&(i, j): &(usize, usize)| (vcov[(i, j)] - vcov[(j, i)]).abs() > ROUNDING * largest;
    if let Some((i, j)) = (0..n).flat_map(|j| (0..j).map(move |i| (i, j))).find(uneven) {
        return refuse(format!("{} and {} on its two sides", vcov[(i, j)], vcov[(j, i)]));
    }
    let (values, vectors) = LeastSquares::Faer.eigen(vcov)?;
    if let Some(smallest) = values.first().filter(|value| **value < -ROUNDING * largest) {
        return refuse(format!("with an eigenvalue of {smallest:.3e}"));
    }
    let mut root = Columns::zeros(n, n);
    for (i, value) in values.iter().enumerate() {
        let scale = value.max(0.0).sqrt();
        (0..n).for_each(|j| root[(i, j)] = scale * vectors[(j, i)]);
    }
    Ok(root)
}
