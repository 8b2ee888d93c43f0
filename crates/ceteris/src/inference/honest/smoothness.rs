//! Fixed-length intervals where the slope of the trend bends by at most M a time.
//!
//! ```text
//! |d_{t+1} - 2 d_t + d_{t-1}| <= M,  d the trend, d_0 = 0                                      Delta^SD(M)
//! interval:  l'b - v'b_leads +- sd cv(M B / sd),   cv(t) the quantile of |N(t, 1)|,  sd^2 = var(l'b - v'b_leads)
//! B = sum_{j=0}^{L-1} |sum_{s>j} (s-j) l_s| + sum_{j=1}^{T-1} |sum_{k>j} (k-j) v_k|        worst bias at M = 1
//! v:  sum_k k v_k + sum_s s l_s = 0, so that a straight trend leaves no bias, and of those the shortest interval
//! ```
//!
//! Rambachan and Roth (2023), sections 3.2 and equations 17-18. The leads' sign is put into v, so that the
//! estimator is l'b + v'b_leads with b_{-k} = -k slope on a straight trend: sum_k k v_k = sum_s s l_s.
//! For a bound h on the standard deviation the least B is a convex program with one norm; the half length is
//! convex in h, so that golden sections find its minimum between the h of least variance and the h of least
//! bias (all weight on the nearest lead).
//!
//! Assumed: what `Split` has checked, and a positive variance of the estimator.

use super::split::{Split, dot};
use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::conic::{Constraint, Outcome, Program};
use crate::special::folded_normal;

/// Golden sections stop at this share of the range of h: half lengths are flat there to its square.
const SECTIONS: f64 = 1e-5;
/// Ranges of h below this share of h are one point: the square of it is lost in rounding.
const ONE_POINT: f64 = 1e-7;
/// 1 / golden ratio
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// What all bounds M have in common.
#[derive(Debug)]
pub(super) struct FixedLength<'a> {
    split: &'a Split,
    level: f64,
    /// sum_s s l_s
    slope: f64,
    /// sum_j |sum_{s>j} (s-j) l_s|
    lag_bias: f64,
    /// The estimator of least variance.
    steadiest: Estimator,
    /// The estimator of least bias.
    least_biased: Estimator,
}

/// v with its standard deviation and its worst bias at M = 1.
#[derive(Debug, Clone)]
struct Estimator {
    leads: Vec<f64>,
    std_error: f64,
    bias: f64,
}

impl<'a> FixedLength<'a> {
    pub(super) fn new(split: &'a Split, level: f64) -> Result<Self> {
        let slope = bends(&split.weights)[0];
        let lag_bias = bends(&split.weights).iter().map(|bend| bend.abs()).sum();
        let nothing = Estimator { leads: Vec::new(), std_error: 0.0, bias: 0.0 };
        let (steadiest, least_biased) = (nothing.clone(), nothing);
        let mut frontier = Self { split, level, slope, lag_bias, steadiest, least_biased };
        let mut nearest = vec![0.0; split.leads.len()];
        nearest[0] = slope;
        frontier.least_biased = frontier.estimator(nearest);
        frontier.steadiest = frontier.estimator(frontier.least_variance()?);
        if frontier.steadiest.std_error <= 0.0 {
            return Err(Error::Singular { matrix: "the covariance of the event path", pivot: 0 });
        }
        Ok(frontier)
    }

    /// The shortest interval at this M.
    pub(super) fn interval(&self, bound: f64) -> Result<(f64, f64)> {
        let best = self.shortest(bound)?;
        let centre = self.split.estimate() + dot(&best.leads, &self.split.leads);
        let half = self.half_length(&best, bound);
        Ok((centre - half, centre + half))
    }

    /// What the point estimates allow at this M; `None` if the leads alone bend by more.
    pub(super) fn identified(&self, bound: f64) -> Option<(f64, f64)> {
        let trend = [&[0.0], self.split.leads.as_slice()].concat();
        let bent = trend.windows(3).any(|d| (d[0] - 2.0 * d[1] + d[2]).abs() > bound);
        let centre = self.split.estimate() + self.slope * self.split.leads[0];
        (!bent).then_some((centre - bound * self.lag_bias, centre + bound * self.lag_bias))
    }

    /// The estimator whose half length is the least, by golden sections over h.
    fn shortest(&self, bound: f64) -> Result<Estimator> {
        let (low, high) = (self.steadiest.std_error, self.least_biased.std_error);
        let ends = [self.steadiest.clone(), self.least_biased.clone()];
        let mut best = ends.into_iter().min_by(|a, b| self.compare(a, b, bound)).expect("two ends");
        if bound == 0.0 || high - low <= ONE_POINT * high {
            return Ok(best);
        }
        let (mut from, mut to) = (low, high);
        let (mut left, mut right) =
            (self.least_bias(to - GOLDEN * (to - from))?, self.least_bias(from + GOLDEN * (to - from))?);
        while to - from > SECTIONS * (high - low) {
            if self.compare(&left, &right, bound).is_lt() {
                to = from + GOLDEN * (to - from);
                (right, left) = (left, self.least_bias(to - GOLDEN * (to - from))?);
            } else {
                from = to - GOLDEN * (to - from);
                (left, right) = (right, self.least_bias(from + GOLDEN * (to - from))?);
            }
        }
        for candidate in [left, right] {
            if self.compare(&candidate, &best, bound).is_lt() {
                best = candidate;
            }
        }
        Ok(best)
    }

    fn compare(&self, a: &Estimator, b: &Estimator, bound: f64) -> std::cmp::Ordering {
        self.half_length(a, bound).total_cmp(&self.half_length(b, bound))
    }

    /// sd cv(M B / sd)
    fn half_length(&self, estimator: &Estimator, bound: f64) -> f64 {
        let Estimator { std_error, bias, .. } = estimator;
        std_error * folded_normal::quantile(self.level, bound * bias / std_error)
    }

    fn estimator(&self, leads: Vec<f64>) -> Estimator {
        let std_error = self.split.std_error(&self.split.combination(&leads, &self.split.weights));
        let lead_bias: f64 = bends(&leads)[1..].iter().map(|bend| bend.abs()).sum();
        Estimator { leads, std_error, bias: self.lag_bias + lead_bias }
    }

    /// sum_k k v_k = sum_s s l_s, on the leads and as many further unknowns.
    fn no_bias_from_a_slope(&self, further: usize) -> Constraint {
        let nleads = self.split.leads.len();
        let mut row: Vec<f64> = (1..=nleads).map(|k| k as f64).collect();
        row.resize(nleads + further, 0.0);
        Constraint::Equal { matrix: Columns::from_data(1, row.len(), row), bound: vec![self.slope] }
    }

    /// minimise v'V_leads v / 2 + v'V_{leads,lags} l
    fn least_variance(&self) -> Result<Vec<f64>> {
        let root = self.scaled_root();
        let nleads = self.split.leads.len();
        let offset = root.times(&self.split.combination(&vec![0.0; nleads], &self.split.weights));
        let mut quadratic = Columns::zeros(nleads, nleads);
        for j in 0..nleads {
            (0..nleads).for_each(|i| quadratic[(i, j)] = dot(root.col(i), root.col(j)));
        }
        let linear = (0..nleads).map(|j| dot(root.col(j), &offset)).collect();
        let constraints = vec![self.no_bias_from_a_slope(0)];
        minimiser(&Program { quadratic: Some(quadratic), linear, constraints }, nleads)
    }

    /// minimise sum_j r_j,  |sum_{k>j} (k-j) v_k| <= r_j,  ||R (v, l)|| <= h
    fn least_bias(&self, h: f64) -> Result<Estimator> {
        let root = self.scaled_root();
        let nleads = self.split.leads.len();
        let unknowns = 2 * nleads - 1;
        let rows = nleads - 1;
        let mut bent = Columns::zeros(2 * rows, unknowns);
        for j in 1..nleads {
            for k in j + 1..=nleads {
                let times = (k - j) as f64;
                (bent[(j - 1, k - 1)], bent[(rows + j - 1, k - 1)]) = (times, -times);
            }
            (bent[(j - 1, rows + j)], bent[(rows + j - 1, rows + j)]) = (-1.0, -1.0);
        }
        let mut matrix = Columns::zeros(root.nrows(), unknowns);
        (0..nleads).for_each(|j| matrix.col_mut(j).copy_from_slice(root.col(j)));
        let offset = root.times(&self.split.combination(&vec![0.0; nleads], &self.split.weights));
        let radius = h / self.least_biased.std_error;
        let constraints = vec![
            self.no_bias_from_a_slope(rows),
            Constraint::AtMost { matrix: bent, bound: vec![0.0; 2 * rows] },
            Constraint::Norm { matrix, offset, slope: vec![0.0; unknowns], radius },
        ];
        let linear = [vec![0.0; nleads], vec![1.0; rows]].concat();
        let leads = minimiser(&Program { quadratic: None, linear, constraints }, nleads)?;
        Ok(self.estimator(leads))
    }

    /// R in units of the least biased estimator's standard deviation, so that the solver sees numbers near 1.
    fn scaled_root(&self) -> Columns {
        self.split.root().clone().scale(1.0 / self.least_biased.std_error)
    }
}

/// sum_{s>j} (s-j) w_s for j = 0, 1, ...: what a bend at distance j from the reference adds to sum_s w_s d_s.
fn bends(weights: &[f64]) -> Vec<f64> {
    let at = |j: usize| weights[j..].iter().zip(1_u32..).map(|(weight, s)| f64::from(s) * weight).sum();
    (0..weights.len()).map(at).collect()
}

fn minimiser(program: &Program, nleads: usize) -> Result<Vec<f64>> {
    let failed = |found: &str| Error::Backend { backend: "conic", source: found.into() };
    match program.solve()? {
        Outcome::Solved(minimum) => Ok(minimum.x[..nleads].to_vec()),
        Outcome::Infeasible => Err(failed("no estimator without bias from a straight trend was found")),
        Outcome::Unbounded => Err(failed("the variance of the estimator was found without a minimum")),
    }
}
