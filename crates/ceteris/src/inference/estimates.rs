//! Estimates with their joint covariance: where standard errors, combinations and joint tests are made.
//!
//! For estimates b with covariance V: std_error_j = sqrt(V_jj); c'b has variance c'Vc; that b_1..b_q are zero
//! is tested by F = b'V^-1 b / q. A variance that is not above its floor (see `vcov/floor`) is no variance.

use super::wald::wald_of;
use super::{Coefficient, WaldTest};
use crate::error::{Error, NoStandardError, Result};
use crate::linalg::Columns;
use crate::vcov::{Distribution, Floor, ROUNDING};

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
    #[cfg_attr(feature = "serde", serde(skip))]
    floors: Vec<Floor>,
    /// The covariance before a repair: no variance that was not above zero is made one by it.
    #[cfg_attr(feature = "serde", serde(skip))]
    unrepaired: Option<Columns>,
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
        let floors = vec![Floor::of(0.0); values.len()];
        Self { names, values, matrix, distribution, floors, unrepaired: None }
    }

    /// The same with what each standard error must exceed, and the covariance before its repair.
    pub(crate) fn above(self, floors: Vec<Floor>, unrepaired: Option<Columns>) -> Self {
        debug_assert_eq!(floors.len(), self.values.len());
        Self { floors, unrepaired, ..self }
    }

    /// The same under other names.
    pub(crate) fn named(self, names: Vec<String>) -> Self {
        Self { names, ..self }
    }

    /// What each standard error must exceed.
    pub(crate) fn floors(&self) -> &[Floor] {
        &self.floors
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
    /// As [`Estimates::position`]; [`NoStandardError`](Error::NoStandardError) if one of them has none;
    /// [`Singular`](Error::Singular) if their covariance is singular.
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
        self.combination_at(&self.names[place], &[(place, 1.0)])
    }

    pub(crate) fn combination_at(&self, name: &str, parts: &[(usize, f64)]) -> Coefficient {
        Coefficient {
            name: name.to_string(),
            estimate: parts.iter().map(|&(i, c)| c * self.values[i]).sum(),
            std_error: self.std_error(parts),
            distribution: self.distribution,
        }
    }

    /// sqrt(c'Vc), if c'Vc was above its floor before any repair.
    fn std_error(&self, parts: &[(usize, f64)]) -> Result<f64, NoStandardError> {
        let floor = self.floor(parts);
        match &self.unrepaired {
            Some(unrepaired) => floor.root(variance(unrepaired, parts))?,
            None => 0.0,
        };
        floor.root(variance(&self.matrix, parts))
    }

    /// The floor of c'b: sum_j |c_j| r_j, and what the sum c'Vc loses.
    fn floor(&self, parts: &[(usize, f64)]) -> Floor {
        let weighted = |of: &dyn Fn(usize) -> f64| parts.iter().map(|&(i, c)| c.abs() * of(i)).sum::<f64>();
        let rounding = weighted(&|i| self.floors[i].rounding);
        let lost = ROUNDING * weighted(&|i| self.matrix[(i, i)].max(0.0).sqrt()).powi(2);
        let mut reasons = parts.iter().filter(|(_, c)| *c != 0.0).map(|&(i, _)| self.floors[i].reason);
        let first = reasons.next().unwrap_or(NoStandardError::NoVariance);
        let reason = match first {
            // Beside a perfect fit others may vary.
            NoStandardError::PerfectFit => reasons.find(|reason| *reason != first).unwrap_or(first),
            other => other,
        };
        let rounding = if parts.len() == 1 { rounding } else { (rounding * rounding + lost).sqrt() };
        Floor { rounding, reason }
    }

    pub(crate) fn wald_at(&self, places: &[usize]) -> Result<WaldTest> {
        places.iter().try_for_each(|&place| self.at(place).needed_std_error().map(|_| ()))?;
        let Self { names, values, matrix, distribution, .. } = self.part_at(places);
        wald_of(names, &values, &matrix, distribution)
    }

    pub(crate) fn part_at(&self, places: &[usize]) -> Self {
        Self {
            names: places.iter().map(|&place| self.names[place].clone()).collect(),
            values: places.iter().map(|&place| self.values[place]).collect(),
            matrix: self.matrix.principal(places),
            distribution: self.distribution,
            floors: places.iter().map(|&place| self.floors[place]).collect(),
            unrepaired: self.unrepaired.as_ref().map(|matrix| matrix.principal(places)),
        }
    }

    /// Several combinations together, one column of `weights` for each: C'b with covariance C'VC.
    pub(crate) fn combinations(&self, names: Vec<String>, weights: &Columns) -> Self {
        let sandwiched = |matrix: &Columns| {
            let mut matrix = weights.transposed().matmul(&matrix.matmul(weights));
            matrix.symmetrise();
            matrix
        };
        let values = weights.transposed().times(&self.values);
        let floor = |column: &[f64]| {
            let parts = column.iter().copied().enumerate().filter(|(_, c)| *c != 0.0);
            self.floor(&parts.collect::<Vec<_>>())
        };
        Self::new(names, values, sandwiched(&self.matrix), self.distribution)
            .above(weights.cols().map(floor).collect(), self.unrepaired.as_ref().map(sandwiched))
    }
}

/// c'Vc
fn variance(matrix: &Columns, parts: &[(usize, f64)]) -> f64 {
    let row = |&(i, c): &(usize, f64)| parts.iter().map(|&(j, d)| c * d * matrix[(i, j)]).sum::<f64>();
    parts.iter().map(row).sum()
}
