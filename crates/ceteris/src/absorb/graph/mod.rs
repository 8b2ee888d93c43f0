//! The graph that effects make together: what hangs together, what is redundant, what is alone, what all of it costs.

mod components;
mod cycles;
mod needed;
mod rank;
mod singletons;
mod structure;

pub(crate) use components::components;
pub(crate) use needed::Needed;
pub(crate) use rank::Rank;
pub(crate) use singletons::singletons;
pub use structure::{EffectSize, EffectStructure, RedundantEffect};
