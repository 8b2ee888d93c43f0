//! Files that must have the columns of a source card.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;
use std::str::FromStr;

use super::card::Card;
use crate::csv::Records;
use crate::error::{Error, Result};
use crate::source::{Format, Source};

/// What is known of the first line of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    /// It holds the columns of a layout and nothing else.
    Exact,
    /// The same, in capitals or small letters: the years differ and nothing else does.
    AnyCase,
    /// It begins with the columns of a layout; which ones follow depends on the year.
    Beginning,
    /// There is none: the first line is the first record.
    Absent,
}

/// A record of a file whose layout is known.
pub(super) struct Row<'a> {
    path: &'a Path,
    columns: &'a [String],
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

    /// A field that is empty or holds a value of another type.
    pub(super) fn optional<T: FromStr>(&self, column: usize, must: &'static str) -> Result<Option<T>> {
        if self.text(column).is_empty() { Ok(None) } else { self.value(column, must).map(Some) }
    }

    /// A field that may not be empty.
    pub(super) fn code(&self, column: usize) -> Result<String> {
        match self.text(column) {
            "" => Err(self.refused(column, "a code")),
            code => Ok(code.to_string()),
        }
    }

    /// The error that a field is not what it must be.
    pub(super) fn refused(&self, column: usize, must: &'static str) -> Error {
        Error::Value {
            path: self.path.to_path_buf(),
            line: self.line,
            field: column + 1,
            column: self.columns[column].clone(),
            value: self.text(column).to_string(),
            must,
        }
    }
}

/// A cursor over the records of a file of known layout.
pub(super) struct Rows<'s> {
    path: &'s Path,
    records: Records<Box<dyn Read + 's>>,
    edition: &'static str,
    columns: Vec<String>,
    pending: bool,
    met: usize,
}

impl<'s> Rows<'s> {
    /// Opens a file and judges its first line.
    pub(super) fn open(source: &'s Source, card: &Card, header: Header) -> Result<Self> {
        let path = source.path();
        if source.format()? == Format::Parquet {
            let (path, expected) = (path.to_path_buf(), "CSV");
            return Err(Error::Format { path, expected, found: "Parquet" });
        }
        let mut records = Records::new(source.text()?, b',').map_err(|fault| fault.error(path))?;
        if !records.advance().map_err(|fault| fault.error(path))? {
            return Err(Error::Empty { path: path.to_path_buf(), found: "has no header" });
        }
        let first = fields(path, &records)?;
        let (edition, columns) = edition(path, card, header, &first)?;
        let pending = header == Header::Absent;
        let names = if pending {
            columns.iter().map(|name| (*name).to_string()).collect()
        } else {
            first.into_iter().map(Cow::into_owned).collect()
        };
        Ok(Self { path, records, edition, columns: names, pending, met: 0 })
    }

    /// Which edition of the layout it is.
    pub(super) fn edition(&self) -> &'static str {
        self.edition
    }

    /// The place of a column among those that follow the fixed ones.
    pub(super) fn place(&self, column: &str) -> Result<usize> {
        self.columns.iter().position(|name| name == column).ok_or_else(|| Error::MissingColumn {
            path: self.path.to_path_buf(),
            column: column.to_string(),
            available: self.columns.clone(),
        })
    }

    /// The next record; `None` at the end of a file that had at least one.
    pub(super) fn advance(&mut self) -> Result<Option<Row<'_>>> {
        let path = self.path;
        let more = std::mem::take(&mut self.pending) || {
            self.records.advance().map_err(|fault| fault.error(path))?
        };
        if !more {
            let found = "has a header and no row";
            let empty = Error::Empty { path: path.to_path_buf(), found };
            return if self.met == 0 { Err(empty) } else { Ok(None) };
        }
        self.met += 1;
        if self.records.len() != self.columns.len() {
            return Err(self.records.wrong_length(path, self.columns.len()));
        }
        let (line, fields) = (self.records.line(), fields(path, &self.records)?);
        Ok(Some(Row { path, columns: &self.columns, line, fields }))
    }

    /// Makes values of the records, `None` of one that is not wanted. A value whose key an earlier one
    /// has is refused: `once` names the column at fault and says what it must hold.
    pub(super) fn distinct<K: Ord, T>(
        mut self,
        once: (usize, &'static str),
        key: impl Fn(&T) -> K,
        mut make: impl FnMut(&Row<'_>) -> Result<Option<T>>,
    ) -> Result<Vec<T>> {
        let (mut values, mut seen) = (Vec::new(), BTreeSet::new());
        while let Some(row) = self.advance()? {
            if let Some(value) = make(&row)? {
                if !seen.insert(key(&value)) {
                    return Err(row.refused(once.0, once.1));
                }
                values.push(value);
            }
        }
        Ok(values)
    }
}

/// Hands every record of a file to `take`; returns the edition of the file.
pub(super) fn read(
    source: &Source,
    card: &Card,
    header: Header,
    mut take: impl FnMut(&Row<'_>) -> Result<()>,
) -> Result<&'static str> {
    let mut rows = Rows::open(source, card, header)?;
    while let Some(row) = rows.advance()? {
        take(&row)?;
    }
    Ok(rows.edition())
}

type Layout = (&'static str, &'static [&'static str]);

/// The edition whose columns these are, else the first difference from the nearest one.
fn edition(path: &Path, card: &Card, header: Header, first: &[Cow<'_, str>]) -> Result<Layout> {
    if let Some(layout) = card.layouts.iter().find(|(_, columns)| fits(columns, header, first)) {
        return Ok(*layout);
    }
    let alike = |columns: &[&str]| columns.iter().zip(first).filter(|(a, b)| **a == **b).count();
    let nearest = card.layouts.iter().max_by_key(|(_, columns)| alike(columns));
    let columns = nearest.map_or(&[][..], |(_, columns)| columns);
    let found = match header {
        Header::Absent => format!("{} fields in the place of {}", first.len(), columns.len()),
        _ => difference(columns, first),
    };
    let expected = columns.join(", ");
    Err(Error::Layout { path: path.to_path_buf(), layout: card.title, expected, found })
}

fn fits(columns: &[&str], header: Header, first: &[Cow<'_, str>]) -> bool {
    let same = |a: &&str, b: &Cow<'_, str>| match header {
        Header::AnyCase => a.eq_ignore_ascii_case(b.trim()),
        _ => *a == b.as_ref(),
    };
    let enough = match header {
        Header::Beginning => first.len() >= columns.len(),
        _ => first.len() == columns.len(),
    };
    enough && (header == Header::Absent || columns.iter().zip(first).all(|(a, b)| same(a, b)))
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
    (0..records.len()).map(|i| text(i).ok_or_else(|| records.not_utf8(path, i))).collect()
}
