//! Paper and pencil: lines, shapes and text at positions in pixels, on top of plotters' SVG
//! backend.
//!
//! Plotters places everything at whole numbers. We let it draw in tenths of a pixel, and give the
//! picture its true size in the first line of the SVG.

use plotters::backend::DrawingBackend;
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontStyle, FontTransform, RGBColor, ShapeStyle, TextStyle,
};

use super::drawing::Drawing;
use super::font;
use super::palette::{GREY, Marker, SOLID, Shape, WHITE};
use super::size::Size;

/// Drawing units in a pixel.
const UNITS: u32 = 10;
/// Plotters divides font sizes by this number before it writes them.
const PLOTTERS_FONT_FACTOR: f64 = 1.24;
/// Plotters centres small letters; capitals and digits are centred this part of their size lower.
const CAPITALS_LOWER: f64 = 0.1;
/// Radius of a circle that marks a point, in pixels.
const CIRCLE_RADIUS: f64 = 3.5;
/// Half the diagonal of the diamond around a place, in pixels.
const FRAME: f64 = 7.5;
/// Width of the outline of such points, in pixels.
const OUTLINE: f64 = 1.5;

/// A place on the paper in pixels, from the left and from the top.
pub(super) type Point = (f64, f64);

/// A line's colour, width in pixels and dashes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub(super) color: RGBColor,
    pub(super) width: f64,
    pub(super) dash: &'static [f64],
}

impl Stroke {
    /// A line without gaps.
    pub(super) fn solid(color: RGBColor, width: f64) -> Self {
        Self { color, width, dash: SOLID }
    }
}

/// Which point of a text stands at its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a text is set: size in pixels, colour, anchor, upright or turned to read upwards.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lettering {
    pub(super) size: f64,
    pub(super) color: RGBColor,
    pub(super) anchor: Anchor,
    pub(super) upwards: bool,
}

impl Lettering {
    /// Level text.
    pub(super) fn new(size: f64, color: RGBColor, anchor: Anchor) -> Self {
        Self { size, color, anchor, upwards: false }
    }
}

/// The paper while it is drawn on.
pub(super) struct Canvas<'a> {
    backend: SVGBackend<'a>,
}

impl Canvas<'_> {
    /// Draws on white paper of this size; `title` is for those who hear the picture described.
    pub(super) fn paint(size: Size, title: &str, draw: impl FnOnce(&mut Canvas<'_>)) -> Drawing {
        let mut body = String::new();
        let backend = SVGBackend::with_string(&mut body, (size.width * UNITS, size.height * UNITS));
        let mut canvas = Canvas { backend };
        let (right, bottom) = (f64::from(size.width), f64::from(size.height));
        canvas.polygon(&[(0.0, 0.0), (right, 0.0), (right, bottom), (0.0, bottom)], WHITE);
        draw(&mut canvas);
        done(canvas.backend.present());
        drop(canvas);
        Drawing::new(with_head(&body, size, title), size)
    }

    /// A line through `points`, dashed as the stroke says.
    pub(super) fn line(&mut self, points: &[Point], stroke: Stroke) {
        let style = outline(stroke.color, stroke.width);
        for part in dashes(points, stroke.dash) {
            done(self.backend.draw_path(part.into_iter().map(place), &style));
        }
    }

    /// A filled shape.
    pub(super) fn polygon(&mut self, corners: &[Point], color: RGBColor) {
        done(self.backend.fill_polygon(corners.iter().copied().map(place), &color.filled()));
    }

    /// A point of a series.
    pub(super) fn marker(&mut self, center: Point, marker: Marker, color: RGBColor) {
        let inside = if marker.filled { color } else { WHITE };
        let Some(corners) = corners(center, marker.shape) else {
            self.circle(center, inside.filled());
            self.circle(center, outline(color, OUTLINE));
            return;
        };
        self.polygon(&corners, inside);
        // The second corner once more, so that the last corner is joined like the others.
        let around: Vec<Point> = corners.iter().chain(&corners[..2]).copied().collect();
        self.line(&around, Stroke::solid(color, OUTLINE));
    }

    /// A diamond around a place, larger than a marker and empty, so that both can be seen.
    pub(super) fn frame(&mut self, (x, y): Point, color: RGBColor) {
        let corners = [(0.0, -FRAME), (FRAME, 0.0), (0.0, FRAME), (-FRAME, 0.0), (0.0, -FRAME), (FRAME, 0.0)];
        let around = corners.map(|(dx, dy)| (x + dx, y + dy));
        self.line(&around, Stroke::solid(color, OUTLINE));
    }

    fn circle(&mut self, center: Point, style: ShapeStyle) {
        let radius = units(CIRCLE_RADIUS).unsigned_abs();
        done(self.backend.draw_circle(place(center), radius, &style, style.filled));
    }

    /// One line of text, the middle of its capitals at the height of `at`.
    pub(super) fn text(&mut self, text: &str, (x, y): Point, lettering: Lettering) {
        let h_pos = match lettering.anchor {
            Anchor::Start => HPos::Left,
            Anchor::Middle => HPos::Center,
            Anchor::End => HPos::Right,
        };
        let size = plotters_size(lettering.size * f64::from(UNITS));
        let font = FontDesc::new(FontFamily::Name(font::FAMILY), size, FontStyle::Normal);
        let lower = CAPITALS_LOWER * lettering.size;
        let (font, at) = if lettering.upwards {
            (font.transform(FontTransform::Rotate270), (x + lower, y))
        } else {
            (font, (x, y + lower))
        };
        let style = TextStyle::from(font).color(&lettering.color);
        let style = style.pos(Pos::new(h_pos, VPos::Center));
        done(self.backend.draw_text(text, &style, place(at)));
    }

    /// Small grey text in the middle of its place: tick labels and the like.
    pub(super) fn label(&mut self, text: &str, at: Point, size: f64) {
        self.text(text, at, Lettering::new(size, GREY, Anchor::Middle));
    }
}

/// Plotters' SVG backend only fails when it writes a file, and here it writes none.
fn done<E: std::fmt::Debug>(result: Result<(), E>) {
    result.expect("drawing into a string does not fail");
}

/// The SVG with a first line that has the size in pixels, and a title for screen readers.
fn with_head(svg: &str, size: Size, title: &str) -> String {
    let (_, shapes) = svg.split_once('\n').expect("plotters ends the first tag with a new line");
    let Size { width, height } = size;
    let title = font::escaped(title);
    format!(
        "<svg width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {} {}\" role=\"img\" \
         xmlns=\"http://www.w3.org/2000/svg\">\n<title>{title}</title>\n{shapes}",
        width * UNITS,
        height * UNITS
    )
}

/// The size to give to plotters so that it writes `wanted` and not a neighbour with 17 digits.
fn plotters_size(wanted: f64) -> f64 {
    let near = wanted * PLOTTERS_FONT_FACTOR;
    let candidates = [near, near.next_up(), near.next_down()];
    candidates.into_iter().find(|c| c / PLOTTERS_FONT_FACTOR == wanted).unwrap_or(near)
}

fn units(pixels: f64) -> i32 {
    (pixels * f64::from(UNITS)).round() as i32
}

fn place((x, y): Point) -> (i32, i32) {
    (units(x), units(y))
}

fn outline(color: RGBColor, width: f64) -> ShapeStyle {
    let stroke_width = units(width).unsigned_abs();
    ShapeStyle { color: color.to_rgba(), filled: false, stroke_width }
}

/// The corners of a point around `(x, y)`, none for a circle; shapes of about the same weight.
fn corners((x, y): Point, shape: Shape) -> Option<Vec<Point>> {
    let at = |offsets: &[Point]| Some(offsets.iter().map(|(dx, dy)| (x + dx, y + dy)).collect());
    match shape {
        Shape::Square => at(&[(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)]),
        Shape::Triangle => at(&[(0.0, -4.4), (4.2, 3.0), (-4.2, 3.0)]),
        Shape::Down => at(&[(0.0, 4.4), (4.2, -3.0), (-4.2, -3.0)]),
        Shape::Diamond => at(&[(0.0, -4.8), (4.4, 0.0), (0.0, 4.8), (-4.4, 0.0)]),
        Shape::Circle => None,
    }
}

/// The drawn parts of a line: `pattern` has lengths of drawn and blank parts in turn.
fn dashes(points: &[Point], pattern: &[f64]) -> Vec<Vec<Point>> {
    if pattern.is_empty() {
        return vec![points.to_vec()];
    }
    let mut parts = vec![points.iter().take(1).copied().collect::<Vec<_>>()];
    let (mut turn, mut left) = (0, pattern[0]);
    for pair in points.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut length = (to.0 - from.0).hypot(to.1 - from.1);
        while length > left {
            let share = left / length;
            from = (from.0 + share * (to.0 - from.0), from.1 + share * (to.1 - from.1));
            length -= left;
            if turn % 2 == 0 {
                parts.last_mut().expect("there is a first part").push(from);
            } else {
                parts.push(vec![from]);
            }
            turn = (turn + 1) % pattern.len();
            left = pattern[turn];
        }
        left -= length;
        if turn % 2 == 0 {
            parts.last_mut().expect("there is a first part").push(to);
        }
    }
    parts.retain(|part| part.len() > 1);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_round_corners() {
        let parts = dashes(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0)], &[2.0, 2.0]);
        assert_eq!(parts, [vec![(0.0, 0.0), (2.0, 0.0)], vec![(3.0, 1.0), (3.0, 3.0)]]);
        let parts = dashes(&[(0.0, 0.0), (3.0, 0.0), (3.0, 3.0)], &[4.0, 9.0]);
        assert_eq!(parts, [vec![(0.0, 0.0), (3.0, 0.0), (3.0, 1.0)]]);
    }

    #[test]
    fn the_picture_has_its_size_in_pixels_and_a_title() {
        let size = Size { width: 300, height: 200 };
        let drawing = Canvas::paint(size, "a < b", |_| {});
        let head = "<svg width=\"300\" height=\"200\" viewBox=\"0 0 3000 2000\" role=\"img\"";
        assert!(drawing.svg().starts_with(head), "{}", drawing.svg());
        assert!(drawing.svg().contains("<title>a &lt; b</title>"));
        assert!(drawing.svg().ends_with("</svg>\n"));
    }
}
