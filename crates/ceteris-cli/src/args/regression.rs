//! A regression by its formula.

use clap::Args;

use super::SettingsArgs;

/// A regression on a file, and a covariance.
#[derive(Debug, Args)]
pub(crate) struct RegressionArgs {
    /// The regression, such as "y ~ x | unit + year" (parsed into an `Ols`).
    pub(crate) formula: String,

    #[command(flatten)]
    pub(crate) settings: SettingsArgs,
}

/// What stands below the flags in the help of commands that take a formula.
pub(super) const FORMULAS: &str = "\
Formulas: outcome ~ regressors | effects. Among regressors a:b is a product,
a*b is a + b + a:b, i(f, ref) one indicator for each level of f but ref,
log(x), x^2 and since(year, 2013) are what they say, and - 1 takes the
intercept out. Among effects a^b is an interaction and f[x] a slope of x in
each level of f. Names with other signs stand in backquotes.";
