//! The estimates as tables, published beside computed: Table 8 and what goes with it.

use ceteris_data::published::{self, Calibration, Grouping, Model, Quantity};

use super::estimate::interval;
use super::tables::{compared_columns, number};
use super::{Bracketed, Compared, Estimate, Screening};
use crate::table::{Cell, Column, Table};

impl Screening {
    pub(super) fn table8(&self) -> Table {
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
        let pairs = Model::ALL.into_iter().flat_map(|model| Grouping::ALL.map(|grouping| (model, grouping)));
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
            Cell::text(e.model.to_string()),
            Cell::text(e.grouping.to_string()),
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

    /// Both designs on the same rows, beside each other.
    pub(super) fn bracket_table(&self) -> Table {
        let title = "Two designs on the same rows: triple difference and lagged outcome, percentage points";
        let Bracketed { difference, lagged, gap, verdict } = &self.models.bracket;
        estimate_table(self.headed(title), [difference, lagged].into_iter())
            .row(vec![
                Cell::text("difference of the two"),
                Cell::real(gap.estimate, 3),
                gap.std_error.map_or_else(|_| Cell::missing(), |error| Cell::real(error, 4)),
                interval(gap).map_or_else(|_| Cell::missing(), |ends| Cell::interval(ends, 3)),
                gap.p_value().map_or_else(|_| Cell::missing(), Cell::p_value),
                Cell::integer(lagged.nobs as i64),
            ])
            .note("Not in the report: it prints no triple difference on the rows of model 3.")
            .note("Both on the years from 2013/14, by practices with the four years before; the first as changes from 2012/13. The second is model 3.")
            .note(format!("Bracket: {verdict}."))
    }

    pub(super) fn parallel_trends(&self) -> Table {
        let mut table = self.headed("Joint test of the interactions before the reform");
        for column in ["Model", "Years from"] {
            table = table.column(Column::text(column));
        }
        table = compared_columns(table.column(Column::text("Degrees of freedom")), Some("F"));
        table = compared_columns(table, Some("p"));
        for joint in &self.models.joint_tests {
            let model = joint.model;
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
            let mut row =
                vec![Cell::text(model.to_string()), Cell::text(joint.from.to_string()), Cell::text(dof)];
            row.extend(self.triple_of_cells(&f));
            row.extend(self.triple_of_cells(&p));
            table = table.row(row);
        }
        table
            .note("A large p-value does not show that trends were parallel.")
            .note("Printed slips: F(1, 7667) = 9.4 where its p-value implies 0.94; p = 0.001 where F(3, 7672) = 6.87 implies 0.00013.")
    }

    pub(super) fn placebo(&self) -> Table {
        let title = "Placebo reform in 2011/12 on the years before the real one, percentage points";
        let estimates = self.models.placebo.iter().map(|placebo| &placebo.effect);
        estimate_table(self.headed(title), estimates)
            .note("Model 1: triple difference. Model 3: lagged dependent variable with the two years before 2011/12 as lags.")
            .note("The report describes the placebo test and prints no value; nothing here was calibrated.")
    }

    pub(super) fn second_comparison(&self) -> Table {
        let title =
            "The same models with a second comparison indicator (caesarean deliveries), percentage points";
        estimate_table(self.headed(title), self.models.second_comparison.iter())
            .note("The report says that direction and significance are the same and prints no value. Nothing here was calibrated: simulated caesareans say nothing about real ones.")
    }
}

/// Estimates without a printed counterpart.
fn estimate_table<'a>(table: Table, estimates: impl Iterator<Item = &'a Estimate>) -> Table {
    let table = table
        .column(Column::text("Model"))
        .column(Column::number("Estimate"))
        .column(Column::number("Std. error"))
        .column(Column::interval("95% interval"))
        .column(Column::number("p"))
        .column(Column::number("N"));
    table.rows(estimates.map(|e| {
        vec![
            Cell::text(e.model.to_string()),
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
    for model in Model::ALL {
        for grouping in Grouping::ALL {
            if let Calibration::Unattainable(why) = Quantity::High(model, grouping).calibration() {
                table = table.note(format!("Upper end of {model}: {why}."));
            }
        }
    }
    table
}
