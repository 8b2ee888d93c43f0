//! A design after the fit: the coefficient that it is about, or several.

use crate::error::Result;
use crate::inference::{Coefficient, WaldTest};
use crate::model::{Fit, Term};
use crate::vcov::Vcov;

/// A fitted design.
#[derive(Debug, Clone)]
pub struct DesignFit {
    fit: Fit,
    /// One or more; the first is the effect where one is asked for.
    terms: Vec<String>,
}

impl DesignFit {
    /// Refuses a fit in which the coefficient of the design was omitted.
    pub(crate) fn new(fit: Fit, term: &Term) -> Result<Self> {
        Self::several(fit, std::slice::from_ref(term))
    }

    /// The same for a design about several coefficients, at least one.
    pub(crate) fn several(fit: Fit, terms: &[Term]) -> Result<Self> {
        let name = |term: &Term| Ok(fit.names()[fit.identified(term)?].clone());
        let terms = terms.iter().map(name).collect::<Result<_>>()?;
        Ok(Self { fit, terms })
    }

    /// The regression behind the design.
    pub fn fit(&self) -> &Fit {
        &self.fit
    }

    /// The name of the coefficient that is the effect; of the first, if the design is about several.
    pub fn term(&self) -> &str {
        &self.terms[0]
    }

    /// The names of all coefficients that the design is about.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// The effect under a covariance.
    ///
    /// # Errors
    /// As [`Fit::inference`].
    pub fn effect(&self, vcov: impl Into<Vcov>) -> Result<Coefficient> {
        self.fit.inference(vcov)?.coef(self.term())
    }

    /// Every effect that the design is about, as several doses, from the one fit.
    ///
    /// # Errors
    /// As [`Fit::inference`].
    pub fn effects(&self, vcov: impl Into<Vcov>) -> Result<Vec<Coefficient>> {
        let inference = self.fit.inference(vcov)?;
        self.terms.iter().map(|term| inference.coef(term)).collect()
    }

    /// The joint test that all effects of the design are zero.
    ///
    /// # Errors
    /// As [`Fit::inference`]; [`Singular`](crate::Error::Singular) with too few clusters for so many effects.
    pub fn joint(&self, vcov: impl Into<Vcov>) -> Result<WaldTest> {
        let terms: Vec<&str> = self.terms.iter().map(String::as_str).collect();
        self.fit.inference(vcov)?.wald(&terms)
    }
}

/// The settings that every design passes on to its regression, written once.
macro_rules! forward_to_ols {
    ($design:ty) => {
        impl $design {
            /// Absorbs fixed effects.
            pub fn absorb<E: Into<$crate::model::Effect>>(
                mut self,
                effects: impl IntoIterator<Item = E>,
            ) -> Self {
                self.base = self.base.absorb(effects);
                self
            }

            /// Adds covariates.
            pub fn adjust_for<T: Into<$crate::model::Term>>(
                mut self,
                terms: impl IntoIterator<Item = T>,
            ) -> Self {
                self.base = self.base.regress_on(terms);
                self
            }

            /// Weights the rows.
            pub fn weights(mut self, weights: $crate::frame::Weights) -> Self {
                self.base = self.base.weights(weights);
                self
            }

            /// Keeps only rows that meet the condition.
            pub fn keep(mut self, condition: $crate::frame::Condition) -> Self {
                self.base = self.base.keep(condition);
                self
            }

            /// Names further columns that the sample needs, such as cluster columns.
            pub fn require<I: Into<$crate::frame::Interaction>>(
                mut self,
                columns: impl IntoIterator<Item = I>,
            ) -> Self {
                self.base = self.base.require(columns);
                self
            }

            /// What happens to rows alone in a level of an effect.
            pub fn singletons(mut self, singletons: $crate::model::Singletons) -> Self {
                self.base = self.base.singletons(singletons);
                self
            }

            /// The numerical choices.
            pub fn solver(mut self, solver: $crate::model::Solver) -> Self {
                self.base = self.base.solver(solver);
                self
            }
        }
    };
}

pub(crate) use forward_to_ols;
