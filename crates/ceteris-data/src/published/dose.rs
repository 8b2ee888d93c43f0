//! What Tables 10 to 18 hold: types and units.

use serde::{Deserialize, Serialize};

use super::printed::Printed;
use super::year::Year;

/// A measure of how much of the reform a CCG received.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Dose {
    /// Share of clinicians among the voting members of the governing body.
    ClinicalShare,
    /// Share of the practices of a primary care trust that stayed together in one CCG.
    PracticeStability,
    /// Number of local authority districts over the CCG's area.
    #[serde(rename = "n_local_authorities")]
    LocalAuthorities,
}

impl Dose {
    /// All doses, in the order of the tables.
    pub const ALL: [Self; 3] = [Dose::ClinicalShare, Dose::PracticeStability, Dose::LocalAuthorities];

    /// Its name, as in a column.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::published::Dose;
    /// assert_eq!(Dose::ALL.map(Dose::name)[2], "n_local_authorities");
    /// ```
    pub fn name(self) -> &'static str {
        match self {
            Dose::ClinicalShare => "clinical_share",
            Dose::PracticeStability => "practice_stability",
            Dose::LocalAuthorities => "n_local_authorities",
        }
    }
}

/// A dose over the CCGs: mean and standard deviation as the text gives them.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct DoseSummary {
    /// The dose.
    pub dose: Dose,
    /// Mean, in `unit`.
    pub mean: f64,
    /// Standard deviation, in `unit`.
    pub sd: f64,
    /// What is measured.
    pub unit: String,
    /// Where the report says so.
    pub source: String,
}

/// What the text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[non_exhaustive]
pub enum Stated {
    /// CCGs of Table 11.
    #[serde(rename = "n_ccgs_table11")]
    CcgsOfTable11,
    /// CCGs of which the clinical share was collected.
    #[serde(rename = "n_ccgs_clinical_share_collected")]
    CcgsWithClinicalShare,
    /// Outcomes.
    #[serde(rename = "n_indicators")]
    Outcomes,
    /// Coefficients.
    #[serde(rename = "n_coefficients")]
    Coefficients,
    /// Significant coefficients.
    #[serde(rename = "n_significant_text")]
    Significant,
    /// Significant coefficients, percent of all.
    #[serde(rename = "pct_significant_text")]
    SignificantPercent,
    /// Significant coefficients of the clinical share.
    #[serde(rename = "sig_clinical_text")]
    SignificantOfClinicalShare,
    /// Significant coefficients of practice stability.
    #[serde(rename = "sig_stability_text")]
    SignificantOfStability,
    /// Significant coefficients of the number of local authorities.
    #[serde(rename = "sig_n_la_text")]
    SignificantOfLocalAuthorities,
}

/// A count that the text states, such as the number of significant coefficients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct StatedCount {
    /// What is counted.
    pub item: Stated,
    /// How many.
    pub value: u32,
}

/// Number of practices or CCGs in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct YearCount {
    /// `2010/11` (practices) or `2010` (CCGs).
    pub year: Year,
    /// How many.
    #[serde(rename = "n")]
    pub count: u32,
}

/// A line of Table 9: what a practice outcome measures.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Definition {
    /// The table with the coefficients of this outcome.
    pub table: u8,
    /// Name of the outcome, `acsc` say.
    pub outcome: String,
    /// Heading over it.
    pub family: String,
    /// What is measured.
    pub definition: String,
}

/// Mean and standard deviation of an outcome, in its own unit.
#[derive(Debug, Clone, Copy, PartialEq)]
#[allow(missing_docs)] // the fields are named for what they hold
#[non_exhaustive]
pub struct Moments {
    pub mean: Printed,
    pub sd: Printed,
}

/// A cell of Table 10 (practices) or Table 11 (CCGs).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct OutcomeYear {
    /// Name of the outcome, `acsc` say.
    pub outcome: String,
    /// Year, as in [`YearCount::year`].
    pub year: Year,
    /// `None` where the table prints nothing.
    pub moments: Option<Moments>,
}

/// A coefficient of Tables 12 to 18: effect of one unit of a dose on an outcome, in the outcome's
/// unit.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[non_exhaustive]
pub struct Coefficient {
    /// Number of the table.
    pub table: u8,
    /// Name of the outcome.
    pub outcome: String,
    /// The dose.
    pub dose: Dose,
    /// Coefficient.
    pub estimate: Printed,
    /// Lower end of its 95 % confidence interval.
    #[serde(rename = "ci_low")]
    pub low: Printed,
    /// Upper end.
    #[serde(rename = "ci_high")]
    pub high: Printed,
    /// Stars as printed: judged by the intervals, at 0.05, 0.01 and 0.001 in Tables 12 to 15 and at
    /// 0.1, 0.05 and 0.01 in Tables 16 to 18.
    pub stars: String,
    /// Rows.
    #[serde(rename = "n")]
    pub nobs: u32,
}
