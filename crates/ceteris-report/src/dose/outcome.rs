//! What the study needs to know of an outcome and of a commissioner, wherever it comes from.

use ceteris::{Error, Frame, Result};
use ceteris_data::published::Dose;
use ceteris_data::twin::{DoseTwin, Level, SimulatedOutcome};

/// An outcome by unit and year, with the doses that its units received.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct StudyOutcome {
    /// Its name.
    pub name: String,
    /// What its units are.
    pub level: Level,
    /// The doses of its model.
    pub doses: Vec<Dose>,
    /// The years whose outcomes the model takes as given.
    pub before: Vec<i32>,
    /// The first year that the model explains.
    pub from: i32,
    /// Columns `unit`, `ccg`, `year`, `value`, `denominator` and each dose by its name; where there is a
    /// column `counted`, the model uses the rows in which it is 1.
    pub frame: Frame,
}

impl StudyOutcome {
    /// An outcome of the SIMULATED ones.
    ///
    /// # Errors
    /// Those of [`DoseTwin::outcome`]; [`UnknownLevel`](Error::UnknownLevel) for another name.
    ///
    /// # Example
    /// ```
    /// use ceteris_data::twin::DoseTwin;
    /// use ceteris_report::dose::StudyOutcome;
    /// let outcome = StudyOutcome::simulated(&DoseTwin::calibrated(), "alcohol")?;
    /// assert_eq!(outcome.doses.len(), 3);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn simulated(twin: &DoseTwin, name: &str) -> Result<Self> {
        twin.outcome(name)?.map(Self::from).ok_or_else(|| Error::UnknownLevel {
            column: "outcome".to_string(),
            level: name.to_string(),
            available: twin.names().map(str::to_string).collect(),
        })
    }
}

impl From<SimulatedOutcome> for StudyOutcome {
    fn from(outcome: SimulatedOutcome) -> Self {
        Self {
            name: outcome.name().to_string(),
            level: outcome.level(),
            doses: outcome.doses().to_vec(),
            before: outcome.before(),
            from: outcome.from(),
            frame: outcome.frame(),
        }
    }
}

/// How much of the reform a commissioner received; `None` where it is not known.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CcgDose {
    /// Its name or code.
    pub ccg: String,
    /// Share of clinicians among the voting members of the governing body.
    pub clinical_share: Option<f64>,
    /// Share of practices that stayed together.
    pub practice_stability: Option<f64>,
    /// Local authority districts.
    #[serde(rename = "n_local_authorities")]
    pub local_authorities: Option<f64>,
}

impl CcgDose {
    /// The doses of the SIMULATED commissioners, `C001` first.
    pub fn simulated(twin: &DoseTwin) -> Vec<Self> {
        let ccg = |(number, doses): (usize, &ceteris_data::twin::CcgDoses)| Self {
            ccg: format!("C{number:03}"),
            clinical_share: Some(doses.clinical_share),
            practice_stability: Some(doses.practice_stability),
            local_authorities: Some(doses.local_authorities),
        };
        (1..).zip(twin.doses()).map(ccg).collect()
    }

    /// One of the three; `None` where it is not known.
    pub fn of(&self, dose: Dose) -> Option<f64> {
        match dose {
            Dose::ClinicalShare => self.clinical_share,
            Dose::PracticeStability => self.practice_stability,
            Dose::LocalAuthorities => self.local_authorities,
            _ => None,
        }
    }
}
