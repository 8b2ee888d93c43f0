//! The designs: each command builds one from column names, fits it and shows its effect.
//!
//! ```text
//! asked    what every design is asked for, read once
//! study    the event study that flags stand for, for event and trends
//! path     effects by event time, shown
//! ```

mod asked;
pub(super) mod bracket;
pub(super) mod ddd;
pub(super) mod did;
mod estimator;
pub(super) mod event;
pub(super) mod ldv;
mod path;
mod staggered;
mod study;
pub(super) mod trends;
