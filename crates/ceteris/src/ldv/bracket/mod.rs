//! The bracket of difference-in-differences and lagged outcome: both estimates of one reform, the conditions
//! under which the effect lies between them, and what the data say about these.
//!
//! | file | what |
//! |---|---|
//! | `design` | both designs on the same rows, and their joint covariance |
//! | `conditions` | stationarity, and which group started lower |
//! | `dominance` | the distances of two distribution functions |
//! | `verdict` | the report and its verdict in words |

mod conditions;
mod design;
mod dominance;
mod verdict;

pub use conditions::{BaselineOrder, OrderFinding, SlopeFinding, Stationarity};
pub use design::{Bracket, BracketFit};
pub use dominance::{Dominance, SupDistance, WeightedValue};
pub use verdict::{BracketReport, BracketVerdict, Estimator, ObservedOrder, Reason};
