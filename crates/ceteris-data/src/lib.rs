//! Files, published tables and synthetic panels for [`ceteris`].
//!
//! - [`read`] makes a [`Frame`](ceteris::Frame) of a CSV file (plain or gzip) or a Parquet file and
//!   tells which it is by content; [`load`] also keeps what was noticed on the way. [`write()`] does
//!   the reverse, and a file appears whole or not at all.

mod csv;
mod error;
mod labels;
mod loaded;
mod output;
mod parquet;
mod source;

pub use csv::{CsvReader, MISSING, read_csv, write_csv, write_csv_to};
pub use error::{Error, Result};
pub use loaded::{ColumnNote, Loaded, load, load_with, read};
pub use output::{Overwrite, write};
pub use parquet::{read_parquet, write_parquet};
pub use source::Format;
