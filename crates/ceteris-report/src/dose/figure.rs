//! The forest of all coefficients on one scale, and Figures 6 to 8 as rank plots.
//!
//! On one scale: estimate x sd(dose) / sd(outcome), the standard deviations of the outcome that go with a
//! standard deviation of the dose.

use ceteris_data::published::Dose;

use super::{Estimate, Study};
use crate::Error;
use crate::figure::{Drawing, ForestFigure, ForestRow, RankFigure};

const ANNOTATION: &str = "SIMULATED outcomes, calibrated to the published tables";

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
        let mut figures = Vec::new();
        for (number, dose) in
            [(6, Dose::ClinicalShare), (7, Dose::PracticeStability), (8, Dose::LocalAuthorities)]
        {
            let values: Vec<f64> = self.doses.iter().filter_map(|ccg| ccg.of(dose)).collect();
            if values.is_empty() {
                continue;
            }
            let mut figure = RankFigure::new(values)
                .title(format!("Figure {number}. {} by commissioning group", long_name(dose)))
                .x_label("Commissioning groups, from the lowest to the highest")
                .y_label(unit(dose));
            if self.source.is_simulated() {
                figure = figure.annotation(ANNOTATION);
            }
            figures.push((self.source.stem(&format!("figure{number}")), figure.draw()?));
        }
        Ok(figures)
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
