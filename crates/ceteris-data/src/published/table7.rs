//! Table 7 from Table 6.
//!
//! ```text
//! before = mean of the weighted means of 2009/10 .. 2012/13      (each year counts once)
//! after  = mean of the weighted means of 2013/14 .. 2015/16
//! change = after - before
//! DiD    = change(several) - change(one)
//! DDD    = DiD(screening) - DiD(unassisted)
//! ```
//!
//! Differences are taken before rounding, as the notes to the table say. The 0.79 of the text is
//! the sum of the two rounded differences, 0.39 and 0.40; the table's 0.78 is the rounded sum.

use std::fmt;

use super::printed::{PERCENT_DECIMALS, prints_as};
use super::screening::{Change, Indicator, ScreeningYear, Table7Row};
use super::screening_tables::{table6, table7};

/// Years of Table 6 before the reform.
const YEARS_BEFORE: usize = 4;

/// The CCGs that a mean is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)] // the variants are named for what they are: one local authority, or several
pub enum Side {
    One,
    Several,
}

/// Which number of Table 7; `Display` prints its place in the row.
///
/// # Example
/// ```
/// use ceteris_data::published::{Indicator, Side, Table7Number};
/// let number = Table7Number::Change(Indicator::Screening, Side::Several);
/// assert_eq!((number.to_string().as_str(), number.row()), ("change, several", "screening"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Table7Number {
    /// Mean before the reform.
    Before(Indicator, Side),
    /// Mean after it.
    After(Indicator, Side),
    /// The second less the first.
    Change(Indicator, Side),
    /// Change of several less change of one.
    DifferenceInDifferences(Indicator),
    /// Screening's difference in differences less that of unassisted deliveries.
    TripleDifference,
}

impl Table7Number {
    /// The row that it stands in: an indicator, or both for the triple difference.
    pub fn row(self) -> &'static str {
        match self {
            Self::Before(Indicator::Screening, _)
            | Self::After(Indicator::Screening, _)
            | Self::Change(Indicator::Screening, _)
            | Self::DifferenceInDifferences(Indicator::Screening) => "screening",
            Self::TripleDifference => "screening less unassisted",
            _ => "unassisted",
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::One => "one",
            Side::Several => "several",
        })
    }
}

impl fmt::Display for Table7Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Before(_, side) => write!(f, "before, {side}"),
            Self::After(_, side) => write!(f, "after, {side}"),
            Self::Change(_, side) => write!(f, "change, {side}"),
            Self::DifferenceInDifferences(_) => f.write_str("difference in differences"),
            Self::TripleDifference => f.write_str("triple difference"),
        }
    }
}

/// A number of Table 7, printed and computed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// Which number.
    pub number: Table7Number,
    /// The printed number: percent, or percentage points for changes and differences.
    pub printed: f64,
    /// The number that follows from Table 6, not rounded.
    pub computed: f64,
}

impl Cell {
    /// Whether the computed number rounds to the printed one.
    pub fn agrees(&self) -> bool {
        prints_as(self.computed, self.printed, PERCENT_DECIMALS)
    }
}

/// Every number of Table 7 beside the one that follows from Table 6.
///
/// # Example
/// ```
/// use ceteris_data::published::{Table7Number, table7_from_table6};
/// let cells = table7_from_table6();
/// let triple = cells.iter().find(|cell| cell.number == Table7Number::TripleDifference);
/// let triple = triple.expect("printed");
/// assert_eq!(format!("{:.4}", triple.computed), "-0.7842");
/// assert!(triple.agrees());
/// ```
pub fn table7_from_table6() -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut differences = Vec::new();
    for row in table7() {
        let one = change(|year| means(year, row).0);
        let several = change(|year| means(year, row).1);
        let difference = several.change - one.change;
        differences.push(difference);
        let indicator = row.indicator;
        for (side, printed, computed) in [(Side::One, row.one, one), (Side::Several, row.several, several)] {
            for (number, printed, computed) in [
                (Table7Number::Before(indicator, side), printed.before, computed.before),
                (Table7Number::After(indicator, side), printed.after, computed.after),
                (Table7Number::Change(indicator, side), printed.change, computed.change),
            ] {
                cells.push(Cell { number, printed, computed });
            }
        }
        let number = Table7Number::DifferenceInDifferences(indicator);
        cells.push(Cell { number, printed: row.difference_in_differences, computed: difference });
    }
    if let (Some(printed), [screening, unassisted]) = (table7()[0].triple_difference, differences.as_slice())
    {
        let computed = screening - unassisted;
        cells.push(Cell { number: Table7Number::TripleDifference, printed, computed });
    }
    cells
}

/// Means of one year for the indicator of this row: one local authority, several.
fn means(year: &ScreeningYear, row: &Table7Row) -> (f64, f64) {
    let groups = match row.indicator {
        Indicator::Screening => year.screening,
        Indicator::Unassisted => year.unassisted,
    };
    (groups.one, groups.several)
}

fn change(mean: impl Fn(&ScreeningYear) -> f64) -> Change {
    let average = |years: &[ScreeningYear]| years.iter().map(&mean).sum::<f64>() / years.len() as f64;
    let (years_before, years_after) = table6().split_at(YEARS_BEFORE);
    let (before, after) = (average(years_before), average(years_after));
    Change { before, after, change: after - before }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_of_table_7_follows_from_table_6() {
        let cells = table7_from_table6();
        assert_eq!(cells.len(), 15);
        for cell in &cells {
            assert!(cell.agrees(), "{cell:?}");
        }
    }

    #[test]
    fn the_differences_are_those_of_the_report() {
        let cells = table7_from_table6();
        let differences: Vec<String> = cells
            .iter()
            .filter(|cell| cell.number.to_string().contains("difference"))
            .map(|cell| format!("{:.2}", cell.computed))
            .collect();
        assert_eq!(differences, ["-0.39", "0.40", "-0.78"]);
    }

    #[test]
    fn the_text_adds_rounded_differences_and_so_differs_from_the_table() {
        let row = &table7()[0];
        assert_eq!(row.triple_difference, Some(-0.78));
        assert_eq!(row.triple_difference_in_text, Some(-0.79));
        let rounded = row.difference_in_differences - table7()[1].difference_in_differences;
        assert!(prints_as(rounded, -0.79, PERCENT_DECIMALS));
    }
}
