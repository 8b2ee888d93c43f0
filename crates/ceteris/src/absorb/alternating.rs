//! Alternating projections, made symmetric and accelerated by conjugate gradients.
//!
//! Let P_q take effect q out of a column exactly. One symmetric sweep is
//!   T = P_1 P_2 ... P_Q ... P_2 P_1,
//! self-adjoint under <a, b> = sum_i w_i a_i b_i with spectrum in [0, 1], and x~ = lim T^k x. What has
//! to be taken out, e = x - x~, solves (I - T) e = (I - T) x on the range of I - T: conjugate gradients
//! from e = 0 (Hernandez-Ramos, Escalante and Raydan 2011; Correia 2016, section 3).
//! A small step is no proof: at the end every P_q is applied once more and what it would still take
//! out, relative to x, must be below the tolerance.

use super::levels::{Block, OneWay};
use super::report::Outcome;
use super::stop::{Stop, amplification, iterative, spread};
use crate::error::{Error, Result};
use crate::linalg::gram::{norm, weighted_dot};

/// Settings of the accelerated alternating projections.
///
/// The residual is relative to the column before absorption. Refused where weights differ by more than a factor of 1e6.
///
/// # Example
/// ```
/// use ceteris::{Absorption, Alternating};
/// let absorption: Absorption = Alternating::default().tolerance(1e-8).limit(500).into();
/// # let _ = absorption;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Alternating(Stop);

iterative!(Alternating);

/// A projection weighs what only light rows hold by the root of their weights: with weights further apart than this,
/// the iteration can meet its tolerance before it has seen that part, and no residual would tell.
const MOST_SPREAD: f64 = 1e6;

/// The projections of all effects and the settings of the iteration.
pub(crate) struct Projections {
    ways: Vec<OneWay>,
    stop: Stop,
}

impl Projections {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&[f64]>, settings: Alternating) -> Result<Self> {
        settings.0.check()?;
        let spread = spread(weights);
        if spread > MOST_SPREAD {
            return Err(Error::InvalidSetting {
                setting: "absorption",
                value: format!(
                    "alternating projections with weights that differ by a factor of {spread:.0e}"
                ),
                must: "direct, pcg or lsmr where weights differ by more than a factor of 1e6",
            });
        }
        let mut order: Vec<&&Block> = blocks.iter().collect();
        order.sort_by_key(|block| std::cmp::Reverse(block.ncolumns()));
        let ways = order.into_iter().map(|block| OneWay::new(block, weights)).collect();
        Ok(Self { ways, stop: settings.0 })
    }

    /// T x
    fn sweep(&self, x: &mut [f64], weights: Option<&[f64]>) {
        let there = self.ways.iter();
        let back = self.ways.iter().rev().skip(1);
        there.chain(back).for_each(|way| {
            way.project(x, weights);
        });
    }

    /// (I - T) x
    fn operator(&self, x: &[f64], weights: Option<&[f64]>) -> Vec<f64> {
        let mut swept = x.to_vec();
        self.sweep(&mut swept, weights);
        swept.iter_mut().zip(x).for_each(|(t, x)| *t = x - *t);
        swept
    }

    /// The largest norm that one more projection would take out of `x`.
    fn first_order(&self, x: &[f64], weights: Option<&[f64]>) -> f64 {
        let taken = |way: &OneWay| way.project(&mut x.to_vec(), weights);
        self.ways.iter().map(taken).fold(0.0, |most, taken| if taken <= most { most } else { taken })
    }

    /// Takes all effects out of `x`.
    pub(crate) fn solve(&self, x: &mut [f64], weights: Option<&[f64]>, name: &str) -> Result<Outcome> {
        let before = norm(x, weights);
        if before == 0.0 {
            return Ok(Outcome::direct(0.0));
        }
        if !before.is_finite() {
            return Err(self.stop.missed(name, Outcome::direct(before))); // squares that overflow measure nothing
        }
        self.sweep(x, weights); // takes level means out first, so that no digits cancel below
        let (mut iterations, mut rate) = (0, 0.0_f64);
        let mut goal = self.stop.tolerance * before;
        // Each round restarts the recurrence from a fresh residual, with a stricter goal.
        loop {
            goal *= STEP_BELOW_GOAL;
            let round =
                self.conjugate_gradients(x, weights, goal, self.stop.limit.saturating_sub(iterations));
            iterations += round.iterations.max(1); // a round that does nothing counts, so that the limit is met
            rate = rate.max(round.rate);
            let residual = self.first_order(x, weights) / before;
            let amplification = amplification(rate, self.ways.len());
            if let Some(ended) = self.stop.judge(name, Outcome { iterations, residual, amplification })? {
                self.sweep(x, weights);
                return Ok(ended);
            }
        }
    }

    /// Runs until the recurrence residual is below `goal` (at least one iteration is counted).
    fn conjugate_gradients(&self, x: &mut [f64], weights: Option<&[f64]>, goal: f64, limit: usize) -> Round {
        let mut rest = self.operator(x, weights);
        let mut direction = rest.clone();
        let mut square = weighted_dot(&rest, weights, &rest);
        let first = square;
        let ended = |iterations: usize, square: f64| Round {
            iterations,
            rate: if iterations > 1 && first > 0.0 {
                (square / first).powf(0.5 / (iterations - 1) as f64)
            } else {
                0.0
            },
        };
        for iteration in 1..=limit {
            if square.sqrt() <= goal {
                return ended(iteration, square);
            }
            let image = self.operator(&direction, weights);
            let step = square / weighted_dot(&direction, weights, &image);
            if !step.is_finite() {
                return ended(iteration, square);
            }
            x.iter_mut().zip(&direction).for_each(|(x, d)| *x -= step * d);
            rest.iter_mut().zip(&image).for_each(|(r, q)| *r -= step * q);
            let next = weighted_dot(&rest, weights, &rest);
            let turn = next / square;
            square = next;
            direction.iter_mut().zip(&rest).for_each(|(d, r)| *d = r + turn * *d);
        }
        ended(limit, square)
    }
}

/// A round of conjugate gradients.
struct Round {
    iterations: usize,
    /// By how much an iteration shrank the residual, on average.
    rate: f64,
}

/// (I - T) x is quadratic in the angle between effects: it must fall below the tolerance by this factor,
/// on hard graphs more than once, before the first-order residual does.
const STEP_BELOW_GOAL: f64 = 0.1;
