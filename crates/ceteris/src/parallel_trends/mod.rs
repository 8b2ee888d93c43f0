//! Event paths and what can be asked of them about parallel trends.
//!
//! | file | what |
//! |---|---|
//! | `path` | effects by event time with their joint covariance |
//! | `linear_trend` | a constant drift of the groups, and the lags net of it |
//! | `band` | uniform bands |
//! | `search` | where a probability meets a level |
//! | `equivalence` | how large a violation can be ruled out |
//! | `power` | how steep a drift the leads would have shown |
//! | `honest` | intervals that allow for violations |
//! | `placebo` | the effect at a date without a reform |
//! | `report` | all questions in one call |
//! | `words` | the answers in words |
//! | `answer` | a part of the report, or why it is not there |

mod answer;
mod band;
mod equivalence;
mod honest;
mod linear_trend;
mod path;
mod placebo;
mod power;
mod report;
mod search;
mod words;

pub use answer::Answer;
pub use band::{Band, BandPoint};
pub use equivalence::{AtMargin, Construction, Equivalence, EquivalenceTest, LeadEquivalence, Violation};
pub use honest::{Breakdown, HonestBounds, HonestInterval, HonestReport, LagWeights, Restriction};
pub use linear_trend::LinearTrend;
pub use path::EventPath;
pub use placebo::Placebo;
pub use power::{AfterPassing, BiasPoint, LeadTest, TrendPower};
pub use report::{ParallelTrends, TrendDetection, TrendsReport};
