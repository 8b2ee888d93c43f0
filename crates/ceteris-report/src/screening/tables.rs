//! The study as tables, published beside computed.

use ceteris_data::published::{self, Calibration, Grouping, Model, Quantity};

use super::models::{GROUPINGS, MODELS, model_name};
use super::{Compared, Estimate, GroupMeans, Screening, YearMeans};
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
    fn computed(&self, compared: &Compared) -> Cell {
        let cell = number(compared.computed, compared.decimals);
        if compared.calibration_target && self.source.is_simulated() { cell.mark(TARGET) } else { cell }
    }

    /// Published, computed and difference.
    fn triple_of_cells(&self, compared: &Compared) -> [Cell; 3] {
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
        let printed = published::table6().iter().find(|printed| printed.year == year.year);
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
        let same_years = printed.from == first.year && printed.to == last.year;
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
            let computed = self.table7_value(&cell.indicator, cell.quantity);
            let compared = Compared::new(cell.quantity, cell.printed, computed, 2, Quantity::Table7);
            let mut row = vec![Cell::text(cell.indicator.clone()), Cell::text(cell.quantity)];
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

    /// The computed number that stands in a cell of Table 7.
    fn table7_value(&self, indicator: &str, quantity: &str) -> Option<f64> {
        let row = if indicator == "screening" { &self.table7.affected } else { &self.table7.unaffected };
        Some(match quantity {
            "before, one" => row.before.one,
            "after, one" => row.after.one,
            "change, one" => row.after.one - row.before.one,
            "before, several" => row.before.several,
            "after, several" => row.after.several,
            "change, several" => row.after.several - row.before.several,
            "difference in differences" => row.difference_in_differences,
            "triple difference" => self.table7.triple_difference,
            _ => return None,
        })
    }

    fn table8(&self) -> Table {
        let mut table = self.headed("Table 8. Triple-difference estimates, percentage points");
        for column in ["Model", "Grouping"] {
            table = table.column(Column::text(column));
        }
        table = table
            .column(Column::number("Estimate").under("published"))
            .column(Column::interval("95% interval").under("published"))
            .column(Column::number("N").under("published"))
            .column(Column::number("Estimate").under("computed"))
            .column(Column::number("Low").under("computed"))
            .column(Column::number("High").under("computed"))
            .column(Column::number("N").under("computed"))
            .column(Column::number("Std. error").under("computed"))
            .column(Column::number("Difference"));
        let pairs = MODELS.iter().flat_map(|&model| GROUPINGS.iter().map(move |&grouping| (model, grouping)));
        let rows = pairs
            .zip(&self.models.table8)
            .map(|((model, grouping), e)| self.estimate_row(model, grouping, e));
        let table = table
            .rows(rows)
            .note("Weighted by denominator, clustered by practice, with the correction of Stata's areg.")
            .note("Main: one local authority against more; sensitivity: one or two against more than two.")
            .note("Model 1: all years; model 2: from 2011/12; model 3: lagged dependent variable, years after the reform.");
        unattainable_notes(table)
    }

    fn estimate_row(&self, model: Model, grouping: Grouping, e: &Estimate) -> Vec<Cell> {
        let printed = published::table8().iter().find(|row| row.model == model && row.grouping == grouping);
        let value = |of: fn(&published::ModelEstimate) -> f64| printed.map(of);
        let cell = |printed, computed, decimals, quantity| {
            self.computed(&Compared::new("", printed, computed, decimals, quantity))
        };
        let estimate = value(|row| row.estimate);
        let interval =
            printed.map_or(Cell::missing(), |row| Cell::interval((row.interval.low, row.interval.high), 3));
        vec![
            Cell::text(e.model),
            Cell::text(e.grouping),
            number(estimate, 3),
            interval,
            number(value(|row| f64::from(row.nobs)), 0),
            cell(estimate, e.estimate, 3, Quantity::Estimate(model, grouping)),
            cell(value(|row| row.interval.low), e.low, 3, Quantity::Low(model, grouping)),
            cell(value(|row| row.interval.high), e.high, 3, Quantity::High(model, grouping)),
            cell(value(|row| f64::from(row.nobs)), e.nobs as f64, 0, Quantity::Nobs(model, grouping)),
            Cell::real(e.std_error, 4),
            number(estimate.map(|printed| e.estimate - printed), 5),
        ]
    }

    fn parallel_trends(&self) -> Table {
        let mut table = self.headed("Joint test of the interactions before the reform");
        for column in ["Model", "Years from"] {
            table = table.column(Column::text(column));
        }
        table = compared_columns(table.column(Column::text("Degrees of freedom")), Some("F"));
        table = compared_columns(table, Some("p"));
        for joint in &self.models.joint_tests {
            let model =
                if joint.model == model_name(Model::AllYears) { Model::AllYears } else { Model::From2011 };
            let printed = published::table8().iter().find(|row| row.model == model && row.is_main());
            let printed = printed.and_then(|row| row.joint);
            let f =
                Compared::new("F", printed.map(|t| t.f), joint.test.statistic, 2, Quantity::JointF(model));
            let p = Compared::new(
                "p",
                printed.map(|t| t.p_value),
                joint.test.p_value,
                5,
                Quantity::JointP(model),
            );
            let dof = joint
                .test
                .dof_residual
                .map_or(String::new(), |residual| format!("{}, {residual}", joint.test.dof));
            let mut row = vec![Cell::text(joint.model), Cell::text(joint.from.to_string()), Cell::text(dof)];
            row.extend(self.triple_of_cells(&f));
            row.extend(self.triple_of_cells(&p));
            table = table.row(row);
        }
        table
            .note("A large p-value does not show that trends were parallel.")
            .note("Printed slips: F(1, 7667) = 9.4 where its p-value implies 0.94; p = 0.001 where F(3, 7672) = 6.87 implies 0.00013.")
    }

    fn placebo(&self) -> Table {
        let title = "Placebo reform in 2011/12 on the years before the real one, percentage points";
        let estimates = self.models.placebo.iter().map(|placebo| &placebo.effect);
        estimate_table(self.headed(title), estimates)
            .note("Model 1: triple difference. Model 3: lagged dependent variable with the two years before 2011/12 as lags.")
            .note("The report describes the placebo test and prints no value; nothing here was calibrated.")
    }

    fn second_comparison(&self) -> Table {
        let title =
            "The same models with a second comparison indicator (caesarean deliveries), percentage points";
        estimate_table(self.headed(title), self.models.second_comparison.iter())
            .note("The report says that direction and significance are the same and prints no value. Nothing here was calibrated: simulated caesareans say nothing about real ones.")
    }
}

/// Published, computed, difference.
fn compared_columns(table: Table, group: Option<&str>) -> Table {
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

fn number(value: Option<f64>, decimals: u8) -> Cell {
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

/// Estimates without a printed counterpart.
pub(super) fn estimate_table<'a>(table: Table, estimates: impl Iterator<Item = &'a Estimate>) -> Table {
    let table = table
        .column(Column::text("Model"))
        .column(Column::number("Estimate"))
        .column(Column::number("Std. error"))
        .column(Column::interval("95% interval"))
        .column(Column::number("p"))
        .column(Column::number("N"));
    table.rows(estimates.map(|e| {
        vec![
            Cell::text(e.model),
            Cell::real(e.estimate, 3),
            Cell::real(e.std_error, 4),
            Cell::interval((e.low, e.high), 3),
            Cell::p_value(e.p_value),
            Cell::integer(e.nobs as i64),
        ]
    }))
}

/// A note for each printed value that no panel can meet.
fn unattainable_notes(mut table: Table) -> Table {
    for &model in &MODELS {
        for &grouping in &GROUPINGS {
            if let Calibration::Unattainable(why) = Quantity::High(model, grouping).calibration() {
                table = table.note(format!("Upper end of {}: {why}.", model_name(model)));
            }
        }
    }
    table
}
