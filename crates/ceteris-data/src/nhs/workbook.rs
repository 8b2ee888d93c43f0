//! Cells of the sheets of an Excel workbook, `.xls` or `.xlsx`, by row and column as Excel counts
//! them.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(not(feature = "excel"), allow(dead_code, reason = "without the feature no cell is read"))]
pub(super) enum Cell {
    /// Nothing.
    Empty,
    /// A number.
    Number(f64),
    /// Anything else, as text.
    Text(String),
}

impl Cell {
    /// Its text without the blanks around it; empty for an empty cell.
    pub(super) fn text(&self) -> String {
        match self {
            Cell::Empty => String::new(),
            Cell::Number(number) => number.to_string(),
            Cell::Text(text) => text.trim().to_string(),
        }
    }

    /// A number, also where it is written as text; `None` for anything else.
    pub(super) fn number(&self) -> Option<f64> {
        match self {
            Cell::Empty => None,
            Cell::Number(number) => Some(*number),
            Cell::Text(text) => text.trim().parse().ok(),
        }
    }
}

/// A sheet from its cell A1.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Sheet {
    /// The file of the workbook.
    pub(super) path: PathBuf,
    /// Name on its tab.
    pub(super) name: String,
    /// Cells by row.
    pub(super) rows: Vec<Vec<Cell>>,
}

impl Sheet {
    /// A cell, with rows counted from 1 and columns from 0; empty beyond the last.
    pub(super) fn cell(&self, row: usize, column: usize) -> &Cell {
        const EMPTY: &Cell = &Cell::Empty;
        let found = row.checked_sub(1).and_then(|row| self.rows.get(row)?.get(column));
        found.unwrap_or(EMPTY)
    }

    /// The error that a cell is not what it must be.
    pub(super) fn refused(&self, (row, column): (usize, usize), name: &str, must: &'static str) -> Error {
        Error::Value {
            path: self.path.clone(),
            line: row as u64,
            field: column + 1,
            column: format!("{name}, sheet {}", self.name),
            value: self.cell(row, column).text(),
            must,
        }
    }
}

/// Whether these are the first bytes of a workbook.
pub(super) fn is_workbook(first: &[u8]) -> bool {
    first.starts_with(b"PK\x03\x04") || first.starts_with(b"\xd0\xcf\x11\xe0")
}

/// All sheets of a workbook.
#[cfg(feature = "excel")]
pub(super) fn sheets(path: &Path, bytes: Vec<u8>) -> Result<Vec<Sheet>> {
    use calamine::Reader;
    let damaged =
        |source: calamine::Error| Error::Workbook { path: path.to_path_buf(), source: source.into() };
    let mut book = calamine::open_workbook_auto_from_rs(std::io::Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    names
        .into_iter()
        .map(|name| {
            let range = book.worksheet_range(&name).map_err(damaged)?;
            Ok(Sheet { path: path.to_path_buf(), name, rows: rows(&range) })
        })
        .collect()
}

/// Workbooks are not read without the feature.
#[cfg(not(feature = "excel"))]
pub(super) fn sheets(_: &Path, _: Vec<u8>) -> Result<Vec<Sheet>> {
    Err(ceteris::Error::FeatureDisabled { feature: "excel", wanted_by: "an Excel workbook" }.into())
}

/// The cells from A1, although the range begins at the first one that is not empty.
#[cfg(feature = "excel")]
fn rows(range: &calamine::Range<calamine::Data>) -> Vec<Vec<Cell>> {
    let Some((top, left)) = range.start() else {
        return Vec::new();
    };
    let mut rows = vec![Vec::new(); top as usize];
    rows.extend(range.rows().map(|row| {
        let mut cells = vec![Cell::Empty; left as usize];
        cells.extend(row.iter().map(cell));
        cells
    }));
    rows
}

#[cfg(feature = "excel")]
fn cell(data: &calamine::Data) -> Cell {
    match data {
        calamine::Data::Empty => Cell::Empty,
        calamine::Data::Float(number) => Cell::Number(*number),
        calamine::Data::Int(number) => Cell::Number(*number as f64),
        other => Cell::Text(other.to_string()),
    }
}
