//! What general practices prescribe: a month's file, sums by class of medicines, and the units that
//! make practices comparable.

mod bnf;
pub(super) mod month;
mod totals;
mod units;

pub use bnf::{BnfClass, Branding};
pub use month::{Prescription, visit_prescribing};
pub use totals::{PrescribingSum, PrescribingTotals};
pub use units::{PrescribingUnit, UnitEdition, UnitWeights, per_unit};
