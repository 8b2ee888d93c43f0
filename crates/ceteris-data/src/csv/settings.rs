//! What a reader of delimited text may be told.

use super::column::Kind;
use super::missing::MISSING;

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
    pub(super) delimiter: Option<u8>,
    pub(super) missing: Vec<String>,
    pub(super) kinds: Vec<(String, Kind)>,
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
}
