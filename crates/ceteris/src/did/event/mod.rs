//! Event studies: effects by time since treatment, for one reform date or several.
//!
//! | file | what |
//! |---|---|
//! | `cohorts` | when each unit was first treated, read from a frame |
//! | `study` | the two-way event study |
//! | `interaction_weighted` | the same with cohorts kept apart |
//! | `fitted` | coefficients by event time |

mod cohorts;
mod fitted;
mod interaction_weighted;
mod study;

pub use cohorts::Never;
pub(crate) use cohorts::{Adoption, Cohorts, FirstTreated};
pub use fitted::EventFit;
pub use interaction_weighted::{Cell, InteractionFit, InteractionWeighted};
pub use study::EventStudy;
