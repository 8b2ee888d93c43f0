//! How effects are absorbed, as a value of the solver.

use super::alternating::Alternating;
use super::eliminated::Pcg;
use super::lsmr::Lsmr;

/// How effects are absorbed.
///
/// # Example
/// ```
/// use ceteris::{Absorption, Lsmr, Ols, Solver};
/// let solver = Solver::default().absorption(Lsmr::default().tolerance(1e-12));
/// let model = "y ~ x | worker + firm".parse::<Ols>()?.solver(solver);
/// assert_eq!(model.chosen_solver().chosen_absorption(), Lsmr::default().tolerance(1e-12).into());
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
