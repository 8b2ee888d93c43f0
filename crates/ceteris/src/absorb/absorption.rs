//! How effects are absorbed, as a value of the solver.

use super::alternating::Alternating;
use super::eliminated::Pcg;
use super::lsmr::Lsmr;

/// How effects are absorbed.
///
/// Formulas and sources: [Least squares with absorbed effects](crate::methods::absorbed_effects).
///
/// # Example
/// ```
/// use ceteris::absorb::AbsorptionMethod;
/// use ceteris::{Frame, Lsmr, Ols, Solver};
/// let frame = Frame::new()
///     .add_real("y", vec![1.0, 2.5, 2.0, 4.5, 4.0, 6.5, 5.0])?
///     .add_real("x", vec![0.0, 1.0, 1.0, 3.0, 2.0, 4.0, 2.0])?
///     .add_category("worker", ["a", "a", "b", "b", "c", "c", "a"].map(Some))?
///     .add_category("firm", ["s", "t", "s", "t", "s", "t", "s"].map(Some))?;
/// let solver = Solver::default().absorption(Lsmr::default().tolerance(1e-12));
/// let fit = "y ~ x | worker + firm".parse::<Ols>()?.solver(solver).fit(&frame)?;
/// assert_eq!(fit.absorbed().method, AbsorptionMethod::Lsmr);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Absorption {
    /// Chosen by the structure of the effects; [`Absorbed`](super::Absorbed) says what was chosen and why.
    #[default]
    Auto,
    /// Level means and slopes of one effect that spans all others; refused where none does.
    Exact,
    /// Eliminate the largest effect and factor the others: exact, needs few other levels.
    Direct,
    /// Eliminate the largest effect, conjugate gradients on the others, to a checked tolerance.
    Pcg(Pcg),
    /// Least squares by bidiagonalisation on the rows, to a checked tolerance.
    Lsmr(Lsmr),
    /// Accelerated alternating projections, to a checked tolerance.
    Alternating(Alternating),
    /// One column for each level, orthogonalised in doubled precision: small data only.
    Dummies,
}

impl From<Pcg> for Absorption {
    fn from(settings: Pcg) -> Self {
        Self::Pcg(settings)
    }
}

impl From<Lsmr> for Absorption {
    fn from(settings: Lsmr) -> Self {
        Self::Lsmr(settings)
    }
}

impl From<Alternating> for Absorption {
    fn from(settings: Alternating) -> Self {
        Self::Alternating(settings)
    }
}
