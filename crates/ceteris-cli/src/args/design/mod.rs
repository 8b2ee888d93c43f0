//! The flags of the designs: by column names, each flag one builder method.

mod arms;
mod estimator;
mod event;
mod given;
mod lagged;
mod trends;

use ceteris::SmallSample;
use clap::Args;

pub(crate) use arms::{DddArgs, DidArgs};
pub(crate) use estimator::{Estimator, GroupTimeArgs};
pub(crate) use event::{EventArgs, Origin, StudyArgs};
pub(crate) use lagged::{BracketArgs, LdvArgs};
pub(crate) use trends::TrendsArgs;

use super::{OutputArgs, SettingsArgs, values};

/// Columns that a design reads as numbers.
#[derive(Debug, Default)]
pub(crate) struct Columns<'a> {
    /// Numbers, such as times.
    pub(crate) numbers: Vec<&'a str>,
    /// Zeros and ones, which may be written as words.
    pub(crate) indicators: Vec<&'a str>,
}

/// What every design has: an outcome, covariates, effects, and the settings of its regression.
#[derive(Debug, Args)]
pub(crate) struct DesignArgs {
    /// The outcome: a column, or log(COLUMN).
    #[arg(long, value_name = "COLUMN")]
    pub(crate) outcome: String,

    /// Covariates as in a formula, such as "x + log(z)" (`adjust_for`).
    #[arg(long, value_name = "REGRESSORS")]
    pub(crate) adjust: Option<String>,

    /// Fixed effects as in a formula, such as "unit + region^year" (`absorb`).
    #[arg(long, value_name = "EFFECTS")]
    pub(crate) absorb: Option<String>,

    #[command(flatten)]
    pub(crate) settings: SettingsArgs,

    /// The small-sample correction (`Vcov::small_sample`).
    #[arg(long, value_name = "PRESET", default_value = "exact", value_parser = values::small_sample())]
    pub(crate) ssc: SmallSample,

    /// The level of the confidence intervals (`Coefficient::confint`).
    #[arg(long, value_name = "LEVEL", default_value = "0.95", value_parser = values::level)]
    #[arg(allow_negative_numbers = true)]
    pub(crate) level: f64,

    #[command(flatten)]
    pub(crate) output: OutputArgs,
}
