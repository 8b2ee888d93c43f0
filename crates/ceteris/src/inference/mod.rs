//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod difference;
mod event_path;
mod explanation;
mod multiple;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub use difference::Difference;
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub use multiple::Adjustment;
pub use table::Inference;
pub use wald::WaldTest;
