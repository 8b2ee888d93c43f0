//! A fitted synthetic control or difference: weights, path, effect, and the regression that it stands for.
//!
//! The effect is the coefficient of treatment in the regression of the outcome with weights omega_i lambda_t on
//! unit and time effects (Arkhangelsky et al. 2021, eq. 1), with omega = 1 / N_tr for treated units and lambda =
//! 1 / T_post after treatment; for a synthetic control, with time effects alone on the times after.

use std::fmt;

use super::balance::{Balanced, Balancing, Ridge};
use super::resampling::{
    RankTest, SyntheticVariance, centred_gaps, rank, replicates, root_mean_square, variance,
};
use crate::att::treatment::{NamedBlock, Treatment};
use crate::error::Result;
use crate::frame::{Frame, Interaction, Weights};
use crate::inference::Coefficient;
use crate::model::{Fit, Ols, fe};
use crate::notice::Notice;
use crate::vcov::{Distribution, Floor, ROUNDING};

/// A control unit and its share in the synthetic one.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct UnitWeight {
    /// The unit.
    pub unit: String,
    /// Its share.
    pub weight: f64,
}

/// A time before treatment and its share in the baseline.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct TimeWeight {
    /// The time.
    pub time: i64,
    /// Its share.
    pub weight: f64,
}

/// One time of the path.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct PathPoint {
    /// The time.
    pub time: i64,
    /// The mean outcome of the treated units.
    pub treated: f64,
    /// The weighted mean outcome of the controls; for a synthetic difference, shifted to the level of the
    /// treated in the weighted times before.
    pub synthetic: f64,
}

/// A synthetic control or difference after the fit.
#[derive(Debug, Clone)]
pub struct SyntheticFit {
    frame: Frame,
    outcome: String,
    unit: Interaction,
    time: String,
    panel: NamedBlock,
    balancing: Balancing,
    ridge: Ridge,
    balanced: Balanced,
}

/// The columns that [`SyntheticFit::regression`] adds to the frame.
const WEIGHT: &str = "synthetic_weight";
const TREATED: &str = "synthetic_treated";

impl SyntheticFit {
    pub(super) fn new(
        frame: &Frame,
        outcome: &str,
        treatment: &Treatment,
        panel: NamedBlock,
        balancing: Balancing,
        ridge: Ridge,
        balanced: Balanced,
    ) -> Self {
        let (unit, time) = (treatment.unit().clone(), treatment.time().to_string());
        let outcome = outcome.to_string();
        Self { frame: frame.clone(), outcome, unit, time, panel, balancing, ridge, balanced }
    }

    /// The effect: the mean gap after treatment, less the weighted gap before it.
    pub fn estimate(&self) -> f64 {
        self.balanced.effect
    }

    /// The shares of the controls, by reading order of the units.
    pub fn unit_weights(&self) -> Vec<UnitWeight> {
        let weights = self.panel.units.iter().zip(&self.balanced.unit_weights);
        weights.map(|(unit, weight)| UnitWeight { unit: unit.clone(), weight: *weight }).collect()
    }

    /// The shares of the times before treatment; all zero for a synthetic control, which has no baseline.
    pub fn time_weights(&self) -> Vec<TimeWeight> {
        let weights = self.panel.times().iter().zip(&self.balanced.time_weights);
        weights.map(|(time, weight)| TimeWeight { time: *time, weight: *weight }).collect()
    }

    /// The names of the treated units.
    pub fn treated_units(&self) -> &[String] {
        &self.panel.units[self.panel.block.ncontrols()..]
    }

    /// The first time of treatment.
    pub fn first_treated(&self) -> i64 {
        self.panel.times()[self.panel.block.npre()]
    }

    /// The ridges that the weights were found with.
    pub fn ridge(&self) -> Ridge {
        self.ridge
    }

    /// The treated units and their synthetic counterpart at every time.
    pub fn path(&self) -> Vec<PathPoint> {
        let gaps = centred_gaps(&self.panel.block, &self.balanced);
        let treated = self.panel.block.treated_mean().iter().zip(gaps);
        let points = self.panel.times().iter().zip(treated);
        points
            .map(|(time, (treated, gap))| PathPoint {
                time: *time,
                treated: *treated,
                synthetic: treated - gap,
            })
            .collect()
    }

    /// The root mean squared gap of the path before treatment.
    pub fn rmspe_before(&self) -> f64 {
        root_mean_square(&centred_gaps(&self.panel.block, &self.balanced)[..self.panel.block.npre()])
    }

    /// What a reader should know.
    pub fn notices(&self) -> &[Notice] {
        &self.panel.notices
    }

    /// The effect with a standard error, compared with the normal distribution.
    ///
    /// # Errors
    /// [`Unsupported`](crate::Error::Unsupported): a placebo variance without more control than treated units;
    /// the jackknife with one treated unit, or with one control that holds all the weight.
    /// [`InvalidSetting`](crate::Error::InvalidSetting) with fewer than two draws.
    pub fn effect(&self, method: SyntheticVariance) -> Result<Coefficient> {
        let replicates = self.replicates(method)?;
        let sizes = self.path().into_iter().flat_map(|point| [point.treated.abs(), point.synthetic.abs()]);
        let floor = Floor::of(ROUNDING * sizes.fold(0.0, f64::max));
        let found = (self.estimate(), variance(&replicates, self.estimate(), method));
        Ok(Coefficient::of_variance("effect", found, floor, Distribution::Normal))
    }

    /// The estimates behind the standard error: of the placebos, or without each unit (controls first).
    ///
    /// # Errors
    /// As [`SyntheticFit::effect`].
    pub fn replicates(&self, method: SyntheticVariance) -> Result<Vec<f64>> {
        replicates(&self.panel.block, self.balancing, self.ridge, &self.balanced, method)
    }

    /// The rank of the one treated unit by its ratio of gaps after and before, each unit in its turn the
    /// treated one and all others its controls. If the treated unit was drawn with equal chances and treatment
    /// did nothing, the p-value is at most k / N with probability at most k / N: exactly, in any sample.
    ///
    /// # Errors
    /// [`Unsupported`](crate::Error::Unsupported) with several treated units.
    pub fn rank_test(&self) -> Result<RankTest> {
        rank(&self.panel.block, self.balancing, self.ridge, &self.panel.units)
    }

    /// The regression that the design stands for, on a frame with the columns `synthetic_weight` and
    /// `synthetic_treated`.
    pub fn ols(&self) -> Ols {
        let base = Ols::new(self.outcome.as_str()).regress_on([TREATED]).weights(Weights::analytic(WEIGHT));
        match self.balancing {
            Balancing::Control => base.absorb([fe(self.time.as_str())]),
            Balancing::Difference => base.absorb([fe(&self.unit), fe(self.time.as_str())]),
        }
    }

    /// That regression, fitted. Its coefficient of `synthetic_treated` is the effect; its standard errors take
    /// the weights for given and are not those of the design.
    ///
    /// # Errors
    /// [`DuplicateColumn`](crate::Error::DuplicateColumn) if the frame has one of the two columns; those of
    /// [`Ols::fit`].
    pub fn regression(&self) -> Result<Fit> {
        let (npre, ncontrols) = (self.panel.block.npre(), self.panel.block.ncontrols());
        let mut weights = vec![f64::NAN; self.frame.nrows()];
        let mut treated = vec![f64::NAN; self.frame.nrows()];
        for (unit, rows) in self.panel.rows().enumerate() {
            let omega = self.balanced.unit_weights.get(unit).copied();
            let omega = omega.unwrap_or(1.0 / self.panel.block.ntreated() as f64);
            for (time, row) in rows.enumerate() {
                let lambda = self.balanced.time_weights.get(time).copied();
                let lambda = lambda.unwrap_or(1.0 / self.panel.block.npost() as f64);
                weights[row] = omega * lambda;
                treated[row] = f64::from(unit >= ncontrols && time >= npre);
            }
        }
        let frame = self.frame.clone().add_real(WEIGHT, weights)?.add_real(TREATED, treated)?;
        self.ols().fit(&frame)
    }
}

impl fmt::Display for SyntheticFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let design = match self.balancing {
            Balancing::Control => "synthetic control",
            Balancing::Difference => "synthetic difference-in-differences",
        };
        writeln!(f, "{design}: effect {:.6}, RMSPE before {:.6}", self.estimate(), self.rmspe_before())?;
        let positive = self.balanced.unit_weights.iter().filter(|weight| **weight > 0.0).count();
        write!(f, "{positive} of {} controls have weight", self.panel.block.ncontrols())?;
        self.panel.notices.iter().try_for_each(|notice| write!(f, "\nnotice: {notice}"))
    }
}
