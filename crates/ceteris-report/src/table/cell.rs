//! One cell: what it holds, and how it reads.

use crate::Interval;
use crate::number;

/// A typed cell of a [`Table`](super::Table).
///
/// Text and whole numbers convert by themselves; `None` is a missing cell.
///
/// # Example
/// ```
/// use ceteris_report::{Cell, Column, Table};
///
/// let table = Table::new("Cells")
///     .column(Column::text("what"))
///     .column(Column::number("value"))
///     .row([Cell::text("rows"), 1_843.into()])
///     .row([Cell::text("estimate"), Cell::real(-0.7204, 3).mark("†")])
///     .row([Cell::text("p"), Cell::p_value(2e-9)])
///     .row([Cell::text("not estimated"), Cell::missing()]);
/// assert_eq!(
///     table.csv()?,
///     "what,value,value mark\nrows,1843,\nestimate,-0.7204,†\np,2e-9,\nnot estimated,,\n"
/// );
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    pub(super) content: Content,
    pub(super) mark: Option<String>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Content {
    Text(String),
    Integer(i128),
    Real { value: f64, decimals: u8 },
    Probability(f64),
    Interval { interval: Interval, decimals: u8 },
    Missing,
}

impl Cell {
    /// Text, shown as it is; line breaks become blanks except in CSV.
    pub fn text(text: impl Into<String>) -> Self {
        Content::Text(text.into()).into()
    }

    /// A whole number.
    pub fn integer(value: i64) -> Self {
        Content::Integer(value.into()).into()
    }

    /// A real number, shown with `decimals`; CSV has it exactly. It must be finite.
    pub fn real(value: f64, decimals: u8) -> Self {
        Content::Real { value, decimals }.into()
    }

    /// A p-value, shown with three decimals or as `<0.001`; CSV has it exactly.
    pub fn p_value(value: f64) -> Self {
        Content::Probability(value).into()
    }

    /// An interval, shown as `[low, high]` with `decimals`; CSV has the exact ends in two columns.
    pub fn interval(interval: impl Into<Interval>, decimals: u8) -> Self {
        Content::Interval { interval: interval.into(), decimals }.into()
    }

    /// Nothing: blank, or what [`Table::missing`](super::Table::missing) says; always blank in CSV.
    pub fn missing() -> Self {
        Content::Missing.into()
    }

    /// A sign after the content (`†`, `***`) that a note under the table explains.
    ///
    /// In CSV marks stand in a column of their own, so that numbers stay numbers.
    pub fn mark(mut self, mark: impl Into<String>) -> Self {
        self.mark = Some(mark.into());
        self
    }

    /// What a reader sees, without the mark.
    pub(super) fn shown(&self, missing: &str) -> String {
        match &self.content {
            Content::Text(text) => one_line(text),
            Content::Integer(value) => value.to_string(),
            Content::Real { value, decimals } => number::fixed(*value, *decimals),
            Content::Probability(value) => number::probability(*value),
            Content::Interval { interval, decimals } => number::bracketed(*interval, *decimals),
            Content::Missing => missing.to_owned(),
        }
    }

    /// The mark, or nothing.
    pub(super) fn mark_text(&self) -> &str {
        self.mark.as_deref().unwrap_or_default()
    }
}

/// Text with its line breaks turned into blanks.
pub(super) fn one_line(text: &str) -> String {
    let lines = text.split(['\n', '\r']).map(str::trim_end);
    let lines: Vec<&str> = lines.filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}

impl From<Content> for Cell {
    fn from(content: Content) -> Self {
        Self { content, mark: None }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::text(text)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::text(text)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::integer(value)
    }
}

impl From<i32> for Cell {
    fn from(value: i32) -> Self {
        Self::integer(value.into())
    }
}

impl From<u32> for Cell {
    fn from(value: u32) -> Self {
        Self::integer(value.into())
    }
}

impl From<usize> for Cell {
    fn from(value: usize) -> Self {
        Content::Integer(value as i128).into() // lossless: no machine has addresses of 128 bits
    }
}

impl<T: Into<Cell>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or_else(Self::missing, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_text_has_no_line_breaks() {
        assert_eq!(Cell::text("one \r\ntwo\nthree").shown(""), "one two three");
    }

    #[test]
    fn missing_cells_show_what_the_table_says() {
        assert_eq!(Cell::missing().shown("n/a"), "n/a");
        assert_eq!(Cell::from(None::<i64>).shown(""), "");
        assert_eq!(Cell::from(Some(3_usize)).shown(""), "3");
    }

    #[test]
    fn minus_is_the_ascii_hyphen() {
        let shown = Cell::interval((-1.036, -0.404), 3).shown("");
        assert_eq!(shown, "[-1.036, -0.404]");
        assert!(shown.is_ascii());
    }
}
