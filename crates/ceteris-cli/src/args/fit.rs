//! The flags of `ceteris fit`. The first paragraph of each is what `-h` shows; `--help` shows all.

use std::path::PathBuf;

use ceteris::SmallSample;
use clap::{ArgGroup, Args};

use super::regression::{FORMULAS, RegressionArgs};
use super::values;

/// One regression.
#[derive(Debug, Args)]
#[command(after_help = FORMULAS, group = ArgGroup::new("files").args(["out", "ledger"]).multiple(true))]
pub(crate) struct FitArgs {
    #[command(flatten)]
    pub(crate) regression: RegressionArgs,

    /// The small-sample correction (`Fit::inference_under`)
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

    /// Print one JSON object, schema ceteris.fit/1, in place of a table.
    #[arg(long)]
    pub(crate) json: bool,

    /// Also write coefficients.csv, .md and .tex to this folder (`OutputFolder::file`).
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Also write why each row was or was not used (`Fit::row_ledger`)
    ///
    /// One line for each row of the data, as .csv, .csv.gz or .parquet, told by
    /// the ending.
    #[arg(long, value_name = "FILE", verbatim_doc_comment)]
    pub(crate) ledger: Option<PathBuf>,

    /// Let these files take the place of earlier ones (`OutputFolder::replace`, `Overwrite::Replace`).
    #[arg(long, requires = "files")]
    pub(crate) force: bool,
}
