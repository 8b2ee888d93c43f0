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
//! - standard errors: [`Vcov`], [`Cluster`], [`Hc`], [`Iid`], [`SmallSample`]; why programs differ: [`explain`]
//! - a design: [`DifferenceInDifferences`], [`TripleDifference`], [`Dose`], [`LaggedOutcome`], [`Bracket`]
//! - effects by time since treatment: [`EventStudy`]; units treated at different times: [`staggered`]
//! - evidence: [`ParallelTrends`], and the single questions in [`parallel_trends`]
//! - few treated units: [`synthetic`], [`matching`]
//! - data: [`Frame`], [`Panel`], [`Weights`]
//! - numbers of your own: [`vcov::Ingredients`] and [`vcov::sandwich`]
//! - formulas and sources: [`methods`]
//!
//! The root holds what most programs name. What explains a result stands in the public modules.

pub mod absorb;
mod att;
pub mod did;
pub mod error;
pub mod frame;
pub mod inference;
pub mod ldv;
mod linalg;
#[cfg(any(doc, doctest))]
pub mod methods;
pub mod model;
mod notice;
pub mod parallel_trends;
pub mod special;
pub mod vcov;

pub use absorb::{Absorption, Alternating, Lsmr, Pcg};
pub use att::{matching, synthetic};
pub use did::{DifferenceInDifferences, Dose, EventStudy, Groups, Post, Reform, TripleDifference, staggered};
pub use error::{Error, Result};
pub use frame::{Column, Condition, Frame, Index, Panel, Weights};
pub use inference::{Coefficient, Inference, JointInference, explain};
pub use ldv::{Bracket, LaggedOutcome, bracket};
pub use linalg::{Columns, LeastSquares};
pub use model::{Effect, Fit, Models, Ols, Singletons, Solver, Term, Variable, fe};
pub use notice::Notice;
pub use parallel_trends::{EventPath, ParallelTrends};
pub use vcov::{Cluster, Distribution, Hc, Iid, SmallSample, Vcov};
