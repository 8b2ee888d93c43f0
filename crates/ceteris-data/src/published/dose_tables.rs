//! Tables 9 to 18, read from the CSV files beside this one.

use std::sync::LazyLock;

use serde::Deserialize;

use super::committed::rows;
use super::dose::{
    Coefficient, Definition, DoseSummary, Moments, OutcomeYear, Stated, StatedCount, YearCount,
};
use super::printed::Printed;
use super::year::Year;

/// Table 9: the practice-level outcomes, in its order.
///
/// # Example
/// ```
/// let first = &ceteris_data::published::table9()[0];
/// assert_eq!((first.outcome.as_str(), first.family.as_str()), ("acsc", "Hospital activity"));
/// ```
pub fn table9() -> &'static [Definition] {
    static TABLE: LazyLock<Vec<Definition>> = LazyLock::new(|| rows(include_str!("table9.csv")));
    &TABLE
}

/// Table 10: practice-level outcomes by financial year.
///
/// # Example
/// ```
/// let first = &ceteris_data::published::table10()[0];
/// let moments = first.moments.expect("printed");
/// assert_eq!((first.outcome.as_str(), moments.mean.value), ("acsc", 107.899));
/// ```
pub fn table10() -> &'static [OutcomeYear] {
    static TABLE: LazyLock<Vec<OutcomeYear>> = LazyLock::new(|| moments(include_str!("table10.csv")));
    &TABLE
}

/// The line of Table 10 that counts practices by year.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::published::table10_nobs()[0].count, 5943);
/// ```
pub fn table10_nobs() -> &'static [YearCount] {
    static TABLE: LazyLock<Vec<YearCount>> = LazyLock::new(|| rows(include_str!("table10_n.csv")));
    &TABLE
}

/// Table 11: CCG-level outcomes by calendar year.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::published::table11().len(), 96);
/// ```
pub fn table11() -> &'static [OutcomeYear] {
    static TABLE: LazyLock<Vec<OutcomeYear>> = LazyLock::new(|| moments(include_str!("table11.csv")));
    &TABLE
}

/// The line of Table 11 that counts CCGs by year.
///
/// # Example
/// ```
/// assert!(ceteris_data::published::table11_nobs().iter().all(|year| year.count == 208));
/// ```
pub fn table11_nobs() -> &'static [YearCount] {
    static TABLE: LazyLock<Vec<YearCount>> = LazyLock::new(|| rows(include_str!("table11_n.csv")));
    &TABLE
}

/// Tables 12 to 18: the 89 dose coefficients of 40 outcomes.
///
/// # Example
/// ```
/// use ceteris_data::published::{Dose, coefficients};
/// let first = &coefficients()[0];
/// assert_eq!((first.table, first.dose), (12, Dose::ClinicalShare));
/// assert_eq!(first.estimate.to_string(), "0.0680");
/// ```
pub fn coefficients() -> &'static [Coefficient] {
    static TABLE: LazyLock<Vec<Coefficient>> = LazyLock::new(|| rows(include_str!("table12_18.csv")));
    &TABLE
}

/// The doses over the CCGs, as section 6.5.3 gives them.
///
/// # Example
/// ```
/// assert_eq!(ceteris_data::published::dose_summary()[0].mean, 0.56);
/// ```
pub fn dose_summary() -> &'static [DoseSummary] {
    static TABLE: LazyLock<Vec<DoseSummary>> = LazyLock::new(|| rows(include_str!("dose_summary.csv")));
    &TABLE
}

/// Counts that the text of section 6.5 states.
pub fn dose_counts() -> &'static [StatedCount] {
    static TABLE: LazyLock<Vec<StatedCount>> = LazyLock::new(|| rows(include_str!("dose_counts.csv")));
    &TABLE
}

/// One of the counts that the text of section 6.5 states.
///
/// # Example
/// ```
/// use ceteris_data::published::{Stated, stated};
/// assert_eq!(stated(Stated::Coefficients), 89);
/// ```
pub fn stated(item: Stated) -> u32 {
    let count = dose_counts().iter().find(|count| count.item == item);
    count.expect("the committed table has each count").value
}

#[derive(Deserialize)]
struct Line {
    variable: String,
    year: Year,
    mean: Option<Printed>,
    sd: Option<Printed>,
}

fn moments(table: &str) -> Vec<OutcomeYear> {
    let outcome_year = |line: Line| OutcomeYear {
        outcome: line.variable,
        year: line.year,
        moments: line.mean.zip(line.sd).map(|(mean, sd)| Moments { mean, sd }),
    };
    rows::<Line>(table).into_iter().map(outcome_year).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};

    use super::*;

    #[test]
    fn each_stated_count_is_in_the_table_once() {
        let items: HashSet<Stated> = dose_counts().iter().map(|count| count.item).collect();
        assert_eq!((items.len(), dose_counts().len()), (9, 9));
    }

    #[test]
    fn coefficients_are_as_many_as_the_text_states() {
        let outcomes: BTreeSet<&str> = coefficients().iter().map(|row| row.outcome.as_str()).collect();
        assert_eq!(outcomes.len(), stated(Stated::Outcomes) as usize);
        assert_eq!(coefficients().len(), stated(Stated::Coefficients) as usize);
        let significant = coefficients().iter().filter(|row| !row.stars.is_empty()).count();
        assert_eq!(significant, stated(Stated::Significant) as usize);
    }

    #[test]
    fn every_practice_outcome_is_defined_under_the_table_of_its_coefficients() {
        let defined: BTreeSet<(u8, &str)> =
            table9().iter().map(|row| (row.table, row.outcome.as_str())).collect();
        let practice = coefficients().iter().filter(|row| row.table <= 15);
        let estimated: BTreeSet<(u8, &str)> = practice.map(|row| (row.table, row.outcome.as_str())).collect();
        assert_eq!(defined, estimated);
    }

    #[test]
    fn every_estimate_lies_in_its_interval() {
        for row in coefficients() {
            assert!(row.low.value <= row.estimate.value, "{row:?}");
            assert!(row.estimate.value <= row.high.value, "{row:?}");
        }
    }

    #[test]
    fn cells_that_the_tables_leave_empty_are_none() {
        let empty = |table: &[OutcomeYear]| table.iter().filter(|c| c.moments.is_none()).count();
        assert_eq!((table10().len(), empty(table10())), (168, 1));
        assert!(empty(table11()) > 0);
    }

    #[test]
    fn every_outcome_with_a_coefficient_is_described() {
        let described: BTreeSet<&str> =
            table10().iter().chain(table11()).map(|cell| cell.outcome.as_str()).collect();
        for row in coefficients() {
            assert!(described.contains(row.outcome.as_str()), "{}", row.outcome);
        }
    }
}
