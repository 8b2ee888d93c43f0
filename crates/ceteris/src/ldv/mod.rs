//! Lagged-dependent-variable designs: compare units that had the same outcomes before.

pub mod bracket;
mod by_time;
mod jackknife;
mod lagged;
mod nickell;
mod regression_adjustment;

pub use bracket::Bracket;
pub use by_time::ByTimeFit;
pub use jackknife::JackknifeFit;
pub use lagged::LaggedOutcome;
pub use nickell::{nickell_bias, nickell_implied};
pub use regression_adjustment::{RegressionAdjustment, RegressionAdjustmentFit, Target};
