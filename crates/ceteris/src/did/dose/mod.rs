//! Difference-in-differences with doses: how much of the reform a unit gets, one number or several.
//!
//! y = sum_k d_k dose_k post + sum_k f_k dose_k + post + ... | effects; d_k is the effect of one unit of dose k,
//! the other doses held fixed. With one dose, units and two periods d is a mean of slopes between
//! neighbouring doses, with the weights of [`SlopeWeights`]: it is the response to a larger dose only if units
//! with different doses would have moved alike at every dose, not just without treatment
//! (Callaway, Goodman-Bacon and Sant'Anna 2024, theorem 3 and section 3.2).

mod slope_weights;

pub use slope_weights::{SlopeWeight, SlopeWeights};

use super::event::EventStudy;
use super::fitted::{DesignFit, forward_to_ols};
use super::post::Post;
use super::pre_trend::PreTrend;
use crate::error::{Error, Result};
use crate::frame::Frame;
use crate::model::{Fit, Ols, Term, Variable};
use crate::notice::Notice;

/// Effects of doses.
///
/// Formulas and sources: [Difference-in-differences with doses](crate::methods::dose_difference).
///
/// # Example
/// ```
/// use ceteris::{Dose, Frame, Hc, Post};
/// let frame = Frame::new()
///     .add_real("dose", vec![0., 0., 1., 1., 3., 3., 4., 4.])?
///     .add_real("after", vec![0., 1., 0., 1., 0., 1., 0., 1.])?
///     .add_real("y", vec![5., 6., 2., 5., 1., 8., 4., 13.])?;
/// let design = Dose::new("y", ["dose"], Post::column("after"));
/// assert_eq!(design.ols().to_string(), "y ~ dose + after + dose:after");
/// let fit = design.fit(&frame)?;
/// assert!((fit.effects(Hc::Hc1)?[0].estimate - 2.0).abs() < 1e-12); // y rises by 1 + 2 dose
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct Dose {
    base: Ols,
    doses: Vec<String>,
    pub(super) post: Post,
}

forward_to_ols!(Dose);

impl Dose {
    /// The effects of doses on `outcome` in the rows after a reform: a [`Reform`](crate::Reform) with its date, or
    /// [`Post::column`].
    pub fn new<S: Into<String>>(
        outcome: impl Into<Variable>,
        doses: impl IntoIterator<Item = S>,
        post: impl Into<Post>,
    ) -> Self {
        let doses = doses.into_iter().map(Into::into).collect();
        Self { base: Ols::new(outcome), doses, post: post.into() }
    }

    /// The regression that the design stands for.
    pub fn ols(&self) -> Ols {
        let alone = self.doses.iter().map(|dose| Term::from(dose.as_str()));
        let times_post = self.doses.iter().map(|dose| self.term_of(dose));
        let terms = alone.chain([Term::from(self.post.variable())]).chain(times_post).collect();
        let covariates = self.base.terms().to_vec();
        self.base.clone().replace_terms(terms).regress_on(covariates)
    }

    /// The coefficient that is the effect of one dose.
    pub fn term_of(&self, dose: &str) -> Term {
        Term::from(dose).by(self.post.variable())
    }

    /// Fits the design.
    ///
    /// # Errors
    /// Those of [`Ols::fit`]; [`InvalidSetting`](Error::InvalidSetting) without doses;
    /// [`NotIdentified`](Error::NotIdentified) if the effect of a dose cannot be told from the rest.
    pub fn fit(&self, frame: &Frame) -> Result<DesignFit> {
        self.post.check(frame)?;
        self.fitted(self.ols().fit(frame))
    }

    /// The design from the fit of its regression.
    pub(super) fn fitted(&self, fit: Result<Fit>) -> Result<DesignFit> {
        if self.doses.is_empty() {
            let value = "an empty list".to_string();
            return Err(Error::InvalidSetting { setting: "doses", value, must: "at least one column" });
        }
        let fit = fit?;
        let notices: Vec<Notice> = self.doses.iter().filter_map(|dose| linear(&fit, dose)).collect();
        let terms: Vec<Term> = self.doses.iter().map(|dose| self.term_of(dose)).collect();
        Ok(DesignFit::several(fit, &terms)?.noticed(notices))
    }

    /// The same design on the times before the reform, as if the reform had come at `date`.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) if `post` is a column, which does not say when the reform came,
    /// and for a date from the reform on.
    pub fn placebo(&self, date: i64) -> Result<Self> {
        let (before, post) = self.post.placebo(date)?;
        Ok(Self { post, ..self.clone().keep(before) })
    }

    /// Effects of one dose by time since the reform, the other doses given their own effects by time.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) if the design has no such dose, or if `post` is a column.
    pub fn event_study(&self, dose: &str) -> Result<EventStudy> {
        self.check_dose(dose)?;
        let others = self.doses.iter().filter(|other| *other != dose);
        let groups = vec![Variable::from(dose)];
        let study = EventStudy::of_groups(self.base.clone(), groups, self.post.reform()?);
        let by_time: Vec<Term> = others
            .flat_map(|other| {
                let alone = Term::from(other.as_str());
                [alone.clone(), alone.by(study.indicators())]
            })
            .collect();
        Ok(study.adjust_for(by_time))
    }

    /// The joint test that outcomes moved alike at every level of one dose before the reform.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) if the design has no such dose, or if `post` is a column.
    pub fn pre_trend(&self, dose: &str) -> Result<PreTrend> {
        self.check_dose(dose)?;
        Ok(PreTrend::new(self.base.clone(), &[Variable::from(dose)], self.post.reform()?))
    }

    fn check_dose(&self, dose: &str) -> Result<()> {
        if self.doses.iter().any(|held| held == dose) {
            return Ok(());
        }
        Err(Error::InvalidSetting {
            setting: "dose",
            value: dose.to_string(),
            must: "one of the design's doses",
        })
    }
}

/// A dose of more than two levels has a slope that is assumed to be one number.
fn linear(fit: &Fit, dose: &str) -> Option<Notice> {
    let levels = SlopeWeights::of(fit, dose).ok()?.weights.len() + 1;
    (levels > 2).then(|| Notice::LinearDose { dose: dose.to_string(), levels })
}
