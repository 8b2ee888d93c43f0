//! Table 8 with the decimals of its numbers.
//!
//! [`table8`](super::table8) has values; a check of rounding needs to know that F is printed as 9.4,
//! with one decimal, beside a p of four.

use std::sync::LazyLock;

use serde::Deserialize;

use super::committed::rows;
use super::printed::Printed;

/// A row of Table 8, each number with its decimals; in the order of [`table8`](super::table8).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct PrintedEstimate {
    /// Effect on screening uptake, percentage points.
    pub estimate: Printed,
    /// Lower end of its 95 % confidence interval.
    #[serde(rename = "ci_low")]
    pub low: Printed,
    /// Upper end.
    #[serde(rename = "ci_high")]
    pub high: Printed,
    /// F statistic of the test of parallel trends.
    #[serde(rename = "F")]
    pub f: Option<Printed>,
    /// Degrees of freedom of its numerator.
    pub df1: Option<Printed>,
    /// Degrees of freedom of its denominator.
    pub df2: Option<Printed>,
    /// Its p-value.
    #[serde(rename = "p")]
    pub p_value: Option<Printed>,
}

/// Table 8 as printed.
///
/// # Example
/// ```
/// let model2 = &ceteris_data::published::table8_printed()[2];
/// let (f, p) = (model2.f.expect("printed"), model2.p_value.expect("printed"));
/// assert_eq!((f.to_string(), p.to_string()), ("9.4".to_string(), "0.3316".to_string()));
/// ```
pub fn table8_printed() -> &'static [PrintedEstimate] {
    static TABLE: LazyLock<Vec<PrintedEstimate>> = LazyLock::new(|| rows(include_str!("table8.csv")));
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::{ESTIMATE_DECIMALS, table8};

    #[test]
    fn the_printed_numbers_are_those_of_the_table() {
        assert_eq!(table8_printed().len(), table8().len());
        for (printed, row) in table8_printed().iter().zip(table8()) {
            assert_eq!(printed.estimate.value, row.estimate);
            assert_eq!((printed.low.value, printed.high.value), (row.interval.low, row.interval.high));
            assert_eq!(printed.estimate.decimals, ESTIMATE_DECIMALS);
            let joint = row.joint.map(|joint| (joint.f, joint.p_value));
            assert_eq!(printed.f.zip(printed.p_value).map(|(f, p)| (f.value, p.value)), joint);
        }
    }
}
