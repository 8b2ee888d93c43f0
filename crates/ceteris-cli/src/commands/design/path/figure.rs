//! The figure of a path.

use ceteris_report::{PathFigure, PathPoint};

use super::found::{Point, Shown};
use crate::decimals::percent;
use crate::interval::interval;

/// The path with its intervals, and its band where there is one.
pub(super) fn of(shown: &Shown<'_>) -> PathFigure {
    let points = shown.points();
    let point = |point: &Point| PathPoint {
        event_time: point.event_time,
        estimate: point.coef.estimate,
        interval: interval(&point.coef, shown.level).map(Into::into),
    };
    let banded: Vec<_> = points.iter().filter_map(|point| Some((point.event_time, point.band?))).collect();
    let figure = PathFigure::new(points.iter().map(point))
        .name(format!("estimate and {} interval", percent(shown.level)))
        .event("treatment")
        .title(title(&shown.found.outcome))
        .x_label("time since treatment");
    let figure = match banded.is_empty() {
        true => figure,
        false => figure.band(format!("{} uniform band", percent(shown.level)), banded),
    };
    match shown.found.path.reference_time() {
        Some(time) => figure.reference(time).reference_name("reference"),
        None => figure,
    }
}

/// What the figure of a path shows.
pub(in super::super) fn title(outcome: &str) -> String {
    format!("Effects on {outcome} by time since treatment")
}
