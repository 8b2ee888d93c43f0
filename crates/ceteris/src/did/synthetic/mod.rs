//! Synthetic control and synthetic difference-in-differences.
//!
//! | file | what |
//! |---|---|
//! | `treatment` | which unit is treated from when, and every outcome in its place |
//! | `design` | the two designs |
//! | `fit` | weights, path, effect and its uncertainty |

mod design;
mod fit;
mod treatment;

pub use design::{SyntheticControl, SyntheticDifference};
pub use fit::{PathPoint, SyntheticFit, TimeWeight, UnitWeight};
pub(crate) use treatment::Treatment;
