//! Published files of the health service and of the statistics office, one reader a source.
//!
//! Readers are strict: a file has the layout of its source, or the error says what was met instead.
//! No file is shipped or fetched; each [`Card`] says what to look for, and `docs/nhs_sources.md` what
//! was checked against the real files.

mod bnf;
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
mod prescribing_totals;
mod prescribing_units;
mod qof_ccg;
mod qof_csv;
mod qof_indicators;
mod qof_practice;
mod qof_shift;
mod qof_workbook;
mod stability;
mod survey;
mod vaccine_uptake;
mod workbook;

pub use bnf::{BnfClass, Branding};
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
pub use prescribing::{Prescription, visit_prescribing};
pub use prescribing_totals::{PrescribingSum, PrescribingTotals};
pub use prescribing_units::{PrescribingUnit, UnitEdition, UnitWeights, per_unit};
pub use qof_ccg::{CcgYear, QofCcg, Rate};
pub use qof_indicators::{Dosed, IndicatorYear, QofIndicators};
pub use qof_practice::{Achievement, Exceptions, QofPractice};
pub use qof_shift::{GapSize, Shift, YearGap, gap_size};
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
    qof_csv::CARD,
    qof_csv::EXCEPTIONS,
    qof_workbook::CARD,
    qof_ccg::CARD,
    qof_indicators::CARD,
    prescribing::CARD,
    survey::CARD,
    outcomes_indicator_set::CARD,
    vaccine_uptake::CARD,
];
