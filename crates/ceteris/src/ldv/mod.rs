//! Lagged-dependent-variable designs: compare units that had the same outcomes before.

mod bracket;
mod by_time;
mod conditions;
mod jackknife;
mod lagged;
mod nickell;
mod regression_adjustment;
mod verdict;

pub use bracket::{Bracket, BracketFit};
pub use by_time::ByTimeFit;
pub use conditions::{BaselineOrder, OrderFinding, SlopeFinding, Stationarity};
pub use jackknife::JackknifeFit;
pub use lagged::LaggedOutcome;
pub use nickell::{nickell_bias, nickell_implied};
pub use regression_adjustment::{Means, RegressionAdjustment, RegressionAdjustmentFit, Target};
pub use verdict::{BracketReport, BracketVerdict, Estimator, ObservedOrder, Reason};
