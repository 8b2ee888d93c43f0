//! Drawing intervals into their plot: the baseline at the left, then one for each bound.

use super::{BASELINE, BoundsFigure};
use crate::figure::canvas::{Canvas, Stroke};
use crate::figure::palette::{BLUE, INK, STYLES};
use crate::figure::plot::Plot;
use crate::figure::scale::Scale;

/// Between the sides of the plot and the first and last tick.
const INSET: f64 = 24.0;
/// Width of the part at the left in which the baseline stands.
const BASELINE_ROOM: f64 = 40.0;

impl BoundsFigure {
    /// Axes, the line at zero and the line where zero enters.
    pub(super) fn draw_axes(&self, canvas: &mut Canvas<'_>, plot: &Plot, bounds: &Scale, values: &Scale) {
        plot.vertical_axis(canvas, values);
        let zero = plot.y(values, 0.0).round();
        canvas.line(&[(plot.left, zero), (plot.right, zero)], Stroke::solid(INK, 1.0));
        let inner = self.inner(plot);
        let labels = bounds.ticks().into_iter().map(|(bound, label)| (inner.x(bounds, bound).round(), label));
        plot.labels_below(canvas, &labels.collect::<Vec<_>>());
        if let Some((bound, label)) = &self.breakdown {
            plot.mark(canvas, inner.x(bounds, *bound), label);
        }
    }

    pub(super) fn draw_intervals(
        &self,
        canvas: &mut Canvas<'_>,
        plot: &Plot,
        bounds: &Scale,
        values: &Scale,
    ) {
        if let Some((estimate, interval)) = self.baseline {
            let at = |value| (plot.left + INSET, plot.y(values, value));
            let color = STYLES[1].color;
            plot.bar(canvas, [at(interval.low), at(interval.high)], Stroke::solid(color, 1.6));
            canvas.marker(at(estimate), BASELINE, color);
        }
        let inner = self.inner(plot);
        for of_bound in &self.intervals {
            let at = |value| (inner.x(bounds, of_bound.bound), plot.y(values, value));
            let ends = [at(of_bound.interval.low), at(of_bound.interval.high)];
            plot.bar(canvas, ends, Stroke::solid(BLUE, 1.6));
        }
    }

    /// The part of the plot along which bounds are measured.
    fn inner(&self, plot: &Plot) -> Plot {
        let baseline = if self.baseline.is_some() { BASELINE_ROOM } else { 0.0 };
        Plot { left: plot.left + INSET + baseline, right: plot.right - INSET, ..*plot }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::BoundInterval;

    #[test]
    fn the_baseline_stands_left_of_the_smallest_bound() {
        let plot = Plot { left: 0.0, right: 300.0, top: 0.0, bottom: 1.0 };
        let interval = (-1.0, 1.0).into();
        let figure = BoundsFigure::new([0.0, 1.0].map(|bound| BoundInterval { bound, interval }));
        assert_eq!(figure.inner(&plot).left, INSET);
        let figure = figure.baseline("none", 0.0, interval);
        assert_eq!(figure.inner(&plot).left, INSET + BASELINE_ROOM);
        let bounds = Scale::new(figure.bounds(), 6);
        assert_eq!(figure.inner(&plot).x(&bounds, 1.0), 300.0 - INSET);
    }
}
