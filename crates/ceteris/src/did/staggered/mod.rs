//! Designs for units that are first treated at different times.
//!
//! | file | what |
//! |---|---|
//! | `settings`, `grid` | what all of them are told, and units by times |
//! | `group_time`, `group_time_fit` | effects by group and time, and averages of them |

mod grid;
mod group_time;
mod group_time_fit;
mod settings;

pub use group_time::{BasePeriod, Controls, GroupTimeEffects};
pub use group_time_fit::{AveragedEffects, DynamicEffects, GroupTimeEffect, GroupTimeFit};
