//! A page: sheet and legend on paper of a known width, and the room they leave for the plot.

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::legend::Legend;
use super::plot::{Plot, TICKS_BELOW, name_length, name_room};
use super::sheet::{MARGIN, Sheet};
use super::size::Size;

/// What stands around the plot of a figure.
pub(super) struct Page<'a> {
    sheet: &'a Sheet,
    legend: Legend,
    /// Width of the paper.
    pub(super) width: f64,
}

impl<'a> Page<'a> {
    /// The page of a figure; its paper is this wide unless the sheet asks for another size.
    pub(super) fn new(sheet: &'a Sheet, legend: Legend, suggested: u32) -> Self {
        let width = f64::from(sheet.size.map_or(suggested, |size| size.width));
        Self { sheet, legend, width }
    }

    /// Width between the margins.
    pub(super) fn inner(&self) -> f64 {
        self.width - 2.0 * MARGIN
    }

    /// The margin at the right.
    pub(super) fn right(&self) -> f64 {
        self.width - MARGIN
    }

    /// Room above the plot: title, annotation, legend.
    pub(super) fn above(&self) -> f64 {
        self.legend_top() + self.legend.height(self.inner())
    }

    /// Room below a plot with labels under it: those, the name of the axis, notes.
    pub(super) fn below(&self) -> f64 {
        TICKS_BELOW + name_room(&self.sheet.axes.x) + self.foot()
    }

    /// Room of the notes, or of the margin.
    pub(super) fn foot(&self) -> f64 {
        self.sheet.foot_height(self.width)
    }

    /// Room at the left of a plot whose vertical axis has labels this wide.
    pub(super) fn left(&self, labels: f64) -> f64 {
        MARGIN + name_room(&self.sheet.axes.y) + labels
    }

    /// The least width, given that of the plot with what stands beside it.
    pub(super) fn least_width(&self, plot: f64) -> f64 {
        plot.max(name_length(&self.sheet.axes.x)).max(self.legend.least_width() + 2.0 * MARGIN)
    }

    /// The smallest picture, given the width and height that plot and what is around it need.
    pub(super) fn least(&self, (width, height): (f64, f64)) -> Size {
        let height = height.max(name_length(&self.sheet.axes.y));
        Size { width: self.least_width(width).ceil() as u32, height: height.ceil() as u32 }
    }

    /// Sheet and legend, and over them what `draw` adds.
    pub(super) fn paint(&self, size: Size, draw: impl FnOnce(&mut Canvas<'_>)) -> Drawing {
        Canvas::paint(size, &self.sheet.title, |canvas| {
            self.sheet.draw(canvas, size);
            self.legend.draw(canvas, (MARGIN, self.legend_top()), self.inner());
            draw(canvas);
        })
    }

    /// The name of the horizontal axis of a plot.
    pub(super) fn name_below(&self, canvas: &mut Canvas<'_>, plot: &Plot) {
        plot.name_below(canvas, &self.sheet.axes.x, self.width);
    }

    /// The names of both axes of a plot.
    pub(super) fn name_axes(&self, canvas: &mut Canvas<'_>, plot: &Plot, size: Size) {
        self.name_below(canvas, plot);
        plot.name_beside(canvas, &self.sheet.axes.y, f64::from(size.height));
    }

    fn legend_top(&self) -> f64 {
        self.sheet.head_height(self.width)
    }
}
