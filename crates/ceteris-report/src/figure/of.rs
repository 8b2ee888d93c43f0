//! Figures made from results of the core: event paths and honest bounds.

use ceteris::parallel_trends::{Band, Breakdown, HonestReport, Restriction};
use ceteris::{Coefficient, EventPath};

use super::{BoundInterval, BoundsFigure, PathFigure, PathPoint};
use crate::Interval;

/// Digits of a breakdown in its label.
const BREAKDOWN_DIGITS: usize = 3;

impl PathFigure {
    /// The effects of a path, where they have a standard error with intervals that cover each with probability `level`, and its reference.
    ///
    /// # Example
    /// ```
    /// use ceteris::{Columns, Distribution, EventPath};
    /// use ceteris_report::PathFigure;
    ///
    /// let vcov = Columns::new(2, 2, vec![0.04, 0.0, 0.0, 0.04])?;
    /// let path = EventPath::new([(-2, 0.1), (0, 1.0)], vcov, Distribution::Normal)?.reference(-1);
    /// let figure = PathFigure::of(&path, 0.95)?.uniform_band(&path.band(0.95)?);
    /// assert!(figure.draw()?.svg().contains("95% uniform band"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(path: &EventPath, level: f64) -> Result<Self, ceteris::Error> {
        let point = |(coef, time): (Coefficient, &i64)| {
            let interval = match coef.confint(level) {
                Err(ceteris::Error::NoStandardError { .. }) => None,
                found => Some(found?.into()),
            };
            Ok(PathPoint { event_time: *time, estimate: coef.estimate, interval })
        };
        let points = path.coefs().into_iter().zip(path.times()).map(point);
        let points = points.collect::<Result<Vec<_>, ceteris::Error>>()?;
        let figure = Self::new(points)
            .name(format!("estimate and {} interval", percent(level)))
            .event("treatment")
            .x_label("time since treatment");
        Ok(match path.reference_time() {
            Some(time) => figure.reference(time).reference_name("reference"),
            None => figure,
        })
    }

    /// The band that covers the whole path at once, behind the points.
    pub fn uniform_band(self, band: &Band) -> Self {
        let points = band.points.iter();
        let intervals = points.map(|p| (p.event_time, Interval { low: p.low, high: p.high }));
        self.band(format!("{} uniform band", percent(band.level)), intervals)
    }
}

impl BoundsFigure {
    /// Honest bounds: the interval under exactly parallel trends, then one for each bound on their
    /// departure, and the breakdown where it lies among the bounds; a note says so where it does not.
    ///
    /// # Example
    /// ```
    /// use ceteris::parallel_trends::HonestBounds;
    /// use ceteris::{Columns, Distribution, EventPath};
    /// use ceteris_report::BoundsFigure;
    ///
    /// let mut vcov = Columns::zeros(3, 3);
    /// (0..3).for_each(|i| vcov[(i, i)] = 0.01);
    /// let points = [(-3, 0.05), (-2, -0.05), (0, 1.0)];
    /// let path = EventPath::new(points, vcov, Distribution::Normal)?.reference(-1);
    /// let report = HonestBounds::smoothness().bounds([0.0, 0.2, 0.4, 0.8]).report(&path)?;
    /// assert!(BoundsFigure::of(&report).draw()?.svg().contains("breakdown"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of(report: &HonestReport) -> Self {
        let (title, bound) = match report.restriction {
            Restriction::RelativeMagnitudes => (
                "Honest bounds: relative magnitudes",
                "Mbar: largest move of the trend after the reference, relative to the largest before",
            ),
            Restriction::Smoothness => (
                "Honest bounds: smoothness",
                "M: largest change of the slope of the trend from one time to the next",
            ),
            _ => ("Honest bounds", "bound"),
        };
        let intervals = report.intervals.iter().map(|found| BoundInterval {
            bound: found.bound,
            interval: Interval { low: found.low, high: found.high },
        });
        let figure = Self::new(intervals)
            .name(format!("{} interval within the bound", percent(report.level)))
            .baseline("exactly parallel trends", report.effect.estimate, report.parallel_trends)
            .title(title)
            .x_label(bound)
            .y_label(effect(&report.lag_weights));
        figure.breaking_down(report)
    }

    fn breaking_down(self, report: &HonestReport) -> Self {
        let shown = report.intervals.last().map_or(0.0, |found| found.bound);
        match report.breakdown {
            Breakdown::At { bound } if bound <= shown => {
                self.breakdown(bound, format!("breakdown {}", rounded(bound)))
            }
            Breakdown::At { bound } => self.note(format!(
                "All intervals shown exclude zero; breakdown beyond them, at {}.",
                rounded(bound)
            )),
            Breakdown::AtZero => self.note("The interval holds zero at bound 0 already."),
            Breakdown::Beyond { largest } => {
                self.note(format!("Zero is excluded up to {}, the largest bound tried.", rounded(largest)))
            }
        }
    }
}

/// Which combination of lags an interval is for.
fn effect(lag_weights: &[(i64, f64)]) -> String {
    let used: Vec<_> = lag_weights.iter().filter(|(_, weight)| *weight != 0.0).collect();
    let share = 1.0 / used.len() as f64;
    match used[..] {
        [(time, 1.0)] => format!("effect at event time {time}"),
        [(first, _), .., (last, _)] if used.iter().all(|(_, weight)| *weight == share) => {
            format!("mean effect, event times {first} to {last}")
        }
        _ => "weighted effect".to_string(),
    }
}

/// Three digits, without zeros at the end.
fn rounded(bound: f64) -> String {
    let written = format!("{bound:.*e}", BREAKDOWN_DIGITS - 1);
    written.parse::<f64>().expect("a number that was just written").to_string()
}

/// 0.55 is 55%, though a hundred times 0.55 is not quite 55.
fn percent(level: f64) -> String {
    format!("{}%", (1e8 * level).round() / 1e6)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn combinations_of_lags_have_names() {
        assert_eq!(effect(&[(0, 1.0), (1, 0.0)]), "effect at event time 0");
        assert_eq!(effect(&[(0, 0.25), (1, 0.25), (2, 0.25), (3, 0.25)]), "mean effect, event times 0 to 3");
        assert_eq!(effect(&[(0, 0.5), (1, 0.25)]), "weighted effect");
        assert_eq!(effect(&[(0, 2.0), (1, 2.0)]), "weighted effect");
    }

    #[test]
    fn bounds_and_levels_are_written_short() {
        assert_eq!(["1.5", "0.000123", "12"], [1.5, 0.000_123_4, 12.01].map(rounded));
        assert_eq!([percent(0.95), percent(0.55), percent(0.999)], ["95%", "55%", "99.9%"]);
    }
}
