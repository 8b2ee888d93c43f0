//! Covariances of coefficients: a value chosen after the fit, computed from the fit's ingredients.
//!
//! | value | meat | file |
//! |---|---|---|
//! | [`Iid`] | sigma^2 X~'WX~ | `iid` |
//! | [`Hc`] | sum_i a_i s_i s_i' | `hc` |
//! | [`Cluster`] | sum_g s_g s_g', several ways by inclusion and exclusion | `cluster` |
//!
//! Each carries a small-sample correction, [`SmallSample`]: `Cluster::by(["g"]).small_sample(SmallSample::areg())`.
//! Nothing here sees a frame: clusters arrive as factors over the rows of the fit.

mod cluster;
mod distribution;
mod floor;
mod hc;
mod iid;
mod ingredients;
mod kind;
mod ledger;
mod request;
mod sandwich;
mod small_sample;

pub use cluster::{Cluster, ClusterType};
pub use distribution::Distribution;
pub(crate) use floor::Floor;
pub use hc::Hc;
pub use iid::Iid;
pub use ingredients::Ingredients;
pub(crate) use ingredients::ROUNDING;
pub use kind::{Vcov, VcovKind};
pub use ledger::{EffectCost, Ledger};
pub(crate) use request::{Estimated, Request};
pub use sandwich::{sandwich, sum_by_cluster};
pub(crate) use small_sample::PRESETS;
pub use small_sample::{ClusterFactor, Counting, Free, LeverageFactor, Nested, RowFactor, SmallSample, Tail};
