//! What may be asked on the command line. Each flag sets one thing of the libraries, and its help
//! names the method that does it there.

mod check_table;
mod data;
mod design;
mod explain_se;
mod fit;
mod output;
mod regression;
mod screening;
mod settings;
mod values;

use clap::{Parser, Subcommand};

pub(crate) use check_table::CheckTableArgs;
pub(crate) use data::{DataCommand, SourceArgs, TextArgs};
pub(crate) use design::{
    BracketArgs, DddArgs, DesignArgs, DidArgs, Estimator, EventArgs, LdvArgs, Origin, StudyArgs, TrendsArgs,
    When,
};
pub(crate) use explain_se::ExplainArgs;
pub(crate) use fit::FitArgs;
pub(crate) use output::OutputArgs;
pub(crate) use regression::RegressionArgs;
pub(crate) use screening::ScreeningArgs;
pub(crate) use settings::{Absorber, SettingsArgs};

/// Econometrics that says what it did: least squares with absorbed fixed effects and cluster-robust
/// inference.
#[derive(Debug, Parser)]
#[command(name = "ceteris", version, after_help = EXIT_CODES)]
pub(crate) struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

const EXIT_CODES: &str = "\
Exit codes: 0 done, 2 command line not understood, 3 data or files, 4 design, 5 arithmetic,
6 a question without an answer. A failure is one sentence on standard error.";

/// The commands.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Reproduce the cervical screening study: published tables beside computed ones
    Screening(Box<ScreeningArgs>),
    /// Fit one regression.
    Fit(FitArgs),
    /// Estimate a difference-in-differences.
    Did(Box<DidArgs>),
    /// Estimate a triple difference.
    Ddd(Box<DddArgs>),
    /// Estimate effects by time since treatment.
    Event(Box<EventArgs>),
    /// Estimate effects given earlier outcomes.
    Ldv(Box<LdvArgs>),
    /// Bracket an effect between two estimators.
    Bracket(Box<BracketArgs>),
    /// Report what speaks for and against parallel trends.
    Trends(Box<TrendsArgs>),
    /// Explain why standard errors of one fit differ between programs
    ExplainSe(ExplainArgs),
    /// Check that the numbers of a published table cohere with their rounding.
    CheckTable(CheckTableArgs),
    /// List, describe, convert and make data.
    #[command(subcommand)]
    Data(DataCommand),
}
