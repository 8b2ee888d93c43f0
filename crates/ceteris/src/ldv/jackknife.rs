//! The half-panel jackknife: a lagged outcome beside unit effects without most of its bias.
//!
//!   b~ = 2 b - (1/S) sum_s sum_{h in s} (T_h / T) b_h
//!
//! b is estimated on all T times and b_h on the T_h times of one half. A bias of C / T + O(1/T^2) has mean
//! sum_h (T_h / T) C / T_h = 2 C / T over the two halves, which 2 b takes off again: what is left is of order
//! 1/T^2 (Dhaene and Jochmans 2015). With an even T there is one split (S = 1), in the middle; with an odd T
//! the two nearest to it are averaged (S = 2). The lag of a half's first time comes from the time before it.
//!
//! Standard errors come from the joint cluster covariance of the fits, which are correlated: they share rows.
//! Assumed: the process does not change between the halves.

use super::LaggedOutcome;
use crate::error::{Error, Result};
use crate::frame::{Condition, Frame};
use crate::inference::{Coefficient, FitTerm, JointInference};
use crate::model::Fit;
use crate::vcov::Vcov;

/// Unit effects need two times in each half.
const FEWEST_TIMES: usize = 4;
/// The name of the fit on all times.
const WHOLE: &str = "all times";

impl LaggedOutcome {
    /// Fits the design on all times and on halves of them.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`]; [`Unsupported`](Error::Unsupported) with a reform date, which has no
    /// halves; [`InvalidSetting`](Error::InvalidSetting) for fewer than four times.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Cluster, Frame, Index, LaggedOutcome, fe};
    /// # let mut rows = Vec::new();
    /// # for unit in 0..10 {
    /// #     let mut y = f64::from(unit);
    /// #     for time in 0..7 {
    /// #         let noise = f64::from((unit * 7 + time * 5 + unit * unit * time) % 11) / 5.0;
    /// #         y = 0.5 * y + noise;
    /// #         rows.push([f64::from(unit), f64::from(time), y, f64::from((unit + time * time) % 3)]);
    /// #     }
    /// # }
    /// # let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
    /// let frame = Frame::new()
    ///     .add_real("unit", column(0))?
    ///     .add_real("time", column(1))?
    ///     .add_real("y", column(2))?
    ///     .add_real("x", column(3))?;
    /// let index = Index { unit: "unit", time: "time" };
    /// let design = LaggedOutcome::new("y", index, "x").absorb([fe("unit")]);
    /// let corrected = design.half_panel_jackknife(&frame)?.coef("y_lag1", Cluster::by(["unit"]))?;
    /// assert!(corrected.estimate > design.fit(&frame)?.fit().estimate("y_lag1")?);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn half_panel_jackknife(&self, frame: &Frame) -> Result<JackknifeFit> {
        if self.reform.is_some() {
            return Err(Error::Unsupported { what: "the half-panel jackknife", with: "a reform date" });
        }
        let whole = self.fit(frame)?.fit().clone();
        let times = times_of(&whole, &self.time)?;
        if times.len() < FEWEST_TIMES {
            let (value, must) = (times.len().to_string(), "at least 4 for two halves");
            return Err(Error::InvalidSetting { setting: "times", value, must });
        }
        let extended = self.with_lags(frame)?;
        let half = |condition: Condition| self.ols().keep(condition).fit(&extended);
        let middle = times.len() / 2;
        let splits = middle..=times.len() - middle;
        let share = 1.0 / (splits.clone().count() * times.len()) as f64;
        let mut halves = Vec::new();
        for first in splits {
            let date = times[first];
            let (length, rest) = (first as f64, (times.len() - first) as f64);
            let early = half(Condition::below(self.time.as_str(), date))?;
            halves.push(Half { name: format!("before {date}"), fit: early, weight: length * share });
            let late = half(Condition::at_least(self.time.as_str(), date))?;
            halves.push(Half { name: format!("from {date}"), fit: late, weight: rest * share });
        }
        Ok(JackknifeFit { whole, halves })
    }
}

/// The times of the rows in use, ascending.
fn times_of(fit: &Fit, time: &str) -> Result<Vec<f64>> {
    let values = fit.frame().real(time)?;
    let mut times: Vec<f64> = fit.sample().rows().iter().map(|&row| values[row as usize]).collect();
    times.sort_by(f64::total_cmp);
    times.dedup();
    Ok(times)
}

/// A fit on one half of the times.
#[derive(Debug, Clone)]
struct Half {
    name: String,
    fit: Fit,
    /// What its coefficients are taken off with.
    weight: f64,
}

/// Fits on all times and on halves of them.
#[derive(Debug, Clone)]
pub struct JackknifeFit {
    whole: Fit,
    halves: Vec<Half>,
}

impl JackknifeFit {
    /// The fit on all times, with its bias.
    pub fn uncorrected(&self) -> &Fit {
        &self.whole
    }

    /// The fits on halves, with the times that each is about.
    pub fn halves(&self) -> impl Iterator<Item = (&str, &Fit)> {
        self.halves.iter().map(|half| (half.name.as_str(), &half.fit))
    }

    /// A corrected coefficient.
    ///
    /// # Errors
    /// As [`JointInference::new`]; [`UnknownCoefficient`](Error::UnknownCoefficient),
    /// [`OmittedCoefficient`](Error::OmittedCoefficient) in any of the fits.
    pub fn coef(&self, name: &str, vcov: impl Into<Vcov>) -> Result<Coefficient> {
        self.combine(name, &self.joint(vcov)?)
    }

    /// Every coefficient corrected, under a covariance.
    ///
    /// # Errors
    /// As [`JackknifeFit::coef`].
    pub fn coefs(&self, vcov: impl Into<Vcov>) -> Result<Vec<Coefficient>> {
        let joint = self.joint(vcov)?;
        self.whole.names().iter().map(|name| self.combine(name, &joint)).collect()
    }

    /// All fits together.
    ///
    /// # Errors
    /// As [`JointInference::new`].
    pub fn joint(&self, vcov: impl Into<Vcov>) -> Result<JointInference> {
        let fits = std::iter::once((WHOLE, &self.whole)).chain(self.halves());
        JointInference::new(fits, vcov)
    }

    fn combine(&self, term: &str, joint: &JointInference) -> Result<Coefficient> {
        let mut parts = vec![(FitTerm { fit: WHOLE, term }, 2.0)];
        parts.extend(self.halves.iter().map(|half| (FitTerm { fit: &half.name, term }, -half.weight)));
        joint.combination(term, &parts)
    }
}
