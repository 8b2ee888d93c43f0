//! The plot itself: a box with axes, grid lines and tick labels.

use super::canvas::{Anchor, Canvas, Lettering, Point, Stroke};
use super::font;
use super::palette::{AXIS, DASHED, GREY, GRID, INK};
use super::scale::Scale;
use super::sheet::MARGIN;

/// Size of tick labels.
const TICK_SIZE: f64 = 11.0;
/// Size of axis names.
const AXIS_SIZE: f64 = 12.0;
/// Height of the tick labels under a plot.
pub(super) const TICKS_BELOW: f64 = 24.0;
/// Height of an axis name under a plot, or width of one beside it.
const AXIS_NAME: f64 = 22.0;

const TICK_LENGTH: f64 = 4.0;
const TICK_TO_LABEL: f64 = 4.0;
/// Least blank space between two labels under a plot.
const BETWEEN_LABELS: f64 = 10.0;

/// Size of the label over a dashed line.
const MARK_SIZE: f64 = 11.0;
/// Height of that label over a plot.
pub(super) const MARK_ROW: f64 = 16.0;

/// Half the length of the line across the end of a bar.
const CAP: f64 = 3.5;

/// The box in which values are drawn, in pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Plot {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Plot {
    /// Height at which `value` stands on a vertical axis.
    pub(super) fn y(&self, scale: &Scale, value: f64) -> f64 {
        self.bottom + scale.fraction(value) * (self.top - self.bottom)
    }

    /// Place at which `value` stands on a horizontal axis.
    pub(super) fn x(&self, scale: &Scale, value: f64) -> f64 {
        self.left + scale.fraction(value) * (self.right - self.left)
    }

    /// Grid lines across the plot with their labels at the left.
    pub(super) fn vertical_axis(&self, canvas: &mut Canvas<'_>, scale: &Scale) {
        for (value, label) in scale.ticks() {
            let y = self.y(scale, value).round();
            canvas.line(&[(self.left, y), (self.right, y)], Stroke::solid(GRID, 1.0));
            let lettering = Lettering::new(TICK_SIZE, GREY, Anchor::End);
            canvas.text(&label, (self.left - TICK_LENGTH - TICK_TO_LABEL, y), lettering);
        }
    }

    /// Grid lines up the plot with their labels below.
    pub(super) fn horizontal_axis(&self, canvas: &mut Canvas<'_>, scale: &Scale) {
        let places = scale.ticks().into_iter().map(|(v, label)| (self.x(scale, v).round(), label));
        let places: Vec<(f64, String)> = places.collect();
        for (x, _) in &places {
            canvas.line(&[(*x, self.top), (*x, self.bottom)], Stroke::solid(GRID, 1.0));
        }
        self.labels_below(canvas, &places);
    }

    /// The line under the plot, a tick for each label, and as many labels as have room.
    pub(super) fn labels_below(&self, canvas: &mut Canvas<'_>, labels: &[(f64, String)]) {
        let axis = Stroke::solid(AXIS, 1.0);
        canvas.line(&[(self.left, self.bottom), (self.right, self.bottom)], axis);
        let every = stride(labels);
        for (index, (x, label)) in labels.iter().enumerate() {
            canvas.line(&[(*x, self.bottom), (*x, self.bottom + TICK_LENGTH)], axis);
            if index % every == 0 {
                let y = self.bottom + TICK_LENGTH + TICK_TO_LABEL + TICK_SIZE / 2.0;
                canvas.label(label, (*x, y), TICK_SIZE);
            }
        }
    }

    /// The name of the horizontal axis, under the tick labels; `paper` is the width of the picture.
    pub(super) fn name_below(&self, canvas: &mut Canvas<'_>, name: &str, paper: f64) {
        let x = centered((self.left + self.right) / 2.0, name, paper);
        let at = (x, self.bottom + TICKS_BELOW + AXIS_NAME / 2.0);
        canvas.text(name, at, Lettering::new(AXIS_SIZE, INK, Anchor::Middle));
    }

    /// The name of the vertical axis, read upwards at the left; `paper` is the height of the
    /// picture.
    pub(super) fn name_beside(&self, canvas: &mut Canvas<'_>, name: &str, paper: f64) {
        let lettering = Lettering { upwards: true, ..Lettering::new(AXIS_SIZE, INK, Anchor::Middle) };
        let y = centered((self.top + self.bottom) / 2.0, name, paper);
        canvas.text(name, (MARGIN + AXIS_SIZE / 2.0, y), lettering);
    }

    /// A dashed line up the plot at `x` with a label over it.
    pub(super) fn mark(&self, canvas: &mut Canvas<'_>, x: f64, label: &str) {
        let stroke = Stroke { color: GREY, width: 1.2, dash: DASHED };
        canvas.line(&[(x, self.top), (x, self.bottom)], stroke);
        let half = font::width(label, MARK_SIZE) / 2.0;
        let middle = x.min(self.right - half).max(self.left + half);
        canvas.label(label, (middle, self.top - MARK_ROW / 2.0), MARK_SIZE);
    }

    /// A bar from `from` to `to` with a short line across each end.
    pub(super) fn bar(&self, canvas: &mut Canvas<'_>, [from, to]: [Point; 2], stroke: Stroke) {
        canvas.line(&[from, to], stroke);
        let (dx, dy) = if from.0 == to.0 { (CAP, 0.0) } else { (0.0, CAP) };
        for (x, y) in [from, to] {
            canvas.line(&[(x - dx, y - dy), (x + dx, y + dy)], stroke);
        }
    }
}

/// The middle of an axis name: `wanted`, or as near as the margins allow.
fn centered(wanted: f64, name: &str, paper: f64) -> f64 {
    let half = font::width(name, AXIS_SIZE) / 2.0;
    wanted.min(paper - MARGIN - half).max(MARGIN + half)
}

/// Room that the name of an axis needs beside the plot: none without a name.
pub(super) fn name_room(name: &str) -> f64 {
    if name.is_empty() { 0.0 } else { AXIS_NAME }
}

/// Length of paper that the name of an axis needs along it.
pub(super) fn name_length(name: &str) -> f64 {
    font::width(name, AXIS_SIZE) + 2.0 * MARGIN
}

/// Least width of a plot whose dashed line has this label.
pub(super) fn mark_width(label: &str) -> f64 {
    2.0 * font::width(label, MARK_SIZE)
}

/// Room that the labels of a vertical axis need at the left of the plot.
pub(super) fn labels_beside(scale: &Scale) -> f64 {
    let widest = scale.ticks().iter().map(|(_, l)| font::width(l, TICK_SIZE)).fold(0.0, f64::max);
    widest + TICK_LENGTH + TICK_TO_LABEL
}

/// The least width of a plot with these labels below in equal steps, so that none runs off the
/// paper.
pub(super) fn least_width_for<'a>(labels: impl ExactSizeIterator<Item = &'a str> + Clone) -> f64 {
    let steps = labels.len() as f64;
    let widest = font::widest(labels, TICK_SIZE);
    // A label may stand out of the first or last step by a margin at most.
    widest.max(steps * (widest - 2.0 * MARGIN))
}

/// The smallest `n` such that every n-th label has room.
fn stride(labels: &[(f64, String)]) -> usize {
    let widths: Vec<f64> = labels.iter().map(|(_, label)| font::width(label, TICK_SIZE)).collect();
    let has_room = |every: usize| {
        let shown: Vec<usize> = (0..labels.len()).step_by(every).collect();
        shown.windows(2).all(|pair| {
            let half = (widths[pair[0]] + widths[pair[1]]) / 2.0;
            labels[pair[1]].0 - labels[pair[0]].0 >= half + BETWEEN_LABELS
        })
    };
    (1..=labels.len()).find(|every| has_room(*every)).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Interval;

    #[test]
    fn values_stand_where_the_scale_says() {
        let plot = Plot { left: 0.0, right: 100.0, top: 10.0, bottom: 60.0 };
        let scale = Scale::new(Interval { low: 0.0, high: 10.0 }, 5);
        assert_eq!((plot.y(&scale, 0.0), plot.y(&scale, 10.0)), (60.0, 10.0));
        assert_eq!(plot.x(&scale, 5.0), 50.0);
    }

    #[test]
    fn crowded_labels_are_left_out_in_turn() {
        let labels = |apart: f64| -> Vec<(f64, String)> {
            (0..7).map(|i| (f64::from(i) * apart, "2009/10".to_owned())).collect()
        };
        assert_eq!(stride(&labels(100.0)), 1);
        assert_eq!(stride(&labels(40.0)), 2);
        assert_eq!(stride(&[]), 1);
    }
}
