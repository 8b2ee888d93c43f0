//! Absorption of fixed effects: x~ = M x, M = I - D (D'WD)^- D'W, for outcomes and regressors.
//!
//! By the theorem of Frisch, Waugh and Lovell, least squares of y~ on X~ gives the coefficients of X
//! in the regression of y on X and all the effects D, at the price of the columns of X alone.
//!
//! | method | when | how |
//! |---|---|---|
//! | exact | one effect, or one that spans the others | subtract level means (and level slopes) |
//! | direct | all effects but the largest have few levels together | eliminate the largest exactly, factor the rest once |
//! | pcg | two or more large effects | eliminate the largest exactly, preconditioned conjugate gradients on the rest |
//! | alternating | on request, and large effects with slopes | symmetric alternating projections, accelerated by conjugate gradients |
//! | lsmr | on request | least squares by bidiagonalisation on the rows |
//! | dummies | the judge in tests, and small data | orthogonalise every dummy column in doubled precision |
//!
//! The input is a sample without missing values, with weights above zero.

mod absorber;
mod absorption;
mod alternating;
mod choice;
mod counting;
mod dummies;
mod eliminated;
mod graph;
mod levels;
mod lsmr;
mod method;
mod report;
mod stop;

pub(crate) use absorber::Absorber;
pub use absorption::Absorption;
pub use alternating::Alternating;
pub(crate) use counting::rank_of;
pub use eliminated::Pcg;
pub use graph::{EffectSize, EffectStructure, RedundantEffect};
pub(crate) use graph::{Rank, components, singletons};
pub(crate) use levels::Block;
pub use lsmr::Lsmr;
pub use report::{Absorbed, AbsorptionMethod, AbsorptionReason, PreconditionedBy};
