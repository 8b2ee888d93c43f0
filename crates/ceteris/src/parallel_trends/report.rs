//! What the leads of a path can and cannot say about parallel trends, in one call.
//!
//! | part | question | source |
//! |---|---|---|
//! | joint | are all leads zero? | F on their full covariance |
//! | placebos | is there an effect at a date without a reform? | [`Placebo`] |
//! | trend | do the groups drift apart by a constant slope, and what is left of the lags? | generalised least squares |
//! | equivalence | how large a violation can be ruled out? | Hartman and Hidalgo 2018; Dette and Schumann 2024 |
//! | power | how steep a drift would have been seen, and what does conditioning on not seeing it do? | Roth 2022 |
//! | honest bounds | how large a violation does the effect survive? | Rambachan and Roth 2023 |
//!
//! No part shows that trends are parallel, and none says so. Each works on the covariance of all leads and
//! lags together. A part that cannot be answered says why in its place.

use super::equivalence::{EquivalenceTest, LeadEquivalence};
use super::honest::{HonestBounds, HonestReport, LagWeights};
use super::power::{AfterPassing, LeadTest};
use super::{Answer, EventPath, LinearTrend, Placebo};
use crate::error::{Error, Result};
use crate::inference::{WaldTest, share};

/// A report on the leads of a path: 95 % intervals, tests at 5 %, power 0.8, unless said otherwise.
///
/// Formulas and sources: [Parallel-trends report](crate::methods::parallel_trends).
///
/// # Example
/// ```
/// use ceteris::{Columns, Distribution, EventPath, ParallelTrends};
/// let vcov = Columns::new(3, 3, vec![0.04, 0.0, 0.0, 0.0, 0.04, 0.0, 0.0, 0.0, 0.04])?;
/// let path = EventPath::new([(-3, 0.1), (-2, -0.1), (0, 1.0)], vcov, Distribution::Normal)?.reference(-1);
/// let report = ParallelTrends::of(&path).equivalence_margin(0.8).power(0.8).report()?;
/// println!("{report}");
/// assert!(report.joint.given().is_some());
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ParallelTrends {
    path: EventPath,
    placebos: Vec<Placebo>,
    level: f64,
    margin: Option<f64>,
    power: f64,
    lag_weights: LagWeights,
    magnitudes: Option<Vec<f64>>,
    smoothness: Option<Vec<f64>>,
}

/// Answers about the leads of a path.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TrendsReport {
    /// The probability that intervals cover; the size of tests is one minus it.
    pub level: f64,
    /// The leads, the lags and their covariance.
    pub path: EventPath,
    /// Are all leads zero?
    pub joint: Answer<WaldTest>,
    /// Effects at dates without a reform, where a design gave them.
    pub placebos: Vec<Placebo>,
    /// The drift of the groups in each period, and the lags net of it.
    pub trend: Answer<LinearTrend>,
    /// The largest violations that cannot be ruled out: maximum and mean by two one-sided tests, maximum and
    /// mean by the folded distribution, root mean square.
    pub equivalence: Answer<Vec<EquivalenceTest>>,
    /// What drift would have been seen.
    pub power: Answer<TrendDetection>,
    /// Intervals under departures of at most so many times the largest seen among the leads.
    pub magnitudes: Answer<HonestReport>,
    /// Intervals under a slope that changes by at most so much from one period to the next.
    pub smoothness: Answer<HonestReport>,
}

/// Drifts that the leads could have shown.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TrendDetection {
    /// The probability of being seen.
    pub power: f64,
    /// The drift that the joint test sees with this probability.
    pub joint: f64,
    /// The drift that makes some single lead significant with this probability.
    pub any_lead: f64,
    /// The drift that makes some single lead significant half of the time, and what it does to estimates that
    /// are reported only if no lead is significant.
    pub after_passing: AfterPassing,
}

/// As likely as not: the drift that Roth (2022) considers first.
const EVEN: f64 = 0.5;

impl ParallelTrends {
    /// A report on this path.
    pub fn of(path: &EventPath) -> Self {
        Self {
            path: path.clone(),
            placebos: Vec::new(),
            level: 0.95,
            margin: None,
            power: 0.8,
            lag_weights: LagWeights::First,
            magnitudes: None,
            smoothness: None,
        }
    }

    /// Takes the placebos of the design into the report.
    pub fn placebos(mut self, placebos: Vec<Placebo>) -> Self {
        self.placebos = placebos;
        self
    }

    /// The probability that intervals cover; the size of tests is one minus it.
    pub fn level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    /// The violation that would matter, in units of the outcome. Without one, the smallest margins are given.
    pub fn equivalence_margin(mut self, margin: f64) -> Self {
        self.margin = Some(margin);
        self
    }

    /// The probability with which a detectable drift is seen.
    pub fn power(mut self, power: f64) -> Self {
        self.power = power;
        self
    }

    /// The combination of lags that honest bounds are for (default: the first).
    pub fn lag_weights(mut self, weights: LagWeights) -> Self {
        self.lag_weights = weights;
        self
    }

    /// The relative magnitudes that honest bounds allow for.
    pub fn magnitudes(mut self, bounds: impl IntoIterator<Item = f64>) -> Self {
        self.magnitudes = Some(bounds.into_iter().collect());
        self
    }

    /// The changes of slope that honest bounds allow for.
    pub fn smoothness(mut self, bounds: impl IntoIterator<Item = f64>) -> Self {
        self.smoothness = Some(bounds.into_iter().collect());
        self
    }

    /// Asks all questions.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a path without leads, or a level or power outside (0, 1).
    /// What goes wrong in one part stands in its place.
    pub fn report(&self) -> Result<TrendsReport> {
        let leads = self.path.leads();
        if leads.is_empty() {
            let (value, must) = ("without leads".to_string(), "a path with event times before the event");
            return Err(Error::InvalidSetting { setting: "path", value, must });
        }
        share("level", self.level)?;
        share("power", self.power)?;
        Ok(TrendsReport {
            level: self.level,
            path: self.path.clone(),
            joint: self.path.joint(&leads).into(),
            placebos: self.placebos.clone(),
            trend: self.path.linear_trend().into(),
            equivalence: self.equivalence().into(),
            power: self.detection().into(),
            magnitudes: self.honest(HonestBounds::relative_magnitudes(), &self.magnitudes).into(),
            smoothness: self.honest(HonestBounds::smoothness(), &self.smoothness).into(),
        })
    }

    /// The tests of the maximum, the mean and the root mean square; those of single leads are left to
    /// [`LeadEquivalence`].
    fn equivalence(&self) -> Result<Vec<EquivalenceTest>> {
        let mut asked = LeadEquivalence::new().size(1.0 - self.level);
        if let Some(margin) = self.margin {
            asked = asked.margin(margin);
        }
        let nleads = self.path.leads().len();
        let mut tests: Vec<EquivalenceTest> = asked.two_one_sided(&self.path)?.split_off(nleads);
        tests.extend(asked.folded(&self.path)?.split_off(nleads));
        tests.push(asked.root_mean_square(&self.path)?);
        Ok(tests)
    }

    fn detection(&self) -> Result<TrendDetection> {
        let tests = self.path.trend_power(1.0 - self.level)?;
        let even = tests.detectable_slope(LeadTest::AnyLead, EVEN)?;
        Ok(TrendDetection {
            power: self.power,
            joint: tests.detectable_slope(LeadTest::Joint, self.power)?,
            any_lead: tests.detectable_slope(LeadTest::AnyLead, self.power)?,
            after_passing: tests.after_passing(even)?,
        })
    }

    fn honest(&self, bounds: HonestBounds, grid: &Option<Vec<f64>>) -> Result<HonestReport> {
        let bounds = bounds.level(self.level).lag_weights(self.lag_weights.clone());
        let bounds = match grid {
            Some(grid) => bounds.bounds(grid.iter().copied()),
            None => bounds,
        };
        bounds.report(&self.path)
    }
}
