//! Delimited text: what a reader may be told, and how a file becomes a frame.
//!
//! A column is **real** when every field that is not missing is a number, else a **category**;
//! numbers that only look like numbers ("007", whole numbers beyond 2^53) are identifiers and make
//! a category. `real` and `category` overrule this for the columns they name.

mod column;
mod number;
mod records;
mod table;
mod write;

use std::path::Path;

use ceteris::Frame;

pub(crate) use number::LARGEST_WHOLE;
pub(crate) use records::{Fault, Records};
pub use write::{write_csv, write_csv_to};

use crate::error::Result;
use crate::loaded::Loaded;
use crate::source::Source;
use column::Kind;

/// Fields that mean "missing" unless a reader is told otherwise.
pub const MISSING: [&str; 7] = ["", "NA", "NaN", "nan", ".", "null", "NULL"];

/// Reads delimited text, plain or compressed by gzip.
///
/// # Example
/// ```
/// use ceteris_data::CsvReader;
/// let text = b"practice;uptake\nA81001;82.1\nA81002;-\n";
/// let reader = CsvReader::new().delimiter(b';').missing(["", "-"]).real(["uptake"]);
/// let frame = reader.load_bytes(text, "uptake.csv")?.frame;
/// assert_eq!(frame.real("uptake")?[0], 82.1);
/// assert!(frame.real("uptake")?[1].is_nan());
/// assert_eq!(frame.category("practice")?.levels(), ["A81001", "A81002"]);
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvReader {
    delimiter: Option<u8>,
    missing: Vec<String>,
    kinds: Vec<(String, Kind)>,
}

impl Default for CsvReader {
    fn default() -> Self {
        Self { delimiter: None, missing: MISSING.map(String::from).to_vec(), kinds: Vec::new() }
    }
}

impl CsvReader {
    /// A reader of comma-separated text with automatic kinds.
    pub fn new() -> Self {
        Self::default()
    }

    /// The character between fields: one byte of ASCII other than a quote or a line end. Default:
    /// a comma.
    pub fn delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = Some(delimiter);
        self
    }

    /// The fields that mean "missing", quoted or not. Default: [`MISSING`].
    pub fn missing<S: Into<String>>(mut self, markers: impl IntoIterator<Item = S>) -> Self {
        self.missing = markers.into_iter().map(Into::into).collect();
        self
    }

    /// Columns that must be real: text in them is an error, and "007" is seven.
    pub fn real<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.force(columns, Kind::Real)
    }

    /// Columns that must be real, in which TRUE, T, yes and y are one and FALSE, F, no and n are zero, in any case.
    pub fn indicator<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.force(columns, Kind::Indicator)
    }

    /// Columns that are categories even if all their fields are numbers.
    pub fn category<S: Into<String>>(self, columns: impl IntoIterator<Item = S>) -> Self {
        self.force(columns, Kind::Category)
    }

    fn force<S: Into<String>>(mut self, columns: impl IntoIterator<Item = S>, kind: Kind) -> Self {
        for column in columns {
            let column = column.into();
            self.kinds.retain(|(name, _)| *name != column);
            self.kinds.push((column, kind));
        }
        self
    }

    /// Reads a file.
    ///
    /// # Errors
    /// As [`CsvReader::load`].
    pub fn read(&self, path: impl AsRef<Path>) -> Result<Frame> {
        self.load(path).map(|loaded| loaded.frame)
    }

    /// Reads a file and keeps what was noticed.
    ///
    /// # Errors
    /// [`Error::Open`], [`Error::IsDirectory`], [`Error::Read`], [`Error::Empty`],
    /// [`Error::Format`], [`Error::Delimiter`], [`Error::Record`], [`Error::Truncated`],
    /// [`Error::EmptyName`], [`Error::DuplicateName`], [`Error::NotUtf8`],
    /// [`Error::TextInNumeric`], [`Error::MissingColumn`].
    ///
    /// [`Error::Open`]: crate::Error::Open
    /// [`Error::IsDirectory`]: crate::Error::IsDirectory
    /// [`Error::Read`]: crate::Error::Read
    /// [`Error::Empty`]: crate::Error::Empty
    /// [`Error::Format`]: crate::Error::Format
    /// [`Error::Delimiter`]: crate::Error::Delimiter
    /// [`Error::Record`]: crate::Error::Record
    /// [`Error::Truncated`]: crate::Error::Truncated
    /// [`Error::EmptyName`]: crate::Error::EmptyName
    /// [`Error::DuplicateName`]: crate::Error::DuplicateName
    /// [`Error::NotUtf8`]: crate::Error::NotUtf8
    /// [`Error::TextInNumeric`]: crate::Error::TextInNumeric
    /// [`Error::MissingColumn`]: crate::Error::MissingColumn
    pub fn load(&self, path: impl AsRef<Path>) -> Result<Loaded> {
        self.load_source(&Source::open(path.as_ref())?)
    }

    /// Reads bytes that are in memory; `name` stands for the path in messages.
    ///
    /// # Errors
    /// As [`CsvReader::load`].
    pub fn load_bytes(&self, bytes: &[u8], name: &str) -> Result<Loaded> {
        self.load_source(&Source::memory(name, bytes))
    }

    pub(crate) fn load_source(&self, source: &Source) -> Result<Loaded> {
        table::load(source, self)
    }
}

/// Reads a CSV file, plain or gzip, with automatic kinds.
///
/// # Errors
/// As [`CsvReader::load`].
///
/// # Example
/// ```no_run
/// let frame = ceteris_data::read_csv("screening.csv")?;
/// # Ok::<(), ceteris_data::Error>(())
/// ```
pub fn read_csv(path: impl AsRef<Path>) -> Result<Frame> {
    CsvReader::new().read(path)
}
