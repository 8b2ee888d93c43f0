//! One column: its heading, what its cells may hold, and on which side they stand.

use super::cell::{Cell, Content};

/// A column of a [`Table`](super::Table).
///
/// # Example
/// ```
/// use ceteris_report::{Align, Cell, Column, Table};
///
/// let table = Table::new("Published beside computed")
///     .column(Column::text("outcome").align(Align::Center))
///     .column(Column::number("estimate").under("published"))
///     .column(Column::number("estimate").under("computed"))
///     .row([Cell::text("uptake"), Cell::real(-0.72, 2), Cell::real(-0.7196, 4)]);
/// assert!(table.csv()?.starts_with("outcome,published estimate,computed estimate\n"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub(super) name: String,
    pub(super) group: Option<String>,
    pub(super) kind: Kind,
    pub(super) align: Align,
}

/// On which side of its column a cell stands.
///
/// # Example
/// ```
/// use ceteris_report::{Align, Column, Table};
///
/// let table = Table::new("").column(Column::text("a").align(Align::Right)).row(["b"]);
/// assert!(table.markdown()?.contains("--:"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Align {
    /// At the left; the default of text.
    Left,
    /// In the middle.
    Center,
    /// At the right; the default of numbers and intervals.
    Right,
}

/// What the cells of a column may hold; missing cells may stand anywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Interval,
}

impl Column {
    /// A column of text (whole numbers are welcome too), at the left.
    pub fn text(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Text, Align::Left)
    }

    /// A column of whole numbers, real numbers and p-values, at the right.
    pub fn number(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Number, Align::Right)
    }

    /// A column of intervals, at the right; CSV makes two columns of it, `name low` and `name
    /// high`.
    pub fn interval(name: impl Into<String>) -> Self {
        Self::new(name, Kind::Interval, Align::Right)
    }

    /// A heading over this column and its neighbours with the same heading; none by default.
    pub fn under(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// The side on which the cells stand.
    pub fn align(mut self, align: Align) -> Self {
        self.align = align;
        self
    }

    fn new(name: impl Into<String>, kind: Kind, align: Align) -> Self {
        Self { name: name.into(), group: None, kind, align }
    }

    /// Group and name in one line; the column's name in CSV, Markdown and messages.
    pub(super) fn full_name(&self) -> String {
        match &self.group {
            Some(group) => format!("{group} {}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Kind {
    /// Whether a cell may stand in a column of this kind.
    pub(super) fn takes(self, cell: &Cell) -> bool {
        match cell.content {
            Content::Missing => true,
            Content::Text(_) => self == Self::Text,
            Content::Integer(_) => self != Self::Interval,
            Content::Real { .. } | Content::Probability(_) => self == Self::Number,
            Content::Interval { .. } => self == Self::Interval,
        }
    }

    /// The kind in a message.
    pub(super) fn described(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "numbers",
            Self::Interval => "intervals",
        }
    }
}

impl Content {
    /// The content in a message.
    pub(super) fn described(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Integer(_) => "a whole number",
            Self::Real { .. } => "a real number",
            Self::Probability(_) => "a p-value",
            Self::Interval { .. } => "an interval",
            Self::Missing => "nothing",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_takes_its_own_cells_and_missing_ones() {
        let cells = [Cell::text("a"), Cell::integer(1), Cell::real(1.0, 1), Cell::interval((0.0, 1.0), 1)];
        let takes = |kind: Kind| cells.each_ref().map(|cell| kind.takes(cell));
        assert_eq!(takes(Kind::Text), [true, true, false, false]);
        assert_eq!(takes(Kind::Number), [false, true, true, false]);
        assert_eq!(takes(Kind::Interval), [false, false, false, true]);
        assert!([Kind::Text, Kind::Number, Kind::Interval].iter().all(|kind| kind.takes(&Cell::missing())));
    }
}
