//! The lagged-dependent-variable (LDV) estimator and its triple form.
//!
//! With a reform at T, on the times t >= T only:
//!   y_it = d_t + rho treated_i + b_1 y_{i,T-1} + ... + b_L y_{i,T-L} + e_it,
//! and where a second indicator p in {0, 1} tells affected from unaffected outcomes of the unit:
//!   y_ipt = d_tp + phi treated_i + rho treated_i p + sum_l (b_l + a_l p) y_{ip,T-l} + e_ipt.
//! rho is the effect (O'Neill, Kreif, Grieve, Sutton and Sekhon 2016, eq. 6). Several doses enter side by
//! side, rho_1 x_i1 + rho_2 x_i2 + ...; `by` gives the lags and times of each level of a column coefficients
//! of their own, b_lk and d_tk. Without a reform date the lags are the ordinary ones, y_{i,t-1} ...
//! y_{i,t-L}, over all times.

use super::nickell::{nickell_bias, nickell_implied};
use crate::did::{DesignFit, Reform, forward_to_ols};
use crate::error::{Error, Result};
use crate::frame::{Column, Condition, Frame, Index, Interaction, Panel, indicator};
use crate::model::{Effect, Fit, Ols, Term, Variable, fe};
use crate::notice::Notice;

/// Each lag is a column. No panel is so long, and a slip of the keyboard asks for billions.
const MOST_LAGS: u32 = 1000;

/// A regression of the outcome on treatment and earlier outcomes.
///
/// Formulas and sources: [Lagged-dependent-variable estimator](crate::methods::lagged_outcome).
///
/// # Example
/// ```
/// use ceteris::{Index, LaggedOutcome};
/// let index = Index { unit: "practice", time: "year" };
/// let design = LaggedOutcome::new("rate", index, "multi_la")
///     .reform(2013)
///     .lags(2)
///     .affected("screening");
/// assert_eq!(
///     design.ols().to_string(),
///     "rate ~ multi_la + screening + multi_la:screening + rate_2012 + rate_2011 \
///      + rate_2012:screening + rate_2011:screening | year^screening"
/// );
/// assert_eq!(design.term().to_string(), "multi_la:screening");
///
/// let doses = LaggedOutcome::new("rate", index, "clinical_share")
///     .doses(["stability", "authorities"])
///     .reform(2013)
///     .by("region");
/// assert_eq!(
///     doses.ols().to_string(),
///     "rate ~ clinical_share + stability + authorities + rate_2012:i(region) | year^region"
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct LaggedOutcome {
    pub(super) base: Ols,
    pub(super) outcome: String,
    pub(super) unit: Interaction,
    pub(super) time: String,
    pub(super) treatments: Vec<String>,
    pub(super) affected: Option<String>,
    #[cfg_attr(feature = "serde", serde(default))]
    pub(super) groups: Vec<String>,
    pub(super) reform: Option<i64>,
    #[cfg_attr(feature = "serde", serde(default = "one_lag"))]
    pub(super) lags: u32,
}

#[cfg(feature = "serde")]
fn one_lag() -> u32 {
    1
}

forward_to_ols!(LaggedOutcome);

impl LaggedOutcome {
    /// The effect of `treatment` on `outcome` given one lag.
    pub fn new(outcome: &str, index: Index<'_>, treatment: &str) -> Self {
        Self {
            base: Ols::new(outcome),
            outcome: outcome.to_string(),
            unit: index.units(),
            time: index.time.to_string(),
            treatments: vec![treatment.to_string()],
            affected: None,
            groups: Vec::new(),
            reform: None,
            lags: 1,
        }
    }

    /// Further treatments or doses, each with an effect of its own beside the first.
    pub fn doses<S: Into<String>>(mut self, treatments: impl IntoIterator<Item = S>) -> Self {
        self.treatments.extend(treatments.into_iter().map(Into::into));
        self
    }

    /// Number of earlier outcomes (default 1, at most 1000).
    pub fn lags(mut self, lags: u32) -> Self {
        self.lags = lags;
        self
    }

    /// Uses times from `date` on, with the outcomes of the times before it as lags.
    pub fn reform(mut self, date: i64) -> Self {
        self.reform = Some(date);
        self
    }

    /// The triple form: a 0/1 column that tells affected from unaffected outcomes of a unit.
    pub fn affected(mut self, column: &str) -> Self {
        self.affected = Some(column.to_string());
        self
    }

    /// Coefficients of the lags, and time effects, for each level of `column`: a group of units or an
    /// indicator. What a unit did at one level is a series of its own. The treatment keeps one effect.
    pub fn by(mut self, column: &str) -> Self {
        self.groups.push(column.to_string());
        self
    }

    /// The names of the earlier outcomes, the latest first.
    pub fn lag_names(&self) -> Vec<String> {
        let name = |lag: i64| match self.reform {
            Some(date) => format!("{}_{}", self.outcome, date.saturating_sub(lag)),
            None => format!("{}_lag{lag}", self.outcome),
        };
        (1..=i64::from(self.lags.min(MOST_LAGS))).map(name).collect()
    }

    /// The regression that the design stands for, on a frame that holds the earlier outcomes.
    pub fn ols(&self) -> Ols {
        self.regression(self.treatments.iter().map(|name| Term::from(name.as_str())).collect())
    }

    /// The regression with the treatments entering by these terms (alone, and times affected).
    pub(super) fn regression(&self, treatments: Vec<Term>) -> Ols {
        let mut terms = treatments.clone();
        let lags = self.lag_names();
        let lags = || lags.iter().map(|lag| self.grouped(Term::from(lag.as_str())));
        if let Some(affected) = &self.affected {
            terms.push(Term::from(affected.as_str()));
            terms.extend(treatments.into_iter().map(|term| term.by(affected.as_str())));
            terms.extend(lags());
            terms.extend(lags().map(|lag| lag.by(affected.as_str())));
        } else {
            terms.extend(lags());
        }
        let covariates = self.base.terms().to_vec();
        let ols = self.base.clone().replace_terms(terms).regress_on(covariates).absorb([self.times()]);
        match self.reform {
            Some(date) => ols.keep(Condition::at_least(self.time.as_str(), date as f64)),
            None => ols,
        }
    }

    fn grouped(&self, lag: Term) -> Term {
        self.groups.iter().fold(lag, |term, group| term.by(Variable::indicators(group.as_str())))
    }

    /// The effects of time, for each of the series of a unit.
    pub(super) fn times(&self) -> Effect {
        let parts = std::iter::once(&self.time).chain(&self.affected).chain(&self.groups);
        fe(Interaction::of(parts))
    }

    /// What identifies a series: the unit, and what tells its series apart.
    pub(super) fn series(&self) -> Interaction {
        self.unit.clone().by(Interaction::of(self.affected.iter().chain(&self.groups)))
    }

    /// The coefficient that is the effect; with several doses, of the first.
    pub fn term(&self) -> Term {
        self.effect_of(Term::from(self.treatments[0].as_str()))
    }

    /// The coefficient that is the effect of each dose.
    pub fn terms(&self) -> Vec<Term> {
        self.treatments.iter().map(|name| self.effect_of(Term::from(name.as_str()))).collect()
    }

    /// The term of an effect where the treatment enters by this term.
    pub(super) fn effect_of(&self, treatment: Term) -> Term {
        match &self.affected {
            Some(affected) => treatment.by(affected.as_str()),
            None => treatment,
        }
    }

    /// The frame with the earlier outcomes as columns.
    ///
    /// # Errors
    /// Those of [`Panel::new`]; [`ColumnKind`](Error::ColumnKind) if `affected` is not 0/1.
    pub fn with_lags(&self, frame: &Frame) -> Result<Frame> {
        self.check()?;
        if let Some(affected) = &self.affected {
            indicator(frame, affected)?;
        }
        let panel = Panel::of(frame, &self.series(), &self.time)?;
        let values = frame.real(&self.outcome)?;
        let mut extended = frame.clone();
        for (name, lag) in self.lag_names().into_iter().zip(1i64..) {
            let lagged = match self.reform {
                Some(date) => panel.at(values, date.saturating_sub(lag)),
                None => panel.shift(values, lag),
            };
            extended = extended.add(name, Column::Real(lagged.into()))?;
        }
        Ok(extended)
    }

    /// Fits the design. With unit effects the fit carries a notice with the size of its bias.
    ///
    /// # Errors
    /// Those of [`LaggedOutcome::with_lags`] and [`Ols::fit`];
    /// [`NotIdentified`](Error::NotIdentified); [`InvalidSetting`](Error::InvalidSetting) without lags.
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        self.check()?;
        self.fitted(self.ols().fit(&self.with_lags(frame)?)?)
    }

    /// The design from the fit of its regression.
    pub(super) fn fitted(&self, fit: Fit) -> Result<DesignFit> {
        let notice = notice(self, &fit)?;
        let fit = notice.into_iter().fold(fit, |fit, notice| fit.noticed(notice));
        DesignFit::several(fit, &self.terms())
    }

    pub(super) fn check(&self) -> Result<()> {
        if (1..=MOST_LAGS).contains(&self.lags) {
            return Ok(());
        }
        let must = "at least 1 and at most 1000";
        Err(Error::InvalidSetting { setting: "lags", value: self.lags.to_string(), must })
    }

    /// The same design on the times before the reform, as if the reform had come at `date`, with as many lags as
    /// `lags`.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) without a reform, and for a date from the reform on.
    pub fn placebo(&self, date: i64, lags: u32) -> Result<Self> {
        let Some(reform) = self.reform else {
            let must = "set for a placebo before it";
            return Err(Error::InvalidSetting { setting: "reform", value: "not set".to_string(), must });
        };
        let reform = Reform { time: &self.time, date: reform };
        reform.check_placebo(date)?;
        Ok(self.clone().reform(date).lags(lags).keep(reform.before()))
    }
}

/// The notice that a design with unit effects carries; `None` without them.
fn notice(design: &LaggedOutcome, fit: &Fit) -> Result<Option<Notice>> {
    let found = design.base.effects().iter().find(|effect| design.is_unit_effect(effect));
    let (Some(effect), None) = (found, design.reform) else { return Ok(None) };
    let units = fit.factor(effect.interaction())?.nlevels();
    let periods = (fit.sample().len() as f64 / units as f64).round() as usize;
    let lag = &design.lag_names()[0];
    let position = fit.position_of(&Term::from(lag.as_str())).ok();
    let estimate = position.map(|position| fit.coefficients()[position]);
    let implied = match (design.lags, estimate) {
        (1, Some(estimate)) => nickell_implied(estimate, periods),
        _ => None,
    };
    let bias = implied.and_then(|rho| nickell_bias(rho, periods));
    Ok(Some(Notice::DynamicWithUnitEffects { periods, lag: lag.clone(), estimate, bias, implied }))
}

impl LaggedOutcome {
    /// Whether an effect has an intercept for each unit, through all times.
    fn is_unit_effect(&self, effect: &Effect) -> bool {
        let has = |column: &str| effect.columns().iter().any(|held| held == column);
        effect.has_intercept() && self.unit.columns().iter().all(|part| has(part)) && !has(&self.time)
    }
}
