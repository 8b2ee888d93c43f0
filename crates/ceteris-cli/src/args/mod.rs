//! What may be asked on the command line. Each flag sets one thing of the libraries, and its help
//! names the method that does it there.

mod data;
mod fit;
mod screening;
mod values;

use clap::{Parser, Subcommand};

pub(crate) use data::{DataCommand, SourceArgs, TextArgs};
pub(crate) use fit::{Absorber, FitArgs};
pub(crate) use screening::ScreeningArgs;

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
    /// List, describe, convert and make data.
    #[command(subcommand)]
    Data(DataCommand),
}
