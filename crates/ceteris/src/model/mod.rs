//! From a specification to a fit: terms, effects, the formula, design columns, coefficients.
//!
//! An [`Ols`] holds names and settings; [`Ols::fit`] meets a frame and yields a [`Fit`]: coefficients and
//! the ingredients of any covariance, and no standard error.

mod certificate;
mod coding;
mod collinear;
mod design;
mod effect;
mod estimate;
mod expand;
mod fit;
mod formula;
mod gathered;
mod group;
pub(crate) mod magnitude;
mod models;
mod name;
mod of_term;
mod ols;
mod rows;
mod solver;
mod term;

pub use certificate::Certificate;
pub use collinear::Omitted;
pub use effect::{Effect, fe};
pub use fit::{Fit, FitQuality};
pub(crate) use group::fit_each;
pub use models::Models;
pub use name::{CoefficientName, Level};
pub use of_term::OfTerm;
pub use ols::{Ols, Singletons};
pub use solver::Solver;
pub use term::{Indicators, Term, Variable};
