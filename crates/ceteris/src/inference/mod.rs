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
pub use dominance::{Dominance, SupDistance, Weighted};
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub use joint::{JointInference, Part};
pub use table::Inference;
pub use wald::WaldTest;
