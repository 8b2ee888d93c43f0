//! Which flags of `ceteris event` an estimator reads. The others are refused, never ignored.

use ceteris::frame::Interaction;
use ceteris::vcov::VcovKind;

use crate::args::{Estimator, EventArgs, Origin};
use crate::exit::Failure;

/// Flags of a regression, which estimators without one do not read.
const OF_REGRESSION: [&str; 9] =
    ["reference", "absorb", "ssc", "cr", "singletons", "solver", "absorber", "tolerance", "limit"];
/// Flags of effects by group and time.
const OF_GROUP_TIME: [&str; 3] = ["controls", "adjustment", "base"];

/// Refuses flags that the estimator does not read.
pub(super) fn check(args: &EventArgs) -> Result<(), Failure> {
    let estimator = args.estimator;
    let word = estimator.word();
    if estimator != Estimator::TwoWay && matches!(args.study.origin(), Origin::Reform { .. }) {
        return Err(Failure::Usage(format!(
            "`--estimator {word}` is for units treated at different times, but `--treated` and `--date` are \
             one reform for all; give `--unit` and `--first-treated`"
        )));
    }
    if let Some(flag) = args.given.first_of(&idle(estimator)) {
        let flag = flag.replace('_', "-");
        let owner = match flag.as_str() {
            "controls" | "adjustment" | "base" => "add `--estimator group-time`",
            "leads" => "add `--estimator imputation`",
            _ => "leave it out",
        };
        return Err(Failure::Usage(format!("`--{flag}` is not a setting of `--estimator {word}`; {owner}")));
    }
    Ok(())
}

/// The flags that an estimator does not read.
fn idle(estimator: Estimator) -> Vec<&'static str> {
    let none: &[&'static str] = &[];
    let of = |is_read: bool, flags: &'static [&'static str]| if is_read { none } else { flags };
    let regression = matches!(estimator, Estimator::TwoWay | Estimator::Cohort);
    [
        of(estimator == Estimator::GroupTime, &OF_GROUP_TIME),
        of(estimator == Estimator::Imputation, &["leads"]),
        of(estimator == Estimator::TwoWay, &["window"]),
        of(regression, &OF_REGRESSION),
    ]
    .concat()
}

/// The one column of `--vcov cluster:COLUMN`, for standard errors that are clustered anyway; `None` if the
/// flag is not written.
pub(super) fn cluster(args: &EventArgs) -> Result<Option<&Interaction>, Failure> {
    if args.given.first_of(&["vcov"]).is_none() {
        return Ok(None);
    }
    match args.design.settings.vcov.kind() {
        VcovKind::Cluster(cluster) if cluster.columns().len() == 1 => Ok(Some(&cluster.columns()[0])),
        _ => Err(Failure::Usage(format!(
            "`--vcov` must be cluster:COLUMN with one column for `--estimator {}`, but it is {}; leave it \
             out to cluster by unit",
            args.estimator.word(),
            args.design.settings.vcov
        ))),
    }
}
