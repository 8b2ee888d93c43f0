//! The flags of `ceteris explain-se`.

use clap::Args;

use super::OutputArgs;
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

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
