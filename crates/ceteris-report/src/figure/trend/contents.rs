//! The contents of a trend figure, and what it refuses.

use super::event::Event;
use super::panel::Panel;
use crate::Error;
use crate::figure::font;
use crate::figure::palette::STYLES;
use crate::figure::sheet::{Sheet, sheet_methods, unique};
use crate::interval::{Interval, check_finite};

/// The most panels side by side.
const MOST_PANELS: usize = 2;
/// The most labels, about one for each pixel that a marker needs.
const MOST_LABELS: usize = 500;

/// Lines by series over ordered labels, with a dashed line where something happened.
///
/// A series has the same colour, dash and marker in each panel. Panels share one vertical scale
/// unless [`own_scales`](Self::own_scales) is chosen. The vertical axis covers the values and need
/// not begin at zero; [`include`](Self::include) makes it reach further.
///
/// # Example
/// ```
/// use ceteris_report::{Event, Panel, Series, TrendFigure};
///
/// let years = ["2011/12", "2012/13", "2013/14", "2014/15"];
/// let young = Panel::new()
///     .title("Aged 25 to 49")
///     .series(Series::new("Reform", [71.2, 70.9, 69.9, 69.1]))
///     .series(Series::new("Comparison", [Some(73.0), None, Some(72.9), Some(72.8)]));
/// let drawing = TrendFigure::new(years)
///     .panel(young)
///     .event(Event::after("2012/13").label("reform"))
///     .title("Figure 5. Screening rates")
///     .y_label("Screened (%)")
///     .annotation("SIMULATED practice rows")
///     .draw()?;
/// assert!(drawing.svg().contains("SIMULATED practice rows"));
/// # Ok::<(), ceteris_report::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct TrendFigure {
    pub(super) labels: Vec<String>,
    pub(super) panels: Vec<Panel>,
    pub(super) events: Vec<Event>,
    pub(super) includes: Vec<f64>,
    pub(super) own_scales: bool,
    pub(super) sheet: Sheet,
}

impl TrendFigure {
    /// A figure over these labels, from left to right.
    pub fn new<L: Into<String>>(labels: impl IntoIterator<Item = L>) -> Self {
        Self {
            labels: labels.into_iter().map(Into::into).collect(),
            panels: Vec::new(),
            events: Vec::new(),
            includes: Vec::new(),
            own_scales: false,
            sheet: Sheet::default(),
        }
    }

    /// Adds a panel at the right; there is room for two.
    pub fn panel(mut self, panel: Panel) -> Self {
        self.panels.push(panel);
        self
    }

    /// Adds a dashed vertical line to each panel.
    pub fn event(mut self, event: Event) -> Self {
        self.events.push(event);
        self
    }

    /// Makes the vertical axis reach `value`, for instance zero.
    pub fn include(mut self, value: f64) -> Self {
        self.includes.push(value);
        self
    }

    /// Gives each panel a vertical scale of its own, instead of one for all.
    pub fn own_scales(mut self) -> Self {
        self.own_scales = true;
        self
    }

    sheet_methods!(x, y);

    /// Names of all series, in order of first appearance.
    pub(super) fn series_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for series in self.panels.iter().flat_map(|panel| &panel.series) {
            if !names.contains(&series.name.as_str()) {
                names.push(&series.name);
            }
        }
        names
    }

    /// The values that the vertical axis of `panels` must hold.
    pub(super) fn range(&self, panels: &[Panel]) -> Option<Interval> {
        let series = panels.iter().flat_map(|panel| &panel.series);
        let shown = Interval::around(series.flat_map(|s| s.values.iter().copied().flatten()))?;
        Some(self.includes.iter().fold(shown, |range, value| range.including(*value)))
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        self.check_counts()?;
        self.check_texts()?;
        unique("label", self.labels.iter().map(String::as_str))?;
        self.includes.iter().try_for_each(|value| check_finite(*value, "include", 1))?;
        for panel in &self.panels {
            unique("series", panel.series.iter().map(|series| series.name.as_str()))?;
            panel.series.iter().try_for_each(|series| series.check(self.labels.len()))?;
        }
        Ok(())
    }

    fn check_counts(&self) -> Result<(), Error> {
        let within = || self.sheet.within("trend figure");
        let empty = |needs| Err(Error::Empty { within: within(), needs });
        let (panels, series) = (self.panels.len(), self.series_names().len());
        if self.labels.is_empty() {
            return empty("label");
        }
        if self.labels.len() > MOST_LABELS {
            let found = self.labels.len();
            return Err(Error::TooMany { what: "labels", found, most: MOST_LABELS });
        }
        if panels == 0 {
            return empty("panel");
        }
        if panels > MOST_PANELS {
            return Err(Error::TooMany { what: "panels", found: panels, most: MOST_PANELS });
        }
        if series > STYLES.len() {
            return Err(Error::TooMany { what: "series", found: series, most: STYLES.len() });
        }
        if self.panels.iter().any(|panel| self.range(std::slice::from_ref(panel)).is_none()) {
            return empty("value in each panel");
        }
        Ok(())
    }

    fn check_texts(&self) -> Result<(), Error> {
        self.sheet.check()?;
        let events = self.events.iter().map(|event| &event.label);
        let titles = self.panels.iter().map(|panel| &panel.title);
        let mut texts = self.labels.iter().chain(events).chain(titles);
        texts.try_for_each(|text| font::check(text))?;
        self.series_names().into_iter().try_for_each(font::check)
    }
}
