//! Designs for units that are first treated at different times.
//!
//! | file | what |
//! |---|---|
//! | `averages` | effects by cohort or by time, and over all |
//! | `settings`, `grid` | what all of them are told, and units by times |
//! | `group_time`, `group_time_fit` | effects by group and time, and averages of them |
//! | `imputation`, `imputation_fit` | outcomes less what untreated rows say they would have been |
//! | `interaction_weighted` | the event study with cohorts kept apart |
//! | `decomposition`, `decomposition_fit` | what a two-way fixed-effects coefficient is made of |

mod averages;
mod decomposition;
mod decomposition_fit;
mod grid;
mod group_time;
mod group_time_fit;
mod imputation;
mod imputation_fit;
mod interaction_weighted;
mod settings;

pub use averages::Averages;
pub use decomposition::TwoWayDecomposition;
pub use decomposition_fit::{Comparison, ComparisonKind, DecompositionFit, TreatedWeight};
pub use group_time::{BasePeriod, Controls, GroupTimeEffects};
pub use group_time_fit::{GroupTimeEffect, GroupTimeFit};
pub use imputation::Imputation;
pub use imputation_fit::{ImputationFit, ImputedEffect};
pub use interaction_weighted::{Cell, InteractionFit, InteractionWeighted};

pub use crate::att::{Adjustment, Always, Never};
