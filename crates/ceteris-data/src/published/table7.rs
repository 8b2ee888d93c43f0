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

use super::screening::{Change, ScreeningYear, Table7Row};
use super::screening_tables::{table6, table7};
use super::{PERCENT_DECIMALS, prints_as};

/// Years of Table 6 before the reform.
const YEARS_BEFORE: usize = 4;

/// A number of Table 7, printed and computed.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// `screening`, `unassisted`, or both for the triple difference.
    pub indicator: String,
    /// Which number of the row, `change, several` say.
    pub quantity: &'static str,
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
/// let cells = ceteris_data::published::table7_from_table6();
/// let triple = cells.iter().find(|cell| cell.quantity == "triple difference").expect("printed");
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
        for (quantity, printed, computed) in [
            ("before, one", row.one.before, one.before),
            ("after, one", row.one.after, one.after),
            ("change, one", row.one.change, one.change),
            ("before, several", row.several.before, several.before),
            ("after, several", row.several.after, several.after),
            ("change, several", row.several.change, several.change),
            ("difference in differences", row.difference_in_differences, difference),
        ] {
            cells.push(Cell { indicator: row.indicator.clone(), quantity, printed, computed });
        }
    }
    if let (Some(printed), [screening, unassisted]) = (table7()[0].triple_difference, differences.as_slice())
    {
        let indicator = "screening less unassisted".to_string();
        let computed = screening - unassisted;
        cells.push(Cell { indicator, quantity: "triple difference", printed, computed });
    }
    cells
}

/// Means of one year for the indicator of this row: one local authority, several.
fn means(year: &ScreeningYear, row: &Table7Row) -> (f64, f64) {
    let groups = if row.indicator == "screening" { year.screening } else { year.unassisted };
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
            .filter(|cell| cell.quantity.contains("difference"))
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
