//! Event studies: effects by time since treatment, for one reform date or several.
//!
//! | file | what |
//! |---|---|
//! | `cohorts` | when each unit was first treated, read from a frame |

mod cohorts;

pub use cohorts::Never;
pub(crate) use cohorts::{Adoption, Cohorts, FirstTreated};
