//! Files, published tables and synthetic panels for [`ceteris`].
//!
//! - [`read`] makes a [`Frame`](ceteris::Frame) of a CSV file (plain or gzip) or a Parquet file and
//!   tells which it is by content; [`load`] also keeps what the reader noticed; [`CsvReader`] takes
//!   settings. [`write()`] does the reverse, and a file appears whole or not at all.
//! - [`published`] holds the tables of the evaluation that `ceteris` reproduces, as typed data.
//! - [`twin`] simulates a panel whose aggregates are the published ones. It is SIMULATED, says so
//!   wherever it appears, and is never evidence about the health service.
//! - [`read_areas`] reads the boundaries of areas from GeoJSON.
//! - [`nhs`] reads the published files behind the groups and rates, strictly, one reader for each source.
//!
//! ```
//! use ceteris_data::CsvReader;
//! let text = b"practice,year,uptake\n007,2009/10,82.1\n007,2010/11,NA\n";
//! let loaded = CsvReader::new().load_bytes(text, "uptake.csv")?;
//! assert_eq!(loaded.frame.category("practice")?.label(0), Some("007")); // digits are kept
//! assert_eq!(loaded.frame.real("uptake")?[0], 82.1);
//! assert!(loaded.frame.real("uptake")?[1].is_nan()); // missing
//! # Ok::<(), ceteris_data::Error>(())
//! ```

mod csv;
mod error;
mod geojson;
mod input;
mod labels;
mod lines;
mod loaded;
pub mod nhs;
mod output;
mod parquet;
pub mod published;
mod source;
mod staged;
mod taken;
pub mod twin;
mod whole;

pub use csv::{CsvReader, MISSING, read_csv, write_csv, write_csv_to};
pub use error::{Error, Result};
pub use geojson::{Area, Place, read_areas};
pub use input::{load, load_with, read};
pub use loaded::{ColumnNote, Loaded};
pub use output::write;
pub use parquet::{read_parquet, write_parquet};
pub use source::Format;
pub use staged::{Overwrite, StagedFile};
