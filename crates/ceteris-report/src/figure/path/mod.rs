//! Effects by event time: points with their intervals, around a line at zero.

mod drawn;

use crate::Error;
use crate::figure::drawing::Drawing;
use crate::figure::font;
use crate::figure::legend::{Legend, Sample};
use crate::figure::page::Page;
use crate::figure::palette::{BAND, BLUE, Marker, Shape};
use crate::figure::plot::{MARK_ROW, Plot, labels_beside, mark_width};
use crate::figure::scale::Scale;
use crate::figure::sheet::{MARGIN, Sheet, sheet_methods, unique};
use crate::figure::size::Size;
use crate::interval::{Interval, check_finite};

const SUGGESTED: Size = Size { width: 760, height: 440 };
const LEAST_PLOT: (f64, f64) = (160.0, 80.0);
const GAP: f64 = 10.0;
const TICKS: usize = 6;
/// The most event times from first to last.
const MOST_TIMES: usize = 200;
/// An estimate.
const ESTIMATE: Marker = Marker { shape: Shape::Circle, filled: true };
/// The reference period, which is zero by definition.
const REFERENCE: Marker = Marker { shape: Shape::Circle, filled: false };

/// Estimates over event time with their intervals, as an event study gives them.
///
/// # Example
/// ```
/// use ceteris_report::{Interval, PathFigure, PathPoint};
///
/// let point = |event_time, estimate: f64| PathPoint {
///     event_time,
///     estimate,
///     interval: Some(Interval { low: estimate - 0.2, high: estimate + 0.2 }),
/// };
/// let points = [point(-3, 0.05), point(-2, -0.02), point(0, -0.4), point(1, -0.6)];
/// let drawing = PathFigure::new(points)
///     .reference(-1)
///     .name("estimate and 95% interval")
///     .reference_name("reference year")
///     .event("reform")
///     .title("Effect on screening by year")
///     .x_label("Years since the reform")
///     .draw()?;
/// assert!(drawing.svg().contains("reference year"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct PathFigure {
    points: Vec<PathPoint>,
    reference: Option<i64>,
    name: String,
    reference_name: String,
    band: Vec<(i64, Interval)>,
    band_name: String,
    event: Option<String>,
    sheet: Sheet,
}

/// One estimate of a [`PathFigure`].
///
/// # Example
/// ```
/// use ceteris_report::{PathFigure, PathPoint};
///
/// let point = PathPoint { event_time: 0, estimate: -0.4, interval: Some((-0.6, -0.2).into()) };
/// assert!(PathFigure::new([point]).draw()?.svg().contains("<circle"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathPoint {
    /// Periods since the event; negative before it.
    pub event_time: i64,
    /// The estimate.
    pub estimate: f64,
    /// Its interval; `None` where it has no standard error.
    pub interval: Option<Interval>,
}

impl PathFigure {
    /// A figure of these points, in any order.
    pub fn new(points: impl IntoIterator<Item = PathPoint>) -> Self {
        Self {
            points: points.into_iter().collect(),
            reference: None,
            name: String::new(),
            reference_name: String::new(),
            band: Vec::new(),
            band_name: String::new(),
            event: None,
            sheet: Sheet::default(),
        }
    }

    /// The event time that the others are compared with: a hollow point at zero; none by default.
    pub fn reference(mut self, event_time: i64) -> Self {
        self.reference = Some(event_time);
        self
    }

    /// Name of the points in the legend; none, and no entry, by default.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// Name of the reference in the legend; none, and no entry, by default.
    pub fn reference_name(mut self, name: impl Into<String>) -> Self {
        self.reference_name = name.into();
        self
    }

    /// A coloured band behind the points, such as a uniform confidence band; none by default.
    ///
    /// It narrows to zero at the reference, unless it is given there.
    pub fn band<I: Into<Interval>>(
        mut self,
        name: impl Into<String>,
        band: impl IntoIterator<Item = (i64, I)>,
    ) -> Self {
        self.band_name = name.into();
        self.band = band.into_iter().map(|(time, interval)| (time, interval.into())).collect();
        self
    }

    /// A dashed line just before event time zero, with this label; none by default.
    pub fn event(mut self, label: impl Into<String>) -> Self {
        self.event = Some(label.into());
        self
    }

    sheet_methods!(x, y);

    /// Draws the figure.
    ///
    /// # Errors
    /// [`Error::Empty`] without points; [`Error::DuplicateName`] for an event time given twice, the
    /// reference included; [`Error::TooMany`] event times; [`Error::NonFinite`],
    /// [`Error::ReversedInterval`], [`Error::Character`], [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        self.check()?;
        let scale = Scale::new(self.range(), TICKS);
        let page = Page::new(&self.sheet, self.legend(), SUGGESTED.width);
        let event = if self.event.is_some() { MARK_ROW } else { 0.0 };
        let (top, below) = (page.above() + GAP + event, page.below());
        let left = page.left(labels_beside(&scale));
        let plot_width = self.event.as_deref().map_or(0.0, mark_width).max(LEAST_PLOT.0);
        let least = page.least((left + MARGIN + plot_width, top + below + LEAST_PLOT.1));
        let size = self.sheet.size(SUGGESTED, least)?;
        let bottom = (f64::from(size.height) - below).round();
        let plot = Plot { left, right: page.right(), top: top.round(), bottom };
        Ok(page.paint(size, |canvas| {
            self.draw_axes(canvas, &plot, &scale);
            page.name_axes(canvas, &plot, size);
            self.draw_points(canvas, &plot, &scale);
        }))
    }

    /// First and last event time shown; both sides of the event are.
    fn times(&self) -> (i64, i64) {
        let event: &[i64] = if self.event.is_some() { &[-1, 0] } else { &[] };
        let points = self.points.iter().map(|point| point.event_time);
        let band = self.band.iter().map(|(time, _)| *time);
        let times = || points.clone().chain(band.clone()).chain(self.reference).chain(event.iter().copied());
        let first = times().min().expect("a checked figure has points");
        let last = times().max().expect("a checked figure has points");
        (first, last)
    }

    /// What the vertical axis must hold: zero, points, intervals and band.
    fn range(&self) -> Interval {
        let points = self.points.iter().map(|point| point.estimate);
        let ends = self.points.iter().filter_map(|point| point.interval).flat_map(|i| [i.low, i.high]);
        let points = points.chain(ends);
        let band = self.band.iter().flat_map(|(_, interval)| [interval.low, interval.high]);
        points.chain(band).fold(Interval { low: 0.0, high: 0.0 }, Interval::including)
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        legend.add(Sample::Bar(ESTIMATE, BLUE), &self.name);
        if self.reference.is_some() {
            legend.add(Sample::Point(REFERENCE, BLUE), &self.reference_name);
        }
        legend.add(Sample::Band(BAND), &self.band_name);
        legend
    }

    fn check(&self) -> Result<(), Error> {
        if self.points.is_empty() {
            return Err(Error::Empty { within: self.sheet.within("path figure"), needs: "point" });
        }
        self.check_texts()?;
        self.check_times()?;
        for (index, point) in self.points.iter().enumerate() {
            check_finite(point.estimate, "path", index + 1)?;
            point.interval.map_or(Ok(()), |interval| interval.check_finite("path", index + 1))?;
        }
        for (index, (_, interval)) in self.band.iter().enumerate() {
            interval.check_finite("band", index + 1)?;
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), Error> {
        self.sheet.check()?;
        let names = [&self.name, &self.reference_name, &self.band_name];
        names.into_iter().chain(&self.event).try_for_each(|text| font::check(text))
    }

    fn check_times(&self) -> Result<(), Error> {
        let written = |times: &mut dyn Iterator<Item = i64>| -> Vec<String> {
            times.map(|time| time.to_string()).collect()
        };
        let mut points = self.points.iter().map(|point| point.event_time).chain(self.reference);
        unique("event time", written(&mut points).iter().map(String::as_str))?;
        let mut band = self.band.iter().map(|(time, _)| *time);
        unique("event time of the band", written(&mut band).iter().map(String::as_str))?;
        let (first, last) = self.times();
        let found = usize::try_from(last.abs_diff(first)).map_or(usize::MAX, |n| n.saturating_add(1));
        if found > MOST_TIMES {
            return Err(Error::TooMany { what: "event times", found, most: MOST_TIMES });
        }
        Ok(())
    }
}
