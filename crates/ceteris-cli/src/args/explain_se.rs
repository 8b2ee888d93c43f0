//! The flags of `ceteris explain-se`.

use std::path::PathBuf;

use clap::Args;

use super::regression::{FORMULAS, RegressionArgs};

/// The same fit under the corrections of ten programs and our own: what each counts, and what differs.
#[derive(Debug, Args)]
#[command(after_help = FORMULAS)]
pub(crate) struct ExplainArgs {
    #[command(flatten)]
    pub(crate) regression: RegressionArgs,

    /// Only this coefficient; all of them if not given (`Fit::explain`).
    #[arg(long, value_name = "NAME")]
    pub(crate) term: Option<String>,

    /// Print one JSON object, schema ceteris.explain_se/1, in place of tables.
    #[arg(long)]
    pub(crate) json: bool,

    /// Also write counts and standard_errors as .csv, .md and .tex to this folder (`OutputFolder::table`).
    #[arg(long, value_name = "FOLDER")]
    pub(crate) out: Option<PathBuf>,

    /// Let these files take the place of earlier ones (`OutputFolder::replace`).
    #[arg(long, requires = "out")]
    pub(crate) force: bool,
}
