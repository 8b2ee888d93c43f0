//! Synthetic control and synthetic difference-in-differences on a block of outcomes.
//!
//! ```text
//! gap_t  = mean of y_jt over treated j  -  sum_i omega_i y_it over controls i
//! effect = mean of gap_t over t after   -  sum_t lambda_t gap_t over t before
//! ```
//!
//! with omega and lambda shares (at least zero, sum one) that minimise
//!
//! ```text
//! omega:   sum_{t before} (omega_0 + sum_i omega_i y_it - treated mean_t)^2 / T_pre + zeta_omega^2 ||omega||^2
//! lambda:  sum_i (lambda_0 + sum_{t before} lambda_t y_it - mean after_i)^2 / N_co  + zeta_lambda^2 ||lambda||^2
//! ```
//!
//! (Arkhangelsky, Athey, Hirshberg, Imbens and Wager 2021, AER 111: 4088-4118, eqs. 4 to 6 and algorithm 1.)
//! zeta_omega = (N_tr T_post)^(1/4) sigma and zeta_lambda = 1e-6 sigma, with sigma the standard deviation of
//! the first differences of control outcomes before treatment. The synthetic control (Abadie, Diamond and
//! Hainmueller 2010, with no predictors but the outcomes) has omega_0 = 0, lambda = 0 and zeta_omega = 1e-6
//! sigma, as `sc_estimate` of the authors' program. Assumed: a full block of finite numbers, at least two
//! times before treatment, sigma > 0.

use crate::att::block::Block;
use crate::error::Result;
use crate::linalg::simplex::{Intercept, simplex_least_squares};

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Balancing {
    /// Unit weights without an intercept, no time weights.
    Control,
    /// Unit and time weights, each with an intercept.
    Difference,
}

/// How strongly weights are drawn towards equality: standard deviations, in the units of the outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Ridge {
    /// zeta_omega, of the unit weights.
    pub units: f64,
    /// zeta_lambda, of the time weights.
    pub times: f64,
}

/// The share of sigma that makes a minimum unique and otherwise changes nothing.
const VANISHING: f64 = 1e-6;

impl Balancing {
    /// The ridge of algorithm 1, or of the authors' synthetic control.
    pub(crate) fn ridge(self, block: &Block) -> Ridge {
        let (sigma, treated_cells) = (block.noise(), block.ntreated() * block.npost());
        let units = match self {
            Balancing::Control => VANISHING,
            Balancing::Difference => (treated_cells as f64).powf(0.25),
        };
        Ridge { units: units * sigma, times: VANISHING * sigma }
    }
}

/// The weights, and the effect under them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Balanced {
    /// omega, one for each control.
    pub(crate) unit_weights: Vec<f64>,
    /// lambda, one for each time before; zeros for a synthetic control.
    pub(crate) time_weights: Vec<f64>,
    pub(crate) effect: f64,
}

/// Weights and effect of a block.
pub(crate) fn balance(block: &Block, balancing: Balancing, ridge: Ridge) -> Result<Balanced> {
    let before = block.controls_before();
    let target = &block.treated_mean()[..block.npre()];
    let intercept = match balancing {
        Balancing::Control => Intercept::None,
        Balancing::Difference => Intercept::Free,
    };
    let unit_weights = simplex_least_squares(&before, target, intercept, ridge.units)?.weights;
    let time_weights = match balancing {
        Balancing::Control => vec![0.0; block.npre()],
        Balancing::Difference => {
            let after = &block.means_after()[..block.ncontrols()];
            simplex_least_squares(&before.transposed(), after, Intercept::Free, ridge.times)?.weights
        }
    };
    let effect = double_difference(&gaps(block, &unit_weights), &time_weights);
    Ok(Balanced { unit_weights, time_weights, effect })
}

/// gap_t for every time.
pub(crate) fn gaps(block: &Block, unit_weights: &[f64]) -> Vec<f64> {
    let synthetic = block.synthetic(unit_weights);
    block.treated_mean().iter().zip(synthetic).map(|(treated, synthetic)| treated - synthetic).collect()
}

/// The mean gap after, less the weighted gap before; there are as many times before as weights.
pub(super) fn double_difference(gaps: &[f64], time_weights: &[f64]) -> f64 {
    let (before, after) = gaps.split_at(time_weights.len());
    let earlier: f64 = before.iter().zip(time_weights).map(|(gap, lambda)| gap * lambda).sum();
    after.iter().sum::<f64>() / after.len() as f64 - earlier
}
