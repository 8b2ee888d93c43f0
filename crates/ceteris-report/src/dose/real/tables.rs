//! The tables of the study on public files.

use std::collections::BTreeSet;

use ceteris_data::published;

use super::super::PValues;
use super::models::DOSES;
use super::{Over, RealEstimate, RealStudy};
use crate::table::{Cell, Column, Table};

/// Decimals of a coefficient, in percentage points.
const DECIMALS: u8 = 3;
/// The level at which coefficients are counted.
const LEVEL: f64 = 0.05;

/// One of the p-values of a coefficient.
type PValueOf = fn(&PValues) -> f64;

impl RealStudy {
    /// Every table with the stem of its file name.
    pub fn tables(&self) -> Vec<(String, Table)> {
        vec![
            ("real_doses".to_string(), self.dose_table()),
            ("real_qof".to_string(), self.estimate_table()),
            ("real_significant".to_string(), self.count_table()),
            ("real_sources".to_string(), self.source_table()),
        ]
    }

    /// How many coefficients of all doses are below 0.05 by one of their p-values.
    fn significant(&self, by: PValueOf) -> usize {
        self.estimates.iter().filter(|estimate| by(&estimate.p_values) < LEVEL).count()
    }

    fn dose_table(&self) -> Table {
        let mut table = Table::new("REAL: doses of the reform in April 2013, from public files")
            .missing("-")
            .column(Column::text("Dose"))
            .column(Column::text("Over"))
            .column(Column::number("Count"));
        for statistic in ["Mean", "SD"] {
            table = table.column(Column::number("published").under(statistic));
            table = table.column(Column::number("computed").under(statistic));
        }
        let rows = self.doses.iter().map(|row| {
            let printed = published::dose_summary().iter().find(|printed| printed.dose == row.dose);
            let printed = printed.filter(|_| row.over != Over::Groups);
            let cell = |value: Option<f64>| value.map_or(Cell::missing(), |value| Cell::real(value, 2));
            [
                Cell::text(row.dose.name()),
                Cell::text(row.over.to_string()),
                Cell::from(row.count),
                cell(printed.map(|printed| printed.mean)),
                Cell::real(row.mean, 2),
                cell(printed.map(|printed| printed.sd)),
                Cell::real(row.sd, 2),
            ]
        });
        table.rows(rows).note(
            "The clinical share of the governing body cannot be had: the evaluation's authors counted it \
             from web pages, and no public file has it.",
        )
    }

    fn estimate_table(&self) -> Table {
        let title = "REAL: QOF rates of 2016/17 to 2018/19 by dose, our own analysis of public data, not the \
                     report's";
        let table = Table::new(title)
            .column(Column::text("Indicator"))
            .column(Column::text("Dose"))
            .column(Column::number("Estimate"))
            .column(Column::interval("95% interval"))
            .column(Column::number("p"))
            .column(Column::number("p, Holm"))
            .column(Column::number("p, B-H"))
            .column(Column::number("N"))
            .column(Column::number("CCGs"));
        self.noted(table.rows(self.estimates.iter().map(row)))
    }

    fn noted(&self, table: Table) -> Table {
        table
            .note("Percentage points of an indicator's rate for one local authority more, and for a stability of 1 in place of 0.")
            .note("Lagged-outcome models: given both doses, the rates of 2015/16 and 2014/15, and years; rates have exceptions in the denominator.")
            .note("Weighted by that denominator; intervals clustered by CCG, every parameter charged.")
            .note("The earlier rates are themselves from after April 2013: what a coefficient shows is not an effect of the reform.")
            .note(format!("Holm, and B-H (Benjamini and Hochberg): p allowing for all {} coefficients.", self.estimates.len()))
            .note(format!("CCGs without a dose, formed by later mergers, left out: {}.", listed(&self.without_dose)))
            .note(format!("CCGs with doses that merged before the last year, used in the years before that: {}.", listed(&self.merged)))
            .note(format!("Indicators not in every year of the file, left out: {}.", listed(&self.incomplete_indicators)))
    }

    fn count_table(&self) -> Table {
        let all = self.estimates.len();
        let title = format!("REAL: coefficients below 0.05 among {all}, our own analysis, not the report's");
        let mut table = Table::new(title).column(Column::text("p-value")).column(Column::number("All"));
        for (dose, _) in DOSES {
            table = table.column(Column::number(dose.name()));
        }
        let kinds: [(&str, PValueOf); 4] = [
            ("as it is", |p| p.unadjusted),
            ("Bonferroni", |p| p.bonferroni),
            ("Holm", |p| p.holm),
            ("Benjamini and Hochberg", |p| p.benjamini_hochberg),
        ];
        let rows = kinds.map(|(name, by)| {
            let of =
                |dose| self.estimates.iter().filter(|e| e.dose == dose && by(&e.p_values) < LEVEL).count();
            let mut cells = vec![Cell::text(name), Cell::from(self.significant(by))];
            cells.extend(DOSES.map(|(dose, _)| Cell::from(of(dose))));
            cells
        });
        table.rows(rows).note(format!(
            "Of {all} true nulls, {:.1} would be below 0.05 by chance, on average.",
            LEVEL * all as f64
        ))
    }

    fn source_table(&self) -> Table {
        let table = Table::new("REAL: the sources")
            .missing("-")
            .column(Column::text("Card"))
            .column(Column::text("Title"))
            .column(Column::text("Publisher"))
            .column(Column::text("Licence"))
            .column(Column::text("File"));
        let rows = self.files.cards().into_iter().map(|(card, path)| {
            let file = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
            [card.name, card.title, card.publisher, card.licence, &file].map(Cell::text)
        });
        table.rows(rows).note("`ceteris data describe CARD` prints all that is known about a source.")
    }
}

/// A coefficient.
fn row(estimate: &RealEstimate) -> [Cell; 9] {
    [
        Cell::text(estimate.indicator.clone()),
        Cell::text(estimate.dose.name()),
        Cell::real(estimate.estimate, DECIMALS),
        Cell::interval((estimate.clustered.low, estimate.clustered.high), DECIMALS),
        Cell::p_value(estimate.p_values.unadjusted),
        Cell::p_value(estimate.p_values.holm),
        Cell::p_value(estimate.p_values.benjamini_hochberg),
        Cell::from(estimate.nobs),
        Cell::from(estimate.nclusters),
    ]
}

fn listed(codes: &BTreeSet<String>) -> String {
    if codes.is_empty() {
        return "none".to_string();
    }
    codes.iter().map(String::as_str).collect::<Vec<_>>().join(", ")
}
