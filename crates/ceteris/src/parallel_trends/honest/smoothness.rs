//! Fixed-length intervals where the slope of the trend bends by at most M a time.
//!
//! ```text
//! |d_{t+1} - 2 d_t + d_{t-1}| <= M,  d the trend, d_0 = 0                                      Delta^SD(M)
//! interval:  l'b + v'b_leads +- sd cv(M B / sd),   cv(t) the quantile of |N(t, 1)|,  sd^2 = var(l'b + v'b_leads)
//! B = sum_{j=0}^{L-1} |sum_{s>j} (s-j) l_s| + sum_{j=1}^{T-1} |sum_{k>j} (k-j) v_k|        worst bias at M = 1
//! v:  sum_k k v_k = sum_s s l_s, so that a straight trend leaves no bias, and of those the shortest interval
//! ```
//!
//! Rambachan and Roth (2023), sections 3.2 and equations 17-18. There the least B is sought for each bound h on
//! sd, and then the h of the shortest interval. The same frontier is traced by a price on B,
//!   v(price) = argmin sd^2 / 2 + price B,
//! a quadratic program that stays solvable at both ends. The half length is convex along the frontier; with
//! t = M B / sd and x = cv(t), whose slope is tanh(x t), a higher price shortens the interval while
//!   M tanh(x t) sd > price (x - t tanh(x t)).
//!
//! Assumed: what `Split` has checked, and a positive variance of every estimator without bias from a slope.

use super::split::{Split, dot};
use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::linalg::conic::{Constraint, Outcome, Program};
use crate::special::folded_normal;

/// The price is found to this share of its range: half lengths are flat there to its square.
const PRICE: f64 = 1e-6;
/// Secants; five to ten are needed. Every estimator has a valid interval: stopping early would cost length only.
const STEPS: usize = 60;
/// Doublings of the price from M; at the usual levels it ends below M, beyond all is paid for least bias.
const DOUBLINGS: usize = 20;
/// A standard deviation below this share of that of the least biased is rounding of zero: its square is at 1e-12, far above
/// the 1e-16 of doubles and below what leads can explain of a lag.
const SINGULAR: f64 = 1e-6;

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
        let singular = || Error::Singular { matrix: "the covariance of the event path", pivot: 0 };
        if frontier.least_biased.std_error == 0.0 {
            return Err(singular());
        }
        frontier.steadiest = frontier.at_price(0.0)?;
        let least = SINGULAR * frontier.least_biased.std_error;
        if frontier.steadiest.std_error <= least { Err(singular()) } else { Ok(frontier) }
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

    /// The estimator whose half length is the least, by secants on the price of bias.
    fn shortest(&self, bound: f64) -> Result<Estimator> {
        let ends = [&self.steadiest, &self.least_biased];
        let mut best = ends.into_iter().min_by(|a, b| self.compare(a, b, bound)).expect("two ends").clone();
        if bound == 0.0 || self.leads() == 1 {
            return Ok(best);
        }
        let mut gain = |price: f64| {
            let estimator = self.at_price(price)?;
            let gain = self.gain(&estimator, price, bound);
            if self.compare(&estimator, &best, bound).is_lt() {
                best = estimator;
            }
            Ok::<f64, Error>(gain)
        };
        let (mut low, mut at_low) = (0.0, self.gain(&self.steadiest, 0.0, bound));
        let mut high = bound * self.least_biased.std_error;
        let mut at_high = gain(high)?;
        for _ in 0..DOUBLINGS {
            if at_high <= 0.0 {
                break;
            }
            (low, at_low) = (high, at_high);
            high *= 2.0;
            at_high = gain(high)?;
        }
        let mut last = high;
        for _ in 0..STEPS {
            if at_high > 0.0 || at_low <= 0.0 {
                break; // the minimum is an end
            }
            let price = (low * at_high - high * at_low) / (at_high - at_low);
            let at_price = gain(price)?;
            if (price - last).abs() <= PRICE * high {
                break;
            }
            // Illinois: an end that stays is halved, so that it does not stay for good.
            if at_price > 0.0 {
                at_high *= if price > last { 0.5 } else { 1.0 };
                (low, at_low) = (price, at_price);
            } else {
                at_low *= if price < last { 0.5 } else { 1.0 };
                (high, at_high) = (price, at_price);
            }
            last = price;
        }
        Ok(best)
    }

    /// What a higher price of bias gains: the interval is shorter beyond it if this is above zero.
    fn gain(&self, estimator: &Estimator, price: f64, bound: f64) -> f64 {
        let t = bound * estimator.bias / estimator.std_error;
        let x = folded_normal::quantile(self.level, t);
        let slope = (x * t).tanh();
        bound * slope * estimator.std_error - price * (x - t * slope)
    }

    fn leads(&self) -> usize {
        self.split.leads.len()
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

    /// minimise sd^2 / 2 + price sum_j r_j,  |sum_{k>j} (k-j) v_k| <= r_j,  sum_k k v_k = sum_s s l_s
    fn at_price(&self, price: f64) -> Result<Estimator> {
        let nleads = self.leads();
        let rows = if price > 0.0 { nleads - 1 } else { 0 };
        // Units in which the solver sees numbers near 1.
        let unit = self.least_biased.std_error;
        let price = price / (unit * unit);
        let scale = 1.0 / (1.0 + price);
        let root = self.split.root().clone().scale(scale.sqrt() / unit);
        let lags = root.times(&self.split.combination(&vec![0.0; nleads], &self.split.weights));
        let mut quadratic = Columns::zeros(nleads + rows, nleads + rows);
        for j in 0..nleads {
            (0..nleads).for_each(|i| quadratic[(i, j)] = dot(root.col(i), root.col(j)));
        }
        let mut linear: Vec<f64> = (0..nleads).map(|j| dot(root.col(j), &lags)).collect();
        linear.resize(nleads + rows, scale * price);
        let mut slope: Vec<f64> = (1..=nleads).map(|k| k as f64).collect();
        slope.resize(nleads + rows, 0.0);
        let constraints = vec![
            Constraint::Equal { matrix: Columns::from_data(1, slope.len(), slope), bound: vec![self.slope] },
            Constraint::AtMost { matrix: bent(nleads, rows), bound: vec![0.0; 2 * rows] },
        ];
        let leads = minimiser(&Program { quadratic: Some(quadratic), linear, constraints }, nleads)?;
        Ok(self.estimator(leads))
    }
}

/// Rows +-sum_{k>j} (k-j) v_k - r_j, one pair for each r, on the unknowns v_1..v_T, r_1, r_2, ...
fn bent(nleads: usize, rows: usize) -> Columns {
    let mut matrix = Columns::zeros(2 * rows, nleads + rows);
    for j in 1..=rows {
        let (above, below) = (j - 1, rows + j - 1);
        for k in j + 1..=nleads {
            let times = (k - j) as f64;
            (matrix[(above, k - 1)], matrix[(below, k - 1)]) = (times, -times);
        }
        (matrix[(above, nleads + j - 1)], matrix[(below, nleads + j - 1)]) = (-1.0, -1.0);
    }
    matrix
}

/// sum_{s>j} (s-j) w_s for j = 0, 1, ...: what a bend at distance j from the reference adds to sum_s w_s d_s.
fn bends(weights: &[f64]) -> Vec<f64> {
    let at = |j: usize| weights[j..].iter().zip(1_u32..).map(|(weight, s)| f64::from(s) * weight).sum();
    (0..weights.len()).map(at).collect()
}

fn minimiser(program: &Program, nleads: usize) -> Result<Vec<f64>> {
    let failed = |found: &str| Error::Backend { backend: "conic", source: found.into() };
    match program.solve()? {
        Outcome::Solved(mut x) => {
            x.truncate(nleads);
            Ok(x)
        }
        Outcome::Infeasible => Err(failed("no estimator without bias from a straight trend was found")),
        Outcome::Unbounded => Err(failed("the variance of the estimator was found without a minimum")),
    }
}
