//! Linear combinations: c'b with variance c'Vc.

use super::{Coefficient, Inference};
use crate::error::Result;

impl Inference {
    /// The combination sum_j c_j b_j of named coefficients.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](crate::Error::UnknownCoefficient),
    /// [`OmittedCoefficient`](crate::Error::OmittedCoefficient).
    ///
    /// # Example
    /// ```
    /// use ceteris::{Frame, Iid, Ols};
    /// # let frame = Frame::new()
    /// #     .add_real("x", vec![1.0, 2.0, 3.0, 4.0])?
    /// #     .add_real("y", vec![3.0, 5.0, 7.0, 10.0])?;
    /// let table = "y ~ x".parse::<Ols>()?.fit(&frame)?.inference(Iid)?;
    /// let at_ten = table.combination("y at x = 10", &[("(Intercept)", 1.0), ("x", 10.0)])?;
    /// assert!((at_ten.estimate - 23.5).abs() < 1e-12);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn combination(&self, name: &str, parts: &[(&str, f64)]) -> Result<Coefficient> {
        let places = parts.iter().map(|(part, factor)| Ok((self.fit().position(part)?, *factor)));
        let places = places.collect::<Result<Vec<_>>>()?;
        let estimate = places.iter().map(|&(i, c)| c * self.fit().coefficients()[i]).sum();
        let row =
            |&(i, c): &(usize, f64)| places.iter().map(|&(j, d)| c * d * self.matrix()[(i, j)]).sum::<f64>();
        let variance: f64 = places.iter().map(row).sum();
        Ok(Coefficient {
            name: name.to_string(),
            estimate,
            std_error: variance.max(0.0).sqrt(),
            distribution: self.distribution(),
        })
    }
}
