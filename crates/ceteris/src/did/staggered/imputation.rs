//! Imputation (Borusyak, Jaravel and Spiess 2024): the specification, and the regression on untreated rows.
//!
//! On the rows not treated yet:  y_it = alpha_i + x_it'b + u_it,  x the times' indicators and covariates;
//! on the treated rows:          tau_it = y_it - alpha_i - x_it'b         (theorem 2)
//! The regression is an [`Ols`] with the unit effects absorbed, and alpha_i = mean of y - x'b over the
//! untreated rows of the unit. Assumed: parallel trends of what the outcome would be untreated, and no
//! anticipation. Leads come from another regression on the untreated rows alone (ibid., section 4.4), so that
//! testing them does not disturb the effects:  y_it = alpha_i + gamma_t + c'covariates + sum_e b_e 1{t - g_i = e}.

use super::grid::{Grid, Unit};
use super::imputation_fit::{ImputationFit, Imputed};
use super::settings::{Settings, dropped_rows, staggered_settings};
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, Index};
use crate::model::{CoefficientName, Fit, Level, Ols, Singletons, Term, Variable, fe};
use crate::notice::Notice;
use crate::parallel_trends::EventPath;
use crate::vcov::Vcov;

/// Each lead is a column. No panel is so long, and a slip of the keyboard asks for billions.
const MOST_LEADS: u32 = 1000;

/// Effects as outcomes less what the untreated rows say they would have been.
///
/// Formulas and sources: [Imputation](crate::methods::imputation).
///
/// # Example
/// ```
/// use ceteris::staggered::{Imputation, Never};
/// use ceteris::{Frame, Index};
/// // one unit treated in 3 and one never: (5 - 1.5) - (3 - 0.5)
/// let frame = Frame::new()
///     .add_real("unit", vec![1., 1., 1., 2., 2., 2.])?
///     .add_real("time", vec![1., 2., 3., 1., 2., 3.])?
///     .add_real("first", vec![3., 3., 3., 0., 0., 0.])?
///     .add_real("y", vec![1., 2., 5., 0., 1., 3.])?;
/// let design = Imputation::new("y", Index { unit: "unit", time: "time" }, "first").never(Never::Value(0));
/// let fit = design.fit(&frame)?;
/// assert!((fit.path()?.at(0)?.estimate - 1.0).abs() < 1e-12);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Imputation {
    pub(super) settings: Settings,
}

staggered_settings!(Imputation);

/// The column that marks the untreated rows in the frame of the regression.
const UNTREATED: &str = "row is untreated";
/// The column of event times before treatment in the frame of the regression on leads.
const LEAD: &str = "event time before treatment";
/// Its value where there is no lead.
const NO_LEAD: i64 = 0;

/// One indicator for each lead.
fn lead_times() -> Term {
    Variable::indicators(LEAD).reference(NO_LEAD.to_string()).into()
}

impl Imputation {
    /// The effects on `outcome` of treatment from the time in `first_treated` on.
    pub fn new(outcome: &str, index: Index<'_>, first_treated: &str) -> Self {
        Self { settings: Settings::new(outcome, index, first_treated) }
    }

    /// The regression on untreated rows, on a frame that marks them.
    fn untreated(&self, terms: Vec<Term>) -> Ols {
        let settings = &self.settings;
        let covariates = settings.covariates.iter().map(|name| Term::from(name.as_str()));
        let mut ols = Ols::new(settings.outcome.as_str()).regress_on(terms).regress_on(covariates);
        ols = ols.keep(Condition::at_least(UNTREATED, 1.0)).require(settings.required.clone());
        ols = ols.absorb([fe(settings.unit())]);
        ols = settings.conditions.iter().cloned().fold(ols, Ols::keep);
        match &settings.weights {
            Some(weights) => ols.weights(weights.clone()),
            None => ols,
        }
    }

    /// The frame with a column that marks the untreated rows, and the rows in use by unit and time.
    fn marked(&self, frame: &Frame) -> Result<(Frame, Grid, Vec<Notice>)> {
        self.settings.adoption.cannot_keep_always("imputation, which needs untreated rows of each unit")?;
        let sample = self.settings.sample(frame)?;
        let cohorts = self.settings.cohorts(frame, &sample)?;
        let grid = Grid::new(frame, &self.settings.adoption, sample.rows(), &cohorts)?;
        let mut untreated = vec![0.0; frame.nrows()];
        for unit in grid.units() {
            for time in (0..grid.times().len()).filter(|&time| unit.is_untreated(grid.times()[time])) {
                unit.row(time).into_iter().for_each(|row| untreated[row] = 1.0);
            }
        }
        let mut notices = dropped_rows(&sample);
        notices.extend(cohorts.notices);
        Ok((frame.clone().add(UNTREATED, Column::Real(untreated.into()))?, grid, notices))
    }

    /// Fits the untreated rows and imputes the treated ones.
    ///
    /// # Errors
    /// Those of [`Ols::fit`] on the untreated rows; [`Error::NotConstant`] for first treated times,
    /// [`Error::DuplicateObservation`]; [`Error::Unsupported`] for frequency weights;
    /// [`Error::FirstTreatedMissing`], [`Error::NeverOrAlways`] for first treated times whose meaning nothing says;
    /// [`Error::ConstantAmong`], [`Error::NotIdentified`] for a covariate that does not vary within the untreated rows
    /// (of the units); [`Error::EmptyCell`] if no treated row can be imputed.
    pub fn fit(&self, frame: &Frame) -> Result<ImputationFit> {
        let (marked, grid, mut notices) = self.marked(frame)?;
        let time = self.settings.adoption.time.as_str();
        let reference = grid.times().iter().enumerate().find(|(place, time)| {
            grid.units().any(|unit| unit.row(*place).is_some() && unit.is_untreated(**time))
        });
        self.check_covariates(frame, &grid)?;
        let (_, reference) = reference.ok_or(Error::EmptyCell { cell: "the untreated rows".to_string() })?;
        let times = Term::from(Variable::indicators(time).reference(reference.to_string()));
        let fit = self.untreated(vec![times.clone()]).singletons(Singletons::Keep).fit(&marked)?;
        let imputed = Imputed::new(&fit, &grid, &times, &self.settings)?;
        if imputed.left_out > 0 {
            notices.push(Notice::NotImputed { rows: imputed.left_out });
        }
        if imputed.effects.is_empty() {
            let cell = "the treated rows whose unit and time are seen untreated".to_string();
            return Err(Error::EmptyCell { cell });
        }
        let clusters = grid.units_as_clusters();
        let (influence, times, overall) = imputed.influence(&fit, &grid);
        let effects = imputed.effects;
        Ok(ImputationFit {
            frame: frame.clone(),
            fit,
            grid,
            effects,
            times,
            influence,
            overall,
            clusters,
            notices,
        })
    }

    /// Refuses a covariate that is one number in all untreated rows.
    fn check_covariates(&self, frame: &Frame, grid: &Grid) -> Result<()> {
        let rows = || {
            let untreated = |unit: Unit<'_>| {
                let places =
                    (0..grid.times().len()).filter(move |&time| unit.is_untreated(grid.times()[time]));
                places.filter_map(move |time| unit.row(time)).collect::<Vec<usize>>()
            };
            grid.units().flat_map(untreated)
        };
        for column in &self.settings.covariates {
            let values = frame.real(column)?;
            let mut of_rows = rows().map(|row| values[row]);
            let Some(value) = of_rows.next() else { continue };
            if of_rows.all(|other| other == value) {
                return Err(Error::ConstantAmong { column: column.clone(), rows: "untreated rows", value });
            }
        }
        Ok(())
    }

    /// The last `leads` event times before treatment, compared with the untreated rows further away and
    /// with the never-treated units: the regression on untreated rows alone.
    ///
    /// # Errors
    /// Those of [`Ols::fit`] and [`Fit::inference`]; [`Error::NotIdentified`] for leads that the effects
    /// span; [`Error::InvalidSetting`] without leads, or with more than 1000.
    pub fn leads(&self, frame: &Frame, leads: u32, vcov: impl Into<Vcov>) -> Result<EventPath> {
        if leads > MOST_LEADS {
            let (value, must) = (leads.to_string(), "at most 1000");
            return Err(Error::InvalidSetting { setting: "leads", value, must });
        }
        let fit = self.fit_leads(frame, leads)?;
        let effects = fit.of_term(&lead_times())?.identified()?;
        let point = |(position, name): &(usize, &CoefficientName)| {
            let time = name.level_of(LEAD).and_then(Level::whole_number);
            (time.expect("leads are whole numbers"), &fit.names()[*position])
        };
        let mut points: Vec<(i64, &String)> = effects.iter().map(point).collect();
        points.reverse(); // the latest lead first
        if let Some(lead) = (1..=i64::from(leads)).find(|lead| !points.iter().any(|(time, _)| *time == -lead))
        {
            return Err(Error::EmptyCell { cell: format!("event time {} among untreated rows", -lead) });
        }
        fit.inference(vcov)?.event_path(&points)
    }

    fn fit_leads(&self, frame: &Frame, leads: u32) -> Result<Fit> {
        let (marked, grid, _) = self.marked(frame)?;
        let mut event_times = vec![NO_LEAD as f64; frame.nrows()];
        for unit in grid.units() {
            let Some(group) = unit.group else { continue };
            for (place, time) in grid.times().iter().enumerate() {
                let (lead, row) = (group - time, unit.row(place));
                if let (Some(row), true) = (row, 1 <= lead && lead <= i64::from(leads)) {
                    event_times[row] = -lead as f64;
                }
            }
        }
        let marked = marked.add(LEAD, Column::Real(event_times.into()))?;
        let ols = self.untreated(vec![lead_times()]);
        ols.absorb([fe(self.settings.adoption.time.as_str())]).fit(&marked)
    }
}
