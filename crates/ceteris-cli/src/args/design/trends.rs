//! The flags of `ceteris trends`.

use clap::Args;

use super::{DesignArgs, StudyArgs};
use crate::args::values;

/// A report on an event study.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLE)]
pub(crate) struct TrendsArgs {
    #[command(flatten)]
    pub(crate) study: StudyArgs,

    /// The violation that would matter, in units of the outcome (`ParallelTrends::equivalence_margin`).
    #[arg(long, value_name = "NUMBER", value_parser = values::positive)]
    #[arg(allow_negative_numbers = true)]
    pub(crate) margin: Option<f64>,

    /// The probability with which a detectable drift is seen (`ParallelTrends::power`).
    #[arg(long, value_name = "PROBABILITY", default_value = "0.8", value_parser = values::level)]
    #[arg(allow_negative_numbers = true)]
    pub(crate) power: f64,

    /// Relative magnitudes that honest bounds allow for (`ParallelTrends::magnitudes`).
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = values::at_least_zero)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) magnitudes: Option<Vec<f64>>,

    /// Changes of slope that honest bounds allow for (`ParallelTrends::smoothness`).
    #[arg(long, value_name = "NUMBERS", value_delimiter = ',', value_parser = values::at_least_zero)]
    #[arg(allow_hyphen_values = true)]
    pub(crate) smoothness: Option<Vec<f64>>,

    #[command(flatten)]
    pub(crate) design: DesignArgs,
}

const EXAMPLE: &str = "\
Example:
  ceteris trends --data panel.csv --outcome rate --time year --treated region \\
    --date 2013 --absorb practice+year --vcov cluster:practice --margin 1 \\
    --magnitudes 0.5,1,2";
