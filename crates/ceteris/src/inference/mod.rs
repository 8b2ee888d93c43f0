//! Questions put to a fit: coefficients with standard errors, tests, combinations.

mod coefficient;
mod combination;
mod difference;
mod dominance;
mod equivalence;
mod event_path;
mod explanation;
mod honest;
mod influence;
mod joint;
mod linear_trend;
pub(crate) mod matching;
mod multiple;
mod simultaneous;
pub(crate) mod synthetic;
mod table;
mod trend_power;
mod two_periods;
mod wald;

pub use coefficient::Coefficient;
pub use difference::Difference;
pub use dominance::{Dominance, SupDistance, WeightedValue};
pub use equivalence::{AtMargin, Construction, Equivalence, EquivalenceTest, LeadEquivalence, Violation};
pub use event_path::EventPath;
pub use explanation::{Account, EffectCount, Evidence, Explanation, ParameterCount, Refusal};
pub use honest::{Breakdown, HonestBounds, HonestInterval, HonestReport, LagWeights, Restriction};
pub use joint::{FitTerm, JointInference};
pub use linear_trend::LinearTrend;
pub use matching::Distance;
pub use multiple::MultipleTesting;
pub use simultaneous::{Band, BandPoint};
pub use synthetic::{PlaceboRank, RankTest, Ridge, SyntheticVariance};
pub use table::Inference;
pub use trend_power::{AfterPassing, BiasPoint, LeadTest, TrendPower};
pub use two_periods::Adjustment;
pub use wald::WaldTest;

pub(crate) use influence::{Influence, Influenced, Shares};
pub(crate) use two_periods::TwoPeriods;
pub(crate) use wald::wald_of;
