//! The legend: above the plot, in as many rows as needed, so that it never covers a line.

use plotters::style::RGBColor;

use super::canvas::{Anchor, Canvas, Lettering, Stroke};
use super::font;
use super::palette::{INK, Marker, SOLID, Style};

const TEXT_SIZE: f64 = 12.0;
const ROW: f64 = 19.0;
const SAMPLE: f64 = 34.0;
const SAMPLE_TO_TEXT: f64 = 7.0;
const BETWEEN: f64 = 24.0;
/// Below the last row.
const GAP: f64 = 6.0;

/// What stands before a name in the legend.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sample {
    /// A line with its marker.
    Line(Style),
    /// A point alone.
    Point(Marker, RGBColor),
    /// The empty diamond around a place.
    Frame(RGBColor),
    /// A point with the bar of its interval.
    Bar(Marker, RGBColor),
    /// The bar of an interval alone.
    Interval(RGBColor),
    /// A band of colour.
    Band(RGBColor),
}

/// Samples with their names, in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Legend {
    entries: Vec<(Sample, String)>,
}

impl Legend {
    /// Adds an entry at the end; one without a name is left out.
    pub(super) fn add(&mut self, sample: Sample, name: &str) {
        if !name.is_empty() {
            self.entries.push((sample, name.to_owned()));
        }
    }

    /// Height of the legend in a space this wide; zero without entries.
    pub(super) fn height(&self, width: f64) -> f64 {
        match self.places(width).last() {
            Some((_, row)) => (row + 1.0) * ROW + GAP,
            None => 0.0,
        }
    }

    /// The least width in which no entry is cut.
    pub(super) fn least_width(&self) -> f64 {
        let widths = self.entries.iter().map(|(_, name)| entry_width(name));
        widths.fold(0.0, f64::max)
    }

    /// Draws from the upper left corner on.
    pub(super) fn draw(&self, canvas: &mut Canvas<'_>, (left, top): (f64, f64), width: f64) {
        for ((sample, name), (x, row)) in self.entries.iter().zip(self.places(width)) {
            let (x, y) = (left + x, top + (row + 0.5) * ROW);
            draw_sample(canvas, *sample, (x, y));
            let lettering = Lettering::new(TEXT_SIZE, INK, Anchor::Start);
            canvas.text(name, (x + SAMPLE + SAMPLE_TO_TEXT, y), lettering);
        }
    }

    /// Left edge and row of each entry.
    fn places(&self, width: f64) -> Vec<(f64, f64)> {
        let (mut x, mut row) = (0.0, 0.0);
        let mut places = Vec::new();
        for (_, name) in &self.entries {
            let needed = entry_width(name);
            if x > 0.0 && x + needed > width {
                (x, row) = (0.0, row + 1.0);
            }
            places.push((x, row));
            x += needed + BETWEEN;
        }
        places
    }
}

fn entry_width(name: &str) -> f64 {
    SAMPLE + SAMPLE_TO_TEXT + font::width(name, TEXT_SIZE)
}

fn draw_sample(canvas: &mut Canvas<'_>, sample: Sample, (x, y): (f64, f64)) {
    let middle = x + SAMPLE / 2.0;
    let ends = [(x, y), (x + SAMPLE, y)];
    match sample {
        Sample::Line(Style { color, dash, marker }) => {
            canvas.line(&ends, Stroke { color, width: 2.0, dash });
            canvas.marker((middle, y), marker, color);
        }
        Sample::Point(marker, color) => canvas.marker((middle, y), marker, color),
        Sample::Frame(color) => canvas.frame((middle, y), color),
        Sample::Bar(marker, color) => {
            let bar = [(middle - 12.0, y), (middle + 12.0, y)];
            canvas.line(&bar, Stroke { color, width: 1.5, dash: SOLID });
            canvas.marker((middle, y), marker, color);
        }
        Sample::Interval(color) => {
            let (left, right) = (middle - 12.0, middle + 12.0);
            let cap = |x| [(x, y - 3.5), (x, y + 3.5)];
            for line in [[(left, y), (right, y)], cap(left), cap(right)] {
                canvas.line(&line, Stroke::solid(color, 1.5));
            }
        }
        Sample::Band(color) => {
            let (top, bottom) = (y - 6.0, y + 6.0);
            canvas.polygon(&[(x, top), (ends[1].0, top), (ends[1].0, bottom), (x, bottom)], color);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::palette::STYLES;

    #[test]
    fn entries_go_to_the_next_row_when_there_is_no_room() {
        let mut legend = Legend::default();
        for name in ["Scotland", "", "Northern Ireland"] {
            legend.add(Sample::Line(STYLES[0]), name);
        }
        assert_eq!(legend.entries.len(), 2);
        assert_eq!(legend.height(1000.0), ROW + GAP);
        assert_eq!(legend.height(100.0), 2.0 * ROW + GAP);
        assert_eq!(Legend::default().height(100.0), 0.0);
    }
}
