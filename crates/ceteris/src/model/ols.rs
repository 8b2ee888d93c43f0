//! The specification of a weighted least-squares regression with absorbed effects: a plain value.

use super::{Effect, Solver, Term, Variable};
use crate::frame::{Condition, Interaction, Weights};

/// Whether rows alone in a level of an effect are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "snake_case"))]
#[non_exhaustive]
pub enum Singletons {
    /// Drop them, recursively, and count them (as fixest and reghdfe do).
    #[default]
    Drop,
    /// Keep them; they fit themselves and count as observations (as Stata's areg does).
    Keep,
}

/// A regression: names and settings, no data.
///
/// `Display` prints the formula and `FromStr` reads it back.
///
/// # Example
/// ```
/// use ceteris::{Ols, Weights, fe};
/// let built = Ols::new("uptake")
///     .regress_on(["dose", "log_list_size"])
///     .absorb([fe("practice"), fe("region").by("year")])
///     .weights(Weights::analytic("eligible"));
/// assert_eq!(built.to_string(), "uptake ~ dose + log_list_size | practice + region^year");
/// let read: Ols = "uptake ~ dose + log_list_size | practice + region^year".parse()?;
/// assert_eq!(read.weights(Weights::analytic("eligible")), built);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Ols {
    outcome: Variable,
    #[cfg_attr(feature = "serde", serde(default))]
    terms: Vec<Term>,
    #[cfg_attr(feature = "serde", serde(default = "yes"))]
    intercept: bool,
    #[cfg_attr(feature = "serde", serde(default))]
    effects: Vec<Effect>,
    weights: Option<Weights>,
    #[cfg_attr(feature = "serde", serde(default))]
    conditions: Vec<Condition>,
    #[cfg_attr(feature = "serde", serde(default))]
    required: Vec<Interaction>,
    #[cfg_attr(feature = "serde", serde(default))]
    singletons: Singletons,
    #[cfg_attr(feature = "serde", serde(default))]
    solver: Solver,
}

/// The default of a stored setting.
#[cfg(feature = "serde")]
pub(super) fn yes() -> bool {
    true
}

impl Ols {
    /// A regression of `outcome` on an intercept.
    pub fn new(outcome: impl Into<Variable>) -> Self {
        Self {
            outcome: outcome.into(),
            terms: Vec::new(),
            intercept: true,
            effects: Vec::new(),
            weights: None,
            conditions: Vec::new(),
            required: Vec::new(),
            singletons: Singletons::default(),
            solver: Solver::default(),
        }
    }

    /// Adds regressors; of collinear ones the later is omitted.
    pub fn regress_on<T: Into<Term>>(mut self, terms: impl IntoIterator<Item = T>) -> Self {
        self.terms.extend(terms.into_iter().map(Into::into));
        self
    }

    /// Puts another outcome in the place of the one so far.
    pub(crate) fn replace_outcome(mut self, outcome: impl Into<Variable>) -> Self {
        self.outcome = outcome.into();
        self
    }

    /// Puts other regressors in the place of those so far.
    pub(crate) fn replace_terms(mut self, terms: Vec<Term>) -> Self {
        self.terms = terms;
        self
    }

    /// Leaves the intercept out. Absorbed effects with intercepts span it anyway.
    pub fn without_intercept(mut self) -> Self {
        self.intercept = false;
        self
    }

    /// Adds fixed effects to absorb.
    pub fn absorb<E: Into<Effect>>(mut self, effects: impl IntoIterator<Item = E>) -> Self {
        self.effects.extend(effects.into_iter().map(Into::into));
        self
    }

    /// Weights the rows (default: equally).
    pub fn weights(mut self, weights: Weights) -> Self {
        self.weights = Some(weights);
        self
    }

    /// Keeps only rows that meet the condition; several conditions must all be met.
    pub fn keep(mut self, condition: Condition) -> Self {
        self.conditions.push(condition);
        self
    }

    /// Names columns (or interactions `a^b`) that the sample needs besides those of the formula, such as
    /// cluster columns: rows where they are missing are dropped and counted.
    pub fn require<I: Into<Interaction>>(mut self, columns: impl IntoIterator<Item = I>) -> Self {
        self.required.extend(columns.into_iter().map(Into::into));
        self
    }

    /// What happens to rows alone in a level of an effect (default: dropped).
    pub fn singletons(mut self, singletons: Singletons) -> Self {
        self.singletons = singletons;
        self
    }

    /// The numerical choices.
    pub fn solver(mut self, solver: Solver) -> Self {
        self.solver = solver;
        self
    }

    /// The outcome.
    pub fn outcome(&self) -> &Variable {
        &self.outcome
    }

    /// The regressors.
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether an intercept is asked for.
    pub fn has_intercept(&self) -> bool {
        self.intercept
    }

    /// The absorbed effects.
    pub fn effects(&self) -> &[Effect] {
        &self.effects
    }

    /// The columns that the regression reads as numbers whatever they hold: the outcome, logarithms and powers,
    /// slopes, weights and the bounds of conditions, in this order. A regressor that stands for itself is not
    /// among them, since a category has indicators.
    pub fn numeric_columns(&self) -> Vec<&str> {
        let is_numeric =
            |variable: &&Variable| !matches!(variable, Variable::Column(_) | Variable::Indicators { .. });
        let has_bound = |condition: &&Condition| !matches!(condition, Condition::Equals { .. });
        let regressors = self.terms.iter().flat_map(Term::variables).filter(is_numeric).map(Variable::column);
        let slopes = self.effects.iter().flat_map(Effect::slopes).map(String::as_str);
        let weights = self.weights.iter().map(Weights::column);
        let bounds = self.conditions.iter().filter(has_bound).map(Condition::column);
        let outcome = std::iter::once(self.outcome.column());
        outcome.chain(regressors).chain(slopes).chain(weights).chain(bounds).collect()
    }

    /// The weights, if any.
    pub(crate) fn chosen_weights(&self) -> Option<&Weights> {
        self.weights.as_ref()
    }

    /// The conditions on rows.
    pub fn conditions(&self) -> &[Condition] {
        &self.conditions
    }

    /// Columns that the sample needs besides those of the formula.
    pub fn required(&self) -> &[Interaction] {
        &self.required
    }

    /// What happens to singletons.
    pub(crate) fn chosen_singletons(&self) -> Singletons {
        self.singletons
    }

    /// The numerical choices.
    pub(crate) fn chosen_solver(&self) -> &Solver {
        &self.solver
    }
}
