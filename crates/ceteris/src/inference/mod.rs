//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub use table::Inference;
pub use wald::WaldTest;
