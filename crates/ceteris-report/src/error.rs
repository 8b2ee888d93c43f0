//! Every way a table, a figure or a folder of results can be refused.

use std::path::{Path, PathBuf};

use ceteris::error::{Change, Names, Remedy, in_rust};

use crate::figure::Size;

/// Why a table could not be rendered, a figure not drawn, or files not written.
///
/// Each message is one sentence in the order asked, found, do. Rows and points are counted from 1,
/// as a reader of the table counts them.
///
/// # Example
/// ```
/// use ceteris_report::{Column, Error, Table};
///
/// let table = Table::new("Table 1").column(Column::text("outcome")).row(["uptake", "70.1"]);
/// let error = table.text().unwrap_err();
/// assert!(matches!(error, Error::RowLength { row: 1, expected: 1, found: 2, .. }));
/// assert_eq!(
///     error.to_string(),
///     "row 1 of `Table 1` must have 1 cells but has 2; give one cell for each column"
/// );
/// ```
#[derive(Debug, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
pub enum Error {
    // The contents cannot be shown as given.
    /// A table without columns, or a figure without anything to draw.
    #[error("`{within}` needs at least one {needs} but has none; add one")]
    Empty {
        /// Title of the table or kind of figure.
        within: String,
        /// What is missing: `column`, `point`, `series` ...
        needs: &'static str,
    },
    /// A row with more or fewer cells than the table has columns.
    #[error(
        "row {row} of `{table}` must have {expected} cells but has {found}; give one cell for each \
         column"
    )]
    RowLength {
        /// Title of the table.
        table: String,
        /// Row, counted from 1.
        row: usize,
        /// Number of columns.
        expected: usize,
        /// Number of cells in the row.
        found: usize,
    },
    /// A cell of a kind its column does not take.
    #[error(
        "column `{column}` of `{table}` takes {expected}, but its row {row} holds {found}; change \
         the cell or the kind of the column"
    )]
    CellKind {
        /// Title of the table.
        table: String,
        /// Heading of the column.
        column: String,
        /// Row, counted from 1.
        row: usize,
        /// What the column takes.
        expected: &'static str,
        /// What the cell holds.
        found: &'static str,
    },
    /// A name that must be unique is used twice.
    #[error("each {what} must have its own name, but `{name}` is used twice; rename one")]
    DuplicateName {
        /// What bears the name: `column`, `series`, `label`, `file` ...
        what: &'static str,
        /// The repeated name.
        name: String,
    },
    /// A number that is NaN or infinite where a finite one is needed.
    #[error("value {row} of `{name}` must be finite but is {value}; leave it out if it is missing")]
    NonFinite {
        /// Column or series.
        name: String,
        /// Row or point, counted from 1.
        row: usize,
        /// The value found.
        value: f64,
    },
    /// An interval whose low end is above its high end, or is not a number.
    #[error("interval {row} of `{name}` must run from low to high but is [{low}, {high}]; swap the ends")]
    ReversedInterval {
        /// Column or series.
        name: String,
        /// Row or point, counted from 1.
        row: usize,
        /// Low end as given.
        low: f64,
        /// High end as given.
        high: f64,
    },
    /// A p-value outside zero to one.
    #[error("p-value {row} of `{name}` must lie in [0, 1] but is {value}; check where it comes from")]
    Probability {
        /// Column.
        name: String,
        /// Row, counted from 1.
        row: usize,
        /// The value found.
        value: f64,
    },
    /// A series with more or fewer values than the figure has labels.
    #[error(
        "series `{series}` must have {expected} values but has {found}; give one for each label, \
         `None` where there is none"
    )]
    SeriesLength {
        /// Name of the series.
        series: String,
        /// Number of labels on the horizontal axis.
        expected: usize,
        /// Number of values.
        found: usize,
    },
    /// A mark at a label that the horizontal axis does not have.
    #[error("label `{label}` is not on the axis, which has {}; use one of those", .available.join(", "))]
    UnknownLabel {
        /// The label asked for.
        label: String,
        /// The labels there are.
        available: Vec<String>,
    },
    /// More of something than can be told apart or placed.
    #[error("a figure can show {most} {what} but {found} were given; split it into several figures")]
    TooMany {
        /// What there is too much of: `series`, `panels` ...
        what: &'static str,
        /// The number given.
        found: usize,
        /// The number that fits.
        most: usize,
    },
    /// A character for which the bundled font has no shape.
    #[error(
        "figures cannot show {character:?}, found in `{text}`; use Latin or Greek letters and \
         usual signs"
    )]
    Character {
        /// The whole text.
        text: String,
        /// The character without a shape.
        character: char,
    },
    /// A picture too small for its contents, or beyond the sizes allowed.
    #[error(
        "a picture of {} x {} pixels cannot hold this figure; use a width from {} and a height \
         from {} pixels, neither above {}",
        .asked.width, .asked.height, .least.width, .least.height, Size::LARGEST
    )]
    PictureSize {
        /// The size asked for.
        asked: Size,
        /// The smallest size that would do.
        least: Size,
    },
    /// The rasteriser refused the figure.
    #[error("a PNG must be made from the SVG, but the rasteriser failed; please report it with the SVG")]
    Raster {
        /// What it said.
        source: Box<dyn std::error::Error + Send + Sync>,
    },

    // The files cannot be written as asked.
    /// A name that is not a plain file name.
    #[error("`{name}` must be a plain file name, without folders; change it")]
    FileName {
        /// The name as given.
        name: String,
    },
    /// A result of an earlier run is in the way.
    #[error("{}", file_exists(.path, &in_rust))]
    FileExists {
        /// The file in the way; there may be more of them.
        path: PathBuf,
    },
    /// The folder's path names a file.
    #[error("{} must be a folder but is a file; choose another folder", .path.display())]
    NotAFolder {
        /// The path that is a file.
        path: PathBuf,
    },
    /// A file's path names a folder.
    #[error("{} must be a file but is a folder; move it or choose another folder", .path.display())]
    NotAFile {
        /// The path that is a folder.
        path: PathBuf,
    },
    /// The system refused to make the folder or to write into it.
    #[error(
        "{action} {} failed; check that the folder may be written and has room",
        .path.display()
    )]
    Write {
        /// What was tried: `making folder`, `writing`, `renaming to`.
        action: &'static str,
        /// The folder or file it was tried on.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
}

impl Error {
    /// The name of the variant in snake case.
    pub fn code(&self) -> &'static str {
        self.into()
    }

    /// What to do about it, where that is to change a setting.
    pub fn remedy(&self) -> Option<Remedy> {
        matches!(self, Error::FileExists { .. }).then(|| Remedy::any_of(REPLACED))
    }

    /// The sentence with settings under other names, such as the flags of a command line.
    pub fn named(&self, names: Names<'_>) -> String {
        match self {
            Error::FileExists { path } => file_exists(path, names),
            other => other.to_string(),
        }
    }
}

const REPLACED: [Change; 2] =
    [Change::Do { what: "choose another folder" }, Change::Add { setting: "replace" }];

fn file_exists(path: &Path, names: Names<'_>) -> String {
    let remedy = Remedy::any_of(REPLACED).named(names);
    format!("{} is to be written but exists already; {remedy}", path.display())
}
