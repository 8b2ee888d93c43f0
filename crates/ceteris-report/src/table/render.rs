//! A table is checked as a whole, then rendered.

use super::cell::{Cell, Content};
use super::contents::Table;
use super::{csv, latex, markdown, text};
use crate::Error;
use crate::interval::check_finite;

impl Table {
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
