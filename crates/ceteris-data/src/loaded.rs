//! What reading a file gives: a frame, and what the reader noticed while it decided on kinds.

use std::path::{Path, PathBuf};

use ceteris::Frame;

use crate::error::Error;
use crate::lines::Lines;
use crate::source::Format;

/// A frame with the file it came from and what its reader noticed.
///
/// # Example
/// ```
/// use ceteris_data::CsvReader;
/// // One slip, `12,3`, makes a category of a column that was meant to be numeric.
/// let loaded = CsvReader::new().load_bytes(b"x\n1.5\n2.5\n\"12,3\"\n", "doses.csv")?;
/// let refusal = loaded.frame.real("x").unwrap_err();
/// assert_eq!(
///     loaded.explain(refusal).to_string(),
///     "column `x` of `doses.csv` must be numeric, but line 4 holds `12,3`; \
///      correct the value or mark it as missing",
/// );
/// # Ok::<(), ceteris_data::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Loaded {
    /// The columns.
    pub frame: Frame,
    /// The file they came from.
    pub path: PathBuf,
    /// The kind of file it turned out to be.
    pub format: Format,
    /// Categories most of whose fields are numbers, in the order of the columns.
    pub notes: Vec<ColumnNote>,
    pub(crate) lines: Lines,
}

impl Loaded {
    /// Replaces rows by lines of the file, and "this column is a category" by the line and the value that made it
    /// one, where the reader knows them; hands back any other error as it is.
    pub fn explain(&self, error: ceteris::Error) -> Error {
        let error = error.at_lines(&|row| self.lines.of(row));
        let ceteris::Error::ColumnKind { column, .. } = &error else {
            return error.into();
        };
        match self.notes.iter().find(|note| note.column == *column) {
            Some(note) => note.error(&self.path),
            None => error.into(),
        }
    }

    /// The notes that are more than 95 % numbers among at least 20 fields: most likely a slip.
    pub fn likely_slips(&self) -> impl Iterator<Item = &ColumnNote> {
        self.notes.iter().filter(|note| note.is_likely_slip())
    }
}

/// A column that was read as a category although most of its fields are numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ColumnNote {
    /// Name of the column.
    pub column: String,
    /// Its place in a record, counted from 1.
    pub field: usize,
    /// Line of the first field that is not a number.
    pub line: u64,
    /// That field.
    pub value: String,
    /// How many fields are numbers.
    pub numbers: usize,
    /// How many are not; missing ones are in neither count.
    pub texts: usize,
}

impl ColumnNote {
    /// Whether more than 95 % of at least 20 fields are numbers.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::CsvReader;
    /// let mut text = String::from("x\n");
    /// (0..39).for_each(|i| text.push_str(&format!("{i}\n")));
    /// text.push_str("thirty-nine\n");
    /// let loaded = CsvReader::new().load_bytes(text.as_bytes(), "x.csv")?;
    /// assert!(loaded.notes[0].is_likely_slip());
    /// # Ok::<(), ceteris_data::Error>(())
    /// ```
    pub fn is_likely_slip(&self) -> bool {
        /// With fewer fields, one or two texts say little.
        const LEAST_FIELDS: usize = 20;
        let fields = self.numbers + self.texts;
        fields >= LEAST_FIELDS && 100 * self.numbers > 95 * fields
    }

    fn error(&self, path: &Path) -> Error {
        Error::TextInNumeric {
            path: path.to_path_buf(),
            line: self.line,
            field: self.field,
            column: self.column.clone(),
            value: self.value.clone(),
        }
    }
}
