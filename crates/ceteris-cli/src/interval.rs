//! Confidence intervals at the level of the flag.

use ceteris::Coefficient;

/// The interval of a coefficient, if it has a standard error; `--level` was checked where it was read.
pub(crate) fn interval(coef: &Coefficient, level: f64) -> Option<(f64, f64)> {
    coef.std_error.ok()?;
    Some(coef.confint(level).expect("`--level` is between 0 and 1"))
}
