//! A finished picture: its SVG, and the PNG made of it.

use resvg::{tiny_skia, usvg};

use super::font;
use super::size::Size;
use crate::Error;

/// Pixels of the PNG for each pixel of the SVG, along each side: sharp on screens and in print.
const PNG_SCALE: u16 = 2;

/// A figure that has been drawn: the same bytes each time.
///
/// # Example
/// ```
/// use ceteris_report::{Panel, Series, TrendFigure};
///
/// let panel = Panel::new().series(Series::new("all", [70.1, 69.8]));
/// let drawing = TrendFigure::new(["2012/13", "2013/14"]).panel(panel).draw()?;
/// assert!(drawing.svg().contains("2012/13"));
/// assert!(drawing.png()?.starts_with(b"\x89PNG\r\n\x1a\n"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    svg: String,
    size: Size,
}

impl Drawing {
    pub(super) fn new(svg: String, size: Size) -> Self {
        Self { svg, size }
    }

    /// The SVG document. Its text names the font DejaVu Sans, then Verdana, then any sans-serif.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// Size of the SVG in pixels; the PNG has twice as many along each side.
    pub fn size(&self) -> Size {
        self.size
    }

    /// The PNG file, made from the SVG with the bundled font and no other.
    ///
    /// # Errors
    /// [`Error::Raster`] if the rasteriser refuses the SVG, which would be a mistake of ours.
    pub fn png(&self) -> Result<Vec<u8>, Error> {
        let raster = |source: Box<dyn std::error::Error + Send + Sync>| Error::Raster { source };
        let tree = usvg::Tree::from_str(&self.svg, &font::options()).map_err(|e| raster(e.into()))?;
        let scale = u32::from(PNG_SCALE);
        let mut pixels = tiny_skia::Pixmap::new(self.size.width * scale, self.size.height * scale)
            .ok_or_else(|| raster("the picture has no pixels".into()))?;
        let transform = tiny_skia::Transform::from_scale(f32::from(PNG_SCALE), f32::from(PNG_SCALE));
        resvg::render(&tree, transform, &mut pixels.as_mut());
        pixels.encode_png().map_err(|e| raster(e.into()))
    }
}
