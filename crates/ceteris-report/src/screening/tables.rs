//! The study as tables, published beside computed: Tables 5 to 7.

use ceteris_data::published::{self, Quantity};

use super::{Compared, GroupMeans, Screening, YearMeans};
use crate::table::{Cell, Column, Table};

/// The mark of a value that the synthetic panel was made to meet.
const TARGET: &str = "†";
/// The groups of Table 6, short enough for nine columns.
const GROUPS: [&str; 3] = ["one LA", "several LAs", "all"];
const TARGET_NOTE: &str = "† calibration target: the synthetic panel was made to meet the published value.";

impl Screening {
    /// Every table with the stem of its file name, in the order of the report.
    pub fn tables(&self) -> Vec<(String, Table)> {
        let mut tables = vec![
            ("table5", self.table5()),
            ("table6", self.table6()),
            ("table6_relative_change", self.relative_change()),
            ("table7", self.table7()),
            ("table8", self.table8()),
            ("bracket", self.bracket_table()),
            ("parallel_trends", self.parallel_trends()),
            ("placebo", self.placebo()),
        ];
        if !self.models.second_comparison.is_empty() {
            tables.push(("second_comparison", self.second_comparison()));
        }
        tables.into_iter().map(|(name, table)| (self.source.stem(name), table)).collect()
    }

    /// A titled table that says where its rows come from.
    pub(super) fn headed(&self, title: &str) -> Table {
        let table = Table::new(title).note(self.source.headline()).missing("-");
        if self.source.is_simulated() { table.note(TARGET_NOTE) } else { table }
    }

    /// A computed cell, with the mark where it is a calibration target of the synthetic panel.
    pub(super) fn computed(&self, compared: &Compared) -> Cell {
        let cell = number(compared.computed, compared.decimals);
        if compared.calibration_target && self.source.is_simulated() { cell.mark(TARGET) } else { cell }
    }

    /// Published, computed and difference.
    pub(super) fn triple_of_cells(&self, compared: &Compared) -> [Cell; 3] {
        let decimals = compared.decimals;
        let published = number(compared.published, decimals);
        [published, self.computed(compared), number(compared.difference(), decimals + 2)]
    }

    fn table5(&self) -> Table {
        let table = self.headed("Table 5. Commissioning groups and the women they serve");
        let table = table.column(Column::text("Characteristic, local authorities"));
        let rows = self.table5.iter().map(|row| with_name(&row.name, self.triple_of_cells(row)));
        compared_columns(table, None).rows(rows)
    }

    fn table6(&self) -> Table {
        let table =
            self.headed("Table 6. Practices and weighted means by year and number of local authorities");
        let mut table = table.column(Column::text("Year")).column(Column::text("Measure"));
        for group in GROUPS {
            table = compared_columns(table, Some(group));
        }
        table.rows(self.table6.iter().flat_map(|year| self.year_rows(year)))
    }

    /// Practices, screening and comparison of one year.
    fn year_rows(&self, year: &YearMeans) -> Vec<Vec<Cell>> {
        let printed =
            published::table6().iter().find(|printed| f64::from(printed.year.start()) == year.start);
        let practices = printed.map(|row| row.practices);
        let practices = practices.map(|n| (f64::from(n.one), f64::from(n.several), f64::from(n.all)));
        let rates = |groups: Option<published::Groups<f64>>| groups.map(|g| (g.one, g.several, g.all));
        [
            ("practices", practices, year.practices, 0),
            ("screening, %", rates(printed.map(|row| row.screening)), year.affected, 2),
            ("comparison, %", rates(printed.map(|row| row.unassisted)), year.unaffected, 2),
        ]
        .into_iter()
        .map(|(measure, printed, computed, decimals)| {
            let mut cells = vec![Cell::text(year.year.clone()), Cell::text(measure)];
            for (printed, computed) in groups_of(printed, computed) {
                let compared = Compared::new(measure, printed, computed, decimals, Quantity::Table6);
                cells.extend(self.triple_of_cells(&compared));
            }
            cells
        })
        .collect()
    }

    fn relative_change(&self) -> Table {
        let table =
            self.headed("Table 6, last line. Relative change from the first to the last year, percent");
        let mut table = table.column(Column::text("Measure"));
        for group in GROUPS {
            table = compared_columns(table, Some(group));
        }
        let (Some(first), Some(last)) = (self.table6.first(), self.table6.last()) else {
            return table;
        };
        let printed = published::relative_change();
        let is = |printed: &published::Year, year: &YearMeans| f64::from(printed.start()) == year.start;
        let same_years = is(&printed.from, first) && is(&printed.to, last);
        let of =
            |groups: published::Groups<f64>| same_years.then_some((groups.one, groups.several, groups.all));
        let rows = [
            ("screening", of(printed.screening), relative(first.affected, last.affected)),
            ("comparison", of(printed.unassisted), relative(first.unaffected, last.unaffected)),
        ];
        table
            .rows(rows.into_iter().map(|(measure, printed, computed)| {
                let mut cells = vec![Cell::text(measure)];
                for (printed, computed) in groups_of(printed, computed) {
                    let compared = Compared::new(measure, printed, computed, 2, Quantity::Table6).derived();
                    cells.extend(self.triple_of_cells(&compared));
                }
                cells
            }))
            .note("Follows from the cells of Table 6; the printed line was computed before their rounding.")
    }

    fn table7(&self) -> Table {
        let table = self.headed("Table 7. Means before and after the reform, and their differences");
        let table = table.column(Column::text("Indicator")).column(Column::text("Quantity"));
        let table = compared_columns(table, None).column(Column::number("From printed Table 6"));
        let cells = published::table7_from_table6();
        let rows = cells.iter().map(|cell| {
            let (name, computed) = (cell.number.to_string(), self.table7.value(cell.number));
            let compared = Compared::new(name.clone(), cell.printed, computed, 2, Quantity::Table7);
            let mut row = vec![Cell::text(cell.number.row()), Cell::text(name)];
            row.extend(self.triple_of_cells(&compared));
            row.push(Cell::real(cell.computed, 2));
            row
        });
        table
            .rows(rows)
            .note(
                "Last column: the printed Table 6 alone, which gives every printed cell of Table 7 exactly.",
            )
            .note("The report's text says 0.79 for the triple difference: it adds rounded differences.")
    }
}

/// Published, computed, difference.
pub(super) fn compared_columns(table: Table, group: Option<&str>) -> Table {
    let column = |name: &str| match group {
        Some(group) => Column::number(name).under(group),
        None => Column::number(name),
    };
    table.column(column("published")).column(column("computed")).column(column("difference"))
}

fn with_name(name: &str, cells: [Cell; 3]) -> Vec<Cell> {
    let mut row = vec![Cell::text(name)];
    row.extend(cells);
    row
}

pub(super) fn number(value: Option<f64>, decimals: u8) -> Cell {
    value.map_or(Cell::missing(), |value| Cell::real(value, decimals))
}

/// The three groups of a measure: printed where it is, and computed.
fn groups_of(printed: Option<(f64, f64, f64)>, computed: GroupMeans) -> [(Option<f64>, f64); 3] {
    [
        (printed.map(|p| p.0), computed.one),
        (printed.map(|p| p.1), computed.several),
        (printed.map(|p| p.2), computed.all),
    ]
}

fn relative(first: GroupMeans, last: GroupMeans) -> GroupMeans {
    let change = |a: f64, b: f64| 100.0 * (b - a) / a;
    GroupMeans {
        one: change(first.one, last.one),
        several: change(first.several, last.several),
        all: change(first.all, last.all),
    }
}
