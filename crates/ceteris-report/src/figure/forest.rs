//! Named estimates under each other with their intervals, beside a line at zero.

use super::canvas::{Anchor, Canvas, Lettering, Stroke};
use super::drawing::Drawing;
use super::font;
use super::legend::{Legend, Sample};
use super::page::Page;
use super::palette::{BLUE, INK, Marker, STYLES, Shape};
use super::plot::Plot;
use super::scale::Scale;
use super::sheet::{MARGIN, Sheet, sheet_methods};
use super::size::Size;
use crate::Error;
use crate::interval::{Interval, check_finite};
use crate::number::{bracketed, fixed};

const SUGGESTED_WIDTH: u32 = 760;
/// Height of a row if no size is asked for, and the least.
const ROW: f64 = 24.0;
const LEAST_ROW: f64 = 15.0;
/// The most rows, so that a picture stays below [`Size::LARGEST`].
const MOST_ROWS: usize = 150;
const LEAST_PLOT_WIDTH: f64 = 160.0;
const NAME_SIZE: f64 = 12.0;
const VALUE_SIZE: f64 = 11.0;
/// Between names, plot and values.
const GAP: f64 = 14.0;
const TICKS: usize = 6;
/// An estimate.
const ESTIMATE: Marker = Marker { shape: Shape::Circle, filled: true };

/// Named estimates with intervals, one under another, for comparing many outcomes or estimators.
///
/// # Example
/// ```
/// use ceteris_report::{ForestFigure, ForestRow};
///
/// let drawing = ForestFigure::new([
///     ForestRow::heading("Screening"),
///     ForestRow::new("triple difference", -0.72, (-1.036, -0.404)).beside(-0.70),
///     ForestRow::new("lagged outcome", -0.501, (-0.9, -0.1)),
/// ])
/// .name("computed, 95% interval")
/// .beside_name("published")
/// .decimals(3)
/// .x_label("Change in screening rate (percentage points)")
/// .draw()?;
/// assert!(drawing.svg().contains("[-0.900, -0.100]"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ForestFigure {
    rows: Vec<ForestRow>,
    name: String,
    beside_name: String,
    decimals: Option<u8>,
    sheet: Sheet,
}

/// One row of a [`ForestFigure`]: an estimate, or a heading over the rows below it.
///
/// # Example
/// ```
/// use ceteris_report::{ForestFigure, ForestRow};
///
/// let row = ForestRow::new("uptake", -0.72, (-1.036, -0.404)).beside(-0.70);
/// assert!(ForestFigure::new([row]).draw()?.svg().contains("uptake"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct ForestRow {
    name: String,
    estimate: Option<(f64, Interval)>,
    beside: Option<f64>,
}

impl ForestRow {
    /// A named estimate with its interval.
    pub fn new(name: impl Into<String>, estimate: f64, interval: impl Into<Interval>) -> Self {
        Self { name: name.into(), estimate: Some((estimate, interval.into())), beside: None }
    }

    /// A line of text over the rows below it.
    pub fn heading(text: impl Into<String>) -> Self {
        Self { name: text.into(), estimate: None, beside: None }
    }

    /// A second value of the same quantity, such as a published one: an empty diamond around its
    /// place; none by default.
    pub fn beside(mut self, value: f64) -> Self {
        self.beside = Some(value);
        self
    }
}

impl ForestFigure {
    /// A figure of these rows, from top to bottom.
    pub fn new(rows: impl IntoIterator<Item = ForestRow>) -> Self {
        Self {
            rows: rows.into_iter().collect(),
            name: String::new(),
            beside_name: String::new(),
            decimals: None,
            sheet: Sheet::default(),
        }
    }

    /// Name of the estimates in the legend; none, and no entry, by default.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Name of the values beside them in the legend; none, and no entry, by default.
    pub fn beside_name(mut self, name: impl Into<String>) -> Self {
        self.beside_name = name.into();
        self
    }

    /// Writes each estimate and interval at the right of the plot; not written by default.
    pub fn decimals(mut self, decimals: u8) -> Self {
        self.decimals = Some(decimals);
        self
    }

    sheet_methods!(x);

    /// Draws the figure; without a size asked for, it is as high as its rows need.
    ///
    /// # Errors
    /// [`Error::Empty`] without an estimate; [`Error::TooMany`] rows; [`Error::NonFinite`],
    /// [`Error::ReversedInterval`], [`Error::Character`], [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        let scale = Scale::new(self.check()?, TICKS);
        let page = Page::new(&self.sheet, self.legend(), SUGGESTED_WIDTH);
        let (top, below) = ((page.above() + GAP).round(), page.below());
        let (left, right) = (self.left(), page.right() - self.values_room());
        let high = |row: f64| (top + row * self.rows.len() as f64 + below).ceil() as u32;
        let suggested = Size { width: SUGGESTED_WIDTH, height: high(ROW) };
        let columns = left + LEAST_PLOT_WIDTH + self.values_room() + MARGIN;
        let least = Size { width: page.least_width(columns).ceil() as u32, height: high(LEAST_ROW) };
        let size = self.sheet.size(suggested, least)?;
        let bottom = (f64::from(size.height) - below).round();
        let plot = Plot { left, right, top, bottom };
        Ok(page.paint(size, |canvas| {
            plot.horizontal_axis(canvas, &scale);
            page.name_below(canvas, &plot);
            self.draw_rows(canvas, &plot, &scale, page.right());
        }))
    }

    fn draw_rows(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale, right: f64) {
        let zero = plot.x(scale, 0.0).round();
        canvas.line(&[(zero, plot.top), (zero, plot.bottom)], Stroke::solid(INK, 1.0));
        let height = (plot.bottom - plot.top) / self.rows.len() as f64;
        let interval_room = self.intervals_width() + GAP / 2.0;
        for (index, row) in self.rows.iter().enumerate() {
            let y = plot.top + (index as f64 + 0.5) * height;
            let indent = if row.estimate.is_some() { self.indent() } else { 0.0 };
            let name = Lettering::new(NAME_SIZE, INK, Anchor::Start);
            canvas.text(&row.name, (MARGIN + indent, y), name);
            if let Some(value) = row.beside {
                canvas.frame((plot.x(scale, value), y), STYLES[1].color);
            }
            let Some((estimate, interval)) = row.estimate else {
                continue;
            };
            let at = |value| (plot.x(scale, value), y);
            plot.bar(canvas, [at(interval.low), at(interval.high)], Stroke::solid(BLUE, 1.6));
            canvas.marker(at(estimate), ESTIMATE, BLUE);
            if let Some(decimals) = self.decimals {
                let value = Lettering::new(VALUE_SIZE, INK, Anchor::End);
                canvas.text(&fixed(estimate, decimals), (right - interval_room, y), value);
                canvas.text(&bracketed(interval, decimals), (right, y), value);
            }
        }
    }

    /// Left edge of the plot, behind the names.
    fn left(&self) -> f64 {
        let names = font::widest(self.rows.iter().map(|row| row.name.as_str()), NAME_SIZE);
        MARGIN + self.indent() + names + GAP
    }

    /// Width of the intervals written at the right.
    fn intervals_width(&self) -> f64 {
        self.widest_value(|(_, interval), decimals| bracketed(interval, decimals))
    }

    /// Room between the plot and the right margin: none if no values are written there.
    fn values_room(&self) -> f64 {
        let estimates = self.widest_value(|(estimate, _), decimals| fixed(estimate, decimals));
        if estimates > 0.0 { GAP * 1.5 + estimates + self.intervals_width() } else { 0.0 }
    }

    fn widest_value(&self, written: impl Fn((f64, Interval), u8) -> String) -> f64 {
        let estimates = self.rows.iter().filter_map(|row| row.estimate);
        let texts = estimates.filter_map(|e| self.decimals.map(|decimals| written(e, decimals)));
        texts.map(|text| font::width(&text, VALUE_SIZE)).fold(0.0, f64::max)
    }

    /// How far names stand in under headings.
    fn indent(&self) -> f64 {
        let headed = self.rows.iter().any(|row| row.estimate.is_none());
        if headed { GAP } else { 0.0 }
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        legend.add(Sample::Bar(ESTIMATE, BLUE), &self.name);
        if self.rows.iter().any(|row| row.beside.is_some()) {
            legend.add(Sample::Frame(STYLES[1].color), &self.beside_name);
        }
        legend
    }

    /// Refuses what cannot be drawn; what the horizontal axis must hold.
    fn check(&self) -> Result<Interval, Error> {
        if self.rows.iter().all(|row| row.estimate.is_none()) {
            return Err(Error::Empty { within: self.sheet.within("forest figure"), needs: "estimate" });
        }
        if self.rows.len() > MOST_ROWS {
            return Err(Error::TooMany { what: "rows", found: self.rows.len(), most: MOST_ROWS });
        }
        self.sheet.check()?;
        [&self.name, &self.beside_name].into_iter().try_for_each(|text| font::check(text))?;
        let mut range = Interval { low: 0.0, high: 0.0 };
        for (index, row) in self.rows.iter().enumerate() {
            font::check(&row.name)?;
            if let Some((estimate, interval)) = row.estimate {
                check_finite(estimate, &row.name, index + 1)?;
                interval.check_finite(&row.name, index + 1)?;
                range = [estimate, interval.low, interval.high].into_iter().fold(range, Interval::including);
            }
            if let Some(value) = row.beside {
                check_finite(value, &row.name, index + 1)?;
                range = range.including(value);
            }
        }
        Ok(range)
    }
}
