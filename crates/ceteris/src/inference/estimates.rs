//! Estimates with their joint covariance: where standard errors, combinations and joint tests are made.
//!
//! For estimates b with covariance V: std_error_j = sqrt(V_jj); c'b has variance c'Vc; that b_1..b_q are zero
//! is tested by F = b'V^-1 b / q.

use super::wald::wald_of;
use super::{Coefficient, WaldTest};
use crate::error::{Error, Result};
use crate::linalg::Columns;
use crate::vcov::Distribution;

/// Named estimates, their covariance, and what their statistics are compared with.
///
/// # Example
/// ```
/// use ceteris::{Frame, Iid, Ols};
/// # let frame = Frame::new()
/// #     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
/// #     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?;
/// let table = "y ~ x".parse::<Ols>()?.fit(&frame)?.inference(Iid)?;
/// let estimates = table.estimates();
/// assert_eq!(estimates.names(), ["(Intercept)", "x"]);
/// let at_ten = estimates.combination("y at x = 10", &[("(Intercept)", 1.0), ("x", 10.0)])?;
/// assert!((at_ten.estimate - 23.5).abs() < 1e-12);
/// assert_eq!(estimates.part(&["x"])?.coef("x")?, table.coef("x")?);
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Estimates {
    names: Vec<String>,
    values: Vec<f64>,
    matrix: Columns,
    distribution: Distribution,
}

impl Estimates {
    /// As many names as values, and as many rows and columns of the covariance.
    pub(crate) fn new(
        names: Vec<String>,
        values: Vec<f64>,
        matrix: Columns,
        distribution: Distribution,
    ) -> Self {
        debug_assert_eq!(
            (names.len(), matrix.nrows(), matrix.ncols()),
            (values.len(), values.len(), values.len())
        );
        Self { names, values, matrix, distribution }
    }

    /// The names.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// The estimates, in the order of the names.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The covariance of the estimates, in the order of the names.
    pub fn matrix(&self) -> &Columns {
        &self.matrix
    }

    /// What t and F statistics are compared with.
    pub fn distribution(&self) -> Distribution {
        self.distribution
    }

    /// The place of an estimate among the names.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient).
    pub fn position(&self, name: &str) -> Result<usize> {
        self.names.iter().position(|held| held == name).ok_or_else(|| Error::UnknownCoefficient {
            name: name.to_string(),
            estimated: self.names.clone(),
        })
    }

    /// One estimate.
    ///
    /// # Errors
    /// As [`Estimates::position`].
    pub fn coef(&self, name: &str) -> Result<Coefficient> {
        Ok(self.at(self.position(name)?))
    }

    /// Every estimate.
    pub fn coefs(&self) -> Vec<Coefficient> {
        (0..self.names.len()).map(|place| self.at(place)).collect()
    }

    /// The combination c'b.
    ///
    /// # Errors
    /// As [`Estimates::position`].
    pub fn combination(&self, name: &str, parts: &[(&str, f64)]) -> Result<Coefficient> {
        let places = parts.iter().map(|(part, factor)| Ok((self.position(part)?, *factor)));
        Ok(self.combination_at(name, &places.collect::<Result<Vec<_>>>()?))
    }

    /// Tests that these estimates are zero together.
    ///
    /// # Errors
    /// As [`Estimates::position`]; [`Singular`](Error::Singular) if their covariance is singular.
    pub fn wald(&self, names: &[&str]) -> Result<WaldTest> {
        self.wald_at(&names.iter().map(|name| self.position(name)).collect::<Result<Vec<_>>>()?)
    }

    /// Some of the estimates, with their covariance.
    ///
    /// # Errors
    /// As [`Estimates::position`].
    pub fn part(&self, names: &[&str]) -> Result<Self> {
        Ok(self.part_at(&names.iter().map(|name| self.position(name)).collect::<Result<Vec<_>>>()?))
    }

    pub(crate) fn at(&self, place: usize) -> Coefficient {
        self.with_variance(self.names[place].clone(), self.values[place], self.matrix[(place, place)])
    }

    pub(crate) fn combination_at(&self, name: &str, parts: &[(usize, f64)]) -> Coefficient {
        let row =
            |&(i, c): &(usize, f64)| parts.iter().map(|&(j, d)| c * d * self.matrix[(i, j)]).sum::<f64>();
        let estimate = parts.iter().map(|&(i, c)| c * self.values[i]).sum();
        self.with_variance(name.to_string(), estimate, parts.iter().map(row).sum())
    }

    pub(crate) fn wald_at(&self, places: &[usize]) -> Result<WaldTest> {
        let Self { names, values, matrix, distribution } = self.part_at(places);
        wald_of(names, &values, &matrix, distribution)
    }

    pub(crate) fn part_at(&self, places: &[usize]) -> Self {
        Self {
            names: places.iter().map(|&place| self.names[place].clone()).collect(),
            values: places.iter().map(|&place| self.values[place]).collect(),
            matrix: self.matrix.principal(places),
            distribution: self.distribution,
        }
    }

    /// Several combinations together, one column of `weights` for each: C'b with covariance C'VC.
    pub(crate) fn combinations(&self, names: Vec<String>, weights: &Columns) -> Self {
        let mut matrix = weights.transposed().matmul(&self.matrix.matmul(weights));
        matrix.symmetrise();
        let values = weights.transposed().times(&self.values);
        Self::new(names, values, matrix, self.distribution)
    }

    /// A variance below zero is rounding.
    fn with_variance(&self, name: String, estimate: f64, variance: f64) -> Coefficient {
        Coefficient { name, estimate, std_error: variance.max(0.0).sqrt(), distribution: self.distribution }
    }
}
