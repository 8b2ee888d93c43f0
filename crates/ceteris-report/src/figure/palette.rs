//! Colours, markers and dashes: a series differs from the others in all three.
//!
//! The colours are Okabe and Ito's (2008), told apart with any common colour vision; yellow is left
//! out because it vanishes on white. Markers and dashes differ too, for print in grey.

use plotters::style::RGBColor;

/// Title, labels, legends.
pub(super) const INK: RGBColor = RGBColor(0x22, 0x22, 0x22);
/// Notes, tick labels.
pub(super) const GREY: RGBColor = RGBColor(0x55, 0x55, 0x55);
/// Axis lines and ticks.
pub(super) const AXIS: RGBColor = RGBColor(0x88, 0x88, 0x88);
/// Lines across the plot at the ticks.
pub(super) const GRID: RGBColor = RGBColor(0xE4, 0xE4, 0xE4);
/// Paper.
pub(super) const WHITE: RGBColor = RGBColor(0xFF, 0xFF, 0xFF);
/// The text of an annotation, and the paper behind it.
pub(super) const WARNING: RGBColor = RGBColor(0x9C, 0x3D, 0x00);
/// Paper behind an annotation.
pub(super) const WARNING_PAPER: RGBColor = RGBColor(0xFD, 0xEB, 0xDD);
/// Okabe and Ito's blue, the first colour.
pub(super) const BLUE: RGBColor = RGBColor(0x00, 0x72, 0xB2);
/// Paper of a band around a path: sky blue mixed with white.
pub(super) const BAND: RGBColor = RGBColor(0xD6, 0xEC, 0xF9);

/// Shape of a point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    Circle,
    Square,
    Triangle,
    Diamond,
    Down,
}

/// A point: its shape, filled or with white inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marker {
    pub(super) shape: Shape,
    pub(super) filled: bool,
}

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    pub(super) color: RGBColor,
    /// Lengths in pixels of drawn and blank parts in turn; none for a whole line.
    pub(super) dash: &'static [f64],
    pub(super) marker: Marker,
}

/// No gaps.
pub(super) const SOLID: &[f64] = &[];
/// Short dashes, for lines that mark a place.
pub(super) const DASHED: &[f64] = &[5.0, 4.0];

/// The styles of the first, second ... series.
pub(super) const STYLES: [Style; 7] = [
    style(BLUE, SOLID, Shape::Circle, true),
    style(RGBColor(0xD5, 0x5E, 0x00), &[9.0, 4.0], Shape::Square, true),
    style(RGBColor(0x00, 0x9E, 0x73), &[10.0, 3.0, 2.0, 3.0], Shape::Triangle, true),
    style(RGBColor(0xCC, 0x79, 0xA7), &[2.5, 2.5], Shape::Diamond, true),
    style(RGBColor(0xE6, 0x9F, 0x00), &[16.0, 4.0], Shape::Circle, false),
    style(RGBColor(0x56, 0xB4, 0xE9), &[6.0, 2.0, 2.0, 2.0, 2.0, 2.0], Shape::Square, false),
    style(RGBColor(0x00, 0x00, 0x00), &[4.0, 6.0], Shape::Down, false),
];

const fn style(color: RGBColor, dash: &'static [f64], shape: Shape, filled: bool) -> Style {
    Style { color, dash, marker: Marker { shape, filled } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_series_share_a_colour_a_dash_or_a_marker() {
        for (i, one) in STYLES.iter().enumerate() {
            for other in &STYLES[..i] {
                assert_ne!(one.color, other.color);
                assert_ne!(one.dash, other.dash);
                assert_ne!(one.marker, other.marker);
            }
        }
    }

    #[test]
    fn dashes_come_in_pairs_of_positive_lengths() {
        assert!(STYLES.iter().all(|s| s.dash.len() % 2 == 0 && s.dash.iter().all(|d| *d > 0.0)));
    }
}
