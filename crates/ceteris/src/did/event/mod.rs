//! Event studies: effects by time since treatment, for one reform date or several.
//!
//! | file | what |
//! |---|---|
//! | `study` | the two-way event study |
//! | `fitted` | coefficients by event time |

mod fitted;
mod study;

pub use fitted::EventFit;
pub use study::EventStudy;
