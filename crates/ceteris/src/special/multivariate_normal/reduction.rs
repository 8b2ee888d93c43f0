//! A box under a correlated normal as intervals under independent ones.
//!
//! ```text
//! (Z_i - mean_i) / sd_i = sum_p c_ip y_p,  y independent standard normal
//! lower_i <= Z_i <= upper_i   <=>   low_i <= sum_p c_ip y_p <= high_i
//! with j the last p that c_ip is not zero for:  (low_i - sum_{p<j} c_ip y_p) / c_ij <= y_j <= ... (swapped if c_ij < 0)
//! ```
//!
//! The next variable is the one least likely to be in its interval given the means of the earlier y in
//! theirs (Gibson, Glasbey and Elston 1994). A variable that is a combination of earlier ones adds no y but
//! narrows the interval of the last one it depends on (Genz and Kwong 2000), so the covariance
//! may be singular.

use super::interval::Interval;
use crate::error::{Error, Result};

/// A variable whose variance given the earlier ones is below this share of its variance is their combination.
const SINGULAR: f64 = 1e-12;

/// A conditional variance below minus this share is not rounding: the matrix is not a covariance.
const INDEFINITE: f64 = -1e-8;

/// Loadings of a combination that are smaller are rounding errors (the root of [`SINGULAR`]).
const NO_LOADING: f64 = 1e-6;

/// A condition low <= sum_{p <= j} loadings_p y_p <= high.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) loadings: Vec<f64>,
    pub(super) bounds: Interval,
}

/// The conditions, by the last y in each.
#[derive(Clone, Debug)]
pub(super) struct Reduction {
    /// The conditions on y_j given the earlier ones, for each j.
    pub(super) conditions: Vec<Vec<Row>>,
    /// c, by variable.
    pub(super) loadings: Vec<Vec<f64>>,
    /// sd, by variable.
    pub(super) scales: Vec<f64>,
    /// Whether all variables without variance lie between their bounds.
    pub(super) possible: bool,
}

impl Reduction {
    /// Reduces the box; `covariance` column after column.
    ///
    /// # Errors
    /// `Singular` if the matrix has a negative eigenvalue.
    pub(super) fn new(mean: &[f64], covariance: &[f64], lower: &[f64], upper: &[f64]) -> Result<Self> {
        let size = mean.len();
        let scales: Vec<f64> = (0..size).map(|i| covariance[i * size + i].max(0.0).sqrt()).collect();
        let correlation = |i: usize, j: usize| covariance[j * size + i] / scales[i] / scales[j];
        let possible = (0..size).all(|i| scales[i] > 0.0 || (lower[i] <= mean[i] && mean[i] <= upper[i]));
        let bounds_of = |i: usize| Interval {
            low: (lower[i] - mean[i]) / scales[i],
            high: (upper[i] - mean[i]) / scales[i],
        };
        let bounds: Vec<Interval> = (0..size).map(bounds_of).collect();
        let mut left: Vec<usize> = (0..size).filter(|i| scales[*i] > 0.0).collect();
        let mut loadings: Vec<Vec<f64>> = vec![Vec::new(); size];
        let (mut conditions, mut expected) = (Vec::new(), Vec::new());
        loop {
            let rest = |i: usize| 1.0 - loadings[i].iter().map(|c| c * c).sum::<f64>();
            if let Some(pivot) = left.iter().copied().find(|i| rest(*i) < INDEFINITE) {
                return Err(Error::Singular { matrix: "the covariance of the normal variables", pivot });
            }
            let own = |i: usize| given(&loadings[i], &expected, bounds[i]).scaled(1.0 / rest(i).sqrt());
            let open = left.iter().copied().filter(|i| rest(*i) > SINGULAR);
            let chosen = open.min_by(|i, k| own(*i).probability().total_cmp(&own(*k).probability()));
            let Some(next) = chosen else { break };
            expected.push(own(next).mean());
            let pivot = rest(next).sqrt();
            let before = loadings[next].clone();
            left.retain(|i| *i != next);
            for &i in &left {
                let shared: f64 = before.iter().zip(&loadings[i]).map(|(a, b)| a * b).sum();
                loadings[i].push((correlation(i, next) - shared) / pivot);
            }
            loadings[next].push(pivot);
            conditions.push(vec![Row { loadings: loadings[next].clone(), bounds: bounds[next] }]);
        }
        for i in left {
            let last = loadings[i].iter().rposition(|c| c.abs() > NO_LOADING);
            let last = last.expect("the squares of the loadings sum to one");
            conditions[last].push(Row { loadings: loadings[i][..=last].to_vec(), bounds: bounds[i] });
        }
        loadings.iter_mut().for_each(|row| row.resize(conditions.len(), 0.0));
        Ok(Self { conditions, loadings, scales, possible })
    }

    /// Number of independent variables.
    pub(super) fn rank(&self) -> usize {
        self.conditions.len()
    }

    /// The interval of y_j given the earlier ones, all bounds times `scale`.
    pub(super) fn interval(&self, j: usize, earlier: &[f64], scale: f64) -> Interval {
        let mut meet = Interval { low: f64::NEG_INFINITY, high: f64::INFINITY };
        for row in &self.conditions[j] {
            let last = row.loadings[j];
            let interval = given(&row.loadings[..j], earlier, row.bounds.scaled(scale)).scaled(1.0 / last);
            meet = Interval { low: meet.low.max(interval.low), high: meet.high.min(interval.high) };
        }
        meet
    }
}

/// The bounds less what is known of the sum.
fn given(loadings: &[f64], earlier: &[f64], bounds: Interval) -> Interval {
    let known: f64 = loadings.iter().zip(earlier).map(|(c, y)| c * y).sum();
    Interval { low: bounds.low - known, high: bounds.high - known }
}
