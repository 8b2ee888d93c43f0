//! The probability that a normal vector lies in a box, and its moments given that it does.
//!
//! ```text
//! P(lower <= Z <= upper) = E prod_j [Phi(high_j) - Phi(low_j)],   Z ~ N(mean, covariance)
//! low_j, high_j = bounds of y_j given y_1 .. y_{j-1};  y_j = Phi^-1(Phi(low_j) + w_j [Phi(high_j) - Phi(low_j)])
//! E(Z | box) = mean + sd c E(y | box),   E(y y' | box) = E(y y' prod) / E(prod)
//! ```
//!
//! Separation of variables (Genz 1992, Journal of Computational and Graphical Statistics 1:141) after reordering (Gibson,
//! Glasbey and Elston 1994); `reduction` has the details. The last y is averaged exactly. One dimension is
//! exact, two are adaptive quadrature, more are scrambled Sobol points with a stated error. The covariance
//! may be singular; the dimension that counts is its rank.
//!
//! The t form is P(lower S <= Z - mean <= upper S) with S^2 = chi-squared(dof) / dof (Genz and Bretz 2002).
//! S = exp(u) is one more coordinate, drawn from a logistic distribution and weighted to its own density,
//! proportional to exp(dof (u - (exp(2u) - 1) / 2)).

mod interval;
mod reduction;
#[cfg(test)]
mod tests;

use interval::Interval;
use reduction::Reduction;

use super::quadrature;
pub(crate) use super::sobol::Accuracy;
use super::sobol::{self, MOST_DIMENSIONS, MOST_POINTS};
use super::{normal, student};
use crate::error::{Error, Result};

/// Wanted by default: 1e-6; refused: more than 5e-5, which moves a critical value near 2.5 by about 5e-4.
pub(crate) const ACCURACY: Accuracy = Accuracy { wanted: 1e-6, allowed: 5e-5, points: MOST_POINTS };

/// For moments, in standard deviations. A side without a bound makes the integrand singular and slow.
pub(crate) const MOMENT_ACCURACY: Accuracy = Accuracy { wanted: 1e-5, allowed: 5e-4, points: MOST_POINTS };

/// Error of the quadrature in two dimensions.
const QUADRATURE_ERROR: f64 = 1e-13;

/// Densities beyond are below the smallest double.
const FAR: f64 = 38.0;

/// A logistic variable of this scale is close to a standard normal one and has heavier tails.
const LOGISTIC_SPREAD: f64 = 0.6;

/// A normal vector and a box.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NormalBox<'a> {
    pub(crate) mean: &'a [f64],
    /// Column after column.
    pub(crate) covariance: &'a [f64],
    pub(crate) lower: &'a [f64],
    pub(crate) upper: &'a [f64],
}

/// A probability and the error it may have.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Probability {
    pub(crate) value: f64,
    pub(crate) error: f64,
}

/// The first two moments given the box.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Moments {
    pub(crate) probability: f64,
    pub(crate) mean: Vec<f64>,
    /// Column after column.
    pub(crate) covariance: Vec<f64>,
    /// Of the probability and of means and products in units of standard deviations.
    pub(crate) error: f64,
}

impl NormalBox<'_> {
    /// P(lower <= Z <= upper)
    ///
    /// # Errors
    /// `InvalidSetting` if a lower bound is not below its upper one or the rank is above
    /// 24; `Singular` if the matrix is no covariance; `Inaccurate`.
    pub(crate) fn probability(&self, accuracy: Accuracy) -> Result<Probability> {
        let reduced = self.reduced()?;
        let found = |value: f64, error| Ok(Probability { value: value.clamp(0.0, 1.0), error });
        match reduced.rank() {
            _ if !reduced.possible => found(0.0, 0.0),
            0 => found(1.0, 0.0),
            1 => found(reduced.interval(0, &[], 1.0).probability(), 0.0),
            2 => found(in_two(&reduced)?[0], QUADRATURE_ERROR),
            rank => {
                let add = |uniform: &[f64], sums: &mut [f64]| {
                    sums[0] += reduced.draw(uniform, 1.0, &mut [0.0; MOST_DIMENSIONS]).0;
                };
                let found_all = sobol::integrate(PROBABILITY, (rank - 1, 1), accuracy, add, <[f64]>::to_vec)?;
                found(found_all.values[0], found_all.error)
            }
        }
    }

    /// P(lower <= mean + (Z - mean) / S <= upper), the multivariate t.
    ///
    /// # Errors
    /// As [`NormalBox::probability`].
    pub(crate) fn student_probability(&self, dof: f64, accuracy: Accuracy) -> Result<Probability> {
        let reduced = self.reduced()?;
        let found = |value: f64, error| Ok(Probability { value: value.clamp(0.0, 1.0), error });
        match reduced.rank() {
            _ if !reduced.possible => found(0.0, 0.0),
            0 => found(1.0, 0.0),
            1 => {
                let Interval { low, high } = reduced.interval(0, &[], 1.0);
                let (low, high) = if low > 0.0 { (-high, -low) } else { (low, high) };
                found((student::upper_tail(-high, dof) - student::upper_tail(-low, dof)).max(0.0), 0.0)
            }
            rank => {
                let add = |uniform: &[f64], sums: &mut [f64]| {
                    let (scale, weight) = weighted_scale(uniform[0], dof);
                    let drawn = reduced.draw(&uniform[1..], scale, &mut [0.0; MOST_DIMENSIONS]);
                    sums[0] += weight * drawn.0;
                    sums[1] += weight;
                };
                let ratio = |sums: &[f64]| vec![sums[0] / sums[1]];
                let found_all = sobol::integrate(PROBABILITY, (rank, 2), accuracy, add, ratio)?;
                found(found_all.values[0], found_all.error)
            }
        }
    }

    /// Mean and covariance of Z given lower <= Z <= upper.
    ///
    /// # Errors
    /// As [`NormalBox::probability`]; `Inaccurate` too if the probability is zero.
    pub(crate) fn moments(&self, accuracy: Accuracy) -> Result<Moments> {
        let reduced = self.reduced()?;
        let rank = reduced.rank();
        let (sums, error) = match rank {
            _ if !reduced.possible => (vec![0.0; count(rank)], 0.0),
            0 => (vec![1.0], 0.0),
            1 => {
                let interval = reduced.interval(0, &[], 1.0);
                (vec![interval.probability(), interval.mean(), interval.mean_square()], 0.0)
            }
            2 => (ratios(&in_two(&reduced)?), QUADRATURE_ERROR),
            _ => {
                let add = |uniform: &[f64], sums: &mut [f64]| reduced.add_products(uniform, sums);
                let found = sobol::integrate(MOMENTS, (rank - 1, count(rank)), accuracy, add, ratios)?;
                (found.values, found.error)
            }
        };
        if sums[0].is_nan() || sums[0] <= 0.0 {
            return Err(Error::Inaccurate {
                quantity: MOMENTS,
                error: f64::INFINITY,
                tolerance: accuracy.allowed,
            });
        }
        Ok(self.of_variables(&reduced, &sums, error))
    }

    /// From moments of y to those of Z.
    fn of_variables(&self, reduced: &Reduction, sums: &[f64], error: f64) -> Moments {
        let (size, rank) = (self.mean.len(), reduced.rank());
        let first = &sums[1..=rank];
        let mut central = vec![0.0; rank * rank];
        let mut place = rank + 1;
        for j in 0..rank {
            for i in 0..=j {
                let covariance = sums[place] - first[i] * first[j];
                (central[j * rank + i], central[i * rank + j]) = (covariance, covariance);
                place += 1;
            }
        }
        let of = |i: usize| -> f64 { reduced.loadings[i].iter().zip(first).map(|(c, y)| c * y).sum() };
        let mean = (0..size).map(|i| self.mean[i] + reduced.scales[i] * if rank > 0 { of(i) } else { 0.0 });
        let between = |a: usize, b: usize| {
            let terms = (0..rank * rank).map(|place| {
                reduced.loadings[a][place % rank] * central[place] * reduced.loadings[b][place / rank]
            });
            reduced.scales[a] * reduced.scales[b] * terms.sum::<f64>()
        };
        let covariance = (0..size * size).map(|place| between(place % size, place / size)).collect();
        Moments { probability: sums[0].min(1.0), mean: mean.collect(), covariance, error }
    }

    fn reduced(&self) -> Result<Reduction> {
        let size = self.mean.len();
        let lengths = [self.covariance.len(), self.lower.len() * size, self.upper.len() * size];
        assert!(
            lengths.iter().all(|length| *length == size * size),
            "one bound and one row for each variable"
        );
        let wrong = |value: String, must| Err(Error::InvalidSetting { setting: "box", value, must });
        let ordered = |i: &usize| self.lower[*i] < self.upper[*i] && self.mean[*i].is_finite();
        if let Some(i) = (0..size).find(|i| !ordered(i)) {
            let value = format!("from {} to {} in coordinate {i}", self.lower[i], self.upper[i]);
            return wrong(value, "a box with each lower bound below its upper one");
        }
        let reduced = Reduction::new(self.mean, self.covariance, self.lower, self.upper)?;
        if reduced.rank() > MOST_DIMENSIONS {
            return wrong(format!("of rank {}", reduced.rank()), "a box of rank 24 at most");
        }
        Ok(reduced)
    }
}

/// What is computed, for errors.
const PROBABILITY: &str = "the probability of the box";
/// What is computed, for errors.
const MOMENTS: &str = "the mean in the box";

impl Reduction {
    /// Draws all y but the last into `y`: the product of probabilities, and the last interval.
    fn draw(&self, uniform: &[f64], scale: f64, y: &mut [f64]) -> (f64, Interval) {
        let last = self.rank() - 1;
        let mut product = 1.0;
        for j in 0..=last {
            let interval = self.interval(j, &y[..j], scale);
            product *= interval.probability();
            if product <= 0.0 || j == last {
                return (product.max(0.0), interval);
            }
            y[j] = interval.quantile(uniform[j]);
        }
        unreachable!("the last interval returns")
    }

    /// Adds the product, product times y and product times the upper triangle of y y'.
    fn add_products(&self, uniform: &[f64], sums: &mut [f64]) {
        let rank = self.rank();
        let mut y = [0.0; MOST_DIMENSIONS];
        let (product, interval) = self.draw(uniform, 1.0, &mut y);
        if product <= 0.0 {
            return;
        }
        y[rank - 1] = interval.mean();
        products(product, &y[..rank], interval.mean_square(), sums);
    }
}

/// 1, y and y y' (the last square given), each times `factor`, added to the sums.
fn products(factor: f64, y: &[f64], last_square: f64, sums: &mut [f64]) {
    let rank = y.len();
    sums[0] += factor;
    let mut place = rank + 1;
    for j in 0..rank {
        sums[1 + j] += factor * y[j];
        for i in 0..=j {
            let product = if i + 1 == rank { last_square } else { y[i] * y[j] };
            sums[place] += factor * product;
            place += 1;
        }
    }
}

/// Number of sums for moments of `rank` variables.
fn count(rank: usize) -> usize {
    1 + rank + rank * (rank + 1) / 2
}

/// Sums over the first, which stays.
fn ratios(sums: &[f64]) -> Vec<f64> {
    let over = |sum: &f64| sum / sums[0];
    core::iter::once(sums[0]).chain(sums[1..].iter().map(over)).collect()
}

/// All sums in two dimensions: the integral over y_0 of its density times the exact moments of y_1.
fn in_two(reduced: &Reduction) -> Result<[f64; 6]> {
    let Interval { low, high } = reduced.interval(0, &[], 1.0);
    let (low, high) = (low.clamp(-FAR, FAR), high.clamp(-FAR, FAR));
    if low >= high {
        return Ok([0.0; 6]);
    }
    let panels = (high - low).ceil() as u32; // the density has width one
    let integrand = |y: f64| {
        let interval = reduced.interval(1, &[y], 1.0);
        let mut sums = [0.0; 6];
        let probability = interval.probability();
        if probability > 0.0 {
            let factor = normal::density(y) * probability;
            products(factor, &[y, interval.mean()], interval.mean_square(), &mut sums);
        }
        sums
    };
    quadrature::integrate(PROBABILITY, (low, high), panels, QUADRATURE_ERROR, &integrand)
}

/// S = exp(u) for u logistic of about the spread of u, and the ratio of the densities of u up to a factor.
fn weighted_scale(uniform: f64, dof: f64) -> (f64, f64) {
    let spread = (LOGISTIC_SPREAD / (2.0 * dof).sqrt()).max(1.0 / dof); // left of zero the density falls like exp(dof u)
    let u = spread * libm::log(uniform / (1.0 - uniform));
    let density = libm::exp(dof * (u - 0.5 * libm::expm1(2.0 * u)));
    (libm::exp(u), density / (uniform * (1.0 - uniform)))
}
