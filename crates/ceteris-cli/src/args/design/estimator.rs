//! What an event study is estimated by, and the settings that one estimator has alone.

use ceteris::staggered::{Adjustment, BasePeriod, Controls};
use clap::Args;
use clap::builder::TypedValueParser;

use crate::args::values;

/// What an event study is estimated by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Estimator {
    /// One coefficient for each event time, with unit and time effects.
    TwoWay,
    /// One coefficient for each cohort and event time, averaged over cohorts.
    Cohort,
    /// Comparisons of two periods, averaged over groups.
    GroupTime,
    /// Outcomes less what untreated rows say they would have been.
    Imputation,
}

impl Estimator {
    /// All of them.
    pub(crate) const ALL: [Self; 4] = [Self::TwoWay, Self::Cohort, Self::GroupTime, Self::Imputation];

    /// The word on the command line.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::TwoWay => "two-way",
            Self::Cohort => "cohort",
            Self::GroupTime => "group-time",
            Self::Imputation => "imputation",
        }
    }
}

/// Settings of effects by group and time.
#[derive(Debug, Args)]
pub(crate) struct GroupTimeArgs {
    /// The units to compare with: never treated, or not yet; with group-time, "never" if not given
    /// (`GroupTimeEffects::controls`).
    #[arg(long, value_name = "CHOICE", value_parser = controls())]
    pub(crate) controls: Option<Controls>,

    /// How the covariates of --adjust enter; with group-time, "doubly-robust" if not given
    /// (`GroupTimeEffects::adjustment`).
    #[arg(long, value_name = "METHOD", value_parser = adjustment(), requires = "adjust")]
    pub(crate) adjustment: Option<Adjustment>,

    /// The time that leads are a change from: the time before, or the last one before treatment; with
    /// group-time, "varying" if not given (`GroupTimeEffects::base_period`).
    #[arg(long, value_name = "CHOICE", value_parser = base())]
    pub(crate) base: Option<BasePeriod>,
}

/// What an event study is estimated by.
pub(super) fn estimator() -> impl TypedValueParser<Value = Estimator> {
    values::choice(Estimator::ALL.map(|estimator| (estimator.word(), estimator)))
}

/// The units that the treated ones are compared with.
fn controls() -> impl TypedValueParser<Value = Controls> {
    values::choice([("never", Controls::NeverTreated), ("not-yet", Controls::NotYetTreated)])
}

/// How covariates enter effects by group and time.
fn adjustment() -> impl TypedValueParser<Value = Adjustment> {
    values::choice([
        ("regression", Adjustment::OutcomeRegression),
        ("weighting", Adjustment::InverseProbability),
        ("doubly-robust", Adjustment::DoublyRobust),
    ])
}

/// The earlier time that an effect is a change from.
fn base() -> impl TypedValueParser<Value = BasePeriod> {
    values::choice([("varying", BasePeriod::Varying), ("universal", BasePeriod::Universal)])
}
