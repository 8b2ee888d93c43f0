//! Where the parts of a trend figure stand, and drawing them there.

use super::contents::TrendFigure;
use super::event::{EVENT_SIZE, Event, Placed, placed};
use super::panel::Panel;
use crate::Error;
use crate::figure::canvas::{Anchor, Canvas, Lettering, Point, Stroke};
use crate::figure::drawing::Drawing;
use crate::figure::font;
use crate::figure::legend::{Legend, Sample};
use crate::figure::page::Page;
use crate::figure::palette::{DASHED, GREY, INK, STYLES, Style};
use crate::figure::plot::{Plot, labels_beside, least_width_for};
use crate::figure::scale::Scale;
use crate::figure::sheet::MARGIN;
use crate::figure::size::Size;

/// Size if none is asked for: height, and width by number of panels.
const SUGGESTED_HEIGHT: u32 = 480;
const SUGGESTED_WIDTH: [u32; 2] = [760, 1040];
/// The plot of each panel is at least this wide and high.
const LEAST_PLOT: (f64, f64) = (120.0, 80.0);

const PANEL_TITLE_SIZE: f64 = 13.0;
const PANEL_TITLE: f64 = 22.0;
const EVENT_ROW: f64 = 16.0;
const BETWEEN_PANELS: f64 = 26.0;
/// Between legend and panels.
const GAP: f64 = 6.0;
const TICKS: usize = 6;
const LINE_WIDTH: f64 = 2.0;

/// A trend figure with a place for each part.
pub(super) struct Layout<'a> {
    figure: &'a TrendFigure,
    size: Size,
    page: Page<'a>,
    events: Vec<Placed>,
    plots: Vec<(Plot, Scale)>,
}

impl<'a> Layout<'a> {
    /// Finds a place for each part of a figure that has been checked.
    pub(super) fn of(figure: &'a TrendFigure) -> Result<Self, Error> {
        let suggested = Size { width: SUGGESTED_WIDTH[figure.panels.len() - 1], height: SUGGESTED_HEIGHT };
        let page = Page::new(&figure.sheet, legend(figure), suggested.width);
        let scales = scales(figure);
        let columns = Columns::of(&page, &scales);
        let events = events(figure, columns.each)?;
        let (above, below) = (above(figure, &page) + events_height(&events), page.below());
        let least_width = columns.least_width(least_plot_width(figure), scales.len());
        let size = figure.sheet.size(suggested, page.least((least_width, above + LEAST_PLOT.1 + below)))?;
        let bottom = f64::from(size.height) - below;
        let plots = columns.plots(scales, above.round(), bottom.round());
        Ok(Self { figure, size, page, events, plots })
    }

    /// The picture, with each part at its place.
    pub(super) fn drawn(&self) -> Drawing {
        self.page.paint(self.size, |canvas| {
            for ((plot, scale), panel) in self.plots.iter().zip(&self.figure.panels) {
                self.draw_axes(canvas, plot, scale, panel);
                self.draw_events(canvas, plot);
                self.draw_lines(canvas, plot, scale, panel);
            }
            let (first, _) = &self.plots[0];
            let (last, _) = &self.plots[self.plots.len() - 1];
            self.page.name_axes(canvas, &Plot { right: last.right, ..*first }, self.size);
        })
    }

    fn draw_axes(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale, panel: &Panel) {
        let labels = self.figure.labels.iter().enumerate();
        let place = |index: usize| (plot.left + self.offset(plot, index as f64)).round();
        let labels: Vec<_> = labels.map(|(index, label)| (place(index), label.clone())).collect();
        plot.vertical_axis(canvas, scale);
        plot.labels_below(canvas, &labels);
        let y = plot.top - events_height(&self.events) - PANEL_TITLE / 2.0;
        let lettering = Lettering::new(PANEL_TITLE_SIZE, INK, Anchor::Start);
        canvas.text(&panel.title, (plot.left, y), lettering);
    }

    fn draw_events(&self, canvas: &mut Canvas<'_>, plot: &Plot) {
        let stroke = Stroke { color: GREY, width: 1.2, dash: DASHED };
        for event in &self.events {
            let x = plot.left + event.line;
            let top = plot.top - event.row as f64 * EVENT_ROW;
            canvas.line(&[(x, top), (x, plot.bottom)], stroke);
            let label_at = (plot.left + event.middle, top - EVENT_ROW / 2.0);
            canvas.label(&event.label, label_at, EVENT_SIZE);
        }
    }

    fn draw_lines(&self, canvas: &mut Canvas<'_>, plot: &Plot, scale: &Scale, panel: &Panel) {
        let names = self.figure.series_names();
        for series in &panel.series {
            let index = names.iter().position(|name| *name == series.name);
            let style = STYLES[index.expect("the names were collected from these series")];
            let x = |index: usize| plot.left + self.offset(plot, index as f64);
            let point =
                |(index, value): (usize, &Option<f64>)| value.map(|value| (x(index), plot.y(scale, value)));
            let points: Vec<_> = series.values.iter().enumerate().map(point).collect();
            draw_series(canvas, &points, style);
        }
    }

    fn offset(&self, plot: &Plot, step: f64) -> f64 {
        offset(self.figure, plot.right - plot.left, step)
    }
}

/// Line and points, broken where a value is missing.
fn draw_series(canvas: &mut Canvas<'_>, points: &[Option<Point>], style: Style) {
    let stroke = Stroke { color: style.color, width: LINE_WIDTH, dash: style.dash };
    for part in points.split(Option::is_none) {
        let part: Vec<Point> = part.iter().copied().flatten().collect();
        if part.len() > 1 {
            canvas.line(&part, stroke);
        }
    }
    for point in points.iter().flatten() {
        canvas.marker(*point, style.marker, style.color);
    }
}

/// Horizontal places: left edge of the first plot, way from one plot's end to the next, width of
/// each.
struct Columns {
    left: f64,
    between: f64,
    each: f64,
}

impl Columns {
    fn of(page: &Page<'_>, scales: &[Scale]) -> Self {
        let labels = scales.iter().map(labels_beside).fold(0.0, f64::max);
        let (left, between) = (page.left(labels), BETWEEN_PANELS + labels);
        let panels = scales.len() as f64;
        let each = (page.right() - left - (panels - 1.0) * between) / panels;
        Self { left, between, each }
    }

    fn least_width(&self, plot: f64, panels: usize) -> f64 {
        let panels = panels as f64;
        self.left + panels * plot + (panels - 1.0) * self.between + MARGIN
    }

    fn plots(&self, scales: Vec<Scale>, top: f64, bottom: f64) -> Vec<(Plot, Scale)> {
        let left = |index: usize| self.left + index as f64 * (self.each + self.between);
        let plot = |left| Plot { left, right: left + self.each, top, bottom };
        scales.into_iter().enumerate().map(|(index, scale)| (plot(left(index)), scale)).collect()
    }
}

/// Place of the `step`-th label: each has an equal part of the width and stands in its middle.
fn offset(figure: &TrendFigure, width: f64, step: f64) -> f64 {
    (step + 0.5) / figure.labels.len() as f64 * width
}

fn legend(figure: &TrendFigure) -> Legend {
    let mut legend = Legend::default();
    for (style, name) in STYLES.iter().zip(figure.series_names()) {
        legend.add(Sample::Line(*style), name);
    }
    legend
}

/// The vertical scale of each panel.
fn scales(figure: &TrendFigure) -> Vec<Scale> {
    let scale = |panels| {
        let range = figure.range(panels).expect("each panel of a checked figure has a value");
        Scale::new(range, TICKS)
    };
    if figure.own_scales {
        return figure.panels.chunks(1).map(scale).collect();
    }
    vec![scale(&figure.panels); figure.panels.len()]
}

fn events(figure: &TrendFigure, width: f64) -> Result<Vec<Placed>, Error> {
    let place = |event| {
        let step = Event::step(event, &figure.labels)?;
        Ok((offset(figure, width, step), event))
    };
    let events = figure.events.iter().map(place).collect::<Result<Vec<_>, Error>>()?;
    Ok(placed(events, width))
}

/// Room for the labels of events above each plot.
fn events_height(events: &[Placed]) -> f64 {
    let labelled = events.iter().any(|event| !event.label.is_empty());
    let rows = events.iter().map(|event| event.row + 1).max().unwrap_or(0);
    if labelled { rows as f64 * EVENT_ROW } else { 0.0 }
}

/// The least width of a plot in which neither its titles nor its labels are cut.
fn least_plot_width(figure: &TrendFigure) -> f64 {
    let titles = figure.panels.iter().map(|panel| panel.title.as_str());
    let events = figure.events.iter().map(|event| event.label.as_str());
    font::widest(titles, PANEL_TITLE_SIZE)
        .max(font::widest(events, EVENT_SIZE))
        .max(least_width_for(figure.labels.iter().map(String::as_str)))
        .max(LEAST_PLOT.0)
}

/// Room above the plots, their events apart: title, legend, panel titles.
fn above(figure: &TrendFigure, page: &Page<'_>) -> f64 {
    let titled = figure.panels.iter().any(|panel| !panel.title.is_empty());
    page.above() + GAP + if titled { PANEL_TITLE } else { 0.0 }
}
