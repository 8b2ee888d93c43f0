//! The effect of a lagged-outcome design at each time: i(time) x treatment in the place of treatment.
//!
//!   y_it = d_t + sum_{s >= T} rho_s 1(t = s) treated_i + sum_l b_l y_{i,T-l} + e_it
//!
//! rho_s is the effect at event time s - T; in the triple form it is the coefficient of
//! 1(t = s) treated_i p. On a placebo, the joint test that all are zero is the test of pre-reform
//! interactions given the earlier outcomes.

use super::LaggedOutcome;
use crate::error::{Error, Result};
use crate::frame::Frame;
use crate::inference::WaldTest;
use crate::model::{CoefficientName, Fit, Level, Term, Variable};
use crate::parallel_trends::EventPath;
use crate::vcov::Vcov;

impl LaggedOutcome {
    /// Fits the design with an effect at each time.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`].
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Hc, Index, LaggedOutcome};
    /// # let mut rows = Vec::new();
    /// # for unit in 0..12 {
    /// #     for time in 0..3 {
    /// #         let noise = f64::from((unit * 7 + time * 5) % 11) / 10.0;
    /// #         let treated = f64::from(u8::from(unit % 2 == 0));
    /// #         let effect = treated * f64::from(time);
    /// #         rows.push([f64::from(unit), f64::from(time), treated, noise + effect]);
    /// #     }
    /// # }
    /// # let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
    /// let frame = Frame::new()
    ///     .add_real("unit", column(0))?
    ///     .add_real("time", column(1))?
    ///     .add_real("treated", column(2))?
    ///     .add_real("y", column(3))?;
    /// let design = LaggedOutcome::new("y", Index { unit: "unit", time: "time" }, "treated").reform(1);
    /// let path = design.fit_by_time(&frame)?.path(Hc::Hc1)?;
    /// assert_eq!(path.times(), [0, 1]); // the time of the reform and the one after it
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn fit_by_time(&self, frame: &Frame) -> Result<ByTimeFit> {
        self.check()?;
        let times = |name: &String| Term::from(Variable::indicators(self.time.as_str())).by(name.as_str());
        let terms: Vec<Term> = self.treatments.iter().map(times).collect();
        let fit = self.regression(terms.clone()).fit(&self.with_lags(frame)?)?;
        let of =
            |(name, term): (&String, Term)| Ok((name.clone(), self.points(&fit, &self.effect_of(term))?));
        let effects = self.treatments.iter().zip(terms).map(of).collect::<Result<_>>()?;
        Ok(ByTimeFit { fit, reform: self.reform, effects })
    }

    /// Time and coefficient of each effect of one treatment that is estimated.
    fn points(&self, fit: &Fit, effect: &Term) -> Result<Vec<(i64, String)>> {
        let point = |(position, name): (usize, &CoefficientName)| {
            let time = name.level_of(&self.time).and_then(Level::whole_number);
            (time.expect("the times of a panel are whole numbers"), fit.names()[position].clone())
        };
        Ok(fit.of_term(effect)?.estimated.into_iter().map(point).collect())
    }

    /// On the design's own times: the joint test that the effect is zero at each time.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit_by_time`] and [`ByTimeFit::test`].
    pub fn joint_test(&self, frame: &Frame, vcov: impl Into<Vcov>) -> Result<WaldTest> {
        self.fit_by_time(frame)?.test(vcov)
    }
}

/// A fitted lagged-outcome design with an effect at each time.
#[derive(Debug, Clone)]
pub struct ByTimeFit {
    fit: Fit,
    reform: Option<i64>,
    effects: Vec<(String, Vec<(i64, String)>)>,
}

impl ByTimeFit {
    /// The regression.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The effects of the first treatment by event time.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`InvalidSetting`](Error::InvalidSetting) without a reform date.
    pub fn path(&self, vcov: impl Into<Vcov>) -> Result<EventPath> {
        self.path_of(&self.effects[0].0, vcov)
    }

    /// The effects of one treatment by event time, under a small-sample correction.
    ///
    /// # Errors
    /// As [`ByTimeFit::path`]; [`UnknownCoefficient`](Error::UnknownCoefficient) for another treatment.
    pub fn path_of(&self, treatment: &str, vcov: impl Into<Vcov>) -> Result<EventPath> {
        let Some(date) = self.reform else {
            let must = "set for effects by event time";
            return Err(Error::InvalidSetting { setting: "reform", value: "not set".to_string(), must });
        };
        let found = self.effects.iter().find(|(name, _)| name == treatment);
        let (_, points) = found.ok_or_else(|| Error::UnknownCoefficient {
            name: treatment.to_string(),
            estimated: self.effects.iter().map(|(name, _)| name.clone()).collect(),
        })?;
        let points: Vec<(i64, &String)> = points.iter().map(|(time, name)| (time - date, name)).collect();
        self.fit.inference(vcov)?.event_path(&points)
    }

    /// The joint test that every effect at every time is zero.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`Singular`](Error::Singular) with too few clusters for so many effects.
    pub fn test(&self, vcov: impl Into<Vcov>) -> Result<WaldTest> {
        let points = self.effects.iter().flat_map(|(_, points)| points);
        let names: Vec<&str> = points.map(|(_, name)| name.as_str()).collect();
        self.fit.inference(vcov)?.wald(&names)
    }
}
