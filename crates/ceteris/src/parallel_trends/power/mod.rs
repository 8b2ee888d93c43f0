//! What a test of the leads can detect, and what conditioning on its silence does.
//!
//! ```text
//! delta_e = gamma (e - reference): the groups drift apart by gamma in each period, whatever the reform does
//! joint:      power = P(X > c),  X noncentral chi-squared(k; delta_L'V_LL^-1 delta_L), or F with its dof
//! each lead:  power = 1 - P(|b_e| <= c se_e for all leads),  b_L ~ N(delta_L, V_LL)
//! detectable slope: power(gamma) = wanted
//! E(b_j | all |b_e| <= c se_e) = delta_j + V_jL V_LL^-1 [E(b_L | box) - delta_L]
//! ```
//!
//! Roth 2022 (American Economic Review: Insights 4:305); V is taken as known,
//! as there, and c is the quantile that the path's distribution compares single leads with. Bayes factor =
//! P(all insignificant | gamma) / P(all insignificant | 0); likelihood ratio = density of b_L at gamma over that at 0, as in
//! the program pretrends of the same author. Assumed: V_LL is positive definite.

mod after_passing;

pub use after_passing::{AfterPassing, BiasPoint};

use super::{EventPath, search};
use crate::error::{Error, Result};
use crate::inference::share;
use crate::linalg::cholesky::Factor;
use crate::special::multivariate_normal::{ACCURACY, Accuracy, NormalBox};
use crate::special::{chi_squared, fisher, noncentral, root};
use crate::vcov::Distribution;

/// Relative tolerance of a detectable slope; its power is then within about the error of the probability.
const SLOPE_TOLERANCE: f64 = 1e-6;

/// Standard errors over which the rise of the power is taken, to either side.
const STEP: f64 = 0.02;

/// Relative tolerance of the critical value of the joint test.
const CRITICAL_TOLERANCE: f64 = 1e-12;

/// A test of "no lead differs from zero".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub enum LeadTest {
    /// The Wald test of all leads together.
    Joint,
    /// Whether any single lead is significant, as papers judge by eye. Its true size is above that of each lead.
    AnyLead,
}

/// The power of tests of the leads against a linear difference in trends.
///
/// Formulas and sources: [Power against a linear trend](crate::methods::trend_power).
///
/// # Example
/// ```
/// use ceteris::parallel_trends::LeadTest;
/// use ceteris::{Columns, Distribution, EventPath};
/// let vcov = Columns::new(2, 2, vec![0.04, 0.02, 0.02, 0.04])?;
/// let path = EventPath::new([(-2, 0.1), (0, 0.5)], vcov, Distribution::Normal)?.reference(-1);
/// let power = path.trend_power(0.05)?;
/// let slope = power.detectable_slope(LeadTest::AnyLead, 0.8)?;
/// assert!((slope - 0.2 * (1.95996 + 0.84162)).abs() < 1e-4); // one lead: se (z_0.975 + z_0.8)
/// assert!((power.against(LeadTest::Joint, slope)? - 0.8).abs() < 1e-5);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct TrendPower {
    path: EventPath,
    leads: EventPath,
    /// e - reference of the leads.
    distances: Vec<f64>,
    factor: Factor,
    size: f64,
}

impl EventPath {
    /// The power of tests of this size of the leads.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) without leads, without a
    /// [`reference`](EventPath::reference), or for a size outside (0, 1); [`Singular`](Error::Singular) if the
    /// covariance of the leads is.
    pub fn trend_power(&self, size: f64) -> Result<TrendPower> {
        share("size", size)?;
        let leads = self.lead_part()?;
        let (distances, factor) = (leads.distances()?, leads.positive_definite()?);
        Ok(TrendPower { path: self.clone(), leads, distances, factor, size })
    }
}

impl TrendPower {
    /// The number of standard errors beyond which a single lead is significant.
    pub fn critical(&self) -> f64 {
        self.path.distribution().quantile(1.0 - 0.5 * self.size)
    }

    /// The probability that the test rejects if the groups drift apart by `slope` in each period.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a slope that is not finite;
    /// [`Inaccurate`](Error::Inaccurate).
    pub fn against(&self, test: LeadTest, slope: f64) -> Result<f64> {
        if !slope.is_finite() {
            let must = "a finite change in each period";
            return Err(Error::InvalidSetting { setting: "slope", value: slope.to_string(), must });
        }
        match test {
            LeadTest::Joint => self.joint(slope),
            LeadTest::AnyLead => Ok(1.0 - self.insignificant(slope, ACCURACY)?),
        }
    }

    /// The smallest slope, up or down, that the test detects with probability `power`.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a power that is not between the size of the test and 1;
    /// [`Inaccurate`](Error::Inaccurate).
    pub fn detectable_slope(&self, test: LeadTest, power: f64) -> Result<f64> {
        share("power", power)?;
        let few = search::few(1.0 - power);
        let size = match test {
            LeadTest::Joint => self.joint(0.0)?,
            LeadTest::AnyLead => 1.0 - self.insignificant(0.0, few)?,
        };
        if power <= size {
            let value = format!("{power}, below the size {size:.4} of the test");
            return Err(Error::InvalidSetting {
                setting: "power",
                value,
                must: "above the size of the test",
            });
        }
        let scale = 1.0 / self.noncentrality(1.0).sqrt(); // the standard error of the slope
        let found = |gap: &dyn Fn(f64) -> Result<f64>| {
            root::root_above_zero("the detectable slope", scale, SLOPE_TOLERANCE, gap)
        };
        match test {
            LeadTest::Joint => found(&|slope| Ok(self.joint(slope)? - power)),
            LeadTest::AnyLead => {
                let gap = |slope, accuracy| Ok(1.0 - self.insignificant(slope, accuracy)? - power);
                search::corrected(found(&|slope| gap(slope, few))?, STEP * scale, few, gap)
            }
        }
    }

    fn joint(&self, slope: f64) -> Result<f64> {
        let (count, noncentrality) = (self.distances.len() as f64, self.noncentrality(slope));
        let quantity = "the critical value of the joint test";
        let critical = |tail: &dyn Fn(f64) -> f64| {
            root::root_above_zero(quantity, count, CRITICAL_TOLERANCE, |x| Ok(self.size - tail(x)))
        };
        Ok(match self.path.distribution() {
            Distribution::Normal => {
                let x = critical(&|x| chi_squared::upper_tail(x, count))?;
                noncentral::chi_squared_upper_tail(x, count, noncentrality)
            }
            Distribution::T(dof) => {
                let f = critical(&|f| fisher::upper_tail(f, count, dof))?;
                noncentral::fisher_upper_tail(f, count, dof, noncentrality)
            }
        })
    }

    /// delta_L'V_LL^-1 delta_L
    fn noncentrality(&self, slope: f64) -> f64 {
        let mut whitened = self.drift(slope);
        self.factor.forward(&mut whitened);
        whitened.iter().map(|z| z * z).sum()
    }

    /// delta_L
    fn drift(&self, slope: f64) -> Vec<f64> {
        self.distances.iter().map(|distance| slope * distance).collect()
    }

    /// P(|b_e| <= c se_e for all leads)
    fn insignificant(&self, slope: f64, accuracy: Accuracy) -> Result<f64> {
        let drift = self.drift(slope);
        self.in_box(&drift, |leads| Ok(leads.probability(accuracy)?.value))
    }

    /// A question about the leads with mean `drift` in the box of insignificance.
    fn in_box<A>(&self, drift: &[f64], ask: impl Fn(&NormalBox<'_>) -> Result<A>) -> Result<A> {
        let covariance = self.leads.matrix();
        let upper: Vec<f64> = covariance.diagonal().iter().map(|v| self.critical() * v.sqrt()).collect();
        let lower: Vec<f64> = upper.iter().map(|bound| -bound).collect();
        ask(&NormalBox { mean: drift, covariance: covariance.data(), lower: &lower, upper: &upper })
    }
}

#[cfg(test)]
mod tests;
