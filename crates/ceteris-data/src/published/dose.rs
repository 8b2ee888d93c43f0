//! What Tables 10 to 18 hold: types and units.

use serde::{Deserialize, Deserializer, Serialize, de};

/// A number with the decimals it is printed with.
///
/// # Example
/// ```
/// use ceteris_data::published::Printed;
/// let printed: Printed = "-0.0977".parse()?;
/// assert_eq!((printed.value, printed.decimals), (-0.0977, 4));
/// assert!(printed.is_rounded_from(-0.09771));
/// # Ok::<(), std::num::ParseFloatError>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub struct Printed {
    /// The number.
    pub value: f64,
    /// Digits after its point.
    pub decimals: usize,
}

impl Printed {
    /// Whether `computed` prints as this number.
    pub fn is_rounded_from(&self, computed: f64) -> bool {
        super::prints_as(computed, self.value, self.decimals)
    }
}

impl std::str::FromStr for Printed {
    type Err = std::num::ParseFloatError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
        Ok(Self { value: text.parse()?, decimals })
    }
}

impl std::fmt::Display for Printed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.*}", self.decimals, self.value)
    }
}

impl<'de> Deserialize<'de> for Printed {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(de::Error::custom)
    }
}

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

/// A count that the text states, such as the number of significant coefficients.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct StatedCount {
    /// What is counted.
    pub item: String,
    /// How many (or per cent, where the name says `pct`).
    pub value: u32,
}

/// Number of practices or CCGs in a year.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct YearCount {
    /// `2010/11` (practices) or `2010` (CCGs).
    pub year: String,
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
    pub year: String,
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
