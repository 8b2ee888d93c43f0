//! SIMULATED data: no row of this panel is a real practice, and no number computed from it is
//! evidence about the health service.
//!
//! The practice-level rows behind the screening analysis are not public. The twin is a panel of the
//! same shape whose aggregates match the published ones, so that the whole analysis can be run and
//! tested. Its recipe, one file for each step:
//!
//! ```text
//! geography     208 CCGs with 1 to 11 local authorities; 7,673 practices allotted to them
//! presence      the years in which each practice exists; small ones with low uptake close first
//! denominators  size x growth (x fertility), rounded; group totals fixed
//! processes     screening = level + AR(1), births = level + random walk, converging after April 2013
//! cells         sampling noise; one shift a cell, bisected until the rounded total meets Table 6
//! ```
//!
//! **Calibrated** are 20 numbers ([`Parameters::CALIBRATED`]): with them the panel meets every cell
//! of Table 6 and 14 statistics of Table 8 (six estimates, six standard errors, two joint F).
//! Agreement there is by construction. Everything else emerges; [`Quantity`] marks which is which.
//!
//! Only `+ - * / sqrt floor` and sequential sums are used, and random numbers come from a ChaCha8
//! keystream, so the panel is the same to the last digit on every machine.
//!
//! [`DoseTwin`] does the same for the 40 outcomes of the dose-of-reform analysis.
//!
//! [`Quantity`]: crate::published::Quantity

mod caesarean;
mod cells;
mod denominators;
mod dose;
mod geography;
mod keystream;
mod panel;
mod parameters;
mod presence;
mod processes;
mod world;

pub use dose::{CcgDoses, DoseTwin, Level, SimulatedOutcome};
pub use panel::{Indicator, Twin, YEARS};
pub use parameters::Parameters;

/// Number of financial years, 2009/10 to 2015/16.
const NYEARS: usize = 7;

/// The first year after the reform of April 2013.
const FIRST_AFTER: usize = 4;

/// One value for each year.
type ByYear<T> = [T; NYEARS];
