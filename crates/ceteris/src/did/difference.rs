//! Difference-in-differences.
//!
//! effect = (E[y | treated, after] - E[y | treated, before]) - (E[y | control, after] - E[y | control, before])
//! as the coefficient of treated:post in y ~ treated + post + treated:post | effects
//! (Angrist and Pischke 2009, section 5.2).

use super::event::EventStudy;
use super::fitted::{DesignFit, forward_to_ols};
use super::pre_trend::{PreTrend, Reform};
use super::saturated::{check_cells, full_product, products};
use crate::error::Result;
use crate::frame::{Condition, Frame};
use crate::model::{Fit, Ols, Term, Variable};

/// The two 0/1 columns of a difference-in-differences. Named fields: they cannot be swapped unseen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwoArms<'a> {
    /// 1 for units that the reform touches, in every period.
    pub treated: &'a str,
    /// 1 from the reform on, for every unit.
    pub post: &'a str,
}

/// The difference of two differences.
///
/// # Example
/// ```
/// use ceteris::{DifferenceInDifferences, Frame, Iid, TwoArms};
/// let frame = Frame::new()
///     .add_real("treated", vec![0., 0., 0., 0., 1., 1., 1., 1.])?
///     .add_real("after", vec![0., 0., 1., 1., 0., 0., 1., 1.])?
///     .add_real("y", vec![1., 3., 2., 4., 5., 7., 9., 11.])?;
/// let design = DifferenceInDifferences::new("y", TwoArms { treated: "treated", post: "after" });
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
    post: Variable,
}

forward_to_ols!(DifferenceInDifferences);

impl DifferenceInDifferences {
    /// The effect of the reform on `outcome`.
    pub fn new(outcome: impl Into<Variable>, arms: TwoArms<'_>) -> Self {
        Self { base: Ols::new(outcome), treated: arms.treated.to_string(), post: arms.post.into() }
    }

    /// The same with "post" meaning a time of at least the reform's date.
    pub fn reformed(outcome: impl Into<Variable>, treated: &str, reform: Reform<'_>) -> Self {
        Self {
            base: Ols::new(outcome),
            treated: treated.to_string(),
            post: Variable::since(reform.time, reform.date),
        }
    }

    fn arms(&self) -> [Variable; 2] {
        [Variable::from(self.treated.as_str()), self.post.clone()]
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

    /// The joint test that treated and control moved together before the reform.
    pub fn pre_trend(&self, reform: Reform<'_>) -> PreTrend {
        PreTrend::new(self.base.clone(), &[Variable::from(self.treated.as_str())], reform)
    }

    /// Effects by time since the reform, the last time before it being the reference.
    pub fn event_study(&self, reform: Reform<'_>) -> EventStudy {
        EventStudy::of_groups(self.base.clone(), vec![Variable::from(self.treated.as_str())], reform)
    }
}
