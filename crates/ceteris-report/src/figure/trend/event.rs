//! Dashed lines at or between labels, and a place for each of their names above the plot.

use crate::Error;
use crate::figure::font;

/// Size of the names.
pub(super) const EVENT_SIZE: f64 = 11.0;
/// Least blank space between two names in a row.
const APART: f64 = 8.0;

/// A dashed vertical line that marks when something happened.
///
/// # Example
/// ```
/// use ceteris_report::{Error, Event, Panel, Series, TrendFigure};
///
/// let figure = TrendFigure::new(["2012", "2013"])
///     .panel(Panel::new().series(Series::new("all", [1.0, 2.0])));
/// assert!(figure.clone().event(Event::after("2012").label("reform")).draw().is_ok());
/// let error = figure.event(Event::at("2021")).draw().unwrap_err();
/// assert!(matches!(error, Error::UnknownLabel { .. }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    place: String,
    behind: Behind,
    pub(super) label: String,
}

/// Whether an event stands at a label or between it and the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Behind {
    At,
    HalfStep,
}

impl Event {
    /// Between this label and the next.
    pub fn after(label: impl Into<String>) -> Self {
        Self { place: label.into(), behind: Behind::HalfStep, label: String::new() }
    }

    /// At this label.
    pub fn at(label: impl Into<String>) -> Self {
        Self { place: label.into(), behind: Behind::At, label: String::new() }
    }

    /// What happened, in a few words above the line; nothing by default.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Where it stands among `labels`, in steps from the first.
    pub(super) fn step(&self, labels: &[String]) -> Result<f64, Error> {
        let index = labels.iter().position(|label| *label == self.place);
        let unknown = || Error::UnknownLabel { label: self.place.clone(), available: labels.to_vec() };
        let behind = match self.behind {
            Behind::At => 0.0,
            Behind::HalfStep => 0.5,
        };
        Ok(index.ok_or_else(unknown)? as f64 + behind)
    }
}

/// An event with its place in a plot, from the plot's left edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Placed {
    pub(super) label: String,
    /// Where the line stands.
    pub(super) line: f64,
    /// The middle of the label.
    pub(super) middle: f64,
    /// Rows above the plot, counted from zero.
    pub(super) row: usize,
}

/// A place for each event, given with its line's: labels stay within `width` if they can, and one
/// that would touch another goes a row up.
pub(super) fn placed(mut events: Vec<(f64, &Event)>, width: f64) -> Vec<Placed> {
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut ends: Vec<f64> = Vec::new(); // right end of each row so far
    let place = |(line, event): (f64, &Event)| {
        let half = font::width(&event.label, EVENT_SIZE) / 2.0;
        let middle = line.min(width - half).max(half);
        let free = ends.iter().position(|end| end + APART <= middle - half);
        let row = free.unwrap_or(ends.len());
        ends.resize(ends.len().max(row + 1), 0.0);
        ends[row] = middle + half;
        let label = event.label.clone();
        Placed { label, line, middle, row }
    };
    events.into_iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_that_would_touch_go_a_row_up() {
        let [first, second] = ["reform", "second reform"].map(|label| Event::at("x").label(label));
        let rows = |apart: f64| -> Vec<usize> {
            let events = vec![(50.0, &first), (50.0 + apart, &second)];
            placed(events, 400.0).iter().map(|event| event.row).collect()
        };
        assert_eq!(rows(10.0), [0, 1]);
        assert_eq!(rows(200.0), [0, 0]);
    }

    #[test]
    fn labels_stay_within_the_plot() {
        let event = Event::after("x").label("a reform");
        let at_end = &placed(vec![(400.0, &event)], 400.0)[0];
        assert!(at_end.middle < 400.0 && at_end.line == 400.0);
    }

    #[test]
    fn an_event_after_a_label_is_half_a_step_behind_it() {
        let labels = ["a".to_owned(), "b".to_owned()];
        assert_eq!(Event::at("b").step(&labels).ok(), Some(1.0));
        assert_eq!(Event::after("a").step(&labels).ok(), Some(0.5));
    }
}
