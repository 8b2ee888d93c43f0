//! Intervals against the bound that each allows for, around a line at zero.

mod drawn;

use crate::Error;
use crate::figure::canvas::Canvas;
use crate::figure::drawing::{Drawing, Size};
use crate::figure::font;
use crate::figure::legend::{Legend, Sample};
use crate::figure::palette::{BLUE, Marker, STYLES, Shape};
use crate::figure::plot::{MARK_ROW, Plot, TICKS_BELOW, labels_beside, mark_width, name_length, name_room};
use crate::figure::scale::Scale;
use crate::figure::sheet::{MARGIN, Sheet, sheet_methods, unique};
use crate::interval::{Interval, check_finite};

const SUGGESTED: Size = Size { width: 760, height: 440 };
const LEAST_PLOT: (f64, f64) = (200.0, 80.0);
const GAP: f64 = 10.0;
const TICKS_BESIDE: usize = 6;
const TICKS_ALONG: usize = 10;
/// The most intervals that can be told apart.
const MOST_BOUNDS: usize = 100;
/// The interval that allows for nothing.
const BASELINE: Marker = Marker { shape: Shape::Square, filled: true };

/// Intervals that widen with a bound, such as honest bounds against the departure from parallel trends.
///
/// # Example
/// ```
/// use ceteris_report::{BoundInterval, BoundsFigure};
///
/// let wider = |bound: f64| BoundInterval { bound, interval: (-1.0 - bound, -0.2 + bound).into() };
/// let drawing = BoundsFigure::new([0.0, 0.5, 1.0].map(wider))
///     .name("95% interval")
///     .baseline("exactly parallel trends", -0.6, (-0.9, -0.3))
///     .breakdown(0.2, "breakdown 0.2")
///     .title("Effect on screening")
///     .x_label("Largest move after, in moves before")
///     .draw()?;
/// assert!(drawing.svg().contains("breakdown 0.2"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct BoundsFigure {
    intervals: Vec<BoundInterval>,
    name: String,
    baseline: Option<(f64, Interval)>,
    baseline_name: String,
    breakdown: Option<(f64, String)>,
    x_label: String,
    y_label: String,
    sheet: Sheet,
}

/// One interval of a [`BoundsFigure`].
///
/// # Example
/// ```
/// use ceteris_report::{BoundInterval, BoundsFigure};
///
/// let only = BoundInterval { bound: 1.0, interval: (-0.4, 0.2).into() };
/// assert!(BoundsFigure::new([only]).draw()?.svg().contains("<polyline"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BoundInterval {
    /// What the interval allows for; its place on the horizontal axis.
    pub bound: f64,
    /// The interval.
    pub interval: Interval,
}

impl BoundsFigure {
    /// A figure of these intervals, in any order.
    pub fn new(intervals: impl IntoIterator<Item = BoundInterval>) -> Self {
        Self {
            intervals: intervals.into_iter().collect(),
            name: String::new(),
            baseline: None,
            baseline_name: String::new(),
            breakdown: None,
            x_label: String::new(),
            y_label: String::new(),
            sheet: Sheet::default(),
        }
    }

    /// Name of the intervals in the legend; none, and no entry, by default.
    pub fn name(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The estimate and interval that allow for nothing, left of all bounds; none by default.
    pub fn baseline(mut self, name: impl Into<String>, estimate: f64, interval: impl Into<Interval>) -> Self {
        self.baseline_name = name.into();
        self.baseline = Some((estimate, interval.into()));
        self
    }

    /// A dashed line at the bound where zero enters, with this label; none by default.
    pub fn breakdown(mut self, bound: f64, label: impl Into<String>) -> Self {
        self.breakdown = Some((bound, label.into()));
        self
    }

    /// Name of the horizontal axis, with its unit; none by default.
    pub fn x_label(mut self, name: impl Into<String>) -> Self {
        self.x_label = name.into();
        self
    }

    /// Name of the vertical axis, with its unit; none by default.
    pub fn y_label(mut self, name: impl Into<String>) -> Self {
        self.y_label = name.into();
        self
    }

    sheet_methods!();

    /// Draws the figure.
    ///
    /// # Errors
    /// [`Error::Empty`] without intervals; [`Error::DuplicateName`] for a bound given twice;
    /// [`Error::TooMany`] bounds; [`Error::NonFinite`], [`Error::ReversedInterval`],
    /// [`Error::Character`], [`Error::PictureSize`].
    pub fn draw(&self) -> Result<Drawing, Error> {
        self.check()?;
        let (bounds, values) =
            (Scale::new(self.bounds(), TICKS_ALONG), Scale::new(self.values(), TICKS_BESIDE));
        let legend = self.legend();
        let width = f64::from(self.sheet.size.unwrap_or(SUGGESTED).width);
        let legend_top = self.sheet.head_height(width);
        let mark = if self.breakdown.is_some() { MARK_ROW } else { 0.0 };
        let top = legend_top + legend.height(width - 2.0 * MARGIN) + GAP + mark;
        let below = TICKS_BELOW + name_room(&self.x_label) + self.sheet.foot_height(width);
        let left = MARGIN + name_room(&self.y_label) + labels_beside(&values);
        let least = self.least(left + MARGIN, top + below, &legend);
        let size = self.sheet.size(SUGGESTED, least)?;
        let bottom = (f64::from(size.height) - below).round();
        let plot = Plot { left, right: width - MARGIN, top: top.round(), bottom };
        Ok(Canvas::paint(size, &self.sheet.title, |canvas| {
            self.sheet.draw(canvas, size);
            legend.draw(canvas, (MARGIN, legend_top), width - 2.0 * MARGIN);
            self.draw_axes(canvas, &plot, &bounds, &values);
            plot.name_below(canvas, &self.x_label, width);
            plot.name_beside(canvas, &self.y_label, f64::from(size.height));
            self.draw_intervals(canvas, &plot, &bounds, &values);
        }))
    }

    /// The smallest picture, given what stands beside and around the plot.
    fn least(&self, beside: f64, around: f64, legend: &Legend) -> Size {
        let mark = self.breakdown.as_ref().map_or(0.0, |(_, label)| mark_width(label));
        let width = (beside + mark.max(LEAST_PLOT.0))
            .max(name_length(&self.x_label))
            .max(legend.least_width() + 2.0 * MARGIN);
        let height = (around + LEAST_PLOT.1).max(name_length(&self.y_label));
        Size { width: width.ceil() as u32, height: height.ceil() as u32 }
    }

    /// What the horizontal axis must hold: the bounds, and where zero enters.
    fn bounds(&self) -> Interval {
        let breakdown = self.breakdown.as_ref().map(|(bound, _)| *bound);
        let bounds = self.intervals.iter().map(|i| i.bound).chain(breakdown);
        Interval::around(bounds).expect("a checked figure has intervals")
    }

    /// What the vertical axis must hold: zero and every interval.
    fn values(&self) -> Interval {
        let baseline = self.baseline.iter().flat_map(|(estimate, i)| [*estimate, i.low, i.high]);
        let intervals = self.intervals.iter().flat_map(|i| [i.interval.low, i.interval.high]);
        baseline.chain(intervals).fold(Interval { low: 0.0, high: 0.0 }, Interval::including)
    }

    fn legend(&self) -> Legend {
        let mut legend = Legend::default();
        if self.baseline.is_some() {
            legend.add(Sample::Bar(BASELINE, STYLES[1].color), &self.baseline_name);
        }
        legend.add(Sample::Interval(BLUE), &self.name);
        legend
    }

    fn check(&self) -> Result<(), Error> {
        if self.intervals.is_empty() {
            let within = format!("bounds figure {}", self.sheet.title).trim_end().to_owned();
            return Err(Error::Empty { within, needs: "interval" });
        }
        if self.intervals.len() > MOST_BOUNDS {
            let found = self.intervals.len();
            return Err(Error::TooMany { what: "bounds", found, most: MOST_BOUNDS });
        }
        self.sheet.check()?;
        let label = self.breakdown.as_ref().map(|(_, label)| label);
        let texts = [&self.name, &self.baseline_name, &self.x_label, &self.y_label];
        texts.into_iter().chain(label).try_for_each(|text| font::check(text))?;
        self.check_numbers()
    }

    fn check_numbers(&self) -> Result<(), Error> {
        for (index, BoundInterval { bound, interval }) in self.intervals.iter().enumerate() {
            check_finite(*bound, "bounds", index + 1)?;
            interval.check_finite("bounds", index + 1)?;
        }
        if let Some((estimate, interval)) = self.baseline {
            check_finite(estimate, "baseline", 1)?;
            interval.check_finite("baseline", 1)?;
        }
        if let Some((bound, _)) = self.breakdown {
            check_finite(bound, "breakdown", 1)?;
        }
        // Adding zero makes the two zeros one.
        let written: Vec<String> = self.intervals.iter().map(|i| (i.bound + 0.0).to_string()).collect();
        unique("bound", written.iter().map(String::as_str))
    }
}
