//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
pub mod explain;
mod joint;
mod multiple;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub use joint::{FitTerm, JointInference};
pub use multiple::MultipleTesting;
pub use table::Inference;
pub use wald::WaldTest;

pub(crate) use wald::wald_of;
