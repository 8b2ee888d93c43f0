//! Triple difference.
//!
//! effect = DiD among the affected - DiD among the unaffected, as the coefficient of
//! treated:affected:post in the saturated product of the three indicators, with any absorbed effects
//! (Gruber 1994; Olden and Moen 2022, eq. 2.1). "Affected" may tell indicators apart (screening against
//! births), age groups, or anything that the reform should and should not reach.

use super::event::EventStudy;
use super::fitted::{DesignFit, forward_to_ols};
use super::post::Post;
use super::pre_trend::PreTrend;
use super::saturated::{check_cells, full_product, products};
use crate::error::Result;
use crate::frame::Frame;
use crate::model::{Fit, Ols, Term, Variable};

/// The two 0/1 columns of a triple difference. Named fields: they cannot be swapped unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Groups<'a> {
    /// 1 where the reform takes place, in every period.
    pub treated: &'a str,
    /// 1 for what the reform should reach, in every period.
    pub affected: &'a str,
}

/// The difference of two differences-in-differences.
///
/// Formulas and sources: [Difference-in-differences and triple difference](crate::methods::difference_in_differences).
///
/// # Example
/// ```
/// use ceteris::{Groups, Reform, TripleDifference, Weights, fe};
/// let groups = Groups { treated: "multi_la", affected: "screening" };
/// let design = TripleDifference::new("rate", groups, Reform { time: "year", date: 2013 })
///     .absorb([fe("practice").by("screening"), fe("year").by("screening"), fe("year").by("multi_la")])
///     .weights(Weights::analytic("denominator"));
/// assert_eq!(design.term().to_string(), "multi_la:screening:since(year, 2013)");
/// assert!(design.ols().to_string().starts_with("rate ~ multi_la + screening + since(year, 2013) + multi_la:"));
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct TripleDifference {
    pub(super) base: Ols,
    treated: String,
    affected: String,
    pub(super) post: Post,
}

forward_to_ols!(TripleDifference);

impl TripleDifference {
    /// The effect of the reform on `outcome`, in the rows after it: a [`Reform`](crate::Reform) with its date, or
    /// [`Post::column`].
    pub fn new(outcome: impl Into<Variable>, groups: Groups<'_>, post: impl Into<Post>) -> Self {
        Self {
            base: Ols::new(outcome),
            treated: groups.treated.to_string(),
            affected: groups.affected.to_string(),
            post: post.into(),
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
        [treated, affected, self.post.variable()]
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
        self.post.check(frame)?;
        self.fitted(frame, self.ols().fit(frame))
    }

    /// The design from the fit of its regression, unless an empty cell says better why there is none.
    pub(super) fn fitted(&self, frame: &Frame, fit: Result<Fit>) -> Result<DesignFit> {
        check_cells(&self.ols(), frame, &self.arms())?;
        DesignFit::new(fit?, &self.term())
    }

    /// The same design on the times before the reform, as if the reform had come at `date`.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column, which does not say when the reform
    /// came, and for a date from the reform on.
    pub fn placebo(&self, date: i64) -> Result<Self> {
        let (before, post) = self.post.placebo(date)?;
        Ok(Self { post, ..self.clone().keep(before) })
    }

    /// The joint test that the two differences moved together before the reform.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column.
    pub fn pre_trend(&self) -> Result<PreTrend> {
        Ok(PreTrend::new(self.base.clone(), &self.groups(), self.post.reform()?))
    }

    /// Effects by time since the reform, the last time before it being the reference.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column.
    pub fn event_study(&self) -> Result<EventStudy> {
        Ok(EventStudy::of_groups(self.base.clone(), self.groups().to_vec(), self.post.reform()?))
    }
}
