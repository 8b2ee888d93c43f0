//! Intervals against the bound that each allows for, around a line at zero.

mod drawn;

use crate::Error;
use crate::figure::drawing::Drawing;
use crate::figure::font;
use crate::figure::legend::{Legend, Sample};
use crate::figure::page::Page;
use crate::figure::palette::{BLUE, Marker, STYLES, Shape};
use crate::figure::plot::{MARK_ROW, Plot, labels_beside, mark_width};
use crate::figure::scale::Scale;
use crate::figure::sheet::{MARGIN, Sheet, sheet_methods, unique};
use crate::figure::size::Size;
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

    sheet_methods!(x, y);

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
        let page = Page::new(&self.sheet, self.legend(), SUGGESTED.width);
        let mark = if self.breakdown.is_some() { MARK_ROW } else { 0.0 };
        let (top, below) = (page.above() + GAP + mark, page.below());
        let left = page.left(labels_beside(&values));
        let label = self.breakdown.as_ref().map_or(0.0, |(_, label)| mark_width(label));
        let least = page.least((left + MARGIN + label.max(LEAST_PLOT.0), top + below + LEAST_PLOT.1));
        let size = self.sheet.size(SUGGESTED, least)?;
        let bottom = (f64::from(size.height) - below).round();
        let plot = Plot { left, right: page.right(), top: top.round(), bottom };
        Ok(page.paint(size, |canvas| {
            self.draw_axes(canvas, &plot, &bounds, &values);
            page.name_axes(canvas, &plot, size);
            self.draw_intervals(canvas, &plot, &bounds, &values);
        }))
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
            return Err(Error::Empty { within: self.sheet.within("bounds figure"), needs: "interval" });
        }
        if self.intervals.len() > MOST_BOUNDS {
            let found = self.intervals.len();
            return Err(Error::TooMany { what: "bounds", found, most: MOST_BOUNDS });
        }
        self.sheet.check()?;
        let label = self.breakdown.as_ref().map(|(_, label)| label);
        [&self.name, &self.baseline_name].into_iter().chain(label).try_for_each(|text| font::check(text))?;
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
