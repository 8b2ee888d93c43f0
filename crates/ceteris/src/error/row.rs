//! Rows in messages: numbered in one way, and by the line of the file where there is one.

use std::fmt;

/// The row that a message is about.
///
/// # Example
/// ```
/// use ceteris::error::Row;
/// assert_eq!(Row::Frame(2).to_string(), "row 3 of the data"); // people count from 1, slices from 0
/// assert_eq!(Row::Line(4).to_string(), "line 4");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Row {
    /// Of the frame, counted from 0; printed counted from 1.
    Frame(usize),
    /// Of the file that the frame came from, counted from 1 with the header.
    Line(u64),
}

impl From<usize> for Row {
    fn from(row: usize) -> Self {
        Row::Frame(row)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Row::Frame(row) => write!(f, "row {} of the data", row + 1),
            Row::Line(line) => write!(f, "line {line}"),
        }
    }
}
