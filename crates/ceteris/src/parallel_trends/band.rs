//! Sup-t bands: intervals that cover the whole path at once.
//!
//! ```text
//! b_e -+ c se_e,   P(max_e |Z_e| <= c) = level,   Z ~ N(0, correlation of b) or multivariate t with the dof of b
//! ```
//!
//! Montiel Olea and Plagborg-Moller 2019 (Journal of Applied Econometrics 34:1), the plug-in sup-t band,
//! with the probability computed instead of simulated; for t, Genz and Bretz 2002. c lies
//! between the pointwise quantile and Bonferroni's. Assumed: b is normal with the stated covariance (up to a
//! common scale estimated with dof degrees of freedom); the covariance may be singular.

use super::{EventPath, search};
use crate::error::{Error, Result};
use crate::inference::{Coefficient, share};
use crate::special::multivariate_normal::{Accuracy, NormalBox};
use crate::special::root;
use crate::vcov::Distribution;

/// Half the step over which the slope of the probability is taken.
const STEP: f64 = 0.02;

/// Relative; finer than the probability of the search is known.
const CRITICAL_TOLERANCE: f64 = 1e-5;

/// Of an exact probability.
const ROUNDING: f64 = 1e-13;

/// Bonferroni's quantile is exact only in the worst case, and rounding may pass it.
const BEYOND_BONFERRONI: f64 = 1.01;

/// A simultaneous confidence band.
///
/// Formulas and sources: [Simultaneous bands](crate::methods::simultaneous_bands).
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct Band {
    /// The probability that all intervals cover together.
    pub level: f64,
    /// c, the number of standard errors on either side.
    pub critical: f64,
    /// An interval for each event time that has a standard error.
    pub points: Vec<BandPoint>,
}

/// One interval of a [`Band`].
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct BandPoint {
    /// The event time.
    pub event_time: i64,
    /// b_e - c se_e
    pub low: f64,
    /// b_e + c se_e
    pub high: f64,
}

impl EventPath {
    /// The sup-t band: intervals that cover all effects of the path together with probability `level`.
    ///
    /// Points without a standard error have no part in it. For a band over some event times only, take the [`part`](EventPath::part) first.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) for a level outside (0, 1) or a covariance of rank above 24;
    /// [`Singular`](Error::Singular) if no point has a standard error; [`Inaccurate`](Error::Inaccurate).
    ///
    /// # Example
    /// ```
    /// use ceteris::{Columns, Distribution, EventPath};
    /// let vcov = Columns::new(2, 2, vec![0.04, 0.0, 0.0, 0.01])?;
    /// let path = EventPath::new([(0, 1.0), (1, 2.0)], vcov, Distribution::Normal)?;
    /// let band = path.band(0.95)?;
    /// assert!((band.critical - 2.2365).abs() < 1e-4); // independent: the quantile at (1 + 0.95^(1/2)) / 2
    /// assert!((band.points[0].low - (1.0 - 0.2 * band.critical)).abs() < 1e-12);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn band(&self, level: f64) -> Result<Band> {
        let critical = self.sup_t(level)?;
        let interval = |(time, coefficient): (&i64, Coefficient)| {
            let half = critical * coefficient.std_error.ok()?;
            let (low, high) = (coefficient.estimate - half, coefficient.estimate + half);
            Some(BandPoint { event_time: *time, low, high })
        };
        let points = self.times().iter().zip(self.coefs()).filter_map(interval).collect();
        Ok(Band { level, critical, points })
    }

    /// c with P(max_e |Z_e| <= c) = level.
    fn sup_t(&self, level: f64) -> Result<f64> {
        share("level", level)?;
        let coefs = self.coefs();
        let random: Vec<usize> =
            (0..coefs.len()).filter(|i| coefs[*i].std_error.is_ok_and(f64::is_finite)).collect();
        if random.is_empty() {
            return Err(Error::Singular { matrix: "the covariance of the path", pivot: 0 });
        }
        let vcov = self.matrix().principal(&random);
        let scales: Vec<f64> = vcov.diagonal().iter().map(|variance| variance.sqrt()).collect();
        let mean = vec![0.0; random.len()];
        let coverage = |c: f64, accuracy: Accuracy| {
            let upper: Vec<f64> = scales.iter().map(|scale| c * scale).collect();
            let lower: Vec<f64> = upper.iter().map(|bound| -bound).collect();
            let cube = NormalBox { mean: &mean, covariance: vcov.data(), lower: &lower, upper: &upper };
            match self.distribution() {
                Distribution::T(dof) => cube.student_probability(dof, accuracy),
                Distribution::Normal => cube.probability(accuracy),
            }
            .map_err(too_many)
        };
        let few = search::few(1.0 - level);
        let pointwise = self.distribution().quantile(0.5 + 0.5 * level);
        let alone = coverage(pointwise, few)?;
        if alone.error == 0.0 && alone.value >= level - ROUNDING {
            return Ok(pointwise); // perfectly correlated
        }
        let each = 1.0 - (1.0 - level) / random.len() as f64;
        let bonferroni = BEYOND_BONFERRONI * self.distribution().quantile(0.5 + 0.5 * each);
        let gap = |c: f64, accuracy: Accuracy| Ok(coverage(c, accuracy)?.value - level);
        let near = if alone.value >= level {
            pointwise // nearly
        } else {
            root::root("the critical value of the band", (pointwise, bonferroni), CRITICAL_TOLERANCE, |c| {
                gap(c, few)
            })?
        };
        search::corrected(near, STEP, few, gap)
    }
}

/// A box of too many dimensions, in words of the path that it comes from.
fn too_many(error: Error) -> Error {
    match error {
        Error::InvalidSetting { setting: "box", value, .. } => Error::InvalidSetting {
            setting: "event path",
            value: format!("one {value}"),
            must: "one of at most 24 linearly independent effects for a uniform band",
        },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::linalg::Columns;
    use crate::special::normal;

    fn path(size: usize, rho: f64, distribution: Distribution) -> EventPath {
        let sd = |i: usize| 1.0 + i as f64;
        let entry = |i: usize, j: usize| sd(i) * sd(j) * if i == j { 1.0 } else { rho };
        let data = (0..size * size).map(|place| entry(place % size, place / size)).collect();
        let points = (0..size).map(|i| (i as i64, 0.5));
        EventPath::new(points, Columns::from_data(size, size, data), distribution).unwrap()
    }

    #[test]
    fn one_point_or_perfect_correlation_is_pointwise() {
        for distribution in [Distribution::Normal, Distribution::T(7.0)] {
            for path in [path(1, 0.0, distribution), path(4, 1.0, distribution)] {
                let band = path.band(0.9).unwrap();
                assert_eq!(band.critical, distribution.quantile(0.95));
                assert_eq!(
                    (band.points[0].low, band.points[0].high),
                    path.at(0).unwrap().confint(0.9).unwrap()
                );
            }
        }
    }

    #[test]
    fn independent_points_have_the_quantile_of_sidak() {
        for size in [2, 3, 6] {
            let found = path(size, 0.0, Distribution::Normal).band(0.95).unwrap().critical;
            let sidak = normal::quantile(0.5 + 0.5 * 0.95_f64.powf(1.0 / size as f64));
            assert!((found - sidak).abs() < 1e-5, "{size}: {found} {sidak}");
        }
    }

    #[test]
    fn bonferroni_and_sidak_bound_the_band_from_above() {
        for (distribution, rho) in
            [(Distribution::Normal, 0.6), (Distribution::T(12.0), 0.3), (Distribution::T(3.0), 0.0)]
        {
            let found = path(4, rho, distribution).band(0.95).unwrap().critical;
            let sidak = distribution.quantile(0.5 + 0.5 * 0.95_f64.powf(0.25));
            let bonferroni = distribution.quantile(1.0 - 0.05 / 8.0);
            assert!(distribution.quantile(0.975) < found && found < sidak + 1e-5 && sidak < bonferroni);
        }
    }

    #[test]
    fn bands_agree_with_quadrature_over_the_common_factor() {
        // scipy 1.17.1, integrate.quad over the factor (and the chi variable) and optimize.brentq; see
        // tests/data/trend_power/simultaneous.py.
        for (size, rho, distribution, expected) in QUADRATURE {
            let found = path(size, rho, distribution).band(0.95).unwrap().critical;
            assert!((found - expected).abs() < 1e-4, "{size} {rho} {distribution:?}: {found} {expected}");
        }
    }

    const QUADRATURE: [(usize, f64, Distribution, f64); 4] = [
        (3, 0.5, Distribution::Normal, 2.3489705903390727),
        (9, 0.5, Distribution::Normal, 2.686223367373949),
        (3, 0.5, Distribution::T(10.0), 2.758996978373102),
        (5, 0.5, Distribution::T(107.0), 2.5508931270408843),
    ];

    #[test]
    fn levels_outside_the_unit_interval_and_paths_without_variance_are_refused() {
        for level in [0.0, 1.0, -0.5, f64::NAN] {
            let refused = path(2, 0.0, Distribution::Normal).band(level);
            assert!(matches!(refused, Err(Error::InvalidSetting { setting: "level", .. })));
        }
        let constant = EventPath::new([(0, 1.0)], Columns::zeros(1, 1), Distribution::Normal).unwrap();
        assert!(matches!(constant.band(0.9), Err(Error::Singular { .. })));
    }
}
