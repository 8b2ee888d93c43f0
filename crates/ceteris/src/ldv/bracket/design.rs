//! Difference-in-differences and lagged outcome of one reform, on the same rows.
//!
//! With a reform at T, on the rows t >= T that have all earlier outcomes asked for:
//!   DiD:  y_it - y_{i,T-1} = d_t + delta treated_i + e_it
//!   LDV:  y_it             = d_t + rho treated_i + b_1 y_{i,T-1} + ... + b_L y_{i,T-L} + e_it
//! The first is the difference-in-differences of each time t with T-1; DiD is LDV with b_1 = 1 and no other
//! lags (Angrist and Pischke 2009, section 5.4). With one lag and no covariates
//!   delta - rho = (b_1 - 1) (mean baseline of the treated - that of controls).
//! Which is the larger, and when the effect lies between them: `verdict.rs` (Ding and Li 2019).

use super::conditions::{BaselineOrder, Stationarity};
use super::dominance::{Dominance, WeightedValue};
use super::verdict::{BracketReport, BracketVerdict, Reason, observed};
use crate::did::{DesignFit, forward_to_ols};
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, Index, Interaction, indicator};
use crate::inference::{Coefficient, FitTerm, JointInference};
use crate::ldv::LaggedOutcome;
use crate::model::{Fit, Ols, Term, Variable, fit_each};
use crate::vcov::Vcov;

/// Both designs of one reform.
///
/// Formulas and sources: [Bracket of difference-in-differences and lagged outcome](crate::methods::bracket).
///
/// # Example
/// ```
/// use ceteris::{Bracket, Index};
/// let index = Index { unit: "practice", time: "year" };
/// let bracket = Bracket::new("rate", index, "multi_la", 2013);
/// assert_eq!(bracket.difference().to_string(), "rate_change ~ multi_la | year");
/// assert_eq!(bracket.lagged().to_string(), "rate ~ multi_la + rate_2012 | year");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Bracket {
    base: Ols,
    design: LaggedOutcome,
    date: i64,
    #[cfg_attr(feature = "serde", serde(default = "quarters"))]
    bins: usize,
}

#[cfg(feature = "serde")]
fn quarters() -> usize {
    BINS
}

forward_to_ols!(Bracket);

/// Quarters of the controls.
const BINS: usize = 4;

impl Bracket {
    /// The effect of the reform of `date` on `outcome`, where `treatment` is 0/1, given one lag.
    pub fn new(outcome: &str, index: Index<'_>, treatment: &str, date: i64) -> Self {
        let design = LaggedOutcome::new(outcome, index, treatment).reform(date);
        Self { base: Ols::new(outcome), design, date, bins: BINS }
    }

    /// Number of earlier outcomes (default 1). The theorem behind the verdict is about one.
    pub fn lags(mut self, lags: u32) -> Self {
        self.design = self.design.lags(lags);
        self
    }

    /// The triple form of both designs: a 0/1 column that tells affected from unaffected outcomes of a unit.
    /// The conditions are then looked at among the affected.
    pub fn affected(mut self, column: &str) -> Self {
        self.design = self.design.affected(column);
        self
    }

    /// In how many bins of the baseline the slope is looked at (default 4; 1 for none).
    pub fn bins(mut self, bins: usize) -> Self {
        self.bins = bins;
        self
    }

    fn design(&self) -> LaggedOutcome {
        LaggedOutcome { base: self.base.clone(), ..self.design.clone() }
    }

    /// The earlier outcomes, which every regression needs.
    fn lag_columns(&self) -> impl Iterator<Item = Interaction> {
        self.design.lag_names().into_iter().map(|name| Interaction::of([name]))
    }

    /// The name of the baseline y_{T-1}.
    fn baseline(&self) -> String {
        format!("{}_{}", self.design.outcome, self.date - 1)
    }

    fn change(&self) -> String {
        format!("{}_change", self.design.outcome)
    }

    /// The difference-in-differences as a regression of changes.
    pub fn difference(&self) -> Ols {
        let treatment = self.design.treatments[0].as_str();
        let mut terms = vec![Term::from(treatment)];
        if let Some(affected) = &self.design.affected {
            terms.push(Term::from(affected.as_str()));
            terms.push(Term::from(treatment).by(affected.as_str()));
        }
        terms.extend(self.base.terms().to_vec());
        self.lagged().replace_outcome(self.change()).replace_terms(terms).require(self.lag_columns())
    }

    /// The regression of the outcome on its lags.
    pub fn lagged(&self) -> Ols {
        self.design().ols()
    }

    /// The coefficient that is the effect, in both.
    pub fn term(&self) -> Term {
        self.design.term()
    }

    /// Fits both designs and what the conditions are judged by.
    ///
    /// # Errors
    /// As [`LaggedOutcome::fit`]; [`ColumnKind`](Error::ColumnKind) if treatment is not 0/1;
    /// [`EmptyCell`](Error::EmptyCell) without treated or without control rows;
    /// [`InvalidSetting`](Error::InvalidSetting) for no bins.
    pub fn fit(&self, frame: &Frame) -> Result<BracketFit> {
        if self.bins == 0 {
            let (value, must) = ("0".to_string(), "at least 1");
            return Err(Error::InvalidSetting { setting: "bins", value, must });
        }
        indicator(frame, &self.design.treatments[0])?;
        self.design().check()?;
        let extended = self.with_change(frame)?;
        let mut both = fit_each(&[self.lagged(), self.difference()], &extended).into_iter();
        let mut next = || both.next().expect("as many fits as models");
        let lagged = self.design().fitted(next()?)?;
        let difference = DesignFit::new(next()?, &self.term())?;
        let baseline = Term::from(self.baseline().as_str());
        let controls = self.among_controls(baseline.clone()).fit(&extended)?;
        let binned = match self.bins {
            1 => None,
            _ => Some(self.fit_binned(&controls)?),
        };
        let order = BaselineOrder::new(self.compare(lagged.fit())?);
        let mut limits = Vec::new();
        limits.extend((self.design.lags > 1).then_some(Reason::SeveralLags));
        limits.extend(self.design.affected.as_ref().map(|_| Reason::TripleForm));
        Ok(BracketFit { difference, lagged, controls, binned, order, limits, baseline })
    }

    /// The frame with y_it - y_{i,T-1}.
    fn with_change(&self, frame: &Frame) -> Result<Frame> {
        let extended = self.design.with_lags(frame)?;
        let (outcome, baseline) = (extended.real(&self.design.outcome)?, extended.real(&self.baseline())?);
        let change: Vec<f64> = outcome.iter().zip(baseline).map(|(y, before)| y - before).collect();
        extended.add(self.change(), Column::Real(change.into()))
    }

    /// The outcome of controls on the baseline, in the rows of the other two regressions.
    fn among_controls(&self, baseline: Term) -> Ols {
        let mut terms = vec![baseline];
        terms.extend(self.base.terms().to_vec());
        let ols = self.lagged().replace_terms(terms).require(self.lag_columns());
        let ols = ols.keep(Condition::equals(self.design.treatments[0].as_str(), "0"));
        match &self.design.affected {
            Some(affected) => ols.keep(Condition::equals(affected.as_str(), "1")),
            None => ols,
        }
    }

    /// A slope and a level for each bin of the baseline among controls.
    fn fit_binned(&self, controls: &Fit) -> Result<Binned> {
        let values = controls.frame().real(&self.baseline())?;
        let mut held: Vec<f64> = controls.sample().rows().iter().map(|&row| values[row as usize]).collect();
        held.sort_by(f64::total_cmp);
        let cuts: Vec<f64> = (1..self.bins).map(|bin| held[bin * held.len() / self.bins]).collect();
        let bin = |value: &f64| match value.is_nan() {
            true => f64::NAN,
            false => cuts.iter().filter(|cut| value >= *cut).count() as f64,
        };
        let bins: Vec<f64> = values.iter().map(bin).collect();
        let name = format!("{}_bin", self.baseline());
        let frame = controls.frame().clone().add(name.as_str(), Column::Real(bins.into()))?;
        let slopes = Term::from(self.baseline().as_str()).by(Variable::indicators(name.as_str()));
        let fit = self
            .among_controls(slopes.clone())
            .absorb([self.design.times().by(Interaction::of([name]))])
            .fit(&frame)?;
        Ok(Binned { fit, slopes })
    }

    /// The baselines of treated and controls, one value for each unit.
    fn compare(&self, lagged: &Fit) -> Result<Dominance> {
        let treated = lagged.frame().real(&self.design.treatments[0])?;
        let (mut ones, mut zeros) = (Vec::new(), Vec::new());
        for (row, baseline) in self.baselines(lagged)? {
            if treated[row] == 1.0 { ones.push(baseline) } else { zeros.push(baseline) }
        }
        for (sample, value) in [(&ones, 1), (&zeros, 0)] {
            if sample.is_empty() {
                let cell = format!("{} = {value} after the reform", self.design.treatments[0]);
                return Err(Error::EmptyCell { cell });
            }
        }
        Ok(Dominance::between(&ones, &zeros))
    }

    /// The mean baseline of each (affected) unit over its rows, with the sum of their weights, and one of
    /// its rows. With covariates or effects, the baseline less what they predict of it.
    fn baselines(&self, lagged: &Fit) -> Result<Vec<(usize, WeightedValue)>> {
        let frame = lagged.frame();
        let rows = lagged.sample().rows();
        let units = self.design.series().factor(frame, rows)?;
        let affected = self.design.affected.as_ref().map(|name| frame.real(name)).transpose()?;
        let values = self.adjusted_baseline(lagged)?;
        let mut sums = vec![(0usize, 0.0, 0.0); units.nlevels()];
        for (i, (&unit, &row)) in units.codes().iter().zip(rows).enumerate() {
            if affected.is_none_or(|affected| affected[row as usize] == 1.0) {
                let weight = lagged.ingredients().weight(i);
                let sum = &mut sums[unit as usize];
                *sum = (row as usize, sum.1 + weight * values[i], sum.2 + weight);
            }
        }
        let mean =
            |(row, sum, weight): (usize, f64, f64)| (row, WeightedValue { value: sum / weight, weight });
        Ok(sums.into_iter().filter(|(.., weight)| *weight > 0.0).map(mean).collect())
    }

    /// The baseline over the rows in use; u + delta treated of its regression on treatment and covariates,
    /// where there are any.
    fn adjusted_baseline(&self, lagged: &Fit) -> Result<Vec<f64>> {
        let gather = |name: &str| -> Result<Vec<f64>> {
            let values = lagged.frame().real(name)?;
            Ok(lagged.sample().rows().iter().map(|&row| values[row as usize]).collect())
        };
        if self.base.terms().is_empty() && self.base.effects().is_empty() {
            return gather(&self.baseline());
        }
        let treatment = self.design.treatments[0].as_str();
        let mut terms = vec![Term::from(treatment)];
        terms.extend(self.base.terms().to_vec());
        let ols = self.lagged().replace_outcome(self.baseline()).replace_terms(terms);
        let ols = ols.require(self.lag_columns()).require([Interaction::of([self.design.outcome.as_str()])]);
        let fit = ols.fit(lagged.frame())?;
        let delta = fit.coefficients()[fit.position_of(&Term::from(treatment))?];
        Ok(fit.residuals().iter().zip(gather(treatment)?).map(|(u, treated)| u + delta * treated).collect())
    }
}

/// Both designs after the fit.
#[derive(Debug, Clone)]
pub struct BracketFit {
    difference: DesignFit,
    lagged: DesignFit,
    controls: Fit,
    binned: Option<Binned>,
    order: BaselineOrder,
    limits: Vec<Reason>,
    baseline: Term,
}

/// The outcome on the baseline among controls, by bins of the baseline.
#[derive(Debug, Clone)]
struct Binned {
    fit: Fit,
    /// The slope in each bin.
    slopes: Term,
}

/// The names of the two fits in their joint inference.
const DIFFERENCE: &str = "difference-in-differences";
const LAGGED: &str = "lagged outcome";

impl BracketFit {
    /// The difference-in-differences.
    pub fn difference(&self) -> &DesignFit {
        &self.difference
    }

    /// The lagged outcome.
    pub fn lagged(&self) -> &DesignFit {
        &self.lagged
    }

    /// The outcome on the baseline among controls.
    pub fn controls(&self) -> &Fit {
        &self.controls
    }

    /// Both fits together, named `difference-in-differences` and `lagged outcome`.
    ///
    /// # Errors
    /// As [`JointInference::new`].
    pub fn joint(&self, vcov: impl Into<Vcov>) -> Result<JointInference> {
        let fits = [(DIFFERENCE, self.difference.fit()), (LAGGED, self.lagged.fit())];
        JointInference::new(fits, vcov)
    }

    /// Both effects, their difference, the conditions and the verdict.
    ///
    /// # Errors
    /// As [`JointInference::new`].
    pub fn report(&self, vcov: impl Into<Vcov>) -> Result<BracketReport> {
        let vcov = vcov.into();
        let joint = self.joint(vcov.clone())?;
        let part = |fit| FitTerm { fit, term: self.difference.term() };
        let (did, ldv) = (part(DIFFERENCE), part(LAGGED));
        let difference = joint.combination(DIFFERENCE, &[(did, 1.0)])?;
        let lagged = joint.combination(LAGGED, &[(ldv, 1.0)])?;
        let stationarity = self.stationarity(&vcov)?;
        let verdict = BracketVerdict::new(stationarity.finding, self.order.finding, &self.limits);
        let mut notices = joint.alone(DIFFERENCE)?.notices();
        let others = joint.alone(LAGGED)?.notices();
        notices.extend(others.into_iter().filter(|notice| !self.difference.fit().notices().contains(notice)));
        notices.dedup();
        Ok(BracketReport {
            observed: observed(&verdict, difference.estimate, lagged.estimate),
            covariance: joint.covariance(did, ldv)?,
            gap: joint.difference("difference of the two", did, ldv)?,
            difference,
            lagged,
            stationarity,
            order: self.order,
            verdict,
            notices,
        })
    }

    fn stationarity(&self, vcov: &Vcov) -> Result<Stationarity> {
        let slopes = |fit: &Fit, term: &Term| -> Result<Vec<Coefficient>> {
            let coefs = fit.inference(vcov.clone())?.coefs();
            Ok(fit.of_term(term)?.estimated.iter().map(|(position, _)| coefs[*position].clone()).collect())
        };
        self.controls.position_of(&self.baseline)?;
        let slope = slopes(&self.controls, &self.baseline)?.remove(0);
        let binned = match &self.binned {
            Some(Binned { fit, slopes: term }) => slopes(fit, term)?,
            None => Vec::new(),
        };
        Ok(Stationarity::new(slope, binned))
    }
}
