//! Average effects on the treated that come from comparisons and not from one regression.
//!
//! | file | what |
//! |---|---|
//! | `adoption` | when each unit was first treated, read from a frame |
//! | `treatment`, `block` | every unit at every time, and one date from which some are treated |
//! | `influence` | influence functions, and variances from them |
//! | `two_periods` | the effect between two periods: outcome regression, weighting, both |
//! | `logistic` | the propensity of being treated |
//! | `matching` | nearest neighbours on earlier outcomes |
//! | `synthetic` | synthetic control and synthetic difference-in-differences |

mod adoption;
mod block;
mod influence;
mod logistic;
pub mod matching;
pub mod synthetic;
mod treatment;
mod two_periods;

pub(crate) use adoption::{Adoption, Cohorts, FirstTreated};
pub use adoption::{Always, Never};
pub(crate) use influence::{Influence, Influenced, Shares};
pub use two_periods::Adjustment;
pub(crate) use two_periods::TwoPeriods;
