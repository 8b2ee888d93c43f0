//! Placebos in time: the effect of a reform at each date at which there was none.
//!
//! For every time d before the reform but the first: the design on the times before the reform, as if the
//! reform had come at d. For units treated at different times: the times before treatment, as if treatment had
//! come k periods earlier. An effect that is there before its cause is a violation of parallel trends.

use std::collections::BTreeSet;

use super::event::EventStudy;
use super::{DesignFit, DifferenceInDifferences, Dose, Reform, TripleDifference};
use crate::error::{Error, Result};
use crate::frame::{Frame, whole_numbers};
use crate::inference::Coefficient;
use crate::model::{Fit, Ols, Term, fit_each};
use crate::parallel_trends::Placebo;
use crate::vcov::Vcov;

/// The placebos of a design with one effect, written once.
macro_rules! placebos_of_the_effect {
    ($design:ty) => {
        impl $design {
            /// The effect at every date before the reform at which there was none.
            ///
            /// # Errors
            /// Those of reading the sample; [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column; what goes wrong at one date stands there.
            pub fn placebos(&self, frame: &Frame, vcov: impl Into<Vcov>) -> Result<Vec<Placebo>> {
                let vcov = vcov.into();
                let dates = dates(&self.ols(), frame, self.post.reform()?)?;
                let designs = dates.iter().map(|&date| self.placebo(date)).collect::<Result<Vec<Self>>>()?;
                let models = designs.iter().map(Self::ols).collect();
                Ok(placebos(dates, models, frame, |place, fit| {
                    effect(designs[place].fitted(frame, fit), &vcov)
                }))
            }
        }
    };
}

placebos_of_the_effect!(DifferenceInDifferences);
placebos_of_the_effect!(TripleDifference);

impl Dose {
    /// The effect of one dose at every date before the reform at which there was none.
    ///
    /// # Errors
    /// Those of reading the sample; [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column; what goes wrong at one date stands there.
    pub fn placebos(&self, dose: &str, frame: &Frame, vcov: impl Into<Vcov>) -> Result<Vec<Placebo>> {
        let vcov = vcov.into();
        let dates = dates(&self.ols(), frame, self.post.reform()?)?;
        let designs = dates.iter().map(|&date| self.placebo(date)).collect::<Result<Vec<Self>>>()?;
        let models = designs.iter().map(Self::ols).collect();
        Ok(placebos(dates, models, frame, |place, fit| {
            let fit = designs[place].fitted(fit)?;
            let effect = fit.fit().identified(&designs[place].term_of(dose))?;
            fit.fit().inference(vcov.clone())?.coef(&fit.fit().names()[effect])
        }))
    }
}

impl EventStudy {
    /// The mean effect on the last k periods before treatment, for each k that is an event time and leaves an
    /// earlier one.
    ///
    /// # Errors
    /// Those of [`EventStudy::event_times`]; [`InvalidSetting`](crate::Error::InvalidSetting) for more than 200;
    /// what goes wrong at one k stands there.
    pub fn placebos(&self, frame: &Frame, vcov: impl Into<Vcov>) -> Result<Vec<Placebo>> {
        let vcov = vcov.into();
        let (prepared, times) = self.before_treatment(frame)?;
        let periods = few(times.into_iter().skip(1).rev().map(|time| -time).collect())?.into_iter();
        let dates = periods.clone().map(|periods| -periods).collect();
        let (models, terms): (Vec<Ols>, Vec<Term>) = periods.map(|back| self.treated_earlier(back)).unzip();
        Ok(placebos(dates, models, &prepared, |place, fit| {
            effect(DesignFit::new(fit?, &terms[place]), &vcov)
        }))
    }
}

fn effect(fit: Result<DesignFit>, vcov: &Vcov) -> Result<Coefficient> {
    fit?.effect(vcov.clone())
}

/// A placebo for each date from its model, all models in one call: they are about the same rows. `effect` takes
/// the place and the fit of a model.
fn placebos(
    dates: Vec<i64>,
    models: Vec<Ols>,
    frame: &Frame,
    effect: impl Fn(usize, Result<Fit>) -> Result<Coefficient>,
) -> Vec<Placebo> {
    let fits = fit_each(&models, frame).into_iter().enumerate();
    dates.into_iter().zip(fits).map(|(date, (place, fit))| Placebo::new(date, effect(place, fit))).collect()
}

/// Every time of the sample before the reform but the first.
fn dates(ols: &Ols, frame: &Frame, reform: Reform<'_>) -> Result<Vec<i64>> {
    let times = whole_numbers(frame, reform.time)?;
    let of_sample = ols.sample(frame)?;
    let before = of_sample.rows().iter().filter_map(|&row| times[row as usize]);
    let before: BTreeSet<i64> = before.filter(|time| *time < reform.date).collect();
    few(before.into_iter().skip(1).collect())
}

/// Each placebo is a regression of its own. Dates written as 20130401 leave thousands of them.
const MOST_PLACEBOS: usize = 200;

/// Refuses more dates than a reader can want.
fn few<T>(dates: Vec<T>) -> Result<Vec<T>> {
    if dates.len() <= MOST_PLACEBOS {
        return Ok(dates);
    }
    let (value, must) = (format!("for {}", dates.len()), "for at most 200 dates before treatment");
    Err(Error::InvalidSetting { setting: "placebos", value, must })
}
