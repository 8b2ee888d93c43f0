//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod estimates;
pub mod explain;
mod joint;
mod multiple;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub(crate) use coefficient::{share, without_std_error};
pub use estimates::Estimates;
pub use joint::{FitTerm, JointInference};
pub use multiple::MultipleTesting;
pub use table::Inference;
pub use wald::WaldTest;
