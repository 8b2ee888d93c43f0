//! The flags of `ceteris fit`. The first paragraph of each is what `-h` shows; `--help` shows all.

use std::path::PathBuf;

use ceteris::SmallSample;
use clap::Args;

use super::OutputArgs;
use super::regression::{FORMULAS, RegressionArgs};
use super::values;

/// One regression.
#[derive(Debug, Args)]
#[command(after_help = FORMULAS)]
pub(crate) struct FitArgs {
    #[command(flatten)]
    pub(crate) regression: RegressionArgs,

    /// The small-sample correction (`Vcov::small_sample`)
    ///
    /// exact counts the true rank of regressors and effects; the others do
    /// as the program of that name does.
    #[arg(long, value_name = "PRESET", default_value = "exact")]
    #[arg(value_parser = values::small_sample(), verbatim_doc_comment)]
    pub(crate) ssc: SmallSample,

    /// The level of the confidence intervals (`Coefficient::confint`).
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = values::level)]
    #[arg(allow_negative_numbers = true)]
    pub(crate) level: f64,

    /// Also write why each row was or was not used (`Fit::row_ledger`)
    ///
    /// One line for each row of the data, as .csv, .csv.gz or .parquet, told by
    /// the ending.
    #[arg(long, value_name = "FILE", group = "files", verbatim_doc_comment)]
    pub(crate) ledger: Option<PathBuf>,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
