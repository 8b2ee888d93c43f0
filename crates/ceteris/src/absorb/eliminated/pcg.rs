//! Preconditioned conjugate gradients on what is left after the largest effect is eliminated.
//!
//! S a = r (see `reduced`) with S positive semi-definite and r in its range. With M the preconditioner,
//!   z = M^-1 r,  step = r'z / d'Sd,  a += step d,  r -= step Sd,  d = z + (r'z / r_old'z_old) d
//! (Hestenes and Stiefel 1952; Golub and Van Loan 2013, algorithm 11.5.1), several columns in lockstep so
//! that each entry of V is read once for all of them.
//! A small recurrence is no proof: after each round the coefficients are taken out of the rows, scores are
//! summed afresh, and what one more projection on any effect would still take out, relative to the column,
//! must be below the tolerance. If it is not, the next round starts from what is left.

use std::sync::OnceLock;

use rayon::prelude::*;

use super::elimination::{Elimination, GONE};
use super::preconditioner::Preconditioner;
use super::reduced::{Reduced, largest_and_others};
use crate::absorb::levels::{Block, OneWay};
use crate::absorb::report::{Outcome, PreconditionedBy};
use crate::absorb::stop::{SLOWEST, Stop, amplification, iterative};
use crate::error::Result;
use crate::linalg::Columns;

/// Settings of the preconditioned conjugate gradients.
///
/// The residual is relative to what the largest effect, which is taken out exactly, leaves of a column.
///
/// # Example
/// ```
/// use ceteris::{Absorption, Pcg};
/// let absorption: Absorption = Pcg::default().tolerance(1e-8).limit(500).into();
/// # let _ = absorption;
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Pcg(Stop);

iterative!(Pcg);

/// The recurrence must fall this far below the tolerance, since it drifts from the true residual.
const STEP_BELOW_GOAL: f64 = 0.3;
/// More sweeps than these take nothing out that rounding does not put back.
const MOST_SWEEPS: usize = 4;
/// A direction along which S is no larger than its rounding is in its null space, for all that doubles tell.
const FLAT: f64 = f64::EPSILON;
/// Iterations with the diagonal after which their number is foretold; then twice as many, and so on.
const PATIENCE: usize = 12;
/// Iterations that a graph needs for which the diagonal is good: a factor that costs no more is made at once.
const FEW: f64 = 30.0;
/// The reduced problem and its preconditioners.
pub(crate) struct Iterations<'a> {
    reduced: Reduced<'a>,
    stop: Stop,
    diagonal: Preconditioner,
    /// A factor, from the moment it is made, and what it costs to begin one.
    factor: OnceLock<Preconditioner>,
    price: f64,
}

impl<'a> Iterations<'a> {
    pub(crate) fn new(blocks: &[&Block], weights: Option<&'a [f64]>, settings: Pcg) -> Result<Self> {
        settings.0.check()?;
        let (largest, others) = largest_and_others(blocks);
        let reduced = Reduced::new(Elimination::new(largest, weights, |rows, weights| {
            others.iter().map(|block| OneWay::new(&block.reordered(rows), weights)).collect()
        }));
        let diagonal = Preconditioner::diagonal(&reduced);
        let factor = OnceLock::new();
        let price = Preconditioner::price(&reduced);
        let at_once = if Preconditioner::is_sparse(&reduced) { FEW } else { 0.0 };
        if let Some(made) = diagonal.factored(&reduced, price, at_once)? {
            let _ = factor.set(made); // the first to be set
        }
        Ok(Self { reduced, stop: settings.0, diagonal, factor, price })
    }

    /// Takes all effects out of every column.
    pub(crate) fn solve(&self, columns: &mut Columns, names: &[String]) -> Result<Vec<Outcome>> {
        let rows = columns.nrows();
        let elimination = &self.reduced.elimination;
        let mut states: Vec<State<'_>> = columns
            .data_mut()
            .par_chunks_mut(rows)
            .map(|x| {
                elimination.rows.enter(x);
                State::new(elimination, x, STEP_BELOW_GOAL * STEP_BELOW_GOAL * self.stop.tolerance)
            })
            .collect();
        loop {
            let is_open = |state: &&mut State<'_>| !state.is_below(self.stop.tolerance);
            let mut open: Vec<&mut State<'_>> = states.iter_mut().filter(is_open).collect();
            if open.is_empty() {
                break;
            }
            let (mut rest, mut solutions) = (open.as_mut_slice(), Vec::new());
            while !rest.is_empty() {
                let lanes = [4, 2, 1].into_iter().find(|lanes| *lanes <= rest.len()).unwrap_or(1);
                let (group, later) = std::mem::take(&mut rest).split_at_mut(lanes);
                solutions.extend(match lanes {
                    4 => self.round::<4>(group)?,
                    2 => self.round::<2>(group)?,
                    _ => self.round::<1>(group)?,
                });
                rest = later;
            }
            open.par_iter_mut().zip(&solutions).for_each(|(state, a)| {
                let previous = state.residual;
                let swept = elimination.sweep(state.x, Some(a));
                state.residual = elimination.first_order(&swept) / state.left;
                state.scores = swept.scores;
                state.stalled = state.residual.is_nan() || state.residual >= previous;
            });
            // Whoever is at the limit, or no nearer than a round before, is an error here.
            for (state, name) in states.iter().zip(names) {
                let ended = self.stop.judge(name, self.outcome(state))?;
                if ended.is_none() && state.stalled {
                    return Err(self.stop.missed(name, self.outcome(state)));
                }
            }
        }
        states.par_iter_mut().for_each(|state| elimination.rows.leave(state.x));
        Ok(states.iter().map(|state| self.outcome(state).scaled(state.share)).collect())
    }

    fn outcome(&self, state: &State<'_>) -> Outcome {
        let amplification = amplification(state.rate, 1 + self.reduced.elimination.others.len());
        Outcome { iterations: state.iterations, residual: state.residual, amplification }
    }

    /// What the iterations are preconditioned with by now.
    pub(crate) fn preconditioner(&self) -> PreconditionedBy {
        self.factor.get().unwrap_or(&self.diagonal).kind()
    }

    /// One round for a group of columns: what to take out, as coefficients of the others.
    fn round<const K: usize>(&self, group: &mut [&mut State<'_>]) -> Result<Vec<Vec<f64>>> {
        let mut r: Vec<[f64; K]> =
            (0..self.reduced.size()).map(|p| std::array::from_fn(|lane| group[lane].scores[p])).collect();
        let share = STEP_BELOW_GOAL * self.stop.tolerance;
        let goals: [f64; K] = std::array::from_fn(|lane| share * group[lane].left);
        let taken = group.iter().map(|state| state.iterations).max().unwrap_or(0);
        let mut left = self.stop.limit.saturating_sub(taken).max(1);
        let mut a = vec![[0.0; K]; r.len()];
        let (mut patience, mut spent) = (PATIENCE, 0);
        loop {
            let factor = self.factor.get();
            let limit = if factor.is_none() { left.min(patience) } else { left };
            let run = conjugate_gradients(
                &self.reduced,
                factor.unwrap_or(&self.diagonal),
                &mut a,
                &mut r,
                goals,
                limit,
            );
            left -= run.iterations.min(left);
            for (lane, state) in group.iter_mut().enumerate() {
                state.iterations += run.iterations.max(1);
                state.rate = if factor.is_some() { state.rate } else { run.rates[lane] };
            }
            if run.done || left == 0 || run.iterations == 0 {
                break;
            }
            spent += run.iterations;
            if factor.is_none() {
                // What has been spent in vain is worth spending once more, however few more are foretold.
                let worth = run.foretold.max(spent as f64);
                if let Some(made) = self.diagonal.factored(&self.reduced, self.price, worth)? {
                    let _ = self.factor.set(made); // groups come one after the other: none was set before
                }
                patience *= 2;
            }
        }
        Ok((0..K).map(|lane| a.iter().map(|a| a[lane]).collect()).collect())
    }
}

/// A column on its way.
struct State<'x> {
    x: &'x mut [f64],
    /// Its norm after the largest effect was taken out, to which residuals are relative: a large mean, which
    /// that takes out exactly, costs no digits.
    left: f64,
    /// What `left` is of the norm before.
    share: f64,
    scores: Vec<f64>,
    residual: f64,
    iterations: usize,
    rate: f64,
    /// Whether the last round brought it no nearer: rounding stands where the matrix did.
    stalled: bool,
}

impl<'x> State<'x> {
    fn new(elimination: &Elimination<'_>, x: &'x mut [f64], goal: f64) -> Self {
        let mut swept = elimination.sweep(x, None);
        let before = swept.before.sqrt();
        // What rounding of large means leaves of the largest effect would put the scores outside the range of S.
        for _ in 1..MOST_SWEEPS {
            if swept.of_largest <= goal * goal * swept.left || swept.left.sqrt() <= GONE * before {
                break;
            }
            swept = elimination.sweep(x, None);
        }
        // A column that the largest effect spans is zero but for rounding, which is small beside the column.
        let spanned = swept.left.sqrt() <= GONE * before;
        let left = if spanned { before } else { swept.left.sqrt() };
        let residual = match left {
            0.0 => 0.0,
            left if left.is_finite() => elimination.first_order(&swept) / left,
            _ => f64::INFINITY, // squares overflow
        };
        let share = if spanned { 1.0 } else { left / before };
        Self { x, left, share, scores: swept.scores, residual, iterations: 0, rate: 0.0, stalled: false }
    }

    /// Whether the residual is a number and no larger than that.
    fn is_below(&self, tolerance: f64) -> bool {
        self.residual <= tolerance
    }
}

/// What a run of conjugate gradients did.
struct Run<const K: usize> {
    done: bool,
    iterations: usize,
    /// By how much an iteration shrank the residual, on average.
    rates: [f64; K],
    /// Iterations that the slowest lane still needs at its rate.
    foretold: f64,
}

/// Runs until every lane is below its goal, from `a` with the residual `r`; both are brought up to date.
fn conjugate_gradients<const K: usize>(
    reduced: &Reduced,
    preconditioner: &Preconditioner,
    a: &mut [[f64; K]],
    r: &mut [[f64; K]],
    goals: [f64; K],
    limit: usize,
) -> Run<K> {
    let mut z = preconditioner.apply(r);
    let mut direction = z.clone();
    let mut energy = dot(r, &z);
    // Of the scores themselves: in the metric of M, the null space of S would magnify their rounding.
    let sizes = |r: &[[f64; K]]| dot(r, r).map(f64::sqrt);
    let first = sizes(r);
    let mut last = first;
    let mut iterations = 0;
    while iterations < limit && (0..K).any(|lane| last[lane] > goals[lane]) {
        iterations += 1;
        let image = reduced.times(&direction);
        let (curvature, square) = (dot(&direction, &image), dot(&direction, &direction));
        let moves = |lane: usize| last[lane] > goals[lane] && curvature[lane] > FLAT * square[lane];
        if !(0..K).any(moves) {
            break; // rounding has taken over: a round from fresh scores will see further
        }
        let step: [f64; K] =
            std::array::from_fn(|lane| if moves(lane) { energy[lane] / curvature[lane] } else { 0.0 });
        for ((a, r), (d, q)) in a.iter_mut().zip(r.iter_mut()).zip(direction.iter().zip(&image)) {
            for lane in 0..K {
                a[lane] += step[lane] * d[lane];
                r[lane] -= step[lane] * q[lane];
            }
        }
        z = preconditioner.apply(r);
        let next = dot(r, &z);
        let turn = ratios(next, energy);
        energy = next;
        last = sizes(r);
        for (d, z) in direction.iter_mut().zip(&z) {
            (0..K).for_each(|lane| d[lane] = z[lane] + turn[lane] * d[lane]);
        }
    }
    let rate = |lane: usize| {
        let shrunk = if first[lane] > 0.0 { last[lane] / first[lane] } else { 0.0 };
        if iterations > 0 { shrunk.powf(1.0 / iterations as f64) } else { 0.0 }
    };
    let rates: [f64; K] = std::array::from_fn(rate);
    let needed = |lane: usize| match last[lane] > goals[lane] {
        true => (goals[lane] / last[lane]).ln() / rates[lane].min(SLOWEST).ln(),
        false => 0.0,
    };
    let foretold = (0..K).map(needed).fold(0.0, f64::max);
    Run { done: (0..K).all(|lane| last[lane] <= goals[lane]), iterations, rates, foretold }
}

fn dot<const K: usize>(x: &[[f64; K]], y: &[[f64; K]]) -> [f64; K] {
    let mut sums = [0.0; K];
    for (x, y) in x.iter().zip(y) {
        (0..K).for_each(|lane| sums[lane] += x[lane] * y[lane]);
    }
    sums
}

/// x / y lane by lane, and 0 where a lane has come to rest.
fn ratios<const K: usize>(x: [f64; K], y: [f64; K]) -> [f64; K] {
    std::array::from_fn(|lane| if y[lane] > 0.0 { x[lane] / y[lane] } else { 0.0 })
}
