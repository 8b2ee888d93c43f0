//! The numbers behind each simulated outcome, from `parameters.csv`.
//!
//! | column | meaning |
//! |---|---|
//! | `outcome` | name, as in Tables 12 to 18 |
//! | `rows` | `printed`; `exchanged` for Table 16 with its two doses exchanged |
//! | `draw` | which draw of the CCG shocks; the first from which the intervals can be reached |
//! | `rho` | share of the level in the variance of an outcome |
//! | `eta` | size of the CCG shocks after the reform |
//! | `kappa_2`, `kappa_3` | how their variance grows with the squared deviation of the second and the third dose |
//!
//! Source: our own calibration to Checkland et al. (2018), Tables 10 to 18.

use std::sync::LazyLock;

use serde::Deserialize;

/// The numbers of an outcome.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct Parameters {
    pub(super) outcome: String,
    rows: Rows,
    pub(super) draw: u64,
    pub(super) rho: f64,
    pub(super) eta: f64,
    kappa_2: f64,
    kappa_3: Option<f64>,
}

/// As which rows of its table an outcome was calibrated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Rows {
    Printed,
    Exchanged,
}

impl Parameters {
    /// Whether the two doses of the table are exchanged.
    pub(super) fn exchanged(&self) -> bool {
        self.rows == Rows::Exchanged
    }

    /// How the variance of a shock grows with each dose; the first dose has no influence.
    pub(super) fn kappas(&self) -> Vec<f64> {
        [0.0, self.kappa_2].into_iter().chain(self.kappa_3).collect()
    }
}

/// All of them, in the order of Tables 12 to 18.
pub(super) fn parameters() -> Vec<Parameters> {
    static TABLE: LazyLock<Vec<Parameters>> = LazyLock::new(|| {
        let mut reader = ::csv::Reader::from_reader(include_str!("parameters.csv").as_bytes());
        reader.deserialize().map(|row| row.expect("the committed table is read by the tests")).collect()
    });
    TABLE.clone()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::coefficients;

    #[test]
    fn every_coefficient_but_the_first_of_an_outcome_has_a_kappa() {
        for row in parameters() {
            let doses = coefficients().iter().filter(|c| c.outcome == row.outcome).count();
            assert_eq!(row.kappas().len(), doses, "{}", row.outcome);
        }
    }
}
