//! Values of many units from the lowest to the highest, one thin bar each: how a quantity is spread where
//! no map is at hand.

use super::canvas::{Anchor, Canvas, Lettering, Stroke};
use super::classes::Classes;
use super::drawing::Drawing;
use super::page::Page;
use super::palette::{DASHED, INK};
use super::plot::{Plot, labels_beside, name_length};
use super::scale::Scale;
use super::sheet::{MARGIN, Sheet, sheet_methods};
use super::size::Size;
use crate::Error;
use crate::interval::{Interval, check_finite};
use crate::number::fixed;

const SUGGESTED: Size = Size { width: 760, height: 420 };
const LEAST_PLOT: (f64, f64) = (160.0, 100.0);
const TICKS: usize = 6;
const GAP: f64 = 10.0;
/// Part of a bar's place that is left blank.
const BLANK: f64 = 0.12;
const MEAN_SIZE: f64 = 11.0;
/// The most units, so that every bar is seen.
const MOST: usize = 2000;

/// The values of many units in order, coloured by classes of about the same size, with their mean.
///
/// # Example
/// ```
/// use ceteris_report::RankFigure;
///
/// let drawing = RankFigure::new([0.31, 0.56, 0.44, 0.62, 0.58])
///     .title("Clinical share of the governing body")
///     .y_label("Share of voting members")
///     .draw()?;
/// assert!(drawing.svg().contains("mean 0.50"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct RankFigure {
    values: Vec<f64>,
    sheet: Sheet,
}

impl RankFigure {
    /// A figure of these values, in any order.
    pub fn new(values: impl IntoIterator<Item = f64>) -> Self {
        Self { values: values.into_iter().collect(), sheet: Sheet::default() }
    }

    sheet_methods!(x, y);

    /// Draws the figure.
    ///
    /// # Errors
    /// [`Error::Empty`] without a value; [`Error::TooMany`] values; [`Error::NonFinite`],
    /// [`Error::Character`], [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        let scale = Scale::new(self.check()?, TICKS);
        let classes = Classes::new(&self.values);
        let page = Page::new(&self.sheet, classes.legend(), SUGGESTED.width);
        let (top, below) = ((page.above() + GAP).round(), page.below());
        let left = page.left(labels_beside(&scale)).round();
        let name = name_length(&self.sheet.axes.y) - 2.0 * MARGIN;
        let height = (top + LEAST_PLOT.1.max(name) + below).ceil() as u32;
        let width = page.least_width(left + LEAST_PLOT.0 + MARGIN).ceil() as u32;
        let suggested = Size { height: SUGGESTED.height.max(height), ..SUGGESTED };
        let size = self.sheet.size(suggested, Size { width, height })?;
        let bottom = (f64::from(size.height) - below).round();
        let plot = Plot { left, right: page.right(), top, bottom };
        Ok(page.paint(size, |canvas| {
            plot.vertical_axis(canvas, &scale);
            self.draw_bars(canvas, &plot, &scale, &classes);
            self.draw_mean(canvas, &plot, &scale);
            plot.labels_below(canvas, &self.ends(&plot));
            page.name_axes(canvas, &plot, size);
        }))
    }

    fn draw_bars(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale, classes: &Classes) {
        let mut sorted = self.values.clone();
        sorted.sort_by(f64::total_cmp);
        let step = (plot.right - plot.left) / sorted.len() as f64;
        let zero = plot.y(scale, 0.0);
        for (rank, value) in sorted.into_iter().enumerate() {
            let (left, right) = (rank as f64 + BLANK / 2.0, rank as f64 + 1.0 - BLANK / 2.0);
            let (left, right) = (plot.left + left * step, plot.left + right * step);
            let y = plot.y(scale, value);
            canvas.polygon(&[(left, zero), (right, zero), (right, y), (left, y)], classes.color(value));
        }
    }

    fn draw_mean(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale) {
        let mean = self.values.iter().sum::<f64>() / self.values.len() as f64;
        let y = plot.y(scale, mean);
        canvas.line(&[(plot.left, y), (plot.right, y)], Stroke { color: INK, width: 1.2, dash: DASHED });
        let lettering = Lettering::new(MEAN_SIZE, INK, Anchor::Start);
        canvas.text(&format!("mean {}", fixed(mean, 2)), (plot.left + GAP / 2.0, y - MEAN_SIZE), lettering);
    }

    /// The ranks written below: the first, the last and quarters between.
    fn ends(&self, plot: &Plot) -> Vec<(f64, String)> {
        let count = self.values.len();
        let step = (plot.right - plot.left) / count as f64;
        let mut ranks: Vec<usize> = (0..=4).map(|quarter| (quarter * (count - 1)) / 4).collect();
        ranks.dedup();
        let place = |rank: usize| (plot.left + (rank as f64 + 0.5) * step, (rank + 1).to_string());
        ranks.into_iter().map(place).collect()
    }

    /// Refuses what cannot be drawn; what the vertical axis must hold.
    fn check(&self) -> Result<Interval, Error> {
        let within = || self.sheet.within("rank figure");
        let range = Interval::around(self.values.iter().copied());
        let range = range.ok_or_else(|| Error::Empty { within: within(), needs: "value" })?;
        if self.values.len() > MOST {
            return Err(Error::TooMany { what: "values", found: self.values.len(), most: MOST });
        }
        for (index, value) in self.values.iter().enumerate() {
            check_finite(*value, &within(), index + 1)?;
        }
        self.sheet.check()?;
        Ok(range.including(0.0))
    }
}
