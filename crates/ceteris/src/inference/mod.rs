//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod difference;
mod event_path;
mod explanation;
mod influence;
mod table;
mod two_periods;
mod wald;

pub use coefficient::Coefficient;
pub use difference::Difference;
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub(crate) use influence::{Influence, Influenced, Shares};
pub use table::Inference;
pub use two_periods::Adjustment;
pub(crate) use two_periods::TwoPeriods;
pub use wald::WaldTest;
pub(crate) use wald::wald_of;
