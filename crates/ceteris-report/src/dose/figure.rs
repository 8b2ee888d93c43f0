//! The forest of all coefficients on one scale, and Figures 6 to 8 as rank plots or as maps.
//!
//! On one scale: estimate x sd(dose) / sd(outcome), the standard deviations of the outcome that go with a
//! standard deviation of the dose.

use std::collections::{HashMap, HashSet};

use ceteris_data::Area;
use ceteris_data::published::Dose;

use super::{CcgDose, Estimate, Study};
use crate::Error;
use crate::figure::{Drawing, ForestFigure, ForestRow, MapArea, MapFigure, RankFigure};

const ANNOTATION: &str = "SIMULATED outcomes, calibrated to the published tables";
const DOSES_ANNOTATION: &str = "SIMULATED doses, with the published mean and standard deviation";
/// The report's figures of the doses.
const FIGURES: [(u8, Dose); 3] =
    [(6, Dose::ClinicalShare), (7, Dose::PracticeStability), (8, Dose::LocalAuthorities)];

impl Study {
    /// All coefficients with their intervals beside the published estimates, a block for each dose.
    ///
    /// # Errors
    /// Those of [`ForestFigure::draw`].
    pub fn forest(&self) -> Result<Drawing, Error> {
        let rows = Dose::ALL.into_iter().flat_map(|dose| {
            let mine = self.estimates.iter().filter(move |e| e.dose == dose);
            let rows: Vec<ForestRow> = mine.filter_map(forest_row).collect();
            let heading = (!rows.is_empty()).then(|| ForestRow::heading(long_name(dose)));
            heading.into_iter().chain(rows)
        });
        let title = format!("Tables 12 to 18. {} effects of the doses of reform", self.estimates.len());
        let mut figure = ForestFigure::new(rows)
            .title(title)
            .name("computed, 95% interval clustered by CCG")
            .beside_name("published")
            .x_label("Standard deviations of the outcome for one of the dose");
        if self.source.is_simulated() {
            figure = figure
                .annotation(ANNOTATION)
                .note("Estimates and, but for flu vaccine uptake, intervals are calibration targets.");
        }
        figure.draw()
    }

    /// Figures 6 to 8, by the stem of their file names: the doses of the commissioners in order.
    ///
    /// # Errors
    /// Those of [`RankFigure::draw`].
    pub fn dose_figures(&self) -> Result<Vec<(String, Drawing)>, Error> {
        self.figures(|title, dose| {
            let figure = RankFigure::new(self.doses.iter().filter_map(|ccg| ccg.of(dose)))
                .title(title)
                .x_label("Commissioning groups, from the lowest to the highest")
                .y_label(unit(dose));
            if self.source.is_simulated() { figure.annotation(DOSES_ANNOTATION) } else { figure }.draw()
        })
    }

    /// Figures 6 to 8 as maps, where areas have the names of the commissioners.
    ///
    /// # Errors
    /// [`Error::Empty`] if no area has the name of a commissioner; those of [`MapFigure::draw`].
    pub fn dose_maps(&self, areas: &[Area]) -> Result<Vec<(String, Drawing)>, Error> {
        let doses: HashMap<&str, &CcgDose> = self.doses.iter().map(|ccg| (ccg.ccg.as_str(), ccg)).collect();
        let named: HashSet<&str> = areas.iter().map(|area| area.name.as_str()).collect();
        let absent = self.doses.iter().filter(|ccg| !named.contains(ccg.ccg.as_str())).count();
        self.figures(|title, dose| {
            let value = |area: &Area| doses.get(area.name.as_str()).and_then(|ccg| ccg.of(dose));
            let areas = areas.iter().map(|area| MapArea { area: area.clone(), value: value(area) });
            let mut figure = MapFigure::new(areas).title(title);
            if absent > 0 {
                let all = self.doses.len();
                figure =
                    figure.note(format!("{absent} of {all} commissioning groups have no area in the file."));
            }
            if self.source.is_simulated() { figure.annotation(DOSES_ANNOTATION) } else { figure }.draw()
        })
    }

    /// One figure for each dose that is known of a commissioner, with its title.
    fn figures(
        &self,
        draw: impl Fn(String, Dose) -> Result<Drawing, Error>,
    ) -> Result<Vec<(String, Drawing)>, Error> {
        let is_known = |dose: Dose| self.doses.iter().any(|ccg| ccg.of(dose).is_some());
        let numbered = FIGURES.into_iter().filter(|(_, dose)| is_known(*dose));
        let figure = |(number, dose): (u8, Dose)| {
            let title = format!("Figure {number}. {} by commissioning group", long_name(dose));
            Ok((self.source.stem(&format!("figure{number}")), draw(title, dose)?))
        };
        numbered.map(figure).collect()
    }
}

fn forest_row(estimate: &Estimate) -> Option<ForestRow> {
    let scale = estimate.scale?;
    let (low, high) = (estimate.clustered.low * scale, estimate.clustered.high * scale);
    let row = ForestRow::new(estimate.outcome.clone(), estimate.estimate * scale, (low, high));
    Some(match estimate.published() {
        Some(printed) => row.beside(printed.estimate.value * scale),
        None => row,
    })
}

/// The dose as a reader knows it.
fn long_name(dose: Dose) -> &'static str {
    match dose {
        Dose::ClinicalShare => "Clinical share of the governing body",
        Dose::PracticeStability => "Stability of practice membership",
        Dose::LocalAuthorities => "Number of local authorities",
        _ => "Dose",
    }
}

fn unit(dose: Dose) -> &'static str {
    match dose {
        Dose::LocalAuthorities => "Local authority districts",
        Dose::ClinicalShare => "Share of voting members",
        _ => "Share of practices",
    }
}
