//! The published tables of the evaluation that `ceteris` reproduces, as typed data.
//!
//! Source: Checkland et al. (2018), *Understanding the new commissioning system in England*
//! (PRUComm final report), section 6.4 (cervical screening; Tables 5 to 8) and section 6.5 (dose of
//! reform; Tables 9 to 18). Numbers stand as printed, slips included. Two groups of practices are
//! compared: those whose clinical commissioning group (CCG) works with **one** local authority and
//! those whose CCG works with **several**.
//!
//! ```
//! use ceteris_data::published;
//! let first = &published::table6()[0];
//! assert_eq!((first.year.as_str(), first.screening.one), ("2009/10", 82.85));
//! assert!(published::table7_from_table6().iter().all(|cell| cell.agrees()));
//! ```

mod calibration;
mod dose;
mod dose_tables;
mod screening;
mod screening_tables;
mod table7;
mod table8_printed;

use serde::de::DeserializeOwned;

pub use calibration::{Calibration, Quantity};
pub use dose::{
    Coefficient, Definition, Dose, DoseSummary, Moments, OutcomeYear, Printed, StatedCount, YearCount,
};
pub use dose_tables::{
    coefficients, dose_counts, dose_summary, table9, table10, table10_nobs, table11, table11_nobs,
};
pub use screening::{
    Change, Demographic, Grouping, Interval, JointTest, Model, ModelEstimate, RelativeChange, ScreeningYear,
    Table7Row,
};
pub use screening_tables::{relative_change, table5, table6, table7, table8};
pub use table7::{Cell, table7_from_table6};
pub use table8_printed::{PrintedEstimate, table8_printed};

/// The same quantity for practices of CCGs with one and with several local authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // the fields are named for what they hold
pub struct Groups<T> {
    pub one: T,
    pub several: T,
    pub all: T,
}

/// Decimals of the percentages in Tables 6 and 7.
pub const PERCENT_DECIMALS: usize = 2;

/// Decimals of the estimates in Table 8.
pub const ESTIMATE_DECIMALS: usize = 3;

/// Whether a computed number, rounded as a table is, gives the printed one.
///
/// # Example
/// ```
/// use ceteris_data::published::prints_as;
/// assert!(prints_as(-0.72003, -0.720, 3));
/// assert!(!prints_as(0.0081, 0.001, 3));
/// ```
pub fn prints_as(computed: f64, printed: f64, decimals: usize) -> bool {
    format!("{computed:.decimals$}") == format!("{printed:.decimals$}")
}

/// Rows of a table committed beside this file.
fn rows<T: DeserializeOwned>(table: &str) -> Vec<T> {
    ::csv::Reader::from_reader(table.as_bytes())
        .deserialize()
        .map(|row| row.expect("committed tables are read by the tests"))
        .collect()
}
