//! What may be asked on the command line. Each flag sets one thing of the libraries, and its help
//! names the method that does it there.

mod check_table;
mod data;
mod design;
mod dose;
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
    BracketArgs, Columns, DddArgs, DesignArgs, DidArgs, Estimator, EventArgs, LdvArgs, Origin, StudyArgs,
    TrendsArgs,
};
pub(crate) use dose::DoseArgs;
pub(crate) use explain_se::ExplainArgs;
pub(crate) use fit::FitArgs;
pub(crate) use output::OutputArgs;
pub(crate) use regression::RegressionArgs;
pub(crate) use screening::ScreeningArgs;
pub(crate) use settings::SettingsArgs;

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
    /// Reproduce the dose-of-reform study: published tables beside computed ones
    Dose(DoseArgs),
    /// Fit one regression.
    Fit(FitArgs),
    /// Estimate a difference-in-differences.
    ///
    /// Treated against control, after against before: the coefficient of the product, with any covariates
    /// and effects beside it.
    Did(Box<DidArgs>),
    /// Estimate a triple difference.
    ///
    /// The difference-in-differences of the affected less that of the unaffected.
    Ddd(Box<DddArgs>),
    /// Estimate effects by time since treatment.
    ///
    /// An event study: one effect for each time before and since treatment, with pointwise intervals and
    /// a uniform band. Either every unit has its own first treated time (--unit, --first-treated), or one
    /// reform came at a --date for those that are --treated (and --affected); --treated may be a dose.
    Event(Box<EventArgs>),
    /// Estimate effects given earlier outcomes.
    ///
    /// The lagged-dependent-variable estimate: the outcome on the treatment and earlier outcomes.
    Ldv(Box<LdvArgs>),
    /// Bracket an effect between two estimators.
    ///
    /// Difference-in-differences and lagged-outcome estimate on the same rows: which is the larger, and
    /// does the effect lie between them? Needs --vcov hc0, hc1 or cluster:COLUMN, which reach over both.
    Bracket(Box<BracketArgs>),
    /// Report what speaks for and against parallel trends.
    ///
    /// What the times before treatment can and cannot say: joint test, placebo dates, drift, equivalence,
    /// power and honest bounds.
    Trends(Box<TrendsArgs>),
    /// Explain why standard errors of one fit differ between programs
    ExplainSe(ExplainArgs),
    /// Check that the numbers of a published table cohere with their rounding.
    CheckTable(CheckTableArgs),
    /// List, describe, convert and make data.
    #[command(subcommand)]
    Data(DataCommand),
}
