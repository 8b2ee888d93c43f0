//! Difference-in-differences designs. Each compiles to an [`Ols`](crate::Ols) and a coefficient: no design
//! has its own least squares, and each can show the regression it stands for.

mod difference;
mod event;
mod fitted;
mod matching;
mod pre_trend;
mod saturated;
mod synthetic;
mod triple;

pub use difference::{DifferenceInDifferences, TwoArms};
pub use event::Never;
pub use fitted::DesignFit;
pub use matching::{Matched, Matching, MatchingFit};
pub use pre_trend::{PreTrend, PreTrendFit, Reform};
pub use synthetic::{PathPoint, SyntheticControl, SyntheticDifference, SyntheticFit, TimeWeight, UnitWeight};
pub use triple::{Arms, TripleDifference};

pub(crate) use fitted::forward_to_ols;
pub(crate) use saturated::check_indicator;
