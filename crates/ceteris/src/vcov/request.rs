//! What a covariance is computed from, and what it is.

use super::Distribution;
use super::floor::Floor;
use super::ingredients::Ingredients;
use super::ledger::Ledger;
use super::small_sample::SmallSample;
use crate::frame::Factor;
use crate::linalg::{Columns, LeastSquares};
use crate::notice::Notice;

/// A covariance, what it counted, and what its reader should know.
#[derive(Debug, Clone)]
pub(crate) struct Estimated {
    /// k by k, in the order of the coefficients.
    pub matrix: Columns,
    /// What each standard error must exceed.
    pub floors: Vec<Floor>,
    /// The covariance before negative eigenvalues of it were set to zero, if there were any.
    pub unrepaired: Option<Columns>,
    /// K of the small-sample factor.
    pub parameters: usize,
    /// What the sandwich was multiplied with; with a factor per term, the factor they share.
    pub factor: f64,
    /// Degrees of freedom and tail of t and F statistics.
    pub distribution: Distribution,
    /// Clusters of each cluster variable.
    pub nclusters: Vec<usize>,
    /// Facts about this covariance.
    pub notices: Vec<Notice>,
}

/// Everything a covariance is computed from.
pub(crate) struct Request<'a> {
    pub(crate) ingredients: &'a Ingredients,
    pub(crate) ledger: &'a Ledger,
    /// One factor for each cluster column, over the rows of the fit.
    pub(crate) clusters: &'a [Factor],
    /// Leverages including the effects, where needed.
    pub(crate) leverage: Option<&'a [f64]>,
    pub(crate) small_sample: SmallSample,
    pub(crate) backend: LeastSquares,
}
