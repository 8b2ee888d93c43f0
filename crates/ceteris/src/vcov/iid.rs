//! V = sigma^2 (X~'WX~)^-1,  sigma^2 = sum_i w_i u_i^2 / (n - K)

use super::distribution::Distribution;
use super::floor::Floor;
use super::request::{Estimated, Request};
use crate::error::{Error, Result};
use crate::frame::WeightKind;

/// Errors independent with equal variance (proportional to 1 / w under analytic weights).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Iid;

pub(super) fn estimate(request: &Request<'_>) -> Result<Estimated> {
    if let Some((WeightKind::Probability, _)) = request.ingredients.weights {
        return Err(Error::Unsupported { what: "the iid covariance", with: "probability weights" });
    }
    let parameters = request.small_sample.parameters(request.ledger, &[]);
    let dof = request.ledger.dof(parameters)?;
    let factor = request.ingredients.weighted_rss() / dof;
    Ok(Estimated {
        matrix: request.ingredients.bread.clone().scale(factor),
        floors: Floor::of_fit(request.ingredients, 1.0 / dof),
        unrepaired: None,
        parameters,
        factor,
        distribution: Distribution::T(dof),
        nclusters: Vec::new(),
        notices: Vec::new(),
    })
}
