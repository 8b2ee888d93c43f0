//! Several regressions in one call: absorbing effects is most of the work, and is done once for all models that
//! can share it.

use std::fmt;

use super::{Fit, Ols, Variable, group};
use crate::error::{Error, Result};
use crate::frame::Frame;

/// A list of regressions: several outcomes, or regressors that are added step by step.
///
/// Models on the same rows with the same effects, weights, rule on singletons and absorption share all that comes
/// before the coefficients: levels are coded once, and each distinct outcome and regressor is gathered and
/// absorbed once. Models on other rows, because an outcome is missing elsewhere say, are fitted beside them and share
/// nothing. Each fit is the one that [`Ols::fit`] gives alone: to the bit, or to the tolerance of an
/// absorption by iterations.
///
/// # Example
/// ```
/// use ceteris::{Cluster, Frame, Models, Ols, fe};
/// # let frame = Frame::new()
/// #     .add_real("dose", vec![0.0, 1.0, 0.0, 0.5, 0.0, 0.8, 0.1, 0.0])?
/// #     .add_real("age", vec![1.0, 2.0, 4.0, 3.0, 5.0, 5.0, 2.0, 3.0])?
/// #     .add_real("uptake", vec![82.0, 80.5, 79.0, 81.0, 84.0, 83.0, 70.0, 71.5])?
/// #     .add_real("waits", vec![8.0, 9.5, 7.0, 7.0, 4.0, 3.0, 9.0, 9.5])?
/// #     .add_category("practice", ["A", "A", "B", "B", "C", "C", "D", "D"].map(Some))?;
/// let model = Ols::new("uptake").regress_on(["dose"]).absorb([fe("practice")]);
/// for fit in model.clone().outcomes(["uptake", "waits"]).fit(&frame)? {
///     println!("{}", fit.inference(Cluster::by(["practice"]))?);
/// }
/// let nested = Models::new([model.clone(), model.regress_on(["age"])]);
/// assert_eq!(nested.to_string(), "uptake ~ dose | practice\nuptake ~ dose + age | practice");
/// assert_eq!(nested.fit(&frame)?[1].names(), ["dose", "age"]);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(transparent))]
pub struct Models {
    models: Vec<Ols>,
}

impl Models {
    /// A list of models, in the order in which their fits are wanted.
    pub fn new(models: impl IntoIterator<Item = Ols>) -> Self {
        Self { models: models.into_iter().collect() }
    }

    /// The models.
    pub fn models(&self) -> &[Ols] {
        &self.models
    }

    /// Fits all models to a frame, in their order.
    ///
    /// # Errors
    /// [`Error::InModel`] with the error of the first model that cannot be estimated ([`Models::fit_each`] goes on);
    /// [`Error::InvalidSetting`] for an empty list.
    pub fn fit(&self, frame: &Frame) -> Result<Vec<Fit>> {
        if self.models.is_empty() {
            let value = "an empty list".to_string();
            return Err(Error::InvalidSetting { setting: "models", value, must: "at least one" });
        }
        self.fit_each(frame).into_iter().collect()
    }

    /// Fits all models to a frame: for each its fit, or why there is none ([`Error::InModel`]).
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Ols};
    /// let frame = Frame::new()
    ///     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
    ///     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?
    ///     .add_real("constant", vec![1.0; 4])?;
    /// let fits = "y ~ x".parse::<Ols>()?.outcomes(["constant", "y"]).fit_each(&frame);
    /// let reason = fits[0].as_ref().unwrap_err().to_string();
    /// assert!(reason.starts_with("model 1, `constant ~ x`: column `constant` must vary"));
    /// assert!(fits[1].is_ok());
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn fit_each(&self, frame: &Frame) -> Vec<Result<Fit>> {
        let fits = group::fit_each(&self.models, frame).into_iter();
        let named = |(place, fit): (usize, Result<Fit>)| {
            fit.map_err(|error| Error::InModel {
                number: place + 1,
                model: self.models[place].to_string(),
                reason: Box::new(error),
            })
        };
        fits.enumerate().map(named).collect()
    }
}

impl Ols {
    /// The same regression of each of these outcomes, in the place of the one so far.
    pub fn outcomes<V: Into<Variable>>(self, outcomes: impl IntoIterator<Item = V>) -> Models {
        Models::new(outcomes.into_iter().map(|outcome| self.clone().replace_outcome(outcome)))
    }

    /// Fits the specification to a frame.
    ///
    /// # Errors
    /// Of the data: [`Error::UnknownColumn`], [`Error::ColumnKind`], [`Error::NonFinite`],
    /// [`Error::InvalidWeight`], [`Error::UnknownLevel`], [`Error::EmptySample`]. Of the design:
    /// [`Error::NotIdentified`] if no regressor can be estimated, [`Error::NoVariation`] of the outcome,
    /// [`Error::TooFewObservations`]. Of the arithmetic: [`Error::NotConverged`],
    /// [`Error::FeatureDisabled`].
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Iid, Ols};
    /// let frame = Frame::new()
    ///     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
    ///     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?;
    /// let fit = "y ~ x".parse::<Ols>()?.fit(&frame)?;
    /// assert!((fit.estimate("x")? - 2.3).abs() < 1e-12);
    /// println!("{}", fit.inference(Iid)?);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn fit(&self, frame: &Frame) -> Result<Fit> {
        group::fit_each(std::slice::from_ref(self), frame).swap_remove(0)
    }
}

/// One formula a line.
impl fmt::Display for Models {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let formulas: Vec<String> = self.models.iter().map(Ols::to_string).collect();
        f.write_str(&formulas.join("\n"))
    }
}
