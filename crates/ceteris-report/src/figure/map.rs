//! Areas coloured by classes of a value.
//!
//! The projection is equirectangular, true to scale at the middle latitude m of the areas:
//!
//! ```text
//! x = (longitude - west) cos m        y = north - latitude
//! ```
//!
//! For areas the size of a country. Areas on both sides of the 180th meridian are drawn at both ends.

use ceteris_data::{Area, Place};

use super::canvas::{Canvas, Point, Stroke};
use super::classes::Classes;
use super::drawing::Drawing;
use super::legend::Sample;
use super::page::Page;
use super::palette::{GRID, WHITE};
use super::plot::Plot;
use super::sheet::{MARGIN, Sheet, sheet_methods};
use super::size::Size;
use crate::Error;
use crate::interval::check_finite;

const SUGGESTED_WIDTH: u32 = 640;
/// Room for the map if no size is asked for.
const SUGGESTED_HEIGHT: f64 = 680.0;
const LEAST_SIDE: f64 = 120.0;
const GAP: f64 = 10.0;
/// Width of the line between areas, in pixels.
const BORDER: f64 = 0.5;
/// Places closer than this are one on paper, in pixels: what the canvas rounds to.
const SAME: f64 = 0.1;

/// An area of a map and what is known of it.
#[derive(Debug, Clone, PartialEq)]
pub struct MapArea {
    /// Its boundary.
    pub area: Area,
    /// Its value; `None` is drawn in grey.
    pub value: Option<f64>,
}

/// Areas coloured by classes of about the same size.
///
/// # Example
/// ```
/// use ceteris_report::{MapArea, MapFigure};
///
/// let square = r#"{"type": "FeatureCollection", "features": [{"type": "Feature",
///     "properties": {"code": "C001"}, "geometry": {"type": "Polygon",
///     "coordinates": [[[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]]}}]}"#;
/// let path = std::env::temp_dir().join(format!("ceteris-map-{}.geojson", std::process::id()));
/// std::fs::write(&path, square)?;
/// let areas = ceteris_data::read_areas(&path, "code")?;
/// let figure = MapFigure::new(areas.into_iter().map(|area| MapArea { area, value: Some(0.5) }));
/// assert!(figure.draw()?.svg().contains("0.50 (1)"));
/// # std::fs::remove_file(path).ok();
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct MapFigure {
    areas: Vec<MapArea>,
    sheet: Sheet,
}

impl MapFigure {
    /// A map of these areas.
    pub fn new(areas: impl IntoIterator<Item = MapArea>) -> Self {
        Self { areas: areas.into_iter().collect(), sheet: Sheet::default() }
    }

    sheet_methods!();

    /// Draws the map.
    ///
    /// # Errors
    /// [`Error::Empty`] without an area that has a value; [`Error::NonFinite`], [`Error::Character`],
    /// [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        let values = self.check()?;
        let classes = Classes::new(&values);
        let mut legend = classes.legend();
        let unknown = self.areas.len() - values.len();
        if unknown > 0 {
            legend.add(Sample::Band(GRID), &format!("no value ({unknown})"));
        }
        let globe = Globe::around(self.places());
        let least_width = (legend.least_width().max(LEAST_SIDE) + 2.0 * MARGIN).ceil() as u32;
        let page = Page::new(&self.sheet, legend, SUGGESTED_WIDTH);
        let (top, foot) = ((page.above() + GAP).round(), page.foot());
        let wanted = (page.inner() / globe.ratio()).clamp(LEAST_SIDE, SUGGESTED_HEIGHT);
        let high = |map: f64| (top + map + foot).ceil() as u32;
        let suggested = Size { width: SUGGESTED_WIDTH, height: high(wanted) };
        let size = self.sheet.size(suggested, Size { width: least_width, height: high(LEAST_SIDE) })?;
        let bottom = f64::from(size.height) - foot;
        let paper = globe.fitted(Plot { left: MARGIN, right: page.right(), top, bottom });
        Ok(page.paint(size, |canvas| self.draw_areas(canvas, &paper, &classes)))
    }

    /// Large polygons first, so that an area in the hole of another is seen.
    fn draw_areas(&self, canvas: &mut Canvas<'_>, paper: &Paper, classes: &Classes) {
        let polygons =
            self.areas.iter().flat_map(|of| of.area.polygons.iter().map(|rings| (of.value, rings)));
        let mut polygons: Vec<(Option<f64>, Vec<Vec<Point>>)> = polygons
            .map(|(value, rings)| (value, rings.iter().map(|ring| paper.ring(ring)).collect()))
            .collect();
        polygons.sort_by(|(_, one), (_, other)| surface(other).total_cmp(&surface(one)));
        for (value, rings) in polygons {
            let color = value.map_or(GRID, |value| classes.color(value));
            for (place, ring) in rings.iter().enumerate().filter(|(_, ring)| ring.len() > 2) {
                canvas.polygon(ring, if place == 0 { color } else { WHITE });
                canvas.line(ring, Stroke::solid(WHITE, BORDER));
            }
        }
    }

    fn places(&self) -> impl Iterator<Item = &Place> {
        self.areas.iter().flat_map(|of| of.area.polygons.iter().flatten().flatten())
    }

    /// The values, or what keeps the map from being drawn.
    fn check(&self) -> Result<Vec<f64>, Error> {
        self.sheet.check()?;
        for (index, of) in self.areas.iter().enumerate() {
            of.value.map_or(Ok(()), |value| check_finite(value, &of.area.name, index + 1))?;
        }
        let values: Vec<f64> = self.areas.iter().filter_map(|of| of.value).collect();
        if values.is_empty() {
            return Err(Error::Empty { within: self.sheet.within("map"), needs: "area with a value" });
        }
        Ok(values)
    }
}

/// Twice the surface of an outline, in square pixels.
fn surface(rings: &[Vec<Point>]) -> f64 {
    let outline = rings.first().map_or(&[][..], Vec::as_slice);
    let parts = outline.windows(2).map(|pair| pair[0].0 * pair[1].1 - pair[1].0 * pair[0].1);
    parts.sum::<f64>().abs()
}

/// The part of the globe that a map shows, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Globe {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
}

impl Globe {
    fn around<'a>(places: impl Iterator<Item = &'a Place>) -> Self {
        let none = f64::INFINITY;
        let start = Self { west: none, east: -none, south: none, north: -none };
        places.fold(start, |globe, place| Self {
            west: globe.west.min(place.longitude),
            east: globe.east.max(place.longitude),
            south: globe.south.min(place.latitude),
            north: globe.north.max(place.latitude),
        })
    }

    /// cos m
    fn narrowing(&self) -> f64 {
        ((self.south + self.north) / 2.0).to_radians().cos()
    }

    /// Width and height in degrees of latitude; neither is zero.
    fn extent(&self) -> (f64, f64) {
        let least = f64::MIN_POSITIVE.sqrt();
        (((self.east - self.west) * self.narrowing()).max(least), (self.north - self.south).max(least))
    }

    /// Width over height.
    fn ratio(&self) -> f64 {
        self.extent().0 / self.extent().1
    }

    /// As large as the room allows, in its middle.
    fn fitted(self, room: Plot) -> Paper {
        let (width, height) = self.extent();
        let (right, down) = (room.right - room.left, room.bottom - room.top);
        let pixels = (right / width).min(down / height);
        let left = room.left + (right - width * pixels) / 2.0;
        let top = room.top + (down - height * pixels) / 2.0;
        Paper { globe: self, pixels, left, top }
    }
}

/// From degrees to pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Paper {
    globe: Globe,
    pixels: f64,
    left: f64,
    top: f64,
}

impl Paper {
    fn point(&self, place: &Place) -> Point {
        let x = (place.longitude - self.globe.west) * self.globe.narrowing();
        (self.left + x * self.pixels, self.top + (self.globe.north - place.latitude) * self.pixels)
    }

    /// A ring without the places that fall together on paper.
    fn ring(&self, places: &[Place]) -> Vec<Point> {
        let mut ring: Vec<Point> = places.iter().map(|place| self.point(place)).collect();
        ring.dedup_by(|next, last| (next.0 - last.0).abs() < SAME && (next.1 - last.1).abs() < SAME);
        ring
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(longitude: f64, latitude: f64) -> Place {
        Place { longitude, latitude }
    }

    #[test]
    fn north_is_up_and_degrees_of_longitude_are_narrower() {
        let globe = Globe::around([place(0.0, 59.0), place(2.0, 61.0)].iter());
        assert!((globe.ratio() - 0.5).abs() < 1e-12, "cos 60 = 1/2");
        let paper = globe.fitted(Plot { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0 });
        let close = |(x, y): Point, (a, b): Point| (x - a).abs() < 1e-9 && (y - b).abs() < 1e-9;
        assert!(close(paper.point(&place(0.0, 61.0)), (25.0, 0.0)));
        assert!(close(paper.point(&place(2.0, 59.0)), (75.0, 100.0)));
    }

    #[test]
    fn places_that_fall_together_are_drawn_once() {
        let globe = Globe::around([place(0.0, 0.0), place(1.0, 1.0)].iter());
        let paper = globe.fitted(Plot { left: 0.0, right: 100.0, top: 0.0, bottom: 100.0 });
        let ring = [place(0.0, 0.0), place(0.0, 1e-6), place(1.0, 1.0), place(0.0, 0.0)];
        assert_eq!(paper.ring(&ring).len(), 3);
    }
}
