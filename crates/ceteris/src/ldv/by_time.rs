//! The effect of a lagged-outcome design at each time: i(time) x treatment in the place of treatment.
//!
//!   y_it = d_t + sum_{s >= T} rho_s 1(t = s) treated_i + sum_l b_l y_{i,T-l} + e_it
//!
//! rho_s is the effect at event time s - T; in the triple form it is the coefficient of
//! 1(t = s) treated_i p. On a placebo, the joint test that all are zero is the test of pre-reform
//! interactions given the earlier outcomes.

use super::LaggedOutcome;
use crate::did::{DesignFit, EventFit};
use crate::error::{Error, Result};
use crate::frame::Frame;
use crate::inference::WaldTest;
use crate::model::{CoefficientName, Fit, Level, Term, Variable};
use crate::vcov::Vcov;

impl LaggedOutcome {
    /// Fits the design with an effect at each time; its path holds the effects of the first treatment.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`]; [`InvalidSetting`](Error::InvalidSetting) without a reform date.
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
    pub fn fit_by_time(&self, frame: &Frame) -> Result<EventFit> {
        self.fit_by_time_of(&self.treatments[0], frame)
    }

    /// The same for one of several treatments, the others given their own effects by time.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit_by_time`]; [`UnknownCoefficient`](Error::UnknownCoefficient) for another treatment.
    pub fn fit_by_time_of(&self, treatment: &str, frame: &Frame) -> Result<EventFit> {
        let Some(date) = self.reform else {
            let must = "set for effects by event time";
            return Err(Error::InvalidSetting { setting: "reform", value: "not set".to_string(), must });
        };
        let place = self.treatments.iter().position(|name| name == treatment);
        let place = place.ok_or_else(|| Error::UnknownCoefficient {
            name: treatment.to_string(),
            estimated: self.treatments.clone(),
        })?;
        let (fit, terms) = self.regressed_by_time(frame)?;
        let point = |(position, name): (usize, &CoefficientName)| {
            let time = name.level_of(&self.time).and_then(Level::whole_number);
            (time.expect("the times of a panel are whole numbers") - date, fit.names()[position].clone())
        };
        let points = fit.of_term(&terms[place])?.estimated.into_iter().map(point).collect();
        Ok(EventFit::new(fit, points))
    }

    /// On the design's own times: the joint test that no treatment has an effect at any time.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`] and [`DesignFit::joint`].
    pub fn joint_test(&self, frame: &Frame, vcov: impl Into<Vcov>) -> Result<WaldTest> {
        let (fit, terms) = self.regressed_by_time(frame)?;
        let mut places = Vec::new();
        for term in &terms {
            places.extend(fit.of_term(term)?.estimated.iter().map(|(position, _)| *position));
        }
        DesignFit::at(fit, &places).joint(vcov)
    }

    /// The regression with an effect at each time, and the term of the effects of each treatment.
    fn regressed_by_time(&self, frame: &Frame) -> Result<(Fit, Vec<Term>)> {
        self.check()?;
        let times = |name: &String| Term::from(Variable::indicators(self.time.as_str())).by(name.as_str());
        let terms: Vec<Term> = self.treatments.iter().map(times).collect();
        let fit = self.regression(terms.clone()).fit(&self.with_lags(frame)?)?;
        Ok((fit, terms.into_iter().map(|term| self.effect_of(term)).collect()))
    }
}
