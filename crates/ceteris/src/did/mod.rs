//! Difference-in-differences designs. Each compiles to an [`Ols`](crate::Ols) and a coefficient: no design
//! has its own least squares, and each can show the regression it stands for.

mod difference;
mod dose;
mod event;
mod fitted;
mod matching;
mod pre_trend;
mod saturated;
mod staggered;
mod synthetic;
mod trends;
mod triple;

pub use difference::{DifferenceInDifferences, TwoArms};
pub use dose::{Dose, DoseFit, SlopeWeight, SlopeWeights};
pub use event::{Cell, EventFit, EventStudy, InteractionFit, InteractionWeighted, Never};
pub use fitted::DesignFit;
pub use matching::{Matched, Matching, MatchingFit};
pub use pre_trend::{PreTrend, PreTrendFit, Reform};
pub use staggered::{
    AveragedEffects, BasePeriod, Comparison, ComparisonKind, Controls, DecompositionFit, DynamicEffects,
    GroupTimeEffect, GroupTimeEffects, GroupTimeFit, Imputation, ImputationFit, ImputedEffect, TreatedWeight,
    TwoWayDecomposition,
};
pub use synthetic::{PathPoint, SyntheticControl, SyntheticDifference, SyntheticFit, TimeWeight, UnitWeight};
pub use trends::{Answer, ParallelTrends, Placebo, TrendDetection, TrendsReport};
pub use triple::{Arms, Groups, TripleDifference};

pub(crate) use fitted::forward_to_ols;
pub(crate) use saturated::check_indicator;
