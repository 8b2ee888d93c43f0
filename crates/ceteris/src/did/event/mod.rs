//! Event studies: effects by time since treatment, for one reform date or several.
//!
//! | file | what |
//! |---|---|
//! | `study` | the two-way event study |
//! | `times` | event times of the rows, and whether the reference is among them |
//! | `fitted` | coefficients by event time |

mod fitted;
mod study;
mod times;

pub use fitted::EventFit;
pub use study::EventStudy;
pub(super) use times::{EventTime, Seen};
