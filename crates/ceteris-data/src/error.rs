//! Every way a file can be refused. Each message is one sentence in the order *asked, found, do*.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ceteris::error::Category;
use ceteris::error::{Change, Names, Remedy, in_rust};

/// Result of every fallible function in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a file was not read or written.
///
/// Lines and fields count from 1, and the header is line 1, as editors and spreadsheets show them.
#[derive(Debug, thiserror::Error, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)] // the fields are named for what they hold, and each variant says the rest
pub enum Error {
    /// A file that cannot be opened.
    #[error("`{}` must be readable, but {}", path.display(), refusal(source))]
    Open { path: PathBuf, source: io::Error },
    /// A directory where a file was asked for.
    #[error("`{}` must be a file, but it is a directory; name a file in it", path.display())]
    IsDirectory { path: PathBuf },
    /// A file that could be opened but not read to its end.
    #[error("`{}` must be readable to its end, but reading it failed; copy the file again", path.display())]
    Read { path: PathBuf, source: io::Error },
    /// A file without a row.
    #[error("`{}` must hold a header and at least one row, but it {found}; check how it was written", path.display())]
    Empty { path: PathBuf, found: &'static str },
    /// A file of another kind.
    #[error("`{}` must be {expected}, but it looks like {found}; save it as {expected}", path.display())]
    Format { path: PathBuf, expected: &'static str, found: &'static str },
    /// A header whose fields are separated by a character other than the one asked for.
    #[error("{}", delimiter(path, *expected, *found, &in_rust))]
    Delimiter { path: PathBuf, expected: char, found: char },
    /// A record with more or fewer fields than the header.
    #[error("line {line} of `{}` must have {} like the header, but it has {found}; look for a missing field or an unquoted delimiter", path.display(), fields(*expected))]
    Record { path: PathBuf, line: u64, expected: usize, found: usize },
    /// A file that ends too early.
    #[error("`{}` must be complete, but {found}{}; fetch or write it again", path.display(), on_line(*line))]
    Truncated { path: PathBuf, line: Option<u64>, found: &'static str },
    /// A column without a name.
    #[error("every column of `{}` must have a name, but field {field} of the header is empty; name it", path.display())]
    EmptyName { path: PathBuf, field: usize },
    /// Two columns of one name.
    #[error("column names of `{}` must differ, but fields {} and {} are both `{column}`; rename one of them", path.display(), fields.0, fields.1)]
    DuplicateName { path: PathBuf, column: String, fields: (usize, usize) },
    /// Bytes that are not text.
    #[error("`{}` must be UTF-8 text, but field {field} on line {line} holds `{value}`; convert the file to UTF-8", path.display())]
    NotUtf8 { path: PathBuf, line: u64, field: usize, value: String },
    /// Text in a column that must be numeric.
    #[error("column `{column}` of `{}` must be numeric, but line {line} holds `{value}`; correct the value or mark it as missing", path.display())]
    TextInNumeric { path: PathBuf, line: u64, field: usize, column: String, value: String },
    /// A column that the file does not have.
    #[error("column `{column}` must be in `{}`; {}", path.display(), suggestion(column, available))]
    MissingColumn { path: PathBuf, column: String, available: Vec<String> },
    /// A Parquet column of a type that a frame cannot hold.
    #[error("column `{column}` of `{}` must be a flat column of numbers, booleans or text, but it is {found}; convert it or leave it out", path.display())]
    ColumnType { path: PathBuf, column: String, found: String },
    /// A Parquet file that cannot be decoded.
    #[error("`{}` must be a sound Parquet file, but it cannot be decoded; write it again", path.display())]
    Parquet { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// An Excel workbook that cannot be decoded.
    #[error("`{}` must be a sound Excel workbook, but it cannot be decoded; save it again", path.display())]
    Workbook { path: PathBuf, source: Box<dyn std::error::Error + Send + Sync> },
    /// A file that does not have the layout of the source it is read as.
    #[error("`{}` must have the columns of {layout} ({expected}), but it has {found}; fetch that file or choose another reader", path.display())]
    Layout { path: PathBuf, layout: &'static str, expected: String, found: String },
    /// A value that a known layout does not allow.
    #[error("`{column}` on line {line} of `{}` must be {must}, but it is `{value}`; correct the file or fetch it again", path.display())]
    Value { path: PathBuf, line: u64, field: usize, column: String, value: String, must: &'static str },
    /// A file that is not GeoJSON of areas, or that lacks what an area must have.
    #[error("`{}` must be GeoJSON with an area in each feature, but {found}; {todo}", path.display())]
    GeoJson { path: PathBuf, found: String, todo: &'static str },
    /// A file in the way of a new one.
    #[error("{}", exists(path, &in_rust))]
    Exists { path: PathBuf },
    /// A file that cannot be written.
    #[error("`{}` must be writable, but writing failed; check its directory and the free space", path.display())]
    Write { path: PathBuf, source: io::Error },
    /// A name or label that CSV cannot hold, because it would be read back as something else.
    #[error(
        "`{value}` in column `{column}` must read back as it was written, but CSV would make it {becomes}; rename it or write Parquet"
    )]
    Unwritable { column: String, value: String, becomes: &'static str },
    /// A frame that cannot be made from what was read.
    #[error(transparent)]
    Frame(#[from] ceteris::Error),
}

impl Error {
    /// The kind of mistake; everything wrong with a file is a mistake in the data.
    ///
    /// # Example
    /// ```
    /// let error = ceteris_data::read("no such file.csv").unwrap_err();
    /// assert_eq!(error.category(), ceteris::error::Category::Data);
    /// ```
    pub fn category(&self) -> Category {
        match self {
            Error::Frame(error) => error.category(),
            _ => Category::Data,
        }
    }

    /// The name of the variant in snake case, or of the error of the frame that it is.
    pub fn code(&self) -> &'static str {
        match self {
            Error::Frame(error) => error.code(),
            other => other.into(),
        }
    }

    /// What to do about it, where that is to change a setting.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            Error::Frame(error) => error.remedy(),
            Error::Delimiter { found, .. } => Some(other_delimiter(*found)),
            Error::Exists { .. } => Some(Remedy::any_of(REPLACED)),
            _ => None,
        }
    }

    /// The sentence with settings under other names, such as the flags of a command line.
    pub fn named(&self, names: Names<'_>) -> String {
        match self {
            Error::Frame(error) => error.named(names),
            Error::Delimiter { path, expected, found } => delimiter(path, *expected, *found, names),
            Error::Exists { path } => exists(path, names),
            other => other.to_string(),
        }
    }

    /// An input or output error met while reading `path`, at about this line.
    pub(crate) fn reading(path: &Path, line: Option<u64>, source: io::Error) -> Self {
        let path = path.to_path_buf();
        match source.kind() {
            io::ErrorKind::UnexpectedEof => {
                Error::Truncated { path, line, found: "its compressed data end too early" }
            }
            _ => Error::Read { path, source },
        }
    }
}

const REPLACED: [Change; 2] = [
    Change::Do { what: "choose another name" },
    Change::Use { setting: "overwrite", value: "Overwrite::Replace" },
];

fn exists(path: &Path, names: Names<'_>) -> String {
    let remedy = Remedy::any_of(REPLACED).named(names);
    format!("`{}` must be a new file, but it exists; {remedy}", path.display())
}

fn other_delimiter(found: char) -> Remedy {
    Remedy::any_of([Change::Set { setting: "delimiter", value: shown(found).into() }])
}

fn delimiter(path: &Path, expected: char, found: char, names: Names<'_>) -> String {
    let (path, remedy) = (path.display(), other_delimiter(found).named(names));
    let (expected, found) = (shown(expected), shown(found));
    format!(
        "fields of `{path}` must be separated by {expected}, but its header has {found} instead; {remedy}"
    )
}

/// A delimiter in a sentence.
fn shown(delimiter: char) -> String {
    match delimiter {
        '\t' => "a tab".to_string(),
        other => format!("'{other}'"),
    }
}

fn refusal(source: &io::Error) -> &'static str {
    match source.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the path",
        io::ErrorKind::PermissionDenied => "permission is denied; change its permissions",
        _ => "it cannot be opened; check the path and the device",
    }
}

/// A number of fields in a sentence.
fn fields(count: usize) -> String {
    format!("{count} field{}", if count == 1 { "" } else { "s" })
}

fn on_line(line: Option<u64>) -> String {
    line.map_or_else(String::new, |line| format!(" (line {line})"))
}

/// "did you mean `x`?" where a name is near, else the names there are.
fn suggestion(asked: &str, available: &[String]) -> impl fmt::Display {
    /// A longer list would hide the sentence it belongs to.
    const MOST_NAMES: usize = 12;
    /// A slip of the keyboard changes fewer characters than one in three.
    const FEWEST_CHARACTERS: usize = 3;
    let allowed = (asked.chars().count() / FEWEST_CHARACTERS).max(1);
    let distance = |name: &str| strsim::osa_distance(&asked.to_lowercase(), &name.to_lowercase());
    let near = available.iter().map(|name| (distance(name), name)).min_by_key(|(edits, _)| *edits);
    if let Some((_, name)) = near.filter(|(edits, _)| *edits <= allowed) {
        return format!("did you mean `{name}`?");
    }
    let shown: Vec<String> = available.iter().take(MOST_NAMES).map(|name| format!("`{name}`")).collect();
    let rest = if available.len() > MOST_NAMES {
        format!(", ... ({} in all)", available.len())
    } else {
        String::new()
    };
    format!("it has {}{rest}", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_of_the_frame_keeps_its_category_and_its_words() {
        let inner = ceteris::Error::EmptySample { dropped: Vec::new() };
        let words = inner.to_string();
        let error = Error::from(inner);
        assert_eq!(error.category(), Category::Data);
        assert_eq!(error.to_string(), words);
    }

    #[test]
    fn one_field_is_singular_and_a_tab_has_a_name() {
        let error = Error::Record { path: "a.csv".into(), line: 2, expected: 1, found: 2 };
        assert!(error.to_string().contains("must have 1 field like the header, but it has 2"), "{error}");
        let error = Error::Delimiter { path: "a.csv".into(), expected: ',', found: '\t' };
        assert!(error.to_string().ends_with("its header has a tab instead; set `delimiter` to a tab"));
    }

    #[test]
    fn a_missing_column_is_answered_with_the_nearest_name_or_with_all() {
        let missing = |column: &str| Error::MissingColumn {
            path: "a.csv".into(),
            column: column.to_string(),
            available: vec!["uptake".to_string(), "region".to_string()],
        };
        assert!(missing("regoin").to_string().ends_with("did you mean `region`?"));
        assert!(missing("dose").to_string().ends_with("it has `uptake`, `region`"));
    }
}
