//! Flags into a specification and a covariance: each flag is one builder method.

use ceteris::{Absorption, Alternating, Ols, Solver, Vcov};

use crate::args::{Absorber, RegressionArgs, SettingsArgs};
use crate::exit::{Failure, one_line};

/// A specification or a design with the settings of the flags: each has the same methods for them.
macro_rules! configured {
    ($design:expr, $settings:expr, $solver:expr) => {{
        let mut design = $design;
        if let Some(weights) = &$settings.weights {
            design = design.weights(weights.clone());
        }
        for condition in &$settings.keep {
            design = design.keep(condition.clone());
        }
        design.require($settings.vcov.cluster_columns()).singletons($settings.singletons).solver($solver)
    }};
}
pub(in crate::commands) use configured;

/// The specification.
pub(in crate::commands) fn ols(args: &RegressionArgs) -> Result<Ols, Failure> {
    let formula = one_line(&args.formula); // so that the sign under a mistake stands where it should
    let ols: Ols = formula.parse()?;
    let settings = &args.settings;
    let solver = solver(settings)?;
    Ok(configured!(ols, settings, solver))
}

/// The numerical choices.
pub(in crate::commands) fn solver(args: &SettingsArgs) -> Result<Solver, Failure> {
    Ok(Solver::default().least_squares(args.solver).absorption(absorption(args)?))
}

/// The covariance.
pub(in crate::commands) fn vcov(args: &SettingsArgs) -> Result<Vcov, Failure> {
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

fn absorption(args: &SettingsArgs) -> Result<Absorption, Failure> {
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

fn alternating(args: &SettingsArgs) -> Alternating {
    let mut alternating = Alternating::default();
    if let Some(tolerance) = args.tolerance {
        alternating = alternating.tolerance(tolerance);
    }
    if let Some(limit) = args.limit {
        alternating = alternating.limit(limit);
    }
    alternating
}
