//! Sizes of pictures.

/// Width and height of a picture in pixels.
///
/// # Example
/// ```
/// use ceteris_report::{Panel, Series, Size, TrendFigure};
///
/// let panel = Panel::new().series(Series::new("all", [1.0, 2.0]));
/// let figure = TrendFigure::new(["before", "after"]).panel(panel);
/// let drawing = figure.size(Size { width: 500, height: 300 }).draw()?;
/// assert_eq!(drawing.size(), Size { width: 500, height: 300 });
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// From left to right.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
}

impl Size {
    /// The largest width or height of a picture in pixels.
    pub const LARGEST: u32 = 4000;
}
