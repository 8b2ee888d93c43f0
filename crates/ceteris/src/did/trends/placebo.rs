//! Placebos in time: the effect of a reform at each date at which there was none.
//!
//! For every time d before the reform but the first: the design on the times before the reform, as if the
//! reform had come at d. For units treated at different times: the times before treatment, as if treatment had
//! come k periods earlier. An effect that is there before its cause is a violation of parallel trends.

use super::Answer;
use crate::did::event::EventStudy;
use crate::did::{DesignFit, DifferenceInDifferences, Dose, Reform, TripleDifference};
use crate::error::Result;
use crate::frame::Frame;
use crate::inference::Coefficient;
use crate::model::Ols;
use crate::vcov::{SmallSample, Vcov};

/// The effect at a date without a reform.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Placebo {
    /// The date, or the periods before treatment as a negative number.
    pub date: f64,
    /// The effect, or why there is none.
    pub effect: Answer<Coefficient>,
}

impl Placebo {
    fn new(date: f64, effect: Result<Coefficient>) -> Self {
        Self { date, effect: effect.into() }
    }
}

/// The placebos of a design with one effect, written once.
macro_rules! placebos_of_the_effect {
    ($design:ty) => {
        impl $design {
            /// The effect at every date before the reform at which there was none.
            ///
            /// # Errors
            /// Those of reading the sample; what goes wrong at one date stands there.
            pub fn placebos(
                &self,
                frame: &Frame,
                reform: Reform<'_>,
                vcov: impl Into<Vcov>,
                small_sample: SmallSample,
            ) -> Result<Vec<Placebo>> {
                let vcov = vcov.into();
                placebos(&self.ols(), frame, reform, |date| {
                    effect(self.placebo(reform, date).fit(frame), &vcov, small_sample)
                })
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
    /// Those of reading the sample; what goes wrong at one date stands there.
    pub fn placebos(
        &self,
        dose: &str,
        frame: &Frame,
        reform: Reform<'_>,
        vcov: impl Into<Vcov>,
        small_sample: SmallSample,
    ) -> Result<Vec<Placebo>> {
        let vcov = vcov.into();
        placebos(&self.ols(), frame, reform, |date| {
            let placebo = self.placebo(reform, date);
            let fit = placebo.fit(frame)?;
            fit.fit().inference_under(vcov.clone(), small_sample)?.coef(&placebo.term_of(dose))
        })
    }
}

impl EventStudy {
    /// The mean effect on the last k periods before treatment, for each k that leaves an earlier one.
    ///
    /// # Errors
    /// Those of [`EventStudy::event_times`]; what goes wrong at one k stands there.
    pub fn placebos(
        &self,
        frame: &Frame,
        vcov: impl Into<Vcov>,
        small_sample: SmallSample,
    ) -> Result<Vec<Placebo>> {
        let vcov = vcov.into();
        let (prepared, earliest) = self.before_treatment(frame)?;
        let placebo = |periods: i64| {
            let (ols, term) = self.treated_earlier(periods);
            let fit = DesignFit::new(ols.fit(&prepared)?, term);
            effect(fit, &vcov, small_sample)
        };
        Ok((1..-earliest).map(|periods| Placebo::new(-periods as f64, placebo(periods))).collect())
    }
}

fn effect(fit: Result<DesignFit>, vcov: &Vcov, small_sample: SmallSample) -> Result<Coefficient> {
    fit?.effect_under(vcov.clone(), small_sample)
}

/// One placebo for every time of the sample before the reform but the first.
fn placebos(
    ols: &Ols,
    frame: &Frame,
    reform: Reform<'_>,
    effect: impl Fn(f64) -> Result<Coefficient>,
) -> Result<Vec<Placebo>> {
    let times = frame.real(reform.time)?;
    let of_sample = ols.sample(frame)?;
    let mut before: Vec<f64> = of_sample.rows().iter().map(|&row| times[row as usize]).collect();
    before.retain(|time| *time < reform.date);
    before.sort_by(f64::total_cmp);
    before.dedup();
    Ok(before.into_iter().skip(1).map(|date| Placebo::new(date, effect(date))).collect())
}
