//! The flags that every estimate has, whatever it estimates: data, rows, weights, covariance, solver.

use ceteris::{Absorption, Condition, LeastSquares, Singletons, Vcov, Weights};
use clap::Args;

use super::{SourceArgs, values};

/// Data, rows, weights, covariance and solver of an estimate.
#[derive(Debug, Args)]
pub(crate) struct SettingsArgs {
    #[command(flatten)]
    pub(crate) source: SourceArgs,

    /// Weight the rows by a column (`Ols::weights`)
    ///
    /// COLUMN or analytic:COLUMN for means over that many units,
    /// frequency:COLUMN for so many equal rows,
    /// probability:COLUMN for so many units of a population.
    /// Rows where the column is missing or zero are dropped and counted.
    #[arg(long, value_name = "[KIND:]COLUMN", value_parser = values::weights)]
    #[arg(verbatim_doc_comment)]
    pub(crate) weights: Option<Weights>,

    /// The covariance of the coefficients (`Fit::inference`)
    ///
    /// iid, hc0, hc1, hc2, hc3, or cluster:A,B with up to ten cluster
    /// columns, of which A^B is the interaction of two. The default is iid,
    /// as `lm` and `fixest` print it; it is never chosen from the data.
    /// Rows where a cluster column is missing are dropped and counted
    /// (`Ols::require`).
    #[arg(long, value_name = "VCOV", default_value = "iid", value_parser = values::vcov)]
    #[arg(verbatim_doc_comment)]
    pub(crate) vcov: Vcov,

    /// The type of cluster-robust covariance (`Cluster::cr0`, `Cluster::cr1`)
    ///
    /// 1, the default, has a small-sample correction and 0 has none;
    /// 2 and 3 are not computed yet.
    #[arg(long, value_name = "TYPE", value_parser = values::cluster_type())]
    #[arg(verbatim_doc_comment)]
    pub(crate) cr: Option<u8>,

    /// Rows alone in a level of an effect (`Ols::singletons`).
    #[arg(long, value_name = "CHOICE", default_value = "drop", value_parser = values::singletons())]
    pub(crate) singletons: Singletons,

    /// The dense solver (`Solver::least_squares`).
    #[arg(long, value_name = "SOLVER", default_value = "faer", value_parser = values::solver())]
    pub(crate) solver: LeastSquares,

    /// How the effects are absorbed (`Solver::absorption`)
    ///
    /// auto chooses by their structure and says what and why. exact: level
    /// means, where one effect spans the others. direct: factors all but the
    /// largest. pcg, lsmr and alternating iterate to a tolerance. dummies:
    /// one column for each level, for small data.
    #[arg(long, value_name = "METHOD", default_value = "auto", value_parser = values::absorber())]
    #[arg(verbatim_doc_comment)]
    pub(crate) absorber: Absorption,

    /// The residual that an iteration may leave (`Pcg::tolerance`)
    ///
    /// Relative to the column before absorption; 1e-11 if not given. Needs
    /// `--absorber pcg`, `lsmr` or `alternating`.
    #[arg(long, value_name = "NUMBER", value_parser = values::number)]
    #[arg(allow_negative_numbers = true, verbatim_doc_comment)]
    pub(crate) tolerance: Option<f64>,

    /// The most iterations for a column (`Pcg::limit`)
    ///
    /// 10000 if not given. Needs `--absorber pcg`, `lsmr` or `alternating`.
    #[arg(long, value_name = "COUNT", value_parser = values::count)]
    #[arg(allow_negative_numbers = true, verbatim_doc_comment)]
    pub(crate) limit: Option<usize>,

    /// Keep only rows that meet a condition (`Ols::keep`)
    ///
    /// 'COLUMN >= NUMBER', 'COLUMN < NUMBER' or 'COLUMN == LABEL'. May be
    /// given several times, and then all must be met.
    #[arg(long, value_name = "CONDITION", value_parser = values::condition)]
    #[arg(verbatim_doc_comment)]
    pub(crate) keep: Vec<Condition>,
}
