//! The differential linear trend of the leads, and the lags net of it.
//!
//! ```text
//! x_e = e - reference,  gamma = (x' V_LL^-1 x)^-1 x' V_LL^-1 b_L = w'b_L,   L the leads
//! net_e = b_e - gamma x_e for lags e,   net = A b,  A = [-x_lag w', I],   V(net) = A V A'
//! ```
//!
//! Generalised least squares through zero at the reference (Aitken 1935); A is linear, so V(net) is exact given V.
//! Net effects answer "what if the difference between the groups had gone on along its line" (Freyaldenhoven,
//! Hansen, Perez and Shapiro 2024). Assumed: V_LL is positive definite.

use super::EventPath;
use crate::error::{Error, Result};
use crate::inference::Coefficient;
use crate::linalg::Columns;
use crate::linalg::cholesky::Factor;

/// A covariance whose scaled pivot falls below this has fewer dimensions than leads.
const SINGULAR: f64 = 1e-12;

/// A line through the leads and what it leaves of the lags.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[non_exhaustive]
pub struct LinearTrend {
    /// gamma, the change of the difference in each period.
    pub slope: Coefficient,
    /// The lags less gamma times their distance from the reference, with the covariance of all; `None`
    /// without lags.
    pub net: Option<EventPath>,
}

impl EventPath {
    /// The slope of a line through the leads that is zero at the reference, and the lags net of that line.
    ///
    /// # Errors
    /// [`InvalidSetting`](Error::InvalidSetting) without leads or without a
    /// [`reference`](EventPath::reference); [`Singular`](Error::Singular) if the covariance of the leads is.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Columns, Distribution, EventPath};
    /// let vcov = Columns::new(3, 3, vec![0.01, 0.0, 0.0, 0.0, 0.01, 0.0, 0.0, 0.0, 0.01])?;
    /// let points = [(-3, -0.4), (-2, -0.2), (0, 1.2)]; // 0.2 in each period, and 1 from the event on
    /// let path = EventPath::new(points, vcov, Distribution::Normal)?.reference(-1);
    /// let trend = path.linear_trend()?;
    /// assert!((trend.slope.estimate - 0.2).abs() < 1e-12);
    /// assert!((trend.net.expect("there is a lag").at(0)?.estimate - 1.0).abs() < 1e-12);
    /// # Ok::<(), ceteris::Error>(())
    /// ```
    pub fn linear_trend(&self) -> Result<LinearTrend> {
        let leads = self.lead_part()?;
        let distances = leads.distances()?; // x
        let mut weights = distances.clone();
        leads.positive_definite()?.solve(&mut weights); // V^-1 x
        let information: f64 = weights.iter().zip(&distances).map(|(w, x)| w * x).sum();
        weights.iter_mut().for_each(|weight| *weight /= information);
        let parts: Vec<(i64, f64)> = leads.times().iter().copied().zip(weights.iter().copied()).collect();
        let slope = self.combination("slope", &parts)?;
        Ok(LinearTrend { slope, net: self.net_of(&weights)? })
    }

    /// The lags net of a line with slope weights'b_L.
    fn net_of(&self, weights: &[f64]) -> Result<Option<EventPath>> {
        let (lags, leads, size) = (self.lags(), self.leads().len(), self.times().len());
        if lags.is_empty() {
            return Ok(None);
        }
        let mut rows = Columns::zeros(lags.len(), size); // A
        for (row, lag) in lags.iter().enumerate() {
            let distance = self.distance(*lag)?;
            weights.iter().enumerate().for_each(|(j, weight)| rows[(row, j)] = -distance * weight);
            rows[(row, leads + row)] = 1.0;
        }
        let net = self.combined(&lags, &rows.transposed())?;
        Ok(Some(match self.reference_time() {
            Some(reference) => net.reference(reference),
            None => net,
        }))
    }

    /// e - reference
    pub(super) fn distance(&self, event_time: i64) -> Result<f64> {
        let missing = || Error::InvalidSetting {
            setting: "reference",
            value: "not set".to_string(),
            must: "the event time that the path is compared with",
        };
        let reference = self.reference_time().ok_or_else(missing)?;
        Ok((event_time - reference) as f64)
    }

    /// e - reference, for each point.
    pub(super) fn distances(&self) -> Result<Vec<f64>> {
        self.times().iter().map(|time| self.distance(*time)).collect()
    }

    /// The path of the leads alone.
    pub(super) fn lead_part(&self) -> Result<EventPath> {
        let leads = self.leads();
        if leads.is_empty() {
            let (value, must) = ("empty".to_string(), "at least one event time before the event");
            return Err(Error::InvalidSetting { setting: "leads", value, must });
        }
        self.part(&leads)
    }
}

impl EventPath {
    /// V = L L', of a path of leads.
    pub(super) fn positive_definite(&self) -> Result<Factor> {
        let factor = Factor::new(self.matrix(), SINGULAR);
        match (0..self.times().len()).find(|j| !factor.kept.contains(j)) {
            Some(pivot) => Err(Error::Singular { matrix: "the covariance of the leads", pivot }),
            None => Ok(factor),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::vcov::Distribution;

    fn path() -> EventPath {
        let vcov = vec![
            0.09, 0.03, 0.02, 0.02, 0.03, 0.08, 0.02, 0.01, 0.02, 0.02, 0.05, 0.03, 0.02, 0.01, 0.03, 0.07,
        ];
        let points = [(-3, -0.5), (-2, -0.1), (0, 1.2), (1, 1.6)];
        EventPath::new(points, Columns::from_data(4, 4, vcov), Distribution::Normal).unwrap()
    }

    #[test]
    fn one_lead_gives_the_line_through_two_points() {
        let path = path().part(&[-3, 0]).unwrap().reference(-1);
        let trend = path.linear_trend().unwrap();
        assert!(
            (trend.slope.estimate - 0.25).abs() < 1e-15
                && (trend.slope.std_error.unwrap() - 0.15).abs() < 1e-15
        );
        let net = trend.net.unwrap().at(0).unwrap();
        assert!((net.estimate - 0.95).abs() < 1e-15);
        // b_0 + b_-3 / 2: 0.05 + 0.09 / 4 + 0.02
        assert!((net.std_error.unwrap() - (0.05_f64 + 0.0225 + 0.02).sqrt()).abs() < 1e-15);
    }

    #[test]
    fn adding_a_line_to_the_path_moves_the_slope_and_nothing_else() {
        let before = path().reference(-1).linear_trend().unwrap();
        let points: Vec<(i64, f64)> = path()
            .times()
            .iter()
            .zip(path().estimates())
            .map(|(e, b)| (*e, b + 0.7 * (e + 1) as f64))
            .collect();
        let tilted = EventPath::new(points, path().matrix().clone(), Distribution::Normal).unwrap();
        let after = tilted.reference(-1).linear_trend().unwrap();
        assert!((after.slope.estimate - before.slope.estimate - 0.7).abs() < 1e-14);
        let (before, after) = (before.net.unwrap(), after.net.unwrap());
        assert!(before.estimates().iter().zip(after.estimates()).all(|(a, b)| (a - b).abs() < 1e-14));
        assert_eq!(before.matrix(), after.matrix());
    }

    #[test]
    fn paths_without_leads_or_reference_or_rank_are_refused() {
        let setting = |path: EventPath| match path.linear_trend() {
            Err(Error::InvalidSetting { setting, .. }) => setting,
            other => panic!("{other:?}"),
        };
        assert_eq!(setting(path().part(&[0, 1]).unwrap().reference(-1)), "leads");
        assert_eq!(setting(path()), "reference");
        let one = Columns::from_data(2, 2, vec![1.0; 4]);
        let twice = EventPath::new([(-3, 0.1), (-2, 0.2)], one, Distribution::Normal).unwrap().reference(-1);
        assert!(matches!(twice.linear_trend(), Err(Error::Singular { .. })));
    }
}
