//! Drawing a path into its plot: band and axes first, then bars and points.

use super::{ESTIMATE, PathFigure, REFERENCE};
use crate::figure::canvas::{Canvas, Point, Stroke};
use crate::figure::palette::{BAND, BLUE, INK};
use crate::figure::plot::Plot;
use crate::figure::scale::Scale;
use crate::interval::Interval;

impl PathFigure {
    /// Band, axes, the line at zero and the line before event time zero.
    pub(super) fn draw_axes(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale) {
        self.draw_band(canvas, plot, scale);
        plot.vertical_axis(canvas, scale);
        let zero = plot.y(scale, 0.0).round();
        canvas.line(&[(plot.left, zero), (plot.right, zero)], Stroke::solid(INK, 1.0));
        let (first, last) = self.times();
        let label = |time: i64| (self.x(plot, time as f64).round(), time.to_string());
        plot.labels_below(canvas, &(first..=last).map(label).collect::<Vec<_>>());
        if let Some(label) = &self.event {
            plot.mark(canvas, self.x(plot, -0.5), label);
        }
    }

    pub(super) fn draw_points(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale) {
        for point in &self.points {
            let at = |value| (self.x(plot, point.event_time as f64), plot.y(scale, value));
            if let Some(interval) = point.interval {
                plot.bar(canvas, [at(interval.low), at(interval.high)], Stroke::solid(BLUE, 1.6));
            }
            canvas.marker(at(point.estimate), ESTIMATE, BLUE);
        }
        if let Some(time) = self.reference {
            canvas.marker((self.x(plot, time as f64), plot.y(scale, 0.0)), REFERENCE, BLUE);
        }
    }

    fn draw_band(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale) {
        let band = self.whole_band();
        let place = |time: i64, value: f64| (self.x(plot, time as f64), plot.y(scale, value));
        let below = band.iter().map(|(time, interval)| place(*time, interval.low));
        let above = band.iter().rev().map(|(time, interval)| place(*time, interval.high));
        let corners: Vec<Point> = below.chain(above).collect();
        if corners.len() > 2 {
            canvas.polygon(&corners, BAND);
        }
    }

    /// The band in order of time, with the reference in it.
    fn whole_band(&self) -> Vec<(i64, Interval)> {
        let mut band = self.band.clone();
        let given = |time: i64| self.band.iter().any(|(other, _)| *other == time);
        if let Some(time) = self.reference.filter(|time| !self.band.is_empty() && !given(*time)) {
            band.push((time, (0.0, 0.0).into()));
        }
        band.sort_by_key(|(time, _)| *time);
        band
    }

    /// Place of an event time: each has an equal part of the width and stands in its middle.
    fn x(&self, plot: &Plot, time: f64) -> f64 {
        let (first, last) = self.times();
        let share = (time - first as f64 + 0.5) / ((last - first) as f64 + 1.0);
        plot.left + share * (plot.right - plot.left)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::PathPoint;

    fn figure() -> PathFigure {
        let point = PathPoint { event_time: 1, estimate: 0.0, interval: Some((-1.0, 1.0).into()) };
        PathFigure::new([point]).reference(-1)
    }

    #[test]
    fn the_band_is_in_order_and_narrows_to_zero_at_the_reference() {
        let wide = Interval { low: -2.0, high: 2.0 };
        let band = figure().band("band", [(1, wide), (-2, wide)]).whole_band();
        assert_eq!(band, [(-2, wide), (-1, (0.0, 0.0).into()), (1, wide)]);
        let given = figure().band("band", [(1, wide), (-1, wide)]).whole_band();
        assert_eq!(given, [(-1, wide), (1, wide)]);
        assert!(figure().whole_band().is_empty());
    }

    #[test]
    fn event_times_have_equal_parts_of_the_width() {
        let plot = Plot { left: 0.0, right: 300.0, top: 0.0, bottom: 1.0 };
        let places = [-1.0, -0.5, 0.0, 1.0].map(|time| figure().x(&plot, time));
        assert_eq!(places, [50.0, 100.0, 150.0, 250.0]);
    }
}
