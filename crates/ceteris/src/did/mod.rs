//! Difference-in-differences designs.
//!
//! Most compile to an [`Ols`](crate::Ols) and coefficients of it, which they can show. Two of the staggered
//! designs do more: `group_time` averages comparisons of two periods, and `imputation` fits the untreated rows
//! and compares the treated ones with what that fit says of them.

mod difference;
mod dose;
mod event;
mod fitted;
mod placebo;
mod post;
mod pre_trend;
mod saturated;
pub mod staggered;
mod triple;

pub use difference::DifferenceInDifferences;
pub use dose::{Dose, DoseFit, SlopeWeight, SlopeWeights};
pub use event::{EventFit, EventStudy};
pub use fitted::DesignFit;
pub use post::{Post, Reform};
pub use pre_trend::{PreTrend, PreTrendFit};
pub use triple::{Groups, TripleDifference};

pub(crate) use fitted::forward_to_ols;
