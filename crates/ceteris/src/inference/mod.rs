//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod difference;
mod dominance;
mod event_path;
mod explanation;
mod joint;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub use difference::Difference;
pub use dominance::{Dominance, SupDistance, WeightedValue};
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub use joint::{FitTerm, JointInference};
pub use table::Inference;
pub use wald::WaldTest;
