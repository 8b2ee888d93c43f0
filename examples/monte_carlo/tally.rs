//! Five estimators of one effect, and their errors over replications.
//!
//! ```text
//! bias = mean of (estimate - effect),            its Monte Carlo s.e. = sd of the errors / sqrt R
//! RMSE = sqrt(mean of (estimate - effect)^2),    its Monte Carlo s.e. = sd of the squares / (2 RMSE sqrt R)
//! ```

use ceteris::matching::Matching;
use ceteris::synthetic::{SyntheticControl, SyntheticDifference};
use ceteris::{DifferenceInDifferences, Frame, Iid, LaggedOutcome, Post, Result};
use rayon::prelude::*;

use crate::design::{EFFECT, INDEX, Scenario};

/// Controls for each treated unit in matching.
const NEIGHBOURS: usize = 1;

/// A way to estimate the effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Estimator {
    Difference,
    LaggedOutcome,
    SyntheticControl,
    SyntheticDifference,
    Matching,
}

impl Estimator {
    pub(crate) const ALL: [Estimator; 5] = [
        Estimator::Difference,
        Estimator::LaggedOutcome,
        Estimator::SyntheticControl,
        Estimator::SyntheticDifference,
        Estimator::Matching,
    ];

    /// The estimate from a panel with so many times before treatment.
    fn estimate(self, frame: &Frame, before: usize) -> Result<f64> {
        match self {
            Estimator::Difference => {
                let design = DifferenceInDifferences::new("y", "treated", Post::column("post"));
                Ok(design.fit(frame)?.effect(Iid)?.estimate)
            }
            Estimator::LaggedOutcome => {
                let design = LaggedOutcome::new("y", INDEX, "treated").reform(1).lags(before as u32);
                Ok(design.fit(frame)?.effect(Iid)?.estimate)
            }
            Estimator::SyntheticControl => {
                Ok(SyntheticControl::new("y", INDEX, "status").fit(frame)?.estimate())
            }
            Estimator::SyntheticDifference => {
                Ok(SyntheticDifference::new("y", INDEX, "status").fit(frame)?.estimate())
            }
            Estimator::Matching => {
                let design = Matching::new("y", INDEX, "status").neighbours(NEIGHBOURS);
                Ok(design.fit(frame)?.effect().estimate)
            }
        }
    }
}

/// The errors of one estimator.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Errors {
    pub(crate) bias: f64,
    pub(crate) bias_error: f64,
    pub(crate) rmse: f64,
    pub(crate) rmse_error: f64,
}

impl Errors {
    fn of(errors: &[f64]) -> Self {
        let root = (errors.len() as f64).sqrt();
        let (bias, spread) = mean_and_spread(errors);
        let squares: Vec<f64> = errors.iter().map(|error| error * error).collect();
        let (mean_square, spread_of_squares) = mean_and_spread(&squares);
        let rmse = mean_square.sqrt();
        Self { bias, bias_error: spread / root, rmse, rmse_error: spread_of_squares / (2.0 * rmse * root) }
    }
}

fn mean_and_spread(x: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let squares: f64 = x.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, (squares / (n - 1.0)).sqrt())
}

/// The errors of all estimators over the same replications, at least two.
pub(crate) fn run(
    scenario: Scenario,
    before: usize,
    estimators: &[Estimator],
    replications: u64,
) -> Result<Vec<Errors>> {
    // Collected in the order of the replications, whichever thread was first.
    let replies: Vec<Vec<f64>> = (0..replications)
        .into_par_iter()
        .map(|replication| {
            let frame = scenario.draw(before, replication)?;
            estimators.iter().map(|estimator| Ok(estimator.estimate(&frame, before)? - EFFECT)).collect()
        })
        .collect::<Result<_>>()?;
    let of = |k: usize| replies.iter().map(|errors| errors[k]).collect::<Vec<f64>>();
    Ok((0..estimators.len()).map(|k| Errors::of(&of(k))).collect())
}
