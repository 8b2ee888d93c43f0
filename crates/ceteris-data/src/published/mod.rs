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
mod committed;
mod dose;
mod dose_tables;
mod printed;
mod screening;
mod screening_tables;
mod table7;
mod table8_printed;
mod year;

pub use calibration::{Calibration, Quantity};
pub use dose::{
    Coefficient, Definition, Dose, DoseSummary, Moments, OutcomeYear, Stated, StatedCount, YearCount,
};
pub use dose_tables::{
    coefficients, dose_counts, dose_summary, stated, table9, table10, table10_nobs, table11, table11_nobs,
};
pub use printed::{ESTIMATE_DECIMALS, PERCENT_DECIMALS, Printed, prints_as};
pub use screening::{
    Change, Characteristic, Demographic, Grouping, Groups, Indicator, Interval, JointTest, Model,
    ModelEstimate, RelativeChange, ScreeningYear, Table7Row,
};
pub use screening_tables::{relative_change, table5, table6, table7, table8};
pub use table7::{Cell, Side, Table7Number, table7_from_table6};
pub use table8_printed::{PrintedEstimate, table8_printed};
pub use year::{NotAYear, Year};
