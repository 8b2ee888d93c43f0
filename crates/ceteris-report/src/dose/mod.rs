//! The dose-of-reform study: did 40 outcomes change more where a commissioner received more of the
//! reform of April 2013?
//!
//! Checkland et al. (2018), section 6.5: each outcome after the reform regressed on three doses and the
//! outcomes of the three years before it; 89 coefficients, each published number beside the computed one,
//! and how many of them stay significant once the number of tests is allowed for.
//!
//! | step | file |
//! |---|---|
//! | an outcome, simulated or from a file | `outcome` |
//! | means and standard deviations by year (Tables 10 and 11) | `descriptive` |
//! | the regressions (Tables 12 to 18) | `models` |
//! | significant coefficients: printed, recomputed, adjusted | `significance` |
//! | the tables, published beside computed | `tables`, `estimate_tables` |
//! | the forest of the 89, and Figures 6 to 8 | `figure` |
//! | our own analysis of public files | `real` |

mod descriptive;
mod estimate_tables;
mod figure;
mod models;
mod outcome;
mod real;
mod significance;
mod tables;

pub use descriptive::YearMoments;
pub use models::{Estimate, Uncertainty};
pub use outcome::{CcgDose, StudyOutcome};
pub use real::{Over, RealDose, RealEstimate, RealFiles, RealStudy};
pub use significance::{Adjusted, PValues, Significance, SignificantCount};

use ceteris::Result;
use ceteris_data::twin::DoseTwin;

pub use crate::screening::Source;

/// What the simulated outcomes were made to meet; [`ceteris_data::published::Quantity`] says it by number.
const TARGETS: [&str; 5] = [
    "means and standard deviations of the doses",
    "means and standard deviations of Tables 10 and 11",
    "estimates of Tables 12 to 18",
    "numbers of rows of Tables 12 to 18",
    "clustered intervals of Tables 12 to 15, 17 and 18, and of Table 16 with its doses exchanged",
];

/// The whole study.
#[derive(Debug, Clone, serde::Serialize)]
#[non_exhaustive]
pub struct Study {
    /// Where the rows come from.
    pub source: Source,
    /// What the simulated outcomes were made to meet; empty for real data.
    pub calibration_targets: Vec<&'static str>,
    /// The doses of each commissioner (Figures 6 to 8).
    pub doses: Vec<CcgDose>,
    /// Tables 10 and 11: each outcome by year.
    pub moments: Vec<YearMoments>,
    /// Tables 12 to 18: each outcome and dose.
    pub estimates: Vec<Estimate>,
    /// Table 16 of a panel that was calibrated with the table's two doses exchanged; empty for real data.
    pub exchanged: Vec<Estimate>,
    /// How many coefficients are significant, by several criteria.
    pub significance: Significance,
}

impl Study {
    /// Runs the study on outcomes, which are used one at a time and not kept.
    ///
    /// # Errors
    /// Those of the outcomes and of their regressions.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::DoseTwin;
    /// use ceteris_report::dose::{CcgDose, Source, Study, StudyOutcome};
    /// let twin = DoseTwin::calibrated();
    /// let outcomes = ["liver", "alcohol"].map(|name| StudyOutcome::simulated(&twin, name));
    /// let study = Study::run(outcomes, CcgDose::simulated(&twin), Source::Simulated)?;
    /// assert_eq!(study.estimates.len(), 6);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn run(
        outcomes: impl IntoIterator<Item = Result<StudyOutcome>>,
        doses: Vec<CcgDose>,
        source: Source,
    ) -> Result<Self> {
        let (mut moments, mut estimates) = (Vec::new(), Vec::new());
        for outcome in outcomes {
            let outcome = outcome?;
            moments.extend(descriptive::moments(&outcome)?);
            estimates.extend(models::estimates(&outcome)?);
        }
        let significance = Significance::of(&estimates)?;
        let calibration_targets = if source.is_simulated() { TARGETS.to_vec() } else { Vec::new() };
        let exchanged = Vec::new();
        Ok(Self { source, calibration_targets, doses, moments, estimates, exchanged, significance })
    }

    /// The study on the SIMULATED outcomes of [`DoseTwin`], with Table 16 also as if its two doses were
    /// exchanged. `begin` is told the name of each outcome before it is simulated.
    ///
    /// # Errors
    /// As [`Study::run`].
    ///
    /// # Example
    /// ```no_run
    /// use ceteris_report::dose::Study;
    /// let study = Study::simulated(|_| ())?;
    /// println!("{} significant", study.significance.counts[0].total);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn simulated(mut begin: impl FnMut(&str)) -> Result<Self> {
        let twin = DoseTwin::calibrated();
        let outcomes = twin.names().map(|name| {
            begin(name);
            StudyOutcome::simulated(&twin, name)
        });
        let mut study = Self::run(outcomes, CcgDose::simulated(&twin), Source::Simulated)?;
        for name in twin.names() {
            if let Some(outcome) = twin.exchanged(name)? {
                study.exchanged.extend(models::estimates(&outcome.into())?);
            }
        }
        Ok(study)
    }
}
