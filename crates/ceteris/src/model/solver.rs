//! How a specification is solved: the dense backend and the absorption, each a closed choice.

use crate::absorb::Absorption;
use crate::linalg::LeastSquares;

/// The numerical choices of a fit. The defaults are right for almost every problem.
///
/// # Example
/// ```
/// use ceteris::{Absorption, LeastSquares, Ols, Solver};
/// let solver = Solver::default().least_squares(LeastSquares::Faer).absorption(Absorption::Direct);
/// let model = "y ~ x | worker + firm".parse::<Ols>()?.solver(solver);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Default)]
#[cfg_attr(
    feature = "serde",
    derive(serde::Serialize, serde::Deserialize),
    serde(default, deny_unknown_fields)
)]
pub struct Solver {
    least_squares: LeastSquares,
    absorption: Absorption,
}

impl Solver {
    /// The dense backend (default: faer).
    pub fn least_squares(mut self, backend: LeastSquares) -> Self {
        self.least_squares = backend;
        self
    }

    /// The absorption (default: by structure).
    pub fn absorption(mut self, absorption: impl Into<Absorption>) -> Self {
        self.absorption = absorption.into();
        self
    }

    /// The dense backend chosen.
    pub(crate) fn chosen_least_squares(&self) -> LeastSquares {
        self.least_squares
    }

    /// The absorption chosen.
    pub(crate) fn chosen_absorption(&self) -> Absorption {
        self.absorption
    }
}
