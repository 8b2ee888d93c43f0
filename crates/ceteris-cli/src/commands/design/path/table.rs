//! The table of a path.

use ceteris::parallel_trends::Answer;
use ceteris_report::{Cell, Column, Table};

use super::found::{Bands, Point, Shown};
use crate::cells;
use crate::decimals::{decimals_of, percent};
use crate::interval::interval;

/// One row for each event time.
pub(super) fn of(shown: &Shown<'_>) -> Table {
    let table = Table::new(&shown.found.title)
        .missing("-")
        .column(Column::number("event time"))
        .column(Column::number("estimate"))
        .column(Column::number("std. error"))
        .column(Column::number("p"))
        .column(Column::interval(format!("{} interval", percent(shown.level))));
    let table = match shown.bands {
        Bands::Uniform => table.column(Column::interval("uniform band")),
        Bands::None => table,
    };
    let rows = shown.points().into_iter().map(|point| row(&point, shown));
    notes(shown).into_iter().fold(table.rows(rows), Table::note)
}

fn row(point: &Point, shown: &Shown<'_>) -> Vec<Cell> {
    let coef = &point.coef;
    let digits = decimals_of(coef);
    let mut row = vec![
        Cell::integer(point.event_time),
        cells::number(coef.estimate, digits),
        cells::number(coef.std_error.ok(), digits),
        cells::p_value(coef.p_value().ok()),
        cells::interval(interval(coef, shown.level), digits),
    ];
    if shown.bands == Bands::Uniform {
        let band = point.band.map(|band| cells::interval((band.low, band.high), digits));
        row.push(band.unwrap_or_else(Cell::missing));
    }
    row
}

fn notes(shown: &Shown<'_>) -> Vec<String> {
    let found = shown.found;
    let reference = found.path.reference_time().map_or(String::new(), |time| format!("; reference {time}"));
    let mut notes = vec![format!("{}{}{reference}", cells::counted(found.nobs, "observation"), found.rows)];
    notes.push(format!("standard errors: {}", found.errors));
    notes.extend(bands(shown));
    notes.extend(found.overall.iter().map(|overall| {
        let digits = usize::from(decimals_of(overall));
        let uncertainty = match overall.std_error {
            Ok(std_error) => format!("std. error {std_error:.digits$}"),
            Err(reason) => format!("no standard error: {reason}"),
        };
        format!("mean effect: {:.digits$} ({uncertainty})", overall.estimate)
    }));
    notes.push(match &shown.leads {
        Some(Answer::Given(test)) => format!(
            "leads together: F = {:.3}, p = {:.4}; a large p does not show that trends are parallel (see `ceteris trends`)",
            test.statistic, test.p_value
        ),
        Some(Answer::Refused { reason }) => format!("leads together: not available: {reason}"),
        None => "no leads: nothing speaks for or against parallel trends".to_string(),
    });
    notes.extend(shown.figure_failed.iter().map(|reason| format!("figure: not available: {reason}")));
    notes.extend(shown.notices().iter().map(|notice| format!("note: {notice}")));
    notes
}

/// What is said of the bands: how wide they are, or why there is none.
fn bands(shown: &Shown<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    notes.extend(shown.main.band.given().map(|band| {
        format!(
            "the uniform band holds the whole path with probability {}: {:.3} standard errors to each side",
            band.level, band.critical
        )
    }));
    let failed = shown.main.band_failed(shown.bands);
    notes.extend(failed.map(|reason| format!("uniform band: not available: {reason}")));
    if let Some(earlier) = &shown.earlier {
        let band = match (&earlier.band, earlier.band_failed(shown.bands)) {
            (Answer::Given(band), _) => {
                format!(", with a band of their own ({:.3} standard errors)", band.critical)
            }
            (_, Some(reason)) => format!(", whose uniform band is not available ({reason})"),
            _ => String::new(),
        };
        notes.push(format!("leads are from a regression of their own{band}: {}", earlier.errors));
    }
    notes
}
