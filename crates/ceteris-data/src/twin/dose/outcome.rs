//! One simulated outcome as a frame.

use std::sync::Arc;

use ceteris::frame::CategoryColumn;
use ceteris::{Column, Frame, Result};

use super::doses::squared_deviations;
use super::parameters::Parameters;
use super::units::{Population, Units};
use super::{process, shift, targets};
use crate::published::{Coefficient, Dose};

/// What a unit of an outcome is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Level {
    /// General practices.
    Practice,
    /// Clinical commissioning groups.
    Ccg,
}

/// A SIMULATED outcome of the dose-of-reform analysis: values are made up, yearly means and standard
/// deviations and the dose coefficients are the published ones.
///
/// # Example
/// ```
/// use ceteris_data::twin::{DoseTwin, Level};
/// let screening = DoseTwin::calibrated().outcome("cs002")?.expect("Table 14");
/// assert_eq!((screening.level(), screening.from()), (Level::Practice, 2013));
/// assert_eq!(screening.before(), [2010, 2011, 2012]);
/// assert_eq!(screening.doses().len(), 3);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct SimulatedOutcome {
    name: String,
    doses: Vec<Dose>,
    units: Units,
    /// By year and unit.
    values: Vec<Vec<f64>>,
    population: Population,
}

impl SimulatedOutcome {
    /// Its name, as in Tables 12 to 18.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its units are.
    pub fn level(&self) -> Level {
        if self.units.are_practices { Level::Practice } else { Level::Ccg }
    }

    /// The doses of its model.
    pub fn doses(&self) -> &[Dose] {
        &self.doses
    }

    /// The years whose outcomes the model takes as given, by the calendar year in which they begin.
    pub fn before(&self) -> Vec<i32> {
        self.units.before.iter().map(|&t| self.units.years[t]).collect()
    }

    /// The first year that the model explains.
    pub fn from(&self) -> i32 {
        self.units.years[self.units.after[0]]
    }

    /// The outcome as a frame, one row for each unit and year.
    ///
    /// Columns `unit` and `ccg` (text), `year` (the calendar year in which it begins), `value`,
    /// `denominator`, `counted` (1 where the published N counts the row, else 0) and the three doses
    /// by their names.
    pub fn frame(&self) -> Frame {
        let rows = self.rows();
        let real = |of: &dyn Fn(usize, usize) -> f64| -> Column {
            Column::Real(rows.iter().map(|&(i, t)| of(i, t)).collect::<Vec<f64>>().into())
        };
        let units = &self.units;
        let ccgs = self.population.doses.len();
        let unit_labels = match self.level() {
            Level::Practice => labels('P', 4, self.population.practices()),
            Level::Ccg => labels('C', 3, ccgs),
        };
        let columns = [
            ("unit", category(rows.iter().map(|&(i, _)| units.unit[i]), unit_labels)),
            ("ccg", category(rows.iter().map(|&(i, _)| units.ccg[i]), labels('C', 3, ccgs))),
            ("year", real(&|_, t| f64::from(units.years[t]))),
            ("value", real(&|i, t| self.values[t][i])),
            ("denominator", real(&|i, _| units.weight[i])),
            ("counted", real(&|i, t| f64::from(u8::from(units.counted[i][t])))),
        ];
        let doses =
            Dose::ALL.map(|dose| (dose.name(), real(&|i, _| self.population.doses[units.ccg[i]].of(dose))));
        columns.into_iter().chain(doses).fold(Frame::new(), |frame, (name, column)| {
            frame.add(name, column).expect("distinct names and equal lengths")
        })
    }

    /// Unit and year of each row, sorted.
    fn rows(&self) -> Vec<(usize, usize)> {
        let years = 0..self.units.years.len();
        let all = (0..self.units.unit.len()).flat_map(|i| years.clone().map(move |t| (i, t)));
        all.filter(|&(i, t)| self.units.present[i][t]).collect()
    }
}

/// The whole recipe, a step a line; `place` is the outcome's in Tables 12 to 18.
pub(super) fn simulate(
    population: &Population,
    place: usize,
    parameters: &Parameters,
    printed: &[Coefficient],
) -> Result<SimulatedOutcome> {
    let units = Units::new(population, &printed[0]);
    let doses: Vec<Dose> = printed.iter().map(|row| row.dose).collect();
    let squares: Vec<Vec<f64>> =
        doses.iter().map(|&dose| squared_deviations(&population.doses, dose)).collect();
    let received: Vec<Vec<f64>> = doses
        .iter()
        .map(|&dose| units.ccg.iter().map(|&ccg| population.doses[ccg].of(dose)).collect())
        .collect();
    let targets: Vec<f64> = printed.iter().map(targets::target).collect();
    let values = process::values(&units, place, parameters, &squares);
    let values = shift::shifted(&units, values, &received, &targets)?;
    Ok(SimulatedOutcome {
        name: parameters.outcome.clone(),
        doses,
        units,
        values,
        population: population.clone(),
    })
}

/// `P0001`, `P0002` ...
fn labels(letter: char, digits: usize, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{letter}{number:0digits$}")).collect()
}

fn category(codes: impl Iterator<Item = usize>, levels: Vec<String>) -> Column {
    Column::Category(Arc::new(CategoryColumn::from_codes(codes.map(|code| Some(code as u32)), levels)))
}
