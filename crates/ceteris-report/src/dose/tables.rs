//! Tables 9 to 11, the doses, and the counts of significant coefficients.

use ceteris_data::published::{self, Dose, OutcomeYear, Printed, Stated, YearCount};

use super::{Adjusted, SignificantCount, Study, YearMoments};
use crate::table::{Cell, Column, Table};

/// The mark of a value that the synthetic panel was made to meet.
pub(super) const TARGET: &str = "†";
const TARGET_NOTE: &str = "† calibration target: the simulated outcomes were made to meet the published \
                           value, so agreement tests the program and says nothing about the reform.";
/// The p-value below which a coefficient is listed.
const LISTED: f64 = 0.05;

impl Study {
    /// Every table with the stem of its file name, in the order of the report.
    pub fn tables(&self) -> Vec<(String, Table)> {
        let mut tables = vec![
            ("doses".to_string(), self.doses_table()),
            ("table9".to_string(), self.table9()),
            ("table10".to_string(), self.moments_table(10, published::table10())),
            ("table10_n".to_string(), self.nobs_table(10, published::table10_nobs())),
            ("table11".to_string(), self.moments_table(11, published::table11())),
            ("table11_n".to_string(), self.nobs_table(11, published::table11_nobs())),
        ];
        tables.extend(self.estimate_tables());
        tables.push(("significant".to_string(), self.counts_table()));
        tables.push(("significant_list".to_string(), self.significant_list()));
        tables.retain(|(_, table)| table.nrows() > 0);
        tables.into_iter().map(|(stem, table)| (self.source.stem(&stem), table)).collect()
    }

    /// A titled table that says where its rows come from.
    pub(super) fn headed(&self, title: impl Into<String>) -> Table {
        let table = Table::new(title).note(self.source.headline()).missing("-");
        if self.source.is_simulated() { table.note(TARGET_NOTE) } else { table }
    }

    /// The mark of a calibration target on a cell of the simulated panel.
    pub(super) fn target(&self, cell: Cell) -> Cell {
        if self.source.is_simulated() { cell.mark(TARGET) } else { cell }
    }

    /// Means and standard deviations of the doses over the commissioners.
    fn doses_table(&self) -> Table {
        let mut table = self.headed("Doses of the reform over the commissioning groups (Figures 6 to 8)");
        table = table.column(Column::text("Dose")).column(Column::number("CCGs"));
        for statistic in ["Mean", "SD"] {
            table = table.column(Column::number("published").under(statistic));
            table = table.column(Column::number("computed").under(statistic));
        }
        table.rows(Dose::ALL.iter().filter_map(|&dose| {
            let values: Vec<(f64, f64)> =
                self.doses.iter().filter_map(|ccg| Some((ccg.of(dose)?, 1.0))).collect();
            let printed = published::dose_summary().iter().find(|row| row.dose == dose)?;
            let decimals = if dose == Dose::LocalAuthorities { 1 } else { 2 };
            let (mean, sd) = super::descriptive::weighted(&values);
            (!values.is_empty()).then(|| {
                vec![
                    Cell::text(dose.name()),
                    Cell::from(values.len()),
                    Cell::real(printed.mean, decimals),
                    self.target(Cell::real(mean, decimals)),
                    Cell::real(printed.sd, decimals),
                    sd.map_or(Cell::missing(), |sd| self.target(Cell::real(sd, decimals))),
                ]
            })
        }))
    }

    fn table9(&self) -> Table {
        let table = Table::new("Table 9. What the practice-level outcomes measure")
            .column(Column::text("Outcome"))
            .column(Column::text("Family"))
            .column(Column::text("Definition"))
            .note("As published.");
        table.rows(
            published::table9()
                .iter()
                .filter(|row| self.has(&row.outcome))
                .map(|row| [row.outcome.as_str(), row.family.as_str(), row.definition.as_str()]),
        )
    }

    /// Whether the study has this outcome.
    fn has(&self, outcome: &str) -> bool {
        self.moments.iter().any(|row| row.outcome == outcome)
    }

    fn computed(&self, cell: &OutcomeYear) -> Option<&YearMoments> {
        let mine =
            |row: &&YearMoments| row.outcome == cell.outcome && i32::from(cell.year.start()) == row.year;
        self.moments.iter().find(mine)
    }

    fn moments_table(&self, number: u8, printed: &[OutcomeYear]) -> Table {
        let level = if number == 10 { "practice" } else { "CCG" };
        let mut table =
            self.headed(format!("Table {number}. Means and standard deviations of {level}-level outcomes"));
        table = table.column(Column::text("Outcome")).column(Column::text("Year"));
        for statistic in ["Mean", "SD"] {
            for name in ["published", "computed", "difference"] {
                table = table.column(Column::number(name).under(statistic));
            }
        }
        let rows = printed.iter().filter_map(|cell| Some((cell, self.computed(cell)?)));
        table
            .rows(rows.map(|(cell, computed)| self.moments_row(cell, computed)))
            .note("Weighted by the outcome's denominator; over all rows, of which the models use a part.")
    }

    fn moments_row(&self, cell: &OutcomeYear, computed: &YearMoments) -> Vec<Cell> {
        let (mean, sd) = (cell.moments.map(|m| m.mean), cell.moments.map(|m| m.sd));
        let mut row = vec![Cell::text(cell.outcome.clone()), Cell::text(cell.year.to_string())];
        row.extend(self.compared(mean, Some(computed.mean)));
        row.extend(self.compared(sd, computed.sd));
        row
    }

    /// Published, computed and difference.
    fn compared(&self, printed: Option<Printed>, computed: Option<f64>) -> [Cell; 3] {
        let decimals = printed.map_or(3, |number| number.decimals as u8);
        let real = |value: Option<f64>, decimals| value.map_or(Cell::missing(), |v| Cell::real(v, decimals));
        let shown = real(computed, decimals);
        [
            real(printed.map(|number| number.value), decimals),
            if printed.is_some() { self.target(shown) } else { shown },
            real(printed.zip(computed).map(|(p, c)| c - p.value), decimals + 2),
        ]
    }

    /// The line of Table 10 or 11 that counts units.
    fn nobs_table(&self, number: u8, printed: &[YearCount]) -> Table {
        let cells = if number == 10 { published::table10() } else { published::table11() };
        let rows = printed.iter().filter_map(|year| {
            let same = cells.iter().filter(|cell| cell.year == year.year);
            let most = same.filter_map(|cell| self.computed(cell)).map(|row| row.nobs).max()?;
            Some([Cell::text(year.year.to_string()), Cell::from(year.count), Cell::from(most)])
        });
        let table = self
            .headed(format!("Table {number}, last line. Number of units by year"))
            .column(Column::text("Year"))
            .column(Column::number("published"))
            .column(Column::number("computed"))
            .rows(rows)
            .note("Computed: the most rows that any outcome has in the year.");
        match number {
            10 if self.source.is_simulated() => table
                .note("The simulated practices are those of the screening panel: this line is not matched."),
            _ => table,
        }
    }

    fn counts_table(&self) -> Table {
        let mut table = self.headed(format!(
            "Significant coefficients among {}: as printed, as recomputed, and allowing for their number",
            self.estimates.len()
        ));
        table = table.column(Column::text("Counted"));
        for name in ["all", "clinical share", "stability", "local authorities"] {
            table = table.column(Column::number(name));
        }
        let table = table.rows(self.stated().iter().chain(&self.significance.counts).map(|count| {
            let SignificantCount { by, total, clinical_share, practice_stability, local_authorities } = count;
            let mut row = vec![Cell::text(by.clone())];
            row.extend(
                [total, clinical_share, practice_stability, local_authorities].map(|&n| Cell::from(n)),
            );
            row
        }));
        table
            .note("Holm and Bonferroni bound the chance of one false rejection among all; Benjamini and Hochberg the expected share of false ones.")
            .note("Stars of Tables 16 to 18 begin at p < 0.1, so that one of them stands beside an interval that holds zero.")
    }

    /// What the report's text counts, for the whole study only.
    fn stated(&self) -> Option<SignificantCount> {
        let all = published::coefficients().len() == self.estimates.len();
        let stated = |item| published::stated(item) as usize;
        (all && self.estimates.iter().all(|e| e.published().is_some())).then(|| SignificantCount {
            by: "stated in the text".to_string(),
            total: stated(Stated::Significant),
            clinical_share: stated(Stated::SignificantOfClinicalShare),
            practice_stability: stated(Stated::SignificantOfStability),
            local_authorities: stated(Stated::SignificantOfLocalAuthorities),
        })
    }

    fn significant_list(&self) -> Table {
        let mut table = self.headed("Coefficients with a star or p < 0.05, and their adjusted p-values");
        table = table.column(Column::text("Outcome")).column(Column::text("Dose"));
        table = table.column(Column::text("Stars"));
        for of in ["printed", "computed"] {
            for name in ["p", "Holm", "BH"] {
                table = table.column(Column::number(name).under(of));
            }
        }
        let pairs = self.significance.p_values.iter().zip(&self.estimates);
        let rows = pairs.filter_map(|(p, estimate)| {
            let stars = estimate.published().map_or("", |row| row.stars.as_str());
            let is_listed = !stars.is_empty() || p.computed.unadjusted < LISTED;
            is_listed.then(|| list_row(p, stars))
        });
        table
            .rows(rows)
            .note("Printed p-values follow from the printed estimate and interval, with t(G - 1) for G CCGs.")
            .note("BH: Benjamini and Hochberg. Adjusted over all coefficients, not over those listed.")
    }
}

fn list_row(row: &Adjusted, stars: &str) -> Vec<Cell> {
    let mut cells = vec![Cell::text(row.outcome.clone()), Cell::text(row.dose.name()), Cell::text(stars)];
    for p in [row.printed, Some(row.computed)] {
        match p {
            Some(p) => cells.extend([p.unadjusted, p.holm, p.benjamini_hochberg].map(Cell::p_value)),
            None => cells.extend([(); 3].map(|()| Cell::missing())),
        }
    }
    cells
}
