//! Effects by event time, as a table, an object and a figure.

use ceteris::parallel_trends::Band;
use ceteris::{Coefficient, EventPath, Notice, WaldTest};
use ceteris_report::{Cell, Column, Interval, OutputFolder, PathFigure, PathPoint, Table};
use serde::Serialize;

use crate::args::{Estimator, OutputArgs};
use crate::decimals::decimals;
use crate::exit::Failure;
use crate::interval::interval;
use crate::output;

/// Digits of a standard error; the estimate and its intervals have as many decimals.
const STD_ERROR_DIGITS: i32 = 4;

/// What an estimator found.
pub(super) struct Found {
    /// The regression, or the estimator in words.
    pub(super) title: String,
    /// The regression, if there is one.
    pub(super) formula: Option<String>,
    pub(super) outcome: String,
    /// How the standard errors were made.
    pub(super) errors: String,
    pub(super) nobs: usize,
    pub(super) path: EventPath,
    /// Leads that another regression estimates, without a covariance with the path.
    pub(super) earlier: Option<Earlier>,
    /// The mean effect, where the estimator has one of its own.
    pub(super) overall: Option<Coefficient>,
    pub(super) notices: Vec<Notice>,
}

/// Leads from a regression of their own.
pub(super) struct Earlier {
    pub(super) path: EventPath,
    /// How their standard errors were made.
    pub(super) errors: String,
}

/// Paths with their uniform bands at a level: leads of their own first.
struct Shown<'a> {
    estimator: Estimator,
    found: &'a Found,
    level: f64,
    band: Band,
    earlier: Option<(&'a Earlier, Band)>,
}

#[derive(Serialize)]
struct Object {
    schema: &'static str,
    estimator: &'static str,
    formula: Option<String>,
    nobs: usize,
    reference: Option<i64>,
    level: f64,
    std_errors: String,
    /// The half-width of the uniform band in standard errors.
    critical: f64,
    points: Vec<Point>,
    vcov: Vec<Vec<f64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earlier: Option<EarlierObject>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall: Option<Row>,
    leads: Option<WaldTest>,
    notices: Vec<String>,
}

#[derive(Serialize)]
struct EarlierObject {
    std_errors: String,
    critical: f64,
    points: Vec<Point>,
    vcov: Vec<Vec<f64>>,
}

#[derive(Serialize)]
struct Point {
    event_time: i64,
    #[serde(flatten)]
    row: Row,
    band_low: f64,
    band_high: f64,
}

#[derive(Serialize)]
struct Row {
    estimate: f64,
    std_error: f64,
    p_value: f64,
    conf_low: f64,
    conf_high: f64,
}

/// Refuses a folder that cannot be written, before the work and not after it.
pub(super) fn check_output(args: &OutputArgs) -> Result<(), Failure> {
    let Some(path) = &args.out else { return Ok(()) };
    let names = ["path.csv", "path.md", "path.tex", "path.svg", "path.png"];
    let folder = names.into_iter().fold(OutputFolder::new(path), |folder, name| folder.file(name, ""));
    Ok(if args.force { folder.replace() } else { folder }.check()?)
}

impl Found {
    /// Writes the files of `--out`, and prints the table or the object.
    pub(super) fn show(&self, estimator: Estimator, level: f64, args: &OutputArgs) -> Result<(), Failure> {
        let band = self.path.band(level)?;
        let earlier = self.earlier.as_ref().map(|earlier| Ok((earlier, earlier.path.band(level)?)));
        let earlier = earlier.transpose().map_err(|error: ceteris::Error| Failure::from(error))?;
        let shown = Shown { estimator, found: self, level, band, earlier };
        let table = shown.table();
        if let Some(path) = &args.out {
            let folder =
                OutputFolder::new(path).table("path", &table)?.figure("path", &shown.figure().draw()?)?;
            if args.force { folder.replace() } else { folder }.write()?;
        }
        if args.json {
            return output::print_json(&shown.object());
        }
        output::print(&table.text()?)
    }

    /// The joint test of the leads, if there are any.
    fn leads(&self) -> Result<Option<WaldTest>, ceteris::Error> {
        let path = self.earlier.as_ref().map_or(&self.path, |earlier| &earlier.path);
        let leads = path.leads();
        if leads.is_empty() { Ok(None) } else { path.joint(&leads).map(Some) }
    }
}

impl Shown<'_> {
    /// Every point with its band, by event time.
    fn points(&self) -> Vec<(i64, Coefficient, Interval)> {
        let earlier = self.earlier.iter().map(|(earlier, band)| (&earlier.path, band));
        earlier.chain([(&self.found.path, &self.band)]).flat_map(|(path, band)| banded(path, band)).collect()
    }

    fn table(&self) -> Table {
        let percent = 100.0 * self.level;
        let table = Table::new(&self.found.title)
            .column(Column::number("event time"))
            .column(Column::number("estimate"))
            .column(Column::number("std. error"))
            .column(Column::number("p"))
            .column(Column::interval(format!("{percent}% interval")))
            .column(Column::interval("uniform band"));
        let rows = self.points().into_iter().map(|(time, coef, band)| cells(time, &coef, self.level, band));
        self.notes().into_iter().fold(table.rows(rows), Table::note)
    }

    fn notes(&self) -> Vec<String> {
        let (found, band) = (self.found, &self.band);
        let reference =
            found.path.reference_time().map_or(String::new(), |time| format!("; reference {time}"));
        let mut notes = vec![format!("{} observations{reference}", found.nobs)];
        notes.push(format!("standard errors: {}", found.errors));
        notes.push(format!(
            "the uniform band holds the whole path with probability {}: {:.3} standard errors to each side",
            band.level, band.critical
        ));
        notes.extend(self.earlier.iter().map(|(earlier, band)| {
            format!(
                "leads are from a regression of their own, with a band of their own ({:.3} standard errors): {}",
                band.critical, earlier.errors
            )
        }));
        notes.extend(found.overall.iter().map(|overall| {
            let digits = usize::from(decimals(overall.std_error, STD_ERROR_DIGITS));
            let (estimate, std_error) = (overall.estimate, overall.std_error);
            format!("mean effect: {estimate:.digits$} (std. error {std_error:.digits$})")
        }));
        notes.push(match found.leads() {
            Ok(Some(test)) => format!(
                "leads together: F = {:.3}, p = {:.4}; a large p does not show that trends are parallel (see `ceteris trends`)",
                test.statistic, test.p_value
            ),
            Ok(None) => "no leads: nothing speaks for or against parallel trends".to_string(),
            Err(error) => format!("leads together: {error}"),
        });
        notes.extend(found.notices.iter().map(|notice| format!("note: {notice}")));
        notes
    }

    fn figure(&self) -> PathFigure {
        let points = self.points();
        let point = |(event_time, coef, _): &(i64, Coefficient, Interval)| PathPoint {
            event_time: *event_time,
            estimate: coef.estimate,
            interval: interval(coef, self.level).into(),
        };
        let percent = 100.0 * self.level;
        let figure = PathFigure::new(points.iter().map(point))
            .name(format!("estimate and {percent}% interval"))
            .band(format!("{percent}% uniform band"), points.iter().map(|(time, _, band)| (*time, *band)))
            .event("treatment")
            .title(title(&self.found.outcome))
            .x_label("time since treatment");
        match self.found.path.reference_time() {
            Some(time) => figure.reference(time).reference_name("reference"),
            None => figure,
        }
    }

    fn object(&self) -> Object {
        let (found, level) = (self.found, self.level);
        let earlier = self.earlier.as_ref().map(|(earlier, band)| EarlierObject {
            std_errors: earlier.errors.clone(),
            critical: band.critical,
            points: points(&earlier.path, band, level),
            vcov: vcov(&earlier.path),
        });
        Object {
            schema: "ceteris.event/1",
            estimator: self.estimator.word(),
            formula: found.formula.clone(),
            nobs: found.nobs,
            reference: found.path.reference_time(),
            level,
            std_errors: found.errors.clone(),
            critical: self.band.critical,
            points: points(&found.path, &self.band, level),
            vcov: vcov(&found.path),
            earlier,
            overall: found.overall.as_ref().map(|overall| row(overall, level)),
            leads: found.leads().ok().flatten(),
            notices: found.notices.iter().map(ToString::to_string).collect(),
        }
    }
}

/// What the figure of a path shows.
pub(super) fn title(outcome: &str) -> String {
    format!("Effects on {outcome} by time since treatment")
}

/// The points of a path, each with its part of the band.
fn banded(path: &EventPath, band: &Band) -> Vec<(i64, Coefficient, Interval)> {
    let point = |(coef, point): (Coefficient, &ceteris::parallel_trends::BandPoint)| {
        (point.event_time, coef, Interval { low: point.low, high: point.high })
    };
    path.coefs().into_iter().zip(&band.points).map(point).collect()
}

fn points(path: &EventPath, band: &Band, level: f64) -> Vec<Point> {
    let point = |(event_time, coef, band): (i64, Coefficient, Interval)| Point {
        event_time,
        row: row(&coef, level),
        band_low: band.low,
        band_high: band.high,
    };
    banded(path, band).into_iter().map(point).collect()
}

fn vcov(path: &EventPath) -> Vec<Vec<f64>> {
    let vcov = path.matrix();
    (0..vcov.nrows()).map(|i| (0..vcov.ncols()).map(|j| vcov[(i, j)]).collect()).collect()
}

fn row(coef: &Coefficient, level: f64) -> Row {
    let (conf_low, conf_high) = interval(coef, level);
    Row { estimate: coef.estimate, std_error: coef.std_error, p_value: coef.p_value(), conf_low, conf_high }
}

fn cells(time: i64, coef: &Coefficient, level: f64, band: Interval) -> Vec<Cell> {
    let digits = decimals(coef.std_error, STD_ERROR_DIGITS);
    vec![
        Cell::real(time as f64, 0),
        Cell::real(coef.estimate, digits),
        Cell::real(coef.std_error, digits),
        Cell::p_value(coef.p_value()),
        Cell::interval(interval(coef, level), digits),
        Cell::interval((band.low, band.high), digits),
    ]
}
