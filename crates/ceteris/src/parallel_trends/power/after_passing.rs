//! The path that is reported because no lead was significant.
//!
//! ```text
//! E(b_j | box) = delta_j + V_jL V_LL^-1 [E(b_L | box) - delta_L]
//! Bayes factor = P(box | gamma) / P(box | 0),   likelihood ratio = phi(b_L; delta_L, V_LL) / phi(b_L; 0, V_LL)
//! ```
//!
//! Roth 2022; the effects after the event are taken as zero, so that expectations are biases.

use super::TrendPower;
use crate::error::{Error, Result};
use crate::special::multivariate_normal::{ACCURACY, MOMENT_ACCURACY};

/// What a linear difference in trends does to a path, before and after the leads were looked at.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct AfterPassing {
    /// gamma, the change of the difference in each period.
    pub slope: f64,
    /// The probability that some lead is significant.
    pub power: f64,
    /// How much likelier no significant lead is under the slope than under parallel trends.
    pub bayes_factor: f64,
    /// How much likelier the observed leads are under the slope than under parallel trends.
    pub likelihood_ratio: f64,
    /// The bias at each event time.
    pub points: Vec<BiasPoint>,
}

/// The bias of one estimate.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BiasPoint {
    /// The event time.
    pub event_time: i64,
    /// gamma (e - reference), over all samples.
    pub unconditional: f64,
    /// The mean of the estimate over the samples without a significant lead, less its true value.
    pub conditional: f64,
}

impl TrendPower {
    /// What remains to be feared when no lead was significant, if the groups drift apart by `slope`.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a slope that is not finite;
    /// [`Inaccurate`](Error::Inaccurate), also if no lead is hardly ever insignificant under this slope.
    pub fn after_passing(&self, slope: f64) -> Result<AfterPassing> {
        let power = self.against(super::LeadTest::AnyLead, slope)?;
        let drift = self.drift(slope);
        let moments = self.in_box(&drift, |leads| leads.moments(MOMENT_ACCURACY))?;
        let mut pull: Vec<f64> = moments.mean.iter().zip(&drift).map(|(mean, delta)| mean - delta).collect();
        self.factor.solve(&mut pull); // V_LL^-1 [E(b_L | box) - delta_L]
        let point = |place: usize| -> Result<BiasPoint> {
            let event_time = self.path.times()[place];
            let unconditional = slope * self.path.distance(event_time)?;
            let shift: f64 = pull.iter().enumerate().map(|(j, p)| self.path.matrix()[(place, j)] * p).sum();
            Ok(BiasPoint { event_time, unconditional, conditional: unconditional + shift })
        };
        let points = (0..self.path.times().len()).map(point).collect::<Result<Vec<_>>>()?;
        let bayes_factor = (1.0 - power) / self.insignificant(0.0, ACCURACY)?;
        let likelihood_ratio = self.likelihood_ratio(slope);
        if !likelihood_ratio.is_finite() {
            let (quantity, tolerance) = ("the likelihood ratio", f64::MAX);
            return Err(Error::Inaccurate { quantity, error: likelihood_ratio, tolerance });
        }
        Ok(AfterPassing { slope, power, bayes_factor, likelihood_ratio, points })
    }

    /// exp(delta'V^-1 b - delta'V^-1 delta / 2)
    fn likelihood_ratio(&self, slope: f64) -> f64 {
        let mut whitened = self.leads.estimates().to_vec();
        self.factor.forward(&mut whitened);
        let mut drift = self.drift(slope);
        self.factor.forward(&mut drift);
        let cross: f64 = drift.iter().zip(&whitened).map(|(d, z)| d * z).sum();
        libm::exp(cross - 0.5 * drift.iter().map(|d| d * d).sum::<f64>())
    }
}
