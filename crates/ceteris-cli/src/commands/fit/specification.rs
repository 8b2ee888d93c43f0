//! Flags into a specification and a covariance: each flag is one builder method.

use ceteris::{Absorption, Alternating, Ols, Solver, Vcov};

use crate::args::{Absorber, RegressionArgs};
use crate::exit::{Failure, one_line};

/// The specification.
pub(in crate::commands) fn ols(args: &RegressionArgs) -> Result<Ols, Failure> {
    let formula = one_line(&args.formula); // so that the sign under a mistake stands where it should
    let mut ols: Ols = formula.parse()?;
    if let Some(weights) = &args.weights {
        ols = ols.weights(weights.clone());
    }
    for condition in &args.keep {
        ols = ols.keep(condition.clone());
    }
    let solver = Solver::default().least_squares(args.solver).absorption(absorption(args)?);
    Ok(ols.require(args.vcov.cluster_columns()).singletons(args.singletons).solver(solver))
}

/// The covariance.
pub(in crate::commands) fn vcov(args: &RegressionArgs) -> Result<Vcov, Failure> {
    match (args.vcov.clone(), args.cr) {
        (vcov, None) => Ok(vcov),
        (Vcov::Cluster(cluster), Some(0)) => Ok(cluster.cr0().into()),
        (Vcov::Cluster(cluster), Some(1)) => Ok(cluster.cr1().into()),
        (Vcov::Cluster(_), Some(other)) => Err(Failure::ClusterType(other)),
        (other, Some(_)) => Err(Failure::Usage(format!(
            "`--cr` is a type of cluster-robust covariance, but `--vcov` is {other}; \
             name clusters, as in `--vcov cluster:COLUMN`"
        ))),
    }
}

fn absorption(args: &RegressionArgs) -> Result<Absorption, Failure> {
    let settings = match (args.tolerance, args.limit) {
        (Some(_), _) => Some("--tolerance"),
        (None, Some(_)) => Some("--limit"),
        (None, None) => None,
    };
    match (args.absorber, settings) {
        (Absorber::Alternating, _) => Ok(alternating(args).into()),
        (_, Some(flag)) => Err(Failure::Usage(format!(
            "`{flag}` is a setting of the alternating projections, which are not asked for; \
             add `--absorber alternating`"
        ))),
        (Absorber::Auto, None) => Ok(Absorption::Auto),
        (Absorber::Direct, None) => Ok(Absorption::Direct),
        (Absorber::Dummies, None) => Ok(Absorption::Dummies),
    }
}

fn alternating(args: &RegressionArgs) -> Alternating {
    let mut alternating = Alternating::default();
    if let Some(tolerance) = args.tolerance {
        alternating = alternating.tolerance(tolerance);
    }
    if let Some(limit) = args.limit {
        alternating = alternating.limit(limit);
    }
    alternating
}
