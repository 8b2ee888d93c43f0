//! The contents of a table: title, columns, rows, notes.

use super::cell::Cell;
use super::column::Column;

/// A table: title, columns, rows of typed cells, notes.
///
/// # Example
/// ```
/// use ceteris_report::{Cell, Column, Table};
///
/// let table = Table::new("Table 6. Effect of the reform")
///     .column(Column::text("Estimator"))
///     .column(Column::number("Estimate"))
///     .column(Column::number("p"))
///     .row([Cell::text("DDD"), Cell::real(-0.72, 3).mark("†"), Cell::p_value(0.00004)])
///     .row([Cell::text("LDV"), Cell::real(-0.501, 3), Cell::p_value(0.0182)])
///     .note("† calibration target.");
/// assert_eq!(
///     table.text()?,
///     "\
/// Table 6. Effect of the reform
/// -------------------------------
///  Estimator   Estimate        p
/// -------------------------------
///  DDD          -0.720†   <0.001
///  LDV          -0.501     0.018
/// -------------------------------
/// † calibration target.
/// "
/// );
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    pub(super) title: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
    pub(super) notes: Vec<String>,
    pub(super) missing: String,
}

impl Table {
    /// A table with this title and nothing else yet.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            columns: Vec::new(),
            rows: Vec::new(),
            notes: Vec::new(),
            missing: String::new(),
        }
    }

    /// Adds a column at the right.
    pub fn column(mut self, column: Column) -> Self {
        self.columns.push(column);
        self
    }

    /// Adds a row at the bottom: one cell for each column.
    pub fn row<C: Into<Cell>>(mut self, cells: impl IntoIterator<Item = C>) -> Self {
        self.rows.push(cells.into_iter().map(Into::into).collect());
        self
    }

    /// Adds several rows at the bottom.
    pub fn rows<R, C>(self, rows: impl IntoIterator<Item = R>) -> Self
    where
        R: IntoIterator<Item = C>,
        C: Into<Cell>,
    {
        rows.into_iter().fold(self, Self::row)
    }

    /// Adds a line under the table, for instance what a mark means.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.notes.push(note.into());
        self
    }

    /// What stands for a missing cell in text, Markdown and LaTeX; blank by default.
    pub fn missing(mut self, shown: impl Into<String>) -> Self {
        self.missing = shown.into();
        self
    }

    /// The title.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Number of rows.
    pub fn nrows(&self) -> usize {
        self.rows.len()
    }

    /// Whether any column has a group.
    pub(super) fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// The marks of one column, blank ones included.
    pub(super) fn marks(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |cells| cells[column].mark_text())
    }
}
