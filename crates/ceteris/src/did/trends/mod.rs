//! What the times before a reform can and cannot say about parallel trends.
//!
//! | file | what |
//! |---|---|
//! | `report` | all questions in one call |
//! | `words` | the answers in words |
//! | `placebo` | the effect at every date without a reform |
//! | `answer` | a part of the report, or why it is not there |

mod answer;
mod placebo;
mod report;
mod words;

pub use answer::Answer;
pub use placebo::Placebo;
pub use report::{ParallelTrends, TrendDetection, TrendsReport};
