//! SIMULATED outcomes of the dose-of-reform analysis: 40 outcomes of practices or CCGs whose means,
//! standard deviations and dose coefficients are the published ones. No row is real.
//!
//! An outcome is stored as four to six numbers and simulated when it is asked for, one file for each step:
//!
//! ```text
//! doses       clinical share, practice stability and local authorities of 208 CCGs
//! units       which practices or CCGs, in which years; weights; the rows that the published N counts
//! process     level + noise + a shock of each CCG whose variance depends on its doses
//! targets     the estimate that the printed digits of estimate and interval agree on
//! shift       years after the reform moved by x times the coefficient gap until the model finds it
//! ```
//!
//! **Calibrated** are Table 10 and 11 (means and standard deviations) and Tables 12 to 18 (all 89
//! estimates, the 83 intervals outside Table 16, every N). Agreement there is by construction. The
//! intervals of Table 16 are met only with the table's two doses exchanged
//! ([`DoseTwin::exchanged`]). The intervals of the CCG-level Tables 17 and 18 are met with standard
//! errors clustered by CCG. Lag coefficients and all other standard errors emerge.

mod doses;
mod outcome;
mod parameters;
mod process;
mod shift;
mod targets;
mod units;

pub use doses::CcgDoses;
pub use outcome::{Level, SimulatedOutcome};

use ceteris::Result;

use crate::published::{self, Coefficient, Dose};
use parameters::Parameters;
use units::Population;

/// The SIMULATED outcomes of the dose-of-reform analysis, in the order of Tables 12 to 18.
///
/// # Example
/// ```
/// use ceteris_data::twin::DoseTwin;
/// let twin = DoseTwin::calibrated();
/// assert_eq!(twin.names().count(), 40);
/// let flu = twin.outcome("flu_pregnant")?.expect("the last outcome of Table 16");
/// assert_eq!(flu.frame().nrows(), 208 * 4);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct DoseTwin {
    population: Population,
    parameters: Vec<Parameters>,
}

impl DoseTwin {
    /// The calibrated outcomes. They are simulated one by one, on request.
    pub fn calibrated() -> Self {
        Self { population: Population::new(), parameters: parameters::parameters() }
    }

    /// The names of the outcomes, in the order of Tables 12 to 18.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.parameters.iter().filter(|row| !row.exchanged()).map(|row| row.outcome.as_str())
    }

    /// The doses of each CCG, `C001` first.
    pub fn doses(&self) -> &[CcgDoses] {
        &self.population.doses
    }

    /// Simulates an outcome; `None` if there is none of this name.
    ///
    /// # Errors
    /// [`NotConverged`](ceteris::Error::NotConverged), which the committed parameters never give, and
    /// those of [`Ols::fit`](ceteris::Ols::fit).
    pub fn outcome(&self, name: &str) -> Result<Option<SimulatedOutcome>> {
        self.simulate(name, false)
    }

    /// Simulates an outcome of Table 16 as if its coefficients of clinical share stood in the row of
    /// practice stability, and the other way round; `None` for all other outcomes.
    ///
    /// As the table is printed, no simulated panel meets its intervals; with the two exchanged, one
    /// does.
    ///
    /// # Errors
    /// As [`DoseTwin::outcome`].
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::DoseTwin;
    /// let twin = DoseTwin::calibrated();
    /// assert!(twin.exchanged("flu_65_plus")?.is_some());
    /// assert!(twin.exchanged("cs002")?.is_none());
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn exchanged(&self, name: &str) -> Result<Option<SimulatedOutcome>> {
        self.simulate(name, true)
    }

    fn simulate(&self, name: &str, exchanged: bool) -> Result<Option<SimulatedOutcome>> {
        let mine = |row: &&Parameters| row.outcome == name && row.exchanged() == exchanged;
        let Some(parameters) = self.parameters.iter().find(mine) else {
            return Ok(None);
        };
        let place = self.names().position(|other| other == name);
        let place = place.expect("an outcome with exchanged rows is also there as printed");
        let printed = printed(name, exchanged);
        outcome::simulate(&self.population, place, parameters, &printed).map(Some)
    }
}

/// The printed coefficients of an outcome, one row for each dose.
fn printed(outcome: &str, exchanged: bool) -> Vec<Coefficient> {
    let rows = published::coefficients().iter().filter(|row| row.outcome == outcome);
    let mut rows: Vec<Coefficient> = rows.cloned().collect();
    if exchanged {
        rows.iter_mut().for_each(|row| row.dose = other(row.dose));
    }
    rows.sort_by_key(|row| row.dose as u8);
    rows
}

/// The dose with which another is exchanged in Table 16.
fn other(dose: Dose) -> Dose {
    match dose {
        Dose::ClinicalShare => Dose::PracticeStability,
        Dose::PracticeStability => Dose::ClinicalShare,
        Dose::LocalAuthorities => Dose::LocalAuthorities,
    }
}
