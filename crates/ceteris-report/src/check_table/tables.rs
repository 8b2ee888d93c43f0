//! Checked tables as tables: findings, what is implied, stars, significance.

use super::findings::{dof_words, percent};
use super::{CheckReport, CheckTable, Checked, Disagreement, Finding, Level, Range, Row, Severity};
use crate::sentence::counted;
use crate::table::{Cell, Column, Table};

/// Digits of an implied number.
const DIGITS: i32 = 4;

/// The findings that are worth a reader's time, or all.
fn is_shown(finding: &Finding) -> bool {
    finding.severity > Severity::Coherent
}

impl CheckTable {
    /// Every table with the stem of its file name: findings that are not coherent, what each row
    /// implies, the conventions of the stars, and how many coefficients are significant.
    pub fn tables(&self) -> Vec<(String, Table)> {
        let mut tables = vec![("findings", self.findings_table()), ("implied", self.implied())];
        if !self.stars.is_empty() {
            tables.push(("stars", self.stars_table()));
            tables.push(("significance", self.significance_table()));
        }
        tables.into_iter().map(|(stem, table)| (stem.to_owned(), table)).collect()
    }

    fn findings_table(&self) -> Table {
        let shown = self.findings().filter(|(_, finding)| is_shown(finding));
        let table = shown
            .fold(findings_columns("Findings"), |table, (row, finding)| table.row(finding_row(row, finding)));
        let counts = [Severity::Coherent, Severity::Suspicious, Severity::Incoherent]
            .map(|severity| format!("{} {severity}", self.count(severity)));
        table.note(format!("{}; checks: {}.", counted(self.rows.len(), "row"), counts.join(", ")))
    }

    /// What the rows with an estimate imply.
    fn implied(&self) -> Table {
        let table = Table::new("Implied by the printed numbers")
            .column(Column::text("table"))
            .column(Column::text("row"))
            .column(Column::interval("SE"))
            .column(Column::interval("|t|"))
            .column(Column::interval("p"))
            .column(Column::text("df"))
            .column(Column::text("level"))
            .missing("-");
        let informative = self.rows.iter().filter(|row| row.implied.std_error.is_some());
        table
            .rows(informative.map(implied_row))
            .note("Each interval holds every value that agrees with the rounding of all numbers.")
            .note("Where they are not stated, df is 30 or more and the level 95 %.")
    }

    fn stars_table(&self) -> Table {
        let table = Table::new("Convention of the stars")
            .column(Column::text("table"))
            .column(Column::number("rows"))
            .column(Column::text("fits best"))
            .column(Column::number("misfits"));
        table.rows(self.stars.iter().map(|table| {
            let conventions: Vec<String> = table.conventions.iter().map(ToString::to_string).collect();
            let conventions = conventions.join(", or ");
            [named(&table.table), table.rows.into(), Cell::text(conventions), table.misfits.into()]
        }))
    }

    fn significance_table(&self) -> Table {
        let found = &self.significance;
        let table = Table::new(format!("Significant at {}, where the criteria differ", percent(found.size)))
            .column(Column::text("table"))
            .column(Column::text("row"))
            .column(Column::text("stars"))
            .column(Column::text("by stars"))
            .column(Column::text("by interval"))
            .column(Column::text("by b and SE"))
            .column(Column::interval("p"))
            .missing("-");
        table.rows(found.disagreements.iter().map(disagreement_row)).note(format!(
            "Of {} coefficients: {} with any star, {} with stars that claim it by their table's convention, {} \
             whose interval excludes zero, {} by b and the implied SE.",
            found.coefficients, found.starred, found.by_stars, found.by_interval, found.by_std_error
        ))
    }
}

impl CheckReport {
    /// Every table with the stem of its file name.
    pub fn tables(&self) -> Vec<(String, Table)> {
        let all = [("screening", &self.screening), ("dose", &self.dose)];
        let mut tables: Vec<(String, Table)> = Vec::new();
        for (stem, checked) in all {
            tables
                .extend(checked.tables().into_iter().map(|(name, table)| (format!("{stem}_{name}"), table)));
        }
        let text = Row::new("number of significant coefficients");
        let row = finding_row(&Row { table: "text".to_owned(), ..text }, &self.stated);
        tables.push(("stated".to_owned(), findings_columns("Statements of the text").row(row)));
        tables
    }
}

fn findings_columns(title: &str) -> Table {
    ["table", "row", "check", "severity", "what is found"]
        .into_iter()
        .fold(Table::new(title), |table, name| table.column(Column::text(name)))
}

fn finding_row(row: &Row, finding: &Finding) -> [Cell; 5] {
    [
        named(&row.table),
        named(&row.name),
        Cell::text(finding.check.to_string()),
        Cell::text(finding.severity.to_string()),
        Cell::text(finding.text()),
    ]
}

fn implied_row(row: &Checked) -> Vec<Cell> {
    let implied = &row.implied;
    let levels: Vec<String> = implied.levels.iter().map(level).collect();
    vec![
        named(&row.printed.table),
        named(&row.printed.name),
        interval(implied.std_error),
        interval(implied.statistic),
        interval(implied.p_value),
        implied.dof.map(dof_words).into(),
        (!levels.is_empty()).then(|| levels.join("; ")).into(),
    ]
}

fn level(level: &Level) -> String {
    format!("{} with {}", percent(level.level), dof_words(level.dof))
}

fn disagreement_row(row: &Disagreement) -> Vec<Cell> {
    let words = |answer: Option<bool>| Cell::from(answer.map(|yes| if yes { "yes" } else { "no" }));
    vec![
        named(&row.table),
        named(&row.name),
        Cell::text("*".repeat(row.stars)),
        words(row.by_stars),
        words(row.by_interval),
        words(row.by_std_error),
        interval(row.p_value),
    ]
}

/// A name, or nothing.
fn named(name: &str) -> Cell {
    (!name.is_empty()).then_some(name).into()
}

/// An interval with the digits of its high end; without one, its low end decides.
fn interval(range: Option<Range>) -> Cell {
    let Some(range) = range.filter(|range| range.low <= range.high) else {
        return Cell::missing();
    };
    let size = if range.high.is_finite() { range.high } else { range.low };
    Cell::interval((range.low, range.high), decimals(size))
}

/// The most decimals shown: below that a number is better read from the JSON.
const MOST_DECIMALS: i32 = 12;

fn decimals(size: f64) -> u8 {
    if size == 0.0 || !size.is_finite() {
        return 0;
    }
    let exponent = size.abs().log10().floor().clamp(-300.0, 300.0) as i32;
    u8::try_from((DIGITS - 1 - exponent).clamp(0, MOST_DECIMALS)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_the_larger_end_are_shown() {
        for (size, expected) in
            [(0.1612, 4), (2.5, 3), (12_345.0, 0), (0.0, 0), (f64::INFINITY, 0), (1e-200, 12)]
        {
            assert_eq!(decimals(size), expected, "{size}");
        }
    }

    #[test]
    fn a_table_without_findings_still_renders() {
        let checked = CheckTable::of(&[Row::new("nothing")], None);
        for (_, table) in checked.tables() {
            assert!(table.text().is_ok() && table.csv().is_ok());
        }
        assert_eq!(checked.worst(), None);
    }
}
