//! Files that must have the columns of a source card to the letter.

use std::borrow::Cow;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::card::Card;
use crate::csv::Records;
use crate::error::{Error, Result};
use crate::source::{Format, Source};

/// A record of a file whose layout is known.
pub(super) struct Row<'a> {
    path: &'a Path,
    columns: &'static [&'static str],
    line: u64,
    fields: Vec<Cow<'a, str>>,
}

impl Row<'_> {
    /// Line on which the record starts.
    pub(super) fn line(&self) -> u64 {
        self.line
    }

    /// A field, without the blanks around it.
    pub(super) fn text(&self, column: usize) -> &str {
        self.fields[column].trim()
    }

    /// A field that holds a value of another type.
    pub(super) fn value<T: FromStr>(&self, column: usize, must: &'static str) -> Result<T> {
        self.text(column).parse().map_err(|_| self.refused(column, must))
    }

    /// The error that a field is not what it must be.
    pub(super) fn refused(&self, column: usize, must: &'static str) -> Error {
        Error::Value {
            path: self.path.to_path_buf(),
            line: self.line,
            field: column + 1,
            column: self.columns[column].to_string(),
            value: self.text(column).to_string(),
            must,
        }
    }
}

/// Hands every record of a file to `take`; returns the edition of the file.
pub(super) fn read(
    source: &Source,
    card: &Card,
    mut take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<&'static str> {
    let path = source.path();
    if source.format()? == Format::Parquet {
        let (path, expected) = (path.to_path_buf(), "CSV");
        return Err(Error::Format { path, expected, found: "Parquet" });
    }
    let empty = |found| Error::Empty { path: path.to_path_buf(), found };
    let mut records = Records::new(source.text()?, b',').map_err(|fault| fault.error(path))?;
    if !records.advance().map_err(|fault| fault.error(path))? {
        return Err(empty("has no header"));
    }
    let (edition, columns) = edition(path, card, &fields(path, &records)?)?;
    let mut rows = 0_usize;
    while records.advance().map_err(|fault| fault.error(path))? {
        if records.len() != columns.len() {
            return Err(unequal(path, &records, columns.len()));
        }
        let (line, fields) = (records.line(), fields(path, &records)?);
        take(&Row { path, columns, line, fields })?;
        rows += 1;
    }
    if rows == 0 { Err(empty("has a header and no row")) } else { Ok(edition) }
}

/// The edition whose columns these are, else the first difference from the nearest one.
fn edition(
    path: &Path,
    card: &Card,
    header: &[Cow<'_, str>],
) -> Result<(&'static str, &'static [&'static str])> {
    if let Some((edition, columns)) = card.layouts.iter().find(|(_, columns)| *columns == header) {
        return Ok((edition, columns));
    }
    let alike = |columns: &[&str]| columns.iter().zip(header).filter(|(a, b)| **a == **b).count();
    let nearest = card.layouts.iter().max_by_key(|(_, columns)| alike(columns));
    let columns = nearest.map_or(&[][..], |(_, columns)| columns);
    Err(Error::Layout {
        path: path.to_path_buf(),
        layout: card.title,
        expected: columns.join(", "),
        found: difference(columns, header),
    })
}

fn difference(columns: &[&str], header: &[Cow<'_, str>]) -> String {
    let same = columns.iter().zip(header).take_while(|(a, b)| **a == **b).count();
    match (columns.get(same), header.get(same)) {
        (Some(column), Some(found)) => format!("`{found}` in the place of `{column}`"),
        (Some(column), None) => format!("nothing in the place of `{column}`"),
        (None, Some(found)) => format!("`{found}` after the last of them"),
        (None, None) => "the same columns".to_string(),
    }
}

fn fields<'a, R: Read>(path: &Path, records: &'a Records<R>) -> Result<Vec<Cow<'a, str>>> {
    let text = |i: usize| match records.field(i) {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).ok(),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).ok(),
    };
    (0..records.len()).map(|i| text(i).ok_or_else(|| not_utf8(path, records, i))).collect()
}

fn not_utf8<R: Read>(path: &Path, records: &Records<R>, i: usize) -> Error {
    Error::NotUtf8 {
        path: path.to_path_buf(),
        line: records.line(),
        field: i + 1,
        value: String::from_utf8_lossy(&records.field(i)).into_owned(),
    }
}

fn unequal<R: Read>(path: &Path, records: &Records<R>, expected: usize) -> Error {
    let (path, line): (PathBuf, u64) = (path.to_path_buf(), records.line());
    if records.len() < expected && !records.is_closed() {
        let found = "its last record is cut short";
        return Error::Truncated { path, line: Some(line), found };
    }
    Error::Record { path, line, expected, found: records.len() }
}
