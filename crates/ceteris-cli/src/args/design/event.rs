//! The flags of `ceteris event`: effects by time since treatment.

use std::ops::RangeInclusive;

use ceteris::staggered::{Always, Never};
use clap::{ArgGroup, Args};

use super::given::Given;
use super::{Columns, DesignArgs, Estimator, GroupTimeArgs};
use crate::args::values;

/// An event study.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct EventArgs {
    // First: the other fields take their flags out of what was parsed.
    #[command(flatten)]
    pub(crate) given: Given,

    #[command(flatten)]
    pub(crate) study: StudyArgs,

    /// What the effects are estimated by
    ///
    /// two-way: one coefficient for each event time (`EventStudy`). Where
    /// effects differ between cohorts, it mixes them; the others do not, and
    /// need --first-treated.
    /// cohort: one coefficient for each cohort and event time, averaged over
    /// cohorts (`InteractionWeighted`; Sun and Abraham 2021).
    /// group-time: comparisons of two periods, averaged over groups
    /// (`GroupTimeEffects`; Callaway and Sant'Anna 2021).
    /// imputation: outcomes less what untreated rows say they would have
    /// been (`Imputation`; Borusyak, Jaravel and Spiess 2024).
    /// The last two have standard errors of their own, clustered by unit or
    /// as `--vcov cluster:COLUMN` says.
    #[arg(long, value_name = "ESTIMATOR", default_value = "two-way", value_parser = super::estimator::estimator())]
    #[arg(verbatim_doc_comment)]
    pub(crate) estimator: Estimator,

    #[command(flatten)]
    pub(crate) group_time: GroupTimeArgs,

    /// With imputation, the number of event times before treatment to estimate, from the untreated rows
    /// alone; none if not given (`Imputation::leads`).
    #[arg(long, value_name = "COUNT", value_parser = values::periods, allow_negative_numbers = true)]
    pub(crate) leads: Option<u32>,

    /// Leave out the uniform band, which holds the whole path at once (`EventPath::band`).
    #[arg(long)]
    pub(crate) no_band: bool,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

const EXAMPLES: &str = "\
Examples:
  ceteris event --data panel.csv --outcome rate --unit practice --time year \\
    --first-treated reform_year --window -5:5 --vcov cluster:practice
  ceteris event --data panel.csv --outcome rate --unit practice --time year \\
    --first-treated reform_year --estimator group-time --controls not-yet
  ceteris event --data panel.csv --outcome rate --time year --treated region \\
    --date 2013 --absorb practice+year --vcov cluster:practice";

/// The study, whatever is asked of it.
#[derive(Debug, Args)]
#[command(group = ArgGroup::new("origin").args(["first_treated", "treated"]).required(true))]
pub(crate) struct StudyArgs {
    /// The column of the time, whole numbers (`Index::time`).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) time: String,

    #[command(flatten)]
    pub(crate) staggered: FirstTreatedArgs,

    #[command(flatten)]
    pub(crate) groups: GroupArgs,

    /// The first and the last event time; those beyond count as these, such as -5:5
    /// (`EventStudy::window`).
    #[arg(long, value_name = "FIRST:LAST", value_parser = values::window, allow_hyphen_values = true)]
    pub(crate) window: Option<RangeInclusive<i64>>,

    /// The event time that the others are compared with (`EventStudy::reference`).
    #[arg(long, value_name = "TIME", default_value = "-1", allow_negative_numbers = true)]
    #[arg(value_parser = values::time)]
    pub(crate) reference: i64,
}

/// Units treated at different times.
#[derive(Debug, Args)]
pub(crate) struct FirstTreatedArgs {
    /// The column that identifies a unit (`Index::unit`).
    #[arg(long, value_name = "COLUMN", requires = "first_treated", conflicts_with = "treated")]
    pub(crate) unit: Option<String>,

    /// The column of each unit's first treated time (`EventStudy::new`).
    #[arg(long, value_name = "COLUMN", requires = "unit")]
    pub(crate) first_treated: Option<String>,

    /// The value of --first-treated that stands for never, or "missing"; times after the last one and
    /// infinity always do. Not said, a missing value is refused (`EventStudy::never`).
    #[arg(long, value_name = "VALUE", requires = "first_treated", value_parser = values::never)]
    #[arg(allow_negative_numbers = true, conflicts_with = "treated")]
    pub(crate) never: Option<Never>,

    /// What becomes of units treated from the first time on, or before it: drop or keep
    /// (`EventStudy::always`). Not said, they are refused: a code for never looks the same.
    #[arg(long, value_name = "WHAT", requires = "first_treated", value_parser = values::always())]
    #[arg(conflicts_with = "treated")]
    pub(crate) always: Option<Always>,
}

/// One reform for some.
#[derive(Debug, Args)]
pub(crate) struct GroupArgs {
    /// 1 for units that the reform touches, or how much of it they get (`DifferenceInDifferences::new`, `Dose`).
    #[arg(long, value_name = "COLUMN", requires = "date")]
    pub(crate) treated: Option<String>,

    /// 1 for what the reform should reach (`Groups::affected`).
    #[arg(long, value_name = "COLUMN", requires = "treated", conflicts_with = "first_treated")]
    pub(crate) affected: Option<String>,

    /// The first time under the reform (`Reform::date`).
    #[arg(long, value_name = "TIME", requires = "treated", value_parser = values::time)]
    #[arg(allow_negative_numbers = true, conflicts_with = "first_treated")]
    pub(crate) date: Option<i64>,
}

/// Where event time is counted from.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Origin<'a> {
    /// Each unit's first treated time.
    FirstTreated { unit: &'a str, first_treated: &'a str, never: Never, always: Option<Always> },
    /// One date for those treated, and affected.
    Reform { treated: &'a str, affected: Option<&'a str>, date: i64 },
}

impl StudyArgs {
    /// What the flags mean together.
    pub(crate) fn origin(&self) -> Origin<'_> {
        let (staggered, groups) = (&self.staggered, &self.groups);
        match (&staggered.unit, &staggered.first_treated, &groups.treated, groups.date) {
            (Some(unit), Some(first_treated), ..) => {
                let (never, always) = (staggered.never.unwrap_or_default(), staggered.always);
                Origin::FirstTreated { unit, first_treated, never, always }
            }
            (_, _, Some(treated), Some(date)) => {
                Origin::Reform { treated, affected: groups.affected.as_deref(), date }
            }
            _ => unreachable!("the parser asks for --first-treated with --unit, or --treated with --date"),
        }
    }

    /// Unit, first treated time, what stands for never and what becomes of the always treated, of units treated at
    /// different times.
    pub(crate) fn staggered(&self) -> (&str, &str, Never, Option<Always>) {
        match self.origin() {
            Origin::FirstTreated { unit, first_treated, never, always } => {
                (unit, first_treated, never, always)
            }
            Origin::Reform { .. } => unreachable!("`estimator::check` refuses one reform for all"),
        }
    }

    /// The columns that must be numbers.
    pub(crate) fn columns(&self) -> Columns<'_> {
        let mut columns = Columns { numbers: vec![&self.time], indicators: Vec::new() };
        match self.origin() {
            Origin::FirstTreated { first_treated, .. } => columns.numbers.push(first_treated),
            Origin::Reform { treated, affected, .. } => {
                columns.indicators.extend([treated].into_iter().chain(affected));
            }
        }
        columns
    }
}
