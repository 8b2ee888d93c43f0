//! What the tests of the suite share: where data lie, and tables of expected values.

mod data;
mod table;

pub use data::{Place, announce, reference_tables, tests_data};
pub use table::Row;
