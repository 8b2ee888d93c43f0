//! The effect of treatment by regression adjustment for earlier outcomes, on the treated or on all.
//!
//!   y_i = a + tau d_i + b'x_i + g'd_i (x_i - m) + e_i,   m = weighted mean of x over the target
//!
//! is the regression of y on x among treated and controls apart, and tau the mean over the target of the
//! difference of the two predictions: the effect on the treated (ATT) with m over the treated, the average
//! effect (ATE) with m over all (Lin 2013; Imbens and Wooldridge 2009, section 5.3). x holds the earlier
//! outcomes, covariates, and indicators of all times but one.
//!
//! m is estimated: each mean is a regression on a constant, and
//!   V(tau_hat) = (1, g') V (1, g')',  V the joint covariance of the coefficient tau and of the means.
//! The effect on the rows at hand takes m as known, and V is the variance of tau alone.
//!
//! Assumed: outcomes without treatment depend on x alone, linearly; other absorbed effects are common to both
//! groups.

use super::LaggedOutcome;
use crate::did::DesignFit;
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, indicator};
use crate::inference::{Coefficient, FitTerm, JointInference};
use crate::model::{Fit, Ols, Term, Variable};
use crate::vcov::Vcov;

/// Over whom the effect is averaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Target {
    /// The treated: ATT.
    #[default]
    Treated,
    /// Treated and controls: ATE.
    All,
}

/// Regression adjustment for the earlier outcomes of a [`LaggedOutcome`].
///
/// Formulas and sources: [Regression adjustment for earlier outcomes](crate::methods::regression_adjustment).
///
/// # Example
/// ```
/// use ceteris::ldv::{RegressionAdjustment, Target};
/// use ceteris::{Frame, Hc, Index, LaggedOutcome};
/// # let mut rows = Vec::new();
/// # for unit in 0..20 {
/// #     let treated = f64::from(u8::from(unit % 3 == 0));
/// #     let before = f64::from((unit * 7) % 11);
/// #     rows.push([f64::from(unit), 0.0, treated, before]);
/// #     rows.push([f64::from(unit), 1.0, treated, 1.0 + 0.5 * before + treated * (2.0 + before)]);
/// # }
/// # let column = |j: usize| rows.iter().map(|row| row[j]).collect::<Vec<f64>>();
/// // Without noise the effect on a unit is 2 + its outcome before.
/// let frame = Frame::new()
///     .add_real("unit", column(0))?
///     .add_real("time", column(1))?
///     .add_real("treated", column(2))?
///     .add_real("y", column(3))?;
/// let design = LaggedOutcome::new("y", Index { unit: "unit", time: "time" }, "treated").reform(1);
/// let before: Vec<f64> = (0..20).step_by(3).map(|unit| f64::from((unit * 7) % 11)).collect();
/// let effect = RegressionAdjustment::new(design, Target::Treated).fit(&frame)?.effect(Hc::Hc1)?;
/// assert!((effect.estimate - (2.0 + before.iter().sum::<f64>() / 7.0)).abs() < 1e-10);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct RegressionAdjustment {
    design: LaggedOutcome,
    target: Target,
}

/// Marks the rows over which the means are taken.
const TARGET: &str = "(target)";
/// The name of the regression among the fits of the means.
const OUTCOME: &str = "(outcome)";

impl RegressionAdjustment {
    /// The mean effect over `target`, adjusted for the lags, covariates and times of `design`.
    pub fn new(design: LaggedOutcome, target: Target) -> Self {
        Self { design, target }
    }

    /// Fits the regression and the means.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`]; [`ColumnKind`](Error::ColumnKind) if treatment is not 0/1;
    /// [`Unsupported`](Error::Unsupported) for the triple form, several doses, lags by groups, and covariates
    /// that are not plain real columns.
    pub fn fit(&self, frame: &Frame) -> Result<RegressionAdjustmentFit> {
        self.check()?;
        let design = &self.design;
        let treatment = design.treatments[0].as_str();
        indicator(frame, treatment)?;
        let pooled = design.fit(frame)?;
        let (mut extended, adjusted) = self.with_adjusted(pooled.fit())?;
        let mut terms = vec![Term::from(treatment)];
        terms.extend(adjusted.iter().filter(|x| !x.is_time).map(|x| Term::from(x.name.as_str())));
        let (mut means, mut centred) = (Vec::new(), Vec::new());
        for x in adjusted {
            let values = extended.real(&x.name)?.to_vec();
            let (mean, fit) = self.mean_of(&x.name, &values, &extended)?;
            let name = format!("{}_centred", x.name);
            let column = values.iter().map(|value| value - mean).collect::<Vec<_>>();
            extended = extended.add(name.as_str(), Column::Real(column.into()))?;
            let term = Term::from(treatment).by(name.as_str());
            means.extend(fit.map(|fit| Mean { of: x.name, slope: term.clone(), fit }));
            centred.push(term);
        }
        terms.extend(centred);
        let ols = design.ols().replace_terms(terms);
        let fit = DesignFit::new(ols.fit(&extended)?, &Term::from(treatment))?;
        Ok(RegressionAdjustmentFit { fit, means })
    }

    fn check(&self) -> Result<()> {
        let refuse = |with| Err(Error::Unsupported { what: "regression adjustment", with });
        if self.design.affected.is_some() {
            return refuse(
                "the triple form (keep the affected rows, and the unaffected ones, by a condition)",
            );
        }
        if self.design.treatments.len() > 1 {
            return refuse("several doses");
        }
        if !self.design.groups.is_empty() {
            return refuse("lags by groups");
        }
        let plain = |term: &Term| matches!(term.variables(), [Variable::Column(_)]);
        if self.design.base.terms().iter().all(plain) {
            return Ok(());
        }
        refuse("covariates that are not plain columns")
    }

    /// The frame of the pooled fit with the mark of the target and the indicators of times, and what is
    /// adjusted for.
    fn with_adjusted(&self, pooled: &Fit) -> Result<(Frame, Vec<Adjusted>)> {
        let design = &self.design;
        let mut frame = pooled.frame().clone();
        let treated = frame.real(&design.treatments[0])?;
        let mut target = vec![0.0; frame.nrows()];
        for &row in pooled.sample().rows() {
            let wanted = self.target == Target::All || treated[row as usize] == 1.0;
            target[row as usize] = f64::from(u8::from(wanted));
        }
        let covariates = design.base.terms().iter().map(ToString::to_string);
        let mut adjusted: Vec<Adjusted> = design
            .lag_names()
            .into_iter()
            .chain(covariates)
            .map(|name| Adjusted { name, is_time: false })
            .collect();
        let times = frame.real(&design.time)?.to_vec();
        for time in used(&times, pooled).into_iter().skip(1) {
            let name = format!("{}_{time}", design.time);
            let indicator: Vec<f64> = times.iter().map(|held| f64::from(u8::from(*held == time))).collect();
            frame = frame.add(name.as_str(), Column::Real(indicator.into()))?;
            adjusted.push(Adjusted { name, is_time: true });
        }
        Ok((frame.add(TARGET, Column::Real(target.into()))?, adjusted))
    }

    /// The weighted mean over the target as a regression on a constant; a column that takes one value there
    /// has that mean and no fit.
    fn mean_of(&self, name: &str, values: &[f64], frame: &Frame) -> Result<(f64, Option<Fit>)> {
        let ols = Ols::new(name).keep(Condition::equals(TARGET, "1"));
        let ols = match self.design.base.chosen_weights() {
            Some(weights) => ols.weights(weights.clone()),
            None => ols,
        };
        match ols.fit(frame) {
            Ok(fit) => Ok((fit.coefficients()[fit.position_of(&Term::intercept())?], Some(fit))),
            Err(Error::NoVariation { .. }) => {
                let first = ols.sample(frame)?.rows()[0];
                Ok((values[first as usize], None))
            }
            Err(other) => Err(other),
        }
    }
}

/// A column adjusted for; indicators of times have no term of their own, since times are absorbed.
struct Adjusted {
    name: String,
    is_time: bool,
}

/// The distinct values of a column in the rows in use, ascending.
fn used(values: &[f64], fit: &Fit) -> Vec<f64> {
    let mut found: Vec<f64> = fit.sample().rows().iter().map(|&row| values[row as usize]).collect();
    found.sort_by(f64::total_cmp);
    found.dedup();
    found
}

/// The mean of one column over the target, and the coefficient that multiplies its error.
#[derive(Debug, Clone)]
struct Mean {
    of: String,
    slope: Term,
    fit: Fit,
}

/// A fitted regression adjustment.
#[derive(Debug, Clone)]
pub struct RegressionAdjustmentFit {
    fit: DesignFit,
    means: Vec<Mean>,
}

impl RegressionAdjustmentFit {
    /// The regression, with its interactions of treatment and centred columns.
    pub fn fit(&self) -> &Fit {
        self.fit.fit()
    }

    /// The name of the coefficient that is the effect.
    pub fn term(&self) -> &str {
        self.fit.term()
    }

    /// The effect in the population that the rows are a sample of, with the variance of the means.
    ///
    /// # Errors
    /// As [`JointInference::new`].
    pub fn effect(&self, vcov: impl Into<Vcov>) -> Result<Coefficient> {
        let estimate = self.fit().estimate(self.term())?;
        let means = self.means.iter().map(|mean| (mean.of.as_str(), &mean.fit));
        let joint = JointInference::new(std::iter::once((OUTCOME, self.fit())).chain(means), vcov)?;
        let mut parts = vec![(FitTerm { fit: OUTCOME, term: self.term() }, 1.0)];
        for mean in &self.means {
            let factor = match self.fit().position_of(&mean.slope) {
                Err(Error::OmittedCoefficient { .. }) => continue, // a column that does not vary there
                slope => self.fit().coefficients()[slope?],
            };
            let constant = mean.fit.position_of(&Term::intercept())?;
            parts.push((FitTerm { fit: &mean.of, term: &mean.fit.names()[constant] }, factor));
        }
        Ok(Coefficient { estimate, ..joint.combination(self.term(), &parts)? })
    }

    /// The effect on the rows at hand, whose means are known.
    ///
    /// # Errors
    /// As [`Fit::inference`].
    pub fn effect_on_these_rows(&self, vcov: impl Into<Vcov>) -> Result<Coefficient> {
        self.fit.effect(vcov)
    }
}
