//! When a variance is zero but for rounding.
//!
//! ```text
//! V_jj = c sum_g (sum_{i in g} w_i z_ij u_i)^2,   z_j = X~ B e_j,   sum_i w_i z_ij^2 = B_jj
//! m    = ||y|| + sum_j |b_j| ||x_j||,             norms in w, before absorption
//! r_j  = e sqrt(c B_jj) (||u|| + m),              e = 64 unit roundoffs
//! ```
//!
//! u = y - Xb - Da is a difference of numbers of size m, so that w_i z_ij u_i is known to about a unit roundoff of
//! w_i |z_ij| (|u_i| + m_i), and all sums of them together, by Cauchy and Schwarz, to r_j. A standard error that is not
//! above r_j is rounding. The rule has no units: V_jj, B_jj and m^2 change alike with the unit of the outcome, of a
//! regressor, and of the weights.
//!
//! * A model fits perfectly if ||u|| <= max(e, what absorption left over) m; then no coefficient has a standard error.
//! * Over several ways V_jj = sum_S (-1)^(|S|+1) V_S,jj is a difference, known to e sum_S V_S,jj; below that, it is
//!   not positive.
//! * c'b has the variance c'Vc, known to (sum_j |c_j| r_j)^2 + e (sum_j |c_j| sqrt(V_jj))^2.
//!
//! (Higham 2002, sections 3.1 and 3.5, for rounding of sums and products.)

use super::ingredients::{Ingredients, ROUNDING};
use crate::error::NoStandardError;

/// What a standard error must exceed, and what it means if it does not.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Floor {
    /// r_j
    pub(crate) rounding: f64,
    /// Why there is no standard error below it.
    pub(crate) reason: NoStandardError,
}

impl Floor {
    /// A floor for variances of which no more is known than that they are made of sums of this rounding.
    pub(crate) fn of(rounding: f64) -> Self {
        Self { rounding, reason: NoStandardError::NoVariance }
    }

    /// The standard error of this variance, or why there is none.
    pub(crate) fn root(self, variance: f64) -> Result<f64, NoStandardError> {
        let nothing = variance <= 0.0 || variance <= self.rounding * self.rounding;
        if nothing || self.reason == NoStandardError::PerfectFit {
            Err(self.reason)
        } else {
            Ok(variance.sqrt())
        }
    }

    /// r_j for each coefficient of a fit, with c the factor of the sandwich.
    pub(super) fn of_fit(ingredients: &Ingredients, factor: f64) -> Vec<Self> {
        let left = ingredients.weighted_rss().sqrt();
        let reason = match ingredients.fits_perfectly() {
            true => NoStandardError::PerfectFit,
            false => NoStandardError::NoVariance,
        };
        let of = |bread: f64| ROUNDING * (factor * bread).sqrt() * (left + ingredients.size);
        let floors = ingredients.bread.diagonal().into_iter().map(of);
        floors.map(|rounding| Self { rounding, reason }).collect()
    }
}
