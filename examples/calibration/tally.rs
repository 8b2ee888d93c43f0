//! Replications of one design at one size, counted for each covariance.
//!
//! ```text
//! size      = share of replications with p < 0.05
//! coverage  = share of replications with the true effect, zero, inside the 95 % interval
//! MC s.e.   = sqrt(rate (1 - rate) / R)
//! ratio     = mean of the standard errors / standard deviation of the estimates
//! ```
//!
//! Size and coverage add up to one. Both are counted all the same: the first comes from the tail of t,
//! the second from its quantile, which are computed apart.

use ceteris::{Coefficient, Distribution, Vcov};
use rayon::prelude::*;

use crate::design::Design;
use crate::failure::Failure;

/// The level of the tests, and of the error of the intervals.
const SIZE: f64 = 0.05;

/// What the replications say of one covariance.
#[derive(Debug)]
pub(crate) struct Rates {
    replications: f64,
    /// Degrees of freedom of t; infinite for the normal.
    pub(crate) dof: f64,
    pub(crate) size: f64,
    pub(crate) coverage: f64,
    pub(crate) mean_over_spread: f64,
}

impl Rates {
    /// The Monte Carlo standard error of a rate.
    pub(crate) fn error_of(&self, rate: f64) -> f64 {
        (rate * (1.0 - rate) / self.replications).sqrt()
    }

    /// From the effects of all replications, in their order.
    fn of(effects: &[Coefficient]) -> Self {
        let n = effects.len() as f64;
        let share = |held: &dyn Fn(&Coefficient) -> bool| {
            effects.iter().filter(|effect| held(effect)).count() as f64 / n
        };
        let mean = effects.iter().map(|effect| effect.estimate).sum::<f64>() / n;
        let squares: f64 = effects.iter().map(|effect| (effect.estimate - mean).powi(2)).sum();
        let spread = (squares / (n - 1.0)).sqrt();
        let covers = |effect: &Coefficient| {
            let (low, high) = effect.confint(1.0 - SIZE).expect("between 0 and 1");
            low <= 0.0 && 0.0 <= high
        };
        Self {
            replications: n,
            dof: match effects[0].distribution {
                Distribution::T(dof) => dof,
                Distribution::Normal => f64::INFINITY,
            },
            size: share(&|effect| effect.p_value().unwrap() < SIZE),
            coverage: share(&covers),
            mean_over_spread: effects.iter().map(|effect| effect.std_error.unwrap()).sum::<f64>()
                / n
                / spread,
        }
    }
}

/// The rates of each covariance over `replications` of at least two.
pub(crate) fn run(
    design: Design,
    size: usize,
    kinds: &[Vcov],
    replications: u64,
) -> Result<Vec<Rates>, Failure> {
    // Collected in the order of the replications, whichever thread was first.
    let replies: Vec<Vec<Coefficient>> =
        (0..replications).into_par_iter().map(|r| reply(design, size, kinds, r)).collect::<Result<_, _>>()?;
    let of_kind = |k: usize| replies.iter().map(|effects| effects[k].clone()).collect::<Vec<_>>();
    Ok((0..kinds.len()).map(|k| Rates::of(&of_kind(k))).collect())
}

/// The effect of one replication under each covariance: one fit, many inferences.
fn reply(
    design: Design,
    size: usize,
    kinds: &[Vcov],
    replication: u64,
) -> Result<Vec<Coefficient>, ceteris::Error> {
    let fit = design.ols().fit(&design.draw(size, replication)?)?;
    kinds.iter().map(|kind| fit.inference(kind.clone())?.coef(design.effect())).collect()
}
