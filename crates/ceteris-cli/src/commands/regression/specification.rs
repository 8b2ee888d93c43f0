//! Flags into a specification and a covariance: each flag is one builder method.

use ceteris::vcov::VcovKind;
use ceteris::{Absorption, Ols, SmallSample, Solver, Vcov};

use crate::args::{RegressionArgs, SettingsArgs};
use crate::exit::Failure;

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

/// An iteration with the tolerance and the limit of the flags: each has the same methods for them.
macro_rules! stopped {
    ($iteration:expr, $args:expr) => {{
        let iteration = $args.tolerance.into_iter().fold($iteration, |it, tolerance| it.tolerance(tolerance));
        $args.limit.into_iter().fold(iteration, |it, limit| it.limit(limit)).into()
    }};
}

/// The specification.
pub(in crate::commands) fn ols(args: &RegressionArgs) -> Result<Ols, Failure> {
    let ols: Ols = args.formula.parse()?;
    let settings = &args.settings;
    let solver = solver(settings)?;
    Ok(configured!(ols, settings, solver))
}

/// The numerical choices.
pub(in crate::commands) fn solver(args: &SettingsArgs) -> Result<Solver, Failure> {
    Ok(Solver::default().least_squares(args.solver).absorption(absorption(args)?))
}

/// The covariance with its small-sample correction.
pub(in crate::commands) fn vcov(args: &SettingsArgs, ssc: SmallSample) -> Result<Vcov, Failure> {
    let vcov = match (args.vcov.kind(), args.cr) {
        (_, None) => args.vcov.clone(),
        (VcovKind::Cluster(cluster), Some(0)) => cluster.clone().cr0().into(),
        (VcovKind::Cluster(cluster), Some(1)) => cluster.clone().cr1().into(),
        (VcovKind::Cluster(_), Some(other)) => return Err(Failure::ClusterType(other)),
        (_, Some(_)) => {
            return Err(Failure::Usage(format!(
                "`--cr` is a type of cluster-robust covariance, but `--vcov` is {}; \
                 name clusters, as in `--vcov cluster:COLUMN`",
                args.vcov
            )));
        }
    };
    Ok(vcov.small_sample(ssc))
}

/// The method with the settings of the flags.
fn absorption(args: &SettingsArgs) -> Result<Absorption, Failure> {
    let given = args.tolerance.map(|_| "--tolerance").or(args.limit.map(|_| "--limit"));
    match (args.absorber, given) {
        (method, None) => Ok(method),
        (Absorption::Pcg(settings), _) => Ok(stopped!(settings, args)),
        (Absorption::Lsmr(settings), _) => Ok(stopped!(settings, args)),
        (Absorption::Alternating(settings), _) => Ok(stopped!(settings, args)),
        (_, Some(flag)) => Err(Failure::Usage(format!(
            "`{flag}` is a setting of iterations, which are not asked for; add `--absorber pcg`, \
             `--absorber lsmr` or `--absorber alternating`"
        ))),
    }
}
