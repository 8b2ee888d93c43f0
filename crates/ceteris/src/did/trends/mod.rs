//! What the times before a reform can and cannot say about parallel trends.
//!
//! | file | what |
//! |---|---|
//! | `placebo` | the effect at every date without a reform |
//! | `answer` | a part of the report, or why it is not there |

mod answer;
mod placebo;

pub use answer::Answer;
pub use placebo::Placebo;
