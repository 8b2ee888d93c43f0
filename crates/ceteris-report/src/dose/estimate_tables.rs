//! Tables 12 to 18: coefficients, published beside computed.

use ceteris_data::published::{self, Printed, Quantity};

use super::{Estimate, Study, Uncertainty};
use crate::table::{Cell, Column, Table};

/// Decimals of a coefficient that the report does not print.
const DECIMALS: u8 = 3;
/// The table whose intervals no simulated panel meets.
const EXCHANGED: u8 = 16;

const TITLES: [(u8, &str); 7] = [
    (12, "GP Patient Survey"),
    (13, "Hospital activity"),
    (14, "Quality and Outcomes Framework"),
    (15, "Prescribing"),
    (16, "Flu vaccine uptake"),
    (17, "Mortality and potential years of life lost"),
    (18, "Emergency admissions"),
];

/// The first table of outcomes of CCGs.
const FIRST_CCG_TABLE: u8 = 16;

impl Study {
    /// Tables 12 to 18, Table 16 once more with its doses exchanged, and what the report has no table for.
    pub(super) fn estimate_tables(&self) -> Vec<(String, Table)> {
        let mut tables = Vec::new();
        for (number, title) in TITLES {
            let title = format!("Table {number}. {title}: effects of the doses");
            tables.push((format!("table{number}"), self.table_of(number, &title, &self.estimates)));
            if number == EXCHANGED {
                tables.push(("table16_exchanged".to_string(), self.exchanged_table()));
            }
        }
        let others: Vec<&Estimate> = self.estimates.iter().filter(|e| e.published().is_none()).collect();
        let table = self.estimate_columns(self.headed("Effects of the doses"), true);
        tables.push(("coefficients".to_string(), table.rows(others.iter().map(|e| self.row(e, None, true)))));
        tables
    }

    fn table_of(&self, number: u8, title: &str, estimates: &[Estimate]) -> Table {
        let of_ccgs = number >= FIRST_CCG_TABLE;
        let table = self.estimate_columns(self.headed(title), of_ccgs);
        let printed = published::coefficients().iter().filter(|row| row.table == number);
        let rows = printed.filter_map(|printed| {
            let mine = |e: &&Estimate| e.outcome == printed.outcome && e.dose == printed.dose;
            let estimate = estimates.iter().find(mine)?;
            Some(self.row(estimate, Some(printed), of_ccgs))
        });
        noted(table.rows(rows), number, self.source.is_simulated())
    }

    /// Table 16 with each printed row beside the other dose of its outcome.
    fn exchanged_table(&self) -> Table {
        let title = "Table 16 with its two doses exchanged: flu vaccine uptake";
        let table = self.estimate_columns(self.headed(title), true);
        let rows = self.exchanged.iter().filter_map(|estimate| {
            let mut printed = published::coefficients().iter();
            let other = printed.find(|row| row.outcome == estimate.outcome && row.dose != estimate.dose)?;
            Some(self.row(estimate, Some(other), true))
        });
        table
            .rows(rows)
            .note("Printed rows of the clinical share stand here beside practice stability, and the other way round.")
            .note("With them exchanged the simulation meets all six intervals; as printed it meets none: the table's two blocks may have been swapped.")
    }

    fn estimate_columns(&self, table: Table, of_ccgs: bool) -> Table {
        let table = table
            .column(Column::text("Outcome"))
            .column(Column::text("Dose"))
            .column(Column::number("Estimate").under("published"))
            .column(Column::interval("95% interval").under("published"))
            .column(Column::number("N").under("published"))
            .column(Column::number("Estimate").under("computed"))
            .column(Column::interval("95% interval").under("computed"))
            .column(Column::number("p").under("computed"))
            .column(Column::number("N").under("computed"));
        let table =
            if of_ccgs { table.column(Column::interval("95%, plain").under("computed")) } else { table };
        table.column(Column::number("Difference"))
    }

    fn row(&self, estimate: &Estimate, printed: Option<&published::Coefficient>, of_ccgs: bool) -> Vec<Cell> {
        let decimals = |of: fn(&published::Coefficient) -> Printed| {
            printed.map_or(DECIMALS, |row| of(row).decimals as u8)
        };
        let (digits, ends) =
            (decimals(|row| row.estimate), decimals(|row| row.low).max(decimals(|row| row.high)));
        let interval = |of: Uncertainty| Cell::interval((of.low, of.high), ends);
        let clustered = interval(estimate.clustered);
        let meets_interval = printed.is_some_and(|row| {
            let is_exchanged = row.dose != estimate.dose;
            is_exchanged || Quantity::DoseInterval { table: row.table }.is_calibrated()
        });
        let mut cells = vec![Cell::text(estimate.outcome.clone()), Cell::text(estimate.dose.name())];
        cells.extend(printed_cells(printed, ends));
        cells.extend([
            self.target(Cell::real(estimate.estimate, digits)),
            if meets_interval { self.target(clustered) } else { clustered },
            Cell::p_value(estimate.clustered.p_value),
            self.target(Cell::from(estimate.nobs)),
        ]);
        if of_ccgs {
            cells.push(estimate.plain.map_or(Cell::missing(), interval));
        }
        let gap = printed.map(|row| estimate.estimate - row.estimate.value);
        cells.push(gap.map_or(Cell::missing(), |gap| Cell::real(gap, digits + 2)));
        cells
    }
}

/// Estimate with its stars, interval and N.
fn printed_cells(printed: Option<&published::Coefficient>, ends: u8) -> [Cell; 3] {
    let Some(row) = printed else {
        return [Cell::missing(), Cell::missing(), Cell::missing()];
    };
    let estimate = Cell::real(row.estimate.value, row.estimate.decimals as u8);
    [
        if row.stars.is_empty() { estimate } else { estimate.mark(row.stars.clone()) },
        Cell::interval((row.low.value, row.high.value), ends),
        Cell::from(row.nobs),
    ]
}

/// What a reader of the table must know.
fn noted(table: Table, number: u8, is_simulated: bool) -> Table {
    let table = table.note("Lagged-dependent-variable models: given the outcomes of the three years before the reform; weighted by denominator.");
    let stars = if number < FIRST_CCG_TABLE { "0.05, 0.01 and 0.001" } else { "0.1, 0.05 and 0.01" };
    let table = table.note(format!("Stars as printed: p below {stars}, judged by the printed intervals."));
    if number < FIRST_CCG_TABLE {
        return table.note("Intervals clustered by CCG.");
    }
    let table = table.note("Intervals clustered by CCG, and with plain errors: the report says \"clustered\" of practice-level models only.");
    match (number, is_simulated) {
        (EXCHANGED, true) => table.note("The printed intervals cannot be met with the doses in their printed rows; with the two exchanged they can."),
        (_, true) => table.note("The simulated outcomes meet the printed intervals with clustered errors; their plain intervals are narrower."),
        _ => table,
    }
}
