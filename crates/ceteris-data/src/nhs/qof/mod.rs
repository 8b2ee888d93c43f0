//! The Quality and Outcomes Framework, by practice and by commissioning group.

mod achievement;
pub(super) mod ccg;
pub(super) mod csv;
pub(super) mod indicators;
mod practice;
mod shift;
pub(super) mod workbook;

pub use achievement::{Achievement, Exceptions};
pub use ccg::{CcgYear, QofCcg, Rate};
pub use indicators::{Dosed, IndicatorYear, QofIndicators};
pub use practice::QofPractice;
pub use shift::{GapSize, Shift, YearGap, gap_size};
