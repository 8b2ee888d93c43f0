//! Equivalence of the root mean square of the leads, from their joint confidence ellipsoid.
//!
//! ```text
//! rms(d) = (d'd / k)^(1/2),   Q(d) = (d - b)'V^-1 (d - b),   Q ~ chi-squared(k) or k F(k, dof) at the true d
//! smallest margin = max { rms(d) : Q(d) <= c },   P(Q > c) = size
//! p(margin) = P(Q > min { Q(d) : rms(d) >= margin })
//! ```
//!
//! Projection of Scheffe's ellipsoid (Scheffe 1953, Biometrika 40:87): if the true rms is at least the margin, equivalence
//! is shown only if the ellipsoid misses the true d, so with probability at most `size`. This is not the test
//! of Dette and Schumann 2024, whose statistic is normalised by estimates on growing subsamples in time
//! and cannot be formed from a path; it needs no more than b and V, and is conservative, the more so
//! the more leads there are.
//!
//! Both extrema lie on d(mu) = mu (mu - V)^-1 b, mu above the largest eigenvalue of V (Gander, Golub and von Matt 1989);
//! along it Q and rms fall together as mu grows, so each is one root. If b is orthogonal to the leading eigenvector, the rest is
//! walked along that vector. Assumed: V is positive definite.

use super::settings::{Construction, EquivalenceTest, LeadEquivalence, Violation};
use crate::error::{Error, Result};
use crate::linalg::LeastSquares;
use crate::parallel_trends::EventPath;
use crate::special::{chi_squared, fisher, root};
use crate::vcov::Distribution;

/// Relative tolerance of roots.
const TOLERANCE: f64 = 1e-12;

/// mu comes no closer to the largest eigenvalue, relatively: nearer, b has no part along its vector.
const NEAREST: f64 = 1e-10;

impl LeadEquivalence {
    /// The test of the root mean square of the leads by their joint confidence ellipsoid.
    ///
    /// # Errors
    /// As [`LeadEquivalence::two_one_sided`]; [`Singular`](Error::Singular) if the covariance of the leads is.
    pub fn root_mean_square(&self, path: &EventPath) -> Result<EquivalenceTest> {
        self.checked()?;
        test(self, path)
    }
}

fn test(settings: &LeadEquivalence, path: &EventPath) -> Result<EquivalenceTest> {
    let leads = path.lead_part()?;
    leads.positive_definite()?;
    let (spectrum, vectors) = LeastSquares::default().eigen(leads.matrix())?;
    let along = vectors.cols().map(|vector| vector.iter().zip(leads.estimates()).map(|(u, b)| u * b).sum());
    let ellipsoid = Ellipsoid { along: along.collect(), spectrum };
    let count = leads.times().len() as f64;
    let tail = |q: f64| match path.distribution() {
        Distribution::T(dof) => fisher::upper_tail(q / count, count, dof),
        Distribution::Normal => chi_squared::upper_tail(q, count),
    };
    let gap = |q: f64| Ok(settings.size - tail(q));
    let critical = root::root_above_zero("the critical value of the ellipsoid", count, TOLERANCE, gap)?;
    let length = ellipsoid.longest(critical)?;
    let statistic = (leads.estimates().iter().map(|b| b * b).sum::<f64>() / count).sqrt();
    let p_value = |margin: f64| -> Result<f64> {
        if margin <= statistic { Ok(1.0) } else { Ok(tail(ellipsoid.nearest(margin * margin * count)?)) }
    };
    settings.concluded(
        (Violation::RootMeanSquare, Construction::Ellipsoid),
        statistic,
        (length / count).sqrt(),
        p_value,
    )
}

/// b and V in the eigenvectors of V.
struct Ellipsoid {
    along: Vec<f64>,
    spectrum: Vec<f64>,
}

/// Q(d) and d'd.
#[derive(Clone, Copy)]
struct Point {
    distance: f64,
    length: f64,
}

impl Ellipsoid {
    /// d(mu) at mu = top (1 + t)
    fn at(&self, t: f64) -> Point {
        let mu = self.top() * (1.0 + t);
        let mut point = Point { distance: 0.0, length: 0.0 };
        for (b, lambda) in self.along.iter().zip(&self.spectrum) {
            let rest = (self.top() - lambda) + self.top() * t; // mu - lambda
            point.distance += b * b * lambda / (rest * rest);
            point.length += (b * mu / rest).powi(2);
        }
        point
    }

    /// max d'd where Q(d) <= `distance`
    fn longest(&self, distance: f64) -> Result<f64> {
        let nearest = self.at(NEAREST);
        if nearest.distance <= distance {
            return Ok(nearest.length + self.top() * (distance - nearest.distance));
        }
        Ok(self.at(self.root(|point| distance - point.distance)?).length)
    }

    /// min Q(d) where d'd >= `length`, for `length` > b'b
    fn nearest(&self, length: f64) -> Result<f64> {
        let nearest = self.at(NEAREST);
        if nearest.length <= length {
            return Ok(nearest.distance + (length - nearest.length) / self.top());
        }
        Ok(self.at(self.root(|point| length - point.length)?).distance)
    }

    /// t at which a function that rises in t is zero.
    fn root(&self, rising: impl Fn(Point) -> f64) -> Result<f64> {
        let (quantity, mut high) = ("the edge of the ellipsoid", 1.0);
        while rising(self.at(high)) < 0.0 {
            high *= 2.0;
            if !high.is_finite() {
                return Err(Error::Inaccurate { quantity, error: high, tolerance: TOLERANCE });
            }
        }
        root::root(quantity, (NEAREST, high), TOLERANCE, |t| Ok(rising(self.at(t))))
    }

    /// The largest eigenvalue.
    fn top(&self) -> f64 {
        self.spectrum.iter().copied().fold(0.0, f64::max)
    }
}
