//! Delimited text becomes a frame, from a file or from memory.

use std::path::Path;

use ceteris::Frame;

use super::settings::CsvReader;
use super::table;
use crate::error::Result;
use crate::loaded::Loaded;
use crate::source::Source;

impl CsvReader {
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
