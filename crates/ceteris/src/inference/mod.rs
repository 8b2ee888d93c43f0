//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod difference;
mod event_path;
mod explanation;
pub(crate) mod matching;
pub(crate) mod synthetic;
mod table;
mod wald;

pub use coefficient::Coefficient;
pub use difference::Difference;
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub use matching::Distance;
pub use synthetic::{PlaceboRank, RankTest, Ridge, SyntheticVariance};
pub use table::Inference;
pub use wald::WaldTest;
