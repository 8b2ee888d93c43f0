//! Effects by event time with their joint covariance: what event studies yield, and what evidence for
//! parallel trends is made of.
//!
//! b = (b_e), e = event time, 0 at the first treated time; leads have e < 0, lags e >= 0. The reference
//! is zero by definition and not among the points. V is the covariance of all points together.

use std::fmt;

use crate::error::{Error, Result};
use crate::inference::{Coefficient, Estimates, Inference, WaldTest, without_std_error};
use crate::linalg::Columns;
use crate::notice::Notice;
use crate::vcov::Distribution;

/// Effects by event time.
///
/// # Example
/// ```
/// use ceteris::{Columns, Distribution, EventPath};
/// let vcov = Columns::new(3, 3, vec![0.04, 0.0, 0.0, 0.0, 0.04, 0.0, 0.0, 0.0, 0.04])?;
/// let points = [(-3, 0.1), (-2, -0.1), (0, 1.0)];
/// let path = EventPath::new(points, vcov, Distribution::Normal)?.reference(-1);
/// assert_eq!(path.leads(), [-3, -2]);
/// assert!((path.joint(&path.leads())?.statistic - 0.25).abs() < 1e-12); // (0.01 + 0.01) / 0.04 / 2
/// # Ok::<(), ceteris::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct EventPath {
    times: Vec<i64>,
    /// Named by the event time, in the order of the times.
    estimates: Estimates,
    reference: Option<i64>,
}

impl EventPath {
    /// A path of points (event time, estimate) in any order and their covariance in the same order.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) without points, with an event time given twice, or with a
    /// covariance of another size.
    pub fn new(
        points: impl IntoIterator<Item = (i64, f64)>,
        vcov: Columns,
        distribution: Distribution,
    ) -> Result<Self> {
        let (times, values): (Vec<i64>, Vec<f64>) = points.into_iter().unzip();
        if (vcov.nrows(), vcov.ncols()) != (times.len(), times.len()) {
            let value = format!("{} points with {} by {}", times.len(), vcov.nrows(), vcov.ncols());
            let must = "given with one row and column of the covariance for each point";
            return Err(Error::InvalidSetting { setting: "event path", value, must });
        }
        let names = times.iter().map(ToString::to_string).collect();
        Self::of(&times, Estimates::new(names, values, vcov, distribution))
    }

    /// A path of estimates, one for each event time, in any order.
    pub(crate) fn of(times: &[i64], estimates: Estimates) -> Result<Self> {
        let mut order: Vec<usize> = (0..times.len()).collect();
        order.sort_by_key(|&place| times[place]);
        let times: Vec<i64> = order.iter().map(|&place| times[place]).collect();
        let wrong = |value: String, must| Err(Error::InvalidSetting { setting: "event path", value, must });
        if times.is_empty() {
            return wrong("empty".to_string(), "at least one point");
        }
        if let Some(pair) = times.windows(2).find(|pair| pair[0] == pair[1]) {
            return wrong(format!("given twice at {}", pair[0]), "given once at each event time");
        }
        let estimates = estimates.part_at(&order).named(times.iter().map(ToString::to_string).collect());
        Ok(Self { times, estimates, reference: None })
    }

    /// The event time that the others are compared with.
    pub fn reference(mut self, event_time: i64) -> Self {
        self.reference = Some(event_time);
        self
    }

    /// The event time that the others are compared with, if there is one.
    pub fn reference_time(&self) -> Option<i64> {
        self.reference
    }

    /// The event times, ascending, without the reference.
    pub fn times(&self) -> &[i64] {
        &self.times
    }

    /// The estimates, in the order of [`EventPath::times`].
    pub fn estimates(&self) -> &[f64] {
        self.estimates.values()
    }

    /// The covariance of the estimates, in the order of [`EventPath::times`].
    pub fn matrix(&self) -> &Columns {
        self.estimates.matrix()
    }

    /// What t and F statistics are compared with.
    pub fn distribution(&self) -> Distribution {
        self.estimates.distribution()
    }

    /// The event times before the event.
    pub fn leads(&self) -> Vec<i64> {
        self.times.iter().copied().filter(|time| *time < 0).collect()
    }

    /// The event times from the event on.
    pub fn lags(&self) -> Vec<i64> {
        self.times.iter().copied().filter(|time| *time >= 0).collect()
    }

    /// The effect at one event time.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient) for a time that has no point.
    pub fn at(&self, event_time: i64) -> Result<Coefficient> {
        Ok(self.estimates.at(self.position(event_time)?))
    }

    /// The effect at each event time.
    pub fn coefs(&self) -> Vec<Coefficient> {
        self.estimates.coefs()
    }

    /// The combination sum_e c_e b_e.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient) for a time that has no point.
    pub fn combination(&self, name: &str, parts: &[(i64, f64)]) -> Result<Coefficient> {
        let places = parts.iter().map(|&(time, factor)| Ok((self.position(time)?, factor)));
        let places = places.collect::<Result<Vec<_>>>()?;
        Ok(self.estimates.combination_at(name, &places))
    }

    /// The mean effect over event times.
    ///
    /// # Errors
    /// As [`EventPath::combination`]; [`InvalidSetting`](Error::InvalidSetting) without times.
    pub fn mean(&self, times: &[i64]) -> Result<Coefficient> {
        if times.is_empty() {
            let (value, must) = ("empty".to_string(), "at least one event time");
            return Err(Error::InvalidSetting { setting: "event times to average", value, must });
        }
        let share = 1.0 / times.len() as f64;
        let parts: Vec<(i64, f64)> = times.iter().map(|&time| (time, share)).collect();
        self.combination("mean", &parts)
    }

    /// The joint test that the effects at these event times are zero together.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient); [`NoStandardError`](Error::NoStandardError) if one of them
    /// has none; [`Singular`](Error::Singular) with too few clusters for so many times.
    pub fn joint(&self, times: &[i64]) -> Result<WaldTest> {
        let places = times.iter().map(|&time| self.position(time)).collect::<Result<Vec<_>>>()?;
        self.estimates.wald_at(&places)
    }

    /// The part of the path at these event times.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient); [`InvalidSetting`](Error::InvalidSetting) without
    /// times.
    pub fn part(&self, times: &[i64]) -> Result<Self> {
        let places = times.iter().map(|&time| self.position(time)).collect::<Result<Vec<_>>>()?;
        let part = Self::of(times, self.estimates.part_at(&places))?;
        Ok(Self { reference: self.reference, ..part })
    }

    /// Points without a standard error, by reason.
    pub fn notices(&self) -> Vec<Notice> {
        without_std_error(&self.coefs())
    }

    /// Combinations of the points, one column of `weights` for each of the new event times.
    pub(super) fn combined(&self, times: &[i64], weights: &Columns) -> Result<Self> {
        let names = times.iter().map(ToString::to_string).collect();
        Self::of(times, self.estimates.combinations(names, weights))
    }

    fn position(&self, event_time: i64) -> Result<usize> {
        self.times.binary_search(&event_time).map_err(|_| Error::UnknownCoefficient {
            name: event_time.to_string(),
            estimated: self.times.iter().map(ToString::to_string).collect(),
        })
    }
}

impl Inference {
    /// Coefficients of one inference as a path: the term at each event time.
    ///
    /// # Errors
    /// [`UnknownCoefficient`](Error::UnknownCoefficient), [`OmittedCoefficient`](Error::OmittedCoefficient);
    /// [`InvalidSetting`](Error::InvalidSetting) as [`EventPath::new`].
    pub fn event_path<S: AsRef<str>>(&self, terms: &[(i64, S)]) -> Result<EventPath> {
        let alone = |(time, term): &(i64, S)| (*time, vec![(term.as_ref().to_string(), 1.0)]);
        self.event_path_of_means(&terms.iter().map(alone).collect::<Vec<_>>())
    }

    /// Weighted sums of coefficients of one inference as a path: V = C V_b C'.
    pub(crate) fn event_path_of_means(&self, points: &[(i64, Vec<(String, f64)>)]) -> Result<EventPath> {
        let mut weights = Columns::zeros(self.fit().names().len(), points.len());
        for (row, (_, parts)) in points.iter().enumerate() {
            for (name, factor) in parts {
                weights[(self.fit().position(name)?, row)] += factor;
            }
        }
        let names = points.iter().map(|(time, _)| time.to_string()).collect();
        let means = self.estimates().combinations(names, &weights);
        EventPath::of(&points.iter().map(|(time, _)| *time).collect::<Vec<_>>(), means)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for EventPath {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut path = serializer.serialize_struct("EventPath", 5)?;
        path.serialize_field("times", &self.times)?;
        path.serialize_field("estimates", self.estimates())?;
        path.serialize_field("vcov", self.matrix())?;
        path.serialize_field("distribution", &self.distribution())?;
        path.serialize_field("reference", &self.reference)?;
        path.end()
    }
}

impl fmt::Display for EventPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{:>10} {:>12} {:>12} {:>9} {:>10} {:>12} {:>12}",
            "event time", "estimate", "std. error", "t", "p", "95% low", "high"
        )?;
        for c in &self.coefs() {
            writeln!(f, "{:>10} {:>12.6} {}", c.name, c.estimate, c.columns())?;
        }
        self.notices().iter().try_for_each(|notice| writeln!(f, "note: {notice}"))?;
        match self.reference {
            Some(reference) => writeln!(f, "reference: event time {reference}"),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path() -> EventPath {
        let vcov = Columns::from_data(3, 3, vec![0.09, 0.0, 0.03, 0.0, 0.04, 0.01, 0.03, 0.01, 0.01]);
        EventPath::new([(1, 3.0), (-2, 1.0), (0, 2.0)], vcov, Distribution::Normal).unwrap()
    }

    #[test]
    fn points_and_their_covariance_are_put_in_order_together() {
        let path = path();
        assert_eq!((path.times(), path.estimates()), (&[-2, 0, 1][..], &[1.0, 2.0, 3.0][..]));
        assert_eq!(path.matrix()[(0, 1)], 0.01);
        assert_eq!(path.matrix()[(1, 2)], 0.03);
        assert_eq!(path.at(1).unwrap().std_error, Ok(0.3));
    }

    #[test]
    fn a_mean_takes_the_covariance_along() {
        let mean = path().mean(&[0, 1]).unwrap();
        assert!((mean.estimate - 2.5).abs() < 1e-15);
        assert!((mean.std_error.unwrap() - (0.25_f64 * (0.01 + 0.09 + 0.06)).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn what_cannot_be_a_path_is_refused() {
        let refused = |points: &[(i64, f64)], size: usize| {
            let vcov = Columns::zeros(size, size);
            let path = EventPath::new(points.iter().copied(), vcov, Distribution::Normal);
            assert!(matches!(path, Err(Error::InvalidSetting { setting: "event path", .. })));
        };
        refused(&[], 0);
        refused(&[(0, 1.0), (0, 2.0)], 2);
        refused(&[(0, 1.0)], 2);
        assert!(matches!(path().at(7), Err(Error::UnknownCoefficient { .. })));
        assert!(matches!(path().mean(&[]), Err(Error::InvalidSetting { .. })));
    }
}
