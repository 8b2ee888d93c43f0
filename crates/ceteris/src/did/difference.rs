//! Difference-in-differences.
//!
//! effect = (E[y | treated, after] - E[y | treated, before]) - (E[y | control, after] - E[y | control, before])
//! as the coefficient of treated:post in y ~ treated + post + treated:post | effects
//! (Angrist and Pischke 2009, section 5.2).

use super::event::EventStudy;
use super::fitted::{DesignFit, forward_to_ols};
use super::post::Post;
use super::pre_trend::PreTrend;
use super::saturated::{check_cells, full_product, products};
use crate::error::Result;
use crate::frame::Frame;
use crate::model::{Fit, Ols, Term, Variable};

/// The difference of two differences.
///
/// Formulas and sources: [Difference-in-differences and triple difference](crate::methods::difference_in_differences).
///
/// # Example
/// ```
/// use ceteris::{DifferenceInDifferences, Frame, Iid, Post};
/// let frame = Frame::new()
///     .add_real("treated", vec![0., 0., 0., 0., 1., 1., 1., 1.])?
///     .add_real("after", vec![0., 0., 1., 1., 0., 0., 1., 1.])?
///     .add_real("y", vec![1., 3., 2., 4., 5., 7., 9., 11.])?;
/// let design = DifferenceInDifferences::new("y", "treated", Post::column("after"));
/// assert_eq!(design.ols().to_string(), "y ~ treated + after + treated:after");
/// let effect = design.fit(&frame)?.effect(Iid)?;
/// assert!((effect.estimate - 3.0).abs() < 1e-12); // (10 - 6) - (3 - 2)
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct DifferenceInDifferences {
    pub(super) base: Ols,
    treated: String,
    pub(super) post: Post,
}

forward_to_ols!(DifferenceInDifferences);

impl DifferenceInDifferences {
    /// The effect on `outcome` of a reform that touches the units of the 0/1 column `treated`, in the rows after
    /// it: a [`Reform`](crate::Reform) with its date, or [`Post::column`].
    pub fn new(outcome: impl Into<Variable>, treated: &str, post: impl Into<Post>) -> Self {
        Self { base: Ols::new(outcome), treated: treated.to_string(), post: post.into() }
    }

    fn arms(&self) -> [Variable; 2] {
        [Variable::from(self.treated.as_str()), self.post.variable()]
    }

    /// The regression that the design stands for.
    pub fn ols(&self) -> Ols {
        let covariates = self.base.terms().to_vec();
        self.base.clone().replace_terms(products(&self.arms())).regress_on(covariates)
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

    /// The joint test that treated and control moved together before the reform.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column.
    pub fn pre_trend(&self) -> Result<PreTrend> {
        let groups = [Variable::from(self.treated.as_str())];
        Ok(PreTrend::new(self.base.clone(), &groups, self.post.reform()?))
    }

    /// Effects by time since the reform, the last time before it being the reference.
    ///
    /// # Errors
    /// [`InvalidSetting`](crate::Error::InvalidSetting) if `post` is a column.
    pub fn event_study(&self) -> Result<EventStudy> {
        let groups = vec![Variable::from(self.treated.as_str())];
        Ok(EventStudy::of_groups(self.base.clone(), groups, self.post.reform()?))
    }
}
