//! Honest bounds: what remains of an effect if trends are not exactly parallel, but their departure is
//! bounded (Rambachan and Roth 2023, A more credible approach to parallel trends, Review of Economic Studies
//! 90: 2555-2591).
//!
//! b ~ N(tau + d, V), tau = 0 at the leads;  asked: l'tau over the lags;  assumed: d in Delta(bound)
//!
//! | file | what |
//! |---|---|
//! | `restriction` | what is bounded, and for which combination of lags |
//! | `split` | the path as leads and lags around the reference, checked |
//! | `smoothness` | Delta^SD: shortest fixed-length interval |
//! | `relative_magnitudes` | Delta^RM: inverted test over a union of polyhedra |
//! | `hybrid` | that test: conditional with a least-favourable first stage |
//! | `breakdown` | the bound at which zero enters |
//! | `report` | the results and their table |

mod breakdown;
mod hybrid;
mod quadrature;
mod relative_magnitudes;
mod report;
mod restriction;
mod smoothness;
mod split;

use rayon::prelude::*;

pub use report::{Breakdown, HonestInterval, HonestReport};
pub use restriction::{LagWeights, Restriction};

use self::smoothness::FixedLength;
use self::split::Split;
use super::EventPath;
use crate::error::{Error, Result};
use crate::inference::{Coefficient, share};
use crate::special::normal;
use crate::vcov::{Distribution, Floor};

/// Intervals that allow for a bounded departure from parallel trends.
///
/// Formulas and sources: [Honest bounds for parallel trends](crate::methods::honest_bounds).
///
/// Under [`smoothness`](HonestBounds::smoothness) the interval is the shortest of fixed length around an
/// affine estimator; under [`relative_magnitudes`](HonestBounds::relative_magnitudes) it is the hull of what
/// the conditional / least-favourable hybrid test does not reject. Both take the estimates as normal with
/// known covariance, whatever the path's own distribution. Nothing is simulated.
///
/// # Example
/// ```
/// use ceteris::parallel_trends::{Breakdown, HonestBounds};
/// use ceteris::{Columns, Distribution, EventPath};
///
/// let mut vcov = Columns::zeros(4, 4);
/// (0..4).for_each(|i| vcov[(i, i)] = 0.01);
/// let points = [(-3, 0.05), (-2, -0.05), (0, 1.0), (1, 1.2)];
/// let path = EventPath::new(points, vcov, Distribution::Normal)?.reference(-1);
///
/// let report = HonestBounds::relative_magnitudes().bounds([0.0, 1.0, 2.0]).report(&path)?;
/// assert_eq!(report.intervals.len(), 3);
/// assert!(report.intervals[1].low > 0.0); // even if the trend moves as much as ever before
/// assert!(matches!(report.breakdown, Breakdown::At { bound } if bound > 1.0));
/// # Ok::<(), ceteris::Error>(())
/// ```
///
/// # References
/// Rambachan and Roth (2023), Review of Economic Studies 90: 2555-2591; Andrews, Roth and Pakes (2023),
/// Review of Economic Studies 90: 2763-2791.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(deny_unknown_fields))]
pub struct HonestBounds {
    restriction: Restriction,
    bounds: Option<Vec<f64>>,
    lag_weights: LagWeights,
    level: f64,
}

/// Default bounds of relative magnitudes: 0, 0.25, ..., 2.
const MAGNITUDES: (usize, f64) = (8, 2.0);
/// Steps of the default bounds of smoothness, from 0 to what the leads cannot rule out.
const BENDS: usize = 10;

impl HonestBounds {
    /// After the reference the trend moves, from one time to the next, by at most Mbar times its largest move
    /// before the reference.
    pub fn relative_magnitudes() -> Self {
        Self::new(Restriction::RelativeMagnitudes)
    }

    /// The slope of the trend changes by at most M from one time to the next; M = 0 is a straight line.
    pub fn smoothness() -> Self {
        Self::new(Restriction::Smoothness)
    }

    fn new(restriction: Restriction) -> Self {
        Self { restriction, bounds: None, lag_weights: LagWeights::First, level: 0.95 }
    }

    /// The bounds to report, in any order. By default 0, 0.25, ..., 2 for relative magnitudes; for smoothness
    /// eleven from 0 to the largest upper confidence limit of a bend among the leads (with a single lead, its
    /// standard error).
    pub fn bounds(mut self, bounds: impl IntoIterator<Item = f64>) -> Self {
        self.bounds = Some(bounds.into_iter().collect());
        self
    }

    /// The combination of lags asked for; by default the first.
    pub fn lag_weights(mut self, weights: LagWeights) -> Self {
        self.lag_weights = weights;
        self
    }

    /// The probability to cover; by default 0.95.
    pub fn level(mut self, level: f64) -> Self {
        self.level = level;
        self
    }

    /// The intervals for this path, and the bound at which zero enters.
    ///
    /// The breakdown is searched between the first reported bound whose interval holds zero and the one
    /// before; beyond the last bound by doubling it, six times at most.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a level outside (0, 1), a negative or infinite bound, no
    /// bound, or weights that do not fit the lags; for a path without leads, lags or a reference between
    /// them, or with a gap; for a covariance that is not positive semi-definite.
    /// [`Singular`](Error::Singular) if the combination of lags has no variance, or none is
    /// left of it by some combination of leads (as with fewer clusters than leads);
    /// [`Backend`](Error::Backend) if the solver fails.
    pub fn report(&self, path: &EventPath) -> Result<HonestReport> {
        share("level", self.level)?;
        let split = Split::new(path, &self.lag_weights)?;
        let bounds = self.ascending_bounds(&split)?;
        let method = match self.restriction {
            Restriction::RelativeMagnitudes => Method::RelativeMagnitudes(&split, self.level),
            Restriction::Smoothness => Method::Smoothness(FixedLength::new(&split, self.level)?),
        };
        // Of several errors the first by bound is told, whichever thread met one first.
        let intervals: Vec<Result<_>> = bounds.par_iter().map(|&bound| method.interval(bound)).collect();
        let intervals = intervals.into_iter().collect::<Result<Vec<_>>>()?;
        let breakdown =
            breakdown::breakdown(&intervals, |bound| Ok(method.interval(bound)?.excludes_zero()))?;
        let nothing = vec![0.0; split.leads.len()];
        let variance = split.std_error(&split.combination(&nothing, &split.weights)).powi(2);
        let found = (split.estimate(), variance);
        let effect = Coefficient::of_variance("effect", found, Floor::of(0.0), Distribution::Normal);
        Ok(HonestReport {
            restriction: self.restriction,
            level: self.level,
            lag_weights: split.lag_times.iter().copied().zip(split.weights.iter().copied()).collect(),
            parallel_trends: effect.confint(self.level)?,
            effect,
            intervals,
            breakdown,
        })
    }

    fn ascending_bounds(&self, split: &Split) -> Result<Vec<f64>> {
        let steps = |(count, last): (usize, f64)| (0..=count).map(move |i| last * i as f64 / count as f64);
        let mut bounds: Vec<f64> = match (&self.bounds, self.restriction) {
            (Some(bounds), _) => bounds.clone(),
            (None, Restriction::RelativeMagnitudes) => steps(MAGNITUDES).collect(),
            (None, Restriction::Smoothness) => steps((BENDS, largest_bend(split, self.level))).collect(),
        };
        let unusable = bounds.iter().find(|bound| !(bound.is_finite() && **bound >= 0.0));
        let value = match unusable {
            Some(bound) => bound.to_string(),
            None if bounds.is_empty() => "empty".to_string(),
            None => {
                bounds.sort_by(f64::total_cmp);
                bounds.dedup();
                return Ok(bounds);
            }
        };
        Err(Error::InvalidSetting { setting: "bounds", value, must: "finite and not negative, at least one" })
    }
}

/// The upper confidence limit of the largest bend among the leads; with one lead its standard error.
fn largest_bend(split: &Split, level: f64) -> f64 {
    let nleads = split.leads.len();
    let size = nleads + split.lags.len();
    let limit = |k: usize| {
        let mut bend = vec![0.0; size]; // b_{-(k-1)} - 2 b_{-k} + b_{-(k+1)}
        (bend[k - 1], bend[k]) = (-2.0, 1.0);
        if k > 1 {
            bend[k - 2] = 1.0;
        }
        let estimate: f64 = split::dot(&bend[..nleads], &split.leads);
        estimate.abs() + normal::quantile(level).max(0.0) * split.std_error(&bend)
    };
    let mut nearest = vec![0.0; size];
    nearest[0] = 1.0;
    (1..nleads).map(limit).reduce(f64::max).unwrap_or_else(|| split.std_error(&nearest))
}

/// How an interval is found.
enum Method<'a> {
    RelativeMagnitudes(&'a Split, f64),
    Smoothness(FixedLength<'a>),
}

impl Method<'_> {
    fn interval(&self, bound: f64) -> Result<HonestInterval> {
        let ((low, high), identified) = match self {
            Method::RelativeMagnitudes(split, level) => (
                relative_magnitudes::interval(split, bound, *level)?,
                Some(relative_magnitudes::identified(split, bound)),
            ),
            Method::Smoothness(frontier) => (frontier.interval(bound)?, frontier.identified(bound)),
        };
        Ok(HonestInterval { bound, low, high, identified })
    }
}
