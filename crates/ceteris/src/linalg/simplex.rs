//! Least squares with weights that are shares: at least zero, with sum one.
//!
//! ```text
//! minimise over w and c   ||A w + c - b||^2 / T + zeta^2 ||w||^2   subject to  w_j >= 0,  sum_j w_j = 1
//! ```
//!
//! T is the number of rows; c is an intercept or zero (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021,
//! eqs. 4 and 6). An intercept is taken out by centring. As the weights add up to one, A w - b = sum_j w_j (a_j
//! - b), and the problem is to find the point nearest to the origin in the convex hull of
//!
//! ```text
//! p_j = ((a_j - b) / sqrt(T), zeta e_j),    r = sum_j w_j p_j,
//! w is the minimum if and only if  p_j'r >= r'r for every j                (Wolfe 1976, theorem 2.1)
//! ```
//!
//! An interior-point method finds which weights are positive, near enough. Wolfe's active-set method starts
//! from there: to the nearest point of the affine hull, by least squares, or to the edge met on the way.
//! What it returns meets the condition to rounding.
//!
//! Assumed: finite numbers, a positive zeta (the minimum is then unique).

use super::conic::{Constraint, Outcome, Program};
use super::gram::gram;
use super::problem::Problem;
use super::{Columns, LeastSquares};
use crate::error::{Error, Result};

/// Whether the fit may be off by a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Intercept {
    None,
    Free,
}

/// The minimum.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Shares {
    /// w, one for each column.
    pub(crate) weights: Vec<f64>,
    /// c
    pub(crate) intercept: f64,
}

/// By how much p_j'r may stay below r'r, where the longest p has length one: rounding of the sums.
const TOLERANCE: f64 = 1e-13;
/// Weights below this count as zero when the interior-point method hands over.
const POSITIVE: f64 = 1e-6;
/// Steps of the active set for each column; from a good start it takes a handful in all.
const STEPS_PER_COLUMN: usize = 10;

/// Weights on the columns of `a` that bring them nearest to `b`.
///
/// # Errors
/// [`Error::Backend`] if the interior point or the active set stops short.
///
/// # Panics
/// Without columns.
pub(crate) fn simplex_least_squares(
    a: &Columns,
    b: &[f64],
    intercept: Intercept,
    zeta: f64,
) -> Result<Shares> {
    assert!(a.ncols() > 0 && zeta > 0.0, "the callers checked that there are columns and noise");
    let (a_means, b_mean) = match intercept {
        Intercept::None => (vec![0.0; a.ncols()], 0.0),
        Intercept::Free => (a.cols().map(mean).collect(), mean(b)),
    };
    let points = Points::new(a, &a_means, b, b_mean, zeta);
    let mut hull = Hull::start(&points, points.interior_point()?);
    let weights = hull.nearest_point()?;
    let fitted: f64 = a_means.iter().zip(&weights).map(|(mean, w)| mean * w).sum();
    Ok(Shares { weights, intercept: b_mean - fitted })
}

/// The points p_j, divided by the length of the longest.
struct Points {
    /// (a_j - b) / sqrt(T)
    gaps: Columns,
    zeta: f64,
}

impl Points {
    fn new(a: &Columns, a_means: &[f64], b: &[f64], b_mean: f64, zeta: f64) -> Self {
        let root = (a.nrows() as f64).sqrt();
        let mut gaps = a.clone();
        for (j, a_mean) in a_means.iter().enumerate() {
            let column = gaps.col_mut(j).iter_mut().zip(b);
            column.for_each(|(x, y)| *x = ((*x - a_mean) - (y - b_mean)) / root);
        }
        let longest = gaps.cols().map(|gap| dot(gap, gap) + zeta * zeta).fold(0.0, f64::max).sqrt();
        Self { gaps: gaps.scale(1.0 / longest), zeta: zeta / longest }
    }

    /// The weights to about eight digits.
    fn interior_point(&self) -> Result<Vec<f64>> {
        let n = self.gaps.ncols();
        let mut quadratic = gram(&self.gaps, None);
        (0..n).for_each(|j| quadratic[(j, j)] += self.zeta * self.zeta);
        let mut minus_identity = Columns::zeros(n, n);
        (0..n).for_each(|j| minus_identity[(j, j)] = -1.0);
        let whole = Constraint::Equal { matrix: Columns::from_data(1, n, vec![1.0; n]), bound: vec![1.0] };
        let positive = Constraint::AtMost { matrix: minus_identity, bound: vec![0.0; n] };
        let constraints = vec![whole, positive];
        match (Program { quadratic: Some(quadratic), linear: vec![0.0; n], constraints }).solve()? {
            Outcome::Solved(x) => Ok(x),
            Outcome::Infeasible | Outcome::Unbounded => {
                Err(failed("the interior-point method denies that shares exist".to_string()))
            }
        }
    }

    /// p_j'r - r'r for each j, at r = sum_j w_j p_j.
    fn slack(&self, weights: &[f64]) -> Vec<f64> {
        let r = self.gaps.times(weights);
        let ridge = self.zeta * self.zeta;
        let along: Vec<f64> =
            self.gaps.cols().zip(weights).map(|(gap, w)| dot(gap, &r) + ridge * w).collect();
        let squared: f64 = along.iter().zip(weights).map(|(along, w)| along * w).sum();
        along.iter().map(|along| along - squared).collect()
    }

    /// The v with sum one that minimise ||sum_k v_k p_k|| over the columns `k`, whatever their sign:
    /// least squares of -p_0 on p_k - p_0.
    fn affine_minimum(&self, columns: &[usize]) -> Result<Vec<f64>> {
        let (first, others) = columns.split_first().expect("some weight is positive: they add up to one");
        let (rows, size) = (self.gaps.nrows(), columns.len());
        let mut origin: Vec<f64> = self.gaps.col(*first).iter().map(|x| -x).collect();
        origin.resize(rows + size, 0.0);
        origin[rows] = -self.zeta;
        let mut edges = Columns::zeros(rows + size, others.len());
        for (k, &j) in others.iter().enumerate() {
            let edge = edges.col_mut(k);
            edge.iter_mut().zip(self.gaps.col(j)).zip(&origin).for_each(|((x, p), o)| *x = p + o);
            edge[rows] = -self.zeta;
            edge[rows + k + 1] = self.zeta;
        }
        if others.is_empty() {
            return Ok(vec![1.0]);
        }
        let rest = LeastSquares::Faer.solve(&Problem::new(&edges, &origin, None))?.coefficients;
        Ok(std::iter::once(1.0 - rest.iter().sum::<f64>()).chain(rest).collect())
    }
}

/// A point of the convex hull, and the columns that it is made of.
struct Hull<'a> {
    points: &'a Points,
    support: Vec<usize>,
    weights: Vec<f64>,
}

impl<'a> Hull<'a> {
    fn start(points: &'a Points, mut weights: Vec<f64>) -> Self {
        weights.iter_mut().filter(|w| **w <= POSITIVE).for_each(|w| *w = 0.0);
        let sum: f64 = weights.iter().sum();
        weights.iter_mut().for_each(|w| *w /= sum);
        let support = (0..weights.len()).filter(|&j| weights[j] > 0.0).collect();
        Self { points, support, weights }
    }

    /// Wolfe's method: no step makes the point longer, and no set of columns comes twice.
    fn nearest_point(&mut self) -> Result<Vec<f64>> {
        let limit = STEPS_PER_COLUMN * self.weights.len().max(STEPS_PER_COLUMN);
        let mut worst = f64::NEG_INFINITY;
        for _ in 0..limit {
            let target = self.points.affine_minimum(&self.support)?;
            if target.iter().any(|v| *v <= 0.0) {
                self.walk_to_the_edge(&target);
                continue;
            }
            self.support.iter().zip(&target).for_each(|(&j, v)| self.weights[j] = *v);
            let slack = self.points.slack(&self.weights);
            let outside = (0..slack.len()).filter(|j| !self.support.contains(j));
            let next = outside.min_by(|&i, &j| slack[i].total_cmp(&slack[j]));
            match next {
                Some(j) if slack[j] < -TOLERANCE => {
                    worst = slack[j];
                    self.support.push(j);
                }
                _ => return Ok(self.weights.clone()),
            }
        }
        Err(failed(format!(
            "{limit} steps of the active set leave a slack of {worst:.1e} (limit {TOLERANCE:.0e})"
        )))
    }

    /// As far towards the target as all weights stay positive; the first to reach zero leaves.
    fn walk_to_the_edge(&mut self, target: &[f64]) {
        let share = |(&j, v): (&usize, &f64)| self.weights[j] / (self.weights[j] - v);
        let blocked = self.support.iter().zip(target).filter(|(_, v)| **v <= 0.0);
        let step = blocked.map(share).fold(1.0, f64::min);
        let support = std::mem::take(&mut self.support);
        for (&j, v) in support.iter().zip(target) {
            let w = self.weights[j];
            let stays = *v > 0.0 || w / (w - v) > step;
            self.weights[j] = if stays { w + step * (v - w) } else { 0.0 };
        }
        self.support = support.into_iter().filter(|&j| self.weights[j] > 0.0).collect();
    }
}

fn mean(x: &[f64]) -> f64 {
    x.iter().sum::<f64>() / x.len() as f64
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn failed(reason: String) -> Error {
    Error::Backend { backend: "simplex", source: reason.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A vanishing ridge, as the synthetic control has.
    const TINY: f64 = 1e-8;

    #[test]
    fn the_nearest_point_of_a_segment_splits_it_by_the_foot_of_the_perpendicular() {
        // Between (0, 0) and (4, 0), nearest to (1, 2).
        let a = Columns::from_columns(2, &[&[0.0, 0.0], &[4.0, 0.0]]);
        let shares = simplex_least_squares(&a, &[1.0, 2.0], Intercept::None, TINY).unwrap();
        assert!((shares.weights[0] - 0.75).abs() < 1e-12 && (shares.weights[1] - 0.25).abs() < 1e-12);
        assert_eq!(shares.intercept, 0.0);
    }

    #[test]
    fn a_target_beyond_a_corner_takes_the_corner_alone() {
        let a = Columns::from_columns(2, &[&[0.0, 0.0], &[1.0, 0.0], &[0.0, 1.0]]);
        let shares = simplex_least_squares(&a, &[3.0, -1.0], Intercept::None, TINY).unwrap();
        assert_eq!(shares.weights, [0.0, 1.0, 0.0]);
    }

    #[test]
    fn an_intercept_forgives_a_constant() {
        let a = Columns::from_columns(3, &[&[0.0, 1.0, 4.0], &[2.0, 1.0, 1.0]]);
        let b = [10.5, 11.0, 13.25]; // 10 + 3/4 of the first + 1/4 of the second
        let shares = simplex_least_squares(&a, &b, Intercept::Free, TINY).unwrap();
        assert!((shares.weights[0] - 0.75).abs() < 1e-12 && (shares.intercept - 10.0).abs() < 1e-12);
    }

    #[test]
    fn a_large_ridge_makes_all_weights_equal() {
        let a = Columns::from_columns(2, &[&[0.0, 0.0], &[1.0, 0.0], &[0.0, 1.0], &[2.0, 5.0]]);
        let shares = simplex_least_squares(&a, &[1.0, 0.0], Intercept::Free, 1e7).unwrap();
        assert!(shares.weights.iter().all(|w| (w - 0.25).abs() < 1e-12));
    }

    #[test]
    fn more_columns_than_rows_still_meet_the_condition_of_a_minimum() {
        // A Weyl sequence: 40 columns of 6 rows that look random.
        let data = (0..240).map(|i| 10.0 * (f64::from(i) * 0.618_033_988_749_894_9).fract()).collect();
        let a = Columns::from_data(6, 40, data);
        for (b, zeta) in [([20.0, 1.0, -3.0, 4.0, 9.0, 2.0], 1e-6), ([5.0, 4.0, 6.0, 5.0, 3.0, 5.0], 2.0)] {
            for intercept in [Intercept::None, Intercept::Free] {
                let shares = simplex_least_squares(&a, &b, intercept, zeta).unwrap();
                let sum: f64 = shares.weights.iter().sum();
                assert!((sum - 1.0).abs() < 1e-14 && shares.weights.iter().all(|w| *w >= 0.0));
                let fitted = a.times(&shares.weights);
                let miss: Vec<f64> = fitted.iter().zip(&b).map(|(f, b)| f + shares.intercept - b).collect();
                let along = |j: usize| dot(a.col(j), &miss) / 6.0 + zeta * zeta * shares.weights[j];
                let support: Vec<usize> = (0..40).filter(|&j| shares.weights[j] > 0.0).collect();
                let level = along(support[0]);
                assert!((0..40).all(|j| along(j) > level - 1e-10), "no column outside would shorten it");
                assert!(support.iter().all(|&j| (along(j) - level).abs() < 1e-10), "those inside balance");
            }
        }
    }
}
