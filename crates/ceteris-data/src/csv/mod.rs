//! Delimited text: what a reader may be told, and how a file becomes a frame and a frame a file.
//!
//! A column is **real** when every field that is not missing is a number, else a **category**;
//! numbers that only look like numbers ("007", whole numbers beyond 2^53) are identifiers and make
//! a category. `real` and `category` overrule this for the columns they name.

mod column;
mod missing;
mod number;
mod read;
mod records;
mod settings;
mod table;
mod write;

pub use missing::MISSING;
pub use read::read_csv;
pub(crate) use records::{Fault, Records};
pub use settings::CsvReader;
pub use write::{write_csv, write_csv_to};
