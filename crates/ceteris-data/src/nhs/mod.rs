//! Published files of the health service and of the statistics office, one reader for each source.
//!
//! Readers are strict: a file has the layout of its source, or the error says what was found instead.
//! No file is shipped or fetched; each [`Card`] says what to look for, and `docs/nhs_sources.md` what
//! was checked against the real files.

mod card;
mod day;
mod derive;
mod dichotomy;
mod doses;
mod layout;
mod list_sizes;
mod lookup;
mod membership;
mod organisations;
mod outcomes_indicator_set;
mod prescribing;
mod qof;
mod stability;
mod survey;
mod vaccine_uptake;
mod workbook;

pub use card::Card;
pub use day::{Day, NotADay};
pub use derive::{Moments, Month, calendar_years, index_to_mean_100, per_100, percent_of_points};
pub use dichotomy::{DICHOTOMIES, Dichotomy};
pub use doses::{CcgDose, Doses, PracticeDose};
pub use list_sizes::{AGE_BANDS, GroupPatients, ListSizes, Patients, PracticeList};
pub use lookup::{Ccg, LocalAuthorities, NEWCASTLE_GATESHEAD, group_in_lookup};
pub use membership::{Membership, Spell};
pub use organisations::{Organisation, Organisations};
pub use outcomes_indicator_set::{OutcomeRate, read_outcomes};
pub use prescribing::{
    BnfClass, Branding, PrescribingSum, PrescribingTotals, PrescribingUnit, Prescription, UnitEdition,
    UnitWeights, per_unit, visit_prescribing,
};
pub use qof::{
    Achievement, CcgYear, Dosed, Exceptions, GapSize, IndicatorYear, QofCcg, QofIndicators, QofPractice,
    Rate, Shift, YearGap, gap_size,
};
pub use stability::{PracticeStability, Stability};
pub use survey::{PracticeSurvey, read_survey};
pub use vaccine_uptake::{VaccineUptake, read_vaccine_uptake};

/// All sources that can be read.
///
/// # Example
/// ```
/// for card in ceteris_data::nhs::CARDS {
///     println!("{card}");
/// }
/// ```
pub const CARDS: &[Card] = &[
    lookup::CARD,
    membership::CARD,
    organisations::PRACTICES,
    organisations::COMMISSIONERS,
    list_sizes::CARD,
    qof::csv::CARD,
    qof::csv::EXCEPTIONS,
    qof::workbook::CARD,
    qof::ccg::CARD,
    qof::indicators::CARD,
    prescribing::month::CARD,
    survey::CARD,
    outcomes_indicator_set::CARD,
    vaccine_uptake::CARD,
];
