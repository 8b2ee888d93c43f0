//! Intervals where the trend moves, after the reference, by at most Mbar times its largest move before it.
//!
//! ```text
//! |d_t - d_{t-1}| <= Mbar max_k |d_{-(k-1)} - d_{-k}|,  t = 1..L, k = 1..T,  d_0 = 0                Delta^RM(Mbar)
//!   = union over k and both signs of  |d_t - d_{t-1}| <= Mbar x,  x = +-(d_{-(k-1)} - d_{-k})
//! H0: l'tau = theta.  With D_t = b_t - b_{t-1}, c_t = sum_{s>=t} l_s, u = l'b, C = sum_t |c_t|,
//!   eta = min { e : +-(D_t - tau_t + tau_{t-1}) - Mbar x <= e s_t+-, l'tau = theta },  s_t+- = sd(+-D_t - Mbar x)
//!       = max { -2 Mbar x / (s_t+ + s_t-),  (u - theta - Mbar C x) / S_1,  (theta - u - Mbar C x) / S_2 }
//!   S_1 = sum_t |c_t| s_t(sign of c_t),  S_2 = sum_t |c_t| s_t(the other sign)
//! ```
//!
//! Rambachan and Roth (2023), section 2.4.1, footnote 9, equations 12-15, lemma 2.2. The last line solves the
//! linear program of equation 14: in the differences of tau the constraints are a box and one sum, so the
//! dual has these L + 2 vertices. They depend on (x, u) alone, two normal variables.
//!
//! The moments are those of the times after the reference, as in the paper's definition. HonestDiD does the
//! same with several lags; with a single lag it adds the moments of the leads.
//!
//! Assumed: what `Split` has checked.

use super::hybrid::{Covariance, Hybrid};
use super::split::{Split, dot};
use crate::error::{Error, Result};

/// Points at which a range of theta is tried before its ends are refined: between c and z_alpha of the test
/// there lie about thirty of them.
const SCAN: usize = 200;
/// Halvings of one step of the scan: to the last bit.
const HALVINGS: usize = 50;

/// The hull of all theta that are not rejected at this bound, with probability `level` to cover.
pub(super) fn interval(split: &Split, bound: f64, level: f64) -> Result<(f64, f64)> {
    // u itself is accepted for the sign with x >= 0.
    let mut hull = (split.estimate(), split.estimate());
    for k in 1..=split.leads.len() {
        for sign in [1.0, -1.0] {
            if let Some((low, high)) = Piece::new(split, bound, k, sign, 1.0 - level)?.accepted() {
                hull = (hull.0.min(low), hull.1.max(high));
            }
        }
    }
    Ok(hull)
}

/// What the point estimates allow: u -+ Mbar C max_k |b_{-(k-1)} - b_{-k}|.
pub(super) fn identified(split: &Split, bound: f64) -> (f64, f64) {
    let path = [&[0.0], split.leads.as_slice()].concat();
    let largest = path.windows(2).map(|pair| (pair[0] - pair[1]).abs()).fold(0.0, f64::max);
    let half = bound * largest * reach(&split.weights).iter().map(|c| c.abs()).sum::<f64>();
    (split.estimate() - half, split.estimate() + half)
}

/// c_t = sum_{s>=t} l_s: what a move at t adds to l'd.
fn reach(weights: &[f64]) -> Vec<f64> {
    (0..weights.len()).map(|t| weights[t..].iter().sum()).collect()
}

/// One polyhedron: the move over the k-th step before the reference is the largest, with this sign.
struct Piece {
    test: Hybrid,
    /// x
    move_before: f64,
    /// u
    estimate: f64,
    /// eta rejects below and above
    range: (f64, f64),
}

impl Piece {
    fn new(split: &Split, bound: f64, k: usize, sign: f64, size: f64) -> Result<Self> {
        let (nleads, nlags) = (split.leads.len(), split.lags.len());
        let mut before = vec![0.0; nleads + nlags]; // x = sign (b_{-(k-1)} - b_{-k})
        before[k - 1] = -sign;
        if k > 1 {
            before[k - 2] = sign;
        }
        let after = split.combination(&vec![0.0; nleads], &split.weights); // u
        let (move_before, estimate) = (dot(&before[..nleads], &split.leads), split.estimate());
        let covariance = Covariance {
            first: split.covariance(&before, &before),
            both: split.covariance(&before, &after),
            second: split.covariance(&after, &after),
        };
        let c = reach(&split.weights);
        let total: f64 = c.iter().map(|c| c.abs()).sum(); // C
        let (mut from_above, mut from_below) = (0.0, 0.0); // S_1, S_2
        let mut inequalities = Vec::with_capacity(nlags + 2);
        for (t, c) in c.iter().enumerate() {
            let [up, down] =
                [1.0, -1.0].map(|side| split.std_error(&moment(&before, nleads + t, t, side, bound)));
            if up + down == 0.0 {
                return Err(Error::Singular {
                    matrix: "the covariance of the event path",
                    pivot: nleads + t,
                });
            }
            inequalities.push([-2.0 * bound / (up + down), 0.0]);
            let (same, other) = if *c > 0.0 { (up, down) } else { (down, up) };
            from_above += c.abs() * same;
            from_below += c.abs() * other;
        }
        inequalities.push([-bound * total / from_above, 1.0 / from_above]);
        inequalities.push([-bound * total / from_below, -1.0 / from_below]);
        let test = Hybrid::new(&inequalities, covariance, size);
        let slack = bound * total * move_before;
        let low = estimate - slack - test.first_stage * from_above;
        let high = estimate + slack + test.first_stage * from_below;
        Ok(Self { test, move_before, estimate, range: (low, high) })
    }

    fn accepts(&self, theta: f64) -> bool {
        !self.test.rejects([self.move_before, self.estimate - theta])
    }

    /// The lowest and the highest theta accepted: the first stage bounds the range, a scan brackets its ends.
    fn accepted(&self) -> Option<(f64, f64)> {
        let (low, high) = self.range;
        if low >= high {
            return None;
        }
        let point = |i: usize| low + (high - low) * (i as f64 / SCAN as f64);
        let first = (0..=SCAN).find(|&i| self.accepts(point(i)))?;
        let last = (first..=SCAN).rev().find(|&i| self.accepts(point(i))).unwrap_or(first);
        let lowest = if first == 0 { low } else { self.edge(point(first - 1), point(first)) };
        let highest = if last == SCAN { high } else { self.edge(point(last + 1), point(last)) };
        Some((lowest, highest))
    }

    /// Where between a rejected and an accepted theta the answer changes.
    fn edge(&self, mut rejected: f64, mut accepted: f64) -> f64 {
        for _ in 0..HALVINGS {
            let middle = 0.5 * (rejected + accepted);
            if self.accepts(middle) { accepted = middle } else { rejected = middle }
        }
        accepted
    }
}

/// side D_t - Mbar x as a combination of leads and lags; the lag of D_t is at `place`, the t-th.
fn moment(before: &[f64], place: usize, t: usize, side: f64, bound: f64) -> Vec<f64> {
    let mut moment: Vec<f64> = before.iter().map(|factor| -bound * factor).collect();
    moment[place] += side;
    if t > 0 {
        moment[place - 1] -= side;
    }
    moment
}
