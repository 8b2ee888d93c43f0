//! The cervical screening study: did general practices whose commissioner has to work with more than one
//! local authority lose screening uptake after the reform of April 2013?
//!
//! Checkland et al. (2018), section 6.4: a triple difference (screening against unassisted deliveries,
//! several local authorities against one, after against before), the tests of parallel trends, a
//! lagged-dependent-variable model, and the sensitivity to the grouping, each published number beside the
//! computed one.
//!
//! | step | file |
//! |---|---|
//! | a user's columns to the study's, and what their rows must be | `columns`, `checked`, `panel` |
//! | Tables 5, 6 and 7 | `descriptive` |
//! | one estimate, and how it is read off a fit | `estimate` |
//! | Table 8, parallel trends, the second comparison | `models` |
//! | two designs on the same rows, not in the report | `bracket` |
//! | published beside computed | `compared` |
//! | tables and Figure 5 | `tables`, `estimate_tables`, `figure` |
//! | real rates by commissioning group | `rates` |

mod bracket;
mod checked;
mod columns;
mod compared;
mod descriptive;
mod estimate;
mod estimate_tables;
mod figure;
mod models;
mod panel;
mod rates;
mod tables;

pub use bracket::Bracketed;
pub use columns::PanelColumns;
pub use compared::Compared;
pub use descriptive::{GroupMeans, Table7, YearMeans};
pub use estimate::{Estimate, Regression};
pub use models::{JointTest, Models, Placebo};
pub use panel::StudyPanel;
pub use rates::{RealRates, YearRates};

use std::path::Path;

use ceteris::{Frame, Result};
use ceteris_data::twin::Twin;

/// Where the rows come from, as the first line of every output says.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Source {
    /// The embedded synthetic panel.
    Simulated,
    /// A file whose rows say that they are simulated.
    SimulatedFile {
        /// Its path, as given.
        path: String,
    },
    /// A file of the user's.
    File {
        /// Its path, as given.
        path: String,
    },
}

impl Source {
    /// A file that was read: simulated if its rows say so.
    pub fn of_file(path: &Path, frame: &Frame) -> Self {
        let path = path.display().to_string();
        if Twin::is_labelled_in(frame) { Source::SimulatedFile { path } } else { Source::File { path } }
    }

    /// The line that heads every output.
    pub fn headline(&self) -> String {
        match self {
            Source::Simulated => "SIMULATED practice rows: a synthetic panel calibrated to published \
                                  aggregates, not evidence about the health service."
                .to_string(),
            Source::SimulatedFile { path } => {
                format!("SIMULATED practice rows read from {path}: not evidence about the health service.")
            }
            Source::File { path } => format!("Practice rows read from {path}."),
        }
    }

    /// The stem of a file name, which says so where the rows are made up: the numbers of a CSV file
    /// carry no note.
    pub fn stem(&self, name: &str) -> String {
        if self.is_simulated() { format!("simulated_{name}") } else { name.to_string() }
    }

    /// Whether the rows are made up.
    pub fn is_simulated(&self) -> bool {
        matches!(self, Source::Simulated | Source::SimulatedFile { .. })
    }
}

/// The whole study.
#[derive(Debug, Clone, serde::Serialize)]
#[non_exhaustive]
pub struct Screening {
    /// Where the rows come from.
    pub source: Source,
    /// Table 5, as far as the panel carries it.
    pub table5: Vec<Compared>,
    /// Table 6: practices and weighted means by year and group.
    pub table6: Vec<YearMeans>,
    /// Table 7: before and after, from the computed Table 6.
    pub table7: Table7,
    /// Table 8, the tests of parallel trends, two designs on the same rows, and the second comparison.
    pub models: Models,
}

impl Screening {
    /// Runs the study on a panel.
    ///
    /// # Errors
    /// Those of the regressions; [`NoVariation`](ceteris::Error::NoVariation) and
    /// [`EmptyCell`](ceteris::Error::EmptyCell) if a group, an indicator or a period is absent.
    ///
    /// # Example
    /// ```no_run
    /// use ceteris_data::twin::Twin;
    /// use ceteris_report::screening::{PanelColumns, Screening, Source, StudyPanel};
    /// let panel = StudyPanel::new(&Twin::screening().frame(), &PanelColumns::default())?;
    /// let study = Screening::run(&panel, Source::Simulated)?;
    /// println!("{}", study.models.table8[0].estimate);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn run(panel: &StudyPanel, source: Source) -> Result<Self> {
        let table6 = descriptive::table6(panel)?;
        Ok(Self {
            table5: descriptive::table5(panel)?,
            table7: descriptive::table7(&table6),
            models: models::run(panel)?,
            table6,
            source,
        })
    }
}
