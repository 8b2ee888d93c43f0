//! Titled tables of typed cells, rendered for people (text, Markdown, LaTeX) and programs (CSV).
//!
//! A table is a value: build it once, render it in each format. Nothing is checked while it is
//! built; each renderer first checks the whole table and refuses it with an [`Error`], so a table
//! that renders in one format renders in all.
//!
//! | | text, Markdown, LaTeX | CSV |
//! |---|---|---|
//! | real number | rounded to the decimals of its cell | shortest digits that read back to the same bits |
//! | p-value | three decimals, or `<0.001` | as a real number |
//! | interval | `[low, high]` | two columns, `name low` and `name high` |
//! | mark | after the content; a superscript in LaTeX | its own column `name mark`, if any cell of the column has one |
//! | missing | blank, or what [`Table::missing`] says | empty |
//! | group | a heading over its columns; in Markdown before the name | before the name |
//! | title, notes | above and below | left out |

mod cell;
mod column;
mod csv;
mod latex;
mod markdown;
mod text;

pub use cell::Cell;
pub use column::{Align, Column};

use crate::Error;
use crate::interval::check_finite;
use cell::Content;

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
    title: String,
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
    notes: Vec<String>,
    missing: String,
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

    /// Plain text of fixed width, without colours; numbers align at the decimal point where their
    /// decimals agree, with or without a mark.
    ///
    /// # Errors
    /// [`Error::Empty`], [`Error::RowLength`], [`Error::CellKind`], [`Error::DuplicateName`],
    /// [`Error::NonFinite`], [`Error::ReversedInterval`], [`Error::Probability`]: the table is not
    /// sound.
    ///
    /// # Example
    /// ```
    /// # use ceteris_report::{Column, Table};
    /// let table = Table::new("Years").column(Column::number("year")).row([2013]);
    /// assert_eq!(table.text()?, "Years\n------\n year\n------\n 2013\n------\n");
    /// # Ok::<(), ceteris_report::Error>(())
    /// ```
    pub fn text(&self) -> Result<String, Error> {
        self.check()?;
        Ok(text::render(self))
    }

    /// A Markdown table (GitHub's dialect), with the title in bold above and the notes below.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    ///
    /// # Example
    /// ```
    /// # use ceteris_report::{Column, Table};
    /// let table = Table::new("Years").column(Column::number("year")).row([2013]);
    /// assert_eq!(table.markdown()?, "**Years**\n\n| year |\n| ---: |\n| 2013 |\n");
    /// # Ok::<(), ceteris_report::Error>(())
    /// ```
    pub fn markdown(&self) -> Result<String, Error> {
        self.check()?;
        Ok(markdown::render(self))
    }

    /// A LaTeX `table` for the package `booktabs`, with the title as its caption; any of LaTeX's
    /// own characters in the cells is escaped.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    ///
    /// # Example
    /// ```
    /// # use ceteris_report::{Column, Table};
    /// let table = Table::new("R&D").column(Column::text("50% of")).row(["x_i"]);
    /// let latex = table.latex()?;
    /// assert!(latex.contains(r"\caption{R\&D}") && latex.contains(r"x\_i \\"));
    /// # Ok::<(), ceteris_report::Error>(())
    /// ```
    pub fn latex(&self) -> Result<String, Error> {
        self.check()?;
        Ok(latex::render(self))
    }

    /// Comma-separated values with one line of names: the form for programs, with exact numbers.
    ///
    /// # Errors
    /// As [`text`](Self::text).
    ///
    /// # Example
    /// ```
    /// # use ceteris_report::{Cell, Column, Table};
    /// let table = Table::new("").column(Column::number("b")).row([Cell::real(0.1 + 0.2, 2)]);
    /// assert_eq!(table.csv()?, "b\n0.30000000000000004\n");
    /// # Ok::<(), ceteris_report::Error>(())
    /// ```
    pub fn csv(&self) -> Result<String, Error> {
        self.check()?;
        Ok(csv::render(self))
    }

    /// Refuses a table that any renderer would have to guess about.
    fn check(&self) -> Result<(), Error> {
        if self.columns.is_empty() {
            return Err(Error::Empty { within: self.title.clone(), needs: "column" });
        }
        for (row, cells) in self.rows.iter().enumerate() {
            self.check_row(row + 1, cells)?;
        }
        let mut names = csv::names(self);
        names.sort_unstable();
        match names.windows(2).find(|pair| pair[0] == pair[1]) {
            Some(pair) => Err(Error::DuplicateName { what: "column", name: pair[0].clone() }),
            None => Ok(()),
        }
    }

    fn check_row(&self, row: usize, cells: &[Cell]) -> Result<(), Error> {
        if cells.len() != self.columns.len() {
            return Err(Error::RowLength {
                table: self.title.clone(),
                row,
                expected: self.columns.len(),
                found: cells.len(),
            });
        }
        for (column, cell) in self.columns.iter().zip(cells) {
            if !column.kind.takes(cell) {
                return Err(Error::CellKind {
                    table: self.title.clone(),
                    column: column.full_name(),
                    row,
                    expected: column.kind.described(),
                    found: cell.content.described(),
                });
            }
            check_value(&cell.content, &column.full_name(), row)?;
        }
        Ok(())
    }

    /// Whether any column has a group.
    fn has_groups(&self) -> bool {
        self.columns.iter().any(|column| column.group.is_some())
    }

    /// The marks of one column, blank ones included.
    fn marks(&self, column: usize) -> impl Iterator<Item = &str> {
        self.rows.iter().map(move |cells| cells[column].mark_text())
    }
}

/// Refuses numbers that mean nothing to a reader.
fn check_value(content: &Content, name: &str, row: usize) -> Result<(), Error> {
    match *content {
        Content::Real { value, .. } => check_finite(value, name, row),
        Content::Interval { interval, .. } => interval.check(name, row),
        Content::Probability(value) if !(0.0..=1.0).contains(&value) => {
            Err(Error::Probability { name: name.to_owned(), row, value })
        }
        _ => Ok(()),
    }
}
