//! Effects by event time, as a table, an object and a figure.

use ceteris::{Band, Coefficient, EventPath, Fit, Notice, WaldTest};
use ceteris_report::{Cell, Column, OutputFolder, PathFigure, Table};
use serde::Serialize;

use crate::args::OutputArgs;
use crate::decimals::decimals;
use crate::exit::Failure;
use crate::output;

/// Digits of a standard error; the estimate and its intervals have as many decimals.
const STD_ERROR_DIGITS: i32 = 4;

/// A path with the regression behind it.
pub(super) struct Report<'a> {
    pub(super) schema: &'static str,
    pub(super) path: &'a EventPath,
    pub(super) fit: &'a Fit,
    pub(super) notices: &'a [Notice],
    pub(super) level: f64,
}

#[derive(Serialize)]
struct Object {
    schema: &'static str,
    formula: String,
    nobs: usize,
    reference: Option<i64>,
    level: f64,
    /// The half-width of the uniform band in standard errors.
    critical: f64,
    points: Vec<Point>,
    vcov: Vec<Vec<f64>>,
    leads: Option<WaldTest>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct Point {
    event_time: i64,
    estimate: f64,
    std_error: f64,
    p_value: f64,
    conf_low: f64,
    conf_high: f64,
    band_low: f64,
    band_high: f64,
}

impl Report<'_> {
    /// Refuses a folder that cannot be written, before the work and not after it.
    pub(super) fn check(args: &OutputArgs) -> Result<(), Failure> {
        let Some(path) = &args.out else { return Ok(()) };
        let names = ["path.csv", "path.md", "path.tex", "path.svg", "path.png"];
        let folder = names.into_iter().fold(OutputFolder::new(path), |folder, name| folder.file(name, ""));
        Ok(if args.force { folder.replace() } else { folder }.check()?)
    }

    pub(super) fn show(&self, args: &OutputArgs) -> Result<(), Failure> {
        let band = self.path.band(self.level)?;
        let table = self.table(&band);
        if let Some(path) = &args.out {
            let folder =
                OutputFolder::new(path).table("path", &table)?.figure("path", &self.figure(&band).draw()?)?;
            if args.force { folder.replace() } else { folder }.write()?;
        }
        if args.json {
            return output::print_json(&self.object(&band));
        }
        output::print(&table.text()?)
    }

    fn table(&self, band: &Band) -> Table {
        let percent = 100.0 * self.level;
        let table = Table::new(self.fit.ols().to_string())
            .column(Column::number("event time"))
            .column(Column::number("estimate"))
            .column(Column::number("std. error"))
            .column(Column::number("p"))
            .column(Column::interval(format!("{percent}% interval")))
            .column(Column::interval("uniform band"));
        let rows = self.path.coefs().into_iter().zip(&band.points);
        let table = table.rows(
            rows.map(|(coef, point)| row(point.event_time, &coef, self.level, (point.low, point.high))),
        );
        self.notes(band).into_iter().fold(table, Table::note)
    }

    fn notes(&self, band: &Band) -> Vec<String> {
        let reference =
            self.path.chosen_reference().map_or(String::new(), |time| format!("; reference {time}"));
        let mut notes = vec![format!("{} observations{reference}", self.fit.nobs())];
        notes.push(format!(
            "the uniform band holds the whole path with probability {}: {:.3} standard errors to each side",
            band.level, band.critical
        ));
        notes.push(match self.leads() {
            Ok(Some(test)) => format!(
                "leads together: F = {:.3}, p = {:.4}; a large p does not show that trends are parallel (see `ceteris trends`)",
                test.statistic, test.p_value
            ),
            Ok(None) => "no leads: nothing speaks for or against parallel trends".to_string(),
            Err(error) => format!("leads together: {error}"),
        });
        notes.extend(self.notices.iter().map(|notice| format!("note: {notice}")));
        notes
    }

    /// The joint test of the leads, if there are any.
    fn leads(&self) -> Result<Option<WaldTest>, ceteris::Error> {
        let leads = self.path.leads();
        if leads.is_empty() { Ok(None) } else { self.path.joint(&leads).map(Some) }
    }

    fn figure(&self, band: &Band) -> PathFigure {
        PathFigure::of(self.path, self.level).uniform_band(band).title(title(self.fit))
    }

    fn object(&self, band: &Band) -> Object {
        let point = |(coef, point): (Coefficient, &ceteris::BandPoint)| {
            let (conf_low, conf_high) = coef.confint(self.level);
            Point {
                event_time: point.event_time,
                estimate: coef.estimate,
                std_error: coef.std_error,
                p_value: coef.p_value(),
                conf_low,
                conf_high,
                band_low: point.low,
                band_high: point.high,
            }
        };
        let vcov = self.path.vcov();
        Object {
            schema: self.schema,
            formula: self.fit.ols().to_string(),
            nobs: self.fit.nobs(),
            reference: self.path.chosen_reference(),
            level: self.level,
            critical: band.critical,
            points: self.path.coefs().into_iter().zip(&band.points).map(point).collect(),
            vcov: (0..vcov.nrows()).map(|i| (0..vcov.ncols()).map(|j| vcov[(i, j)]).collect()).collect(),
            leads: self.leads().ok().flatten(),
            notices: self.notices.iter().map(ToString::to_string).collect(),
        }
    }
}

/// What the figure of a path shows.
pub(super) fn title(fit: &Fit) -> String {
    format!("Effects on {} by time since treatment", fit.ols().outcome())
}

fn row(time: i64, coef: &Coefficient, level: f64, band: (f64, f64)) -> Vec<Cell> {
    let digits = decimals(coef.std_error, STD_ERROR_DIGITS);
    vec![
        Cell::real(time as f64, 0),
        Cell::real(coef.estimate, digits),
        Cell::real(coef.std_error, digits),
        Cell::p_value(coef.p_value()),
        Cell::interval(coef.confint(level), digits),
        Cell::interval(band, digits),
    ]
}
