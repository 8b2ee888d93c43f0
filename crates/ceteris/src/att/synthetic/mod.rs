//! Synthetic control and synthetic difference-in-differences.
//!
//! | file | what |
//! |---|---|
//! | `balance` | the weights, and their formulas |
//! | `resampling` | placebo and jackknife variances, the rank of a unit among placebos |
//! | `design` | the two designs |
//! | `fit` | weights, path, effect and its uncertainty |

mod balance;
mod design;
mod fit;
mod resampling;

pub use balance::Ridge;
pub use design::{SyntheticControl, SyntheticDifference};
pub use fit::{PathPoint, SyntheticFit, TimeWeight, UnitWeight};
pub use resampling::{PlaceboRank, RankTest, SyntheticVariance};
