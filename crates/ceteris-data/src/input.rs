//! Files of any kind become frames; the content of a file says which reader it needs.

use std::path::Path;

use ceteris::Frame;

use crate::csv::CsvReader;
use crate::error::Result;
use crate::loaded::Loaded;
use crate::parquet;
use crate::source::{Format, Source};

/// Reads a CSV file (plain or gzip) or a Parquet file; its content says which.
///
/// # Errors
/// As [`load`].
///
/// # Example
/// ```no_run
/// let frame = ceteris_data::read("screening.csv.gz")?;
/// println!("{} rows", frame.nrows());
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read(path: impl AsRef<Path>) -> Result<Frame> {
    load(path).map(|loaded| loaded.frame)
}

/// As [`read`], and keeps what the reader noticed.
///
/// # Errors
/// [`Error::Open`], [`Error::IsDirectory`], [`Error::Empty`], [`Error::Format`]; for text also
/// those of [`CsvReader::load`], for Parquet those of [`read_parquet`](crate::read_parquet).
///
/// [`Error::Open`]: crate::Error::Open
/// [`Error::IsDirectory`]: crate::Error::IsDirectory
/// [`Error::Empty`]: crate::Error::Empty
/// [`Error::Format`]: crate::Error::Format
pub fn load(path: impl AsRef<Path>) -> Result<Loaded> {
    load_with(path, &CsvReader::new())
}

/// As [`load`], with settings in case the file is text.
///
/// # Errors
/// As [`load`].
///
/// # Example
/// ```no_run
/// use ceteris_data::{CsvReader, load_with};
/// let reader = CsvReader::new().real(["uptake"]).category(["practice"]);
/// let loaded = load_with("screening.csv", &reader)?;
/// println!("{:?}", loaded.format);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn load_with(path: impl AsRef<Path>, reader: &CsvReader) -> Result<Loaded> {
    let source = Source::open(path.as_ref())?;
    match source.format()? {
        Format::Csv | Format::GzipCsv => reader.load_source(&source),
        Format::Parquet => parquet::load_source(&source),
    }
}
