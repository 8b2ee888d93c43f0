//! Econometrics that says what it did: weighted least squares with absorbed fixed effects,
//! cluster-robust inference, difference-in-differences, triple differences and lagged-dependent-variable
//! estimators.
//!
//! ```text
//!  Frame  --->  Ols (specification)  --->  Fit (ingredients)  --->  Inference
//!  data         plain value, no data       b, X~, u, bread,         coef, vcov, tests
//!                                          sample, ledger
//! ```
//!
//! A specification is a value: names and settings, no data. A fit has coefficients and everything a
//! covariance needs, and no standard error. A covariance is a value chosen afterwards.
//!
//! # Example
//! ```
//! use ceteris::{Cluster, Frame, Ols, fe};
//!
//! let frame = Frame::new()
//!     .add_real("uptake", vec![82.0, 80.5, 79.0, 81.0, 84.0, 83.0, 70.0, 71.5])?
//!     .add_real("dose", vec![0.0, 1.0, 0.0, 0.5, 0.0, 0.8, 0.1, 0.0])?
//!     .add_category("practice", ["A", "A", "B", "B", "C", "C", "D", "D"].map(Some))?;
//! let fit = Ols::new("uptake").regress_on(["dose"]).absorb([fe("practice")]).fit(&frame)?;
//! let table = fit.inference(Cluster::by(["practice"]))?; // same fit, any covariance
//! println!("{table}");
//! # Ok::<(), ceteris::Error>(())
//! ```
//!
//! # Where to start
//! - a regression: [`Ols`], [`Fit`], [`Inference`]; several in one call: [`Models`]
//! - standard errors: [`Vcov`], [`Cluster`], [`Hc`], [`Iid`], [`SmallSample`]
//! - a design: [`DifferenceInDifferences`], [`TripleDifference`], [`Dose`], [`LaggedOutcome`], [`Bracket`]
//! - effects by time since treatment: [`EventStudy`], [`InteractionWeighted`], [`GroupTimeEffects`], [`Imputation`]
//! - evidence: [`ParallelTrends`], [`HonestBounds`], [`LeadEquivalence`], [`TwoWayDecomposition`]
//! - few treated units: [`SyntheticControl`], [`SyntheticDifference`], [`Matching`]
//! - data: [`Frame`], [`Panel`], [`Weights`]
//! - numbers of your own: [`Ingredients`] and [`vcov::sandwich`]

mod absorb;
mod did;
mod error;
mod frame;
mod inference;
mod ldv;
mod linalg;
mod model;
mod notice;
pub mod special;
pub mod vcov;

pub use absorb::{
    Absorbed, Absorption, AbsorptionMethod, AbsorptionReason, Alternating, EffectSize, EffectStructure, Lsmr,
    Pcg, PreconditionedBy, RedundantEffect,
};
pub use did::{
    Answer, Arms, AveragedEffects, BasePeriod, Cell, Comparison, ComparisonKind, Controls, DecompositionFit,
    DesignFit, DifferenceInDifferences, Dose, DoseFit, DynamicEffects, EventFit, EventStudy, GroupTimeEffect,
    GroupTimeEffects, GroupTimeFit, Groups, Imputation, ImputationFit, ImputedEffect, InteractionFit,
    InteractionWeighted, Matched, Matching, MatchingFit, Never, ParallelTrends, PathPoint, Placebo, PreTrend,
    PreTrendFit, Reform, SlopeWeight, SlopeWeights, SyntheticControl, SyntheticDifference, SyntheticFit,
    TimeWeight, TreatedWeight, TrendDetection, TrendsReport, TripleDifference, TwoArms, TwoWayDecomposition,
    UnitWeight,
};
pub use error::{Category, Error, Result, nearest_name};
pub use frame::{
    CategoryColumn, Column, Condition, Dropped, Factor, Frame, Index, Panel, Rule, Sample, SampleRules,
    WeightKind, Weights,
};
pub use inference::{
    Account, Adjustment, AfterPassing, AtMargin, Band, BandPoint, BiasPoint, Breakdown, Coefficient,
    Construction, Difference, Distance, Dominance, EffectCount, Equivalence, EquivalenceTest, EventPath,
    Evidence, Explanation, FitTerm, HonestBounds, HonestInterval, HonestReport, Inference, JointInference,
    LagWeights, LeadEquivalence, LeadTest, LinearTrend, MultipleTesting, ParameterCount, PlaceboRank,
    RankTest, Refusal, Restriction, Ridge, SupDistance, SyntheticVariance, TrendPower, Violation, WaldTest,
    WeightedValue,
};
pub use ldv::{
    BaselineOrder, Bracket, BracketFit, BracketReport, BracketVerdict, ByTimeFit, Estimator, JackknifeFit,
    LaggedOutcome, Means, ObservedOrder, OrderFinding, Reason, RegressionAdjustment, RegressionAdjustmentFit,
    SlopeFinding, Stationarity, Target, nickell_bias, nickell_implied,
};
pub use linalg::{Columns, LeastSquares};
pub use model::{
    Certificate, Effect, Fit, FitQuality, Models, Ols, Omitted, Singletons, Solver, Term, Variable, fe,
};
pub use notice::Notice;
pub use vcov::{Cluster, Distribution, EffectCost, Hc, Iid, Ingredients, Ledger, SmallSample, Vcov};
