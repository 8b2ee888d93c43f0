//! Which published numbers the simulated panel was made to meet, and which it may be held against.
//!
//! The twin of [`crate::twin`] is SIMULATED. Where it meets a number that it was calibrated to, the
//! agreement tests the program and says nothing about the health service. Calibrated are the cells
//! of Table 6 and 14 statistics of Table 8: six estimates, six standard errors (half widths of the
//! intervals) and two joint F statistics; and, for the dose outcomes, Tables 10 and 11 and Tables 12 to 18
//! but for the intervals of Table 16.

use super::screening::{Grouping, Model};

/// How a number computed from the simulated panel relates to the published one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Calibration {
    /// The panel was made to meet it, or it follows from numbers it was made to meet.
    Calibrated,
    /// The panel was not made to meet it: agreement or its absence is a result of the structure.
    Emergent,
    /// The printed number cannot be met; this says why.
    Unattainable(&'static str),
    /// The panel does not simulate it.
    NotSimulated,
}

/// A published number, or one that the report describes without printing it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Quantity {
    /// Number of CCGs in Table 5.
    Ccgs,
    /// Populations in Table 5.
    Demographic,
    /// A cell of Table 6, its relative change included.
    Table6,
    /// A cell of Table 7, which follows from Table 6.
    Table7,
    /// The triple difference of 0.79 in the text.
    Table7Text,
    /// Estimate in Table 8.
    Estimate(Model, Grouping),
    /// Lower end of its interval.
    Low(Model, Grouping),
    /// Upper end of its interval.
    High(Model, Grouping),
    /// Number of rows.
    Nobs(Model, Grouping),
    /// Joint F statistic before the reform.
    JointF(Model),
    /// Its p-value.
    JointP(Model),
    /// Effect of a placebo reform in 2011/12.
    Placebo,
    /// Coefficients of the lagged outcomes in Model 3.
    LagCoefficients,
    /// Any other standard error, under another correction say.
    OtherStdError,
    /// Estimates with caesarean deliveries in the place of unassisted ones.
    SecondComparison,
    /// A mean or standard deviation of Table 10 or 11.
    DoseMoments,
    /// The line of Table 10 that counts practices.
    DosePractices,
    /// An estimate of Tables 12 to 18, or its number of rows.
    DoseEstimate,
    /// An interval of one of Tables 12 to 18, clustered by CCG.
    DoseInterval {
        /// Number of the table.
        table: u8,
    },
    /// The same with plain errors.
    DosePlainInterval,
}

impl Quantity {
    /// How the simulated panel relates to this number.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::published::{Calibration, Grouping, Model, Quantity};
    /// let estimate = Quantity::Estimate(Model::AllYears, Grouping::OneOrSeveral);
    /// assert_eq!(estimate.calibration(), Calibration::Calibrated);
    /// assert_eq!(Quantity::Placebo.calibration(), Calibration::Emergent);
    /// ```
    pub fn calibration(self) -> Calibration {
        use Calibration::{Calibrated, Emergent, NotSimulated, Unattainable};
        match self {
            Quantity::High(Model::From2011, Grouping::OneOrSeveral) => {
                Unattainable("the printed interval is not centred on its estimate")
            }
            Quantity::JointF(Model::From2011) => {
                Unattainable("9.4 is printed where the printed p-value implies 0.94")
            }
            Quantity::JointP(Model::AllYears) => {
                Unattainable("0.001 is printed where F(3, 7672) = 6.87 implies 0.00013")
            }
            Quantity::Table7Text => Unattainable("the text adds rounded differences"),
            Quantity::JointF(Model::LaggedOutcome) | Quantity::JointP(Model::LaggedOutcome) => NotSimulated,
            Quantity::Demographic => NotSimulated,
            Quantity::DoseInterval { table: 16 } => {
                Unattainable("met only if the two doses of Table 16 are exchanged")
            }
            Quantity::Placebo
            | Quantity::LagCoefficients
            | Quantity::OtherStdError
            | Quantity::SecondComparison
            | Quantity::DosePractices
            | Quantity::DosePlainInterval => Emergent,
            Quantity::Ccgs
            | Quantity::Table6
            | Quantity::Table7
            | Quantity::Estimate(..)
            | Quantity::Low(..)
            | Quantity::High(..)
            | Quantity::Nobs(..)
            | Quantity::JointF(_)
            | Quantity::JointP(_)
            | Quantity::DoseMoments
            | Quantity::DoseEstimate
            | Quantity::DoseInterval { .. } => Calibrated,
        }
    }

    /// Whether the panel was made to meet this number.
    pub fn is_calibrated(self) -> bool {
        self.calibration() == Calibration::Calibrated
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::published::table8;

    #[test]
    fn all_estimates_and_all_interval_ends_but_one_are_calibrated() {
        let rows = table8();
        assert!(rows.iter().all(|row| Quantity::Estimate(row.model, row.grouping).is_calibrated()));
        assert!(rows.iter().all(|row| Quantity::Low(row.model, row.grouping).is_calibrated()));
        let met =
            |row: &&crate::published::ModelEstimate| Quantity::High(row.model, row.grouping).is_calibrated();
        assert_eq!(rows.iter().filter(met).count(), 5);
    }

    #[test]
    fn all_intervals_of_the_doses_but_those_of_table_16_are_calibrated() {
        let rows = crate::published::coefficients();
        let met = rows.iter().filter(|row| Quantity::DoseInterval { table: row.table }.is_calibrated());
        assert_eq!((rows.len(), met.count()), (89, 83));
    }

    #[test]
    fn the_second_comparison_was_never_calibrated() {
        assert_eq!(Quantity::SecondComparison.calibration(), Calibration::Emergent);
        assert!(!Quantity::SecondComparison.is_calibrated());
    }
}
