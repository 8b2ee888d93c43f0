//! Triple difference.
//!
//! effect = DiD among the affected - DiD among the unaffected, as the coefficient of
//! treated:affected:post in the saturated product of the three indicators, with any absorbed effects
//! (Gruber 1994; Olden and Moen 2022, eq. 2.1). "Affected" may tell indicators apart (screening against
//! births), age groups, or anything that the reform should and should not reach.

use super::event::EventStudy;
use super::fitted::{DesignFit, forward_to_ols};
use super::pre_trend::{PreTrend, Reform};
use super::saturated::{check_cells, full_product, products};
use crate::error::Result;
use crate::frame::{Condition, Frame};
use crate::model::{Fit, Ols, Term, Variable};

/// The three 0/1 columns of a triple difference. Named fields: they cannot be swapped unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arms<'a> {
    /// 1 where the reform takes place, in every period.
    pub treated: &'a str,
    /// 1 for what the reform should reach, in every period.
    pub affected: &'a str,
    /// 1 from the reform on, everywhere.
    pub post: &'a str,
}

/// The two 0/1 columns of a triple difference whose reform has a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups<'a> {
    /// 1 where the reform takes place, in every period.
    pub treated: &'a str,
    /// 1 for what the reform should reach, in every period.
    pub affected: &'a str,
}

/// The difference of two differences-in-differences.
///
/// # Example
/// ```
/// use ceteris::did::Arms;
/// use ceteris::{TripleDifference, Weights, fe};
/// let arms = Arms { treated: "multi_la", affected: "screening", post: "after" };
/// let design = TripleDifference::new("rate", arms)
///     .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by("multi_la")])
///     .weights(Weights::analytic("denominator"));
/// assert_eq!(design.term().to_string(), "multi_la:screening:after");
/// assert!(design.ols().to_string().starts_with("rate ~ multi_la + screening + after + multi_la:screening"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TripleDifference {
    pub(super) base: Ols,
    treated: String,
    affected: String,
    post: Variable,
}

forward_to_ols!(TripleDifference);

impl TripleDifference {
    /// The effect of the reform on `outcome`.
    pub fn new(outcome: impl Into<Variable>, arms: Arms<'_>) -> Self {
        Self {
            base: Ols::new(outcome),
            treated: arms.treated.to_string(),
            affected: arms.affected.to_string(),
            post: arms.post.into(),
        }
    }

    /// The same with "post" meaning a time of at least the reform's date.
    pub fn reformed(outcome: impl Into<Variable>, groups: Groups<'_>, reform: Reform<'_>) -> Self {
        Self {
            base: Ols::new(outcome),
            treated: groups.treated.to_string(),
            affected: groups.affected.to_string(),
            post: Variable::since(reform.time, reform.date),
        }
    }

    /// The regression that the design stands for.
    pub fn ols(&self) -> Ols {
        let covariates = self.base.terms().to_vec();
        self.base.clone().replace_terms(products(&self.arms())).regress_on(covariates)
    }

    fn groups(&self) -> [Variable; 2] {
        [Variable::from(self.treated.as_str()), Variable::from(self.affected.as_str())]
    }

    fn arms(&self) -> [Variable; 3] {
        let [treated, affected] = self.groups();
        [treated, affected, self.post.clone()]
    }

    /// The coefficient that is the effect.
    pub fn term(&self) -> Term {
        full_product(&self.arms())
    }

    /// Fits the design.
    ///
    /// # Errors
    /// Those of [`Ols::fit`]; [`ColumnKind`](crate::Error::ColumnKind) if an arm is not 0/1;
    /// [`EmptyCell`](crate::Error::EmptyCell); [`NotIdentified`](crate::Error::NotIdentified).
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        self.fitted(frame, self.ols().fit(frame))
    }

    /// The design from the fit of its regression, unless an empty cell says better why there is none.
    pub(super) fn fitted(&self, frame: &Frame, fit: Result<Fit>) -> Result<DesignFit> {
        check_cells(&self.ols(), frame, &self.arms())?;
        DesignFit::new(fit?, &self.term())
    }

    /// The same design on the years before the reform, as if the reform had come at `date`.
    pub fn placebo(&self, reform: Reform<'_>, date: f64) -> Self {
        let mut placebo = self.clone().keep(Condition::below(reform.time, reform.date));
        placebo.post = Variable::since(reform.time, date);
        placebo
    }

    /// The joint test that the two differences moved together before the reform.
    pub fn pre_trend(&self, reform: Reform<'_>) -> PreTrend {
        PreTrend::new(self.base.clone(), &self.groups(), reform)
    }

    /// Effects by time since the reform, the last time before it being the reference.
    pub fn event_study(&self, reform: Reform<'_>) -> EventStudy {
        EventStudy::of_groups(self.base.clone(), self.groups().to_vec(), reform)
    }
}
